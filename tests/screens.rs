//! What the screens say of a case: when it begins, what questions wait for, who disagrees.

use tempfile::TempDir;

use crate::cli::{convener, text, write};

/// The lines below a heading that begins like this, as one text.
fn section(page: &str, heading: &str) -> String {
    let lines = page.lines().skip_while(|line| !line.starts_with(heading)).skip(1);
    let inner: Vec<&str> = lines.take_while(|line| !line.is_empty()).map(str::trim).collect();
    inner.join(" ")
}

#[test]
fn before_its_first_event_a_case_says_when_it_begins() {
    let begins = "The case begins only on 1980-04-30: The project begins its work in Orangi.";
    let early = convener(&["advise", "cases/orangi.toml", "--at", "1979"]);
    assert!(early.out.contains(begins), "{}", early.out);
    let markdown =
        convener(&["advise", "cases/orangi.toml", "--at", "1979", "--format", "markdown"]);
    assert!(markdown.out.contains(&format!("- **{begins}**")), "{}", markdown.out);
    let later = convener(&["advise", "cases/orangi.toml", "--at", "1980"]);
    assert!(!later.out.contains("begins only"), "{}", later.out);
}

#[test]
fn a_question_that_waits_only_for_a_complete_list_says_so() {
    let folder = TempDir::new().unwrap();
    let pack = TempDir::new().unwrap();
    write(
        &pack,
        "pack.toml",
        "[pack]\nid = \"p\"\ntitle = \"P\"\nversion = \"1\"\nlanguage = \"1\"\n",
    );
    write(
        &pack,
        "a.rules",
        "scale stage { only_one }\none partnership \"it\" { stage stage }\n\
         entity party \"a party\" { influence yes_no \"Has {self} a say?\" }\n\
         question who-decides \"Who decides?\" {\n  stage only_one\n  \
         answered when { every party p { not { p.influence is unknown } } }\n}\n\
         rule heard { stage only_one for party p { p.influence } encourage \"{p} {p: has|have} a say.\" }\n\
         ranking { stage partnership.stage severity { critical 8 high 4 medium 2 low 1 } \
         timing { overdue 1 now 1 next 1 later 1 } }\n",
    );
    let case = |complete: &str, influence: &str| {
        let text = format!(
            "[case]\nid = \"water\"\n{complete}\n[partnership]\nstage = \"only_one\"\n[[party]]\nid = \"ngos\"\n{influence}\n"
        );
        write(&folder, "water.toml", text)
    };
    let hint = "complete = [\"party\"]";
    let questions = |path: &std::path::Path| {
        let run = convener(&["advise", text(path), "--all", "--pack", text(pack.path())]);
        section(&run.out, "KEY QUESTIONS")
    };
    let waiting = questions(&case("", "influence = true"));
    assert!(waiting.contains(hint), "{waiting}");
    let answered = questions(&case("complete = [\"party\"]", "influence = true"));
    assert!(!answered.contains(hint), "{answered}");
    assert!(answered.contains("answered"), "{answered}");
    let more_is_missing = questions(&case("", ""));
    assert!(!more_is_missing.contains(hint), "{more_is_missing}");
}

#[test]
fn what_open_conclusions_ask_is_asked_once() {
    let run = convener(&["advise", "cases/orangi.toml", "--at", "1985", "--all"]);
    let conclusions = section(&run.out, "OPEN CONCLUSIONS");
    let of_both =
        |line: &str| line.contains("asks     party.agencies.") && line.contains(", party.");
    assert!(conclusions.lines().any(of_both), "{conclusions}");
    let words = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let open = &words[words.find("OPEN:").unwrap()..];
    assert_eq!(open.matches("How much does the problem touch the city's").count(), 1);
}

#[test]
fn sources_that_disagree_go_by_their_titles_in_short() {
    let folder = TempDir::new().unwrap();
    let case = write(
        &folder,
        "water.toml",
        "[case]\nid = \"water\"\n[sources]\nsurvey = { title = \"Ali & Bose, A survey of the delta, 1990\" }\nreport = { title = \"A report on the whole of the delta without any comma in it\" }\n[[party]]\nid = \"ngos\"\nkey = true\norganized = { says = { survey = \"low\", report = \"high\" } }\n",
    );
    let run = convener(&["advise", text(&case)]);
    let contested = section(&run.out, "CONTESTED");
    assert!(contested.contains("If one believes Ali & Bose:"), "{}", run.out);
    assert!(contested.contains("A report on the whole of the delta…: high"), "{}", run.out);
    assert!(!contested.contains("survey:"), "{}", run.out);
}
