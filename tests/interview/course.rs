//! The course of an interview: the order of the questions, going back to an earlier answer, and words that are no names.

use convener::case::edit::id_of;

use super::{NEW, interview, written};

fn words(screen: &str) -> String {
    screen.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn rows_are_asked_about_in_the_order_in_which_they_were_named() {
    let run = interview(NEW, &["the zoo", "the bank", "1"]);
    assert!(run.screen.contains("So far: the zoo and the bank."), "{}", run.screen);
    let [zoo, bank] = ["(party.zoo.key)", "(party.bank.key)"].map(|path| run.screen.find(path));
    assert!(zoo.is_some() && bank.is_none(), "{}", run.screen);
}

#[test]
fn words_to_the_interview_name_nobody_and_one_alone_is_told() {
    for word in ["clear", "I do not know", "Done", "help"] {
        let run = interview(NEW, &["the mayor", word]);
        assert_eq!(run.text.matches("[[party]]").count(), 1, "{word}: {}", run.text);
    }
    let one = words(&interview(NEW, &["the mayor", "nobody"]).screen);
    assert!(one.contains("Nobody but the mayor takes part, then"), "{one}");
    let two = words(&interview(NEW, &["the mayor", "the bank", "nobody"]).screen);
    assert!(!two.contains("takes part, then"), "{two}");
}

#[test]
fn letters_with_accents_stay_in_ids() {
    for (name, id) in [
        ("Sóller", "soller"),
        ("Südwasser", "sudwasser"),
        ("Straße", "strasse"),
        ("the Łódź Board", "lodz-board"),
        ("…", "party"),
    ] {
        assert_eq!(id_of(name, "party", |_| false), id, "{name}");
    }
}

#[test]
fn an_earlier_answer_is_found_without_its_path() {
    let lines = ["the mayor", "the bank", "1", "yes", "low", "about"];
    let run = interview(NEW, &lines);
    let screen = words(&run.screen);
    assert!(screen.contains("about 1 party.mayor.key: yes"), "{screen}");
    assert!(screen.contains("about 2 party.mayor.organized: low"), "{screen}");
    let new = written(NEW, &[lines.as_slice(), &["about 2", "high"]].concat());
    assert!(new.contains("organized = \"high\"") && !new.contains("\"low\""), "{new}");
    let none = words(&interview(NEW, &["about"]).screen);
    assert!(none.contains("Nothing was answered in this interview so far."), "{none}");

    let below = words(&interview(NEW, &["about issue"]).screen);
    assert!(below.contains("There are: issue.crisis, issue.size."), "{below}");
    let near = words(&interview(NEW, &["about issue.siez"]).screen);
    assert!(near.contains("did you mean `size`?"), "{near}");
}

#[test]
fn a_date_written_otherwise_is_told_how_to_write() {
    let text = "[case]\nid = \"x\"\n[[party]]\nid = \"a\"\n";
    let said = words(&interview(text, &["about party.a.joined", "31.12.1995"]).screen);
    assert!(said.contains("“31.12.1995” is no date: write `1995-12-31`."), "{said}");
    let said = words(&interview(text, &["about party.a.joined", "soon"]).screen);
    assert!(said.contains("is no date: type a year"), "{said}");
}

#[test]
fn why_says_once_that_nothing_changes_and_not_to_know_leaves_a_list_open() {
    let text = "[case]\nid = \"x\"\n[[party]]\nid = \"a\"\n";
    let screen = words(&interview(text, &["about party.a.joined", "why?"]).screen);
    assert_eq!(screen.matches("together with other answers it may").count(), 1, "{screen}");
    assert!(!screen.contains("What the answers would change now"), "{screen}");
    let new = written(text, &["about party.a.weaknesses", "1", "dont know"]);
    assert!(new.contains("weaknesses = { includes = [\"inertia\"] }"), "{new}");
    let help = words(&interview(NEW, &["help"]).screen);
    assert!(help.contains("`skip`") && help.contains("`quit`") && help.contains("`?`"), "{help}");
}
