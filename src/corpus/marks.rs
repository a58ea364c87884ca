//! What is kept of texts that are not held: enough to tell whether two corpora, or two texts, are the same.
//!
//! Comes in: texts in the order of their rows. Goes out: [`TextMarks`], and with what else is known of the rows a fingerprint.

use xxhash_rust::xxh3::xxh3_128;

use super::labeling::Labeling;
use crate::label::Label;
use crate::text::is_blank;

/// What is kept of texts that are not held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextMarks {
    /// A hash of each text without case and white space; `None` for one without anything else.
    keys: Vec<Option<u128>>,
    n_blank: usize,
    /// BLAKE3 of the digests of all texts, of which each is known by itself: whoever has seen other texts can go on.
    digest: [u8; 32],
}

/// The first half of BLAKE3 of a text.
pub(super) type Digest = [u8; 16];

/// What is kept of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) digest: Digest,
    /// As [`TextMarks::keys`].
    pub(super) key: Option<u128>,
    pub(super) is_blank: bool,
}

/// Takes texts in the order of their rows.
#[derive(Debug, Default)]
pub(super) struct TextMarker {
    keys: Vec<Option<u128>>,
    n_blank: usize,
    hasher: blake3::Hasher,
    folded: String,
}

impl TextMarker {
    pub(super) fn push(&mut self, text: &str) -> Mark {
        let mut digest = Digest::default();
        digest.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..size_of::<Digest>()]);
        self.folded.clear();
        for word in text.to_lowercase().split_whitespace() {
            self.folded.push_str(word);
            self.folded.push(' ');
        }
        let key = (!self.folded.is_empty()).then(|| xxh3_128(self.folded.as_bytes()));
        let mark = Mark { digest, key, is_blank: is_blank(text) };
        self.push_mark(mark);
        mark
    }

    /// The same of a text that somebody else has seen.
    pub(super) fn push_mark(&mut self, mark: Mark) {
        self.hasher.update(&mark.digest);
        self.keys.push(mark.key);
        self.n_blank += usize::from(mark.is_blank);
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn finish(self) -> TextMarks {
        TextMarks { keys: self.keys, n_blank: self.n_blank, digest: *self.hasher.finalize().as_bytes() }
    }
}

impl TextMarks {
    /// The key of each text: one for texts that differ in case and white space alone, `None` for those of white space alone.
    pub(super) fn keys(&self) -> &[Option<u128>] {
        &self.keys
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The number of texts in which nothing can be seen.
    pub(super) fn n_blank(&self) -> usize {
        self.n_blank
    }

    pub(super) fn of<'t>(texts: impl IntoIterator<Item = &'t String>) -> Self {
        let mut marker = TextMarker::default();
        for text in texts {
            marker.push(text);
        }
        marker.finish()
    }
}

/// Hashes bytes such that no two lists of fields are the same bytes.
fn field(hasher: &mut blake3::Hasher, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}

impl Labeling {
    /// A checksum (BLAKE3, 64 hex digits) of everything that training reads: the label set, and the texts,
    /// labels, groups and targets in row order. Ids and kept columns do not enter.
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut field = |bytes: &[u8]| field(&mut hasher, bytes);
        field(b"corpus 3");
        field(self.labels.name().as_bytes());
        field(&(self.labels.len() as u64).to_le_bytes());
        for (index, name) in self.labels.names().iter().enumerate() {
            field(name.as_bytes());
            let polarity = self.labels.polarity_of(Label::from_index(index));
            field(&polarity.map_or_else(Vec::new, |p| p.to_le_bytes().to_vec()));
        }
        field(&self.texts.digest);
        field(if self.targets().is_some() { b"targets" } else { b"" });
        for (row, label) in self.truth.iter().enumerate() {
            field(&label.0.to_le_bytes());
            if let Some(groups) = self.groups() {
                field(&groups[row].to_le_bytes());
                field(self.group_names()[groups[row] as usize].as_bytes());
            }
            if self.targets().is_some() {
                field(self.target(row).unwrap_or("").as_bytes());
            }
        }
        hasher.finalize().to_hex().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::label::LabelSet;

    fn corpus(texts: [&str; 3], truth: [u16; 3]) -> Corpus {
        Corpus::new(LabelSet::stance(), texts.map(String::from).to_vec(), truth.map(Label).to_vec())
    }

    #[test]
    fn the_fingerprint_sees_whatever_training_reads() {
        let base = corpus(["a", "b", "c"], [0, 1, 2]);
        let grouped = |names: [&str; 3]| base.clone().with_groups(&names.map(String::from));
        let mut prints = vec![
            base.fingerprint(),
            corpus(["ab", "", "c"], [0, 1, 2]).fingerprint(),
            corpus(["a", "b", "c"], [0, 2, 2]).fingerprint(),
            base.subset(&[1, 0, 2]).fingerprint(),
            grouped(["g", "g", "h"]).fingerprint(),
            grouped(["g", "h", "h"]).fingerprint(),
            base.clone().with_targets(&["g", "h", "h"].map(String::from)).fingerprint(),
        ];
        assert!(prints.iter().all(|p| p.len() == 64));
        prints.sort_unstable();
        prints.dedup();
        assert_eq!(prints.len(), 7);
        assert_eq!(corpus(["a", "b", "c"], [0, 1, 2]).fingerprint(), base.fingerprint());
    }
}
