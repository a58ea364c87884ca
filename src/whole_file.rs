//! Files that appear whole or not at all.
//!
//! Comes in: a path, then bytes. Goes out: the complete file in its place, or no trace. Knows nothing of what the
//! bytes mean.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file that is written beside its place and moved there by [`WholeFile::finish`]; dropped before that, it leaves
/// what was there. Symbolic links are followed. What is no regular file (a pipe, a device) is written directly.
#[derive(Debug)]
pub struct WholeFile {
    writer: BufWriter<File>,
    /// Where the bytes wait; `None` for what is written directly, and once they are in their place.
    beside: Option<PathBuf>,
    path: PathBuf,
}

impl WholeFile {
    /// Opens the file, so that a place that cannot be written is known before any work is done.
    ///
    /// # Errors
    /// As of the operating system: no such folder, no permission, a folder of that name.
    pub fn create(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = followed(path.as_ref())?;
        let old = path.metadata().ok();
        if old.as_ref().is_some_and(|m| !m.is_file()) || path.starts_with("/dev") {
            // A standard stream that leads to a file is under its `/dev` name too, and may be appended to.
            let file = OpenOptions::new().append(true).open(&path)?;
            return Ok(WholeFile { writer: BufWriter::new(file), beside: None, path });
        }
        let (file, beside) = create_beside(&path)?;
        let whole = WholeFile { writer: BufWriter::new(file), beside: Some(beside), path };
        if let Some(old) = old {
            whole.writer.get_ref().set_permissions(old.permissions())?;
        }
        Ok(whole)
    }

    /// Whether the bytes go straight to a pipe or a device.
    pub fn is_direct(&self) -> bool {
        self.beside.is_none()
    }

    /// Puts the complete file in its place.
    ///
    /// # Errors
    /// As of the operating system; an older file then stays as it was.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()?;
        if let Some(beside) = &self.beside {
            self.writer.get_ref().sync_all()?;
            std::fs::rename(beside, &self.path)?;
            self.beside = None;
            // The new name outlives a power cut once its folder is written, too; not every system can be asked for that.
            let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let _ = File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }
}

/// Bytes of a name that stand in the name beside it, which must not be longer than a file system takes.
const SHOWN: usize = 200;

/// A new file `.NAME.PID.part`. What stands under that name already is neither written to nor followed: then `.NAME.PID-2.part`.
fn create_beside(path: &Path) -> io::Result<(File, PathBuf)> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    let name = &name[..name.floor_char_boundary(SHOWN)];
    let open = |number: u32| {
        let more = if number > 1 { format!("-{number}") } else { String::new() };
        let beside = path.with_file_name(format!(".{name}.{}{more}.part", std::process::id()));
        OpenOptions::new().write(true).create_new(true).open(&beside).map(|file| (file, beside))
    };
    let is_taken = |attempt: &io::Result<_>| {
        attempt.as_ref().is_err_and(|e: &io::Error| e.kind() == io::ErrorKind::AlreadyExists)
    };
    let first = (1..100).map(open).find(|attempt| !is_taken(attempt));
    first.unwrap_or_else(|| Err(io::ErrorKind::AlreadyExists.into()))
}

/// Where a chain of symbolic links ends, be there a file or not. Names in `/dev` stand for themselves.
fn followed(path: &Path) -> io::Result<PathBuf> {
    if path.starts_with("/dev") {
        return Ok(path.to_owned());
    }
    match path.canonicalize() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut end = path.to_owned();
            // A ring of links is another error, so that this one ends.
            while let Ok(next) = end.read_link() {
                end = end.with_file_name("").join(next);
            }
            Ok(end)
        }
        other => other,
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            // Nobody is left to tell if that fails.
            let _ = std::fs::remove_file(beside);
        }
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}
