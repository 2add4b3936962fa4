//! Derivations: branches, tables, and the highest or lowest of something.

use std::collections::BTreeMap;

use crate::diagnostic::code::compile as code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{
    AttributeId, Branch, Derivation, DerivationBody, DomainId, Row, TableRow, Term, Type,
    VariableId,
};
use crate::source::Span;
use crate::syntax::tree::{self, Cell, DeriveBody, Path};

use super::attribute::Derived;
use super::condition::nothing;
use super::definition::cell;
use super::names::Names;
use super::scope::{Declaring, Lowering};
use super::term::Typed;

/// All derivations, by attribute.
pub(super) fn derivations(
    names: &Names,
    derived: &[Derived],
    diagnostics: &mut Diagnostics,
) -> BTreeMap<AttributeId, Derivation> {
    let lower = |(attribute, derive): &Derived| {
        Some((*attribute, derivation(names, *attribute, derive, diagnostics)?))
    };
    derived.iter().filter_map(lower).collect()
}

fn derivation(
    names: &Names,
    attribute: AttributeId,
    derive: &tree::Derive,
    diagnostics: &mut Diagnostics,
) -> Option<Derivation> {
    let kind = names.kind_of(attribute);
    let domain = match kind {
        Some(Type::Choice(domain)) => Some(domain),
        _ => None,
    };
    let mut lowering = Lowering::new(names, diagnostics);
    if let Some(parameter) = &derive.parameter {
        lowering.declare(Declaring { parameter, other: false, plural: false });
    }
    let body = match &derive.body {
        DeriveBody::Branches(branches) => Some(lowering.branches(domain, branches)),
        DeriveBody::Table { inputs, rows } => lowering.table(domain, inputs, rows),
        DeriveBody::Extreme(extreme) => lowering.top_value(kind, extreme),
    };
    let variables = lowering.variables;
    let cites = names.cites(&derive.cites, diagnostics);
    Some(Derivation { attribute, variables, body: body?, cites, span: derive.span })
}

impl Lowering<'_> {
    fn branches(&mut self, domain: Option<DomainId>, branches: &[tree::Branch]) -> DerivationBody {
        let lower = |branch: &tree::Branch| Branch {
            result: self.result(domain, &branch.result),
            when: branch.when.as_ref().map_or_else(nothing, |block| self.block(block)),
            span: branch.span,
        };
        DerivationBody::Branches(branches.iter().map(lower).collect())
    }

    /// A result; every value where it was reported.
    fn result(&mut self, domain: Option<DomainId>, result: &Cell) -> u64 {
        if let Cell::Any(span) = result {
            let report = wrong(*span, "`_` is not a result")
                .label("expected a value, or several with `|` between them")
                .help("write `unknown` where nothing is concluded");
            self.push(report);
        }
        let Some(domain) = domain else { return u64::MAX };
        cell(self.names, domain, result, self.diagnostics).unwrap_or(u64::MAX)
    }

    fn table(
        &mut self,
        domain: Option<DomainId>,
        inputs: &[Path],
        rows: &[tree::TableRow],
    ) -> Option<DerivationBody> {
        let lowered: Vec<Option<(Term, DomainId)>> =
            inputs.iter().map(|path| self.input(path)).collect();
        for (index, (path, input)) in inputs.iter().zip(&lowered).enumerate() {
            if input.is_some() && lowered.iter().take(index).any(|before| before == input) {
                let report = wrong(path.span, "this input stands here twice").label("again here");
                self.push(report);
            }
        }
        let mut table = Vec::new();
        for row in rows {
            if row.cells.len() != inputs.len() {
                let report = wrong(row.span, format!("the row has {} cells", row.cells.len()))
                    .label(format!("expected one for each of the {} inputs", inputs.len()));
                self.push(report);
            }
            let cells = row.cells.iter().zip(&lowered).map(|(written, input)| {
                let (_, domain) = input.as_ref()?;
                cell(self.names, *domain, written, self.diagnostics)
            });
            let cells: Vec<u64> = cells.map(|cell| cell.unwrap_or(u64::MAX)).collect();
            let result = self.result(domain, &row.result);
            table.push(TableRow { cells, result, span: row.span });
        }
        let inputs: Option<Vec<Term>> = lowered.into_iter().map(|input| Some(input?.0)).collect();
        Some(DerivationBody::Table { inputs: inputs?, rows: table })
    }

    fn input(&mut self, path: &Path) -> Option<(Term, DomainId)> {
        let Typed { term, kind } = self.path(path)?;
        let own = |row: &Row| matches!(row, Row::Only | Row::Variable(VariableId(0)));
        let report = match (&term, kind) {
            (Term::Attribute(_, row), Type::Choice(domain)) if own(row) => {
                return Some((term, domain));
            }
            (Term::Attribute(_, row), _) if own(row) => {
                wrong(path.span, format!("{} cannot head a column", self.names.describe(kind)))
                    .label("expected a yes or no, a scale or an enum")
            }
            _ => wrong(path.span, "this cannot head a column")
                .label("expected an attribute of the row itself or of a `one`"),
        };
        self.push(report);
        None
    }

    fn top_value(&mut self, kind: Option<Type>, extreme: &tree::Extreme) -> Option<DerivationBody> {
        let (lowered, of) = self.extreme(extreme)?;
        let kind = kind?;
        if of == kind {
            return Some(DerivationBody::Extreme(lowered));
        }
        let message = format!(
            "the derived attribute is {} and this is {}",
            self.names.describe(kind),
            self.names.describe(of)
        );
        let report = Diagnostic::new(code::DIFFERENT_TYPES, extreme.operand.span(), message)
            .label(format!("expected {}", self.names.describe(kind)));
        self.push(report);
        None
    }
}

fn wrong(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code::WRONG_DERIVATION, span, message)
}
