//! `card.toml`: what a dataset folder says about its tables.
//!
//! Comes in: a TOML file. Goes out: what a row is, which columns hold what, and on what terms it may be used.
//! Reads no rows.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::ReadOptions;
use crate::error::{Error, Result};

/// What one row of a table is; articles are cut into the same unit before they are scored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// One actor's position, perhaps a part of a sentence.
    #[default]
    Statement,
    /// A sentence.
    Sentence,
    /// A whole article.
    Article,
}

/// A dataset's card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatasetCard {
    /// One sentence: what the rows are and where they come from.
    pub description: String,
    /// The licence, as an SPDX expression where there is one.
    pub licence: String,
    /// What one row is.
    #[serde(default)]
    pub row: Unit,
    /// The columns.
    #[serde(default)]
    pub columns: CardColumns,
}

/// Names of a dataset's columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CardColumns {
    /// The text.
    pub text: String,
    /// The label, or the first of several.
    pub label: String,
    /// The row's id.
    pub id: Option<String>,
    /// What must not straddle a split.
    pub group: Option<String>,
}

impl Default for CardColumns {
    fn default() -> Self {
        let ReadOptions { text, label, id, group, .. } = ReadOptions::default();
        CardColumns { text, label, id, group }
    }
}

impl DatasetCard {
    /// Reads a card.
    ///
    /// # Errors
    /// [`Error::Io`], and as [`DatasetCard::parse`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        Self::parse(&text, &path.display().to_string())
    }

    /// Understands the text of a card; `place` names it in messages.
    ///
    /// # Errors
    /// [`Error::Spec`] with the line, on a missing or unknown key.
    pub fn parse(text: &str, place: &str) -> Result<Self> {
        toml::from_str(text)
            .map_err(|e| Error::Spec { place: place.to_owned(), reason: e.to_string().trim_end().to_owned() })
    }

    /// The options under which the dataset's tables are read.
    pub fn read_options(&self) -> ReadOptions {
        let CardColumns { text, label, id, group } = self.columns.clone();
        ReadOptions { text, label, id, group, ..ReadOptions::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARD: &str = "description = \"d\"\nlicence = \"CC0-1.0\"\n";

    #[test]
    fn a_card_says_how_its_tables_are_read() {
        let text = format!("{CARD}row = \"sentence\"\n[columns]\ntext = \"quote\"\ngroup = \"conflict\"\n");
        let card = DatasetCard::parse(&text, "card.toml").unwrap();
        let options = card.read_options();
        assert_eq!(
            (card.row, options.text.as_str(), options.label.as_str()),
            (Unit::Sentence, "quote", "stance")
        );
        assert_eq!(options.group.as_deref(), Some("conflict"));
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let error = DatasetCard::parse(&format!("{CARD}license = 1\n"), "card.toml").unwrap_err().to_string();
        assert!(
            error.starts_with("card.toml: ") && error.contains("line 3") && error.contains("license"),
            "{error}"
        );
    }
}
