//! The passes over a finished knowledge base: the order of definitions.

use convener::diagnostic::Diagnostics;
use convener::knowledge::Stratum;
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
