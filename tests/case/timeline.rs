//! What holds at which date: events, their order, and the time in which rows are there.

use convener::case::{self, Filter, Moment};

use super::{at, good, said};

const CASE: &str = r#"
[case]
id = "immunization"
[[party]]
id = "ministry"
organized = "low"
resources = ["money"]
[[party]]
id = "unicef"
from = "approach"
until = "1990"
organized = "high"
[[event]]
id = "approach"
at = "1985-12"
known = 1986-02-01
set.partnership.stage = "convening"
set.credible.unicef.ministry = "high"
did = [{ action = "co-sponsor", for = "unicef" }]
[[event]]
id = "pledge"
at = "1985"
set.party.ministry.organized = "medium"
add.party.ministry.resources = ["relationships"]
[[event]]
id = "campaign"
after = "approach"
set.partnership.stage = "implementation"
remove.party.ministry.resources = ["money"]
set.sector.market.affected = "low"
[[event]]
id = "exit"
at = "1991-06"
set.party.ministry.organized = "none"
"#;

#[test]
fn an_event_is_seen_from_the_last_day_of_the_later_of_its_dates() {
    let stage = |moment: &str| said(&at(CASE, moment), "partnership.stage");
    assert_eq!(stage("1986-01"), "preconditions|convening|implementation");
    assert_eq!(stage("1986-01-31"), "preconditions|convening|implementation");
    assert_eq!(stage("1986-02-01"), "implementation");
    assert_eq!(stage("approach"), "convening");
    assert_eq!(stage("campaign"), "implementation");
    assert_eq!(stage("pledge"), "preconditions|convening|implementation");
    assert_eq!(stage(""), "implementation");
}

#[test]
fn sets_grow_and_shrink() {
    let resources = |moment: &str| said(&at(CASE, moment), "party.ministry.resources");
    assert_eq!(resources("1984"), "money -labour -relationships");
    assert_eq!(resources("pledge"), "money -labour relationships");
    assert_eq!(resources("campaign"), "-money -labour relationships");
    let text = "[case]\nid = \"w\"\n[[party]]\nid = \"ngos\"\n[[event]]\nid = \"a\"\nat = \"1985\"\n\
                add.party.ngos.resources = [\"money\"]\nremove.party.ngos.resources = [\"labour\"]\n";
    assert_eq!(said(&at(text, ""), "party.ngos.resources"), "money -labour ?relationships");
}

#[test]
fn rows_are_there_in_their_time() {
    let words = super::vocabulary::vocabulary();
    let party = words.find_entity("party").unwrap();
    let there = |moment: &str| at(CASE, moment).find_row(party, "unicef").is_some();
    assert!(!there("1984"));
    assert!(!there("pledge"));
    assert!(there("approach"));
    assert!(there("1990-12-30"));
    assert!(!there("1990"));
    assert!(!there(""));
    assert_eq!(said(&at(CASE, "1986-03"), "party.unicef.organized"), "high");
    assert_eq!(said(&at(CASE, "1986-03"), "party.unicef.co-sponsor"), "yes");
    assert_eq!(said(&at(CASE, "1986-03"), "credible.unicef.ministry"), "high");
}

#[test]
fn today_is_the_day_looked_at() {
    let today = |moment: &str| {
        let day = at(CASE, moment).today;
        day.map(|day| convener::value::date_of_day(day).unwrap().to_string()).unwrap_or_default()
    };
    assert_eq!(today("1984"), "1984-12-31");
    assert_eq!(today("pledge"), "1985-12-31");
    assert_eq!(today("approach"), "1986-02-01");
    assert_eq!(today("campaign"), "1986-02-01");
    assert_eq!(today(""), "1991-06-30");
    let undated = "[case]\nid = \"w\"\n[[event]]\nid = \"a\"\nset.issue.crisis = true\n\
                   [[event]]\nid = \"b\"\nafter = \"a\"\nset.issue.crisis = false\n";
    assert_eq!(at(undated, "").today, None);
    assert_eq!(said(&at(undated, "a"), "issue.crisis"), "yes");
    assert_eq!(said(&at(undated, ""), "issue.crisis"), "no");
    assert_eq!(said(&at(undated, "1985"), "issue.crisis"), "no");
}

#[test]
fn events_stand_in_the_order_in_which_they_are_seen() {
    let case = good(CASE);
    let ids: Vec<&str> = case.events.iter().map(|event| event.id.as_str()).collect();
    assert_eq!(ids, ["pledge", "approach", "campaign", "exit"]);
    let moment = case.moment("1986").unwrap();
    assert_eq!(case.last_event(&moment).unwrap().id, "pledge");
    assert_eq!(case.seen(&moment).last().unwrap().id, "campaign");
    assert_eq!(case.moment_of(0), case.moment("pledge").unwrap());
    assert_eq!(case.moment_of(9), case.end());
    assert_eq!(case.start(), Moment { today: None, seen: 0 });
}

#[test]
fn the_end_is_the_last_event_and_no_planned_end() {
    let row = "[case]\nid = \"w\"\n[[party]]\nid = \"ngos\"\nfrom = \"1984\"\nuntil = \"2090\"\n";
    let event = "[[event]]\nid = \"a\"\nat = \"1983\"\n";
    assert_eq!(good(row).end(), good(row).moment("1984").unwrap());
    let dated = good(&format!("{row}{event}"));
    assert_eq!(dated.end(), dated.moment("a").unwrap());
}

#[test]
fn what_was_known_late_does_not_overrule_what_happened_later() {
    let text = "[case]\nid = \"w\"\n[[event]]\nid = \"hidden\"\nat = \"1985\"\nknown = \"1990\"\n\
                set.issue.crisis = true\n[[event]]\nid = \"solved\"\nat = \"1987\"\nset.issue.crisis = false\n";
    let case = good(text);
    assert_eq!(case.last_event(&case.end()).unwrap().id, "solved");
    assert_eq!(said(&at(text, "1986"), "issue.crisis"), "no|yes");
    assert_eq!(said(&at(text, "1988"), "issue.crisis"), "no");
    assert_eq!(said(&at(text, "1990"), "issue.crisis"), "no");
}

#[test]
fn events_of_one_day_go_by_what_follows_what() {
    let text = "[case]\nid = \"w\"\n[[event]]\nid = \"a\"\nat = \"1985\"\nafter = \"b\"\n\
                set.partnership.stage = \"implementation\"\n[[event]]\nid = \"b\"\nat = \"1985-12\"\n\
                set.partnership.stage = \"convening\"\n";
    assert_eq!(said(&at(text, ""), "partnership.stage"), "implementation");
    assert_eq!(said(&at(text, "b"), "partnership.stage"), "convening");
}

#[test]
fn moments_that_are_none() {
    let case = good(CASE);
    let wrong = |text: &str| case.moment(text).unwrap_err();
    assert_eq!(
        wrong("aproach"),
        "`aproach` is neither a date nor an event of this case; did you mean `approach`? Write a \
         year, a month like `1985-06`, a day like `1985-06-30`, or an event: `approach`, \
         `pledge`, `campaign` or `exit`"
    );
    assert_eq!(wrong("1985-13"), "there is no such month as `1985-13`");
    assert_eq!(wrong("1985-02-30"), "there is no such day as `1985-02-30`");
    assert!(wrong("").starts_with("`` is neither"));
}

#[test]
fn looking_at_a_later_date_only_adds_events() {
    let case = good(CASE);
    let seen: Vec<usize> = ["1980", "1985", "1986", "1990", "1991-07"]
        .map(|date| case.moment(date).unwrap().seen)
        .to_vec();
    assert_eq!(seen, [0, 1, 3, 3, 4]);
    let words = super::vocabulary::vocabulary();
    let end = case::facts(&case, words, &case.end(), &Filter::default());
    assert_eq!(
        end.today,
        case::facts(&case, words, &case.moment("exit").unwrap(), &Filter::default()).today
    );
}
