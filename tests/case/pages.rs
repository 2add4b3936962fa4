//! The reference of the format of case files: its examples are cases.

use std::path::Path;

use super::good;

/// The blocks of a page in one language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("no {}", path.display()));
    let fence = format!("```{language}\n");
    let fenced = text.split(&fence).skip(1);
    fenced.map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn every_block_of_the_reference_is_a_case_or_part_of_one() {
    assert_eq!(
        blocks("cases.md", "rules"),
        [include_str!("../fixtures/case/vocabulary.rules").to_owned()]
    );
    let blocks = blocks("cases.md", "toml");
    assert!(blocks.len() >= 10);
    for block in &blocks {
        let mut text = block.clone();
        if !block.contains("[[party]]") {
            for id in ["ministry", "ngos", "unicef"] {
                text.push_str(&format!("\n[[party]]\nid = \"{id}\"\n"));
            }
        }
        if !block.contains("id = \"approach\"") {
            text.push_str("\n[[event]]\nid = \"approach\"\nat = \"1985-12\"\n");
        }
        if !block.contains("[sources]") {
            text.push_str(
                "\n[sources]\nidr-1997 = { title = \"A guide\" }\ntalks = { title = \"Talks\" }\n",
            );
        }
        if !block.contains("[case]") {
            text.push_str("\n[case]\nid = \"example\"\n");
        }
        good(&text);
    }
}
