//! Packs read from texts: everything wrong with a manifest or index at once, at its place; the hash; packs laid over packs.

use convener::diagnostic::{Diagnostics, render};
use convener::pack::{self, Pack, PackText};
use convener::source::SourceMap;
use convener::syntax::Wanted;

const GOOD: &str = "[pack]\nid = \"kenya\"\ntitle = \"Kenya\"\nversion = \"1\"\nlanguage = \"1\"\n";
const RULES: (&str, &str) = ("a.rules", "scale level { low high }\n");

fn texts(files: &[(&str, &str)], sources: &mut SourceMap) -> PackText {
    let files =
        files.iter().map(|(name, text)| ((*name).to_owned(), sources.add(*name, *text))).collect();
    PackText { name: "packs/kenya".to_owned(), files }
}

fn shown(diagnostics: &Diagnostics, sources: &SourceMap) -> String {
    if diagnostics.is_empty() {
        "no problem".to_owned()
    } else {
        render::render(diagnostics, sources, false)
    }
}

/// The pack, if there is one, and what is wrong with it.
fn read(files: &[(&str, &str)]) -> (Option<Pack>, String) {
    let mut sources = SourceMap::default();
    let text = texts(files, &mut sources);
    let mut diagnostics = Diagnostics::default();
    let pack = pack::read(&text, &sources, Wanted::Whole, &mut diagnostics);
    (pack, shown(&diagnostics, &sources))
}

/// What is wrong with a good manifest that goes on like this.
fn manifest(rest: &str) -> String {
    read(&[("pack.toml", &format!("{GOOD}{rest}")), RULES]).1
}

/// Each of these stands in a text, one after the other.
fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let at = rest.find(part);
        assert!(at.is_some(), "`{part}` is not in its place in:\n{text}");
        rest = &rest[at.unwrap() + part.len()..];
    }
}

#[test]
fn a_good_pack_is_read_whole() {
    let manifest = format!(
        "{GOOD}extends = \"guide\"\n[sources.idr-1997]\ntitle = \"A guide\"\nevidence = \"documented\"\nindex = \
         \"sources.toml\"\n[sources.visit]\ntitle = \"A visit\"\n[sources.visit.passages]\n\"v.first\" = \"Day 1\"\n"
    );
    let index = "[passages]\n\"s2.convener-credible\" = \"Stage 2, on conveners\"\n\"s1.a\" = \"Stage 1\"\n";
    let (pack, problems) = read(&[
        ("pack.toml", &manifest),
        ("sources.toml", index),
        RULES,
        ("more/b.rules", "scale depth { low high }"),
    ]);
    assert_eq!(problems, "no problem");
    let pack = pack.unwrap();
    assert_eq!(
        (pack.id.as_str(), pack.title.as_str(), pack.version.as_str()),
        ("kenya", "Kenya", "1")
    );
    assert_eq!(pack.extends.as_deref(), Some("guide"));
    let passages: Vec<(&str, &str, &str)> = pack
        .passages
        .iter()
        .map(|p| (p.id.as_str(), p.source.as_str(), p.place.as_str()))
        .collect();
    assert_eq!(
        passages,
        [
            ("s1.a", "idr-1997", "Stage 1"),
            ("s2.convener-credible", "idr-1997", "Stage 2, on conveners"),
            ("v.first", "visit", "Day 1"),
        ]
    );
    assert_eq!(pack.references[0].evidence.as_deref(), Some("documented"));
    assert_eq!(pack.files.iter().map(|file| file.items.len()).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn the_hash_is_of_what_the_pack_says_and_of_nothing_else() {
    let hash = |files: &[(&str, &str)]| read(files).0.unwrap().hash;
    let plain = hash(&[("pack.toml", GOOD), RULES]);
    assert_eq!(plain.len(), 64);
    assert!(plain.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_eq!(plain, hash(&[RULES, ("pack.toml", GOOD)]), "the order of files matters");
    assert_eq!(plain, hash(&[("pack.toml", GOOD), RULES, ("README.md", "x")]), "a README counts");
    assert_ne!(plain, hash(&[("pack.toml", GOOD), ("b.rules", RULES.1)]), "names do not count");
    assert_ne!(plain, hash(&[("pack.toml", GOOD), (RULES.0, "scale level { a b }\n")]));
    assert_ne!(plain, hash(&[("pack.toml", &GOOD.replace("Kenya", "Kenia")), RULES]));
    let apart = hash(&[("pack.toml", GOOD), ("a.rules", "# b"), ("b.rules", "")]);
    assert_ne!(apart, hash(&[("pack.toml", GOOD), ("a.rules", "# "), ("b.rules", "# b")]));
}

#[test]
fn a_rule_file_of_comments_alone_is_told() {
    let (pack, problems) = read(&[("pack.toml", GOOD), RULES, ("b.rules", "# rule r { }\n")]);
    assert!(pack.is_some());
    in_order(&problems, &["warning[empty-rule-file]: nothing stands in `b.rules`", "1 warning"]);
}

#[test]
fn names_are_not_missed_where_the_index_cannot_be_read() {
    let manifest = format!("{GOOD}[sources.visit]\ntitle = \"A visit\"\nindx = \"a.toml\"\n");
    let (pack, problems) = read(&[("pack.toml", &manifest), RULES]);
    assert!(pack.unwrap().doubtful && problems.contains("[unknown-pack-key]"), "{problems}");
    let (pack, _) = read(&[("pack.toml", GOOD), RULES]);
    assert!(!pack.unwrap().doubtful);
}

#[test]
fn a_pack_without_a_manifest_or_rules_is_refused() {
    let (pack, problems) = read(&[RULES]);
    assert!(pack.is_none());
    in_order(&problems, &["[no-manifest]", "the pack `packs/kenya` has no `pack.toml`", "add it"]);
    in_order(
        &read(&[RULES, ("Pack.toml", GOOD)]).1,
        &["[no-manifest]", "name the file `pack.toml`"],
    );
    in_order(&read(&[]).1, &["[no-manifest]"]);
    in_order(&read(&[("pack.toml", GOOD)]).1, &["[no-rule-files]", "pack.toml:2:6", ".rules"]);
}

#[test]
fn everything_wrong_with_a_manifest_is_said_at_once() {
    let text =
        "[pack]\nid = \"Kenya!\"\ntitel = \"Kenya\"\nversion = 1\nlanguage = \"2\"\n[source.x]\n";
    let (pack, problems) = read(&[("pack.toml", text), RULES]);
    assert!(pack.is_none());
    for part in [
        "[invalid-pack-id]: `Kenya!` cannot be an id",
        "pack.toml:2:6",
        "[unknown-pack-key]: `[pack]` has no key `titel`",
        "pack.toml:3:1",
        "did you mean `title`?",
        "[missing-pack-key]: `title` is missing in `[pack]`",
        "[wrong-pack-type]: `version` must be a text in quotes",
        "pack.toml:4:11",
        "this is a number",
        "[unknown-language]: version `2`",
        "`pack.toml` has no key `source`",
        "did you mean `sources`?",
    ] {
        assert!(problems.contains(part), "`{part}` is not in:\n{problems}");
    }
}

#[test]
fn what_is_not_toml_is_said_with_its_place() {
    let problems = read(&[("pack.toml", "[pack]\nid = kenya\ntitle = \"Kenya\n"), RULES]).1;
    in_order(
        &problems,
        &["[invalid-pack-toml]: `pack.toml` cannot be read as TOML", "pack.toml:2:6"],
    );
    in_order(&problems, &["pack.toml:3:"]);
    let twice = manifest("title = \"Again\"\n");
    in_order(&twice, &["[invalid-pack-toml]", "pack.toml:6:1", "this key stands there already"]);
    in_order(
        &read(&[("pack.toml", "pack = 3\n"), RULES]).1,
        &["[wrong-pack-type]", "must be a table"],
    );
    in_order(&read(&[("pack.toml", ""), RULES]).1, &["[missing-pack-key]", "which pack this is"]);
}

#[test]
fn sources_are_checked_key_by_key() {
    let problems = manifest("[sources.idr-1997]\nevidence = \"documentd\"\n");
    in_order(
        &problems,
        &["[missing-pack-key]: `title` is missing in `[sources.idr-1997]`", "pack.toml:6:10"],
    );
    in_order(
        &problems,
        &["[unknown-source-evidence]", "pack.toml:7:12", "did you mean `documented`?"],
    );
    let problems = manifest("[sources.a]\ntitle = \" \"\nindex = \"source.toml\"\n");
    in_order(&problems, &["[missing-pack-key]: `title` says nothing", "pack.toml:7:9"]);
    in_order(&problems, &["[no-index-file]: the pack has no file `source.toml`", "pack.toml:8:9"]);
}

#[test]
fn an_index_file_is_read_like_the_manifest() {
    let manifest = format!("{GOOD}[sources.a]\ntitle = \"A\"\nindex = \"source.toml\"\n");
    let near = read(&[("pack.toml", &manifest), ("sources.toml", "[passages]\n"), RULES]).1;
    in_order(&near, &["[no-index-file]", "did you mean `sources.toml`?"]);
    let other = read(&[("pack.toml", &manifest), ("source.toml", "[passage]\n"), RULES]).1;
    in_order(&other, &["[missing-pack-key]: `source.toml` lists no passages"]);
    in_order(&other, &["[unknown-pack-key]", "did you mean `passages`?"]);
    let index = "[passages]\ns2.credible = \"x\"\n\"S3\" = \"x\"\n\"s4\" = 4\n\"s5\" = \"x\"\n\"s5\" = \"y\"\n";
    let inside = read(&[("pack.toml", &manifest), ("source.toml", index), RULES]).1;
    in_order(&inside, &["[invalid-passage-id]: `s2` cannot be", "source.toml:2:1", "in quotes"]);
    in_order(&inside, &["[invalid-passage-id]: `S3`", "source.toml:3:1"]);
    in_order(&inside, &["[wrong-pack-type]: `s4`", "source.toml:4:8"]);
    in_order(&inside, &["[invalid-pack-toml]", "source.toml:6:1"]);
}

#[test]
fn a_passage_is_listed_once_in_a_pack() {
    let problems = manifest(
        "[sources.a]\ntitle = \"A\"\npassages = { \"s1.a\" = \"x\" }\n[sources.b]\ntitle = \"B\"\npassages = { \"s1.a\" = \
         \"y\" }\n",
    );
    in_order(
        &problems,
        &["[duplicate-passage]: the passage `s1.a` is listed twice", "pack.toml:11:14"],
    );
    in_order(&problems, &["pack.toml:8:14", "it is listed here already"]);
}

#[test]
fn a_file_that_is_too_large_is_left_out() {
    let large = "#".repeat(pack::MAX_FILE_BYTES + 1);
    let (pack, problems) = read(&[("pack.toml", GOOD), ("a.rules", &large), ("notes.txt", &large)]);
    assert!(pack.unwrap().files.is_empty());
    in_order(&problems, &["[pack-file-too-large]: `a.rules` is larger than 8 MiB", "1 error"]);
}

/// Lays packs over each other; each is an id and what it extends.
fn order(packs: &[(&str, &str)]) -> (bool, String) {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let mut read = Vec::new();
    for (id, base) in packs {
        let mut manifest = GOOD.replace("id = \"kenya\"", &format!("id = \"{id}\""));
        if !base.is_empty() {
            manifest = format!("{manifest}extends = \"{base}\"\n");
        }
        let text = texts(&[("pack.toml", &manifest), RULES], &mut sources);
        read.extend(pack::read(&text, &sources, Wanted::Whole, &mut diagnostics));
    }
    assert!(diagnostics.is_empty());
    let ordered = pack::order(read, &mut diagnostics);
    (ordered.is_some(), shown(&diagnostics, &sources))
}

#[test]
fn packs_are_laid_over_what_they_extend() {
    assert_eq!(
        order(&[("guide", ""), ("kenya", "guide"), ("donor", "kenya")]),
        (true, "no problem".to_owned())
    );
    let (sound, problems) = order(&[("kenya", "guide")]);
    assert!(!sound);
    in_order(
        &problems,
        &["[missing-base-pack]: the pack `kenya` extends `guide`", "load the pack `guide` as well"],
    );
    in_order(
        &order(&[("kenya", "guide"), ("guide", "")]).1,
        &["name the pack `guide` before `kenya`"],
    );
    in_order(&order(&[("guide", ""), ("kenya", "guid")]).1, &["did you mean `guide`?"]);
    in_order(&order(&[("kenya", "kenya")]).1, &["cannot be laid over itself"]);
    in_order(
        &order(&[("kenya", ""), ("kenya", "")]).1,
        &["[duplicate-pack]: two packs have the id `kenya`", "the other is here"],
    );
}
