//! The passes over a finished knowledge base: the order of definitions, and the pages of the codes of checks and packs.

use std::path::Path;

use convener::diagnostic::Diagnostics;
use convener::diagnostic::code::{check, pack as codes};
use convener::knowledge::Stratum;
use convener::pack::{self, PackText};
use convener::source::SourceMap;

use crate::support;

/// The strata of a pack in words; a star marks recursion.
fn strata(text: &str) -> Vec<String> {
    let mut sources = SourceMap::default();
    let kb = support::compile("", text, &mut sources, &mut Diagnostics::default()).unwrap();
    let name = |stratum: &Stratum| match stratum {
        Stratum::Attribute(id) => kb.vocabulary.attribute(*id).name.clone(),
        Stratum::Predicates { members, recursive } => {
            let names: Vec<&str> =
                members.iter().map(|id| kb.predicates.get(id.0).unwrap().name.as_str()).collect();
            format!("{}{}", names.join("+"), if *recursive { "*" } else { "" })
        }
    };
    kb.strata.iter().map(name).collect()
}

#[test]
fn definitions_come_after_what_they_need() {
    let text = "entity party \"a party\" { key yes_no }
        one issue \"the issue\" { cost yes_no }
        relation tie(party a, party b) yes_no symmetric
        define a_last(party p) { when { issue.size  no other party q { b_odd(p, q) } } }
        define b_odd(party p, party q) { when { any of { tie(p, q)  some other party r { c_even(p, r) } } } }
        define c_even(party p, party q) { when { some other party r { b_odd(q, r) } } }
        define d_first(party p) { when { p.key } }
        derive issue.size yes_no by issue.reach, issue.cost { _ yes -> yes  _ _ -> no }
        derive issue.reach yes_no { yes when { some party p { d_first(p) } } no otherwise }";
    assert_eq!(strata(text), ["b_odd+c_even*", "d_first", "reach", "size", "a_last"]);
}

#[test]
fn a_definition_that_needs_itself_is_recursive_and_one_that_does_not_is_not() {
    let text = "entity party \"a party\" { key yes_no }
        relation tie(party a, party b) yes_no symmetric
        define near(party p, party q) { when { any of { tie(p, q)  some other party r { tie(p, r)  near(r, q) } } } }
        define same(party p) { when { p.key } }";
    assert_eq!(strata(text), ["near*", "same"]);
}

/// The fenced blocks of the page of a code.
fn blocks(code: &str, language: &str) -> [String; 2] {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics").join(code);
    let text = std::fs::read_to_string(path.with_extension("md")).unwrap();
    assert!(text.starts_with(&format!("# {code}\n")), "{code}");
    let fence = format!("```{language}\n");
    let blocks = text.split(fence.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.map(str::to_owned).collect::<Vec<String>>().try_into().unwrap()
}

#[test]
fn the_page_of_a_check_shows_it_alone_and_how_it_is_mended() {
    for code in check::ALL {
        let [bad, good] = blocks(code.name, "rules");
        let shown = support::check_rules("", &bad);
        assert!(shown.contains(&format!("[{}]", code.name)), "{}:\n{shown}", code.name);
        assert!(
            shown.trim_end().ends_with("\n1 error") || shown.trim_end().ends_with("\n1 warning")
        );
        assert_eq!(support::check_rules("", &good), "no problem", "{}", code.name);
    }
}

/// What is wrong with a pack of this manifest and one rule file.
fn manifest(text: &str) -> String {
    let mut sources = SourceMap::default();
    let files = [("pack.toml", text), ("a.rules", "")];
    let files = files.map(|(name, text)| (name.to_owned(), sources.add(name, text)));
    let pack = PackText { name: "pack".to_owned(), files: files.to_vec() };
    let mut diagnostics = Diagnostics::default();
    pack::read(&pack, &sources, &mut diagnostics);
    support::shown(&diagnostics, &sources)
}

#[test]
fn the_page_of_a_manifest_shows_what_is_wrong_and_how_it_is_mended() {
    // What is wrong with these lies outside the manifest.
    let outside = [
        codes::NO_MANIFEST,
        codes::NO_RULE_FILES,
        codes::PACK_FILE_TOO_LARGE,
        codes::DUPLICATE_PACK,
        codes::MISSING_BASE_PACK,
    ];
    for code in codes::ALL {
        let [bad, good] = blocks(code.name, "toml");
        let shown = manifest(&bad);
        let found = shown.contains(&format!("[{}]", code.name));
        assert!(found || outside.contains(code), "{}:\n{shown}", code.name);
        assert_eq!(manifest(&good), "no problem", "{}", code.name);
    }
}
