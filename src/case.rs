//! Case files: text to a case, a case to its facts at a date.
