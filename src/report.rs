//! Advice as text, Markdown and JSON; computes nothing.
