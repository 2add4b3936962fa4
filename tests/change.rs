//! Changes of facts: what each way of writing one makes of a case, and what is said of those that are wrong.

use convener::change::changed;
use convener::facts::Facts;
use convener::proof::{Fact, View};

use crate::support::questions::{self, CASE, infer, knowledge};

/// What a fact is, by its path: every fact that the case has is looked through.
fn value(facts: &Facts, path: &str) -> String {
    let (kb, model) = (knowledge(), infer(facts));
    let view = View { kb, facts, model: &model };
    let mut all = Vec::new();
    for at in 0..kb.vocabulary.attributes.len() {
        let id = convener::knowledge::AttributeId(at);
        all.extend((0..facts.cells.of(id).len()).map(|row| Fact::Attribute(id, row)));
    }
    for at in 0..kb.vocabulary.relations.len() {
        let id = convener::knowledge::RelationId(at);
        let rows = facts.rows(kb.vocabulary.relation(id).entities[0]).list.len();
        all.extend((0..rows).flat_map(|a| (0..rows).map(move |b| Fact::Relation(id, a, b))));
    }
    let fact = all.into_iter().find(|fact| view.path(*fact) == path).unwrap();
    view.describe(fact).value
}

#[track_caller]
fn check(setting: &str, path: &str, expected: &str) {
    assert_eq!(value(&questions::changed(&[setting]), path), expected, "{setting}");
}

#[test]
fn values_are_written_in_words_or_as_in_a_case() {
    let organized = "party.ngos.organized";
    check("party.ngos.organized=medium", organized, "medium");
    check("party.ngos.organized = \"medium\"", organized, "medium");
    check("party.ngos.organized=at least medium", organized, "medium or high");
    check("party.ngos.organized=below medium", organized, "none or low");
    check("party.ngos.organized=at least low and below high", organized, "low or medium");
    check("party.ngos.organized=one of none, high", organized, "none or high");
    check("party.ngos.organized={ at_most = \"low\" }", organized, "none or low");
    check("party.ngos.organized=unknown", organized, "not known");
    for yes in ["yes", "true", "\"yes\""] {
        check(&format!("party.fund.key={yes}"), "party.fund.key", "yes");
    }
    check("party.ngos.key=false", "party.ngos.key", "no");
    check("party.ngos.staff=12.5", "party.ngos.staff", "12.5");
    check("party.ngos.staff=below 10 and at least 2", "party.ngos.staff", "2 to 9.999999");
    check("party.ngos.joined=1985-06", "party.ngos.joined", "1985-06");
    check("party.ngos.joined=at most 1985", "party.ngos.joined", "at most 1985-12-31");
    check("trust.ministry.ngos=low", "trust.ministry.ngos", "low");
    check("issue.crisis=yes", "issue.crisis", "yes");
}

#[test]
fn values_are_taken_in_the_words_that_questions_show() {
    let path = "party.fund.weaknesses";
    check("party.fund.weaknesses=a founder's hold", path, "a founder's hold");
    check("party.fund.weaknesses=inertia, A founder's hold", path, "inertia and a founder's hold");
    check("party.fund.weaknesses=excludes a founder's hold", path, &value_of_out());
}

/// The same in the word of the vocabulary.
fn value_of_out() -> String {
    value(&questions::changed(&["party.fund.weaknesses=excludes founder"]), "party.fund.weaknesses")
}

#[test]
fn sets_are_lists_or_what_goes_in_and_out() {
    let path = "party.fund.weaknesses";
    check("party.fund.weaknesses=inertia", path, "inertia");
    check("party.fund.weaknesses=inertia, founder", path, "inertia and a founder's hold");
    check("party.fund.weaknesses=[\"inertia\"]", path, "inertia");
    check("party.fund.weaknesses=[]", path, "none");
    check("party.fund.weaknesses+=inertia", path, "inertia and a founder's hold");
    check("party.fund.weaknesses-=founder", path, "perhaps inertia");
    check("party.fund.weaknesses=excludes inertia", path, "perhaps a founder's hold");
}

#[test]
fn what_is_unset_is_as_if_never_said() {
    check("unset party.ministry.key", "party.ministry.key", "no");
    check("unset party.ministry.organized", "party.ministry.organized", "not known");
    check("unset trust.ngos.ministry", "trust.ngos.ministry", "not known");
    check("party.ministry.key=unknown", "party.ministry.key", "not known");
}

#[test]
fn actions_and_lists_have_paths_too() {
    let one = questions::changed(&["did.organize.ngos=yes"]);
    assert_eq!(value(&one, "did.organize.ngos"), "yes");
    assert_eq!(value(&one, "did.organize"), "yes");
    assert_eq!(value(&one, "did.organize.ministry"), "not known");
    let all = questions::changed(&["did.organize=no"]);
    assert_eq!(value(&all, "did.organize.ministry"), "no");
    let party = knowledge().vocabulary.find_entity("party").unwrap();
    assert!(questions::changed(&["complete.party=yes"]).rows(party).complete);
    assert!(!questions::changed(&["unset complete.party"]).rows(party).complete);
}

#[test]
fn an_added_row_leaves_the_others_what_they_are() {
    let facts = questions::changed(&["add party.hospital:The hospital", "party.hospital.key=yes"]);
    let party = knowledge().vocabulary.find_entity("party").unwrap();
    let ids: Vec<&str> = facts.rows(party).list.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["fund", "hospital", "ministry", "ngos"]);
    assert_eq!(value(&facts, "party.hospital.key"), "yes");
    assert_eq!(value(&facts, "party.hospital.organized"), "not known");
    assert_eq!(value(&facts, "party.ministry.staff"), "at least 5");
    assert_eq!(value(&facts, "trust.ngos.ministry"), "high");
    assert_eq!(value(&facts, "trust.hospital.ministry"), "not known");
}

#[test]
fn a_file_has_the_shape_of_a_case_or_of_an_event() {
    let file = "complete = [\"party\"]\ndid = [{ action = \"hire\", for = \"ngos\" }]\n\
                [issue]\ncrisis = true\n\
                [set.party.ngos]\nstaff = 3\n\
                [add.party.fund]\nweaknesses = [\"inertia\"]\n\
                [trust]\nministry.ngos = { at_most = \"low\" }\n\
                [[party]]\nid = \"bank\"\nname = \"The bank\"\nkey = true\n\
                [[party]]\nid = \"ngos\"\norganized = \"high\"\n";
    let facts = questions::changed(&[file]);
    let expected = [
        ("issue.crisis", "yes"),
        ("party.ngos.staff", "3"),
        ("party.fund.weaknesses", "inertia and a founder's hold"),
        ("trust.ministry.ngos", "none or low"),
        ("party.bank.key", "yes"),
        ("party.ngos.organized", "high"),
        ("did.hire.ngos", "yes"),
    ];
    for (path, expected) in expected {
        assert_eq!(value(&facts, path), expected, "{path}");
    }
}

#[test]
fn no_change_changes_nothing() {
    let (_, facts) = questions::read(CASE);
    let same = changed(&knowledge().vocabulary, &facts, &[]);
    assert_eq!((&same.cells, &same.ties), (&facts.cells, &facts.ties));
}

#[test]
fn what_is_wrong_is_said_exactly() {
    let wrong = [
        ("party.ngo.key=yes", "the case lists no party `ngo`", "did you mean `ngos`?"),
        ("party.donors.key=yes", "`donors` is not there at the time looked at", "--at"),
        ("party.ngos.organised=low", "`organised` is not a fact of `party`", "`organized`"),
        ("party.ngos.organized=hihg", "`organized` cannot be `hihg`", "did you mean `high`?"),
        ("party.ngos.staff=many", "`many` is not a number", "write it in digits"),
        ("party.ngos.joined=soon", "`soon` is not a date", "write a year"),
        ("party.ngos=low", "`party.ngos` does not name one fact", "`party.ID.FACT`"),
        ("issue.crisis.now=yes", "`issue.crisis.now` does not name one fact", "`issue.FACT`"),
        ("trust.ngos=low", "`trust.ngos` does not name one fact", "`who` first and then `to`"),
        ("trust.ngos.ngos=low", "`trust` is between two", "name the other one"),
        ("isue.crisis=yes", "the rules know nothing called `isue`", "did you mean `issue`?"),
        ("issue.crisis", "does not say what is to be what", "PATH=VALUE"),
        ("=yes", "does not say what is to be what", "PATH=VALUE"),
        ("did.organise=yes", "the rules know no action `organise`", "did you mean `organize`?"),
        ("did=yes", "`did=yes` names no action", "did.ACTION"),
        ("party.ngos.staff={ at_least = ", "cannot be read as TOML", "closing `}`"),
        ("party.ngos.organized+=low", "`organized` is one value", "use `set`"),
        ("complete.partys=yes", "a case has no list of `partys`", "did you mean `party`?"),
        ("add party.ngos", "the case lists a party `ngos` already", "another id"),
        ("add party.The Bank", "`The Bank` cannot be an id", "`the-bank`"),
        ("add bank", "`bank` names no row", "party.water-board"),
        ("add party.bank:", "the name after the colon is blank", "leave the colon out"),
        ("unset party.ngos.kee", "`kee` is not a fact of `party`", "did you mean `key`?"),
        ("[[party]]\nid = \"ngos\"\nname = \"Others\"\n", "how `ngos` is called", "leave this out"),
        ("[[party]]\nname = \"Others\"\n", "has no `id`", "add `id"),
        ("[case]\nid = \"x\"\n", "the rules know nothing called `case`", "known here"),
    ];
    for (setting, message, help) in wrong {
        let said = questions::changes(&[setting]).unwrap_err();
        assert!(said.contains(message) && said.contains(help), "{setting}\n{said}");
        assert!(said.contains("--> set:"), "{setting} has no place\n{said}");
    }
}

#[test]
fn two_settings_of_one_fact_have_to_agree() {
    let said = questions::changes(&["issue.crisis=yes", "issue.crisis=no"]).unwrap_err();
    assert!(said.contains("`crisis` of `issue` is stated in two ways"), "{said}");
    assert!(questions::changes(&["issue.crisis=yes", "issue.crisis=true"]).is_ok());
}
