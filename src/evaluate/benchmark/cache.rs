//! Results kept between runs, so that an interrupted benchmark goes on where it stopped.
//!
//! Comes in: a key, which is a checksum of everything that a result depends on. Goes out: the result, if it is there
//! and whole. One small JSON file a result, written whole or not at all; a damaged one counts as none. Knows neither
//! what was computed nor how old it is.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::whole_file::WholeFile;

/// Raised whenever the same key would stand for another result.
const VERSION: &str = "demarche benchmark 1";

/// A folder of results, or nothing at all.
#[derive(Debug, Clone)]
pub struct Cache(Option<PathBuf>);

/// What a file holds: the key makes sure that it is the right one.
#[derive(Serialize, Deserialize)]
struct Kept<T> {
    key: String,
    result: T,
}

impl Cache {
    /// Keeps nothing.
    pub fn none() -> Self {
        Cache(None)
    }

    /// Keeps results in `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be made.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self> {
        let folder = folder.into();
        std::fs::create_dir_all(&folder).map_err(|e| Error::io(&folder, e))?;
        Ok(Cache(Some(folder)))
    }

    /// The folder, if there is one.
    pub fn folder(&self) -> Option<&Path> {
        self.0.as_deref()
    }

    /// The checksum (BLAKE3, 64 hex digits) of `parts`, of the tool and of its version.
    pub(super) fn key(parts: &[&[u8]]) -> String {
        let mut hasher = blake3::Hasher::new();
        for part in [VERSION.as_bytes(), env!("CARGO_PKG_VERSION").as_bytes()].iter().chain(parts) {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        hasher.finalize().to_hex().to_string()
    }

    /// The result under `key`.
    pub(super) fn get<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        let bytes = std::fs::read(self.path(key)?).ok()?;
        let kept: Kept<T> = serde_json::from_slice(&bytes).ok()?;
        (kept.key == key).then_some(kept.result)
    }

    /// Keeps `result` under `key`.
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be written.
    pub(super) fn put<T: Serialize>(&self, key: &str, result: &T) -> Result<()> {
        let Some(path) = self.path(key) else { return Ok(()) };
        let kept = Kept { key: key.to_owned(), result };
        let write = || {
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
            let mut file = WholeFile::create(&path)?;
            file.write_all(&serde_json::to_vec(&kept)?)?;
            file.finish()
        };
        write().map_err(|e| Error::io(&path, e))
    }

    fn path(&self, key: &str) -> Option<PathBuf> {
        let (folder, file) = key.split_at(2);
        self.0.as_ref().map(|root| root.join(folder).join(format!("{file}.json")))
    }
}
