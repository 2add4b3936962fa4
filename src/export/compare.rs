//! Tests of numbers by their bounds, and of two values: over independent choices of both, unless they are one value.

use crate::knowledge::{Comparison, DomainId, Term, Type};
use crate::value::Members;

use super::free::free_of_term;
use super::program::{Atom, Body, Literal};
use super::term::{Subject, Values};
use super::test::Site;
use super::{Bound, Export};

impl Export<'_> {
    /// A number or day lies within these bounds.
    pub(super) fn within(
        &mut self,
        site: &Site,
        term: &Term,
        (low, high): (i64, i64),
        bound: Bound,
    ) -> Body {
        let subject = self.subject(term);
        let Values::Range(kind, [least, most]) = &subject.values else {
            return vec![Literal::Never];
        };
        let low = (low != i64::MIN).then(|| self.unit.up(*kind, low).to_string());
        let high = (high != i64::MAX).then(|| self.unit.down(*kind, high).to_string());
        let mut body: Body = subject.has(bound).into_iter().collect();
        let ends = [
            (low, [(least, ">="), (most, "<")], "below"),
            (high, [(most, "<="), (least, ">")], "above"),
        ];
        for (limit, [inside, outside], what) in ends {
            let Some(limit) = limit else { continue };
            let number = self.fresh("Number");
            let (end, relation) = if bound == Bound::Certain { inside } else { outside };
            let reaches =
                vec![Literal::Holds(end.with(&number)), Literal::compare(number, relation, limit)];
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
    pub(super) fn compare(
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
                let mut body: Body = a.has(bound).into_iter().collect();
                body.extend(b.has(bound));
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
                let mut body: Body = a.has(bound).into_iter().collect();
                body.extend(b.has(bound));
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
    pub(super) fn one_of(
        &mut self,
        site: &Site,
        (left, members, rights): (&Term, Members, &[Term]),
        bound: Bound,
    ) -> Body {
        let mut ways = Vec::new();
        if bound == Bound::Possible {
            ways.push(self.among(left, members, bound));
            for right in rights {
                let site = self.pair_site(left, right);
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
            doubt.push(Literal::Fails(self.is_surely(left, right, &value)));
        }
        let mut body: Body = subject.has(bound).into_iter().collect();
        body.extend(self.not((site.number, "other"), Bound::Possible, &site.free, doubt));
        ways.push(body);
        self.any((site.number, "one_of"), bound, &site.free, ways)
    }

    /// All that a term may be is this value.
    fn is_surely(&mut self, left: &Term, right: &Term, value: &str) -> Atom {
        let site = self.pair_site(left, right);
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
    fn pair_site(&mut self, left: &Term, right: &Term) -> Site {
        let mut free = free_of_term(self, left);
        free.extend(free_of_term(self, right));
        Site { number: self.number(right, None), free }
    }
}
