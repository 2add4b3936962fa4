//! Tests of values, lowered to the few that the engine knows: constants become sets of members or bounds, the rest
//! comparisons.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::compile as code;
use crate::knowledge::{Comparison, Condition, EntityKind, Term, Test, Type};
use crate::source::Span;
use crate::syntax::tree::{self, Among, Literal, Name, Operand, Order, Right};
use crate::value::{Members, NUMBER_UNIT, Possible};

use super::condition::{all, negate_if, nothing};
use super::constant::Constant;
use super::names::{again, bit};
use super::scope::{Lowering, Seen};
use super::term::Typed;

/// The right side of a test.
enum Side {
    Constant(Constant),
    Term(Term),
}

impl Lowering<'_> {
    /// A test of a value.
    pub(super) fn test(
        &mut self,
        operand: &Operand,
        test: &tree::Test,
        span: Span,
    ) -> Option<Condition> {
        let left = self.operand(operand)?;
        if let tree::Test::Among { values, .. } = test {
            self.check_values(values);
        }
        match test {
            tree::Test::Unknown => Some(Condition::Test(Test::Unknown(left.term), span)),
            tree::Test::Empty => {
                self.require_set(left.kind, operand.span())?;
                Some(Condition::Test(Test::Empty(left.term), span))
            }
            tree::Test::Among { relation, values } => match relation {
                Among::Is | Among::IsNot => {
                    self.is(&left, operand, *relation == Among::IsNot, values, span)
                }
                Among::Includes | Among::Excludes => {
                    self.require_set(left.kind, operand.span())?;
                    let included = self.includes(&left, values, span)?;
                    Some(negate_if(*relation == Among::Excludes, included))
                }
            },
            tree::Test::Order { order, right, by } => {
                self.require_order(left.kind, operand.span())?;
                let by = self.by(left.kind, *by);
                let right = self.right(right, left.kind);
                let all = self.names.vocabulary.everything(left.kind);
                Some(order_test(left, (*order, by?), right?, all, span))
            }
        }
    }

    /// Warns of a value that is listed twice.
    fn check_values(&mut self, values: &[Right]) {
        let names: Vec<&Name> = values
            .iter()
            .filter_map(|value| match value {
                Right::Literal(Literal::Name(name)) => Some(name),
                _ => None,
            })
            .collect();
        for (index, name) in names.iter().enumerate() {
            if let Some(first) = names.iter().take(index).find(|first| first.text == name.text) {
                self.push(again(&name.text, name.span, first.span));
            }
        }
    }

    fn is(
        &mut self,
        left: &Typed,
        operand: &Operand,
        negated: bool,
        values: &[Right],
        span: Span,
    ) -> Option<Condition> {
        if let Type::Set(domain) = left.kind {
            let domain = &self.names.vocabulary.domain(domain).name;
            let message = format!("a set of `{domain}` has any number of members");
            let help =
                if negated { "write `excludes` for `is not`" } else { "write `includes` for `is`" };
            let report = Diagnostic::new(code::SET_TEST, operand.span(), message)
                .label("`is` is for single values")
                .help(help);
            self.push(report);
            return None;
        }
        if left.kind == Type::YES_NO
            && let Some(name) = literal_yes_no(values)
        {
            let report = plain_yes_no(name, negated, operand, span);
            self.push(report);
            return None;
        }
        let sides: Vec<Option<Side>> =
            values.iter().map(|value| self.right(value, left.kind)).collect();
        let sides: Vec<Side> = sides.into_iter().collect::<Option<_>>()?;
        let extreme = matches!(left.term, Term::Extreme(_));
        let all = self.names.vocabulary.everything(left.kind);
        Some(is_test(left, sides, negated.then_some((all, extreme)), span))
    }

    fn includes(&mut self, left: &Typed, values: &[Right], span: Span) -> Option<Condition> {
        let sides: Vec<Option<Side>> =
            values.iter().map(|value| self.right(value, left.kind)).collect();
        let sides: Vec<Side> = sides.into_iter().collect::<Option<_>>()?;
        let mut members: Members = 0;
        let mut tests = Vec::new();
        for side in sides {
            match side {
                Side::Constant(Constant::Member(member)) => members |= bit(member),
                Side::Constant(Constant::Range(..)) => {}
                Side::Term(term) => {
                    let test = Test::IncludesValue(left.term.clone(), term);
                    tests.push(Condition::Test(test, span));
                }
            }
        }
        if members != 0 {
            tests.insert(0, Condition::Test(Test::Includes(left.term.clone(), members), span));
        }
        Some(any(tests))
    }

    fn require_set(&mut self, kind: Type, span: Span) -> Option<()> {
        if matches!(kind, Type::Set(_)) {
            return Some(());
        }
        let message = format!("{} is no set", self.names.describe(kind));
        let report = Diagnostic::new(code::SET_TEST, span, message)
            .label("has one value")
            .help("test it with `is …` or `is not …`");
        self.push(report);
        None
    }

    /// The distance that `by` asks for; the outer option is none where it was reported.
    #[expect(clippy::option_option, reason = "reported, absent, or present")]
    fn by(&mut self, kind: Type, by: Option<(i64, Span)>) -> Option<Option<i64>> {
        let Some((distance, span)) = by else { return Some(None) };
        let wrong = |message: &str, help: &str| {
            Diagnostic::new(code::WRONG_BY, span, message).label("no such distance").help(help)
        };
        let report = match kind {
            Type::Number if distance > 0 => return Some(Some(distance)),
            Type::Choice(_) if distance > 0 && distance % NUMBER_UNIT == 0 => {
                return Some(Some(distance / NUMBER_UNIT));
            }
            Type::Date => wrong(
                "`by` does not count days",
                "compare the dates alone, or count with `years since` and `years until`",
            ),
            Type::Number => wrong("`by` adds more than nothing", "write a number above 0"),
            _ => wrong("`by` counts whole steps of the scale", "write `by 1`, `by 2` and so on"),
        };
        self.push(report);
        None
    }

    /// The right side of a test of a value of this type.
    fn right(&mut self, right: &Right, kind: Type) -> Option<Side> {
        match right {
            Right::Literal(Literal::Name(name)) => self.right_name(name, kind),
            Right::Literal(literal) => {
                let constant = self.names.constant(literal, kind, self.diagnostics)?;
                Some(Side::Constant(constant))
            }
            Right::Operand(operand) => {
                let typed = self.operand(operand)?;
                self.same_type(typed, kind, operand.span())
            }
        }
    }

    fn right_name(&mut self, name: &Name, kind: Type) -> Option<Side> {
        match self.see(&name.text) {
            Seen::Broken => return None,
            Seen::Variable(id, entity) => {
                let entity = self.names.vocabulary.entity(entity);
                if let EntityKind::Members(domain) = entity.kind {
                    let typed = Typed { term: Term::Member(id), kind: Type::Choice(domain) };
                    return self.same_type(typed, kind, name.span);
                }
                let message = format!("`{}` is a row, not a value", name.text);
                let report = Diagnostic::new(code::WRONG_PATH, name.span, message)
                    .label(format!("stands for a `{}`", entity.name))
                    .help("rows are kept apart by `other`; compare attributes of them");
                self.push(report);
                return None;
            }
            Seen::Nothing => {}
        }
        let literal = Literal::Name(name.clone());
        self.names.constant(&literal, kind, self.diagnostics).map(Side::Constant)
    }

    fn same_type(&mut self, right: Typed, left: Type, span: Span) -> Option<Side> {
        let wanted = match left {
            Type::Set(domain) => Type::Choice(domain),
            other => other,
        };
        if right.kind == wanted {
            return Some(Side::Term(right.term));
        }
        let describe = |kind| self.names.describe(kind);
        let message = match left {
            Type::Set(_) => {
                format!("{} does not include {}", describe(left), describe(right.kind))
            }
            _ => format!("{} is compared with {}", describe(left), describe(right.kind)),
        };
        let label = format!("this is {}, expected {}", describe(right.kind), describe(wanted));
        let help = (right.kind == Type::YES_NO).then(|| {
            "a yes-or-no fact is a condition by itself; where one of several conditions is enough, \
             write `any of { … }`"
                .to_owned()
        });
        let report = Diagnostic::new(code::DIFFERENT_TYPES, span, message).label(label);
        self.push(report.maybe_help(help));
        None
    }
}

/// `is`, or with `but` (everything, and whether the left may have no value at all) `is not`.
fn is_test(left: &Typed, sides: Vec<Side>, but: Option<(Possible, bool)>, span: Span) -> Condition {
    let mut members: Members = 0;
    let mut ranges = Vec::new();
    let mut terms = Vec::new();
    for side in sides {
        match side {
            Side::Constant(Constant::Member(member)) => members |= bit(member),
            Side::Constant(Constant::Range(low, high)) => ranges.push((low, high)),
            Side::Term(term) => terms.push(term),
        }
    }
    if let Some((Possible::Choice(all), _)) = but
        && terms.is_empty()
    {
        return Condition::Test(Test::Among(left.term.clone(), all & !members), span);
    }
    let lacking = but.is_some_and(|(_, extreme)| extreme) || terms.iter().any(is_extreme);
    if but.is_some() && lacking {
        let others = joined(ranges).into_iter().map(|range| outside(&left.term, range, span));
        return all(others.chain(different(left, members, terms, but, span)).collect());
    }
    let ranges = joined(ranges).into_iter();
    let mut tests: Vec<Condition> = ranges
        .map(|(low, high)| Condition::Test(Test::Within(left.term.clone(), low, high), span))
        .collect();
    tests.extend(same(left, members, terms, span));
    negate_if(but.is_some(), any(tests))
}

/// One of these members, or the same as one of these terms.
fn same(left: &Typed, members: Members, mut terms: Vec<Term>, span: Span) -> Vec<Condition> {
    let term = left.term.clone();
    let compare =
        |right| Condition::Test(Test::Compare(left.term.clone(), Comparison::Same, right), span);
    if !matches!(left.kind, Type::Choice(_)) {
        return terms.into_iter().map(compare).collect();
    }
    match (members, terms.pop()) {
        (0, None) => Vec::new(),
        (_, None) => vec![Condition::Test(Test::Among(term, members), span)],
        (0, Some(only)) if terms.is_empty() => vec![compare(only)],
        (_, Some(last)) => {
            terms.push(last);
            vec![Condition::Test(Test::OneOf(term, members, terms), span)]
        }
    }
}

/// None of these members and none of these terms, where a value may be lacking.
fn different(
    left: &Typed,
    members: Members,
    terms: Vec<Term>,
    but: Option<(Possible, bool)>,
    span: Span,
) -> Vec<Condition> {
    let among = match but {
        Some((Possible::Choice(all), _)) if members != 0 => {
            Some(Test::Among(left.term.clone(), all & !members))
        }
        _ => None,
    };
    let compare = |right| Test::Compare(left.term.clone(), Comparison::Different, right);
    let tests = among.into_iter().chain(terms.into_iter().map(compare));
    tests.map(|test| Condition::Test(test, span)).collect()
}

fn is_extreme(term: &Term) -> bool {
    matches!(term, Term::Extreme(_))
}

/// Ranges that touch made one, so that what lies in both is known to pass.
fn joined(mut ranges: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    ranges.sort_unstable();
    let mut joined: Vec<(i64, i64)> = Vec::new();
    for (low, high) in ranges {
        match joined.last_mut() {
            Some(last) if low <= last.1.saturating_add(1) => last.1 = last.1.max(high),
            _ => joined.push((low, high)),
        }
    }
    joined
}

/// `is not` of an extreme and a number or period: below or above it, which fails where there is no value.
fn outside(term: &Term, (low, high): (i64, i64), span: Span) -> Condition {
    let below = low.checked_sub(1).map(|last| Test::Within(term.clone(), i64::MIN, last));
    let above = high.checked_add(1).map(|first| Test::Within(term.clone(), first, i64::MAX));
    Condition::Any(below.into_iter().chain(above).map(|test| Condition::Test(test, span)).collect())
}

fn order_test(
    left: Typed,
    (order, by): (Order, Option<i64>),
    right: Side,
    all: Possible,
    span: Span,
) -> Condition {
    let test = match right {
        Side::Constant(constant) => match constant.ordered(order, by, all) {
            Possible::Choice(members) => Test::Among(left.term, members),
            Possible::Range { low, high } => Test::Within(left.term, low, high),
            Possible::Set { .. } => return nothing(),
        },
        Side::Term(right) => {
            let distance = match (order, by) {
                (_, Some(by)) => by,
                (Order::AtLeast | Order::AtMost, None) => 0,
                (Order::Above | Order::Below, None) => 1,
            };
            let comparison = Comparison::AtLeast(distance);
            match order {
                Order::AtLeast | Order::Above => Test::Compare(left.term, comparison, right),
                Order::AtMost | Order::Below => Test::Compare(right, comparison, left.term),
            }
        }
    };
    Condition::Test(test, span)
}

/// Any of these; one alone stands for itself.
fn any(mut tests: Vec<Condition>) -> Condition {
    match tests.pop() {
        Some(only) if tests.is_empty() => only,
        Some(last) => {
            tests.push(last);
            Condition::Any(tests)
        }
        None => Condition::Any(tests),
    }
}

fn literal_yes_no(values: &[Right]) -> Option<&Name> {
    values.iter().find_map(|value| match value {
        Right::Literal(Literal::Name(name)) if name.text == "yes" || name.text == "no" => {
            Some(name)
        }
        _ => None,
    })
}

fn plain_yes_no(name: &Name, negated: bool, operand: &Operand, span: Span) -> Diagnostic {
    let words = match operand {
        Operand::Path(path) => super::text::written(path),
        Operand::Call(call) => format!("{}(…)", call.name.text),
        Operand::Extreme(_) | Operand::Years { .. } => "…".to_owned(),
    };
    let not = if (name.text == "no") == negated { "" } else { "not " };
    let help = format!("write `{not}{words}`");
    Diagnostic::new(code::YES_NO_AS_VALUE, span, "a yes or no is not compared with yes or no")
        .label("it is a condition by itself")
        .help(help)
}
