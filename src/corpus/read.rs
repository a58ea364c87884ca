//! From a table to a corpus.
//!
//! Comes in: rows and the names of the columns that matter. Goes out: a [`Corpus`], or a [`Labeling`] with the texts handed on one
//! by one; or the line and column of the first cell that is no label.

use std::io::Read;
use std::path::Path;

use super::Corpus;
use super::gathered::Gathered;
use super::labeling::Labeling;
use super::reader::TableReader;
use crate::error::Result;
use crate::label::LabelSet;
use crate::text::Passage;

/// Which columns of a table make a corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// The column of texts.
    pub text: String,
    /// The column of labels.
    pub label: String,
    /// The column of ids; by default `id` where there is one, else rows are numbered from 1.
    pub id: Option<String>,
    /// The column of groups. A row whose cell is empty is a group of its own.
    pub group: Option<String>,
    /// The column of targets, what the stance of a row is toward. A row whose cell is empty has none.
    pub target: Option<String>,
    /// The labels to read; by default those that the column holds ([`LabelSet::infer`]).
    pub label_set: Option<LabelSet>,
    /// Further columns to keep, for reports by their values.
    pub keep: Vec<String>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions {
            text: "text".into(),
            label: "stance".into(),
            id: None,
            group: None,
            target: None,
            label_set: None,
            keep: Vec::new(),
        }
    }
}

impl Corpus {
    /// Reads a file, or standard input for `-`.
    ///
    /// # Errors
    /// As [`TableReader::open`] and [`Corpus::read`].
    pub fn open(path: impl AsRef<Path>, options: &ReadOptions) -> Result<Self> {
        Self::read(&mut TableReader::open(path)?, options)
    }

    /// Reads what is left of a table. Empty texts are kept; see [`Labeling::empty_texts`].
    ///
    /// # Errors
    /// As [`TableReader::read`]; [`crate::Error::Table`] on a missing column or an empty label;
    /// [`crate::Error::UnknownLabel`]; [`crate::Error::Table`] or [`crate::Error::Parameter`] if the labels are to be
    /// inferred and there are fewer than two.
    pub fn read<R: Read>(reader: &mut TableReader<R>, options: &ReadOptions) -> Result<Self> {
        let mut texts = Vec::new();
        let labeling = Labeling::read(reader, options, &mut |passage| {
            texts.push(passage.text.to_owned());
            Ok(())
        })?;
        Ok(Corpus { labeling, texts })
    }
}

impl Labeling {
    /// Reads what is left of a table, and hands on each text, with its target, once its row has been read. Whether all labels are
    /// known shows at the end alone.
    ///
    /// # Errors
    /// As [`Corpus::read`], and whatever `on_text` returns.
    pub fn read<R: Read>(
        reader: &mut TableReader<R>,
        options: &ReadOptions,
        on_text: &mut dyn FnMut(Passage<'_>) -> Result<()>,
    ) -> Result<Self> {
        Gathered::read(reader, options, false, on_text)?.into_labeling(options.label_set.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::Label;

    fn corpus(text: &str, options: &ReadOptions) -> Result<Corpus> {
        Corpus::read(&mut TableReader::new(text.as_bytes(), "t.csv")?, options)
    }

    #[test]
    fn labels_keep_their_rows_whatever_their_spelling() {
        let found = corpus("text,stance\na,Pro\nb,anti\n,favour\nd,none\n", &ReadOptions::default()).unwrap();
        assert_eq!(found.labels(), &LabelSet::stance());
        assert_eq!(found.truth(), [2, 0, 2, 1].map(Label));
        assert_eq!((found.ids().join(" "), found.empty_texts()), ("1 2 3 4".into(), 1));
    }

    #[test]
    fn a_cell_that_is_no_label_is_named() {
        let stance = ReadOptions { label_set: Some(LabelSet::stance()), ..ReadOptions::default() };
        let cases = [
            (
                "text,stance\na,pro\nb,maybe\nc,yes\n",
                "unknown label \"maybe\" (known: against, neutral, favor)",
            ),
            ("text,stance\na,pro\nb, \n", "expected a label, found an empty cell"),
        ];
        for (text, message) in cases {
            let error = corpus(text, &stance).unwrap_err().to_string();
            assert_eq!(error, format!("t.csv:3: column \"stance\": {message}"));
        }
    }

    #[test]
    fn every_named_column_must_be_there() {
        let text = "id,text,stance\nx,a,pro\ny,b,con\n";
        let found = corpus(text, &ReadOptions { keep: vec!["id".into()], ..ReadOptions::default() }).unwrap();
        assert_eq!(
            (found.ids(), found.kept()[0].1.as_slice()),
            (&["x", "y"].map(String::from)[..], found.ids())
        );
        for options in [
            ReadOptions { text: "t".into(), ..ReadOptions::default() },
            ReadOptions { id: Some("key".into()), ..ReadOptions::default() },
            ReadOptions { group: Some("conflict".into()), ..ReadOptions::default() },
            ReadOptions { keep: vec!["genre".into()], ..ReadOptions::default() },
        ] {
            assert!(corpus(text, &options).is_err(), "{options:?}");
        }
    }

    #[test]
    fn groups_are_numbered_by_name_and_an_empty_cell_stands_alone() {
        let options = ReadOptions { group: Some("g".into()), ..ReadOptions::default() };
        let found = corpus("text,stance,g\na,pro,n\nb,con,\nc,con,m\nd,pro,\ne,con,n\n", &options).unwrap();
        assert_eq!(found.groups(), Some(&[1, 2, 0, 3, 1][..]));
        assert_eq!(found.group_names(), ["m", "n", "", ""]);
    }
}
