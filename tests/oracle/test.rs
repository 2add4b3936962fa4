//! `is`, `includes`, `at least`, `is unknown`: tests of what a term may come to.

use convener::syntax::tree::{Among, Literal, Operand, Order, Right, Test};
use convener::truth::Truth;
use convener::value::NUMBER_UNIT;

use super::term::{Term, member};
use super::value::{Kind, Values, crisp, over_all};
use super::words::period;
use super::world::{Scope, World, variable};

impl World<'_> {
    /// Whether an operand passes a test.
    pub(crate) fn test(&self, operand: &Operand, test: &Test, scope: &Scope) -> Truth {
        let left = self.term(operand, scope);
        match test {
            Test::Unknown => crisp(match &left.values {
                Some(values) => left.may_lack || !values.is_known(),
                None => false,
            }),
            Test::Empty => {
                let Some(Values::Set { may_include, may_exclude }) = &left.values else {
                    panic!("not a set")
                };
                let Kind::Set(domain) = &left.kind else { panic!("not a set") };
                let all = self.words.members(domain).len();
                Truth::from_bounds(may_include.is_empty(), may_exclude.len() == all)
            }
            Test::Among { relation: Among::Includes, values, .. } => {
                self.includes(&left, values, scope)
            }
            Test::Among { relation: Among::Excludes, values, .. } => {
                !self.includes(&left, values, scope)
            }
            Test::Among { relation, values } => {
                self.is_one_of(&left, values, *relation == Among::Is, scope)
            }
            Test::Order { order, right, by } => {
                let by = by.map(|(by, _)| by);
                self.order(&left, *order, right, by, scope)
            }
        }
    }

    fn includes(&self, left: &Term, rights: &[Right], scope: &Scope) -> Truth {
        let Some(Values::Set { may_include, may_exclude }) = &left.values else {
            panic!("not a set")
        };
        let includes = |right: &Right| {
            let members = self.right(left, right, scope);
            let members = members.values.expect("a member");
            let members = members.members();
            Truth::from_bounds(members.is_disjoint(may_exclude), !members.is_disjoint(may_include))
        };
        rights.iter().map(includes).fold(Truth::False, Truth::or)
    }

    /// The right side of `is` on a choice, of `includes`, of an order between terms.
    fn right(&self, left: &Term, right: &Right, scope: &Scope) -> Term {
        match right {
            Right::Operand(operand) => self.term(operand, scope),
            Right::Literal(Literal::Name(name)) if variable(scope, &name.text).is_some() => {
                member(&name.text, scope)
            }
            Right::Literal(Literal::Name(name)) => Term {
                kind: left.kind.clone(),
                values: Some(Values::Choice([name.text.clone()].into())),
                may_lack: false,
                fact: None,
            },
            Right::Literal(literal) => panic!("a member was wanted, not {literal:?}"),
        }
    }

    fn is_one_of(&self, left: &Term, rights: &[Right], positive: bool, scope: &Scope) -> Truth {
        if let [Right::Operand(operand)] = rights {
            let right = self.term(operand, scope);
            return compare(left, &right, |pair| match pair {
                Pair::Members(a, b) => crisp((a == b) == positive),
                Pair::Ranges(a, b) => {
                    let same = Truth::from_bounds(a.0 == a.1 && a == b, a.0 <= b.1 && b.0 <= a.1);
                    if positive { same } else { !same }
                }
                Pair::SameRange => crisp(positive),
            });
        }
        let Some(values) = &left.values else { return Truth::False };
        let passes = match values {
            Values::Choice(members) => {
                let rights = rights.iter().map(|right| self.right(left, right, scope));
                let rights: Vec<Term> = rights.collect();
                if rights.iter().any(|right| right.fact.is_some() && right.fact == left.fact) {
                    return crisp(positive);
                }
                let found = members.iter().flat_map(|member| one_of(member, &rights));
                over_all(found.map(|found| found == positive))
            }
            Values::Range { low, high } => {
                let periods = rights.iter().map(|right| {
                    let Right::Literal(literal) = right else { panic!("a path among constants") };
                    period(&left.kind, literal)
                });
                let periods: Vec<(i64, i64)> = periods.collect();
                let touches = |(first, last): &(i64, i64)| first <= high && low <= last;
                let all = covered(*low, *high, &periods);
                let among = Truth::from_bounds(all, periods.iter().any(touches));
                if positive { among } else { !among }
            }
            Values::Set { .. } => panic!("`is` of a set"),
        };
        unless_lacking(passes, left.may_lack)
    }

    fn order(
        &self,
        left: &Term,
        order: Order,
        right: &Right,
        by: Option<i64>,
        scope: &Scope,
    ) -> Truth {
        if let (Kind::Number | Kind::Date, Right::Literal(literal)) = (&left.kind, right) {
            let Some(Values::Range { low, high }) = left.values else { return Truth::False };
            let (first, last) = period(&left.kind, literal);
            let (from, up_to) = match (order, by) {
                (Order::AtLeast, None) => (first, i64::MAX),
                (Order::Above, None) => (last + 1, i64::MAX),
                (Order::AtMost, None) => (i64::MIN, last),
                (Order::Below, None) => (i64::MIN, first - 1),
                (Order::AtLeast | Order::Above, Some(by)) => (last + by, i64::MAX),
                (Order::AtMost | Order::Below, Some(by)) => (i64::MIN, first - by),
            };
            let truth =
                Truth::from_bounds(from <= low && high <= up_to, from <= high && low <= up_to);
            return unless_lacking(truth, left.may_lack);
        }
        let right = self.right(left, right, scope);
        let steps = match (&left.kind, by, order) {
            (Kind::Choice(_), Some(by), _) => by / NUMBER_UNIT,
            (_, Some(by), _) => by,
            (_, None, Order::Above | Order::Below) => 1,
            (_, None, Order::AtLeast | Order::AtMost) => 0,
        };
        let (greater, lesser) = match order {
            Order::AtLeast | Order::Above => (left, &right),
            Order::AtMost | Order::Below => (&right, left),
        };
        compare(greater, lesser, |pair| match pair {
            Pair::Members(a, b) => {
                let Kind::Choice(domain) = &left.kind else { panic!("not a scale") };
                crisp(self.words.place(domain, a) >= self.words.place(domain, b) + steps)
            }
            Pair::Ranges(a, b) => {
                Truth::from_bounds(reaches(a.0, b.1, steps, false), reaches(a.1, b.0, steps, true))
            }
            Pair::SameRange => crisp(steps <= 0),
        })
    }
}

/// Whether a member is what one of these is, for every choice of what they are.
fn one_of(member: &String, rights: &[Term]) -> Vec<bool> {
    let Some((first, others)) = rights.split_first() else { return vec![false] };
    let values = first.values.as_ref().expect("a value").members();
    let others = one_of(member, others);
    values
        .iter()
        .flat_map(|value| others.iter().map(move |found| value == member || *found))
        .collect()
}

/// Whether every number from `low` to `high` is in one of the periods.
fn covered(low: i64, high: i64, periods: &[(i64, i64)]) -> bool {
    let holding = periods.iter().find(|(first, last)| *first <= low && low <= *last);
    holding.is_some_and(|(_, last)| *last >= high || covered(last + 1, high, periods))
}

/// Whether `a >= b + steps`; the ends of `i64` are no bounds, and then the answer is `unbounded`.
fn reaches(a: i64, b: i64, steps: i64, unbounded: bool) -> bool {
    let ends = [i64::MIN, i64::MAX];
    if ends.contains(&a) || ends.contains(&b) { unbounded } else { a >= b.saturating_add(steps) }
}

/// Having no value fails every test.
fn unless_lacking(passes: Truth, may_lack: bool) -> Truth {
    if may_lack { passes.and(Truth::Open) } else { passes }
}

/// Two values, or bounds of two values, at once.
enum Pair<'v> {
    Members(&'v String, &'v String),
    Ranges((i64, i64), (i64, i64)),
    /// Twice one number or day.
    SameRange,
}

/// Over independent choices of both, unless both are one fact.
fn compare(left: &Term, right: &Term, passes: impl Fn(Pair) -> Truth) -> Truth {
    let same = left.fact.is_some() && left.fact == right.fact;
    let (Some(a), Some(b)) = (&left.values, &right.values) else { return Truth::False };
    let truth = match (a, b) {
        (Values::Choice(a), Values::Choice(_)) if same => {
            over_all(a.iter().map(|a| passes(Pair::Members(a, a)).certain()))
        }
        (Values::Choice(a), Values::Choice(b)) => {
            let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
            over_all(pairs.map(|(a, b)| passes(Pair::Members(a, b)).certain()))
        }
        (Values::Range { .. }, Values::Range { .. }) if same => passes(Pair::SameRange),
        (Values::Range { low: a, high: b }, Values::Range { low: c, high: d }) => {
            passes(Pair::Ranges((*a, *b), (*c, *d)))
        }
        _ => panic!("{a:?} compared with {b:?}"),
    };
    unless_lacking(truth, left.may_lack || right.may_lack)
}
