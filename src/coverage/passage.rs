//! The passages of the guide by section, in the order of the source index, each with what carries it or why it is
//! declined.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::knowledge::{Citation, CitationId, KnowledgeBase};
use crate::source::Span;

use super::carrier::{Carrier, Kind, carriers};

/// A section of the guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The source that it belongs to.
    pub source: String,
    /// What it is called: the part of the places of its passages that stands before the first comma.
    pub title: String,
    /// Its passages.
    pub passages: Vec<Passage>,
}

/// A passage of the guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its id.
    pub id: String,
    /// Where it stands in the guide, in words.
    pub place: String,
    /// What it says, in the pack's own words, where the pack tells it.
    pub says: Option<String>,
    /// Where the source index lists it.
    pub span: Span,
    /// What carries it, by kind, then name.
    pub carriers: Vec<Carrier>,
    /// Why it is left out, where a pack says so.
    pub declined: Option<String>,
}

/// How a passage is accounted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// By something that runs.
    Runs,
    /// By something that is asked or said.
    Said,
    /// By a case only.
    Case,
    /// It is declined.
    Declined,
    /// Not at all.
    Missing,
}

impl Passage {
    /// How it is accounted for, in the strongest way.
    #[must_use]
    pub fn account(&self) -> Account {
        let carried = self.carriers.iter().map(|carrier| match carrier.kind {
            kind if kind.runs() => Account::Runs,
            Kind::Case => Account::Case,
            _ => Account::Said,
        });
        let otherwise = if self.declined.is_some() { Account::Declined } else { Account::Missing };
        carried.min().unwrap_or(otherwise)
    }
}

/// All sections; those of one name are one, at the place of the first passage.
pub(super) fn sections(kb: &KnowledgeBase, cases: &[Case]) -> Vec<Section> {
    let mut carried = carried(kb, cases);
    let mut cited: Vec<(usize, &Citation)> = kb.citations.iter().enumerate().collect();
    cited.sort_by_key(|(_, citation)| citation.span);
    let mut sections: Vec<Section> = Vec::new();
    for (index, citation) in cited {
        let declined = kb.declined.iter().find(|one| one.citation == CitationId(index));
        let passage = Passage {
            id: citation.id.clone(),
            place: citation.place.clone(),
            says: None,
            span: citation.span,
            carriers: carried.remove(citation.id.as_str()).unwrap_or_default(),
            declined: declined.map(|one| one.reason.clone()),
        };
        let title = section(&citation.place);
        let known = sections
            .iter_mut()
            .find(|known| known.source == citation.source && name(&known.title) == name(title));
        match known {
            Some(known) => known.passages.push(passage),
            None => sections.push(Section {
                source: citation.source.clone(),
                title: title.to_owned(),
                passages: vec![passage],
            }),
        }
    }
    sections
}

fn carried<'k>(kb: &'k KnowledgeBase, cases: &'k [Case]) -> BTreeMap<&'k str, Vec<Carrier>> {
    let mut carried: BTreeMap<&str, Vec<Carrier>> = BTreeMap::new();
    for (carrier, cites) in carriers(kb) {
        for citation in cites.iter().filter_map(|cite| kb.citations.get(cite.0)) {
            carried.entry(&citation.id).or_default().push(carrier.clone());
        }
    }
    for case in cases {
        for cited in &case.cites {
            let told = Carrier { kind: Kind::Case, name: case.id.clone(), span: cited.span };
            carried.entry(&cited.id).or_default().push(told);
        }
    }
    for carriers in carried.values_mut() {
        carriers.sort();
        carriers.dedup_by(|a, b| (a.kind, &a.name) == (b.kind, &b.name));
    }
    carried
}

/// The part of a place before its first comma outside parentheses.
fn section(place: &str) -> &str {
    let mut depth = 0_usize;
    let end = place.find(|letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ',' && depth == 0
    });
    place.get(..end.unwrap_or(place.len())).unwrap_or(place).trim()
}

/// A section's title without what stands in parentheses.
fn name(title: &str) -> &str {
    title.split(" (").next().unwrap_or(title)
}
