//! Rules and verdicts: what one claim of a rule rests on, and what makes a verdict the first that applies.

use crate::certificate::{Bound, Claim, Inference, Matter, Place, Root, Verdict};
use crate::engine::Status;
use crate::knowledge::{Rule, RuleId};
use crate::truth::Truth;

use super::super::evaluate::{Scope, View};
use super::condition::At;
use super::{Proved, Prover, TooLong, reaches, strongest};

/// The parts of a rule for a subject.
#[derive(Clone, Copy)]
struct Parts {
    when: Truth,
    unless: Truth,
    /// Whether a rule that overrides it fires, or may.
    overridden: Truth,
}

impl Parts {
    /// Certain where it fires, possible where it may fire.
    fn fires(self) -> Truth {
        self.when.and(!self.unless).and(!self.overridden)
    }
}

/// Whether a rule speaks of these rows.
pub(super) fn speaks_of(rule: &Rule, subject: &[usize]) -> bool {
    let apart = rule.variables.iter().take(rule.subjects).zip(subject).all(|(variable, row)| {
        variable.apart.iter().all(|other| subject.get(other.0) != Some(row))
    });
    apart && (!rule.two || subject.first() < subject.get(1))
}

fn parts(view: View<'_>, rule: &Rule, subject: &[usize]) -> Parts {
    let scope = Scope::new(view, &rule.variables, subject);
    let overriding = overriders(view, rule, subject);
    Parts {
        when: scope.truth(&rule.when),
        unless: scope.truth(&rule.unless),
        overridden: overriding.fold(Truth::False, |any, (_, fires)| any.or(fires)),
    }
}

/// The rules that override one and speak of its subject, with whether they fire.
fn overriders<'a>(
    view: View<'a>,
    rule: &'a Rule,
    subject: &'a [usize],
) -> impl Iterator<Item = (RuleId, Truth)> + 'a {
    rule.overridden_by.iter().filter_map(move |id| {
        let other = view.kb.rules.get(id.0).filter(|other| speaks_of(other, subject))?;
        Some((*id, parts(view, other, subject).fires()))
    })
}

/// What becomes of a rule for a subject.
fn verdict(here: Parts, contested: bool) -> Verdict {
    let fires = here.fires();
    if fires.certain() {
        Verdict::Fires
    } else if here.when.certain() && fires.possible() {
        Verdict::Provisional
    } else if here.when.possible() && !here.unless.certain() && here.overridden.certain() {
        Verdict::SetAside
    } else if contested {
        Verdict::Contested
    } else if fires.possible() {
        Verdict::Open
    } else {
        Verdict::Silent
    }
}

impl From<Status> for Verdict {
    fn from(status: Status) -> Verdict {
        match status {
            Status::Firing => Verdict::Fires,
            Status::Provisional => Verdict::Provisional,
            Status::Contested => Verdict::Contested,
            Status::Open => Verdict::Open,
            Status::SetAside => Verdict::SetAside,
        }
    }
}

impl Prover<'_> {
    fn find_rule(&self, id: RuleId) -> Result<&'_ Rule, TooLong> {
        self.kb.rules.get(id.0).ok_or(TooLong)
    }

    /// Proves what becomes of a rule for a subject.
    pub(super) fn verdict(&mut self, id: RuleId, subject: &[usize]) -> Proved {
        let kb = self.kb;
        let rule = kb.rules.get(id.0).ok_or(TooLong)?;
        let here = parts(self.view(0)?, rule, subject);
        let mut believed = Vec::new();
        for world in 1..self.worlds.list().len() {
            believed.push(parts(self.view(world)?, rule, subject).fires().certain());
        }
        let verdict = verdict(here, believed.contains(&true));
        let claim = Claim::Verdict(id, subject.to_vec(), verdict);
        let mut from = match verdict {
            Verdict::Fires => vec![self.rule(0, id, subject, Bound::Certain)?],
            Verdict::Provisional => {
                let when = (Root::When(id), Bound::Certain);
                let mut from: Vec<usize> =
                    self.conditions(0, id, subject, when)?.into_iter().collect();
                from.push(self.rule(0, id, subject, Bound::NotCertain)?);
                from.push(self.rule(0, id, subject, Bound::Possible)?);
                from
            }
            Verdict::SetAside => self.set_aside(id, subject)?,
            Verdict::Contested => {
                let first = believed.iter().position(|fires| *fires).unwrap_or(0) + 1;
                let mut from = vec![self.rule(first, id, subject, Bound::Certain)?];
                from.extend(self.undecided(id, subject, here)?);
                from
            }
            Verdict::Open | Verdict::Silent => {
                let mut from = self.undecided(id, subject, here)?;
                for world in 1..=believed.len() {
                    from.push(self.rule(world, id, subject, Bound::NotCertain)?);
                }
                from
            }
        };
        let mut seen = std::collections::BTreeSet::new();
        from.retain(|step| seen.insert(*step));
        self.add(0, claim, Inference::Verdict, from)
    }

    /// That it does not fire, is not provisional and not set aside; for an open rule also that it may fire.
    fn undecided(
        &mut self,
        id: RuleId,
        subject: &[usize],
        here: Parts,
    ) -> Result<Vec<usize>, TooLong> {
        let (when, unless) = (Root::When(id), Root::Unless(id));
        if !here.when.possible() {
            return Ok(self
                .conditions(0, id, subject, (when, Bound::Impossible))?
                .into_iter()
                .collect());
        }
        if here.unless.certain() {
            return Ok(self
                .conditions(0, id, subject, (unless, Bound::Certain))?
                .into_iter()
                .collect());
        }
        // Nothing that fires overrides it, so it may fire, and its conditions are open.
        let mut from = vec![self.rule(0, id, subject, Bound::Possible)?];
        from.extend(self.conditions(0, id, subject, (when, Bound::NotCertain))?);
        Ok(from)
    }

    /// The rule that overrides it, and that it would otherwise be possible.
    fn set_aside(&mut self, id: RuleId, subject: &[usize]) -> Result<Vec<usize>, TooLong> {
        let mut from = Vec::new();
        let firing = overriders(self.view(0)?, self.find_rule(id)?, subject)
            .find_map(|(other, fires)| fires.certain().then_some(other));
        if let Some(other) = firing {
            from.push(self.rule(0, other, subject, Bound::Certain)?);
        }
        from.extend(self.conditions(0, id, subject, (Root::When(id), Bound::Possible))?);
        from.extend(self.conditions(0, id, subject, (Root::Unless(id), Bound::NotCertain))?);
        Ok(from)
    }

    /// Proves that the conditions or exceptions of a rule reach a bound.
    fn conditions(
        &mut self,
        world: usize,
        id: RuleId,
        subject: &[usize],
        (root, bound): (Root, Bound),
    ) -> Result<Option<usize>, TooLong> {
        let kb = self.kb;
        let rule = kb.rules.get(id.0).ok_or(TooLong)?;
        let condition = if matches!(root, Root::When(_)) { &rule.when } else { &rule.unless };
        let scope = Scope::new(self.view(world)?, &rule.variables, subject);
        self.whole(At::new(world, &scope, &Place::root(root)), condition, bound)
    }

    /// Proves that a rule fires, does not, may fire or cannot.
    fn rule(&mut self, world: usize, id: RuleId, subject: &[usize], bound: Bound) -> Proved {
        let kb = self.kb;
        let rule = kb.rules.get(id.0).ok_or(TooLong)?;
        let view = self.view(world)?;
        let here = parts(view, rule, subject);
        let bound = strongest(here.fires(), bound);
        let claim = Claim::Holds(Matter::Rule(id, subject.to_vec()), bound);
        if let Some(known) = self.find(world, &claim) {
            return Ok(known);
        }
        let others: Vec<(RuleId, Truth)> = overriders(view, rule, subject).collect();
        let against = bound.swapped();
        let (when, unless) = ((Root::When(id), bound), (Root::Unless(id), against));
        // All of it carries a rule that fires, and one part that fails keeps it from firing.
        let all = bound.is_reached();
        let by_when = all || reaches(here.when, bound);
        let by_unless = all || (!by_when && reaches(here.unless, against));
        let by_others = others.into_iter().filter(|(_, fires)| reaches(*fires, against));
        let most = if all { usize::MAX } else { usize::from(!by_when && !by_unless) };
        let by_others: Vec<RuleId> = by_others.take(most).map(|(other, _)| other).collect();
        self.deeper(|prover| {
            let mut from = Vec::new();
            if by_when {
                from.extend(prover.conditions(world, id, subject, when)?);
            }
            if by_unless {
                from.extend(prover.conditions(world, id, subject, unless)?);
            }
            for other in by_others {
                from.push(prover.rule(world, other, subject, against)?);
            }
            prover.add(world, claim, Inference::Rule, from)
        })
    }
}
