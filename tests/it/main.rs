//! Tests of the whole path, in one binary: what is typed, what comes out, and what stays the same.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod articles_page;
mod claims;
mod cli;
mod evaluation;
mod floors;
mod input;
mod interface;
mod pages;
mod parity;
mod reading;
mod regression;
mod reproducibility;
mod shipped;
mod snapshots;
mod support;
mod targets;
