//! Tables of derived attributes, by value: gaps, rows that earlier ones cover, rows that partly say different things.

use crate::compile::product::{Product, Row};
use crate::compile::words;
use crate::diagnostic::code::check::{MASKED_ROW, OVERLAPPING_ROWS, TABLE_GAP, TABLE_TOO_LARGE};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{Derivation, DerivationBody, DomainId, KnowledgeBase, TableRow, Term};
use crate::value::Members;

/// Warns of gaps, masked rows and overlapping rows.
pub(in crate::compile) fn tables(kb: &KnowledgeBase, diagnostics: &mut Diagnostics) {
    for derivation in kb.derivations.values() {
        if let DerivationBody::Table { inputs, rows } = &derivation.body {
            judge(&Table { kb, derivation, inputs, rows }, diagnostics);
        }
    }
}

struct Table<'k> {
    kb: &'k KnowledgeBase,
    derivation: &'k Derivation,
    inputs: &'k [Term],
    rows: &'k [TableRow],
}

fn judge(table: &Table<'_>, diagnostics: &mut Diagnostics) {
    let Some(domains) = table.domains() else { return };
    let all: Vec<Members> =
        domains.iter().map(|domain| table.kb.vocabulary.members_of(*domain)).collect();
    let rows = table.rows.iter().map(|row| Row { cells: row.cells.clone(), closes: true });
    let Some(product) = Product::of(&all, rows.collect()) else {
        diagnostics.push(
            Diagnostic::new(
                TABLE_TOO_LARGE,
                table.derivation.span,
                format!("the table of `{}` is too large to be checked for gaps", table.name()),
            )
            .help("divide it: derive what some of the columns have in common first"),
        );
        return;
    };
    gap(table, &domains, &product, diagnostics);
    for (row, by) in product.masked() {
        let Some(row) = table.rows.get(row) else { continue };
        let mut diagnostic = Diagnostic::new(MASKED_ROW, row.span, "this row is never reached")
            .label("rows above it take all that it matches");
        for by in by.iter().filter_map(|by| table.rows.get(*by)) {
            diagnostic = diagnostic.related(by.span, "this row comes first");
        }
        diagnostics.push(diagnostic.help("put the narrower row first, or take this one out"));
    }
    for (earlier, later, combination) in product.overlapping() {
        let (Some(earlier), Some(later)) = (table.rows.get(earlier), table.rows.get(later)) else {
            continue;
        };
        if earlier.result == later.result {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(OVERLAPPING_ROWS, later.span, "two rows partly say different things")
                .label(format!("this row matches where {}", table.tell(&domains, combination)))
                .related(earlier.span, "and so does this one, which comes first")
                .help(
                    "narrow one of them; or, if the first is the exception, put a row for exactly \
                     what both match above them",
                ),
        );
    }
}

fn gap(table: &Table<'_>, domains: &[DomainId], product: &Product, diagnostics: &mut Diagnostics) {
    let Some((combination, count)) = product.gap() else { return };
    let more = match count {
        1 => String::new(),
        2 => ", and for one more combination".to_owned(),
        _ => format!(", and for {} more combinations", count - 1),
    };
    diagnostics.push(
        Diagnostic::new(
            TABLE_GAP,
            table.derivation.span,
            format!("the table of `{}` has a gap", table.name()),
        )
        .label(format!("no row for: {}{more}", table.tell(domains, combination)))
        .help(
            "add a row for it; where the guide says nothing, end the table with a row of `_` and \
             the result `unknown`",
        ),
    );
}

impl Table<'_> {
    fn name(&self) -> String {
        words::attribute(self.kb, self.derivation.attribute)
    }

    fn domains(&self) -> Option<Vec<DomainId>> {
        let domain = |input| words::choice(self.kb, &self.derivation.variables, input);
        self.inputs.iter().map(domain).collect()
    }

    /// A combination in words.
    fn tell(&self, domains: &[DomainId], combination: &[u32]) -> String {
        let parts: Vec<String> = self
            .inputs
            .iter()
            .zip(domains)
            .zip(combination)
            .map(|((input, domain), member)| {
                let set: Members = 1 << member;
                format!(
                    "`{}` is {}",
                    words::term(self.kb, &self.derivation.variables, input),
                    words::members(self.kb, *domain, set, "or")
                )
            })
            .collect();
        words::series(&parts, "and")
    }
}
