//! Trees to a knowledge base: names resolved, tests typed, definitions stratified. Knows no cases.
