//! Circuits to planes: works out what is asked for and what that needs, each node once, and drops what nobody will ask
//! for again. Knows nothing of how planes are laid out.
#![expect(
    clippy::indexing_slicing,
    reason = "nodes, atoms and rules are numbered by the plan that the lists here are made for"
)]

use std::rc::Rc;

use smallvec::SmallVec;

use crate::knowledge::EntityId;

use super::Plan;
use super::circuit::{Gate, Node, NodeId, Wire};
use super::kernel::{Input, Kernel};
use super::meter::Meter;
use super::model::Limit;

/// A plan being worked out for one block of cases.
pub(super) struct Evaluator<'p, K: Kernel> {
    pub(super) plan: &'p Plan,
    pub(super) kernel: K,
    planes: Vec<Option<Rc<K::Plane>>>,
    /// How often each node will still be asked for; at the greatest number it is kept.
    uses: Vec<u32>,
    pub(super) meter: &'p mut Meter,
    /// Nodes still to be worked out for the one that is asked for.
    stack: Vec<NodeId>,
}

/// Planes of the inputs of a gate; few have more than these.
type Planes<P> = SmallVec<[Rc<P>; 6]>;

impl<'p, K: Kernel> Evaluator<'p, K> {
    /// `full` asks for all statuses and definitions.
    pub(super) fn new(
        plan: &'p Plan,
        kernel: K,
        full: bool,
        meter: &'p mut Meter,
    ) -> Evaluator<'p, K> {
        meter.begin();
        let uses = if full { plan.uses_of_all.clone() } else { plan.uses_of_firing.clone() };
        Evaluator {
            plan,
            kernel,
            planes: vec![None; plan.nodes.len()],
            uses,
            meter,
            stack: Vec::new(),
        }
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
    pub(super) fn demand(&mut self, node: NodeId) -> Result<(), Limit> {
        if self.planes[node].is_some() {
            return Ok(());
        }
        let plan = self.plan;
        let base = self.stack.len();
        self.stack.push(node);
        while self.stack.len() > base {
            let top = self.stack[self.stack.len() - 1];
            if self.planes[top].is_some() {
                self.stack.pop();
                continue;
            }
            let before = self.stack.len();
            for wires in plan.nodes[top].inputs() {
                let missing = wires.iter().filter(|wire| self.planes[wire.node].is_none());
                self.stack.extend(missing.map(|wire| wire.node));
            }
            if self.stack.len() == before {
                self.work_out(top)?;
                self.stack.pop();
            }
        }
        Ok(())
    }

    /// Works out a node from those that it uses, which are there.
    fn work_out(&mut self, id: NodeId) -> Result<(), Limit> {
        let plan = self.plan;
        let Node { gate, frame } = &plan.nodes[id];
        let size = self.kernel.size(frame);
        self.meter.check(size)?;
        let rows = match gate {
            Gate::Exists(over, _) | Gate::AtLeast(over, ..) | Gate::Most(over, ..) => {
                self.kernel.rows(*over) as u64
            }
            _ => 1,
        };
        let inputs = plan.nodes[id].inputs().map(<[Wire]>::len).iter().sum::<usize>().max(1) as u64;
        self.meter.work(size.saturating_mul(rows).saturating_mul(inputs))?;
        let plane = match gate {
            Gate::True | Gate::Atom(_) => self.kernel.leaf(None, frame),
            Gate::Leaf(leaf) => self.kernel.leaf(Some(leaf), frame),
            Gate::And(wires) => self.with(wires, |kernel, inputs| kernel.and(frame, inputs)),
            Gate::Exists(over, wires) => {
                self.with(wires, |kernel, inputs| kernel.exists(frame, *over, inputs))
            }
            Gate::AtLeast(over, count, wires) => {
                self.with(wires, |kernel, inputs| kernel.at_least(frame, *over, *count, inputs))
            }
            Gate::Most(over, more, less) => {
                let first = self.take_all(less);
                let second = inputs_of(plan, less, &first);
                let plane =
                    self.with(more, |kernel, inputs| kernel.most(frame, *over, inputs, &second));
                drop(second);
                for plane in first {
                    self.give_back(plane);
                }
                plane
            }
        };
        self.store(id, plane)
    }

    /// What a kernel makes of the planes of wires.
    fn with(
        &mut self,
        wires: &[Wire],
        make: impl FnOnce(&K, &[Input<K::Plane>]) -> K::Plane,
    ) -> K::Plane {
        let planes = self.take_all(wires);
        let plane = make(&self.kernel, &inputs_of(self.plan, wires, &planes));
        for plane in planes {
            self.give_back(plane);
        }
        plane
    }

    fn take_all(&mut self, wires: &[Wire]) -> Planes<K::Plane> {
        wires.iter().filter_map(|wire| self.take(wire.node)).collect()
    }

    /// Gives a plane back after its use; what nobody holds any more serves to make others.
    pub(super) fn give_back(&self, plane: Rc<K::Plane>) {
        if let Ok(plane) = Rc::try_unwrap(plane) {
            self.kernel.recycle(plane);
        }
    }

    /// The plane of a node, dropped from the store where this is its last use.
    pub(super) fn take(&mut self, node: NodeId) -> Option<Rc<K::Plane>> {
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
        Ok(self.with(wires, |kernel, inputs| kernel.and(frame, inputs)))
    }
}

fn inputs_of<'a, P>(
    plan: &'a Plan,
    wires: &'a [Wire],
    planes: &'a [Rc<P>],
) -> SmallVec<[Input<'a, P>; 6]> {
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
