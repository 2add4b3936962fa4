//! What to ask next: the facts that are not known or disputed, ranked by what their answers would change in the advice.
//! Every answer is tried, many as one block; where no single answer changes the advice, pairs of answers are.

mod answer;
mod candidate;
mod dispute;
mod effect;
mod opening;
mod pair;
mod rank;
mod seen;

use crate::change::Change;
use crate::engine::{Limit, Limits, Plan, Status};
use crate::facts::Facts;
use crate::knowledge::{KnowledgeBase, PackName, Rule, RuleId, Term, Test};
use crate::proof::{Fact, View};

use effect::Trials;

pub use candidate::target;
pub use opening::introductions;

/// What to ask about a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ask {
    /// The packs that advise.
    pub packs: Vec<PackName>,
    /// Questions of which an answer changes something, weightiest first.
    pub questions: Vec<Question>,
    /// How much is not known.
    pub unknown: Unknown,
    /// How many conclusions are not settled.
    pub unsettled: Unsettled,
    /// No answer can change the advice any more: nothing is unsettled, and nothing rests on what is not known.
    pub settled: bool,
    /// What people say different things of.
    pub disputes: Disputes,
}

/// How much is not known of what the rules read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unknown {
    /// Facts that may be asked: not known, disputed, or taken for granted and never spoken of.
    pub facts: usize,
    /// Those of which no answer changes what becomes of any rule, as things stand.
    pub idle: usize,
    /// Facts that the case says nobody knows.
    pub in_vain: usize,
    /// Facts whose answers were not tried because there are too many.
    pub untried: usize,
}

/// How many conclusions are not settled, of rules that advise at the stage of the case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unsettled {
    /// Advice that an exception may undo.
    pub provisional: usize,
    /// What depends on whom one believes.
    pub contested: usize,
    /// What waits for facts.
    pub open: usize,
    /// Rules that ask whether something is known that is not.
    pub resting_on_unknown: usize,
}

/// One question, and the rows that it is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it is about without its rows: `party.organized`, `credible`, `complete.party`.
    pub about: String,
    /// The facts that it asks for, weightiest first.
    pub facts: Vec<Asked>,
    /// The question of the guide that it helps to answer.
    pub key: Option<String>,
    /// It is the stage of the case, on which every weight depends.
    pub is_stage: bool,
    /// It is asked early since most rules ask it of whoever takes part, whatever the answers change by themselves.
    pub introduces: bool,
    /// What its answers may bring to the page of advice or take off it: the part of `weight` that is more than reasons for
    /// advice that is given anyhow.
    pub news: i64,
    /// What its answers may change in the advice, in millionths of millionths: the weight of each rule whose advice comes
    /// or goes with an answer, half of it where that takes two answers.
    pub weight: i64,
    /// What its answers may make certain or settle, likewise.
    pub settles: i64,
    /// What its answers may bring into question, likewise.
    pub opens: i64,
}

/// A fact that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The fact.
    pub fact: Fact,
    /// Its path in a case file.
    pub path: String,
    /// The question in words.
    pub question: String,
    /// The names of the rows that it is about.
    pub names: Vec<String>,
    /// Those who could tell: the rows that it is about, where the case lists them.
    pub could_tell: Vec<String>,
    /// What the vocabulary takes for granted, since the case never speaks of it.
    pub assumed: Option<String>,
    /// Who says what, where that differs.
    pub says: Vec<(String, String)>,
    /// The answers, those with like effects together.
    pub answers: Vec<Answer>,
    /// An answer that changes the advice together with this one, where no single answer does.
    pub pair: Option<Pair>,
}

/// An answer, or several that come to the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The answer in words.
    pub words: String,
    /// What each makes of the facts.
    pub changes: Vec<Change>,
    /// What becomes of rules.
    pub effects: Vec<Effect>,
    /// What becomes of the advice, as its reader sees it.
    pub seen: Vec<Seen>,
}

/// Two answers that change the advice only together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// This answer, in words.
    pub words: String,
    /// The path of the other fact.
    pub path: String,
    /// The question of the other fact.
    pub question: String,
    /// The other answer, in words.
    pub other: String,
    /// What both make of the facts.
    pub changes: Vec<Change>,
    /// What becomes of rules.
    pub effects: Vec<Effect>,
    /// What becomes of the advice, as its reader sees it.
    pub seen: Vec<Seen>,
}

/// What becomes of a piece of advice, with all its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The advice.
    pub what: Given,
    /// What becomes of it.
    pub sight: Sight,
    /// Whether all its reasons are provisional then.
    pub provisional: bool,
    /// The names of the subjects that it comes or goes for.
    pub whom: Vec<Vec<String>>,
    /// What a new remark says.
    pub says: Option<String>,
}

/// What becomes of a piece of advice on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// It is new.
    Appears,
    /// It is gone.
    Goes,
    /// It is certain and was provisional.
    Certain,
    /// It is provisional and was certain.
    Provisional,
    /// It is there already, and then for others too.
    Also,
    /// It is there already, and has more reasons.
    More,
    /// It stays, for other reasons.
    Other,
    /// It stays, and has fewer reasons.
    Fewer,
    /// It stays, and some of its reasons are certain or provisional that were not.
    Firmness,
}

/// What becomes of a rule for a subject if an answer is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The rule.
    pub rule: String,
    /// The ids of the subject's rows.
    pub subject: Vec<String>,
    /// The names of the subject's rows.
    pub names: Vec<String>,
    /// What becomes of it now and then; none where it is silent.
    pub status: [Option<Status>; 2],
    /// What it advises.
    pub gives: Vec<Given>,
    /// What the rule weighs, in millionths of millionths.
    pub weight: i64,
}

/// A risk, an action or a remark that a rule gives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given {
    /// Which kind.
    pub kind: GivenKind,
    /// Its id; of a remark, the rule's.
    pub id: String,
    /// Its title; empty for a remark.
    pub title: String,
}

/// What a rule gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GivenKind {
    /// A risk is warned of.
    Warning,
    /// An action is recommended.
    Recommendation,
    /// What goes well, or another remark.
    Remark,
}

/// What kind of difference an effect is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// Advice comes that was not there.
    Appears,
    /// Advice goes.
    Goes,
    /// Provisional advice becomes certain.
    Certain,
    /// Certain advice becomes provisional.
    Provisional,
    /// What was open or contested is settled, without advice.
    Settled,
    /// Something is open, or contested, that was not.
    Opens,
}

impl Effect {
    /// What kind of difference it is.
    #[must_use]
    pub fn turn(&self) -> Turn {
        effect::turn(self.status)
    }
}

/// What people say different things of, and what of the advice hangs on whom one believes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Disputes {
    /// Everybody who says something, by id.
    pub speakers: Vec<Speaker>,
    /// The disputed facts.
    pub facts: Vec<Disputed>,
    /// Advice that is given whomever one believes.
    pub robust: Vec<Given>,
    /// Advice that is given only if some are believed, with the names of these.
    pub depends: Vec<(Given, Vec<String>)>,
}

/// Somebody who says something that others dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The id of the party or source.
    pub id: String,
    /// The name.
    pub name: String,
    /// How many disputed facts they speak of.
    pub facts: usize,
}

/// A disputed fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disputed {
    /// Its path in a case file.
    pub path: String,
    /// The question that it answers.
    pub question: String,
    /// Who says what, with what becomes of rules if that is right.
    pub says: Vec<Said>,
    /// The names of those who could have said something as others of their kind did, and are silent.
    pub silent: Vec<String>,
}

/// What somebody says of a disputed fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The id of the speaker.
    pub who: String,
    /// The name of the speaker.
    pub name: String,
    /// What they say, in words.
    pub value: String,
    /// What becomes of rules if that is right.
    pub effects: Vec<Effect>,
    /// What becomes of the advice if that is right, as its reader sees it.
    pub seen: Vec<Seen>,
}

/// What to ask about a case.
///
/// # Errors
/// Where a limit is reached.
pub fn ask(
    (kb, plan): (&KnowledgeBase, &Plan),
    facts: &Facts,
    limits: Limits,
) -> Result<Ask, Limit> {
    let models = plan.infer(&[facts], limits)?;
    let Some(model) = models.first() else { return Err(Limit::Words(0)) };
    let view = View { kb, facts, model };
    let trials = Trials::new(plan, view, limits);
    let found = candidate::candidates(view);
    let (mut questions, untried) = rank::singles(&trials, found.facts)?;
    pair::pairs(&trials, &mut questions)?;
    let (questions, idle) = rank::ranked(&trials, questions);
    let unsettled = unsettled(view);
    Ok(Ask {
        packs: kb.packs.clone(),
        questions,
        unknown: Unknown { facts: found.count, idle, in_vain: found.in_vain, untried },
        settled: unsettled == Unsettled::default(),
        unsettled,
        disputes: dispute::disputes(&trials)?,
    })
}

fn unsettled(view: View<'_>) -> Unsettled {
    let mut unsettled = Unsettled::default();
    let weights = crate::advice::weights(view);
    let counts = |rule: RuleId| {
        let gives = weights.get(rule.0).is_some_and(Option::is_some);
        gives || view.kb.rules.get(rule.0).is_some_and(|rule| rule.qualifies.is_some())
    };
    for conclusion in view.model.conclusions.iter().filter(|one| counts(one.rule)) {
        match conclusion.status {
            Status::Provisional => unsettled.provisional += 1,
            Status::Contested => unsettled.contested += 1,
            Status::Open => unsettled.open += 1,
            Status::Firing | Status::SetAside => {}
        }
    }
    let uncounted = view.model.uncounted.iter().filter(|(rule, _)| counts(**rule));
    let counted: u64 = uncounted.map(|(_, count)| count).sum();
    unsettled.open = unsettled.open.saturating_add(usize::try_from(counted).unwrap_or(usize::MAX));
    let rests = |rule: &&Rule| {
        let reads = view.kb.read_by(rule);
        reads.tests.iter().any(|test| asks_for_unknown(view, test))
    };
    unsettled.resting_on_unknown = view.kb.rules.iter().filter(rests).count();
    unsettled
}

/// Whether a test asks whether something is known, of which some is not.
fn asks_for_unknown(view: View<'_>, test: &Test) -> bool {
    let Test::Unknown(term) = test else { return false };
    match term {
        Term::Attribute(attribute, _) => {
            let entity = view.kb.vocabulary.attribute(*attribute).entity;
            let rows = view.listed(entity) + usize::from(view.has_unlisted(entity));
            (0..rows).any(|row| !view.attribute(*attribute, row).is_known())
        }
        Term::Relation(relation, ..) => {
            let entities = view.kb.vocabulary.relation(*relation).entities;
            let [first, second] =
                entities.map(|entity| view.listed(entity) + usize::from(view.has_unlisted(entity)));
            (0..first).any(|a| (0..second).any(|b| !view.relation(*relation, a, b).is_known()))
        }
        Term::Years { .. } | Term::Extreme(_) => true,
        Term::Member(_) => false,
    }
}
