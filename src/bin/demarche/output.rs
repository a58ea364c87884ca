//! Where results and notes go: files, standard output, standard error.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use demarche::whole_file::WholeFile;
use indicatif::{ProgressBar, ProgressStyle};

/// A line on standard error, of which a terminal obeys no part: a file may be called anything. Nobody is left to tell if that fails.
pub(crate) fn note(line: &str) {
    let plain: String =
        line.chars().map(|c| if c.is_control() && !"\n\t".contains(c) { '\u{fffd}' } else { c }).collect();
    let _ = writeln!(io::stderr(), "{plain}");
}

/// Keeps what a damaged table does to a crate that reads it off standard error, where the error about it will stand.
#[cfg(feature = "arrow")]
pub(crate) fn hide_contained_panics() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !demarche::corpus::is_contained() {
            tell(panic);
        }
    }));
}

/// Whether results on standard output may carry colour.
pub(crate) fn colour() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}

/// Columns of the terminal, or a width that pastes well.
pub(crate) fn width() -> usize {
    let columns = terminal_size::terminal_size().map_or(120, |(width, _)| width.0 as usize);
    columns.clamp(70, 180)
}

const STANDARD_OUTPUT: &str = "standard output";

/// The place that results are written to.
pub(crate) enum Output {
    /// Standard output.
    Stdout(BufWriter<io::Stdout>),
    /// A file, with its name for messages.
    File(WholeFile, String),
}

impl Output {
    /// Opens the output before any work is done; it must be none of the `inputs`.
    pub(crate) fn open<'p>(
        path: Option<&Path>,
        inputs: impl IntoIterator<Item = &'p PathBuf>,
    ) -> Result<Self> {
        let path = path.filter(|p| *p != Path::new("-"));
        let here = path.map_or_else(standard_output, |path| {
            // To open a pipe would be to wait for its other end.
            path.is_file().then(|| File::open(path).ok()).flatten().and_then(|file| identity(&file))
        });
        let is_here = |input: &&PathBuf| {
            here.is_some() && File::open(input).ok().and_then(|input| identity(&input)) == here
        };
        // A pipe is opened once, by the one who reads it.
        if let Some(input) = inputs.into_iter().filter(|input| input.is_file()).find(is_here) {
            let output = path.map_or(STANDARD_OUTPUT.to_owned(), |path| path.display().to_string());
            bail!("{output}: expected an output that is not an input, found {}", input.display());
        }
        let Some(path) = path else {
            return Ok(Output::Stdout(BufWriter::new(io::stdout())));
        };
        let name = path.display().to_string();
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() || path.is_dir() {
            bail!("{name}: expected a file name in an existing folder");
        }
        let file = WholeFile::create(path).with_context(|| name.clone())?;
        Ok(Output::File(file, name))
    }

    /// Whether standard output is free for other words.
    pub(crate) fn is_file(&self) -> bool {
        matches!(self, Output::File(file, _) if !file.is_direct())
    }

    /// Whether the result appears on a terminal, in the way of everything else there.
    pub(crate) fn is_shown(&self) -> bool {
        matches!(self, Output::Stdout(_)) && io::stdout().is_terminal()
    }

    /// What messages call it.
    pub(crate) fn name(&self) -> &str {
        match self {
            Output::Stdout(_) => STANDARD_OUTPUT,
            Output::File(_, name) => name,
        }
    }

    /// Puts a complete file in its place.
    pub(crate) fn finish(mut self) -> Result<()> {
        match self {
            Output::Stdout(_) => self.flush().context(STANDARD_OUTPUT),
            Output::File(file, name) => file.finish().context(name),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Stdout(out) => out.write(bytes),
            Output::File(file, _) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Stdout(out) => out.flush(),
            Output::File(file, _) => file.flush(),
        }
    }
}

/// What a regular file is known by, whatever its names: device and number.
#[cfg(unix)]
fn identity(file: &File) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    file.metadata().ok().filter(std::fs::Metadata::is_file).map(|m| (m.dev(), m.ino()))
}

/// Where files have no numbers, none is known to be another.
#[cfg(not(unix))]
fn identity(_: &File) -> Option<(u64, u64)> {
    None
}

/// The regular file that standard output goes to, if it does.
#[cfg(unix)]
fn standard_output() -> Option<(u64, u64)> {
    use std::os::fd::AsFd;
    identity(&File::from(io::stdout().as_fd().try_clone_to_owned().ok()?))
}

#[cfg(not(unix))]
fn standard_output() -> Option<(u64, u64)> {
    None
}

/// Prints a finished text.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = Output::open(None, [])?;
    out.write_all(text.as_bytes()).context(STANDARD_OUTPUT)?;
    out.finish()
}

/// A bar on standard error, invisible where that is no terminal.
pub(crate) fn progress(total: usize, what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg:12} {wide_bar} {pos}/{len} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total as u64).with_style(style).with_message(what)
}

/// A count on standard error of what has no known end, invisible where that is no terminal.
pub(crate) fn counter(what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {human_pos} {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style).with_message(what)
}

/// An error of writing that names no place yet, with the name of the output.
pub(crate) fn placed(error: anyhow::Error, name: &str) -> anyhow::Error {
    let is_bare = error.chain().count() == 1 && (error.is::<io::Error>() || error.is::<serde_json::Error>());
    if is_bare { error.context(name.to_owned()) } else { error }
}

/// Whether the reader of our output went away, which is no error of ours.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
            || matches!(cause.downcast_ref::<demarche::Error>(), Some(demarche::Error::Io { source, .. })
                if source.kind() == io::ErrorKind::BrokenPipe)
            || cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind)
                == Some(io::ErrorKind::BrokenPipe)
    })
}

/// An error and its causes on one line; a cause that the words before it end with is not said again.
pub(crate) fn message(error: &anyhow::Error) -> String {
    let mut out = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !out.ends_with(&cause) {
            out += if out.is_empty() { "" } else { ": " };
            out += &cause;
        }
    }
    out
}
