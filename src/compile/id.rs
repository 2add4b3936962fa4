//! How the ids of rules, risks, actions, questions and caveats are spelt: like-this. Names with `_` are those of facts, and
//! of what else stands in case files.

use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Diagnostic, Diagnostics};

use super::collect::Declared;

/// Refuses ids with `_`.
pub(super) fn spelling(declared: &Declared, diagnostics: &mut Diagnostics) {
    let rules = declared.rules.iter().map(|it| &it.name);
    let risks = declared.risks.iter().map(|it| &it.name);
    let actions = declared.actions.iter().map(|it| &it.name);
    let questions = declared.questions.iter().map(|it| &it.name);
    let caveats = declared.caveats.iter().map(|it| &it.name);
    let ids = rules.chain(risks).chain(actions).chain(questions).chain(caveats);
    for name in ids.filter(|name| name.text.contains('_')) {
        let message = format!("`{}` cannot be an id", name.text);
        diagnostics.push(
            Diagnostic::new(code::WRONG_ID, name.span, message)
                .label("`_` joins the words of names of facts")
                .help(format!(
                    "write `{}`, here and where it is used",
                    name.text.replace('_', "-")
                )),
        );
    }
}
