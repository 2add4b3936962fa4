//! What of a guide a pack accounts for, and what becomes of its rules over cases and examples.

use convener::case::{self, Case, Format};
use convener::coverage::{self, Account};
use convener::diagnostic::Diagnostics;
use convener::engine::Limits;
use convener::knowledge::KnowledgeBase;
use convener::report::{self, Options};
use convener::source::SourceMap;

use crate::support;

const RULES: &str = r#"
    scale level { low  high { cites pit.a } }
    entity party "a party" {
      key    yes_no
      power  level
      voice  level
    }
    one issue "the issue" { crisis yes_no }
    derive issue.heat level by issue.crisis, issue.quarrel {
      cites s1.a
      yes _    -> high
      no  yes  -> high
      no  no   -> low
    }
    derive issue.quarrel yes_no {
      yes when { some party p { p.power is high } }
      no otherwise
    }
    derive strength of party p level { low when { p.voice is low } high otherwise }
    derive issue.top level { highest p.voice of party p }
    rule key-party {
      cites  s1.a
      for    party p { p.key }
      unless { issue.crisis }
      note   "{p} is needed."
    }
    rule weak-party {
      for  party p { p.power is low }
      note "{p} is weak."
    }
    rule strong-party {
      for  party p { p.power is high  not p.key }
      note "{p} is strong."
    }
    rule crisis {
      overrides quiet
      when { issue.crisis }
      note "There is a crisis."
    }
    rule quiet {
      when { not issue.crisis }
      note "There is time."
    }
    declines pit.b "It tells of one country."
    example "a party that is needed" {
      given { party a { key yes power low } issue { crisis no } }
      expect key-party for a
      expect no strong-party
      expect weak-party
      expect no crisis
    }
    example "a strong party" {
      given { party a { power high } }
      expect issue.quarrel is yes
      expect no weak-party
      expect no key-party for a
      expect party.a.strength is unknown
    }
    example "no quarrel" {
      given { complete party issue { crisis no } }
      expect issue.heat is low
      expect no quiet
    }
    example "a crisis that is stated" {
      given { issue { crisis yes heat high } }
      expect issue.heat is high
      expect issue.top is unknown
      expect crisis
    }
"#;

const CASE: &str = r#"
[case]
id = "well"
title = "A well"
cites = ["s1.a"]
[[party]]
id = "users"
key = true
power = "low"
[[event]]
id = "flood"
at = 1980
cites = ["s1.b"]
[event.set.issue]
crisis = true
[[event]]
id = "calm"
at = 1985
[event.set.issue]
crisis = false
[event.set.party.users]
power = "high"
"#;

fn knowledge(sources: &mut SourceMap) -> KnowledgeBase {
    let mut diagnostics = Diagnostics::default();
    let kb = support::compile("", RULES, sources, &mut diagnostics);
    kb.unwrap_or_else(|| panic!("{}", support::shown(&diagnostics, sources)))
}

fn case(kb: &KnowledgeBase, sources: &mut SourceMap) -> Case {
    let mut diagnostics = Diagnostics::default();
    let source = sources.add("well.toml", CASE);
    let case = case::read(source, CASE, Format::Toml, kb, &mut diagnostics);
    case.unwrap_or_else(|| panic!("{}", support::shown(&diagnostics, sources)))
}

fn options() -> Options {
    Options { width: 80, ..Options::default() }
}

#[test]
fn every_passage_stands_with_what_accounts_for_it() {
    let mut sources = SourceMap::default();
    let kb = knowledge(&mut sources);
    let case = case(&kb, &mut sources);
    let alone = coverage::guide(&kb, &[]);
    let accounts: Vec<Account> = alone.passages().map(coverage::Passage::account).collect();
    assert_eq!(accounts, [Account::Said, Account::Declined, Account::Runs, Account::Missing]);
    insta::assert_snapshot!("guide_missing", report::coverage::guide(&alone, &options()));
    let whole = coverage::guide(&kb, &[case]);
    assert_eq!((whole.count(Account::Case), whole.count(Account::Missing)), (1, 0));
    insta::assert_snapshot!("guide_whole", report::coverage::guide(&whole, &options()));
    insta::assert_snapshot!("guide_markdown", report::coverage::guide_markdown(&alone));
    insta::assert_snapshot!("guide_json", report::coverage::guide_json(&whole, &sources));
}

#[test]
fn every_rule_is_counted_at_every_point_and_in_every_example() {
    let mut sources = SourceMap::default();
    let kb = knowledge(&mut sources);
    let case = case(&kb, &mut sources);
    let rules = coverage::rules(&kb, &[case], Limits::default()).unwrap();
    assert_eq!(
        (rules.cases, rules.points),
        (1, 3),
        "the start and both events; the end is the last"
    );
    let points = |name: &str| rules.rules.iter().find(|rule| rule.name == name).unwrap().points;
    assert_eq!((points("crisis").fires, points("crisis").open, points("crisis").silent), (1, 1, 1));
    assert_eq!((points("quiet").fires, points("quiet").open, points("quiet").silent), (1, 1, 1));
    assert_eq!((points("key-party").fires, points("key-party").provisional), (1, 1));
    let reached: Vec<(&str, Vec<bool>)> = rules
        .derived
        .iter()
        .map(|one| (one.path.as_str(), one.branches.iter().map(|it| it.reached).collect()))
        .collect();
    assert_eq!(
        reached,
        [
            ("issue.heat", vec![false, false, true]),
            ("issue.quarrel", vec![true, false]),
            ("party.strength", vec![true, true]),
            ("issue.top", vec![true]),
        ],
    );
    insta::assert_snapshot!("rules", report::coverage::rules(&rules, &sources, &options()));
    let narrow = Options { width: 40, ..Options::default() };
    let narrow = report::coverage::rules(&rules, &sources, &narrow);
    assert!(narrow.lines().all(|line| line.chars().count() <= 60), "{narrow}");
    insta::assert_snapshot!("rules_markdown", report::coverage::rules_markdown(&rules, &sources));
    insta::assert_snapshot!("rules_json", report::coverage::rules_json(&rules, &sources));
    let examples = coverage::rules(&kb, &[], Limits::default()).unwrap();
    let examples = report::coverage::rules(&examples, &sources, &options());
    insta::assert_snapshot!("rules_without_cases", examples);
}

#[test]
fn a_pack_may_cite_what_the_one_below_declines() {
    let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
    let mut pack = |name: &str, text: &str| {
        let source = sources.add(name, text);
        support::pack(source, text, &mut diagnostics)
    };
    let below = pack("below.rules", "declines s1.a \"It tells of one country.\"");
    let mut above = pack(
        "above.rules",
        "rule begin { cites s1.a note \"Begin.\" } declines s1.b \"Another time.\"",
    );
    above.passages.clear();
    let kb = convener::compile::compile(&[below, above], &mut diagnostics);
    let kb = kb.unwrap_or_else(|| panic!("{}", support::shown(&diagnostics, &sources)));
    let guide = coverage::guide(&kb, &[]);
    let [carried] = guide.passages().filter(|it| it.id == "s1.a").collect::<Vec<_>>()[..] else {
        panic!("one passage")
    };
    assert_eq!(carried.account(), Account::Runs);
    assert!(carried.declined.is_some());
    assert_eq!(guide.count(Account::Declined), 1);
}
