//! The groups of features, one file each: terms in, keys and names out.
//!
//! A group emits a [`Key`] for every feature that it finds, and a closure that can spell the feature's name. While
//! scoring the closure is never called, so that no string is built; while fitting it is called once a feature.

mod char_ngrams;
pub(super) mod effects;
pub(super) mod lexicon;
mod surface;
pub(super) mod valence;
mod word_ngrams;

use self::lexicon::TermKeys;
use super::spec::{GroupKind, GroupSpec};
use crate::analysis::{Analyzer, Key, NAME, Occurrence, TermTable};
use crate::error::Result;

/// A statement as the groups see it.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    pub(super) terms: &'a TermTable,
    pub(super) occurrences: &'a [Occurrence],
}

impl Reading<'_> {
    /// The key of an occurrence, in its negated form where it stands in the scope of a negator.
    #[inline]
    pub(super) fn key(&self, occurrence: &Occurrence) -> Key {
        let term = self.terms.get(occurrence.term);
        match (occurrence.is_name, occurrence.negated) {
            (false, false) => term.key,
            (false, true) => term.negated_key,
            (true, _) => Key::of(NAME),
        }
    }

    /// Appends the text behind [`Reading::key`].
    pub(super) fn spell(&self, occurrence: &Occurrence, out: &mut String) {
        if occurrence.is_name {
            return out.push_str(NAME);
        }
        if occurrence.negated {
            out.push_str("no_");
        }
        out.push_str(self.terms.text(occurrence.term));
    }
}

/// Takes the features of one statement, one call an occurrence.
pub(super) trait Sink {
    /// `name` appends the feature's name without the group's prefix.
    fn add(&mut self, key: Key, name: impl FnOnce(&mut String));

    /// As many calls of [`Sink::add`].
    fn add_times(&mut self, key: Key, times: u32, name: impl Fn(&mut String)) {
        (0..times).for_each(|_| self.add(key, &name));
    }
}

/// The keys alone, for whoever looks them up together.
impl Sink for Vec<Key> {
    #[inline]
    fn add(&mut self, key: Key, _: impl FnOnce(&mut String)) {
        self.push(key);
    }
}

/// Their lower halves, which find a column.
impl Sink for Vec<u64> {
    #[inline]
    fn add(&mut self, key: Key, _: impl FnOnce(&mut String)) {
        self.push(key.lo);
    }
}

/// Buffers that groups reuse from statement to statement.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    kept: Vec<(Key, u32)>,
    chars: Vec<char>,
    hits: Vec<lexicon::Hit>,
    effects: effects::Buffers,
    rated: Vec<valence::Rated>,
}

/// A group, ready to extract.
#[derive(Debug, Clone)]
pub(super) enum Group {
    WordNgrams(word_ngrams::WordNgrams),
    CharNgrams(char_ngrams::CharNgrams),
    Lexicon(lexicon::Lexicon),
    Surface(surface::Surface),
    Effects(effects::Effects),
    Valence(valence::Valence),
}

impl Group {
    /// `keys` are those of the terms of its lexicon, where they are known.
    pub(super) fn new(spec: &GroupSpec, analyzer: &Analyzer, keys: Option<TermKeys>) -> Result<Self> {
        let tag = Key::of(&spec.prefix()?);
        Ok(match spec.kind()? {
            GroupKind::WordNgrams([from, to]) => Group::WordNgrams(word_ngrams::WordNgrams { tag, from, to }),
            GroupKind::CharNgrams([from, to]) => {
                Group::CharNgrams(char_ngrams::CharNgrams { tag, from, to, within_words: false })
            }
            GroupKind::WordCharNgrams([from, to]) => {
                Group::CharNgrams(char_ngrams::CharNgrams { tag, from, to, within_words: true })
            }
            GroupKind::Lexicon(lexicon) => {
                Group::Lexicon(lexicon::Lexicon::new(lexicon, tag, analyzer, keys))
            }
            GroupKind::Surface => Group::Surface(surface::Surface { tag }),
            GroupKind::Effects => Group::Effects(effects::Effects { tag }),
            GroupKind::Valence(spec) => Group::Valence(valence::Valence::new(spec, tag, analyzer)),
        })
    }

    #[inline]
    pub(super) fn extract(&self, reading: Reading<'_>, buffers: &mut Buffers, sink: &mut impl Sink) {
        match self {
            Group::WordNgrams(group) => group.extract(reading, &mut buffers.kept, sink),
            Group::CharNgrams(group) => group.extract(reading, &mut buffers.chars, sink),
            Group::Lexicon(group) => group.extract(reading, &mut buffers.hits, sink),
            Group::Surface(group) => group.extract(reading, sink),
            Group::Effects(group) => group.extract(reading, &mut buffers.effects, sink),
            Group::Valence(group) => group.extract(reading, &mut buffers.hits, &mut buffers.rated, sink),
        }
    }
}

#[cfg(test)]
const ANALYZER: &str = r#"analyzer = { stem = "english", negation = 4, fold_numbers = true }"#;

/// Collects the names that a group finds, for the groups' tests.
#[cfg(test)]
pub(super) fn names(toml: &str, text: &str) -> Vec<String> {
    struct Names(Vec<String>);
    impl Sink for Names {
        fn add(&mut self, _: Key, name: impl FnOnce(&mut String)) {
            let mut out = String::new();
            name(&mut out);
            self.0.push(out);
        }
    }
    let set = super::FeatureSet::from_toml(&format!("name = \"test\"\n{ANALYZER}\n{toml}"), "test").unwrap();
    let analyzer = Analyzer::try_from(set.analyzer).unwrap();
    let (mut terms, mut occurrences) = (TermTable::new(), Vec::new());
    analyzer.read(text, &mut terms, &mut occurrences);
    let reading = Reading { text, terms: &terms, occurrences: &occurrences };
    let mut sink = Names(Vec::new());
    let group = Group::new(&set.groups[0], &analyzer, None).unwrap();
    group.extract(reading, &mut Buffers::default(), &mut sink);
    sink.0
}
