//! Tests: certain where every possible value passes, possible where one does.

use crate::knowledge::{Comparison, DomainId, Term, Test, Type};
use crate::source::Span;
use crate::value::Members;

use super::condition::{Free, free_of_term, free_of_test};
use super::program::{Atom, Body, Literal};
use super::term::{Subject, Values};
use super::{Bound, Export};

/// A test at hand: its number, and the variables that it speaks of.
struct Site {
    number: usize,
    free: Free,
}

impl Export<'_> {
    /// A test on one bound.
    pub(super) fn test(&mut self, test: &Test, span: Span, bound: Bound) -> Body {
        let plain = matches!(test, Test::Among(Term::Attribute(..) | Term::Relation(..), _));
        let number = self.number(test, (!plain).then_some(span));
        let site = Site { number, free: free_of_test(self, test) };
        match test {
            Test::Among(term, members) => self.among(term, *members, bound),
            Test::Within(term, low, high) => self.within(&site, term, (*low, *high), bound),
            Test::Includes(term, members) => self.includes(term, *members, bound),
            Test::IncludesValue(set, value) => self.includes_value(&site, set, value, bound),
            Test::Empty(term) => self.empty(&site, term, bound),
            Test::Unknown(term) => self.unknown(&site, term),
            Test::Compare(left, comparison, right) => {
                self.compare(&site, (left, *comparison, right), bound)
            }
            Test::OneOf(left, members, rights) => {
                self.one_of(&site, (left, *members, rights), bound)
            }
        }
    }

    /// Names of some members, and of the others.
    fn split(&self, domain: DomainId, members: Members) -> [Vec<String>; 2] {
        let count = self.knowledge.vocabulary.domain(domain).members.len();
        let (inside, outside): (Vec<usize>, Vec<usize>) =
            (0..count).partition(|place| members >> place & 1 == 1);
        [inside, outside]
            .map(|places| places.into_iter().map(|place| self.named(domain, place)).collect())
    }

    /// A choice is one of these members.
    fn among(&mut self, term: &Term, members: Members, bound: Bound) -> Body {
        let subject = self.subject(term);
        let (Values::Choice(domain, _) | Values::Member(domain, _)) = subject.values else {
            return vec![Literal::Never];
        };
        let [inside, outside] = self.split(domain, members);
        if let Values::Member(_, variable) = &subject.values {
            return vec![Literal::among(variable, &inside)];
        }
        let Values::Choice(_, may) = &subject.values else { return vec![Literal::Never] };
        if bound == Bound::Possible {
            return match inside.as_slice() {
                [] => vec![Literal::Never],
                [only] => vec![Literal::Holds(may.with(only))],
                _ if outside.is_empty() && subject.has.is_none() => Vec::new(),
                _ => {
                    let value = self.fresh("Value");
                    let among = Literal::among(&value, &inside);
                    vec![Literal::Holds(may.with(value)), among]
                }
            };
        }
        if inside.is_empty() {
            return vec![Literal::Never];
        }
        let mut body: Body = self.has(&subject, bound).into_iter().collect();
        body.extend(outside.into_iter().map(|name| Literal::Fails(may.with(name))));
        body
    }

    /// A set includes one of these members.
    fn includes(&mut self, term: &Term, members: Members, bound: Bound) -> Body {
        let Values::Set(domain, [includes, excludes]) = self.subject(term).values else {
            return vec![Literal::Never];
        };
        let [inside, _] = self.split(domain, members);
        let included = |member: &str| match bound {
            Bound::Certain => Literal::Holds(includes.with(member)),
            Bound::Possible => Literal::Fails(excludes.with(member)),
        };
        if let [only] = inside.as_slice() {
            return vec![included(only)];
        }
        let member = self.fresh("Member");
        vec![Literal::among(&member, &inside), included(&member)]
    }

    /// A set includes what a choice is.
    fn includes_value(&mut self, site: &Site, set: &Term, value: &Term, bound: Bound) -> Body {
        let Values::Set(_, [includes, excludes]) = self.subject(set).values else {
            return vec![Literal::Never];
        };
        let value = self.subject(value);
        let (mut body, member) = self.value(&value);
        if bound == Bound::Possible {
            body.push(Literal::Fails(excludes.with(member)));
            return body;
        }
        if body.is_empty() {
            return vec![Literal::Holds(includes.with(member))];
        }
        body.push(Literal::Fails(includes.with(member)));
        let part = (site.number, "left_out");
        let left_out = self.part(part, Bound::Possible, &site.free, &[], |_| vec![body]);
        let has = self.has(&value, bound);
        has.into_iter().chain([Literal::Fails(left_out)]).collect()
    }

    /// A set has no member.
    fn empty(&mut self, site: &Site, term: &Term, bound: Bound) -> Body {
        let Values::Set(domain, [includes, excludes]) = self.subject(term).values else {
            return vec![Literal::Never];
        };
        let member = self.fresh("Member");
        let mut body = vec![self.any_member(domain, &member)];
        body.push(match bound {
            Bound::Certain => Literal::Fails(excludes.with(member)),
            Bound::Possible => Literal::Holds(includes.with(member)),
        });
        let part = (site.number, "has_member");
        vec![Literal::Fails(self.part(part, bound.other(), &site.free, &[], |_| vec![body]))]
    }

    /// More than one value is possible, having none included.
    fn unknown(&mut self, site: &Site, term: &Term) -> Body {
        let subject = self.subject(term);
        let mut ways = Vec::new();
        match &subject.values {
            Values::Member(..) => return vec![Literal::Never],
            Values::Choice(_, may) => {
                let [one, other] = ["Value", "Value"].map(|wish| self.fresh(wish));
                ways.push(vec![
                    Literal::Holds(may.with(&one)),
                    Literal::Holds(may.with(&other)),
                    Literal::compare(one, "<", other),
                ]);
            }
            Values::Set(domain, [includes, excludes]) => {
                let member = self.fresh("Member");
                ways.push(vec![
                    self.any_member(*domain, &member),
                    Literal::Fails(includes.with(&member)),
                    Literal::Fails(excludes.with(&member)),
                ]);
            }
            Values::Range(_, [least, most]) => {
                let number = self.fresh("Number");
                let one = vec![least, most];
                let one = one.into_iter().map(|end| Literal::Holds(end.with(&number))).collect();
                let part = (site.number, "one_number");
                let one = self.part(part, Bound::Certain, &site.free, &[], |_| vec![one]);
                let has = self.has(&subject, Bound::Possible);
                ways.push(has.into_iter().chain([Literal::Fails(one)]).collect());
            }
        }
        if let Some([certainly, possibly]) = &subject.has {
            ways.push(vec![Literal::Holds(possibly.clone()), Literal::Fails(certainly.clone())]);
        }
        let part = (site.number, "unknown");
        vec![Literal::Holds(self.part(part, Bound::Certain, &site.free, &[], |_| ways))]
    }

    /// A number or day lies within these bounds.
    fn within(&mut self, site: &Site, term: &Term, (low, high): (i64, i64), bound: Bound) -> Body {
        let subject = self.subject(term);
        let Values::Range(kind, [least, most]) = &subject.values else {
            return vec![Literal::Never];
        };
        let low = (low != i64::MIN).then(|| self.unit.up(*kind, low).to_string());
        let high = (high != i64::MAX).then(|| self.unit.down(*kind, high).to_string());
        let mut body: Body = self.has(&subject, bound).into_iter().collect();
        let ends = [
            (low, [(least, ">="), (most, "<")], "below"),
            (high, [(most, "<="), (least, ">")], "above"),
        ];
        for (limit, [inside, outside], what) in ends {
            let Some(limit) = limit else { continue };
            let number = self.fresh("Number");
            let (end, relation) = if bound == Bound::Certain { inside } else { outside };
            let reaches = vec![
                Literal::Holds(end.with(&number)),
                Literal::compare(number, relation, limit),
            ];
            if bound == Bound::Certain {
                body.extend(reaches);
            } else {
                let part = (site.number, what);
                let beyond = self.part(part, Bound::Certain, &site.free, &[], |_| vec![reaches]);
                body.push(Literal::Fails(beyond));
            }
        }
        body
    }

    /// Two values compare so; independently, unless they are one.
    fn compare(
        &mut self,
        site: &Site,
        (left, comparison, right): (&Term, Comparison, &Term),
        bound: Bound,
    ) -> Body {
        let (a, b) = (self.subject(left), self.subject(right));
        let mut same = self.same_cell(left, right);
        let holds_of_one = match comparison {
            Comparison::Same => true,
            Comparison::Different => false,
            Comparison::AtLeast(by) => by <= 0,
        };
        if same.iter().any(Vec::is_empty) {
            return if holds_of_one { Vec::new() } else { vec![Literal::Never] };
        }
        let mut general = self.independent(site, (&a, comparison, &b), bound);
        if same.is_empty() {
            return general;
        }
        let one = self.any((site.number, "one_value"), Bound::Certain, &site.free, same.clone());
        general.splice(0..0, self.not((site.number, "one"), Bound::Certain, &site.free, one));
        if holds_of_one {
            same.push(general);
            return self.any((site.number, "compares"), bound, &site.free, same);
        }
        general
    }

    /// Two values compare so, over independent choices of both.
    fn independent(
        &mut self,
        site: &Site,
        (a, comparison, b): (&Subject, Comparison, &Subject),
        bound: Bound,
    ) -> Body {
        match (&a.values, &b.values) {
            (Values::Range(kind, left), Values::Range(_, right)) => {
                let mut body: Body = self.has(a, bound).into_iter().collect();
                body.extend(self.has(b, bound));
                body.extend(self.ranges(site, (*kind, left, right), comparison, bound));
                body
            }
            (Values::Choice(domain, _) | Values::Member(domain, _), _) => {
                let (mut pair, one) = self.value(a);
                let (second, other) = self.value(b);
                pair.extend(second);
                let passes = bound == Bound::Possible;
                pair.extend(self.members(*domain, (&one, &other), comparison, passes));
                if passes {
                    return pair;
                }
                let mut body: Body = self.has(a, bound).into_iter().collect();
                body.extend(self.has(b, bound));
                let part = (site.number, "fails");
                body.extend(self.not(part, Bound::Possible, &site.free, pair));
                body
            }
            // The compiler refuses to compare whole sets.
            _ => vec![Literal::Never],
        }
    }

    /// Two members compare so, or else do not.
    fn members(
        &mut self,
        domain: DomainId,
        (one, other): (&str, &str),
        comparison: Comparison,
        passes: bool,
    ) -> Body {
        let by = match comparison {
            Comparison::Same | Comparison::Different => {
                let same = (comparison == Comparison::Same) == passes;
                return vec![Literal::compare(one, if same { "=" } else { "!=" }, other)];
            }
            Comparison::AtLeast(by) => by,
        };
        let [place, base] = ["Place", "Place"].map(|wish| self.fresh(wish));
        let least = if by == 0 { base.clone() } else { format!("{base} + {by}") };
        vec![
            Literal::Holds(self.words.member(domain, one, &place)),
            Literal::Holds(self.words.member(domain, other, &base)),
            Literal::compare(place, if passes { ">=" } else { "<" }, least),
        ]
    }

    /// Two numbers or days compare so, by their bounds.
    fn ranges(
        &mut self,
        site: &Site,
        (kind, left, right): (Type, &[Atom; 2], &[Atom; 2]),
        comparison: Comparison,
        bound: Bound,
    ) -> Body {
        match comparison {
            Comparison::AtLeast(by) => {
                let by = self.unit.distance(kind, by);
                self.reaches((site, "short"), (left, right, by), bound)
            }
            Comparison::Same => {
                let mut body = self.reaches((site, "less"), (left, right, 0), bound);
                body.extend(self.reaches((site, "more"), (right, left, 0), bound));
                body
            }
            Comparison::Different => {
                let bound = bound.other();
                let mut same = self.reaches((site, "less"), (left, right, 0), bound);
                same.extend(self.reaches((site, "more"), (right, left, 0), bound));
                self.not((site.number, "same"), bound, &site.free, same)
            }
        }
    }

    /// The left is at least the right plus `by`: certainly where its lower bound is, possibly unless its upper is not.
    fn reaches(
        &mut self,
        (site, what): (&Site, &'static str),
        (left, right, by): (&[Atom; 2], &[Atom; 2], i64),
        bound: Bound,
    ) -> Body {
        let [one, other] = ["Number", "Number"].map(|wish| self.fresh(wish));
        let [[left_least, left_most], [right_least, right_most]] = [left, right];
        let (mine, relation, theirs) = match bound {
            Bound::Certain => (left_least, ">=", right_most),
            Bound::Possible => (left_most, "<", right_least),
        };
        let least = if by == 0 { other.clone() } else { format!("{other} + {by}") };
        let body = vec![
            Literal::Holds(mine.with(&one)),
            Literal::Holds(theirs.with(&other)),
            Literal::compare(one, relation, least),
        ];
        if bound == Bound::Certain {
            return body;
        }
        let part = (site.number, what);
        vec![Literal::Fails(self.part(part, Bound::Certain, &site.free, &[], |_| vec![body]))]
    }

    /// A choice is one of these members or what one of these terms is.
    fn one_of(
        &mut self,
        site: &Site,
        (left, members, rights): (&Term, Members, &[Term]),
        bound: Bound,
    ) -> Body {
        let mut ways = Vec::new();
        if bound == Bound::Possible {
            ways.push(self.among(left, members, bound));
            for right in rights {
                let site = self.pair_site(site, left, right);
                ways.push(self.compare(&site, (left, Comparison::Same, right), bound));
            }
            return self.any((site.number, "one_of"), bound, &site.free, ways);
        }
        for right in rights {
            ways.extend(self.same_cell(left, right));
        }
        let subject = self.subject(left);
        let (Values::Choice(domain, _) | Values::Member(domain, _)) = subject.values else {
            return vec![Literal::Never];
        };
        let (mut doubt, value) = self.value(&subject);
        let [inside, _] = self.split(domain, members);
        doubt.extend(inside.iter().map(|name| Literal::compare(&value, "!=", name)));
        for right in rights {
            doubt.push(Literal::Fails(self.is_surely(site, left, right, &value)));
        }
        let mut body: Body = self.has(&subject, bound).into_iter().collect();
        body.extend(self.not((site.number, "other"), Bound::Possible, &site.free, doubt));
        ways.push(body);
        self.any((site.number, "one_of"), bound, &site.free, ways)
    }

    /// All that a term may be is this value.
    fn is_surely(&mut self, site: &Site, left: &Term, right: &Term, value: &str) -> Atom {
        let site = self.pair_site(site, left, right);
        let free = free_of_term(self, right);
        let own = Site { number: site.number, free: free.clone() };
        let subject = self.subject(right);
        let (mut body, known) = self.value(&subject);
        if body.is_empty() {
            body.push(self.any_value(&subject, &known));
        }
        let unknown = self.unknown(&own, right);
        body.extend(self.not((site.number, "known"), Bound::Certain, &free, unknown));
        self.part((site.number, "surely"), Bound::Certain, &free, &[known], |_| vec![body])
            .with(value)
    }

    /// Binds the variable of a member.
    fn any_value(&self, subject: &Subject, term: &str) -> Literal {
        match &subject.values {
            Values::Choice(domain, _) | Values::Member(domain, _) => self.any_member(*domain, term),
            Values::Set(..) | Values::Range(..) => Literal::Never,
        }
    }

    /// A comparison with one of several terms as a test of its own.
    fn pair_site(&mut self, _: &Site, left: &Term, right: &Term) -> Site {
        let mut free = free_of_term(self, left);
        free.extend(free_of_term(self, right));
        Site { number: self.number(right, None), free }
    }
}
