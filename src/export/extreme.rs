//! The highest and lowest over some rows: the values that they may be, or their bounds.

use crate::knowledge::{DomainId, Extreme, Type};

use super::free::free_of_extreme;
use super::program::{Atom, Body, Literal};
use super::term::{Subject, Values};
use super::{Bound, Export};

/// The rows over which the highest or lowest is taken.
struct Counted {
    number: usize,
    row: String,
    /// A row certainly counts, possibly counts.
    counts: [Atom; 2],
    /// Some row does.
    has: [Atom; 2],
    highest: bool,
}

impl Export<'_> {
    /// The highest or lowest value over some rows.
    pub(super) fn extreme(&mut self, extreme: &Extreme) -> Subject {
        let number = self.number(extreme, None);
        let free = free_of_extreme(self, extreme);
        let row = self.variable(extreme.variable);
        let counts = Bound::BOTH.map(|bound| {
            self.part((number, "counts"), bound, &free, std::slice::from_ref(&row), |export| {
                let mut body = export.candidate(extreme.variable, bound);
                body.extend(export.condition(&extreme.condition, bound));
                vec![body]
            })
        });
        let has = Bound::BOTH.map(|bound| {
            let one = vec![Literal::Holds(bound.of(&counts).with(&row))];
            self.part((number, "has_one"), bound, &free, &[], |_| vec![one])
        });
        let inner = self.subject(&extreme.term).values;
        let rows = Counted { number, row, counts, has: has.clone(), highest: extreme.highest };
        let values = match inner {
            Values::Choice(domain, may) => self.top_choice(extreme, &rows, domain, &may),
            Values::Range(kind, bounds) => self.top_range(extreme, &rows, kind, bounds),
            other @ (Values::Member(..) | Values::Set(..)) => other,
        };
        Subject { values, has: Some(has) }
    }

    /// A value is possible where a row that may count may have it, and no row that certainly counts has a better one.
    fn top_choice(
        &mut self,
        extreme: &Extreme,
        rows: &Counted,
        domain: DomainId,
        may: &Atom,
    ) -> Values {
        let free = free_of_extreme(self, extreme);
        let [certainly, possibly] = rows.counts.clone().map(|counts| counts.with(&rows.row));
        let [value, place] = ["Value", "Place"].map(|wish| self.fresh(wish));
        let [own, own_place] = ["Own", "OwnPlace"].map(|wish| self.fresh(wish));
        let mut with_row = free.clone();
        with_row.insert(extreme.variable);
        let here = Literal::Holds(self.words.member(domain, &value, &place));
        let no_better = if rows.highest { "<=" } else { ">=" };
        let part = (rows.number, "no_better");
        let reaches = vec![
            here.clone(),
            Literal::Holds(may.with(&own)),
            Literal::Holds(self.words.member(domain, &own, &own_place)),
            Literal::compare(&own_place, no_better, &place),
        ];
        let value_term = std::slice::from_ref(&value);
        let reaches = self.part(part, Bound::Possible, &with_row, value_term, |_| vec![reaches]);
        let beaten = vec![here, Literal::Holds(certainly), Literal::Fails(reaches.with(&value))];
        let part = (rows.number, "better_than");
        let beaten = self.part(part, Bound::Certain, &free, value_term, |_| vec![beaten]);
        let top = vec![
            Literal::Holds(possibly),
            Literal::Holds(may.with(&value)),
            Literal::Fails(beaten.with(&value)),
        ];
        let part = (rows.number, "top");
        Values::Choice(domain, self.part(part, Bound::Possible, &free, value_term, |_| vec![top]))
    }

    /// The far bound is that of rows that may count, the near one that of rows that certainly do, or else the worst.
    fn top_range(
        &mut self,
        extreme: &Extreme,
        rows: &Counted,
        kind: Type,
        bounds: [Atom; 2],
    ) -> Values {
        let [least, most] = bounds;
        let (near, far) = if rows.highest { (least, most) } else { (most, least) };
        let (best, worst) = if rows.highest { ("max", "min") } else { ("min", "max") };
        let has = Literal::Holds(rows.has[0].clone());
        let lacks = Literal::Fails(rows.has[0].clone());
        let far = self.end(extreme, rows, &far, ("far", Bound::Possible, best, vec![]));
        let near = [
            ("near", Bound::Certain, best, vec![has]),
            ("near_if_none", Bound::Possible, worst, vec![lacks]),
        ]
        .map(|way| self.end(extreme, rows, &near, way));
        let free = free_of_extreme(self, extreme);
        let end = self.fresh("End");
        let ways = near.iter().map(|way| vec![Literal::Holds(way.with(&end))]).collect();
        let part = (rows.number, "near_end");
        let near = self.part(part, Bound::Certain, &free, &[end], |_| ways);
        Values::Range(kind, if rows.highest { [near, far] } else { [far, near] })
    }

    /// The best or worst of a bound over rows. Where a row of those that may count has no bound there is none, since it
    /// may lie anywhere; rows that certainly count and have none do not matter.
    fn end(
        &mut self,
        extreme: &Extreme,
        rows: &Counted,
        bound: &Atom,
        (what, which, pick, mut body): (&'static str, Bound, &'static str, Body),
    ) -> Atom {
        let free = free_of_extreme(self, extreme);
        let counts = which.of(&rows.counts).with(&rows.row);
        let [end, top] = ["End", "Top"].map(|wish| self.fresh(wish));
        let names: [&'static str; 2] = match what {
            "far" => ["far_ends", "far_without_end"],
            "near" => ["near_ends", "near_without_end"],
            _ => ["worst_ends", "worst_without_end"],
        };
        let ends = vec![Literal::Holds(counts.clone()), Literal::Holds(bound.with(&end))];
        let part = (rows.number, names[0]);
        let ends = self.part(part, which, &free, std::slice::from_ref(&end), |_| vec![ends]);
        if which == Bound::Possible {
            let mut with_row = free.clone();
            with_row.insert(extreme.variable);
            let bounded = vec![Literal::Holds(bound.with("_"))];
            let part = (rows.number, if what == "far" { "far_bounded" } else { "worst_bounded" });
            let bounded = self.part(part, which, &with_row, &[], |_| vec![bounded]);
            let open = vec![Literal::Holds(counts), Literal::Fails(bounded)];
            let open = self.part((rows.number, names[1]), which, &free, &[], |_| vec![open]);
            body.push(Literal::Fails(open));
        }
        let every = ends.with(&end);
        body.push(Literal::Over(format!("{top} ="), pick, end, every, None));
        body.push(Literal::Holds(ends.with(&top)));
        self.part((rows.number, what), which, &free, &[top], |_| vec![body])
    }
}
