//! The pages that explain the codes of case files, and the reference of the format.
