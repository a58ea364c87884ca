//! Tests of the whole path, in one binary: what is typed, what comes out, and what stays the same.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod any_text;
#[cfg(feature = "arrow")]
mod arrow;
mod articles_page;
mod claims;
mod cli;
mod counts;
mod evaluation;
mod floors;
mod forge;
mod fuzz;
mod hostile;
mod input;
mod interface;
mod learning_traps;
mod lists;
mod model_files;
mod pages;
mod parity;
mod places;
mod reading;
mod regression;
mod reproducibility;
mod robustness;
mod shipped;
mod snapshots;
mod support;
mod tables;
mod tables_encodings;
mod tables_headers;
mod tables_labels;
mod tables_packed;
mod tables_shapes;
mod tables_texts;
mod targets;
