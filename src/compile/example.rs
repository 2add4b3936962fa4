//! Examples: what is given and what is expected. Values are read in `given`.

use crate::diagnostic::code::compile as code;
use crate::diagnostic::nearest::did_you_mean;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::knowledge::{
    EntityId, EntityKind, Example, Expectation, ExpectedStatus, GivenRow, Rule, Type,
};
use crate::source::Span;
use crate::syntax::tree::{self, Expect, ExpectStatus, Name, Path};
use crate::value::Possible;

use super::constant::Constant;
use super::given::Reading;
use super::names::{Names, bit, list, look_up};
use super::text;

/// All examples, by title.
pub(super) fn examples(
    names: &Names,
    rules: &[Rule],
    examples: &[&tree::Example],
    diagnostics: &mut Diagnostics,
) -> Vec<Example> {
    examples.iter().map(|tree| example(names, rules, tree, diagnostics)).collect()
}

fn example(
    names: &Names,
    rules: &[Rule],
    tree: &tree::Example,
    diagnostics: &mut Diagnostics,
) -> Example {
    let title = text::plain(&tree.title, diagnostics);
    let today = tree.at.as_ref().and_then(|literal| {
        match names.constant(literal, Type::Date, diagnostics)? {
            // An example dated by a month or year is looked at on its last day.
            Constant::Range(_, last) => Some(last),
            Constant::Member(_) => None,
        }
    });
    if tree.expects.is_empty() {
        diagnostics.push(
            Diagnostic::new(
                code::NOTHING_EXPECTED,
                tree.title.span,
                "this example expects nothing",
            )
            .label("it always comes out")
            .help("say what should become of a rule: `expect RULE` or `expect no RULE`"),
        );
    }
    let given = Reading::read(names, &tree.given, diagnostics);
    let mut expects = Vec::new();
    for expect in &tree.expects {
        let mut expecting = Expecting { names, rows: &given.rows, diagnostics };
        expects.extend(match expect {
            Expect::Rule { status, rule, subject, span } => {
                expecting.rule(rules, (*status, rule, subject.as_deref()), *span)
            }
            Expect::Value { path, values, span } => expecting.value(path, values, *span),
        });
    }
    Example { title, today, given, expects, pack: 0, span: tree.span }
}

struct Expecting<'a> {
    names: &'a Names,
    rows: &'a [GivenRow],
    diagnostics: &'a mut Diagnostics,
}

impl Expecting<'_> {
    fn rule(
        &mut self,
        rules: &[Rule],
        (status, name, subject): (ExpectStatus, &Name, Option<&[Name]>),
        span: Span,
    ) -> Option<Expectation> {
        let found = look_up(
            (&self.names.rules, &self.names.forgiven),
            name,
            code::UNKNOWN_RULE,
            "rule",
            self.diagnostics,
        )?;
        let rule = rules.get(found.0)?;
        let subject = match subject {
            None => None,
            Some(names) => Some(self.subject(rule, name, names)?),
        };
        let status = match status {
            ExpectStatus::Fires => ExpectedStatus::Fires,
            ExpectStatus::No => ExpectedStatus::No,
            ExpectStatus::Open => ExpectedStatus::Open,
            ExpectStatus::Provisional => ExpectedStatus::Provisional,
            ExpectStatus::Contested => ExpectedStatus::Contested,
            ExpectStatus::SetAside => ExpectedStatus::SetAside,
        };
        Some(Expectation::Rule { status, rule: found, subject, span })
    }

    fn subject(&mut self, rule: &Rule, name: &Name, written: &[Name]) -> Option<Vec<String>> {
        if written.len() != rule.subjects {
            let wants = match rule.subjects {
                0 => "it is about the whole case; leave out `for`".to_owned(),
                1 => "expected one row".to_owned(),
                count => format!("expected {count} rows"),
            };
            let span = written.first().map_or(name.span, |name| name.span);
            let span = written.last().map_or(span, |last| span.to(last.span));
            let message = format!("this is not a subject of `{}`", name.text);
            let report = Diagnostic::new(code::WRONG_EXPECTATION, span, message).label(wants);
            self.diagnostics.push(report);
            return None;
        }
        let variables = rule.variables.iter().take(rule.subjects);
        let found: Vec<Option<String>> = written
            .iter()
            .zip(variables)
            .map(|(name, variable)| self.row(variable.entity, name))
            .collect();
        let mut found: Vec<String> = found.into_iter().collect::<Option<_>>()?;
        if rule.two {
            found.sort();
        }
        Some(found)
    }

    /// A row by id, or a member by name.
    fn row(&mut self, entity: EntityId, name: &Name) -> Option<String> {
        if let EntityKind::Members(domain) = self.names.vocabulary.entity(entity).kind {
            self.names.member(domain, name, self.diagnostics)?;
            return Some(name.text.clone());
        }
        require_row(self.names, self.rows, (entity, name), self.diagnostics)
    }

    fn value(&mut self, path: &Path, values: &[Name], span: Span) -> Option<Expectation> {
        let (entity, row, name) = match path.names.as_slice() {
            [one, name] => (one, None, name),
            [entity, row, name] => (entity, Some(row), name),
            _ => return self.wrong_path(path),
        };
        let id = self.names.entity(entity, false, self.diagnostics)?;
        let is_one = self.names.vocabulary.entity(id).kind == EntityKind::One;
        if is_one != row.is_none() {
            return self.wrong_path(path);
        }
        let row = match row {
            Some(row) => Some(self.row(id, row)?),
            None => None,
        };
        let attribute = self.names.attribute(id, name, self.diagnostics)?;
        let Type::Choice(domain) = self.names.kind_of(attribute)? else {
            return self.not_derived(name);
        };
        if !self.names.vocabulary.attribute(attribute).derived {
            return self.not_derived(name);
        }
        let mut members =
            if values.is_empty() { self.names.vocabulary.members_of(domain) } else { 0 };
        for value in values {
            members |= bit(self.names.member(domain, value, self.diagnostics)?);
        }
        Some(Expectation::Value { attribute, row, possible: Possible::Choice(members), span })
    }

    fn not_derived(&mut self, name: &Name) -> Option<Expectation> {
        let message = format!("`{}` is not derived", name.text);
        self.diagnostics.push(
            Diagnostic::new(code::WRONG_EXPECTATION, name.span, message)
                .label("an example states it, and so has nothing to expect of it"),
        );
        None
    }

    fn wrong_path(&mut self, path: &Path) -> Option<Expectation> {
        self.diagnostics.push(
            Diagnostic::new(code::WRONG_PATH, path.span, "it is not said whose attribute this is")
                .label(
                    "expected `one.attribute`, `entity.row.attribute` or `enum.member.attribute`",
                ),
        );
        None
    }
}

/// A row that the example gives, by id.
pub(super) fn require_row(
    names: &Names,
    rows: &[GivenRow],
    (entity, name): (EntityId, &Name),
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let ids = || rows.iter().filter(|row| row.entity == entity).map(|row| row.id.as_str());
    if ids().any(|id| id == name.text) {
        return Some(name.text.clone());
    }
    let entity = &names.vocabulary.entity(entity).name;
    let message = format!("the example gives no `{entity}` `{}`", name.text);
    diagnostics.push(
        Diagnostic::new(code::UNKNOWN_EXAMPLE_ROW, name.span, message)
            .label("not given")
            .help(format!("add `{entity} {} {{ … }}` to `given`", name.text))
            .maybe_help(list("it gives", ids()))
            .maybe_help(did_you_mean(&name.text, ids())),
    );
    None
}
