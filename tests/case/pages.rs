//! The reference of the format of case files: its examples are cases.

use std::path::Path;

use convener::diagnostic::Diagnostics;
use convener::source::SourceMap;

use super::good;
use crate::support;

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
    let rules = ["vocabulary", "rules"].map(|name| {
        let path = format!("tests/fixtures/case/{name}.rules");
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
    });
    assert_eq!(blocks("cases.md", "rules"), rules);
    let mut blocks = blocks("cases.md", "toml");
    let beside: Vec<String> = blocks
        .extract_if(.., |block| block.contains("[outcome]") || block.contains("[expect]"))
        .collect();
    assert_eq!(beside.len(), 2);
    for block in beside {
        let block = block.replace("bangladesh-immunization", "water").replace("idr-1997", "study");
        let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
        support::beside::read(&block, &mut sources, &mut diagnostics);
        let errors =
            diagnostics.sorted().into_iter().filter(|one| one.code.name != "unmet-expectation");
        assert_eq!(errors.count(), 0, "{}", support::shown(&diagnostics, &sources));
    }
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
