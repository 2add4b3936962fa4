//! Defined predicates and derived attributes.

use super::declaration::kept;
use super::ground::{Builder, Pair, child, children, has};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::syntax as code;
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{Branch, Cell, Define, Derive, DeriveBody, Path, TableRow};

impl Builder<'_, '_> {
    /// `define`.
    pub(super) fn define(&mut self, pair: &Pair<'_>) -> Option<Define> {
        let (mut phrase, mut cites, mut when) = (None, None, None);
        for clause in pair.clone().into_inner() {
            match clause.as_rule() {
                Rule::text => {
                    let value = Some(self.text(&clause));
                    self.once(&mut phrase, value, &clause);
                }
                Rule::cites => {
                    let value = Some(self.citations(&clause));
                    self.once(&mut cites, value, &clause);
                }
                Rule::when => {
                    let value = self.child_block(&clause);
                    self.once(&mut when, value, &clause);
                }
                _ => {}
            }
        }
        let name = self.child_name(pair, Rule::name)?;
        let Some(when) = kept(when) else {
            if self.repaired {
                return None;
            }
            let message = format!("`{}` does not say when it holds", name.text);
            self.problem(
                Diagnostic::new(code::MISSING_CLAUSE, name.span, message)
                    .label("`when { … }` is missing")
                    .help("add `when { … }` with the conditions"),
            );
            return None;
        };
        Some(Define {
            parameters: self
                .rows(&child(pair, Rule::parameters)?)
                .into_iter()
                .map(|(_, row)| row)
                .collect(),
            name,
            phrase: kept(phrase),
            cites: kept(cites).unwrap_or_default(),
            when,
            span: self.span(pair),
        })
    }

    /// `derive`.
    pub(super) fn derive(&mut self, pair: &Pair<'_>) -> Option<Derive> {
        let of = child(pair, Rule::derive_of);
        let target = match &of {
            Some(of) => {
                let name = self.child_name(of, Rule::name)?;
                Path { span: name.span, names: vec![name] }
            }
            None => self.path(&child(pair, Rule::dotted)?),
        };
        let (mut question, mut cites) = (None, None);
        let inside = [Rule::table, Rule::branches].into_iter().find_map(|shape| child(pair, shape));
        let clauses =
            pair.clone().into_inner().chain(inside.and_then(|body| child(&body, Rule::cites)));
        for clause in clauses {
            match clause.as_rule() {
                Rule::text => {
                    let value = Some(self.text(&clause));
                    self.once(&mut question, value, &clause);
                }
                Rule::cites => {
                    let value = Some(self.citations(&clause));
                    self.once(&mut cites, value, &clause);
                }
                _ => {}
            }
        }
        Some(Derive {
            target,
            parameter: of.and_then(|of| self.parameter(&child(&of, Rule::parameter)?)),
            kind: self.kind(&child(pair, Rule::kind)?)?,
            cites: kept(cites).unwrap_or_default(),
            question: kept(question),
            body: self.derive_body(pair)?,
            span: self.span(pair),
        })
    }

    fn derive_body(&mut self, pair: &Pair<'_>) -> Option<DeriveBody> {
        if let Some(extreme) = child(pair, Rule::extreme) {
            return self.extreme(&extreme).map(DeriveBody::Extreme);
        }
        if let Some(table) = child(pair, Rule::table) {
            return Some(DeriveBody::Table {
                inputs: children(&table, Rule::path).map(|path| self.path(&path)).collect(),
                rows: children(&table, Rule::row).filter_map(|row| self.row(&row)).collect(),
            });
        }
        let branches = child(pair, Rule::branches)?;
        let branches = children(&branches, Rule::branch).filter_map(|branch| self.branch(&branch));
        Some(DeriveBody::Branches(branches.collect()))
    }

    fn branch(&mut self, pair: &Pair<'_>) -> Option<Branch> {
        Some(Branch {
            result: self.cell(&child(pair, Rule::result)?),
            when: child(pair, Rule::when).and_then(|when| self.child_block(&when)),
            span: self.span(pair),
        })
    }

    fn row(&self, pair: &Pair<'_>) -> Option<TableRow> {
        Some(TableRow {
            cells: children(pair, Rule::cell).map(|cell| self.cell(&cell)).collect(),
            result: self.cell(&child(pair, Rule::result)?),
            span: self.span(pair),
        })
    }

    fn cell(&self, pair: &Pair<'_>) -> Cell {
        if has(pair, Rule::anything) {
            Cell::Any(self.span(pair))
        } else if has(pair, Rule::UNKNOWN) {
            Cell::Unknown(self.span(pair))
        } else {
            Cell::OneOf(self.names(pair, Rule::name))
        }
    }
}
