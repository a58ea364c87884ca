//! How positive and negative the words of a statement are: numbers, or the sequence of signs.
//!
//! Comes in: a lexicon that rates words, -4 for the most negative to 4 for the most positive. [`reading`] turns each
//! rating by what stands before the word. Two forms of features go out, best as two groups, since they want different
//! weightings:
//!
//! - [`numbers`]: `valence:sum+`, `valence:last-`, for models that learn from how much; raw counts, no idf, no norm;
//! - [`patterns`]: `valence_pattern:NOT_P1 N2`, for models that learn from which.
//!
//! Source: Hutto and Gilbert 2014, VADER: A Parsimonious Rule-Based Model for Sentiment Analysis of Social Media Text.
//! There the sum is the answer; here it is one feature among others, whose weight is learnt.

mod degree;
mod numbers;
mod patterns;
mod reading;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub(in crate::features) use self::reading::Rated;
use self::reading::Rater;
use super::lexicon::{Hit, table};
use super::{Reading, Sink};
use crate::analysis::{Analyzer, Key};
use crate::error::{Error, Result};

/// Tokens before a word that change its valence, unless the spec says otherwise.
const WINDOW: usize = 3;

/// Widest window: the effect of a word of degree has faded there.
const MOST_WINDOW: usize = 20;

/// Largest rating that a lexicon may give.
const MOST_VALENCE: f64 = 100.0;

/// Most distinct ratings of one lexicon.
const MOST_RATINGS: usize = 1 << 16;

/// What a row of a rated lexicon's table is, for errors.
const ROW: &str = "a row with a `term` and its `valence`, a number";

/// A lexicon of rated words, whole, as it travels in the model file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValenceSpec {
    /// Without terms or `file`, the name of a built-in lexicon with a column `valence`: "vader".
    pub name: String,
    /// What becomes of the valences.
    #[serde(default)]
    pub form: ValenceForm,
    /// Tokens before a word that may negate or boost it, 1 to 20.
    #[serde(default = "window")]
    pub window: usize,
    /// A table with columns `term` and `valence`, beside the spec; read once, the terms travel on.
    #[serde(default, skip_serializing)]
    pub file: Option<PathBuf>,
    /// Terms as written, of one or more words, with their valence: above 0 for positive ones, unit and range up to the
    /// lexicon (VADER: mean rating, -4 to 4).
    #[serde(default)]
    pub terms: BTreeMap<String, f64>,
}

fn window() -> usize {
    WINDOW
}

/// What becomes of the valences of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValenceForm {
    /// Sums, extremes, counts, counted in small steps.
    #[default]
    Numbers,
    /// Signs with strength and negation: singles, pairs, and the set of them.
    Patterns,
}

/// A row of a rated lexicon's table; other columns are passed over.
#[derive(Deserialize)]
struct Row {
    term: String,
    valence: f64,
}

impl ValenceSpec {
    /// Fills in the terms: those of `file`, relative to `folder`, or of the built-in lexicon of this name.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Table`], or [`Error::Parameter`] where no lexicon has that name.
    pub(in crate::features) fn resolve(&mut self, folder: &Path) -> Result<()> {
        let rows: Vec<Row> = match self.file.take() {
            Some(file) => table::of_file(file, folder, ROW)?,
            None if self.terms.is_empty() => table::built_in(&self.name, ROW)?,
            None => return Ok(()),
        };
        self.terms.extend(rows.into_iter().map(|row| (row.term, row.valence)));
        Ok(())
    }

    pub(in crate::features) fn check(&self) -> Result<()> {
        if self.terms.is_empty() {
            return Err(Error::parameter("valence", "at least one term", "none"));
        }
        let sound = |(term, valence): &(&String, &f64)| {
            !term.trim().is_empty() && valence.abs() <= MOST_VALENCE && **valence != 0.0
        };
        if let Some((term, valence)) = self.terms.iter().find(|rated| !sound(rated)) {
            let expected = format!("terms with valences other than 0, at most {MOST_VALENCE} either way");
            return Err(Error::parameter("valence", expected, format!("{term:?} = {valence}")));
        }
        if Rater::ratings(&self.terms).len() > MOST_RATINGS {
            return Err(Error::parameter(
                "valence",
                format!("at most {MOST_RATINGS} distinct values"),
                "more",
            ));
        }
        if !(1..=MOST_WINDOW).contains(&self.window) {
            return Err(Error::parameter("window", format!("1 to {MOST_WINDOW}"), self.window));
        }
        Ok(())
    }
}

#[derive(Debug, Clone)]
pub(in crate::features) struct Valence {
    tag: Key,
    form: ValenceForm,
    rater: Rater,
}

impl Valence {
    pub(super) fn new(spec: &ValenceSpec, tag: Key, analyzer: &Analyzer) -> Self {
        Valence { tag, form: spec.form, rater: Rater::new(&spec.terms, spec.window, analyzer) }
    }

    pub(super) fn extract(
        &self,
        reading: Reading<'_>,
        hits: &mut Vec<Hit>,
        rated: &mut Vec<Rated>,
        sink: &mut impl Sink,
    ) {
        self.rater.rate(reading, hits, rated);
        match self.form {
            ValenceForm::Numbers => numbers::extract(self.tag, reading, rated, sink),
            ValenceForm::Patterns => patterns::extract(self.tag, rated, sink),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::names;

    fn found(form: &str, text: &str) -> Vec<String> {
        let terms = "good = 2.0, great = 3.0, bad = -2.0, \"fed up\" = -1.5";
        let spec = format!("{{ name = \"x\", form = \"{form}\", terms = {{ {terms} }} }}");
        names(&format!("groups = [{{ valence = {spec} }}]"), text)
    }

    /// How often each number was counted.
    fn counted(text: &str) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for name in found("numbers", text) {
            *counts.entry(name).or_default() += 1;
        }
        counts
    }

    #[test]
    fn numbers_say_how_much_and_which_way() {
        let counts = counted("A bad start, then a good day");
        assert_eq!((counts.get("sum+"), counts.get("sum-"), counts.get("sign+")), (None, None, None));
        assert_eq!((counts["first-"], counts["last+"]), (8, 8));
        assert_eq!((counts["positive words"], counts["negative words"]), (6, 6));
    }

    #[test]
    fn a_negator_turns_a_valence_round_and_weakens_it() {
        let counts = counted("This is not good");
        // -0.74 x 2.0, at two steps a unit.
        assert_eq!((counts["sum-"], counts["negators"], counts["negative words"]), (3, 12, 6));
        assert!(counts.contains_key("negated positive") && !counts.contains_key("positive words"));
        assert!(!counted("Not today, good friend").contains_key("negated positive"));
    }

    #[test]
    fn what_follows_a_contrast_is_summed_apart() {
        let counts = counted("A good start but a bad end");
        assert_eq!((counts["before but+"], counts["after but-"]), (16, 16));
        assert!(!counted("A good start, a bad end").contains_key("before but+"));
    }

    #[test]
    fn words_of_degree_boost_and_dampen() {
        let most = |text: &str| counted(text)["max+"];
        assert!(most("very good") > most("good") && most("good") > most("slightly good"));
        assert_eq!(most("very, good"), most("good"));
    }

    #[test]
    fn patterns_are_signs_with_strength_and_negation() {
        assert_eq!(
            found("patterns", "Fed up, not good; a great day"),
            ["N1", "NOT_P1", "P2", "N1 NOT_P1", "NOT_P1 P2", "{P2 N1 NOT_P1}"]
        );
        assert_eq!(found("patterns", "Rain on Monday"), [""; 0]);
    }

    #[test]
    fn the_built_in_ratings_read_and_lexicons_without_any_are_refused() {
        let numbers = names("groups = [{ valence = { name = \"vader\" } }]", "A wonderful talk :)");
        assert!(
            numbers.contains(&"sum+".to_owned())
                && numbers.iter().filter(|n| *n == "positive words").count() == 12
        );
        for (spec, message) in [
            ("{ name = \"stance\" }", "missing field `valence`"),
            ("{ name = \"x\" }", "one of the built-in names"),
            ("{ name = \"x\", terms = { good = 0 } }", "other than 0"),
            ("{ name = \"x\", window = 0, terms = { good = 1 } }", "1 to 20"),
        ] {
            let toml = format!("name = \"x\"\ngroups = [{{ valence = {spec} }}]");
            let error = crate::features::FeatureSet::from_toml(&toml, "x.toml").unwrap_err();
            assert!(error.to_string().contains(message), "{spec}: {error}");
        }
    }
}
