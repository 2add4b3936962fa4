//! What to ask, for a terminal and as Markdown: the questions in order, what each answer would change, and what hangs on
//! whom one believes.

mod dispute;
mod effect;
mod json;

use std::collections::BTreeSet;

use crate::ask::{Answer, Ask, Asked, Question};
use crate::change::{Change, Effect};
use crate::proof::Fact;
use crate::proof::wording::{capitalised, join};

use crate::value::Possible;

use super::page::Look;
use super::sheet::{Piece, Sheet, id, plain, strong};
use super::{Heading, Options, phrase};
use effect::effects;

pub use json::json;

/// Answers of one question that are shown, and rows that it is asked about.
const FEW: usize = 4;

/// For a terminal.
#[must_use]
pub fn text(ask: &Ask, heading: &Heading, options: &Options) -> String {
    sheet(ask, heading, *options).text(options.width, options.colour)
}

/// As Markdown.
#[must_use]
pub fn markdown(ask: &Ask, heading: &Heading, options: &Options) -> String {
    sheet(ask, heading, *options).markdown()
}

/// What the answers to one question would change, of the first fact that it asks for.
#[must_use]
pub fn why(question: &Question, options: &Options) -> String {
    let ask = Ask::default();
    let mut layout = Layout { ask: &ask, options: *options, sheet: Sheet::default() };
    if let Some(first) = question.facts.first() {
        layout.answers(question, first);
    }
    layout.sheet.text(options.width, options.colour)
}

fn sheet(ask: &Ask, heading: &Heading, options: Options) -> Sheet {
    let mut layout = Layout { ask, options, sheet: Sheet::default() };
    phrase::heading(heading, &mut layout.sheet);
    layout.disputes();
    layout.questions();
    layout.rest();
    layout.sheet
}

struct Layout<'a> {
    ask: &'a Ask,
    options: Options,
    sheet: Sheet,
}

impl Layout<'_> {
    fn questions(&mut self) {
        let ask = self.ask;
        let all = ask.questions.len();
        if all == 0 {
            let title = if ask.settled {
                "NOTHING MORE TO ASK: no answer can change the advice any more"
            } else {
                "NOTHING TO ASK: no answer would change the advice as things stand"
            };
            return self.sheet.section(title);
        }
        let shown = self.options.limit(all);
        let few = if shown < all { format!(" ({shown} of {all})") } else { String::new() };
        self.sheet.section(format!("WHAT TO ASK{few}: what would change most comes first"));
        for (at, question) in ask.questions.iter().take(shown).enumerate() {
            self.question(at + 1, question);
        }
        if shown < all {
            self.dim(format!("and {} more: --all", all - shown));
        }
        if let Some(example) = example(ask) {
            let text = format!("Try an answer in these words: whatif … --set '{example}'");
            self.dim(text);
        }
    }

    fn question(&mut self, number: usize, question: &Question) {
        let Some(first) = question.facts.first() else { return };
        let pieces = vec![strong(capitalised(&first.question)), id(&first.path)];
        self.sheet.entry(Look::Plain, number.to_string(), pieces);
        self.likewise(question);
        if question.is_stage {
            self.dim("What advice weighs, and where it stands, depends on this.".to_owned());
        }
        if let Some(assumed) = &first.assumed {
            let text =
                format!("The case never speaks of it, so it is taken for granted: {assumed}.");
            self.dim(text);
        }
        if !first.says.is_empty() {
            let says: Vec<String> =
                first.says.iter().map(|(who, what)| format!("{who}: {what}")).collect();
            self.dim(format!("Disputed. {}.", capitalised(&says.join("; "))));
        }
        self.unseen(question, first);
        self.answers(question, first);
    }

    /// Why something is asked of which no answer changes the advice.
    fn unseen(&mut self, question: &Question, first: &Asked) {
        let loud = first.answers.iter().any(|answer| !answer.seen.is_empty());
        if loud || question.facts.iter().any(|fact| fact.pair.is_some()) {
            return;
        }
        let why = if question.introduces {
            "Asked early, as most advice asks it of whoever takes part; alone it changes none."
        } else if question.settles > 0 {
            "No answer changes the advice by itself; some settle what is open."
        } else {
            "No answer changes the advice by itself; some bring up what is not asked yet."
        };
        if !question.is_stage && !matches!(first.fact, Fact::Others(_)) {
            self.dim(why.to_owned());
        }
    }

    /// The other rows that it is asked about, and who could tell.
    fn likewise(&mut self, question: &Question) {
        let most = if self.options.all { usize::MAX } else { FEW };
        let others: Vec<&Asked> = question.facts.iter().skip(1).collect();
        let names = others.iter().take(most).map(|fact| fact.names.join(" and "));
        let mut names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
        if others.len() > most {
            names.push(format!("{} more", others.len() - most));
        }
        if !names.is_empty() {
            self.sheet.under(vec![plain(format!("Likewise: {}.", names.join("; ")))]);
        }
        let tell: BTreeSet<&String> =
            question.facts.iter().flat_map(|fact| &fact.could_tell).collect();
        let many = tell.len() > FEW;
        let tell: Vec<String> = tell.into_iter().cloned().collect();
        match tell.as_slice() {
            [] => {}
            _ if many => self.dim("Could tell: those it is asked about, themselves.".to_owned()),
            _ => self.dim(format!("Could tell: {}.", join(&tell, "and"))),
        }
    }

    /// The answers that change the advice, then what the others do; a pair where none does.
    fn answers(&mut self, question: &Question, first: &Asked) {
        let most = if self.options.all { usize::MAX } else { FEW };
        let advises = |answer: &&Answer| !answer.seen.is_empty();
        let (loud, quiet): (Vec<&Answer>, Vec<&Answer>) = first.answers.iter().partition(advises);
        let loud = alike(&loud, first, most);
        for (words, effects) in loud.iter().take(most) {
            self.answer(words, effects);
        }
        if loud.len() > most {
            let left = phrase::count(loud.len() - most, "more answer", "more answers");
            self.dim(format!("and {left}: --all"));
        }
        if self.options.all {
            for (words, effects) in alike(&quiet, first, most) {
                self.answer(&words, &effects);
            }
        } else if !loud.is_empty() && !quiet.is_empty() && loud.len() <= most {
            self.sheet.bullet(vec![plain("Otherwise: no advice changes.")]);
        }
        if matches!(first.fact, Fact::Others(_)) {
            self.dim("If somebody is, list them, and ask again.".to_owned());
        }
        let pair = question.facts.iter().find_map(|fact| Some((fact, fact.pair.as_ref()?)));
        if let Some((fact, pair)) = pair {
            let whom = if fact.fact == first.fact || fact.names.is_empty() {
                String::new()
            } else {
                format!(" ({})", fact.path)
            };
            let when = format!("{}{whom}, and {} is {}", pair.words, pair.path, pair.other);
            self.answer(&when, &effects(&pair.effects, &pair.seen, &fact.names, most));
        }
    }

    fn answer(&mut self, words: &str, effects: &str) {
        self.sheet.bullet(vec![plain(format!("If {words}:")), plain(effects)]);
    }

    fn rest(&mut self) {
        let (unknown, unsettled) = (self.ask.unknown, self.ask.unsettled);
        self.sheet.section("HOW MUCH IS OPEN");
        let mut lines = Vec::new();
        if self.ask.settled {
            lines.push("Nothing: no conclusion is open, contested or provisional.".to_owned());
        } else {
            lines.push(format!(
                "Conclusions that would be advice: {} open, {} contested, {} provisional.",
                unsettled.open, unsettled.contested, unsettled.provisional
            ));
        }
        if unsettled.resting_on_unknown > 0 {
            let rules = phrase::count(unsettled.resting_on_unknown, "rule asks", "rules ask");
            lines.push(format!("{rules} whether something is known that is not."));
        }
        lines.push(format!(
            "Of {} that could be asked, {} could change nothing as things stand.",
            phrase::count(unknown.facts, "fact", "facts"),
            unknown.idle
        ));
        if unknown.in_vain > 0 {
            let facts = phrase::count(unknown.in_vain, "fact was", "facts were");
            lines.push(format!("{facts} asked for already, and nobody knows."));
        }
        if unknown.untried > 0 {
            let facts = phrase::count(unknown.untried, "fact was", "facts were");
            lines.push(format!("{facts} left aside: there are too many to try every answer."));
        }
        for line in lines {
            self.sheet.head(vec![plain(line)]);
        }
    }

    fn dim(&mut self, text: String) {
        self.sheet.under(vec![Piece::Words(Look::Dim, text)]);
    }
}

/// An answer as `--set` takes it: the first that stands alone.
fn example(ask: &Ask) -> Option<String> {
    let facts = ask.questions.iter().filter_map(|question| question.facts.first());
    let facts = facts.filter(|fact| !matches!(fact.fact, Fact::Others(_)));
    let mut answers = facts.flat_map(|fact| fact.answers.iter().map(move |answer| (fact, answer)));
    let plain = |(_, answer): &(&Asked, &Answer)| {
        let [Change::State { effect: Effect::Set(value), .. }] = answer.changes.as_slice() else {
            return false;
        };
        matches!(value, Possible::Choice(_)) && !answer.seen.is_empty()
    };
    let (fact, answer) = answers.find(plain)?;
    Some(format!("{}={}", fact.path, answer.words))
}

/// Answers with what they change in words; those of which the same is said go together.
fn alike(answers: &[&Answer], first: &Asked, most: usize) -> Vec<(String, String)> {
    let mut groups: Vec<(Vec<String>, String)> = Vec::new();
    for answer in answers {
        let text = effects(&answer.effects, &answer.seen, &first.names, most);
        match groups.iter_mut().find(|(_, other)| *other == text) {
            Some((words, _)) => words.push(answer.words.clone()),
            None => groups.push((vec![answer.words.clone()], text)),
        }
    }
    groups.into_iter().map(|(words, text)| (join(&words, "or"), text)).collect()
}
