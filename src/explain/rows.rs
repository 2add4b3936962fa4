//! So many rows in sentences: who fits, who does not, how many were wanted, where one looked.

use std::collections::BTreeMap;

use crate::certificate::{Bound, Claim, Matter, Place};
use crate::knowledge::{EntityId, EntityKind, Quantified, Quantifier, Variable};
use crate::proof::View;
use crate::proof::wording::{join, spaced};

use super::sentence::{counted, plural};
use super::{Node, Teller};

/// What the proof says of one row: the bounds of its filter and of its body, and the steps.
#[derive(Default)]
struct Told {
    filter: Option<Bound>,
    body: Option<Bound>,
    steps: Vec<usize>,
}

/// The rows that a proof of a quantifier looks at.
struct Looked<'v> {
    view: View<'v>,
    entity: EntityId,
    noun: String,
    rows: BTreeMap<usize, Told>,
}

impl Looked<'_> {
    fn names(&self, wanted: impl Fn(&Told) -> bool) -> String {
        let rows = self.rows.iter().filter(|(_, told)| wanted(told));
        let names: Vec<String> = rows.map(|(row, _)| self.view.name(self.entity, *row)).collect();
        join(&names, "and")
    }

    fn all(&self) -> String {
        self.names(|_| true)
    }

    /// Where one looked: `4 parties are recorded`, `the list is complete`.
    fn recorded(&self) -> String {
        let listed = self.view.listed(self.entity);
        let are = if listed == 1 { "is" } else { "are" };
        let count = counted(listed, &self.noun);
        match self.view.kb.vocabulary.entity(self.entity).kind {
            EntityKind::Members(_) => format!("there {are} {count}"),
            _ => format!("{count} {are} recorded"),
        }
    }

    /// What is said of rows that the case does not list.
    fn others(&self) -> &'static str {
        let many = self.view.kb.vocabulary.entity(self.entity).kind == EntityKind::Many;
        match (many, self.view.has_unlisted(self.entity)) {
            (false, _) => "",
            (true, false) => ", and the list is complete",
            (true, true) => ", and nothing is said that would make it so of any other",
        }
    }
}

impl Teller<'_> {
    pub(super) fn quantified(
        &mut self,
        step: usize,
        view: View<'_>,
        (place, quantified): (&Place, &Quantified),
        (variables, _): (&[Variable], &[usize]),
        bound: Bound,
    ) -> Node {
        let Some(variable) = variables.get(quantified.variable.0) else { return Node::default() };
        let noun = spaced(&view.kb.vocabulary.entity(variable.entity).name);
        let rows = self.rows_told(step, place, quantified);
        let looked = Looked { view, entity: variable.entity, noun, rows };
        let text = match quantified.quantifier {
            Quantifier::Some => some(&looked, bound),
            Quantifier::AtLeast(count) => at_least(&looked, count as usize, bound),
            Quantifier::Every => every(&looked, bound),
            Quantifier::Most => most(&looked, bound),
        };
        let several = looked.rows.len() > 1;
        let mut parts = Vec::new();
        for (row, told) in looked.rows {
            let mut nodes: Vec<Node> =
                told.steps.into_iter().flat_map(|step| self.tell(step)).collect();
            if several && nodes.len() > 1 {
                let text = format!("{}:", view.name(variable.entity, row));
                let text = crate::proof::wording::capitalised(&text);
                nodes = vec![Node { text, parts: nodes, ..Node::default() }];
            }
            parts.extend(nodes);
        }
        Node { text, parts, ..Node::default() }
    }

    /// The rows that the premises of a quantifier speak of.
    fn rows_told(
        &self,
        step: usize,
        place: &Place,
        quantified: &Quantified,
    ) -> BTreeMap<usize, Told> {
        let mut rows: BTreeMap<usize, Told> = BTreeMap::new();
        for from in self.from(step) {
            let claim = self.proof.steps.get(*from).map(|step| &step.claim);
            let Some(Claim::Holds(Matter::Condition(part, bindings), bound)) = claim else {
                continue;
            };
            let Some(row) = bindings.get(quantified.variable.0) else { continue };
            let told = rows.entry(*row).or_default();
            told.steps.push(*from);
            if *part == place.part(0) {
                told.filter = Some(*bound);
            } else {
                told.body = Some(*bound);
            }
        }
        rows
    }
}

fn some(looked: &Looked<'_>, bound: Bound) -> String {
    let noun = &looked.noun;
    match bound {
        Bound::Certain => format!("There is such a {noun}: {}.", looked.all()),
        Bound::Possible => format!("There may be such a {noun}: {}.", looked.all()),
        Bound::NotCertain => {
            format!("It is not certain that there is such a {noun}: {}, none surely fits.", looked.recorded())
        }
        Bound::Impossible => {
            format!("There is no such {noun}: {}, none fits{}.", looked.recorded(), looked.others())
        }
    }
}

fn at_least(looked: &Looked<'_>, count: usize, bound: Bound) -> String {
    let wanted = counted(count, &looked.noun);
    let all = looked.all();
    let none = if all.is_empty() { String::new() } else { format!("; not {all}") };
    match bound {
        Bound::Certain => format!("At least {wanted} {} wanted; these fit: {all}.", were(count)),
        Bound::Possible => {
            format!("At least {wanted} {} wanted; these may fit: {all}.", were(count))
        }
        Bound::NotCertain => format!(
            "At least {wanted} {} wanted; it is not certain that so many fit: {}{none}.",
            were(count),
            looked.recorded()
        ),
        Bound::Impossible => format!(
            "Fewer than {wanted} {}: {}{none}{}.",
            if count == 1 { "fits" } else { "fit" },
            looked.recorded(),
            looked.others()
        ),
    }
}

fn were(count: usize) -> &'static str {
    if count == 1 { "was" } else { "were" }
}

fn every(looked: &Looked<'_>, bound: Bound) -> String {
    let noun = &looked.noun;
    let fit = looked.names(|told| told.body.is_some());
    let left_out = looked.names(|told| told.body.is_none() && told.filter == Some(bound.swapped()));
    let left_out = if left_out.is_empty() { left_out } else { format!(" (left out: {left_out})") };
    let counting = looked.rows.values().any(|told| told.body.is_some());
    match bound {
        Bound::Certain => format!("It holds of every {noun} that counts: {fit}{left_out}."),
        Bound::Possible if fit.is_empty() => format!("It may hold of every {noun} that counts."),
        Bound::Possible => format!("It may hold of every {noun} that counts: {fit}{left_out}."),
        Bound::NotCertain if counting => {
            format!("It is not certain that it holds of every {noun} that counts: {fit}.")
        }
        Bound::NotCertain => format!("It is not certain that any {noun} counts: {}.", looked.recorded()),
        Bound::Impossible if counting => {
            format!("It does not hold of every {noun} that counts: not of {fit}.")
        }
        Bound::Impossible => {
            format!("No {noun} counts: {}{}.", looked.recorded(), looked.others())
        }
    }
}

fn most(looked: &Looked<'_>, bound: Bound) -> String {
    let noun = plural(&looked.noun);
    let fit = looked.names(|told| told.body.is_some_and(Bound::is_reached));
    let not = looked.names(|told| told.body.is_some_and(|body| !body.is_reached()));
    let who = match (fit.is_empty(), not.is_empty()) {
        (true, true) => looked.recorded(),
        (true, false) => format!("not of {not}"),
        (false, true) => format!("of {fit}"),
        (false, false) => format!("of {fit}; not of {not}"),
    };
    match bound {
        Bound::Certain => format!("It holds of most {noun} that count: {who}."),
        Bound::Possible => format!("It may hold of most {noun} that count: {who}."),
        Bound::NotCertain => {
            format!("It is not certain that it holds of most {noun} that count: {who}.")
        }
        Bound::Impossible => format!("It does not hold of most {noun} that count: {who}."),
    }
}
