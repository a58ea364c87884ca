//! `demarche completions` and `demarche man`: what a package puts beside the program.

use anyhow::Result;
use clap::CommandFactory;

use crate::args::Args;
use crate::output;

pub(crate) fn completions(shell: clap_complete::Shell) -> Result<bool> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "demarche", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(true)
}

/// The page of the program, then those of its subcommands.
pub(crate) fn man() -> Result<bool> {
    let mut pages = Vec::new();
    let mut command = Args::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut pages)?;
    for subcommand in command.get_subcommands().filter(|c| c.get_name() != "help") {
        clap_mangen::Man::new(subcommand.clone()).render(&mut pages)?;
    }
    output::print(&String::from_utf8_lossy(&pages))?;
    Ok(true)
}
