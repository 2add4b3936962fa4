//! `is`, `includes`, `at least`, `is unknown`: tests of what a term may come to.

use std::collections::BTreeSet;

use convener::syntax::tree::{Among, Literal, Operand, Order, Right, Test};
use convener::truth::Truth;
use convener::value::NUMBER_UNIT;

use super::term::Term;
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
                self.member(&name.text, scope)
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
                let listed: BTreeSet<String> = rights
                    .iter()
                    .flat_map(|right| self.right(left, right, scope).values)
                    .flat_map(|values| values.members().clone())
                    .collect();
                over_all(members.iter().map(|member| listed.contains(member) == positive))
            }
            Values::Range { low, high } => {
                let within = rights.iter().map(|right| {
                    let Right::Literal(literal) = right else { panic!("a path among constants") };
                    let (first, last) = period(&left.kind, literal);
                    Truth::from_bounds(
                        first <= *low && *high <= last,
                        first <= *high && *low <= last,
                    )
                });
                let among = within.fold(Truth::False, Truth::or);
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
            assert!(by.is_none(), "`by` against a constant");
            let Some(Values::Range { low, high }) = left.values else { return Truth::False };
            let (first, last) = period(&left.kind, literal);
            let (least, most) = match order {
                Order::AtLeast => (first, i64::MAX),
                Order::Above => (last + 1, i64::MAX),
                Order::AtMost => (i64::MIN, last),
                Order::Below => (i64::MIN, first - 1),
            };
            let truth =
                Truth::from_bounds(least <= low && high <= most, least <= high && low <= most);
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
