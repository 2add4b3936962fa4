//! Random packs and cases. What is chosen is a few lists of numbers, so that failing inputs shrink; see `choice`.

pub(crate) mod case;
pub(crate) mod choice;
pub(crate) mod compare;
pub(crate) mod condition;
pub(crate) mod definition;
pub(crate) mod facts;
pub(crate) mod rule;
pub(crate) mod text;
pub(crate) mod vary;
pub(crate) mod words;

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};

use crate::oracle::case::OracleCase;

use choice::Choices;
use words::Words;

/// A pack and a case that speaks its words.
#[derive(Clone)]
pub(crate) struct Input {
    pub(crate) words: Words,
    /// The rules of the pack as texts of one item each.
    pub(crate) rules: Vec<String>,
    pub(crate) case: OracleCase,
    /// For what a property still has to choose.
    pub(crate) spare: Vec<u16>,
}

impl Input {
    /// The text of the pack as one file.
    pub(crate) fn pack(&self) -> String {
        let items: Vec<&String> = self.words.items.iter().chain(&self.rules).collect();
        let mut text = String::new();
        for item in items {
            text.push_str(item);
            text.push('\n');
        }
        text
    }
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let case = text::text(&text::sections(&self.words, &self.case));
        writeln!(
            f,
            "\n--- pack ---\n{}\n--- case, seen on day {:?} ---",
            self.pack(),
            self.case.today
        )?;
        writeln!(f, "{case}")
    }
}

/// Everything chosen for an input: a list for the vocabulary, one each for a definition, a rule, a row, the rest.
type Chosen = (Vec<u16>, Vec<Vec<u16>>, Vec<Vec<u16>>, Vec<Vec<u16>>, Vec<u16>, Vec<u16>);

fn chosen() -> impl Strategy<Value = Chosen> {
    (
        vec(any::<u16>(), 10..90),
        vec(vec(any::<u16>(), 0..90), 0..6),
        vec(vec(any::<u16>(), 5..100), 1..6),
        vec(vec(any::<u16>(), 10..60), 0..7),
        vec(any::<u16>(), 0..150),
        vec(any::<u16>(), 20..300),
    )
}

/// Random inputs.
pub(crate) fn inputs() -> impl Strategy<Value = Input> {
    chosen().prop_map(|(vocabulary, definitions, rules, rows, rest, spare)| {
        let mut words = Words::random(&mut Choices::new(&vocabulary));
        for (number, numbers) in definitions.iter().enumerate() {
            definition::add(&mut words, &mut Choices::new(numbers), number);
        }
        let mut made: Vec<rule::Rule> = Vec::new();
        for numbers in &rules {
            let rule = rule::random(&words, &mut Choices::new(numbers), &made);
            made.push(rule);
        }
        let case = case::random(&words, &rows, &rest);
        let rules = made.into_iter().map(|rule| rule.text).collect();
        Input { words, rules, case, spare }
    })
}
