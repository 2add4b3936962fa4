//! Diagnostics as text with marked source lines; the only place that draws them.
