//! Labels: class names in a fixed order, their polarity, and the spellings that mean them.
//!
//! Comes in: what a table says ("Favour", "anti"). Goes out: a [`Label`], an index into its [`LabelSet`]. The
//! order of classes and the polarity behind every score live here and nowhere else.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Place, Result, shown};

/// A class: an index into a [`LabelSet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Label(pub u16);

impl Label {
    /// The index as a `usize`.
    #[inline]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The label at `index`.
    ///
    /// # Panics
    /// If `index` is above 65,535.
    pub fn from_index(index: usize) -> Self {
        Label(u16::try_from(index).unwrap_or_else(|_| panic!("label index {index} is above {}", u16::MAX)))
    }
}

/// The classes of one question, in order, with the polarity that turns probabilities into a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelSet {
    name: String,
    names: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    polarity: Option<Vec<i8>>,
}

/// Most classes a label set may have.
pub const MAX_LABELS: usize = 1 << 12;

const STANCE: [(&str, i8, &[&str]); 3] = [
    ("against", -1, &["anti", "con", "oppose", "opposed"]),
    ("neutral", 0, &["none"]),
    ("favor", 1, &["favour", "pro", "support"]),
];
const SENTIMENT: [(&str, i8, &[&str]); 3] =
    [("negative", -1, &["neg"]), ("neutral", 0, &["none", "neu"]), ("positive", 1, &["pos"])];

fn shipped(name: &str) -> Option<&'static [(&'static str, i8, &'static [&'static str])]> {
    match name {
        "stance" => Some(&STANCE),
        "sentiment" => Some(&SENTIMENT),
        _ => None,
    }
}

impl LabelSet {
    /// against (-1), neutral (0), favor (+1).
    pub fn stance() -> Self {
        Self::from_shipped("stance", &STANCE)
    }

    /// negative (-1), neutral (0), positive (+1).
    pub fn sentiment() -> Self {
        Self::from_shipped("sentiment", &SENTIMENT)
    }

    fn from_shipped(name: &str, rows: &[(&str, i8, &[&str])]) -> Self {
        LabelSet {
            name: name.into(),
            names: rows.iter().map(|r| r.0.into()).collect(),
            polarity: Some(rows.iter().map(|r| r.1).collect()),
        }
    }

    /// A label set of `names` in the given order, without polarity.
    ///
    /// # Errors
    /// [`Error::Parameter`] if there are fewer than two names, too many, empty ones or repeated ones.
    pub fn new(name: impl Into<String>, names: Vec<String>) -> Result<Self> {
        let set = LabelSet { name: name.into(), names, polarity: None };
        set.check()?;
        Ok(set)
    }

    /// The label set that the distinct values of a label column ask for: a shipped set (with polarity) where
    /// every value is one of its labels or aliases, else the values themselves in sorted order. Values that differ in case or outer
    /// spaces alone are one label, spelt like the first of them.
    ///
    /// # Errors
    /// As [`LabelSet::new`].
    pub fn infer<'v>(column: &str, values: impl IntoIterator<Item = &'v str>) -> Result<Self> {
        let mut names: Vec<String> = values.into_iter().map(|v| v.trim().to_owned()).collect();
        names.sort_unstable();
        names.dedup();
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert(name.to_lowercase()));
        for set in [Self::stance(), Self::sentiment()] {
            // "neutral" alone or a binary "neutral/none" column says nothing about which question was asked.
            let poles = names.iter().filter_map(|n| set.parse(n)).filter(|l| set.polarity_of(*l) != Some(0));
            if names.iter().all(|n| set.parse(n).is_some()) && poles.count() >= 2 {
                let set = set.restricted_to(column, &names);
                return set.check().map(|()| set);
            }
        }
        Self::new(column, names)
    }

    /// The set named `column` with only those labels of `self` that some of `values` mean.
    fn restricted_to(&self, column: &str, values: &[String]) -> Self {
        let kept: Vec<usize> = (0..self.len())
            .filter(|&i| values.iter().any(|v| self.parse(v) == Some(Label::from_index(i))))
            .collect();
        let name = if kept.len() == self.len() { self.name.clone() } else { column.to_owned() };
        LabelSet {
            name,
            names: kept.iter().map(|&i| self.names[i].clone()).collect(),
            polarity: self.polarity.as_ref().map(|p| kept.iter().map(|&i| p[i]).collect()),
        }
    }

    /// Refuses what a file or a caller could get wrong.
    ///
    /// # Errors
    /// [`Error::Parameter`] naming the first broken rule.
    pub fn check(&self) -> Result<()> {
        let expected = format!("2 to {MAX_LABELS} different, non-empty label names");
        if self.names.len() < 2 || self.names.len() > MAX_LABELS {
            let first: Vec<String> = self.names.iter().take(3).map(|name| shown(name)).collect();
            let dots = if self.names.len() > first.len() { ", ..." } else { "" };
            let found = format!("{} ({}{dots})", self.names.len(), first.join(", "));
            return Err(Error::parameter("labels", expected, found));
        }
        let mut sorted: Vec<&str> = self.names.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        if sorted[0].is_empty() || sorted.windows(2).any(|w| w[0] == w[1]) {
            let twice = sorted.windows(2).find(|w| w[0] == w[1]).map_or("", |w| w[0]);
            return Err(Error::parameter("labels", expected, shown(twice)));
        }
        match &self.polarity {
            Some(p) if p.len() != self.names.len() || p.iter().any(|v| !(-1..=1).contains(v)) => {
                Err(Error::parameter("polarity", "one of -1, 0, 1 a label", format!("{p:?}")))
            }
            _ => Ok(()),
        }
    }

    /// What the labels are an answer to, for example "stance". Names output columns and JSON fields.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The number of classes.
    #[allow(clippy::len_without_is_empty)] // a label set has at least two labels
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// The class names, in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The name of one class.
    ///
    /// # Panics
    /// If the label is not of this set.
    pub fn name_of(&self, label: Label) -> &str {
        &self.names[label.index()]
    }

    /// The class that `text` means: its name or an alias, outer spaces ignored; an exact match goes
    /// before one that ignores case.
    pub fn parse(&self, text: &str) -> Option<Label> {
        let text = text.trim();
        if let Some(exact) = self.names.iter().position(|n| n == text) {
            return Some(Label::from_index(exact));
        }
        let folded = text.to_lowercase();
        let by_case = self.names.iter().position(|n| n.to_lowercase() == folded);
        let by_alias = || {
            let polarity = self.polarity.as_ref()?;
            let rows = shipped(&self.name).or_else(|| {
                [&STANCE, &SENTIMENT]
                    .into_iter()
                    .find(|r| self.names.iter().all(|n| r.iter().any(|x| x.0 == n)))
                    .map(|r| r as &[_])
            })?;
            let row = rows.iter().find(|r| r.2.contains(&folded.as_str()))?;
            debug_assert_eq!(polarity.len(), self.names.len());
            self.names.iter().position(|n| n == row.0)
        };
        by_case.or_else(by_alias).map(Label::from_index)
    }

    /// As [`LabelSet::parse`], with an error that names the place and lists the known labels.
    ///
    /// # Errors
    /// [`Error::UnknownLabel`].
    pub fn parse_at(&self, text: &str, place: impl FnOnce() -> Place) -> Result<Label> {
        self.parse(text).ok_or_else(|| Error::UnknownLabel {
            place: place(),
            found: text.to_owned(),
            known: self.names.join(", "),
        })
    }

    /// Favor and against, where the set has both.
    pub fn poles(&self) -> Option<[Label; 2]> {
        let label = |name| self.names.iter().position(|n| n == name).map(Label::from_index);
        Some([label("favor")?, label("against")?])
    }

    /// The polarity of one class: -1, 0 or +1. `None` for a set without polarity.
    pub fn polarity_of(&self, label: Label) -> Option<i8> {
        self.polarity.as_ref().map(|p| p[label.index()])
    }

    /// Whether probabilities over this set make a score.
    pub fn has_polarity(&self) -> bool {
        self.polarity.is_some()
    }

    /// The score of a distribution: the sum of probability times polarity, in [-1, 1].
    /// `None` for a set without polarity.
    ///
    /// # Panics
    /// If the number of probabilities is not the number of classes.
    pub fn score(&self, probabilities: &[f64]) -> Option<f64> {
        assert_eq!(probabilities.len(), self.len(), "probabilities against classes");
        let polarity = self.polarity.as_ref()?;
        Some(probabilities.iter().zip(polarity).map(|(p, &sign)| p * f64::from(sign)).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_outer_spaces_and_aliases_mean_the_same_label() {
        let set = LabelSet::stance();
        for (text, name) in
            [(" FAVOUR ", "favor"), ("Anti", "against"), ("NONE", "neutral"), ("favor", "favor")]
        {
            assert_eq!(set.parse(text).map(|l| set.name_of(l)), Some(name), "{text}");
        }
        assert_eq!(set.parse("maybe"), None);
    }

    #[test]
    fn an_unknown_label_is_an_error_that_lists_the_known_ones() {
        let place = || Place::file("train.csv").line(41).column("stance");
        let error = LabelSet::stance().parse_at("yes", place).unwrap_err();
        assert_eq!(
            error.to_string(),
            "train.csv:41: column \"stance\": unknown label \"yes\" (known: against, neutral, favor)"
        );
    }

    #[test]
    fn a_column_of_stance_words_gets_polarity_and_any_other_its_sorted_values() {
        let set = LabelSet::infer("stance", ["pro", "con", "none"]).unwrap();
        assert_eq!(set, LabelSet::stance());
        let topics = LabelSet::infer("topic", ["war", "art", "war"]).unwrap();
        assert_eq!(topics.names(), ["art", "war"]);
        assert!(!topics.has_polarity());
        let two = LabelSet::infer("label", ["positive", "negative"]).unwrap();
        assert_eq!((two.names().len(), two.score(&[0.25, 0.75])), (2, Some(0.5)));
    }

    #[test]
    fn one_label_is_not_a_label_set() {
        assert!(LabelSet::infer("stance", ["favor", "favor"]).is_err());
    }
}
