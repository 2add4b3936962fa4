//! A small case with a timeline and an outcome, over rules of its own: for replays and evaluations that must come out exactly.

use convener::case::outcome::{self, Outcome};
use convener::case::{self, Beside, Case, Format};
use convener::diagnostic::Diagnostics;
use convener::knowledge::KnowledgeBase;
use convener::source::SourceMap;

/// Rules on three risks.
pub(crate) const RULES: &str = r#"
    scale stage { start "starting"  work "working together" }
    scale level { low medium high }
    enum sector { state "government"  market "business" }
    one partnership "it" { stage stage  conflict level  since date }
    entity party "a party" { weak yes_no  angry yes_no  key yes_no default no  sector sector }
    risk no-voice  "A side has no voice"
    risk exit      "A partner leaves"
    risk tired     "The partners tire"
    action organize "Help the weak to organize"
    action mediate  "Name a mediator"
    rule weak-side {
      stage     start
      cites     s1.a
      for       party p { p.weak }
      unless    { p.key }
      warn      no-voice high "{p} {p: has|have} no voice."
      recommend organize high "Help {p} organize."
    }
    rule angry-side {
      stage     work
      cites     pit.a
      for       party p { p.angry }
      warn      exit medium "{p} may leave."
      recommend mediate medium "Find somebody whom {p} {p: trusts|trust}."
    }
    rule quarrel {
      stage  work
      cites  pit.b
      when   { partnership.conflict is high }
      warn   exit critical "The quarrel is open."
    }
    rule long-way {
      when { years since partnership.since at least 5 }
      warn tired low "It has gone on for years."
    }
    ranking { stage partnership.stage severity { critical 8 high 4 medium 2 low 1 } timing { overdue 1.5 now 1 next 0.5 later 0.25 } }
"#;

/// A case of six years.
pub(crate) const CASE: &str = r#"
[case]
id = "well"
title = "A <well> & a pump"
source = "study"
[sources]
study = { title = "A study" }
talks = { title = "Talks", evidence = "reported" }
[partnership]
stage = "start"
since = "1980"
[[party]]
id = "users"
name = "the users"
plural = true
sector = "market"
weak = true
[[party]]
id = "bank"
name = "the bank"
sector = "state"
angry = false
[[event]]
id = "begin"
at = "1980"
title = "It begins"
[[event]]
id = "organizes"
at = "1982-05"
title = "The users organize"
source = "talks"
set.party.users.weak = false
did = [{ action = "organize", for = "users" }]
[[event]]
id = "pause"
at = "1983"
title = "Nothing happens"
[[event]]
id = "quarrel"
at = "1984"
title = "They quarrel <loudly>"
set.partnership.stage = "work"
set.party.bank.angry = true
[[event]]
id = "worse"
at = "1985"
title = "The quarrel is open"
set.partnership.conflict = "high"
[[event]]
id = "calm"
at = "1986-07-01"
title = "Nobody knows any more"
set.partnership.conflict = "unknown"
set.party.bank.angry = false
"#;

/// What came of it.
pub(crate) const OUTCOME: &str = r#"
[outcome]
case = "well"
observed_until = "1990"
source = "study"
[[risk]]
id = "exit"
at = "1986-01-01"
for = "bank"
happened = true
[[risk]]
id = "no-voice"
at = "1981"
for = "bank"
happened = true
[[risk]]
id = "no-voice"
for = "users"
happened = false
[[risk]]
id = "tired"
at = "1983"
happened = false
[[risk]]
id = "tired"
at = "1990"
happened = "unknown"
[[risk]]
id = "exit"
at = "1980-06"
for = "users"
happened = true
[[action]]
id = "organize"
for = "users"
at = "1982-05"
result = "worked"
[[action]]
id = "mediate"
for = "users"
at = "1986"
result = "failed"
"#;

/// The rules, compiled.
pub(crate) fn knowledge() -> KnowledgeBase {
    let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
    let compiled = super::compile("", RULES, &mut sources, &mut diagnostics);
    assert_eq!(super::shown(&diagnostics, &sources), "no problem");
    compiled.unwrap()
}

/// A case, read without a word of complaint.
pub(crate) fn read(kb: &KnowledgeBase, text: &str) -> Case {
    let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
    let source = sources.add("well.toml", text);
    let case = case::read(source, text, Format::Toml, kb, &mut diagnostics);
    assert_eq!(super::shown(&diagnostics, &sources), "no problem");
    case.unwrap()
}

/// What came of a case, likewise.
pub(crate) fn came_of(kb: &KnowledgeBase, case: &Case, text: &str) -> Outcome {
    let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
    let source = sources.add("well.outcome.toml", text);
    let beside = Beside { source, text, case, knowledge: kb };
    let read = outcome::read(beside, &mut diagnostics);
    assert_eq!(super::shown(&diagnostics, &sources), "no problem");
    read.unwrap()
}
