//! Values from facts, and derived ones from what their derivations rest on.

use crate::certificate::place::own_rows;
use crate::certificate::{Inference, Outcome, Place, Quantity, Root};
use crate::facts::Cell;
use crate::knowledge::{
    AttributeId, Branch, DerivationBody, Extreme, RelationId, TableRow, Term, Variable,
};
use crate::value::{Members, Possible};

use super::Checked;
use super::premises::{Premises, padded};

impl Premises<'_> {
    /// The values that follow for something by an inference.
    pub(super) fn value(&self, quantity: &Quantity, by: Inference) -> Checked<Outcome> {
        let known = |value| Outcome { value: Some(value), may_lack: false };
        match (quantity, by) {
            (Quantity::Attribute(attribute, row), Inference::Fact | Inference::Derivation) => {
                self.attribute(*attribute, *row, by == Inference::Derivation).map(known)
            }
            (Quantity::Relation(relation, a, b), Inference::Fact) => {
                self.relation(*relation, *a, *b).map(known)
            }
            (Quantity::Extreme(place, rows), Inference::Extreme) => {
                let found = self.find(place)?;
                let extreme = found.extreme.ok_or("there is no highest or lowest there")?;
                let mut outer = found.clone();
                outer.bound.retain(|variable| *variable != extreme.variable);
                self.in_scope(&outer, rows)?;
                self.extreme(extreme, found.variables, place, rows)
            }
            _ => Err("no such inference gives this claim".to_owned()),
        }
    }

    fn attribute(&self, attribute: AttributeId, row: usize, derive: bool) -> Checked<Possible> {
        let attributes = &self.kb.vocabulary.attributes;
        let declared = attributes.get(attribute.0).ok_or("there is no such attribute")?;
        self.rows(&[row], [declared.entity].into_iter())?;
        let cell = self.facts.cell(attribute, row);
        if declared.derived && !cell.is_some_and(Cell::is_stated) {
            return if derive {
                self.derived(attribute, row)
            } else {
                Err("it is worked out and not stated".to_owned())
            };
        }
        if derive {
            return Err("it is stated and not worked out".to_owned());
        }
        Ok(cell.map_or(declared.background, |cell| cell.possible))
    }

    fn relation(&self, relation: RelationId, a: usize, b: usize) -> Checked<Possible> {
        let vocabulary = &self.kb.vocabulary;
        let declared = vocabulary.relations.get(relation.0).ok_or("there is no such relation")?;
        let [first, second] = declared.entities;
        self.rows(&[a, b], [first, second].into_iter())?;
        if a >= self.listed(first) || b >= self.listed(second) {
            return Ok(declared.background);
        }
        let cell = self.facts.tie(vocabulary, relation, a, b);
        Ok(cell.map_or(declared.background, |cell| cell.possible))
    }

    fn derived(&self, attribute: AttributeId, row: usize) -> Checked<Possible> {
        let kind = self.kb.vocabulary.attribute(attribute).kind;
        let everything = self.kb.vocabulary.everything(kind);
        let derivation = self.kb.derivations.get(&attribute).ok_or("nothing derives it")?;
        let subject = vec![row; own_rows(self.kb, attribute)];
        let rows = padded(&subject, derivation.variables.len());
        let possible = match &derivation.body {
            DerivationBody::Branches(branches) => {
                self.branches(attribute, branches, &rows)?.map(Possible::Choice)
            }
            DerivationBody::Table { inputs, rows: lines } => {
                self.table(&derivation.variables, inputs, lines, &rows)?.map(Possible::Choice)
            }
            DerivationBody::Extreme(extreme) => {
                let place = Place::root(Root::Extreme(attribute));
                let outcome = self.extreme(extreme, &derivation.variables, &place, &rows)?;
                outcome.value.filter(|_| !outcome.may_lack)
            }
        };
        Ok(possible.unwrap_or(everything))
    }

    /// The results of the branches that may be the first to hold; none where no branch certainly does.
    fn branches(
        &self,
        attribute: AttributeId,
        branches: &[Branch],
        rows: &[usize],
    ) -> Checked<Option<Members>> {
        let mut members = 0;
        for (at, branch) in branches.iter().enumerate() {
            let place = Place::root(Root::Branch(attribute, at));
            let shown = self.part(&place, &branch.when, rows);
            let open = "it is not shown whether a branch holds";
            if !shown.possible.ok_or(open)? {
                continue;
            }
            members |= branch.result;
            if shown.certain.ok_or(open)? {
                return Ok(Some(members));
            }
        }
        Ok(None)
    }

    /// The results of the first matching line over every combination of inputs; none where one is matched by no line.
    fn table(
        &self,
        variables: &[Variable],
        inputs: &[Term],
        lines: &[TableRow],
        rows: &[usize],
    ) -> Checked<Option<Members>> {
        let place = Place::root(Root::Extreme(AttributeId(0)));
        let mut values = Vec::new();
        for input in inputs {
            let outcome = self.term_of_rows(variables, input, (&place, rows))?;
            match outcome.value {
                Some(Possible::Choice(members)) => values.push(members),
                _ => values.push(Members::MAX),
            }
        }
        Ok(first_lines(&values, 0, lines, &(0..lines.len()).collect::<Vec<_>>()))
    }

    fn extreme(
        &self,
        extreme: &Extreme,
        variables: &[Variable],
        place: &Place,
        rows: &[usize],
    ) -> Checked<Outcome> {
        let mut values = Vec::new();
        for candidate in self.candidates(variables, extreme.variable, rows) {
            let counts = self.part(place, &extreme.condition, &candidate.rows);
            let counts = candidate.apart.and(counts);
            let open = "it is not shown whether a row counts";
            if !counts.possible.ok_or(open)? {
                continue;
            }
            let certain = candidate.listed && counts.certain.ok_or(open)?;
            let term = self.term_of_rows(variables, &extreme.term, (place, &candidate.rows))?;
            values.extend(term.value.map(|value| (certain, value)));
        }
        let may_lack = !values.iter().any(|(certain, _)| *certain);
        Ok(Outcome { value: top(extreme.highest, &values), may_lack })
    }
}

/// Chooses a value of each input in turn and keeps the lines that match; of those left at the end, the first counts.
fn first_lines(
    values: &[Members],
    input: usize,
    lines: &[TableRow],
    left: &[usize],
) -> Option<Members> {
    let first = *left.first()?;
    let Some(members) = values.get(input).copied() else {
        return lines.get(first).map(|line| line.result);
    };
    let cell = |line: usize| lines.get(line).and_then(|line| line.cells.get(input)).copied();
    let mut result = 0;
    let mut open = members;
    while open != 0 {
        // Values that the same lines match are one choice.
        let value = 1 << open.trailing_zeros();
        let matching = |member: Members| -> Vec<usize> {
            left.iter().copied().filter(|line| cell(*line).unwrap_or(0) & member != 0).collect()
        };
        let lines_left = matching(value);
        let alike = (0..64).map(|bit| 1 << bit).filter(|member| open & member != 0);
        let alike = alike.filter(|member| matching(*member) == lines_left);
        open &= !alike.fold(0, |all, member| all | member);
        result |= first_lines(values, input + 1, lines, &lines_left)?;
    }
    Some(result)
}

/// The highest or lowest of some rows' values, each with whether it certainly counts.
fn top(highest: bool, values: &[(bool, Possible)]) -> Option<Possible> {
    if let (_, Possible::Choice(_)) = values.first()? {
        let reaches = |member: u32, value: &Possible| match value {
            Possible::Choice(value) if highest => value.trailing_zeros() <= member,
            Possible::Choice(value) => value.checked_ilog2().is_none_or(|most| most >= member),
            _ => true,
        };
        let has = |member: u32, value: &Possible| matches!(value, Possible::Choice(value) if value >> member & 1 == 1);
        let may = |member: &u32| {
            values.iter().any(|(_, value)| has(*member, value))
                && values.iter().all(|(certain, value)| !certain || reaches(*member, value))
        };
        return Some(Possible::Choice(
            (0..64).filter(may).fold(0, |all, member| all | 1 << member),
        ));
    }
    let all = || values.iter().filter_map(|(certain, value)| Some((*certain, ends(*value)?)));
    let sure = || all().filter(|(certain, _)| *certain);
    Some(if highest {
        Possible::Range {
            low: sure().map(|(_, (low, _))| low).max().or(all().map(|(_, (low, _))| low).min())?,
            high: all().map(|(_, (_, high))| high).max()?,
        }
    } else {
        Possible::Range {
            low: all().map(|(_, (low, _))| low).min()?,
            high: sure()
                .map(|(_, (_, high))| high)
                .min()
                .or(all().map(|(_, (_, high))| high).max())?,
        }
    })
}

fn ends(value: Possible) -> Option<(i64, i64)> {
    match value {
        Possible::Range { low, high } => Some((low, high)),
        _ => None,
    }
}
