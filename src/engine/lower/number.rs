//! Tests of numbers and dates by their bounds. A bound of an extreme reaches a threshold if those of its rows do, so
//! extremes become quantifiers and only bounds of rows are ever looked at.

use crate::knowledge::{Extreme, Row, Term};

use super::super::circuit::{Expr, Leaf, Source};
use super::{Bound, Lower};

/// A bound of a term with what stands for its row.
type Place = (Source, Option<usize>);

impl Lower<'_> {
    /// A number or day lies between two bounds.
    pub(super) fn within(&mut self, term: &Term, low: i64, high: i64, bound: Bound) -> Expr {
        let mut parts = vec![self.has_value(term, bound)];
        if low != i64::MIN {
            parts.push(self.reaches(term, !bound.certain(), low));
        }
        if high != i64::MAX {
            parts.push(self.reaches(term, bound.certain(), high.saturating_add(1)).not());
        }
        self.circuit.all(parts)
    }

    fn has_value(&mut self, term: &Term, bound: Bound) -> Expr {
        match term {
            Term::Extreme(extreme) => {
                let parts = self.parts(&extreme.condition, bound);
                self.exists(extreme.variable, parts, bound)
            }
            _ => Expr::constant(true),
        }
    }

    /// The upper (or else lower) bound of a term is at least this.
    fn reaches(&mut self, term: &Term, high: bool, least: i64) -> Expr {
        if let Term::Extreme(extreme) = term {
            return self.extreme_reaches(extreme, high, &mut |lower| {
                lower.reaches(&extreme.term, high, least)
            });
        }
        let Some((source, row)) = place(term) else {
            return Expr::constant(false);
        };
        let frame = self.frame(&source, row);
        self.leaf(Leaf::Reach { source, high, least }, frame, row.into_iter().collect())
    }

    /// A bound of an extreme reaches what `row` says of the same bound of a row's value.
    fn extreme_reaches(
        &mut self,
        extreme: &Extreme,
        high: bool,
        row: &mut dyn FnMut(&mut Self) -> Expr,
    ) -> Expr {
        let reach = row(self);
        if extreme.highest && high {
            return self.over_rows(extreme, reach, Bound::Possible);
        }
        if !extreme.highest && !high {
            return self.over_rows(extreme, reach.not(), Bound::Possible).not();
        }
        let sure = self.has_value(&Term::Extreme(Box::new(extreme.clone())), Bound::Certain);
        let [with, without] = if extreme.highest {
            [
                self.over_rows(extreme, reach.clone(), Bound::Certain),
                self.over_rows(extreme, reach.not(), Bound::Possible).not(),
            ]
        } else {
            [
                self.over_rows(extreme, reach.clone().not(), Bound::Certain).not(),
                self.over_rows(extreme, reach, Bound::Possible),
            ]
        };
        let with = self.circuit.all(vec![sure.clone(), with]);
        let without = self.circuit.all(vec![sure.not(), without]);
        self.circuit.any(vec![with, without])
    }

    fn over_rows(&mut self, extreme: &Extreme, what: Expr, bound: Bound) -> Expr {
        let mut parts = self.parts(&extreme.condition, bound);
        parts.push(what);
        self.exists(extreme.variable, parts, bound)
    }

    /// The left is at least the right plus `by`.
    pub(super) fn number_at_least(
        &mut self,
        left: &Term,
        right: &Term,
        by: i64,
        bound: Bound,
    ) -> Expr {
        let parts = vec![
            self.has_value(left, bound),
            self.has_value(right, bound),
            self.bounds_at_least(left, right, by, bound),
        ];
        self.circuit.all(parts)
    }

    /// There are both, and their bounds keep them from being the same; or for `Possible`, do not make them the same.
    pub(super) fn number_differs(&mut self, left: &Term, right: &Term, bound: Bound) -> Expr {
        let up = self.bounds_at_least(left, right, 0, bound.other());
        let down = self.bounds_at_least(right, left, 0, bound.other());
        let same = self.circuit.all(vec![up, down]);
        let parts = vec![self.has_value(left, bound), self.has_value(right, bound), same.not()];
        self.circuit.all(parts)
    }

    fn bounds_at_least(&mut self, left: &Term, right: &Term, by: i64, bound: Bound) -> Expr {
        let certain = bound.certain();
        if let Term::Extreme(extreme) = left {
            return self.extreme_reaches(extreme, !certain, &mut |lower| {
                lower.bounds_at_least(&extreme.term, right, by, bound)
            });
        }
        if let Term::Extreme(extreme) = right {
            let above = self.extreme_reaches(extreme, certain, &mut |lower| {
                lower.bounds_at_least(left, &extreme.term, by, bound).not()
            });
            return above.not();
        }
        let (Some(left), Some(right)) = (place(left), place(right)) else {
            return Expr::constant(!certain);
        };
        self.places_at_least(left, right, by, certain)
    }

    fn places_at_least(&mut self, left: Place, right: Place, by: i64, certain: bool) -> Expr {
        let mut frame = self.frame(&left.0, left.1);
        frame.extend(self.frame(&right.0, right.1));
        let variables = left.1.into_iter().chain(right.1).collect();
        let leaf = Leaf::AtLeast { left: left.0, right: right.0, by, certain };
        self.leaf(leaf, frame, variables)
    }

    fn frame(&self, source: &Source, row: Option<usize>) -> Vec<crate::knowledge::EntityId> {
        let entity = self.knowledge.vocabulary.attribute(source.attribute).entity;
        row.map(|_| entity).into_iter().collect()
    }

    /// More than one value is possible, having none included.
    pub(super) fn number_unknown(&mut self, term: &Term) -> Expr {
        let Term::Extreme(extreme) = term else {
            let Some((source, row)) = place(term) else {
                return Expr::constant(true);
            };
            let frame = self.frame(&source, row);
            return self.leaf(Leaf::Uncertain(source), frame, row.into_iter().collect());
        };
        let may = self.has_value(term, Bound::Possible);
        let sure = self.has_value(term, Bound::Certain);
        let Some((source, row)) = place(&extreme.term) else {
            return Expr::constant(true);
        };
        let other = self.fresh(self.entity(extreme.variable));
        let renamed = row.map(|row| if row == extreme.variable.0 { other } else { row });
        let (rival, here) = ((source.clone(), renamed), (source, row));
        let settles = if extreme.highest {
            self.places_at_least(rival, here, 0, true)
        } else {
            self.places_at_least(here, rival, 0, true)
        };
        let settled = self.over_rival(extreme, other, settles);
        let spread = self.over_rows(extreme, settled.not(), Bound::Possible);
        let doubt = self.circuit.any(vec![sure.not(), spread]);
        self.circuit.all(vec![may, doubt])
    }

    /// Another row certainly counts and `what` holds; `what` speaks of that row as `other`.
    fn over_rival(&mut self, extreme: &Extreme, other: usize, what: Expr) -> Expr {
        let counted = extreme.variable;
        let mut parts = self.parts(&extreme.condition, Bound::Certain);
        parts.extend(self.apart(counted.0, Bound::Certain));
        parts.extend(self.mask(counted.0, Leaf::Listed));
        let mut parts: Vec<Expr> = parts
            .into_iter()
            .map(|part| part.rename(|place| if place == counted.0 { other } else { place }))
            .collect();
        parts.push(what);
        let entity = self.entity(counted);
        self.circuit.exists(other, entity, parts)
    }
}

/// Whose number a term is.
fn place(term: &Term) -> Option<Place> {
    match term {
        Term::Attribute(attribute, row) => {
            let (fixed, variable) = match row {
                Row::Variable(variable) => (None, Some(variable.0)),
                Row::Only => (Some(0), None),
                Row::Member(member) => (Some(*member), None),
            };
            Some((Source { attribute: *attribute, years: None, fixed }, variable))
        }
        Term::Years { since, date } => {
            let (source, variable) = place(date)?;
            Some((Source { years: Some(*since), ..source }, variable))
        }
        Term::Relation(..) | Term::Member(_) | Term::Extreme(_) => None,
    }
}
