//! The results of cases worked out as a receipt pins them: what `snapshot` writes and `reproduce` compares with.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::advice::{Advice, advise};
use crate::case::{self, Case, Filter, Moment};
use crate::diff::{moments_in_words, outcome};
use crate::engine::{Limits, Plan};
use crate::evaluate::hash;
use crate::facts::{Evidence, Facts};
use crate::knowledge::KnowledgeBase;
use crate::pack::LANGUAGE;
use crate::proof::View;
use crate::receipt::{PinnedCase, PinnedResult, Receipt, When, pinned_items, pinned_packs, points};
use crate::report::{self, Filtered, Heading, Options};
use crate::source::SourceMap;

use super::case_files::case_files;
use super::load::{Loader, limit_failure};
use super::look::heading;
use super::{Failure, Shared};

/// What is to be pinned.
pub(super) struct Wanted<'a> {
    /// The folder that the paths of the receipt start from.
    pub(super) base: &'a Path,
    pub(super) packs: &'a [PathBuf],
    pub(super) cases: &'a [PathBuf],
    pub(super) when: When,
    pub(super) sources: &'a BTreeSet<String>,
    pub(super) evidence: Option<Evidence>,
}

/// Works results out; none where a pack or a case has errors, which are reported.
pub(super) fn work_out(
    wanted: &Wanted<'_>,
    shared: &Shared,
) -> Result<Option<(Receipt, KnowledgeBase)>, Failure> {
    let mut loader = Loader::default();
    let Some((kb, packs)) = loader.knowledge_and_packs(wanted.packs)? else {
        loader.report(shared);
        return Ok(None);
    };
    let mut cases: BTreeMap<String, (PathBuf, Case)> = BTreeMap::new();
    for files in case_files(wanted.cases)? {
        let Some(case) = loader.case(&files.case, &kb)? else { continue };
        if let Some((other, _)) = cases.get(&case.id) {
            return Err(Failure(format!(
                "two cases have the id `{}`: {} and {}",
                case.id,
                other.display(),
                files.case.display()
            )));
        }
        cases.insert(case.id.clone(), (files.case, case));
    }
    loader.diagnostics.keep_errors();
    if loader.report(shared) {
        return Ok(None);
    }
    if cases.is_empty() {
        return Err(Failure("there are no case files there".to_owned()));
    }
    let plan = Plan::new(&kb);
    let around = Around { kb: &kb, plan: &plan, wanted };
    let mut pinned = BTreeMap::new();
    for (id, (path, case)) in &cases {
        let text = loader.sources.get(case.text).map_or("", |source| source.text.as_str());
        let results = around.results(case)?;
        let file = relative(wanted.base, path)?;
        pinned.insert(id.clone(), PinnedCase { file, hash: hash(text), results });
    }
    let folders = wanted.packs.iter().map(|folder| relative(wanted.base, folder));
    let receipt = Receipt {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        language: LANGUAGE.to_owned(),
        folders: folders.collect::<Result<_, _>>()?,
        packs: pinned_packs(&kb),
        items: pinned_items(&kb, &packs, &loader.sources),
        when: wanted.when.clone(),
        sources: wanted.sources.clone(),
        evidence: wanted.evidence,
        cases: pinned,
    };
    Ok(Some((receipt, kb)))
}

struct Around<'a> {
    kb: &'a KnowledgeBase,
    plan: &'a Plan,
    wanted: &'a Wanted<'a>,
}

impl Around<'_> {
    fn results(&self, case: &Case) -> Result<Vec<PinnedResult>, Failure> {
        let moments = match &self.wanted.when {
            When::End => vec![case.end()],
            When::Every => case.points(),
            When::At(at) => vec![
                case.moment(at)
                    .map_err(|problem| Failure(format!("--at: {}: {problem}", case.id)))?,
            ],
        };
        let sources: Vec<String> = self.wanted.sources.iter().cloned().collect();
        let filter = case
            .filter(&sources, self.wanted.evidence)
            .map_err(|problem| Failure(format!("--source: {}: {problem}", case.id)))?;
        let words = &self.kb.vocabulary;
        let facts: Vec<Facts> =
            moments.iter().map(|moment| case::facts(case, words, moment, &filter)).collect();
        let block: Vec<&Facts> = facts.iter().collect();
        let models =
            self.plan.infer(&block, Limits::default()).map_err(|limit| limit_failure(&limit))?;
        let named = moments_in_words(case, &moments).into_iter().zip(&moments);
        let results = named.zip(facts.iter().zip(&models)).map(|((at, moment), (facts, model))| {
            // Which texts it comes from, and where they lie, is no part of a result: that is pinned by itself.
            let advice = Advice { packs: Vec::new(), ..advise(self.kb, facts, model) };
            let heading = self.heading(case, moment, &filter);
            let options = Options { all: true, ..Options::default() };
            let whole = report::json(&advice, &heading, &SourceMap::default(), &options);
            let points = points(&outcome(View { kb: self.kb, facts, model }));
            PinnedResult { at, hash: hash(&whole), points }
        });
        Ok(results.collect())
    }

    fn heading(&self, case: &Case, moment: &Moment, filter: &Filter) -> Heading {
        let filtered = (!filter.admits_all()).then(|| Filtered {
            filter: filter.clone(),
            left_out: filter.left_out(case, &self.kb.vocabulary, moment),
        });
        Heading { filtered, ..heading(case, moment) }
    }
}

/// A path as seen from a folder.
fn relative(base: &Path, path: &Path) -> Result<String, Failure> {
    let whole = |path: &Path| {
        std::fs::canonicalize(path)
            .map_err(|error| Failure(format!("cannot find {}: {error}", path.display())))
    };
    let (base, path) = (whole(base)?, whole(path)?);
    let (from, to): (Vec<_>, Vec<_>) = (base.components().collect(), path.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    let down = to.iter().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    Ok(up.chain(down).collect::<Vec<_>>().join("/"))
}
