//! `convener interview` in a terminal: from an empty folder to advice, and that no answer is lost however it ends.

use std::path::Path;

use tempfile::TempDir;

use super::{convener, text, write};
use crate::support::terminal::Terminal;

/// A case with a party of which the opening questions are asked.
const BEGUN: &str = "# notes\n[case]\nid = \"water\" # the id\n\n[[party]]\nid = \"board\"\nname = \"the water board\"\n";

fn file(folder: &TempDir, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}

/// The titles of what is warned of and to be done, as `advise` has them.
fn advised(path: &Path) -> [Vec<String>; 2] {
    let run = convener(&["advise", text(path), "--format", "json", "--all"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let advice: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    ["warnings", "recommendations"].map(|list| {
        let items = advice[list].as_array().unwrap().iter();
        let open = items.filter(|item| item["done"] != true);
        let title = |item: &serde_json::Value| {
            let provisional = if item["provisional"] == true { " (provisional)" } else { "" };
            format!("{}{provisional}", item["title"].as_str().unwrap())
        };
        open.map(title).collect()
    })
}

/// Holds what the interview showed at its end against the advice on the file.
fn check_closing(path: &Path, screen: &str) {
    assert_eq!(convener(&["check", text(path)]).code, 0);
    let [warnings, recommendations] = advised(path);
    assert!(!warnings.is_empty() && !recommendations.is_empty());
    let words = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    let closing = &words[words.rfind("WARNINGS (").unwrap()..];
    for (title, list) in [("WARNINGS", warnings), ("WHAT TO DO", recommendations)] {
        let shown: Vec<String> = list
            .iter()
            .take(5)
            .enumerate()
            .map(|(at, title)| format!("{} {title}", at + 1))
            .collect();
        let section = format!("{title} ({}) {}", list.len(), shown.join(" "));
        assert!(closing.contains(&section), "{section}\n{closing}");
    }
}

#[test]
fn from_an_empty_folder_to_advice() {
    let folder = TempDir::new().unwrap();
    let mut terminal = Terminal::start(folder.path(), &["interview"], 80);
    terminal.answer("Give it a title.", "help");
    terminal.wait("You can change the title");
    terminal.answer("Give it a title.", "Watre for all");
    terminal.answer("What shall the file be called?", "back");
    terminal.answer("Give it a title.", "Water for all");
    terminal.answer("What shall the file be called?", "1");
    terminal.answer("Who takes part?", "the Ministry of Health");
    terminal.answer("Name the next", "the NGOs");
    terminal.answer("How does one say it?", "are");
    terminal.answer("Name the next", "UNICEF");
    terminal.answer("Name the next", "that is all for now");
    terminal.answer("Which sector does the Ministry of Health", "why?");
    terminal.wait("rules ask for it");
    terminal.answer("Which sector does the Ministry of Health", "goverment");
    terminal.wait("did you mean government?");
    terminal.send("government");
    terminal.answer("Is that all: government?", "1");
    terminal.answer("without the Ministry of Health?", "no");
    terminal.answer("Is the Ministry of Health here to help", "back");
    terminal.wait("taken out of the file again");
    terminal.answer("without the Ministry of Health?", "yes");
    terminal.answer("Is the Ministry of Health here to help", "no");
    terminal.answer("Which sector do the NGOs", "source The director, by telephone");
    terminal.answer("Which sector do the NGOs", "only civil society");
    terminal.answer("without the NGOs?", "yes");
    terminal.answer("Are the NGOs here to help", "don't know");
    terminal.answer("Which sector does UNICEF", "not now");
    terminal.answer("without UNICEF?", "no");
    terminal.answer("Is UNICEF here to help", "yes");
    terminal.answer("How far has the effort come?", "at most 2");
    terminal.answer("(history.", "about history.ministry-of-health.ngos");
    terminal.answer("(history.ministry-of-health.ngos)", "a history of conflict");
    terminal.wait("+ warns of “");
    terminal.answer("(", "about party.ngos.organized");
    terminal.answer("party.ngos.organized", "at least low");
    terminal.answer("(", "stop");
    let (code, screen) = terminal.end();
    assert_eq!(code, 0, "{screen}");

    let text = file(&folder, "water-for-all.toml");
    for line in [
        "title = \"Water for all\"",
        "sector = [\"state\"]\nkey = true\nhelper = false",
        "name = \"the NGOs\"\nplural = true\nsector = { is = [\"civil_society\"], source = \"director-by-telephone\" }",
        "helper = { is = \"unknown\", source = \"director-by-telephone\" }",
        "organized = { at_least = \"low\", source = \"director-by-telephone\" }",
        "stage = { at_most = \"convening\", source = \"director-by-telephone\" }",
        "director-by-telephone = { title = \"The director, by telephone\", evidence = \"reported\" }",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(!text.contains("[[party]]\nid = \"unicef\"\nname = \"UNICEF\"\nsector"), "{text}");

    check_closing(&folder.path().join("water-for-all.toml"), &screen);
}

#[test]
fn no_answer_is_lost_when_it_is_killed() {
    let folder = TempDir::new().unwrap();
    write(&folder, "water.toml", BEGUN);
    write(&folder, ".water.toml.left.tmp", "[case");
    let steps = [
        ("Which sector", "only government", "sector = [\"state\"]"),
        ("Can the issue not be settled", "yes", "key = true"),
        ("here to help the others", "no", "helper = false"),
        ("How far has the effort come?", "2", "stage = \"convening\""),
    ];
    for (question, answer, line) in steps {
        let mut terminal = Terminal::start(folder.path(), &["interview", "water"], 80);
        terminal.answer(question, answer);
        terminal.wait("for facts");
        terminal.kill();
        assert!(file(&folder, "water.toml").contains(line), "{line}");
    }
    let text = file(&folder, "water.toml");
    assert!(steps.iter().all(|(.., line)| text.contains(line)), "{text}");
    assert!(text.starts_with("# notes\n[case]\nid = \"water\" # the id\n"), "{text}");

    // Killed at once after an answer, the file is as it was or as it is to be, and never in between.
    let mut terminal = Terminal::start(folder.path(), &["interview", "water.toml"], 80);
    terminal.answer("(", "about issue.size");
    terminal.answer("(issue.size)", "high");
    terminal.kill();
    let now = file(&folder, "water.toml");
    let put = "[issue]\nsize = \"high\"\n\n";
    assert!(now == text || now.replacen(put, "", 1) == text, "{now}");
}

#[test]
fn what_somebody_else_wrote_meanwhile_is_not_written_over() {
    let folder = TempDir::new().unwrap();
    write(&folder, "water.toml", BEGUN);
    let mut terminal = Terminal::start(folder.path(), &["interview", "water.toml"], 80);
    terminal.wait("Which sector");
    let theirs = format!("{BEGUN}sector = [\"market\"]\n");
    write(&folder, "water.toml", &theirs);
    terminal.wait("help >");
    terminal.send("only government");
    let (code, screen) = terminal.end();
    assert_eq!(code, 2, "{screen}");
    assert!(screen.contains("was changed by somebody else"), "{screen}");
    assert_eq!(file(&folder, "water.toml"), theirs);
}

#[test]
fn it_stops_for_every_key_that_means_so_and_fits_a_narrow_window() {
    for key in ["\u{3}", "\u{4}", "\u{1b}"] {
        let folder = TempDir::new().unwrap();
        write(&folder, "water.toml", BEGUN);
        let mut terminal = Terminal::start(folder.path(), &["interview", "water.toml"], 44);
        terminal.answer("Which sector", "only government");
        terminal.wait("Can the issue not be settled");
        terminal.wait("help >");
        terminal.press(key);
        terminal.wait("Every answer is in water.toml.");
        let (code, screen) = terminal.end();
        assert_eq!(code, 0, "{screen}");
        assert!(file(&folder, "water.toml").contains("sector = [\"state\"]"));
        let long = screen.lines().find(|line| !line.starts_with('>') && line.chars().count() > 44);
        assert_eq!(long, None, "{screen}");
    }
}

#[test]
fn files_that_cannot_be_gone_on_with_are_refused() {
    let folder = TempDir::new().unwrap();
    let broken = write(&folder, "broken.toml", "[case]\nid = \"x\"\n[issue]\nsiez = \"low\"\n");
    let fixed = write(&folder, "fixed.toml", BEGUN);
    let mut permissions = std::fs::metadata(&fixed).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&fixed, permissions).unwrap();
    for (name, said) in [
        ("broken.toml", "did you mean `size`?"),
        ("fixed.toml", "fixed.toml is read-only"),
        ("case.json", "an interview writes TOML"),
        ("water.outcome.toml", "name the case itself: water.toml"),
        ("nowhere/water.toml", "there is no such file or folder"),
        (".", "it is a folder"),
    ] {
        let terminal = Terminal::start(folder.path(), &["interview", name], 80);
        let (code, screen) = terminal.end();
        let words = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(code, 2, "{screen}");
        assert!(words.contains(said), "{said}\n{screen}");
    }
    assert_eq!(std::fs::read_to_string(&fixed).unwrap(), BEGUN);
    assert!(std::fs::read_to_string(&broken).unwrap().contains("siez"));
}

#[test]
fn a_file_that_is_there_is_gone_on_with() {
    let folder = TempDir::new().unwrap();
    write(&folder, "water.toml", BEGUN);
    write(&folder, "remarks.toml", "# only remarks\n");
    let mut terminal = Terminal::start(folder.path(), &["interview"], 80);
    terminal.answer("Give it a title.", "Water");
    terminal.answer("What shall the file be called?", "1");
    terminal.wait("water.toml is there already");
    terminal.answer("Which sector", "stop");
    assert_eq!(terminal.end().0, 0);
    assert_eq!(file(&folder, "water.toml"), BEGUN);

    let mut terminal = Terminal::start(folder.path(), &["interview", "remarks.toml"], 80);
    terminal.answer("Give it a title.", "More water");
    terminal.answer("Who takes part?", "stop");
    assert_eq!(terminal.end().0, 0);
    let begun = "# only remarks\n\n[case]\nid = \"remarks\"\ntitle = \"More water\"\n";
    assert_eq!(file(&folder, "remarks.toml"), begun);
}

#[test]
fn without_a_terminal_it_points_to_ask() {
    let run = convener(&["interview", "cases/orangi.toml"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("needs a terminal") && run.err.contains("`convener ask CASE`"),
        "{}",
        run.err
    );
}
