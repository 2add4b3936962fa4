//! The ranking: the attribute that says how far a case has come, and the factors. Also finds stages that are used
//! where no ranking says what they are.

use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{AttributeId, DomainId, EntityKind, Ranking, Type};
use crate::source::Span;
use crate::syntax::tree::{self, Name, Path};

use super::collect::{Declared, twice};
use super::names::{self, Names, Stages};

/// Lowers the ranking and sets what stages are members of.
pub(super) fn ranking(
    names: &mut Names,
    declared: &Declared,
    diagnostics: &mut Diagnostics,
) -> Ranking {
    let mut ranking = Ranking::default();
    let tree = declared.ranking;
    if let Some(tree) = tree {
        severities(tree, &mut ranking, diagnostics);
        timings(tree, &mut ranking, diagnostics);
    }
    let Some(path) = tree.and_then(|tree| tree.stage.as_ref()) else {
        report_stages(declared, diagnostics);
        return ranking;
    };
    if let Some((attribute, domain)) = stage(names, path, diagnostics) {
        names.stages = Stages::Of(attribute, domain);
        ranking.stage = Some(attribute);
    }
    ranking
}

fn stage(
    names: &Names,
    path: &Path,
    diagnostics: &mut Diagnostics,
) -> Option<(AttributeId, DomainId)> {
    let wrong = |message: &str| {
        Diagnostic::new(code::WRONG_RANKING, path.span, message)
            .label("expected an attribute of a `one`, of a scale")
            .help("write `stage partnership.stage`, or what yours are called")
    };
    let [one, name] = path.names.as_slice() else {
        diagnostics.push(wrong("this path is not an attribute of a `one`"));
        return None;
    };
    let entity = names.entity(one, false, diagnostics)?;
    if names.vocabulary.entity(entity).kind != EntityKind::One {
        diagnostics.push(wrong("the stage belongs to the whole case"));
        return None;
    }
    let attribute = names.attribute(entity, name, diagnostics)?;
    let kind = names.kind_of(attribute)?;
    match kind {
        Type::Choice(domain) if names.is_scale(kind) => Some((attribute, domain)),
        _ => {
            diagnostics.push(wrong("stages are members of a scale"));
            None
        }
    }
}

fn severities(tree: &tree::Ranking, ranking: &mut Ranking, diagnostics: &mut Diagnostics) {
    check(&tree.severity, diagnostics);
    for (name, weight) in &tree.severity {
        let Some(severity) = names::severity(name, diagnostics) else { continue };
        if let Some(place) = ranking.severity.get_mut(severity as usize) {
            *place = *weight;
        }
    }
    check_order(tree, ranking.severity, diagnostics);
}

/// What is graver weighs no less.
fn check_order(tree: &tree::Ranking, weights: [i64; 4], diagnostics: &mut Diagnostics) {
    const NAMES: [&str; 4] = ["low", "medium", "high", "critical"];
    let steps = weights.iter().zip(weights.iter().skip(1)).zip(NAMES.iter().zip(&NAMES[1..]));
    let wrong = steps.filter(|((less, more), _)| less > more).map(|(_, names)| names).next();
    let Some((less, more)) = wrong else { return };
    let place = |wanted: &str| tree.severity.iter().find(|(name, _)| name.text == wanted);
    let Some((name, _)) = place(more).or_else(|| place(less)) else { return };
    let message = format!("`{more}` weighs less than `{less}`");
    diagnostics.push(
        Diagnostic::new(code::WRONG_RANKING, name.span, message)
            .label("graver advice would come after lighter advice")
            .help("the weights rise from `low` to `critical`, as in `critical 8 high 4 medium 2 low 1`"),
    );
}

fn timings(tree: &tree::Ranking, ranking: &mut Ranking, diagnostics: &mut Diagnostics) {
    check(&tree.timing, diagnostics);
    for (name, factor) in &tree.timing {
        let known = ["overdue", "now", "next", "later"];
        let position = known.iter().position(|known| *known == name.text);
        match position.and_then(|position| ranking.timing.get_mut(position)) {
            Some(place) => *place = *factor,
            None => diagnostics.push(
                Diagnostic::new(
                    code::UNKNOWN_TIMING,
                    name.span,
                    format!("there is no timing `{}`", name.text),
                )
                .label("a timing belongs here")
                .help("timings are `overdue`, `now`, `next` and `later`"),
            ),
        }
    }
}

fn check(factors: &[(Name, i64)], diagnostics: &mut Diagnostics) {
    let mut seen: Vec<&Name> = Vec::new();
    for (name, factor) in factors {
        if let Some(first) = seen.iter().find(|known| known.text == name.text) {
            diagnostics.push(twice("a factor", &name.text, name.span, first.span));
        }
        seen.push(name);
        if *factor < 0 {
            let message = format!("the factor of `{}` is below 0", name.text);
            diagnostics.push(
                Diagnostic::new(code::WRONG_RANKING, name.span, message)
                    .label("more reasons would lower the rank"),
            );
        }
    }
}

/// Reports the first use of a stage, where there are no stages.
fn report_stages(declared: &Declared, diagnostics: &mut Diagnostics) {
    let rules = declared.rules.iter().filter_map(|rule| rule.stage.as_ref());
    let actions = declared.actions.iter().filter_map(|action| action.stage.as_ref());
    let questions = declared.questions.iter().filter_map(|question| question.stage.as_ref());
    let caveats = declared.caveats.iter().filter_map(|caveat| caveat.stage.as_ref());
    let spans = rules.map(|clause| &clause.stage).chain(actions).chain(questions).chain(caveats);
    let mut spans: Vec<Span> = spans.map(|name| name.span).collect();
    spans.sort_unstable();
    let Some(first) = spans.first() else { return };
    let more = match spans.len() {
        1 => String::new(),
        count => format!(", here and at {} more places", count - 1),
    };
    diagnostics.push(
        Diagnostic::new(
            code::NO_STAGES,
            *first,
            format!("a stage is named{more}, and no ranking says what stages there are"),
        )
        .label("a stage of which scale?")
        .help("add `ranking { stage partnership.stage }`, with the attribute that says how far a case has come"),
    );
}
