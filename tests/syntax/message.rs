//! What is said of mistakes: exact place, exact words.

use convener::syntax::tree::Item;

use super::read;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(read(text).1, expected, "{text}");
}

#[test]
fn slips_of_other_languages() {
    let comma = "leave the comma out: conditions stand side by side, and all of them must hold";
    check(
        "rule x { when { p.key, q.key } }",
        &[&format!("1:22 unexpected [,] expected a condition or `}}`, found `,`; {comma}")],
    );
    check(
        "rule x { when { p.key and q.key } }",
        &[
            "1:23 unexpected [and] expected a condition, found `and`; leave `and` out: conditions stand side by side, \
           and all of them must hold",
        ],
    );
    check(
        "rule x { when { p.key or q.key } }",
        &[
            "1:23 unexpected [or] expected a condition, found `or`; write `any of { … }` where one of several conditions \
           is enough",
        ],
    );
    for (sign, word) in
        [("=", "is"), ("==", "is"), ("!=", "is not"), ("<", "below"), (">=", "at least")]
    {
        check(
            &format!("rule x {{ when {{ p.power {sign} low }} }}"),
            &[&format!(
                "1:25 unexpected [{sign}] expected a test such as `is`, `at least` or `includes`, found `{sign}`; \
                 write `{word}`"
            )],
        );
    }
    check(
        "rule x { when { true } }",
        &[
            "1:17 unexpected [true] expected a condition, found `true`; a yes-or-no fact stands by itself: `p.key`, or \
           `not p.key` for the contrary",
        ],
    );
    check(
        "rule x { note 'y' }",
        &[
            "1:15 unexpected ['] expected a text in quotes, found `'`; texts stand in straight double quotes: \"like this\"",
        ],
    );
    check(
        "rule x { if { p.key } }",
        &[
            "1:10 unexpected [if] expected a clause of the rule or `}`, found `if`; write `when { … }`",
        ],
    );
}

#[test]
fn misspelled_words() {
    check(
        "rule x { wen { p.key } }",
        &[
            "1:10 unexpected [wen] expected a clause of the rule or `}`, found `wen`; did you mean `when`?",
        ],
    );
    check(
        "rule x { when { p.power abov low } }",
        &["1:25 unexpected [abov] expected a test, found `abov`; did you mean `above`?"],
    );
    check(
        "rule x { warn a critcal \"y\" }",
        &[
            "1:17 unexpected [critcal] expected a severity: critical, high, medium or low, found `critcal`; did you \
           mean `critical`?",
        ],
    );
    check(
        "entity party { key yes_no defalt no }",
        &[
            "1:34 unexpected [no] expected a type such as `yes_no` or the name of a scale, found `no`; did you mean \
           `default`?",
        ],
    );
    check(
        "rule Weak { }",
        &[
            "1:6 unexpected [Weak] expected a name such as `convener-not-credible`, found `Weak`; names are written in \
           small letters: `weak`",
        ],
    );
    check(
        "ruel x { }",
        &["1:1 no-item [ruel] expected an item, found `ruel`; did you mean `rule`?"],
    );
}

#[test]
fn what_is_missing() {
    check(
        "define weak(party p) { \"is weak\" }",
        &[
            "1:8 missing-clause [weak] `weak` does not say when it holds; add `when { … }` with the conditions",
        ],
    );
    check(
        "rule x { when p.key }",
        &[
            "1:15 unexpected [p] expected `{`, found `p`; put the conditions into braces: `when { … }`",
        ],
    );
    check("rule x { warn a high }", &["1:22 unexpected [}] expected a text in quotes, found `}`"]);
    check("rule x { when { p.power is } }", &["1:28 unexpected [}] expected a value, found `}`"]);
    check(
        "rule x { when { p.power is not unknown } }",
        &["1:40 unexpected [}] expected `or`, found `}`; write `not { … is unknown }`"],
    );
    check(
        "rule x { overrides a b }",
        &[
            "1:22 unexpected [b] expected a clause of the rule or `}`, found `b`; several names are written with commas \
           between them",
        ],
    );
}

#[test]
fn one_mistake_costs_one_clause_and_one_message() {
    let text = "rule x {\n  wen { p.key }\n  when {\n    p.power abov low\n    p.key\n    c.new = 1\n  }\n  cites a.b,\n    c.D\n  \
                warn a\n  note \"kept\"\n}\nrule y { }";
    let (file, problems) = read(text);
    let places: Vec<&str> = problems.iter().map(|line| line.split_once(' ').unwrap().0).collect();
    assert_eq!(places, ["2:3", "4:13", "6:11", "9:6", "11:3"], "{problems:#?}");
    assert_eq!(file.items.len(), 2);
    let Some(Item::Rule(rule)) = file.items.first() else { panic!("a rule") };
    assert_eq!(rule.when.as_ref().unwrap().conditions.len(), 1);
    assert_eq!(rule.advice.len(), 1);
}

#[test]
fn a_broken_item_hides_no_other() {
    let brace = "1:8 unclosed-brace [{] this `{` is never closed; add the missing `}`";
    check("rule x {\n  note \"a\"\nrule y { }", &[brace]);
    assert_eq!(read("rule x {\n  note \"a\"\nrule y { }").0.items.len(), 1);
    check(
        "rule x {\n  when {\n    some party p {\n      p.key\n  }\n}\nrule y { }",
        &["3:18 unclosed-brace [{] this `{` is never closed; add the missing `}`"],
    );
    let quote = "this text is never closed; add the missing `\"`; a quotation mark inside a text is written `\\\"`";
    check("rule x { note \"a }\nrule y { }", &[&format!("1:15 unclosed-text [\"] {quote}")]);
    let text = "rule x {\n  note \"{p} a.\n  note \"Start.\"\n}\nrule y { }";
    check(text, &[&format!("2:8 unclosed-text [\"] {quote}")]);
    assert_eq!(read(text).0.items.len(), 1);
}

#[test]
fn texts_numbers_and_dates() {
    let help = "`{p}`, `{p.power}` and `{p: does|do}` are filled in; a brace that is meant as such is written `\\{` or `\\}`";
    check(
        "rule x { note \"a { } {p.x.} {p: a} { p\" }",
        &[
            &format!("1:18 bad-hole [{{ }}] there is nothing between these braces; {help}"),
            &format!(
                "1:23 bad-hole [p.x.] expected names with dots between them, found `p.x.`; {help}"
            ),
            &format!(
                "1:29 bad-hole [{{p: a}}] expected two forms with `|` between them, for one and for several; {help}"
            ),
            &format!("1:36 bad-hole [{{] this `{{` is never closed; {help}"),
        ],
    );
    check(
        "rule x { note \"a\\n\" }",
        &[
            "1:17 bad-escape [\\n] `\\n` means nothing in a text; a backslash stands before `\"`, `\\`, `{` or `}` only; a text may simply run over lines",
        ],
    );
    let number = "write a number such as 12, 0.5 or -3, with at most six decimals";
    check(
        "ranking { severity { high 1.2345678 low 1x } }",
        &[
            &format!("1:27 bad-number [1.2345678] `1.2345678` is no number; {number}"),
            &format!("1:41 bad-number [1x] `1x` is no number; {number}"),
        ],
    );
    let date = "write a date as 1985, 1985-06 or 1985-06-30";
    check(
        "example \"x\" { at 1985-02-30 given { a { b 1985-13 c 1985-6 d 1985-02 } } }",
        &[
            &format!("1:18 bad-date [1985-02-30] `1985-02-30` is no date; {date}"),
            &format!("1:43 bad-date [1985-13] `1985-13` is no date; {date}"),
            &format!("1:53 bad-date [1985-6] `1985-6` is no date; {date}"),
        ],
    );
    check(
        "rule x { stage a stage b }",
        &[
            "1:18 duplicate-clause [stage b] a second `stage` clause; remove one of the two, or put both into one",
        ],
    );
}
