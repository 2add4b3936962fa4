//! Tests: certain where every possible value passes, possible where one does.

use crate::knowledge::{DomainId, Term, Test};
use crate::source::Span;
use crate::value::Members;

use super::free::{Free, free_of_test};
use super::program::{Body, Literal};
use super::term::Values;
use super::{Bound, Export};

/// A test at hand: its number, and the variables that it speaks of.
pub(super) struct Site {
    pub(super) number: usize,
    pub(super) free: Free,
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
    pub(super) fn split(&self, domain: DomainId, members: Members) -> [Vec<String>; 2] {
        let count = self.knowledge.vocabulary.domain(domain).members.len();
        let (inside, outside): (Vec<usize>, Vec<usize>) =
            (0..count).partition(|place| members >> place & 1 == 1);
        [inside, outside]
            .map(|places| places.into_iter().map(|place| self.named(domain, place)).collect())
    }

    /// A choice is one of these members.
    pub(super) fn among(&mut self, term: &Term, members: Members, bound: Bound) -> Body {
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
        let mut body: Body = subject.has(bound).into_iter().collect();
        body.extend(outside.into_iter().map(|name| Literal::Fails(may.with(name))));
        body
    }

    /// A set includes one of these members.
    fn includes(&mut self, term: &Term, members: Members, bound: Bound) -> Body {
        let Values::Set(domain, [includes, excludes]) = self.subject(term).values else {
            return vec![Literal::Never];
        };
        let [inside, _] = self.split(domain, members);
        let counts = |member: &str| match bound {
            Bound::Certain => Literal::Holds(includes.with(member)),
            Bound::Possible => Literal::Fails(excludes.with(member)),
        };
        if let [only] = inside.as_slice() {
            return vec![counts(only)];
        }
        let member = self.fresh("Member");
        vec![Literal::among(&member, &inside), counts(&member)]
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
        let has = value.has(bound);
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
    pub(super) fn unknown(&mut self, site: &Site, term: &Term) -> Body {
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
                let has = subject.has(Bound::Possible);
                ways.push(has.into_iter().chain([Literal::Fails(one)]).collect());
            }
        }
        if let Some([certainly, possibly]) = &subject.has {
            ways.push(vec![Literal::Holds(possibly.clone()), Literal::Fails(certainly.clone())]);
        }
        let part = (site.number, "unknown");
        vec![Literal::Holds(self.part(part, Bound::Certain, &site.free, &[], |_| ways))]
    }
}
