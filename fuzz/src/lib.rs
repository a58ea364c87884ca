//! What coverage-guided fuzzing runs; `tests/it/fuzz.rs` runs the same on stable Rust.

#![allow(clippy::unwrap_used, reason = "a target fails by panicking")]

#[path = "../../tests/it/forge.rs"]
#[allow(dead_code, reason = "tests edit more of a model than the target does")]
mod forge;
pub mod targets;
