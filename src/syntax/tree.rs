//! The syntax tree of a rule file: what was written, with a span on everything, nothing resolved.
//! Sections stand in the order of `grammar/rules.pest`.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::source::Span;

/// A rule file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct File {
    /// Its items in the order in which they stand.
    pub items: Vec<Item>,
    /// What of it was not understood.
    pub damage: Damage,
}

/// The parts of a file that were not understood, so that what depends on them is not reported as well.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Damage {
    /// Items of which at most a part is in the tree.
    pub items: Vec<Span>,
    /// Names that these items may have declared.
    pub names: BTreeSet<String>,
}

/// One top-level item.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a file has few items; only rules are many")]
pub enum Item {
    /// `scale level { none low medium high }` or `enum sector { … }`.
    Domain(Domain),
    /// `entity party "…" { … }`, `one issue "…" { … }`, `attributes of sector { … }`.
    Entity(Entity),
    /// `relation credible(party who, party to) level "…"`.
    Relation(Relation),
    /// `risk boycott "…"`.
    Risk(Risk),
    /// `action co-sponsor "…" { … }`.
    Action(Action),
    /// `question whats-in-it "…" { … }`.
    Question(Question),
    /// `define weak(party p) { … }`.
    Define(Define),
    /// `derive issue.diversity level { … }`.
    Derive(Derive),
    /// `rule convener-not-credible { … }`.
    Rule(Box<Rule>),
    /// `ranking { … }`.
    Ranking(Ranking),
    /// `example "…" { … }`.
    Example(Example),
}

// Ground.

/// A name as written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A double-quoted text, white space folded, split at its holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Words and holes in order.
    pub pieces: Vec<Piece>,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words, escapes resolved.
    Words(String),
    /// `{p.power}` or `{p}`: to be filled in.
    Hole(Path),
    /// `{p: does|do}`: the first form where `p` is one, the second where it is several.
    Agreement {
        /// Who decides the form.
        path: Path,
        /// The form for one.
        singular: String,
        /// The form for several.
        plural: String,
    },
}

/// Dotted names: `p`, `p.key`, `partnership.stage`, `sector.market.affected`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// At least one name.
    pub names: Vec<Name>,
    /// Where it stands.
    pub span: Span,
}

/// A constant as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// A member of a scale or enum, `yes`, `no`, or an enum variable in scope.
    Name(Name),
    /// An exact number, in millionths (see `value::NUMBER_UNIT`).
    Number(i64, Span),
    /// A year, a month or a day as its first and last day: `1985-06` is 1985-06-01 to 1985-06-30.
    /// A bare year such as `1985` is read as a number and taken as a year where a date is wanted.
    Date(Date, Date, Span),
}

/// The type of an attribute or relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `yes_no`.
    YesNo(Span),
    /// `number`.
    Number(Span),
    /// `date`.
    Date(Span),
    /// The name of a scale or enum.
    Domain(Name),
    /// `set of NAME`.
    Set(Name),
}

/// `stage`, `cites` and other ids: dotted, with dashes (`s2.convener-credible`); in `qualifies rules citing` the last part
/// may be `*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The id as written, dots included.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

// Declarations.

/// A scale (ordered, lowest first) or an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// Whether the members are ordered.
    pub ordered: bool,
    /// Its name.
    pub name: Name,
    /// Its members.
    pub members: Vec<Member>,
}

/// A member of a scale or enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: Name,
    /// How texts call it, where that is not its name with spaces for underscores.
    pub wording: Option<Text>,
    /// Fixed texts and values: `{ typical state  remedy "…" }`.
    pub fields: Vec<(Name, FieldValue)>,
}

/// A fixed value or text of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// A text for use in texts.
    Text(Text),
    /// A member of another scale or enum, or `yes`, `no`.
    Name(Name),
}

/// What kind of rows an item declares attributes for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntityKind {
    /// `entity`: many per case, with ids.
    Many,
    /// `one`: one per case.
    One,
    /// `attributes of`: the members of an enum or scale.
    Members,
}

/// An entity with its attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What kind of rows.
    pub kind: EntityKind,
    /// Its name, or the name of the enum.
    pub name: Name,
    /// What it is, in words; none for `attributes of`.
    pub label: Option<Text>,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
    /// The whole item.
    pub span: Span,
}

/// `key yes_no default no "…" cites q.1-2a`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub kind: Type,
    /// What holds where a case says nothing.
    pub default: Option<Default>,
    /// The question an officer answers; may use `{self}`.
    pub question: Option<Text>,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
}

/// What holds where a case says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Default {
    /// `default no`: a value; for a set-valued attribute `no` means none of the members.
    Value(Literal),
}

/// `relation credible(party who, party to) level symmetric default low "…"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Its name.
    pub name: Name,
    /// Exactly two: entity and role name.
    pub roles: Vec<Parameter>,
    /// Its type.
    pub kind: Type,
    /// Whether the order of the two does not matter.
    pub symmetric: bool,
    /// What holds where a case says nothing.
    pub default: Option<Default>,
    /// The question an officer answers; may use `{role}`.
    pub question: Option<Text>,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
    /// The whole item.
    pub span: Span,
}

/// `party p`: an entity and a name for one of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The entity, or the enum whose members are meant.
    pub entity: Name,
    /// The variable or role.
    pub name: Name,
}

/// `risk boycott "Key parties stay away"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Risk {
    /// Its id.
    pub name: Name,
    /// What it is.
    pub title: Text,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
}

/// `action co-sponsor "…" { stage convening  after map-relations  opposes show-results "…" }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its id.
    pub name: Name,
    /// What to do.
    pub title: Text,
    /// The stage it belongs to.
    pub stage: Option<Name>,
    /// Actions that come before it.
    pub after: Vec<Name>,
    /// Actions that it pulls against, with why.
    pub opposes: Vec<(Name, Text)>,
    /// What holds where a case says nothing about it: `default no`.
    pub default: Option<Default>,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
}

/// `question whats-in-it "…" { stage …  cites …  answered when { … } }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id.
    pub name: Name,
    /// The question.
    pub title: Text,
    /// The stage it belongs to.
    pub stage: Option<Name>,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
    /// What answers it.
    pub answered: Option<Block>,
}

// Conditions.

/// `{ … }`: all of these hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The conditions in order; may be empty, which holds.
    pub conditions: Vec<Condition>,
    /// Where it stands, braces included.
    pub span: Span,
}

/// One condition with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What is asked.
    pub kind: ConditionKind,
    /// Where it stands.
    pub span: Span,
}

/// What a condition asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConditionKind {
    /// `p.key`, `conflict(a, b)`, `weak(p)`; with `negated`, `not` stands before it.
    Holds {
        /// Whether `not` stands before it.
        negated: bool,
        /// A path or a call.
        operand: Operand,
    },
    /// `p.power above q.power by 2`.
    Test {
        /// What is tested.
        operand: Operand,
        /// The test.
        test: Test,
    },
    /// `any of { … }`: at least one of the conditions in the block.
    AnyOf(Block),
    /// `none of { … }`: none of the conditions in the block.
    NoneOf(Block),
    /// `not { … }`: not all of the conditions in the block.
    NotAll(Block),
    /// A bare `{ … }` inside another block: all of them.
    All(Block),
    /// `some other party c { … }` and its kin.
    Quantified(Quantified),
    /// `done organize-first`, `done organize-first for p`; with `negated`, `not` stands before it.
    Done {
        /// Whether `not` stands before it.
        negated: bool,
        /// The action.
        action: Name,
        /// For whom.
        subject: Option<Name>,
    },
}

/// What is tested or compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// `p.power`, `issue.crisis`, `sector.market.affected`, `w.typical`.
    Path(Path),
    /// `credible(who c, to p)`, `weak(p)`.
    Call(Call),
    /// `highest p.organized of party p { … }`, `lowest …`.
    Extreme(Box<Extreme>),
    /// `years since partnership.started`, `years until …`.
    Years {
        /// `since`, or else `until`.
        since: bool,
        /// A date.
        path: Path,
        /// Where it stands.
        span: Span,
    },
}

impl Operand {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Operand::Path(path) => path.span,
            Operand::Call(call) => call.span,
            Operand::Extreme(extreme) => extreme.span,
            Operand::Years { span, .. } => *span,
        }
    }
}

/// A relation or a defined predicate with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its name.
    pub name: Name,
    /// Its arguments: an optional role, and a variable.
    pub arguments: Vec<(Option<Name>, Name)>,
    /// Where it stands.
    pub span: Span,
}

/// `highest p.organized of party p { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extreme {
    /// `highest`, or else `lowest`.
    pub highest: bool,
    /// The value.
    pub operand: Operand,
    /// Whether the row must differ from every row in scope (`of other party q`).
    pub other: bool,
    /// Over which rows.
    pub parameter: Parameter,
    /// Which of them; absent means all.
    pub condition: Option<Block>,
    /// Where it stands.
    pub span: Span,
}

/// A test of one operand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// `is state or market`, `is not …`, `includes …`, `excludes …`: one of the listed values (`excludes`: none of them).
    Among {
        /// Which of the four.
        relation: Among,
        /// The listed values, at least one; a path stands alone.
        values: Vec<Right>,
    },
    /// `at least`, `at most`, `below`, `above`.
    Order {
        /// Which of the four.
        order: Order,
        /// The right side.
        right: Right,
        /// `by 2`: steps on a scale, or a number in millionths.
        by: Option<(i64, Span)>,
    },
    /// `is empty`.
    Empty,
    /// `is unknown`.
    Unknown,
}

/// The right side of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Right {
    /// A constant, or an enum variable.
    Literal(Literal),
    /// A path of two or more names, a call, `highest …`, `years …`.
    Operand(Operand),
}

/// Tests against listed values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// `is`.
    Is,
    /// `is not`.
    IsNot,
    /// `includes`.
    Includes,
    /// `excludes`.
    Excludes,
}

/// Order on a scale, number or date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Order {
    /// `at least`.
    AtLeast,
    /// `at most`.
    AtMost,
    /// `below`.
    Below,
    /// `above`.
    Above,
}

/// `some other party c { … }`, `every party c where { … } { … }`, `at least 2 party c { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantified {
    /// How many.
    pub quantifier: Quantifier,
    /// Whether the row must differ from every row of its entity in scope.
    pub other: bool,
    /// Over which rows.
    pub parameter: Parameter,
    /// `where { … }`, with `every` and `most` only.
    pub filter: Option<Block>,
    /// What is asked of them.
    pub body: Block,
}

/// How many rows must satisfy a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// `some`.
    Some,
    /// `no`.
    No,
    /// `every`: all, and at least one.
    Every,
    /// `most`: more than half.
    Most,
    /// `at least N`.
    AtLeast(u32),
    /// `at most N`.
    AtMost(u32),
}

// Definitions.

/// `define weak(party p) { "is too weakly organised" when { … } }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Define {
    /// Its name.
    pub name: Name,
    /// One to three parameters.
    pub parameters: Vec<Parameter>,
    /// How explanations put it.
    pub phrase: Option<Text>,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
    /// When it holds.
    pub when: Block,
    /// The whole item.
    pub span: Span,
}

/// `derive issue.diversity level { … }` and its two other shapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derive {
    /// `issue.diversity` (two names), or `capacity` in `capacity of sector s` (one name).
    pub target: Path,
    /// `of sector s`.
    pub parameter: Option<Parameter>,
    /// Its type.
    pub kind: Type,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
    /// The question an officer answers where a case states it.
    pub question: Option<Text>,
    /// How its value comes about.
    pub body: DeriveBody,
    /// The whole item.
    pub span: Span,
}

/// How a derived value comes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeriveBody {
    /// First branch that holds; `when` is absent for `otherwise`.
    Branches(Vec<Branch>),
    /// `by a, b { cell cell -> result }`.
    Table {
        /// The inputs.
        inputs: Vec<Path>,
        /// The rows.
        rows: Vec<TableRow>,
    },
    /// `{ highest p.organized of party p { … } }`.
    Extreme(Extreme),
}

/// `high when { … }`, `low otherwise`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The result.
    pub result: Cell,
    /// When; absent for `otherwise`.
    pub when: Option<Block>,
    /// Where it stands.
    pub span: Span,
}

/// `none|low _ -> issue_network`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// One cell per input.
    pub cells: Vec<Cell>,
    /// The result.
    pub result: Cell,
    /// Where it stands.
    pub span: Span,
}

/// A cell of a table, or a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// `_`: any value (not as a result).
    Any(Span),
    /// `unknown`: only as a result.
    Unknown(Span),
    /// `low|medium`: one of these.
    OneOf(Vec<Name>),
}

// Rules.

/// `rule convener-not-credible { … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub name: Name,
    /// `stage convening`, `stage convening only`.
    pub stage: Option<StageClause>,
    /// Its places in the source guide.
    pub cites: Vec<Citation>,
    /// `for …`.
    pub subject: Option<Subject>,
    /// `when { … }`.
    pub when: Option<Block>,
    /// `unless { … }`; several are alternatives.
    pub unless: Vec<Block>,
    /// `overrides a, b`.
    pub overrides: Vec<Name>,
    /// `qualifies …`.
    pub qualifies: Option<Qualifies>,
    /// `warn`, `recommend`, `encourage`, `note`.
    pub advice: Vec<Advice>,
    /// The whole item.
    pub span: Span,
}

/// `stage convening only`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageClause {
    /// The stage.
    pub stage: Name,
    /// Not shown once that stage is past.
    pub only: bool,
}

/// `for party p, other party q { … }`, `for two parties a, b`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Whether it is `two`: both of one entity, unordered.
    pub two: bool,
    /// The variables; with `other`, the row differs from every row of its entity before it.
    pub parameters: Vec<(bool, Parameter)>,
    /// Conditions on them.
    pub condition: Option<Block>,
}

/// `qualifies rules citing pit.* to low`, `qualifies some-rule, other-rule`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualifies {
    /// The rules by name.
    pub rules: Vec<Name>,
    /// The rules by their citations; a trailing `*` matches any rest.
    pub citing: Vec<Citation>,
    /// `to low`: the severity it softens to.
    pub to: Option<Name>,
}

/// One clause of advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Which kind.
    pub kind: AdviceKind,
    /// The text.
    pub text: Text,
    /// Where it stands.
    pub span: Span,
}

/// Which kind of advice a clause gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdviceKind {
    /// `warn RISK SEVERITY`.
    Warn(Name, Name),
    /// `recommend ACTION SEVERITY`.
    Recommend(Name, Name),
    /// `encourage`.
    Encourage,
    /// `note`.
    Note,
}

/// `ranking { stage partnership.stage  severity { critical 8 … }  timing { overdue 1.5 … } }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// The attribute that says how far the case has come.
    pub stage: Option<Path>,
    /// `severity`: weight by name, in millionths.
    pub severity: Vec<(Name, i64)>,
    /// `timing`: factor by name, in millionths.
    pub timing: Vec<(Name, i64)>,
    /// The whole item.
    pub span: Span,
}

// Examples.

/// `example "…" { given { … } expect … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What it shows.
    pub title: Text,
    /// `at 1985-12`: the date at which it is looked at.
    pub at: Option<Literal>,
    /// The facts.
    pub given: Vec<Given>,
    /// What is expected.
    pub expects: Vec<Expect>,
    /// The whole item.
    pub span: Span,
}

/// A statement of `given`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// `party gov { sector { state } key yes }`: a row of an entity.
    Row {
        /// The entity.
        entity: Name,
        /// The id of the row.
        id: Name,
        /// Its facts.
        facts: Vec<(Name, GivenValue)>,
    },
    /// `issue { crisis yes }`: the one row.
    One {
        /// The entity.
        entity: Name,
        /// Its facts.
        facts: Vec<(Name, GivenValue)>,
    },
    /// `credible(who don, to gov) high`.
    Tie(Call, GivenValue),
    /// `did organize-first`, `did organize-first for residents`; `did not …`.
    Did {
        /// Whether it was taken.
        taken: bool,
        /// The action.
        action: Name,
        /// For whom.
        subject: Option<Name>,
    },
    /// `complete party`: nobody else takes part.
    Complete(Name),
}

/// The value of a given fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenValue {
    /// `high`, `low or medium`: one of these.
    OneOf(Vec<Literal>),
    /// `at least medium`, `at most …`, `above …`, `below …`.
    Order(Order, Literal),
    /// `unknown`.
    Unknown(Span),
    /// `{ state market }`: exactly these members.
    Set(Vec<Name>, Span),
    /// `includes { money } excludes { labour }`: these in, those out, the rest unknown.
    Partial {
        /// In the set.
        includes: Vec<Name>,
        /// Outside the set.
        excludes: Vec<Name>,
        /// Where it stands.
        span: Span,
    },
    /// `says { ministry high  ngos low }`: disputed between parties.
    Says(Vec<(Name, GivenValue)>, Span),
}

/// `expect [no|open|provisional|contested|set aside] RULE [for a, b]`, `expect issue.diversity is high`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    /// About a rule.
    Rule {
        /// What is expected of it.
        status: ExpectStatus,
        /// The rule.
        rule: Name,
        /// The subject by row ids or member names; absent means for some subject (with `no`: for none).
        subject: Option<Vec<Name>>,
        /// Where it stands.
        span: Span,
    },
    /// About a derived attribute: `expect issue.diversity is high`, `expect party.gov.strength is low or medium`,
    /// `expect issue.diversity is unknown`.
    Value {
        /// `issue.diversity`, `party.gov.strength`, `sector.market.capacity`.
        path: Path,
        /// The possible values, exactly; empty means that every value is possible (`is unknown`).
        values: Vec<Name>,
        /// Where it stands.
        span: Span,
    },
}

/// What is expected of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectStatus {
    /// Nothing before the name: it fires.
    Fires,
    /// `no`: neither firing, provisional, contested nor open.
    No,
    /// `open`.
    Open,
    /// `provisional`.
    Provisional,
    /// `contested`.
    Contested,
    /// `set aside`.
    SetAside,
}
