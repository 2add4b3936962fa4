//! Codes of the phase `compile`.

use super::Code;

macro_rules! codes {
    ($($name:ident = $make:ident($code:literal, $title:literal);)*) => {
        $(
            #[doc = concat!("`", $code, "`: ", $title, ".")]
            pub const $name: Code = Code::$make($code, $title);
        )*
        /// All codes of this phase.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    // Names, types and lowering.
    NO_VOCABULARY = error("no-vocabulary", "a pack that declares nothing and extends nothing");
    UNKNOWN_TYPE = error("unknown-type", "no scale or enum has this name");
    UNKNOWN_ENTITY = error("unknown-entity", "no entity has this name");
    UNKNOWN_ATTRIBUTE = error("unknown-attribute", "the entity has no such attribute");
    UNKNOWN_MEMBER = error("unknown-member", "the scale or enum has no such member");
    UNKNOWN_PREDICATE = error("unknown-predicate", "no relation or definition has this name");
    UNKNOWN_ROLE = error("unknown-role", "the relation or definition has no such role");
    UNKNOWN_VARIABLE = error("unknown-variable", "nothing in scope has this name");
    UNKNOWN_RISK = error("unknown-risk", "no risk has this id");
    UNKNOWN_ACTION = error("unknown-action", "no action has this id");
    UNKNOWN_RULE = error("unknown-rule", "no rule has this id");
    UNKNOWN_STAGE = error("unknown-stage", "the stage scale has no such member");
    UNKNOWN_SEVERITY = error("unknown-severity", "severities are critical, high, medium and low");
    UNKNOWN_TIMING = error("unknown-timing", "timings are overdue, now, next and later");
    UNKNOWN_CITATION = error("unknown-citation", "the source index has no such passage");
    UNKNOWN_EXAMPLE_ROW = error("unknown-example-row", "the example gives no such row");
    DECLINED_AND_CITED = error("declined-and-cited", "a passage is both declined and cited");
    DECLINED_TWICE = error("declined-twice", "a passage is declined twice");
    DUPLICATE_NAME = error("duplicate-name", "one name is declared twice");
    RESERVED_NAME = error("reserved-name", "the name has a meaning of its own in case files");
    SHADOWED_NAME = error("shadowed-name", "the name already means something here");
    DOMAIN_SIZE = error("domain-size", "a scale or enum has 1 to 64 members");
    TOO_MANY_RULES = error("too-many-rules", "a pack has at most 100000 rules");
    NOT_YES_NO = error("not-yes-no", "a value stands where a condition is wanted");
    YES_NO_AS_VALUE = error("yes-no-as-value", "a yes or no is tested like a value");
    UNORDERED = error("unordered", "what has no order is asked for more or less");
    SET_TEST = error("set-test", "a set is tested like a value, or a value like a set");
    DIFFERENT_TYPES = error("different-types", "two values of different types are compared");
    WRONG_CONSTANT = error("wrong-constant", "the value does not fit the type");
    EARLY_DATE = warning("early-date", "a year of less than four digits");
    WRONG_BY = error("wrong-by", "`by` counts steps of a scale or adds to a number");
    WRONG_ARGUMENTS = error("wrong-arguments", "the arguments are too few, too many or of another kind");
    MISSING_ROLE = error("missing-role", "the roles of the arguments must be written");
    WRONG_PATH = error("wrong-path", "the path does not lead to a value");
    WRONG_ROWS = error("wrong-rows", "the entity has another kind of rows");
    WRONG_RELATION = error("wrong-relation", "the declaration of the relation does not hold together");
    WRONG_FIELD = error("wrong-field", "the values of a field belong to no one scale or enum");
    MISSING_FIELD = error("missing-field", "some members lack the field that is used");
    WRONG_DERIVATION = error("wrong-derivation", "the derivation does not fit its attribute");
    WRONG_PARAMETERS = error("wrong-parameters", "the definitions of one name differ in their parameters");
    EMPTY_TEXT = error("empty-text", "a text that says nothing");
    UNNAMEABLE_VARIABLE = error("unnameable-variable", "a text cannot name this variable");
    WRONG_HOLE = error("wrong-hole", "nothing of the kind can be filled in here");
    WRONG_AGREEMENT = error("wrong-agreement", "only a row decides between singular and plural");
    RULE_WITHOUT_ADVICE = error("rule-without-advice", "the rule says nothing");
    WRONG_OVERRIDE = error("wrong-override", "the two rules are about different subjects");
    NO_STAGES = error("no-stages", "stages are used and no ranking says which scale they are from");
    WRONG_RANKING = error("wrong-ranking", "the ranking does not hold together");
    NOTHING_QUALIFIED = warning("nothing-qualified", "no other rule cites what is qualified");
    WRONG_QUALIFICATION = error("wrong-qualification", "the rule softens nothing, or does not say why");
    QUALIFY_EACH_OTHER = warning("qualify-each-other", "two rules that qualify each other");
    NAMES_ITSELF = error("names-itself", "a rule or an action is set against itself");
    WRONG_ID = error("wrong-id", "the words of an id are joined by dashes");
    NOTHING_EXPECTED = warning("nothing-expected", "the example expects nothing");
    UNLISTED_SPEAKER = warning("unlisted-speaker", "the example gives no row that could say this");
    CONTRADICTORY_EXAMPLE = error("contradictory-example", "one fact is given twice");
    WRONG_EXPECTATION = error("wrong-expectation", "the expectation does not fit what it is about");
}
