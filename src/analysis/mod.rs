//! Text into sentences and tokens.

pub mod segment;
