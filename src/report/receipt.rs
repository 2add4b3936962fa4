//! Receipts as JSON, written and read (the schema `convener.receipt/1`, described in `docs/receipts.md`), and what became of
//! a result that was worked out again, for a terminal and as JSON.

mod again;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::{Kind, Name};
use crate::facts::Evidence;
use crate::receipt::{PinnedCase, PinnedItem, PinnedPack, PinnedResult, Receipt, When};
use crate::source::content_hash;

use super::phrase;
use schema::{Case, Document, Item, Outcome, Pack};

pub use schema::SCHEMA;

pub use again::{json as reproduction_json, text as reproduction_text};

/// The words of [`When::End`] and [`When::Every`].
const END: &str = "end";
const EVERY: &str = "every moment";

/// A receipt as JSON, on several lines, with its seal.
#[must_use]
pub fn write(receipt: &Receipt) -> String {
    let mut document = document(receipt);
    document.seal = seal(&document);
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads a receipt.
///
/// # Errors
/// What is wrong with the text.
pub fn read(text: &str) -> Result<Receipt, String> {
    let mut document: Document =
        serde_json::from_str(text).map_err(|error| format!("it is no receipt in JSON: {error}"))?;
    if document.schema != SCHEMA {
        return Err(format!("its schema is `{}`, and `{SCHEMA}` is read here", document.schema));
    }
    let sealed = std::mem::take(&mut document.seal);
    let found = seal(&document);
    if sealed != found {
        return Err(format!(
            "it was changed after it was written: its seal is `{}`, and its content gives `{}`\nhelp: write it anew with `convener snapshot`",
            short(&sealed),
            short(&found)
        ));
    }
    receipt(document)
}

/// The hash of all that a receipt says, whatever its layout.
fn seal(document: &Document) -> String {
    content_hash([serde_json::to_string(document).unwrap_or_default().as_str()])
}

fn short(hash: &str) -> String {
    let start: String = hash.chars().take(12).collect();
    if hash.chars().count() > 12 { format!("{start}…") } else { start }
}

fn document(receipt: &Receipt) -> Document {
    Document {
        schema: SCHEMA.to_owned(),
        program: receipt.program.clone(),
        language: receipt.language.clone(),
        folders: receipt.folders.clone(),
        packs: receipt
            .packs
            .iter()
            .map(|pack| Pack {
                id: pack.id.clone(),
                version: pack.version.clone(),
                hash: pack.hash.clone(),
            })
            .collect(),
        at: match &receipt.when {
            When::End => END.to_owned(),
            When::Every => EVERY.to_owned(),
            When::At(at) => at.clone(),
        },
        sources: receipt.sources.iter().cloned().collect(),
        evidence: receipt.evidence.map(|evidence| phrase::evidence(evidence).to_owned()),
        cases: receipt.cases.iter().map(|(id, case)| written_case(id, case)).collect(),
        items: receipt
            .items
            .iter()
            .map(|(name, item)| Item {
                kind: name.kind.word().to_owned(),
                name: name.name.clone(),
                hash: item.hash.clone(),
                over: item.over.iter().cloned().collect(),
            })
            .collect(),
        seal: String::new(),
    }
}

fn written_case(id: &str, case: &PinnedCase) -> Case {
    Case {
        id: id.to_owned(),
        file: case.file.clone(),
        hash: case.hash.clone(),
        results: case
            .results
            .iter()
            .map(|result| Outcome {
                at: result.at.clone(),
                hash: result.hash.clone(),
                points: result.points.clone(),
            })
            .collect(),
    }
}

fn receipt(document: Document) -> Result<Receipt, String> {
    let evidence = document.evidence.as_deref().map(evidence).transpose()?;
    let mut items = BTreeMap::new();
    for item in document.items {
        let kind = Kind::ALL.into_iter().find(|kind| kind.word() == item.kind);
        let Some(kind) = kind else {
            return Err(format!("`{}` is no kind of item", item.kind));
        };
        let over = item.over.into_iter().collect();
        items.insert(Name { kind, name: item.name }, PinnedItem { hash: item.hash, over });
    }
    let packs = document.packs.into_iter();
    let cases: BTreeMap<String, PinnedCase> = document.cases.into_iter().map(read_case).collect();
    if cases.is_empty() {
        return Err("it pins no case".to_owned());
    }
    Ok(Receipt {
        program: document.program,
        language: document.language,
        folders: document.folders,
        packs: packs
            .map(|pack| PinnedPack { id: pack.id, version: pack.version, hash: pack.hash })
            .collect(),
        items,
        when: match document.at.as_str() {
            END => When::End,
            EVERY => When::Every,
            _ => When::At(document.at),
        },
        sources: document.sources.into_iter().collect::<BTreeSet<_>>(),
        evidence,
        cases,
    })
}

fn evidence(word: &str) -> Result<Evidence, String> {
    let all = [Evidence::Documented, Evidence::Reported, Evidence::Assumed];
    let found = all.into_iter().find(|evidence| phrase::evidence(*evidence) == word);
    found.ok_or_else(|| {
        format!("`evidence` is `{word}`, and can be `documented`, `reported` or `assumed`")
    })
}

fn read_case(case: Case) -> (String, PinnedCase) {
    let results = case.results.into_iter().map(|result| PinnedResult {
        at: result.at,
        hash: result.hash,
        points: result.points,
    });
    (case.id, PinnedCase { file: case.file, hash: case.hash, results: results.collect() })
}
