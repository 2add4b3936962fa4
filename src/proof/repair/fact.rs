//! Which changes of one fact bring a value to what is wanted of it.

use crate::change::Target;
use crate::knowledge::{AttributeId, Changes, RelationId, Term, Type, VariableId};
use crate::value::{Members, NUMBER_UNIT, Possible, completed_years};

use super::super::evaluate::Scope;
use super::super::fact::{Fact, Grounds};
use super::candidate::Candidate;
use super::goal::{Mender, Ways};
use super::leaf::{Wanted, ones};

impl<'a> Mender<'a> {
    /// Ways to bring a term to what is wanted; none where it is so already.
    pub(super) fn bring(&mut self, scope: &Scope<'a>, term: &Term, wanted: Wanted) -> Ways {
        match term {
            Term::Attribute(attribute, row) => {
                self.attribute(scope, *attribute, scope.resolve(*row), wanted)
            }
            Term::Relation(relation, a, b) => self.relation(scope, *relation, [*a, *b], wanted),
            Term::Member(_) => Vec::new(),
            Term::Extreme(extreme) => self.extreme(scope, extreme, wanted),
            Term::Years { since, date } => self.years(scope, *since, date, wanted),
        }
    }

    fn attribute(
        &mut self,
        scope: &Scope<'a>,
        attribute: AttributeId,
        row: usize,
        wanted: Wanted,
    ) -> Ways {
        let declared = self.view.kb.vocabulary.attribute(attribute);
        if scope.is_worked_out(attribute, row) {
            let Wanted::Members(members) = wanted else { return Vec::new() };
            return self.derived(attribute, row, members);
        }
        if declared.fixed.is_some() || !self.view.is_listed(declared.entity, row) {
            return Vec::new();
        }
        let taken = declared.action.is_some()
            && self.view.attribute(attribute, row) == Possible::Choice(0b10);
        let changes = if taken { Changes::Never } else { declared.changes };
        let id = self.view.row_id(declared.entity, row);
        let target = Target::Attribute(attribute, id.to_owned());
        self.cell(Fact::Attribute(attribute, row), &target, changes, wanted)
    }

    fn relation(
        &mut self,
        scope: &Scope<'a>,
        relation: RelationId,
        roles: [VariableId; 2],
        wanted: Wanted,
    ) -> Ways {
        let declared = self.view.kb.vocabulary.relation(relation);
        let [mut a, mut b] = roles.map(|variable| scope.row(variable));
        let [first, second] = declared.entities;
        let listed = self.view.is_listed(first, a) && self.view.is_listed(second, b);
        if !listed || (first == second && a == b) {
            return Vec::new();
        }
        if declared.symmetric && b < a {
            (a, b) = (b, a);
        }
        let ids = [(first, a), (second, b)].map(|(of, row)| self.view.row_id(of, row).to_owned());
        let [one, two] = ids;
        let target = Target::Tie(relation, one, two);
        self.cell(Fact::Relation(relation, a, b), &target, declared.changes, wanted)
    }

    fn years(&mut self, scope: &Scope<'a>, since: bool, date: &Term, wanted: Wanted) -> Ways {
        let Some(today) = self.view.facts.today else {
            self.barred.insert(Fact::Today);
            return Vec::new();
        };
        let Wanted::Range(low, high) = wanted else { return Vec::new() };
        // Years since a day fall as the day comes later; years until it rise.
        let count = |day: i64| {
            let years =
                if since { completed_years(day, today) } else { completed_years(today, day) };
            years.saturating_mul(NUMBER_UNIT)
        };
        let first = |holds: &dyn Fn(i64) -> bool| first_day(today, holds);
        let (from, to) = if since {
            (first(&|day| count(day) <= high), first(&|day| count(day) < low).map(|day| day - 1))
        } else {
            (first(&|day| count(day) >= low), first(&|day| count(day) > high).map(|day| day - 1))
        };
        let from =
            if (since && high == i64::MAX) || (!since && low == i64::MIN) { None } else { from };
        let to = if (since && low == i64::MIN) || (!since && high == i64::MAX) { None } else { to };
        let range = Wanted::Range(from.unwrap_or(i64::MIN), to.unwrap_or(i64::MAX));
        self.bring(scope, date, range)
    }

    /// Ways to bring one fact of the case to what is wanted.
    fn cell(&mut self, fact: Fact, target: &Target, changes: Changes, wanted: Wanted) -> Ways {
        let Some(held) = self.view.value(fact) else { return Vec::new() };
        let all = match target.kind(&self.view.kb.vocabulary) {
            Type::Choice(domain) | Type::Set(domain) => self.view.kb.vocabulary.members_of(domain),
            Type::Number | Type::Date => 0,
        };
        let ways = changed_to(held, all, target, wanted);
        // What the case says of it can be otherwise only where such a thing changes, or nobody has said it.
        if changes != Changes::Never || self.view.describe(fact).grounds != Grounds::Stated {
            return ways;
        }
        let within: Ways = ways.iter().filter_map(|way| way.within(held)).collect();
        if within.is_empty() && !ways.is_empty() {
            self.barred.insert(fact);
        }
        within
    }
}

/// The changes that bring a value to what is wanted.
fn changed_to(held: Possible, all: Members, target: &Target, wanted: Wanted) -> Ways {
    let set = |possible| vec![Candidate::Set(target.clone(), possible)];
    match (held, wanted) {
        (Possible::Choice(held), Wanted::Members(good)) => {
            let good = good & all;
            if good == 0 || held & !good == 0 { Vec::new() } else { set(Possible::Choice(good)) }
        }
        (Possible::Range { low: least, high: most }, Wanted::Range(low, high)) => {
            if low > high || (low <= least && most <= high) {
                return Vec::new();
            }
            set(Possible::Range { low, high })
        }
        (Possible::Set { may_include, may_exclude }, Wanted::Include(members)) => {
            let members = members & all;
            if may_include & !may_exclude & members != 0 {
                return Vec::new();
            }
            let open = may_include & members;
            let add = if open != 0 { open } else { members };
            ones(add).map(|member| Candidate::Add(target.clone(), member)).collect()
        }
        (Possible::Set { may_include, .. }, Wanted::Exclude(members)) => {
            let rest = may_include & members & all;
            if rest == 0 {
                return Vec::new();
            }
            vec![Candidate::Remove(target.clone(), rest)]
        }
        _ => Vec::new(),
    }
}

/// The first day within four centuries from which something holds.
fn first_day(today: i64, holds: &dyn Fn(i64) -> bool) -> Option<i64> {
    const FAR: i64 = 400 * 366;
    let (mut low, mut high) = (today - FAR, today + FAR);
    if !holds(high) {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(high)
}
