//! What is shown of silence and of repairs, on a small pack.
