//! Conclusions to ranked advice.
