//! What an interview does not lose: what was half told, what others said, what is contested; and that its counts work out.

use super::{NEW, interview, written};
use crate::support::questions::CASE;

#[test]
fn what_is_half_told_is_taken_up_again_after_another_question() {
    let lines = ["the mayor", "residents", "about issue.size", "high", "are", "1"];
    let run = interview(NEW, &lines);
    assert_eq!(run.screen.matches("How does one say it?").count(), 2, "{}", run.screen);
    assert!(run.text.contains("name = \"residents\"\nplural = true"), "{}", run.text);
    assert!(run.text.contains("size = \"high\""), "{}", run.text);

    let text = format!("{NEW}[[party]]\nid = \"a\"\n");
    let lines = ["about party.a.weaknesses", "1", "source", "about issue.size", "low", "1"];
    let new = written(&text, &lines);
    assert!(new.contains("weaknesses = [\"inertia\"]") && new.contains("size = \"low\""), "{new}");
}

#[test]
fn a_menu_takes_its_words_as_well_as_its_numbers() {
    for words in ["nobody in particular", "Nobody in particular", "nobody"] {
        for lines in [vec![format!("source {words}")], vec!["source".to_owned(), words.to_owned()]]
        {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let lines = [&lines, ["about issue.size", "high"].as_slice()].concat();
            let new = written(&CASE.replace("size = \"unknown\"", ""), &lines);
            assert!(!new.contains("obody"), "{words}: {new}");
        }
    }
    for (line, wanted) in [
        ("nobody else: the list is complete", "complete = [\"party\"]"),
        ("NGOs are …", "plural = true"),
        ("NGOs are", "plural = true"),
    ] {
        let before = if line.starts_with("NGO") { "NGOs" } else { "the board" };
        let new = written(NEW, &["the mayor", before, line]);
        assert!(new.contains(wanted), "{line}: {new}");
        assert_eq!(new.matches("[[party]]").count(), 2, "{line}: {new}");
    }
}

#[test]
fn what_an_answer_makes_contested_is_counted_and_named_as_such() {
    let text = "[case]\nid = \"x\"\n[partnership]\nstage = \"convening\"\n[issue]\ncrisis = false\n[[party]]\nid = \"a\"\nname = \"the bank\"\nkey = true\nstaff = 3\norganized = \"low\"\n[[party]]\nid = \"b\"\nkey = true\nstaff = 3\norganized = \"high\"\n";
    let said = ["source Radio", "about party.a.organized", "low"];
    let run = interview(text, &said);
    assert!(!run.screen.contains("CONTESTED"), "{}", run.screen);
    let first =
        run.text.replace("organized = \"low\"", "organized = { is = \"low\", source = \"radio\" }");
    let first = first.replacen("[case]", "[sources]\nradio = { title = \"Radio\" }\n[case]", 1);
    let run = interview(&first, &["source The mayor", "about party.a.organized", "high"]);
    let words = run.screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("? now contested: “"), "{}", run.screen);
    assert!(words.contains(" contested; "), "{}", run.screen);
    assert!(
        words.contains("CONTESTED (") && words.contains("1 If Radio is right: "),
        "{}",
        run.screen
    );
    assert!(!words.contains("- no longer"), "{}", run.screen);
}

/// The counts of the lines below answers: how many wait, newly, and no longer.
fn counts(screen: &str) -> Vec<[usize; 3]> {
    let words = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = words.split(" for facts").collect::<Vec<_>>();
    let number = |text: &str| text.trim().trim_start_matches('(').parse::<usize>().unwrap_or(0);
    let pairs = lines.windows(2);
    pairs
        .map(|pair| {
            let waits =
                pair[0].trim_end_matches(" conclusions wait").trim_end_matches(" conclusion waits");
            let waits = number(waits.rsplit(' ').next().unwrap());
            let moved = pair[1].strip_prefix(" (").and_then(|rest| rest.split(')').next());
            let part = |what: &str| {
                let parts = moved.unwrap_or_default().split(", ");
                parts.filter_map(|part| part.strip_suffix(what)).map(number).sum()
            };
            [waits, part(" of them newly"), part(" no longer")]
        })
        .collect()
}

#[test]
fn the_counts_of_what_waits_work_out_and_going_back_counts_nothing() {
    let lines = [
        "the ministry",
        "the board",
        "1",
        "yes",
        "low",
        "12",
        "about issue.size",
        "high",
        "about partnership.stage",
        "1",
        "about issue.crisis",
        "yes",
    ];
    let run = interview(NEW, &lines);
    let counts = counts(&run.screen);
    assert!(counts.len() > 5 && counts.iter().any(|[_, new, _]| *new > 0), "{}", run.screen);
    assert!(counts.iter().any(|[.., old]| *old > 0), "{}", run.screen);
    for pair in counts.windows(2) {
        let [[before, ..], [after, new, old]] = [pair[0], pair[1]];
        assert_eq!(before + new, after + old, "{}", run.screen);
    }
    let back = [lines.as_slice(), &["back"]].concat();
    let back = interview(NEW, &back).screen;
    let [_, last] = back.rsplit_once("taken out").map(|(a, b)| [a, b]).unwrap();
    assert!(last.contains("for facts.") && !last.contains("newly"), "{last}");
}

#[test]
fn nobodys_answer_in_the_place_of_a_sources_is_told() {
    let text = "[case]\nid = \"x\"\n[sources]\nbook = { title = \"A book\" }\n[[party]]\nid = \"a\"\njoined = { is = \"1981\", source = \"book\" }\n";
    let run = interview(text, &["about party.a.joined", "1980"]);
    let words = run.screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("This replaces what the file had from A book: 1981."), "{words}");
    assert!(run.text.contains("joined = \"1980\""), "{}", run.text);
    // The same once more changes nothing, and another who is named does not replace it.
    let run = interview(text, &["about party.a.joined", "1981"]);
    assert_eq!(run.text, text);
    assert!(run.screen.contains("The file says so already"), "{}", run.screen);
    let new = written(text, &["source The mayor", "about party.a.joined", "1980"]);
    assert!(new.contains("joined = { says = { book = \"1981\", mayor = \"1980\" } }"), "{new}");
}
