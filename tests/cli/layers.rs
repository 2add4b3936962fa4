//! Packs laid over each other on the command line: whose example and whose name is meant.

use tempfile::TempDir;

use super::{convener, text, write};

#[test]
fn an_example_of_a_pack_below_that_comes_out_otherwise_is_told_apart() {
    let folder = TempDir::new().unwrap();
    let pack = |name: &str, more: &str, rules: &str| {
        let manifest = format!(
            "[pack]\nid = \"{name}\"\ntitle = \"P\"\nversion = \"1\"\nlanguage = \"1\"\n{more}"
        );
        std::fs::create_dir(folder.path().join(name)).unwrap();
        write(&folder, &format!("{name}/pack.toml"), manifest);
        write(&folder, &format!("{name}/a.rules"), rules);
        folder.path().join(name)
    };
    let below = pack(
        "below",
        "",
        "one issue \"the issue\" { crisis yes_no  drought yes_no }\nrule hurry { when { issue.crisis } note \"x\" }\nexample \"e\" { given { issue { crisis yes drought yes } } expect hurry }\n",
    );
    let above = pack(
        "above",
        "extends = \"below\"\n",
        "rule wait { overrides hurry when { issue.drought } note \"y\" }\nexample \"f\" { given { issue { drought yes } } expect wait }\n",
    );
    let (below, above) = (text(&below), text(&above));
    let run = convener(&["test", below, above]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(
        run.out,
        "2 examples, all as expected but one of a pack below, which comes out otherwise because of this pack\n"
    );
    assert!(run.err.contains("warning[changed-example]: `hurry` should fire"), "{}", run.err);
    assert!(run.err.contains("it is set aside: `wait` overrides it"), "{}", run.err);
    assert_eq!(convener(&["test", "--strict", below, above]).code, 1);

    std::fs::write(
        folder.path().join("above/a.rules"),
        "attributes of issue { flood yes_no }\nrule wait { overrides hurry when { issue.flood } note \"y\" }\n",
    )
    .unwrap();
    let run = convener(&["test", below, above]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("it is provisional: `wait` may override it"), "{}", run.err);
}

#[test]
fn what_a_pack_below_has_already_is_said_of_the_pack_above() {
    let folder = TempDir::new().unwrap();
    write(
        &folder,
        "pack.toml",
        "[pack]\nid = \"local\"\ntitle = \"L\"\nversion = \"1\"\nlanguage = \"1\"\nextends = \"intersectoral-partnering\"\n",
    );
    let rules = write(
        &folder,
        "a.rules",
        "entity party \"a party\" { permit yes_no }\nenum sector { church }\nrule r { for party p { p.permit p.sector includes church } note \"{p}\" }\n",
    );
    let run = convener(&["check", text(folder.path())]);
    assert_eq!(run.code, 1);
    let place = |line: &str| format!("--> {}:{line}", text(&rules));
    assert!(run.err.contains(&place("1:8")) && run.err.contains(&place("2:6")), "{}", run.err);
    assert!(run.err.contains("the pack `intersectoral-partnering` below has it already"));
    assert!(
        run.err
            .contains("choose another name; to add attributes to it, write `attributes of party")
    );
    assert!(run.err.ends_with("2 errors\n"), "{}", run.err);
}

#[test]
fn what_could_be_better_in_a_pack_is_told_by_check_and_not_beside_advice() {
    let folder = TempDir::new().unwrap();
    let manifest = "[pack]\nid = \"p\"\ntitle = \"P\"\nversion = \"1\"\nlanguage = \"1\"\n";
    write(&folder, "pack.toml", manifest);
    let rules = "entity party \"a party\" { key yes_no }\nrisk flood \"A flood\"\nrule r { for party p { p.key } note \"x\" }\n";
    write(&folder, "a.rules", rules);
    let cases = TempDir::new().unwrap();
    let case = write(&cases, "c.toml", "[case]\nid = \"c\"\n[[party]]\nid = \"us\"\nkey = true\n");
    let pack = text(folder.path());
    assert!(convener(&["check", pack]).err.contains("warning[unused-risk]"));
    let advise = convener(&["advise", text(&case), "--pack", pack]);
    assert_eq!((advise.code, advise.err.as_str()), (0, ""));
}
