//! Hostile texts end in one clear diagnostic, fast.

use convener::syntax::tree::Item;

use super::read;

fn one_problem(text: &str, code: &str) {
    let (_, problems) = read(text);
    assert_eq!(problems.len(), 1, "{problems:?}");
    let found = problems.first().and_then(|line| line.split(' ').nth(1));
    assert_eq!(found, Some(code), "{problems:?}");
}

#[test]
fn open_braces_without_end() {
    one_problem(&"{".repeat(10_000), "no-item");
    one_problem(&format!("rule x {{ when {}", "{".repeat(10_000)), "too-deep");
    one_problem(&format!("rule x {{ when {}", "not {".repeat(10_000)), "too-deep");
    one_problem(&format!("rule x {}", "{ ".repeat(10)), "unclosed-brace");
    one_problem(&"}".repeat(1_000_000), "unopened-brace");
}

#[test]
fn the_deepest_block_is_parsed() {
    let deepest = format!("rule x {{ when {}p.key{} }}", "{ ".repeat(63), " }".repeat(63));
    let (file, problems) = read(&deepest);
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(file.items.len(), 1);
    for opening in ["not { ", "some party p { ", "p.x above highest p.x of party p { ", "any of { "]
    {
        let text =
            format!("rule x {{ when {{ {}p.key{} }} }}", opening.repeat(62), " }".repeat(62));
        assert_eq!(read(&text).1, Vec::<String>::new());
        let broken =
            format!("rule x {{ when {{ {}p.key and{} }} }}", opening.repeat(62), " }".repeat(62));
        assert_eq!(read(&broken).1.len(), 1);
    }
}

#[test]
fn endless_tokens() {
    one_problem(&format!("rule {} {{ }}", "a".repeat(1_000_000)), "too-long");
    one_problem(&format!("rule x {{ note \"{}\" }}", "a".repeat(1_000_000)), "too-long");
    one_problem(&format!("rule x {{ note \"{}", "a\n".repeat(1_000_000)), "unclosed-text");
    one_problem(&"a".repeat(1_000_000), "no-item");
    one_problem(&"\"\\\n".repeat(1_000_000), "no-item");
    one_problem(&"a".repeat(8_388_609), "not-a-rule-file");
}

#[test]
fn garbage() {
    one_problem("rule x { }\u{0}\u{1}", "not-a-rule-file");
    one_problem(&"%$§ ( ] ".repeat(10_000), "no-item");
}

#[test]
fn a_thousand_mistakes_are_not_all_listed() {
    let (_, problems) = read(&"rule x { wen }\n".repeat(1_000));
    assert_eq!(problems.len(), 101);
    assert!(problems[100].contains("too-many-mistakes"));
}

#[test]
fn a_long_item_is_read_in_linear_time() {
    let long = format!("rule x {{ when {{\n{}}} }}", "p.power at least high\n".repeat(100_000));
    let (file, problems) = read(&long);
    assert_eq!(problems, Vec::<String>::new());
    let Some(Item::Rule(rule)) = file.items.first() else { panic!("a rule") };
    assert_eq!(rule.when.as_ref().unwrap().conditions.len(), 100_000);
}
