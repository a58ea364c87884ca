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

/// The page of the program, or of one of its commands.
pub(crate) fn man(name: Option<&str>) -> Result<bool> {
    let mut page = Vec::new();
    let mut program = Args::command();
    program.build();
    let command = name.and_then(|name| program.find_subcommand(name)).unwrap_or(&program);
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    output::print(&String::from_utf8_lossy(&page))?;
    Ok(true)
}
