//! What enters a benchmark: feature sets and pipelines, by name or by file.
//!
//! Comes in: names, TOML files, folders of them, and the learners to try. Goes out: [`Entry`]s, each a whole spec with
//! a name of its own. Knows no data.

use std::path::Path;

use crate::error::{Error, Result};
use crate::features::FeatureSet;
use crate::linear::{Learner, LinearSpec};
use crate::pipeline::PipelineSpec;

/// Values of C that inner folds choose from unless others are asked for: every second of
/// [`C_GRID`](crate::pipeline::C_GRID).
pub const COARSE_GRID: [f64; 4] = [0.1, 1.0, 10.0, 100.0];

/// Folds within the training rows of a fold, among which C is chosen.
pub const INNER_FOLDS: usize = 3;

/// The entries of a benchmark that names none: each adds one thing to an earlier one.
pub const LADDER: [&str; 12] = [
    "words-1",
    "stems-1",
    "stems-1-negation",
    "stems-1-2",
    "stems-1-3",
    "chars-3-5",
    "stems-1-2-chars",
    "lexicon-stems-1-2-chars",
    "lexicon-stems-1-2-chars-surface",
    "stems-1-2-nb",
    "stems-1-2-sum",
    "hashed-1-2",
];

macro_rules! entries {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../../benches/feature_sets/", $name, ".toml")))),*]
    };
}

/// The ladder's files, but for those that are built-in feature sets.
const FILES: [(&str, &str); 9] = entries![
    "stems-1"
    "stems-1-negation"
    "stems-1-3"
    "chars-3-5"
    "stems-1-2-chars"
    "lexicon-stems-1-2-chars"
    "lexicon-stems-1-2-chars-surface"
    "stems-1-2-nb"
    "stems-1-2-sum"
];

/// A feature set or a pipeline as it was written, before learners and C are settled.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    name: String,
    spec: PipelineSpec,
    fixes_learner: bool,
    fixes_c: bool,
}

/// How C is settled where an entry does not fix it.
#[derive(Debug, Clone, PartialEq)]
pub enum ChoiceOfC {
    /// The same for all.
    Fixed(f64),
    /// By macro F1 over [`INNER_FOLDS`] folds of the training rows, among these values, ascending.
    Search(Vec<f64>),
}

/// A spec that takes part under a name and with a learner.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What tables call the features.
    pub name: String,
    /// What tables call the learner.
    pub learner: String,
    /// What is fitted in every fold; its `search` is empty where C is fixed.
    pub spec: PipelineSpec,
}

impl Candidate {
    /// The ladder: from single words to everything.
    pub fn ladder() -> Vec<Self> {
        let built_in = |name| Self::named(name).expect("the ladder's entries are part of the program");
        LADDER.into_iter().map(built_in).collect()
    }

    /// An entry of the ladder or a built-in feature set.
    ///
    /// # Errors
    /// [`Error::Parameter`] listing the known names.
    pub fn named(name: &str) -> Result<Self> {
        if let Some((name, toml)) = FILES.iter().find(|(known, _)| *known == name) {
            return Self::parse(toml, name, name, Path::new(""));
        }
        let known = || LADDER.into_iter().chain(FeatureSet::BUILT_IN.map(|(name, _)| name));
        if !known().any(|n| n == name) {
            let mut names: Vec<&str> = known().collect();
            names.sort_unstable();
            names.dedup();
            let expected = format!("one of {}, a .toml file, or a folder of them", names.join(", "));
            return Err(Error::parameter("feature-sets", expected, format!("{name:?}")));
        }
        let spec = PipelineSpec::new(FeatureSet::built_in(name)?);
        Ok(Candidate { name: name.to_owned(), spec, fixes_learner: false, fixes_c: false })
    }

    /// Reads a TOML file with a feature set, which is called as it says, or with a whole pipeline, which is called as
    /// the file.
    ///
    /// # Errors
    /// As [`PipelineSpec::from_path`].
    pub fn from_path(path: &Path) -> Result<Self> {
        let toml = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        Self::parse(&toml, &stem, &path.display().to_string(), path.parent().unwrap_or(Path::new("")))
    }

    /// Reads every `.toml` file of a folder, in the order of their names.
    ///
    /// # Errors
    /// As [`Candidate::from_path`]; [`Error::Spec`] if there are none.
    pub fn from_folder(folder: &Path) -> Result<Vec<Self>> {
        let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
        let mut files: Vec<_> =
            entries.map_err(|e| Error::io(folder, e))?.into_iter().map(|e| e.path()).collect();
        files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
        files.sort();
        if files.is_empty() {
            let reason = "expected .toml files in this folder, found none".to_owned();
            return Err(Error::Spec { place: folder.display().to_string(), reason });
        }
        files.iter().map(|path| Self::from_path(path)).collect()
    }

    fn parse(toml: &str, file: &str, place: &str, folder: &Path) -> Result<Self> {
        let spec = PipelineSpec::parse(toml, place, folder)?;
        let table: toml::Table = toml.parse().map_err(|e| Error::toml(place, &e))?;
        let model = table.get("model").and_then(toml::Value::as_table);
        let says = |key| model.is_some_and(|model| model.contains_key(key));
        let is_pipeline = table.contains_key("features");
        Ok(Candidate {
            name: if is_pipeline { file.to_owned() } else { spec.features.name.clone() },
            fixes_learner: says("learner") || !spec.sum.is_empty(),
            fixes_c: says("c") || !spec.search.is_empty(),
            spec,
        })
    }
}

impl Entry {
    /// Candidates times learners: a candidate that has no learner of its own takes part once with each of `learners`,
    /// of which only the learner and the naive Bayes ratio count. `seed` becomes that of every spec.
    ///
    /// # Errors
    /// [`Error::Parameter`] if there are no candidates, two have one name, or a setting is out of range.
    pub fn of(
        candidates: Vec<Candidate>,
        learners: &[LinearSpec],
        c: &ChoiceOfC,
        seed: u64,
    ) -> Result<Vec<Self>> {
        let mut names: Vec<&str> = candidates.iter().map(|c| c.name.as_str()).collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            let found = format!("two named {:?}", twice[0]);
            return Err(Error::parameter("feature-sets", "a name of its own for each", found));
        }
        let mut entries: Vec<Entry> = Vec::new();
        for candidate in candidates {
            let own = [candidate.spec.model.clone()];
            let learners = if candidate.fixes_learner { &own } else { learners };
            for learner in learners {
                entries.push(candidate.with(learner, c, seed)?);
            }
        }
        match entries.is_empty() {
            true => Err(Error::parameter("feature-sets", "one entry or more", "none")),
            false => Ok(entries),
        }
    }
}

impl Candidate {
    fn with(&self, learner: &LinearSpec, c: &ChoiceOfC, seed: u64) -> Result<Entry> {
        let mut spec = self.spec.clone();
        spec.model.seed = seed;
        (spec.model.learner, spec.model.nb_ratio) = (learner.learner, learner.nb_ratio);
        if !spec.has_c() {
            spec.search.clear();
        } else if !self.fixes_c {
            match c {
                ChoiceOfC::Fixed(c) => spec.model.c = *c,
                ChoiceOfC::Search(grid) => spec.search.clone_from(grid),
            }
        }
        if !spec.search.is_empty() {
            spec.folds = INNER_FOLDS;
        }
        spec.check()?;
        Ok(Entry { name: self.name.clone(), learner: learner_name(&spec), spec })
    }
}

/// As one would type it: `nb-svm`.
fn learner_name(spec: &PipelineSpec) -> String {
    if !spec.sum.is_empty() {
        return format!("sum of {}", spec.sum.len());
    }
    let model = &spec.model;
    let name = match model.learner {
        Learner::Logistic => "logistic",
        Learner::Svm => "svm",
        Learner::NaiveBayes => "naive-bayes",
        Learner::Prior => "prior",
    };
    if model.nb_ratio.is_some() { format!("nb-{name}") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search() -> ChoiceOfC {
        ChoiceOfC::Search(vec![0.5, 2.0])
    }

    fn parse(toml: &str, file: &str) -> Candidate {
        Candidate::parse(toml, file, file, Path::new("")).unwrap()
    }

    #[test]
    fn the_ladder_is_complete_and_two_entries_have_a_learner_of_their_own() {
        let entries = Entry::of(Candidate::ladder(), &[LinearSpec::default()], &search(), 3).unwrap();
        assert!(entries.iter().map(|e| e.name.as_str()).eq(LADDER));
        let other: Vec<&str> =
            entries.iter().filter(|e| e.learner != "logistic").map(|e| e.learner.as_str()).collect();
        assert_eq!(other, ["nb-svm", "sum of 2"]);
        assert!(entries.iter().all(|e| e.spec.search == [0.5, 2.0] && e.spec.model.seed == 3));
    }

    #[test]
    fn learners_multiply_what_does_not_fix_its_own_and_c_is_searched_where_there_is_one() {
        let free = parse("name = \"free\"\ngroups = [{ surface = true }]", "a");
        let fixed = parse("features = \"words-1\"\n[model]\nlearner = \"svm\"\nc = 0.2", "b");
        let bayes = LinearSpec { learner: Learner::NaiveBayes, ..LinearSpec::default() };
        let entries = Entry::of(vec![free, fixed], &[LinearSpec::default(), bayes], &search(), 7).unwrap();
        let told: Vec<(&str, &str, usize)> =
            entries.iter().map(|e| (e.name.as_str(), e.learner.as_str(), e.spec.search.len())).collect();
        assert_eq!(told, [("free", "logistic", 2), ("free", "naive-bayes", 0), ("b", "svm", 0)]);
        assert_eq!(entries[2].spec.model.c, 0.2);
    }

    #[test]
    fn one_c_for_all_leaves_out_what_fixes_its_own() {
        let fixed = parse("features = \"words-1\"\n[model]\nc = 0.2", "fixed");
        let free = Candidate::named("words-1").unwrap();
        let c = ChoiceOfC::Fixed(4.0);
        let entries = Entry::of(vec![fixed, free], &[LinearSpec::default()], &c, 7).unwrap();
        assert_eq!(entries.iter().map(|e| e.spec.model.c).collect::<Vec<_>>(), [0.2, 4.0]);
    }

    #[test]
    fn names_are_told_apart_and_unknown_ones_answered_with_the_known() {
        let twice = vec![Candidate::named("words-1").unwrap(); 2];
        let error = Entry::of(twice, &[LinearSpec::default()], &search(), 7).unwrap_err().to_string();
        assert!(error.contains("two named \"words-1\""), "{error}");
        let error = Candidate::named("trigrams").unwrap_err().to_string();
        assert!(error.contains("chars-3-5") && error.contains("sentiment"), "{error}");
    }
}
