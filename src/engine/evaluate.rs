//! Circuits to planes: works out what is asked for and what that needs, each node once, and drops what nobody will ask
//! for again. Knows nothing of how planes are laid out.
#![expect(
    clippy::indexing_slicing,
    reason = "nodes, atoms and rules are numbered by the plan that the lists here are made for"
)]

use std::rc::Rc;

use crate::knowledge::{EntityId, RuleId};

use super::Plan;
use super::circuit::{Gate, Leaf, Node, NodeId, Wire};
use super::kernel::{Input, Kernel};
use super::lower::RulePlan;
use super::model::{Limit, Limits, Status};

/// A plan being worked out for one block of cases.
pub(super) struct Evaluator<'p, K: Kernel> {
    plan: &'p Plan,
    kernel: K,
    planes: Vec<Option<Rc<K::Plane>>>,
    /// How often each node will still be asked for; at the greatest number it is kept.
    uses: Vec<u32>,
    meter: &'p mut Meter,
}

/// Counts what is worked on and held.
pub(super) struct Meter {
    pub(super) limits: Limits,
    worked: u64,
    held: u64,
}

impl Meter {
    pub(super) fn new(limits: Limits) -> Meter {
        Meter { limits, worked: 0, held: 0 }
    }

    fn work(&mut self, words: u64) -> Result<(), Limit> {
        self.worked = self.worked.saturating_add(words);
        if self.worked > self.limits.words {
            return Err(Limit::Words(self.limits.words));
        }
        Ok(())
    }

    fn hold(&mut self, words: u64) -> Result<(), Limit> {
        self.held = self.held.saturating_add(words);
        if self.held > self.limits.held_words {
            return Err(Limit::HeldWords(self.limits.held_words));
        }
        Ok(())
    }

    fn free(&mut self, words: u64) {
        self.held = self.held.saturating_sub(words);
    }
}

/// What became of a rule: planes over its subject.
struct Verdict<P> {
    fires: P,
    /// Empty where nothing can keep the rule from firing.
    provisional: Option<P>,
    set_aside: Option<P>,
    /// None where only firing is asked for.
    open: Option<P>,
}

/// For overriders: where a rule fires and where it may.
type Strength<P> = Option<(P, P)>;

impl<'p, K: Kernel> Evaluator<'p, K> {
    /// `full` asks for all statuses and definitions.
    pub(super) fn new(
        plan: &'p Plan,
        kernel: K,
        full: bool,
        meter: &'p mut Meter,
    ) -> Evaluator<'p, K> {
        meter.held = 0;
        let uses = if full { plan.uses_of_all.clone() } else { plan.uses_of_firing.clone() };
        Evaluator { plan, kernel, planes: vec![None; plan.nodes.len()], uses, meter }
    }

    pub(super) fn kernel(&self) -> &K {
        &self.kernel
    }

    /// Recursive definitions, which must be there before anything that uses them.
    pub(super) fn fixpoints(&mut self) -> Result<(), Limit> {
        let plan = self.plan;
        for group in &plan.groups {
            if !group.atoms.iter().any(|&atom| self.uses[plan.atoms[atom].node] > 0) {
                continue;
            }
            for &node in &group.inputs {
                self.uses[node] = u32::MAX;
                self.demand(node)?;
            }
            for &atom in &group.atoms {
                let node = plan.atoms[atom].node;
                self.keep(node, self.kernel.nowhere(&plan.nodes[node].frame))?;
            }
            for &node in &group.round {
                self.uses[node] = u32::MAX;
            }
            while self.round(&group.round, &group.atoms)? {}
        }
        Ok(())
    }

    /// One round of a recursive group: whether anything changed.
    fn round(&mut self, round: &[NodeId], atoms: &[usize]) -> Result<bool, Limit> {
        let plan = self.plan;
        for &node in round {
            self.work_out(node)?;
        }
        let mut changed = false;
        for &atom in atoms {
            let (node, body) = (plan.atoms[atom].node, &plan.atoms[atom].body);
            let frame = &plan.nodes[node].frame;
            let plane = self.joint(frame, std::slice::from_ref(body))?;
            if self.planes[node].as_deref() != Some(&plane) {
                changed = true;
                self.keep(node, plane)?;
            }
        }
        Ok(changed)
    }

    fn keep(&mut self, node: NodeId, plane: K::Plane) -> Result<(), Limit> {
        self.uses[node] = u32::MAX;
        self.store(node, plane)
    }

    fn store(&mut self, node: NodeId, plane: K::Plane) -> Result<(), Limit> {
        if self.planes[node].is_none() {
            self.meter.hold(self.kernel.size(&self.plan.nodes[node].frame))?;
        }
        self.planes[node] = Some(Rc::new(plane));
        Ok(())
    }

    /// Sees to it that a node is worked out.
    fn demand(&mut self, node: NodeId) -> Result<(), Limit> {
        let plan = self.plan;
        let mut stack = vec![node];
        while let Some(&top) = stack.last() {
            if self.planes[top].is_some() {
                stack.pop();
                continue;
            }
            let before = stack.len();
            let missing = plan.nodes[top].wires().map(|wire| wire.node);
            stack.extend(missing.filter(|&child| self.planes[child].is_none()));
            if stack.len() == before {
                self.work_out(top)?;
                stack.pop();
            }
        }
        Ok(())
    }

    /// Works out a node from those that it uses, which are there.
    fn work_out(&mut self, id: NodeId) -> Result<(), Limit> {
        let plan = self.plan;
        let Node { gate, frame } = &plan.nodes[id];
        let size = self.kernel.size(frame);
        if size > self.meter.limits.held_words {
            return Err(Limit::HeldWords(self.meter.limits.held_words));
        }
        let rows = match gate {
            Gate::Exists(over, _) | Gate::AtLeast(over, ..) | Gate::Most(over, ..) => {
                self.kernel.rows(*over) as u64
            }
            _ => 1,
        };
        let inputs = plan.nodes[id].wires().count().max(1) as u64;
        self.meter.work(size.saturating_mul(rows).saturating_mul(inputs))?;
        let plane = match gate {
            Gate::True | Gate::Atom(_) => self.kernel.leaf(None, frame),
            Gate::Leaf(leaf) => self.kernel.leaf(Some(leaf), frame),
            Gate::And(wires) => {
                let planes = self.take(wires);
                self.kernel.and(frame, &inputs_of(plan, wires, &planes))
            }
            Gate::Exists(over, wires) => {
                let planes = self.take(wires);
                self.kernel.exists(frame, *over, &inputs_of(plan, wires, &planes))
            }
            Gate::AtLeast(over, count, wires) => {
                let planes = self.take(wires);
                self.kernel.at_least(frame, *over, *count, &inputs_of(plan, wires, &planes))
            }
            Gate::Most(over, more, less) => {
                let (first, second) = (self.take(more), self.take(less));
                let first = inputs_of(plan, more, &first);
                self.kernel.most(frame, *over, &first, &inputs_of(plan, less, &second))
            }
        };
        self.store(id, plane)
    }

    /// The planes of wires, dropped from the store where this is their last use.
    fn take(&mut self, wires: &[Wire]) -> Vec<Rc<K::Plane>> {
        wires.iter().filter_map(|wire| self.take_one(wire.node)).collect()
    }

    fn take_one(&mut self, node: NodeId) -> Option<Rc<K::Plane>> {
        let uses = &mut self.uses[node];
        if *uses == u32::MAX {
            return self.planes[node].clone();
        }
        *uses = uses.saturating_sub(1);
        if *uses > 0 {
            return self.planes[node].clone();
        }
        self.meter.free(self.kernel.size(&self.plan.nodes[node].frame));
        self.planes[node].take()
    }

    /// Where all wires hold.
    pub(super) fn joint(&mut self, frame: &[EntityId], wires: &[Wire]) -> Result<K::Plane, Limit> {
        for wire in wires {
            self.demand(wire.node)?;
        }
        self.meter.work(self.kernel.size(frame).saturating_mul(wires.len() as u64))?;
        let planes = self.take(wires);
        Ok(self.kernel.and(frame, &inputs_of(self.plan, wires, &planes)))
    }

    /// All rules: calls for each that is not silent with its status, case and subject.
    pub(super) fn rules(
        &mut self,
        full: bool,
        found: &mut dyn FnMut(RuleId, Status, usize, &[usize]),
    ) -> Result<(), Limit> {
        let plan = self.plan;
        let mut strengths: Vec<Strength<K::Plane>> = vec![None; plan.rules.len()];
        for &at in &plan.order {
            let rule = &plan.rules[at];
            let Some(verdict) = self.rule(rule, full, &mut strengths)? else {
                continue;
            };
            let planes = [
                (Status::Firing, Some(verdict.fires)),
                (Status::Provisional, verdict.provisional),
                (Status::SetAside, verdict.set_aside),
                (Status::Open, verdict.open),
            ];
            for (status, plane) in planes {
                if let Some(plane) = plane {
                    self.kernel.visit(&rule.frame, &plane, &mut |case, rows| {
                        found(rule.rule, status, case, rows);
                    });
                }
            }
        }
        Ok(())
    }

    /// Where all wires hold within `start`; none where that is nowhere. Stops at the first that leaves nothing.
    fn narrow(
        &mut self,
        rule: &RulePlan,
        wires: &[Wire],
        start: Option<&K::Plane>,
    ) -> Result<Option<K::Plane>, Limit> {
        let mut left = start.cloned();
        let size = self.kernel.size(&rule.frame);
        if size > self.meter.limits.held_words {
            return Err(Limit::HeldWords(self.meter.limits.held_words));
        }
        let scalar = wires.iter().take_while(|wire| wire.map.is_empty()).count();
        if left.is_none() {
            let mut all = self.kernel.leaf(None, &[]);
            for wire in &wires[..scalar] {
                all = self.refine(&[], &all, wire)?;
                if self.kernel.is_empty(&all) {
                    return Ok(None);
                }
            }
            let all = Input { plane: &all, frame: &[], map: &[], negated: false };
            left = Some(self.kernel.and(&rule.frame, &[all]));
        }
        let rest = if start.is_some() { wires } else { &wires[scalar..] };
        for wire in rest {
            let Some(plane) = &left else { break };
            let narrower = self.refine(&rule.frame, plane, wire)?;
            if self.kernel.is_empty(&narrower) {
                return Ok(None);
            }
            left = Some(narrower);
        }
        Ok(left.filter(|plane| !self.kernel.is_empty(plane)))
    }

    fn refine(
        &mut self,
        frame: &[EntityId],
        plane: &K::Plane,
        wire: &Wire,
    ) -> Result<K::Plane, Limit> {
        self.demand(wire.node)?;
        self.meter.work(self.kernel.size(frame).saturating_mul(2))?;
        let planes = self.take(std::slice::from_ref(wire));
        let mut inputs = inputs_of(self.plan, std::slice::from_ref(wire), &planes);
        inputs.push(whole(plane, frame, false));
        Ok(self.kernel.and(frame, &inputs))
    }

    fn rule(
        &mut self,
        rule: &RulePlan,
        full: bool,
        strengths: &mut [Strength<K::Plane>],
    ) -> Result<Option<Verdict<K::Plane>>, Limit> {
        let both = full || rule.overrides;
        let possible = if both { self.narrow(rule, &rule.possible, None)? } else { None };
        if both && possible.is_none() {
            return Ok(None);
        }
        let certain = self.narrow(rule, &rule.certain, possible.as_ref())?;
        if !both && certain.is_none() {
            return Ok(None);
        }
        let frame = rule.frame.as_slice();
        let certain = certain.unwrap_or_else(|| self.kernel.nowhere(frame));
        let rivals: Vec<&(K::Plane, K::Plane)> =
            rule.overridden_by.iter().filter_map(|&rival| strengths[rival].as_ref()).collect();
        let mut fires = certain.clone();
        if let Some([possibly, _]) = &rule.unless {
            fires = self.refine(frame, &fires, &possibly.clone().flipped())?;
        }
        let mays: Vec<Input<K::Plane>> =
            rivals.iter().map(|rival| whole(&rival.1, frame, true)).collect();
        fires = self.within(frame, &fires, mays);
        let Some(possible) = possible else {
            return Ok(Some(Verdict { fires, provisional: None, set_aside: None, open: None }));
        };
        let mut excused = possible;
        if let Some([_, certainly]) = &rule.unless {
            excused = self.refine(frame, &excused, &certainly.clone().flipped())?;
        }
        let firing = rivals.iter().map(|rival| whole(&rival.0, frame, true)).collect();
        let may = self.within(frame, &excused, firing);
        let verdict = full.then(|| {
            let guarded = rule.unless.is_some() || !rivals.is_empty();
            let sides = [(&certain, false), (&fires, true)].map(|(p, not)| whole(p, frame, not));
            let provisional = guarded.then(|| self.within(frame, &may, sides.into()));
            let set_aside = (!rivals.is_empty())
                .then(|| self.within(frame, &excused, vec![whole(&may, frame, true)]));
            let open = self.within(frame, &may, vec![whole(&certain, frame, true)]);
            Verdict { fires: fires.clone(), provisional, set_aside, open: Some(open) }
        });
        let verdict = verdict.unwrap_or_else(|| Verdict {
            fires: fires.clone(),
            provisional: None,
            set_aside: None,
            open: None,
        });
        if rule.overrides {
            strengths[rule.rule.0] = Some((fires, may));
        }
        Ok(Some(verdict))
    }

    fn within<'a>(
        &self,
        frame: &'a [EntityId],
        plane: &'a K::Plane,
        mut inputs: Vec<Input<'a, K::Plane>>,
    ) -> K::Plane {
        if inputs.is_empty() {
            return plane.clone();
        }
        inputs.push(whole(plane, frame, false));
        self.kernel.and(frame, &inputs)
    }
}

const ITSELF: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7];

/// A plane over the frame at hand as an input.
fn whole<'a, P>(plane: &'a P, frame: &'a [EntityId], negated: bool) -> Input<'a, P> {
    Input { plane, frame, map: &ITSELF[..frame.len().min(ITSELF.len())], negated }
}

fn inputs_of<'a, P>(plan: &'a Plan, wires: &'a [Wire], planes: &'a [Rc<P>]) -> Vec<Input<'a, P>> {
    let pairs = wires.iter().zip(planes);
    pairs
        .map(|(wire, plane)| Input {
            plane: plane.as_ref(),
            frame: &plan.nodes[wire.node].frame,
            map: &wire.map,
            negated: wire.negated,
        })
        .collect()
}
