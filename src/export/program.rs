//! The text of a program: atoms, literals, rules and comments, laid out to be read. Knows no rules of packs.

use std::collections::BTreeSet;
use std::fmt::{self, Display, Formatter};

/// Longest line.
const WIDTH: usize = 110;

/// Stands between the name and the number of a variable that a rule may name more simply.
pub(super) const MARK: char = '@';

/// Predicates that the program's own lines derive or declare.
const OWN: [(&str, usize); 9] = [
    ("world", 1),
    ("of", 2),
    ("given", 3),
    ("given", 4),
    ("settled", 3),
    ("row", 3),
    ("complete", 2),
    ("today", 2),
    ("standing", 4),
];

/// A predicate of terms.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Atom {
    pub(super) name: String,
    pub(super) terms: Vec<String>,
}

impl Atom {
    pub(super) fn new<T: Into<String>>(
        name: impl Into<String>,
        terms: impl IntoIterator<Item = T>,
    ) -> Atom {
        Atom { name: name.into(), terms: terms.into_iter().map(Into::into).collect() }
    }

    /// The same with one more term.
    pub(super) fn with(&self, term: impl Into<String>) -> Atom {
        let mut atom = self.clone();
        atom.terms.push(term.into());
        atom
    }

    fn signature(&self) -> (String, usize) {
        (self.name.clone(), self.terms.len())
    }
}

impl Display for Atom {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.terms.is_empty() {
            return write!(f, "{}", self.name);
        }
        write!(f, "{}({})", self.name, self.terms.join(","))
    }
}

/// A part of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Literal {
    /// An atom holds.
    Holds(Atom),
    /// An atom does not hold.
    Fails(Atom),
    /// Two terms compare so.
    Compare(String, &'static str, String),
    /// A term is one of these; clingo reads it as so many rules, so it has no opposite.
    Among(String, Vec<String>),
    /// `2 <= #count { Row : … }`, `Top = #max { Value : … }`: what stands before, the function, the term, the condition.
    Over(String, &'static str, String, Atom, Option<(String, String)>),
    /// Never holds.
    Never,
}

impl Literal {
    /// A term is one of these.
    pub(super) fn among(term: &str, names: &[String]) -> Literal {
        match names {
            [] => Literal::Never,
            [only] => Literal::compare(term, "=", only),
            _ => Literal::Among(term.to_owned(), names.to_vec()),
        }
    }

    pub(super) fn compare(
        left: impl Into<String>,
        relation: &'static str,
        right: impl Into<String>,
    ) -> Literal {
        Literal::Compare(left.into(), relation, right.into())
    }

    /// The opposite of a literal without variables of its own; none where it cannot be said in one literal.
    pub(super) fn opposite(&self) -> Option<Literal> {
        match self {
            Literal::Holds(atom) => Some(Literal::Fails(atom.clone())),
            Literal::Fails(atom) => Some(Literal::Holds(atom.clone())),
            Literal::Compare(left, relation, right) => {
                let opposite = match *relation {
                    "=" => "!=",
                    "!=" => "=",
                    _ => return None,
                };
                Some(Literal::Compare(left.clone(), opposite, right.clone()))
            }
            Literal::Among(..) | Literal::Over(..) | Literal::Never => None,
        }
    }

    fn atom(&self) -> Option<&Atom> {
        match self {
            Literal::Holds(atom) | Literal::Fails(atom) | Literal::Over(.., atom, _) => Some(atom),
            Literal::Compare(..) | Literal::Among(..) | Literal::Never => None,
        }
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Literal::Holds(atom) => write!(f, "{atom}"),
            Literal::Fails(atom) => write!(f, "not {atom}"),
            Literal::Compare(left, relation, right) => write!(f, "{left} {relation} {right}"),
            Literal::Among(term, names) => write!(f, "{term} = ({})", names.join(";")),
            Literal::Over(before, function, term, atom, but) => {
                write!(f, "{before} #{function} {{ {term} : {atom}")?;
                if let Some((left, right)) = but {
                    write!(f, ", {left} != {right}")?;
                }
                write!(f, " }}")
            }
            Literal::Never => write!(f, "#false"),
        }
    }
}

/// Literals that all hold.
pub(super) type Body = Vec<Literal>;

/// Whether a body can never hold.
pub(super) fn is_never(body: &[Literal]) -> bool {
    body.contains(&Literal::Never)
}

/// A text that grows, and which predicates it derives and reads.
#[derive(Debug, Default)]
pub(super) struct Program {
    text: String,
    derived: BTreeSet<(String, usize)>,
    read: BTreeSet<(String, usize)>,
}

impl Program {
    /// An empty line and a comment.
    pub(super) fn comment(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.note(text);
    }

    /// A comment beside what stands above it.
    pub(super) fn note(&mut self, text: &str) {
        for line in text.lines() {
            self.text.push_str("% ");
            self.text.push_str(&line.replace(|c: char| c.is_control(), " "));
            while self.text.ends_with(' ') {
                self.text.pop();
            }
            self.text.push('\n');
        }
    }

    /// Facts side by side, and after them a remark.
    pub(super) fn facts(&mut self, atoms: &[Atom], remark: Option<&str>) {
        let mut line = String::new();
        for atom in atoms {
            self.derived.insert(atom.signature());
            let fact = format!("{atom}.");
            if !line.is_empty() && line.chars().count() + fact.chars().count() >= WIDTH {
                self.text.push_str(&line);
                self.text.push('\n');
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&fact);
        }
        self.text.push_str(&line);
        if let Some(remark) = remark {
            self.text.push_str("  % ");
            self.text.push_str(&remark.replace(|c: char| c.is_control(), " "));
        }
        self.text.push('\n');
    }

    /// A rule; left out where its body never holds.
    pub(super) fn rule(&mut self, head: &Atom, body: &[Literal]) {
        if is_never(body) {
            return;
        }
        self.derived.insert(head.signature());
        self.read.extend(body.iter().filter_map(Literal::atom).map(Atom::signature));
        let mut variables = Vec::new();
        let mut line = named(&format!("{head} :-"), &mut variables);
        for (at, literal) in body.iter().enumerate() {
            let end = if at + 1 == body.len() { '.' } else { ',' };
            let part = named(&format!(" {literal}{end}"), &mut variables);
            if line.chars().count() + part.chars().count() > WIDTH {
                self.text.push_str(&line);
                self.text.push('\n');
                "   ".clone_into(&mut line);
            }
            line.push_str(&part);
        }
        self.text.push_str(&line);
        self.text.push('\n');
    }

    /// The whole text; predicates that are read and nowhere derived are declared, since they are meant to be empty.
    pub(super) fn finish(mut self) -> String {
        self.derived.extend(OWN.map(|(name, arity)| (name.to_owned(), arity)));
        let empty: Vec<_> = self.read.difference(&self.derived).cloned().collect();
        if !empty.is_empty() {
            self.comment("Nothing derives these here.");
            for (name, arity) in empty {
                self.line(&format!("#defined {name}/{arity}."));
            }
        }
        self.text
    }

    /// A line as it is.
    pub(super) fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }
}

/// A part of a rule with simple names for marked variables: `Value`, and `Value2` for the second of that name.
fn named(part: &str, variables: &mut Vec<(String, String)>) -> String {
    let mut pieces = part.split(MARK);
    let mut text = pieces.next().unwrap_or("").to_owned();
    for piece in pieces {
        let digits = piece.len() - piece.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = piece.split_at(digits);
        let start = text.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
        let wish = text.split_off(start);
        let alike = || variables.iter().filter(|(known, _)| *known == wish);
        let found = alike().position(|(_, known)| known == number);
        let place = found.unwrap_or_else(|| alike().count());
        if found.is_none() {
            variables.push((wish.clone(), number.to_owned()));
        }
        text.push_str(&wish);
        if place > 0 {
            text.push_str(&(place + 1).to_string());
        }
        text.push_str(rest);
    }
    text
}

/// Names that are taken.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// The name that was wished for, with a number where it is taken.
    pub(super) fn fresh(&mut self, wish: &str) -> String {
        let wish = wish.replace(['-', '.'], "_");
        let mut name = wish.clone();
        let mut number = 2;
        while !self.0.insert(name.clone()) {
            name = format!("{wish}_{number}");
            number += 1;
        }
        name
    }
}

/// A text as a term.
pub(super) fn text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// The name of a member as a term.
pub(super) fn member(name: &str) -> String {
    if name == "not" { text(name) } else { name.to_owned() }
}
