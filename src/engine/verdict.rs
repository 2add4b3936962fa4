//! What becomes of rules: where each fires, is provisional, set aside or open, from the planes of its conditions and of
//! the rules that override it.
#![expect(
    clippy::excessive_nesting,
    reason = "loops over cases, rows and words lie within each other"
)]
#![expect(
    clippy::indexing_slicing,
    reason = "rules are numbered by the plan that the lists here are made for"
)]

use crate::knowledge::{EntityId, RuleId};

use super::circuit::Wire;
use super::evaluate::Evaluator;
use super::kernel::{Input, Kernel};
use super::lower::RulePlan;
use super::model::{Limit, Status};

/// What became of a rule: planes over its subject.
struct Verdict<P> {
    fires: P,
    /// None where nothing can keep the rule from firing, or only firing is asked for.
    provisional: Option<P>,
    set_aside: Option<P>,
    open: Option<P>,
}

/// Called with the rule, its status, the rows of the subject, and a bit for each case where that is so.
pub(super) type Found<'f> = dyn FnMut(RuleId, Status, &[usize], &[u64]) + 'f;

/// For overriders: where a rule fires and where it may.
type Strength<P> = Option<(P, P)>;

impl<K: Kernel> Evaluator<'_, K> {
    /// All rules: calls for each that is not silent with its status, case and subject.
    pub(super) fn rules(&mut self, full: bool, found: &mut Found<'_>) -> Result<(), Limit> {
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
                let Some(plane) = plane else { continue };
                self.kernel.visit(&rule.frame, &plane, &mut |rows, cases| {
                    found(rule.rule, status, rows, cases);
                });
                self.kernel.recycle(plane);
            }
        }
        Ok(())
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
            self.restrict(frame, &mut fires, &possibly.clone().flipped())?;
        }
        self.without(frame, &mut fires, rivals.iter().map(|rival| &rival.1));
        let Some(possible) = possible else {
            return Ok(Some(Verdict { fires, provisional: None, set_aside: None, open: None }));
        };
        let mut excused = possible;
        if let Some([_, certainly]) = &rule.unless {
            self.restrict(frame, &mut excused, &certainly.clone().flipped())?;
        }
        let mut may = excused.clone();
        self.without(frame, &mut may, rivals.iter().map(|rival| &rival.0));
        let mut verdict = Verdict { fires, provisional: None, set_aside: None, open: None };
        if full {
            let mut open = may.clone();
            self.without(frame, &mut open, [&certain]);
            verdict.open = Some(open);
            if rule.unless.is_some() || !rivals.is_empty() {
                let mut provisional = certain;
                self.without(frame, &mut provisional, [&verdict.fires]);
                self.kernel.restrict(frame, &mut provisional, &whole(&may, frame, false));
                verdict.provisional = Some(provisional);
            }
            if !rivals.is_empty() {
                self.without(frame, &mut excused, [&may]);
                verdict.set_aside = Some(excused);
            }
        }
        if rule.overrides {
            strengths[rule.rule.0] = Some((verdict.fires.clone(), may));
        }
        Ok(Some(verdict))
    }

    /// Where all wires hold within `start`; none where that is nowhere. Stops at the first that leaves nothing.
    fn narrow(
        &mut self,
        rule: &RulePlan,
        wires: &[Wire],
        start: Option<&K::Plane>,
    ) -> Result<Option<K::Plane>, Limit> {
        self.meter.check(self.kernel.size(&rule.frame))?;
        let scalar = wires.iter().take_while(|wire| wire.map.is_empty()).count();
        let (mut left, rest) = if let Some(start) = start {
            (start.clone(), wires)
        } else {
            let mut all = self.kernel.leaf(None, &[]);
            for wire in &wires[..scalar] {
                if !self.restrict(&[], &mut all, wire)? {
                    return Ok(None);
                }
            }
            let input = Input { plane: &all, frame: &[], map: &[], negated: false };
            (self.kernel.and(&rule.frame, &[input]), &wires[scalar..])
        };
        for wire in rest {
            if !self.restrict(&rule.frame, &mut left, wire)? {
                return Ok(None);
            }
        }
        Ok((!self.kernel.is_empty(&left)).then_some(left))
    }

    /// Takes away where a wire does not hold; whether anything is left.
    fn restrict(
        &mut self,
        frame: &[EntityId],
        plane: &mut K::Plane,
        wire: &Wire,
    ) -> Result<bool, Limit> {
        self.demand(wire.node)?;
        self.meter.work(self.kernel.size(frame).saturating_mul(2))?;
        let Some(other) = self.take(wire.node) else { return Ok(true) };
        let input = Input {
            plane: other.as_ref(),
            frame: &self.plan.nodes[wire.node].frame,
            map: &wire.map,
            negated: wire.negated,
        };
        let left = self.kernel.restrict(frame, plane, &input);
        self.give_back(other);
        Ok(left)
    }

    /// Takes away where any of some planes over the same rows holds.
    fn without<'a>(
        &self,
        frame: &[EntityId],
        plane: &mut K::Plane,
        others: impl IntoIterator<Item = &'a K::Plane>,
    ) where
        K::Plane: 'a,
    {
        for other in others {
            self.kernel.restrict(frame, plane, &whole(other, frame, true));
        }
    }
}

const ITSELF: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7];

/// A plane over the frame at hand as an input.
fn whole<'a, P>(plane: &'a P, frame: &'a [EntityId], negated: bool) -> Input<'a, P> {
    Input { plane, frame, map: &ITSELF[..frame.len().min(ITSELF.len())], negated }
}
