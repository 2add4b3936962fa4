//! Interviews without a terminal: what is asked in which order, how answers are understood, where they are written, and that
//! what was answered can be taken back.

mod course;
mod voice;

use convener::case::{self, Format};
use convener::diagnostic::Diagnostics;
use convener::engine::Plan;
use convener::interview::{Interview, Note, Reply};
use convener::knowledge::KnowledgeBase;
use convener::report::{self, Options};
use convener::source::SourceId;

use crate::support::questions::{CASE, knowledge};

const NEW: &str = "[case]\nid = \"water\"\n";

/// Runs an interview over some lines, and gives what is to be seen and the text of the case file.
struct Run {
    screen: String,
    text: String,
    stopped: bool,
}

fn interview(text: &str, lines: &[&str]) -> Run {
    let kb: &KnowledgeBase = knowledge();
    let plan = Plan::new(kb);
    let mut diagnostics = Diagnostics::default();
    let case = case::read(SourceId(0), text, Format::Toml, kb, &mut diagnostics).expect(text);
    let mut interview = Interview::new((kb, &plan), text.to_owned(), case).unwrap();
    let options = Options { width: 80, ..Options::default() };
    let mut screen = report::interview::prompt(&interview.prompt(), &options);
    let mut stopped = false;
    for line in lines {
        let typed: String = line.chars().filter(char::is_ascii).collect();
        screen.push_str(&format!("> {}\n", typed.replace(char::is_control, "")));
        let notes = match interview.reply(line).unwrap() {
            Reply::Next(notes) | Reply::Again(notes) => notes,
            Reply::Stop => {
                stopped = true;
                break;
            }
        };
        for note in &notes {
            screen.push_str(&report::interview::note(note, &options));
        }
        let refused =
            !notes.is_empty() && notes.iter().all(|note| matches!(note, Note::Refused(_)));
        if !refused {
            screen.push_str(&report::interview::prompt(&interview.prompt(), &options));
        }
        let read = case::read(SourceId(0), interview.text(), Format::Toml, kb, &mut diagnostics);
        assert!(read.is_some(), "{}", interview.text());
    }
    screen.push_str(&report::interview::closing(interview.standing(), "water.toml", &options));
    Run { screen, text: interview.text().to_owned(), stopped }
}

/// The text after some lines.
fn written(text: &str, lines: &[&str]) -> String {
    interview(text, lines).text
}

#[test]
fn a_new_case_from_the_first_question_on() {
    let run = interview(
        NEW,
        &[
            "why?",
            "the ministry",
            "The Ministry",
            "NGOs",
            "are",
            "yes",
            "1",
            "why?",
            "yes",
            "hihg",
            "at least medium",
            "12 or so",
            "at most 20",
            "not now",
            "founder",
            "2",
            "don't know",
            "back",
            "stop",
        ],
    );
    assert!(run.stopped);
    insta::assert_snapshot!(format!("{}\n-----\n{}", run.screen, run.text));
}

#[test]
fn going_back_takes_every_answer_back() {
    let lines = ["a", "b", "1", "yes", "low", "1990", "no", "2 or 3", "don't know"];
    let mut texts = vec![NEW.to_owned()];
    for end in 1..=lines.len() {
        texts.push(written(NEW, &lines[..end]));
    }
    assert_ne!(texts[0], texts[lines.len()]);
    for back in 1..=lines.len() {
        let mut all = lines.to_vec();
        all.extend(std::iter::repeat_n("back", back));
        assert_eq!(written(NEW, &all), texts[lines.len() - back], "{back}");
    }
    let mut all = lines.to_vec();
    all.extend(["back"; 20]);
    let run = interview(NEW, &all);
    assert_eq!(run.text, NEW);
    assert!(run.screen.contains("This is the first question of this interview."));
}

#[test]
fn answers_are_understood_as_people_type_them() {
    let about = |path: &str, line: &str| {
        let about = format!("about {path}");
        let text = "[case]\nid = \"x\"\n[issue]\n[[party]]\nid = \"a\"\n[[party]]\nid = \"b\"\n";
        let new = written(text, &[&about, line]);
        let mut lines = new.lines().filter(|line| !text.contains(line));
        lines.find(|line| line.contains('=')).unwrap_or("nothing").to_owned()
    };
    for (path, line, wanted) in [
        ("issue.crisis", "y", "crisis = true"),
        ("issue.crisis", "2", "crisis = false"),
        ("issue.size", "MEDIUM", "size = \"medium\""),
        ("issue.size", "med", "size = \"medium\""),
        ("issue.size", "at least 3", "size = { at_least = \"medium\" }"),
        ("issue.size", "more than low", "size = { at_least = \"medium\" }"),
        ("issue.size", "below low", "size = \"none\""),
        ("issue.size", "low to medium", "size = { at_least = \"low\", at_most = \"medium\" }"),
        ("issue.size", "none or high", "size = { one_of = [\"none\", \"high\"] }"),
        ("issue.size", "not 1", "size = { at_least = \"low\" }"),
        ("issue.size", "above high", "nothing"),
        ("issue.size", "5", "nothing"),
        ("issue.size", "1 to 4", "nothing"),
        ("issue.size", "don’t know", "size = \"unknown\""),
        ("party.a.staff", "12", "staff = 12"),
        ("party.a.staff", "more than 12", "staff = { above = 12 }"),
        ("party.a.staff", "between 5 and 9.5", "staff = { at_least = 5, at_most = 9.5 }"),
        ("party.a.staff", "many", "nothing"),
        ("party.a.joined", "1985", "joined = \"1985\""),
        ("party.a.joined", "before 1990", "joined = { at_most = \"1989-12-31\" }"),
        (
            "party.a.joined",
            "1985-06 to 1986",
            "joined = { at_least = \"1985-06-01\", at_most = \"1986-12-31\" }",
        ),
        ("party.a.weaknesses", "none", "weaknesses = []"),
        ("party.a.weaknesses", "only a founder's hold", "weaknesses = [\"founder\"]"),
        ("party.a.weaknesses", "at least 1", "weaknesses = { includes = [\"inertia\"] }"),
        ("party.a.weaknesses", "not inertia", "weaknesses = { excludes = [\"inertia\"] }"),
        ("party.a.weaknesses", "1 2", "nothing"),
        ("trust.a.b", "high", "a.b = \"high\""),
        ("did.hire", "yes", "did = [\"hire\"]"),
        ("did.hire.a", "no", "did_not = [{ action = \"hire\", for = \"a\" }]"),
        ("did.hire", "don't know", "nothing"),
    ] {
        assert_eq!(about(path, line), wanted, "{path}: {line}");
    }
}

#[test]
fn who_speaks_is_written_and_two_who_differ_make_a_dispute() {
    let text = "[case]\nid = \"x\"\n[[party]]\nid = \"a\"\nname = \"the bank\"\nkey = true\norganized = \"low\"\nstaff = 3\n";
    let new = written(
        text,
        &["source The mayor", "about issue.size", "high", "source", "2", "about issue.size", "low"],
    );
    assert!(
        new.contains("the-mayor = { title = \"The mayor\", evidence = \"reported\" }")
            || new.contains("mayor = { title"),
        "{new}"
    );
    assert!(new.contains("size = { says = { a = \"low\", mayor = \"high\" } }"), "{new}");
    assert!(new.contains("a = { title = \"the bank\", evidence = \"reported\" }"), "{new}");
    // A third voice joins, the same one again replaces its own, and nobody in particular settles it.
    let third =
        written(&new, &["source Radio", "about issue.size", "none", "about issue.size", "2"]);
    assert!(
        third.contains("size = { says = { a = \"low\", mayor = \"high\", radio = \"low\" } }"),
        "{third}"
    );
    let settled = written(&third, &["about issue.size", "2"]);
    assert!(settled.contains("size = \"low\""), "{settled}");
}

#[test]
fn where_a_case_has_a_source_answers_do_not_pass_for_its_words() {
    let text = "[case]\nid = \"x\"\nsource = \"book\"\n[sources]\nbook = { title = \"A book\" }\n[issue]\nsize = { at_least = \"low\", note = \"a guess\" } # see there\n";
    let new = written(text, &["about issue.size", "high"]);
    assert!(
        new.contains(
            "size = { is = \"high\", source = \"interview\", note = \"a guess\" } # see there"
        ),
        "{new}"
    );
    assert!(
        new.contains("interview = { title = \"An interview\", evidence = \"reported\" }"),
        "{new}"
    );
}

#[test]
fn what_is_known_in_part_is_made_closer_and_never_lost() {
    let text = "[case]\nid = \"x\"\n[[party]]\nid = \"a\"\nkey = true\nstaff = { at_least = 5 }\nweaknesses = { includes = [\"founder\"] }\n";
    let new =
        written(text, &["about party.a.staff", "at most 20", "about party.a.weaknesses", "not 1"]);
    assert!(new.contains("staff = { at_least = 5, at_most = 20 }"), "{new}");
    assert!(new.contains("weaknesses = [\"founder\"]"), "{new}");
    assert_eq!(written(text, &["about party.a.staff", "don't know"]), text);
}

#[test]
fn answers_hold_at_the_end_of_a_case_with_events() {
    let run = interview(CASE, &["about issue.size", "high"]);
    assert!(
        run.text.contains("size = \"high\""),
        "what the file states is stated anew: {}",
        run.text
    );
    let lines = ["about party.ngos.organized", "low", "2", "about party.ngos.staff", "7"];
    let new = written(CASE, &lines);
    assert!(
        new.contains(
            "title = \"Donors come\"\nset.party.ngos.organized = \"low\"\nset.party.ngos.staff = 7"
        ),
        "{new}"
    );
    let lines =
        ["since 1993-05", "about party.ngos.organized", "low", "about party.ngos.staff", "7"];
    let new = written(CASE, &lines);
    assert!(new.contains("[[event]]\nid = \"since-1993-05\"\nat = \"1993-05\"\ntitle = \"What holds since 1993-05\"\nset.party.ngos.organized = \"low\"\nset.party.ngos.staff = 7"), "{new}");
    let new = written(CASE, &["about party.ngos.organized", "low", "from the start"]);
    assert!(new.contains("key = true\norganized = \"low\""), "{new}");
    let asked = interview(CASE, &["about party.ngos.organized", "low", "soon"]);
    assert!(asked.screen.contains("Type 1, 2, or a date"), "{}", asked.screen);
    // What an event adds to a list is replaced there.
    let added = format!(
        "{CASE}\n[[event]]\nid = \"more\"\nat = \"1996\"\nadd.party.fund.weaknesses = [\"inertia\"] # seen\n"
    );
    let new = written(&added, &["about party.fund.weaknesses", "none"]);
    assert!(new.contains("set.party.fund.weaknesses = [] # seen"), "{new}");
}

#[test]
fn what_is_left_for_later_comes_up_again_and_then_it_is_over() {
    let text = "[case]\nid = \"x\"\ncomplete = [\"party\"]\n[partnership]\nstage = \"convening\"\n[issue]\ncrisis = false\n[[party]]\nid = \"a\"\nkey = true\nstaff = 20\njoined = \"1970\"\n";
    let mut lines = vec!["not now"; 12];
    let run = interview(text, &lines);
    assert!(run.screen.contains("left for later"), "{}", run.screen);
    assert_eq!(run.screen.matches("How well can a act as one?").count(), 1);
    lines.extend(["2", "1", "high"]);
    let run = interview(text, &lines);
    assert!(run.screen.contains("Type `stop`"), "{}", run.screen);
    assert_eq!(run.screen.matches("How well can a act as one?").count(), 2);
    assert!(run.text.contains("organized = \"high\""), "{}", run.text);
}

#[test]
fn nothing_that_is_typed_harms_the_file_or_the_terminal() {
    let odd = "\u{1b}[2J\"]\n[x]\u{202e} 水 \\";
    let run = interview(NEW, &[odd, "source \u{7}\"x\" = 1 \u{1b}]0;t\u{7}", "2", "yes"]);
    assert!(
        !run.screen.contains('\u{1b}')
            && !run.screen.contains('\u{7}')
            && !run.screen.contains('\u{202e}')
    );
    for line in [
        "",
        " ",
        "about",
        "about x",
        "about issue.size=3",
        "about party.*.key",
        "source",
        "since",
        "add x",
        "0",
        "99",
        "?",
        "{",
        "at least",
        "not",
        "one of",
        "=",
        "back",
    ] {
        let run = interview(CASE, &["about issue.size", line]);
        assert!(run.text == CASE, "{line}: {}", run.text);
    }
}
