//! The demarche program: what was typed becomes one library call, and its result is printed.

mod args;
mod commands;
mod output;
mod turns;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};

/// Exit code where a threshold that the user asked for was missed.
const MISSED: u8 = 1;

/// Exit code of an error.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    #[cfg(feature = "arrow")]
    output::hide_contained_panics();
    let result = match Args::parse().command {
        Command::Train(args) => commands::train::run(args),
        Command::Count(args) => commands::count::run(args),
        Command::Classify(args) => commands::classify::run(args),
        Command::Evaluate(args) => commands::evaluate::run(args),
        Command::Benchmark(args) => commands::benchmark::run(args),
        Command::Agreement(args) => commands::agreement::run(args),
        Command::Explain(args) => commands::explain::run(args),
        Command::Inspect(args) => commands::inspect::run(args),
        Command::Completions { shell } => commands::shell::completions(shell),
        Command::Man { command } => commands::shell::man(command.as_deref()),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(MISSED),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::note(&format!("error: {}", output::message(&error)));
            ExitCode::from(FAILED)
        }
    }
}
