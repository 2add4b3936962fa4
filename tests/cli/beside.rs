//! The files beside a case, at the command line.

use super::*;

#[test]
fn files_beside_a_case_are_told_apart_by_their_names() {
    let folder = TempDir::new().unwrap();
    write(&folder, "water.toml", "[case]\nid = \"water\"\n[[party]]\nid = \"ngos\"\n");
    let outcome = write(&folder, "water.outcome.toml", "[outcome]\ncase = \"watr\"\n");
    let expected = "[expect]\ncase = \"water\"\n[[at]]\nsilent = [\"unorganized-side\"]\n";
    write(&folder, "water.expect.toml", expected);
    let other = write(&folder, "waste.expect.toml", expected);

    // Each file is read as what it is, and the one without a case says so.
    let check = convener(&["check", text(folder.path())]);
    assert_eq!(check.code, 1);
    for wanted in ["error[other-case]", "error[no-case]", "2 errors"] {
        assert!(check.err.contains(wanted), "{}", check.err);
    }
    std::fs::remove_file(other).unwrap();
    let one = convener(&["check", text(&outcome)]);
    assert_eq!((one.code, one.err.contains("error[other-case]")), (1, true), "{}", one.err);
    std::fs::write(&outcome, "[outcome]\ncase = \"water\"\n").unwrap();
    let check = convener(&["check", text(folder.path())]);
    let counts = "; 1 case, 1 outcome, 1 file of expectations: no errors\n";
    assert!(check.out.contains(counts), "{}", check.out);
    assert!(check.out.ends_with("without a `name`, advice uses the id of ngos\n"), "{}", check.out);

    // A case brings its expectations along; an outcome is nothing to advise on.
    let case = folder.path().join("water.toml");
    let test = convener(&["test", text(&case)]);
    assert_eq!(test.code, 0, "{}", test.err);
    assert!(test.out.ends_with(" and 1 moment of 1 case, all as expected\n"), "{}", test.out);
    let advise = convener(&["advise", text(&outcome)]);
    assert_eq!(advise.code, 2);
    assert!(advise.err.contains("water.toml"), "{}", advise.err);
}

#[test]
fn a_case_that_comes_out_otherwise_is_a_finding() {
    let folder = TempDir::new().unwrap();
    write(
        &folder,
        "water.toml",
        "[case]\nid = \"water\"\n[[party]]\nid = \"ngos\"\nkey = true\norganized = \"low\"\n",
    );
    let run = convener(&["test", text(folder.path())]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("such files are called `ID.expect.toml`"), "{}", run.err);
    let bare = convener(&["test", text(&folder.path().join("water.toml"))]);
    assert_eq!(bare.code, 2);
    assert!(bare.err.contains("nothing is expected of"), "{}", bare.err);
    let expected = "[expect]\ncase = \"water\"\n[[at]]\nsilent = [\"unorganized-side.ngos\"]\n";
    write(&folder, "water.expect.toml", expected);
    let run = convener(&["test", text(folder.path())]);
    assert_eq!(run.code, 1);
    assert!(run.out.ends_with(" and 1 moment of 1 case, 1 not as expected\n"), "{}", run.out);
    assert!(run.err.contains("water.expect.toml:4:"), "{}", run.err);
    assert!(run.err.contains("should be silent"), "{}", run.err);
    assert_eq!(convener(&["test", text(&folder.path().join("none.toml"))]).code, 2);
    let broken = write(&folder, "water.expect.toml", "[expect]\n");
    assert_eq!(convener(&["test", text(&broken)]).code, 2);
}
