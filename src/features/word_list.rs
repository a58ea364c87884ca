//! Built-in English word lists whose categories mean something to the code that reads them.
//!
//! Comes in: a table `term,category`, and a text. Goes out: the kind of term that starts at a token. The words have an
//! analyzer of their own, lowercase stems, so that they mean the same in every feature set.

use std::sync::LazyLock;

use super::group::Reading;
use super::group::lexicon::{Entry, LexiconSpec, Terms};
use crate::analysis::{Analyzer, AnalyzerSpec, Language, Occurrence, TermTable};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| {
    let spec = AnalyzerSpec { stem: Some(Language::English), ..AnalyzerSpec::default() };
    Analyzer::try_from(spec).expect("lowercase words can be stemmed")
});

/// A text as word lists see it. Buffers for one thread.
#[derive(Debug, Default)]
pub(super) struct Words {
    terms: TermTable,
    occurrences: Vec<Occurrence>,
}

impl Words {
    /// Reads a text; every token is there, punctuation too.
    pub(super) fn read<'a>(&'a mut self, text: &'a str) -> Reading<'a> {
        ANALYZER.read(text, &mut self.terms, &mut self.occurrences);
        Reading { text, terms: &self.terms, occurrences: &self.occurrences }
    }
}

/// Terms of several kinds.
#[derive(Debug)]
pub(super) struct WordList<K> {
    kinds: Vec<K>,
    terms: Terms,
}

impl<K: Copy> WordList<K> {
    /// Terms that match as written, or else by their stems, unless `=` stands before them. `kind` reads a category.
    ///
    /// # Panics
    /// If the table does not read; it is part of the program.
    pub(super) fn new(csv: &str, kind: impl Fn(&str) -> Option<K>) -> Self {
        let both = |entry: Entry| match entry.term.starts_with('=') {
            true => vec![entry],
            false => vec![Entry { term: format!("={}", entry.term), ..entry.clone() }, entry],
        };
        Self::of(read(csv).into_iter().flat_map(both).collect(), kind)
    }

    /// Terms that match as written alone.
    ///
    /// # Panics
    /// As [`WordList::new`].
    pub(super) fn as_written(csv: &str, kind: impl Fn(&str) -> Option<K>) -> Self {
        let written = |entry: Entry| Entry { term: format!("={}", entry.term), ..entry };
        Self::of(read(csv).into_iter().map(written).collect(), kind)
    }

    fn of(entries: Vec<Entry>, kind: impl Fn(&str) -> Option<K>) -> Self {
        let (categories, terms, _) = Terms::of_entries(&entries, false, &ANALYZER, None);
        let known = |name: &String| kind(name).unwrap_or_else(|| panic!("category {name:?} is unknown"));
        WordList { kinds: categories.iter().map(known).collect(), terms }
    }

    /// The kind of the longest term that starts at token `at` of a reading by [`Words::read`], and the token after its
    /// last.
    pub(super) fn at(&self, reading: Reading<'_>, at: usize) -> Option<(K, usize)> {
        self.terms.at(reading, at).map(|(category, end)| (self.kinds[usize::from(category)], end))
    }
}

fn read(csv: &str) -> Vec<Entry> {
    LexiconSpec::read_entries(csv.as_bytes(), "a built-in word list").expect("a built-in word list reads")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(list: &WordList<char>, text: &str) -> Vec<char> {
        let mut words = Words::default();
        let reading = words.read(text);
        (0..reading.occurrences.len()).filter_map(|at| list.at(reading, at)).map(|(kind, _)| kind).collect()
    }

    #[test]
    fn a_word_as_written_goes_before_a_stem_and_a_marked_one_matches_as_written_alone() {
        let csv = "term,category\noffer,a\noffering,b\n=product,c\n";
        let first = |name: &str| name.chars().next();
        let list = WordList::new(csv, first);
        assert_eq!(kinds(&list, "Offers, an OFFERING, a product, products"), ['a', 'b', 'c']);
        assert_eq!(
            kinds(&WordList::as_written(csv.replace('=', "").as_str(), first), "offers"),
            [] as [char; 0]
        );
    }
}
