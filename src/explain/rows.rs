//! So many rows in sentences: who fits, who does not, how many were wanted, where one looked.

use std::collections::BTreeMap;

use crate::certificate::{Bound, Claim, Matter, Place};
use crate::knowledge::{
    Condition, EntityId, EntityKind, Quantified, Quantifier, Row, Term, Test, Type, Variable,
};
use crate::proof::wording::{capitalised, join, spaced};
use crate::proof::{Fact, Grounds, View};
use crate::value::Members;

use super::sentence::{counted, plural, statement};
use super::{Node, Teller};

/// The set of `yes` alone.
const YES: Members = 0b10;

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
    /// What is said of some row in one sentence, where the body is as simple as that: `Another party calls …`.
    gist: Option<String>,
}

impl Looked<'_> {
    /// The gist said of somebody else, without its full stop.
    fn gist_of(&self, whom: &str) -> Option<String> {
        let other = capitalised(&self.view.name(self.entity, usize::MAX));
        let rest = self.gist.as_ref()?.strip_prefix(&other)?;
        Some(format!("{whom}{}", rest.trim_end_matches('.')))
    }

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
        let gist = gist(view, quantified);
        let looked = Looked { view, entity: variable.entity, noun, rows, gist };
        let text = match quantified.quantifier {
            Quantifier::Some => some(&looked, bound),
            Quantifier::AtLeast(count) => at_least(&looked, count as usize, bound),
            Quantifier::Every => every(&looked, bound),
            Quantifier::Most => most(&looked, bound),
        };
        let needs_asked = looked.gist.is_none();
        let several = looked.rows.len() > 1;
        let mut parts = Vec::new();
        for (row, told) in looked.rows {
            let mut nodes: Vec<Node> =
                told.steps.into_iter().flat_map(|step| self.tell(step)).collect();
            if several && nodes.len() > 1 {
                let text = format!("{}:", view.name(variable.entity, row));
                let text = capitalised(&text);
                nodes = vec![Node { text, parts: nodes, ..Node::default() }];
            }
            parts.extend(nodes);
        }
        let parts = with_defaults_together(parts);
        Node { text, needs_asked, parts, ..Node::default() }
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

/// Says once of what nothing is said, where that is so of several rows.
fn with_defaults_together(mut parts: Vec<Node>) -> Vec<Node> {
    let by_default = |node: &Node| {
        let fact = node.fact.as_ref()?;
        let bare = fact.grounds == Grounds::Default && node.parts.is_empty() && !node.told;
        bare.then(|| fact.value.clone())
    };
    let values: Vec<String> = parts.iter().filter_map(by_default).collect();
    let Some(value) = values.first().filter(|first| values.iter().all(|other| other == *first))
    else {
        return parts;
    };
    if values.len() < 2 {
        return parts;
    }
    let all = values.len() == parts.len();
    let whom = if all {
        "Nothing is said of any of them".to_owned()
    } else {
        format!("Of {} others nothing is said", values.len())
    };
    let text = format!("{whom}, so it is {value} by default.");
    for node in &mut parts {
        node.aside |= by_default(node).is_some();
    }
    parts.push(Node { text, ..Node::default() });
    parts
}

/// What the body of a quantifier says of the unlisted row, where that is one sentence.
fn gist(view: View<'_>, quantified: &Quantified) -> Option<String> {
    let mut body = &*quantified.body;
    while let Condition::All(list) = body {
        let [only] = list.as_slice() else { return None };
        body = only;
    }
    match body {
        Condition::Test(
            Test::Among(Term::Attribute(attribute, Row::Variable(variable)), YES),
            _,
        ) if *variable == quantified.variable => {
            let declared = view.kb.vocabulary.attribute(*attribute);
            let row = view.listed(declared.entity);
            let question = view.question(Fact::Attribute(*attribute, row));
            let yes_no = declared.kind == Type::YES_NO;
            yes_no.then(|| statement(&question, &view.name(declared.entity, row), true)).flatten()
        }
        _ => None,
    }
}

fn some(looked: &Looked<'_>, bound: Bound) -> String {
    let noun = &looked.noun;
    let said = match bound {
        Bound::Certain => {
            looked.gist_of(&format!("Some {noun}")).map(|gist| format!("{gist}: {}.", looked.all()))
        }
        Bound::Possible => looked
            .gist_of(&format!("some {noun}"))
            .map(|gist| format!("It may be that {gist}: {}.", looked.all())),
        Bound::NotCertain => looked
            .gist_of(&format!("some {noun}"))
            .map(|gist| format!("It is not certain that {gist}: {}.", looked.recorded())),
        Bound::Impossible => looked
            .gist_of(&format!("No {noun}"))
            .map(|gist| format!("{gist}: {}, none does{}.", looked.recorded(), looked.others())),
    };
    if let Some(said) = said {
        return said;
    }
    match bound {
        Bound::Certain => format!("There is such a {noun}: {}.", looked.all()),
        Bound::Possible => format!("There may be such a {noun}: {}.", looked.all()),
        Bound::NotCertain => {
            format!(
                "It is not certain that there is such a {noun}: {}, none surely fits.",
                looked.recorded()
            )
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
    let left_out = looked.names(|told| {
        told.body.is_none() && told.filter.is_some_and(|filter| !filter.is_reached())
    });
    let left_out = if left_out.is_empty() { left_out } else { format!(" (left out: {left_out})") };
    let counting = looked.rows.values().any(|told| told.body.is_some());
    match bound {
        Bound::Certain => format!("It holds of every {noun} that counts: {fit}{left_out}."),
        Bound::Possible if fit.is_empty() => format!("It may hold of every {noun} that counts."),
        Bound::Possible => format!("It may hold of every {noun} that counts: {fit}{left_out}."),
        Bound::NotCertain if counting => {
            format!("It is not certain that it holds of every {noun} that counts: {fit}.")
        }
        Bound::NotCertain => {
            format!("It is not certain that any {noun} counts: {}.", looked.recorded())
        }
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
