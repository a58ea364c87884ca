//! A folder of its own for each test, and the program to run in it.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use assert_cmd::Command;
use demarche::corpus::ReadOptions;
use demarche::{Corpus, FeatureSet, Pipeline, PipelineSpec};
use serde_json::Value;
use tempfile::TempDir;

/// A file of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The text of a fixture.
pub(crate) fn fixture(name: &str) -> String {
    std::fs::read_to_string(repository("tests/fixtures").join(name)).unwrap()
}

/// The corpus of `tests/fixtures/talks.csv` under one of its label columns.
pub(crate) fn talks(label: &str) -> Corpus {
    let options = ReadOptions { label: label.into(), ..ReadOptions::default() };
    Corpus::open(repository("tests/fixtures/talks.csv"), &options).unwrap()
}

/// A model of a few words, trained once on `talks.csv` with what `train` does by default.
pub(crate) fn tiny(label: &str) -> &'static Pipeline {
    static STANCE: OnceLock<Pipeline> = OnceLock::new();
    static SENTIMENT: OnceLock<Pipeline> = OnceLock::new();
    let of = |cell: &'static OnceLock<Pipeline>| {
        cell.get_or_init(|| {
            PipelineSpec::new(FeatureSet::built_in("words-1-2").unwrap()).fit(&talks(label)).unwrap()
        })
    };
    of(if label == "stance" { &STANCE } else { &SENTIMENT })
}

/// The program, told nothing by the environment of the tests.
pub(crate) fn demarche() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command
}

/// A folder that goes away with the test.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// Nothing in it.
    pub(crate) fn empty() -> Self {
        Folder(TempDir::new().unwrap())
    }

    /// The fixtures, `stance.model` and `sentiment.model`.
    pub(crate) fn furnished() -> Self {
        let folder = Self::empty();
        for name in ["talks.csv", "held_out.csv", "article.txt"] {
            folder.write(name, fixture(name));
        }
        for label in ["stance", "sentiment"] {
            folder.write(&format!("{label}.model"), tiny(label).to_bytes());
        }
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    /// Names of what is in it, hidden ones too, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The program in this folder, with arguments that are split at spaces.
    pub(crate) fn demarche(&self, args: &str) -> Command {
        let mut command = demarche();
        command
            .env("XDG_CACHE_HOME", self.path(".cache"))
            .current_dir(self.0.path())
            .args(args.split(' ').filter(|a| !a.is_empty()));
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, args: &str) -> Run {
        Run::of(&mut self.demarche(args))
    }

    /// What a run that must succeed prints.
    pub(crate) fn stdout(&self, args: &str) -> String {
        self.run(args).stdout()
    }

    /// The same as JSON.
    pub(crate) fn json(&self, args: &str) -> Value {
        serde_json::from_str(&self.stdout(args)).unwrap()
    }

    /// The same as JSON lines.
    pub(crate) fn json_lines(&self, args: &str) -> Vec<Value> {
        self.stdout(args).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// How a run ended and what it printed.
#[derive(Debug, PartialEq)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        Run {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What it printed, if it succeeded without a word on standard error.
    pub(crate) fn stdout(self) -> String {
        assert_eq!((self.code, self.stderr.as_str()), (Some(0), ""));
        self.stdout
    }

    /// What it complained of, if it failed without a result.
    pub(crate) fn complaint(self) -> String {
        assert_eq!((self.code, self.stdout.as_str()), (Some(2), ""), "{}", self.stderr);
        self.stderr
    }
}
