//! Which sentences of an article say again what another one says.
//!
//! Comes in: the sentences of an article, in order. Goes out: which of them are repeats: printed before word for word, or
//! with a change that changes nothing (spelling, a function word, a word of saying, a clause dropped), or quoted from
//! the text as a pull-quote, above or below its passage. It refuses to know what a sentence is about; a negation, a
//! number, a name, or a word with an opposite that differs makes two sentences.

mod edit;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::text::Span;
use edit::Edit;

/// A sentence in its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sentence {
    pub(super) span: Span,
    /// Number of its block.
    pub(super) block: usize,
}

/// A block as far as repeats depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) span: Span,
    /// Headlines are repeats however short they are.
    pub(super) is_title: bool,
    /// Headings may be pull-quotes without quotation marks.
    pub(super) is_heading: bool,
}

/// Shorter sentences may recur without being a reprint ("No."), in words.
const SHORTEST_REPEAT: usize = 4;
/// Shorter pull-quotes may be found in a sentence by chance, in words.
const SHORTEST_PULL_QUOTE: usize = 5;
/// Longer sentences are not searched for pull-quotes: each one would be compared with all of their words.
const LONGEST_QUOTED: usize = 1_000;
/// Sentences with fewer words are repeats only word for word.
const SHORTEST_NEAR_REPEAT: usize = 8;
/// Longer sentences are repeats only word for word: comparing takes the product of the lengths.
const LONGEST_NEAR_REPEAT: usize = 150;
/// Words in a row that sentences are found by.
const SHINGLE: usize = 3;
/// A shingle in more sentences than this tells nothing.
const MOST_SENTENCES: usize = 16;
/// Earlier sentences that one is compared with.
const MOST_COMPARED: usize = 4;

/// For each sentence, whether it is a repeat; time is linear in the text.
pub(super) fn repeats(text: &str, sentences: &[Sentence], blocks: &[Frame]) -> Vec<bool> {
    let words: Vec<Vec<Word<'_>>> = sentences.iter().map(|s| words(s.span.of(text))).collect();
    let index = Index::of(&words);
    let is_reprint = reprints(text, &words, sentences, blocks);
    let is_pull_quote = |block: &Frame| {
        let words = block.span.of(text);
        let is_quoted = words.starts_with(['"', '“', '‘', '«']) && words.ends_with(['"', '”', '’', '»']);
        (is_quoted && is_one_quotation(words)) || (block.is_heading && !block.is_title)
    };
    // Once a block: it may have many sentences, and its words are read to tell.
    let is_pull_quote: Vec<bool> = blocks.iter().map(is_pull_quote).collect();
    // The sentence that each one repeats.
    let mut of: Vec<Option<usize>> = is_reprint.originals;
    for at in 0..sentences.len() {
        if is_reprint.is_repeat[at] {
            continue;
        }
        if is_pull_quote[sentences[at].block] {
            of[at] = of[at].or_else(|| index.around(&words, at));
        }
    }
    for at in 0..sentences.len() {
        if of[at].is_some() || is_reprint.is_repeat[at] {
            continue;
        }
        let is_copied_with = |earlier: usize| {
            let follows = at > 0 && earlier > 0 && of[at - 1] == Some(earlier - 1);
            let precedes = at + 1 < of.len() && of[at + 1] == Some(earlier + 1);
            follows || precedes
        };
        let near = index.before(&words, at).into_iter().find(|earlier| {
            Edit::between(&words[*earlier], &words[at]).is_harmless(is_copied_with(*earlier))
        });
        of[at] = near;
    }
    (0..sentences.len()).map(|at| is_reprint.is_repeat[at] || of[at].is_some()).collect()
}

/// Sentences that stand in the text before, word for word.
struct Reprints {
    is_repeat: Vec<bool>,
    originals: Vec<Option<usize>>,
}

fn reprints(text: &str, words: &[Vec<Word<'_>>], sentences: &[Sentence], blocks: &[Frame]) -> Reprints {
    let mut seen_blocks: HashMap<String, ()> = HashMap::new();
    let is_block_repeated: Vec<bool> = blocks
        .iter()
        .map(|block| {
            let words = self::words(block.span.of(text));
            let is_long = block.is_title || words.len() >= SHORTEST_REPEAT;
            seen_blocks.insert(key(&words), ()).is_some() && is_long
        })
        .collect();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let (mut is_repeat, mut originals) = (Vec::new(), Vec::new());
    for (at, sentence) in sentences.iter().enumerate() {
        let original = seen.get(&key(&words[at])).copied();
        is_repeat.push(
            is_block_repeated[sentence.block] || (original.is_some() && words[at].len() >= SHORTEST_REPEAT),
        );
        originals.push(original.filter(|_| is_repeat[at]));
        seen.entry(key(&words[at])).or_insert(at);
    }
    Reprints { is_repeat, originals }
}

/// Whether the text is a single quotation: no closing mark before its end.
fn is_one_quotation(text: &str) -> bool {
    let inner = text.trim_matches(['"', '“', '”', '‘', '«', '»']);
    !inner.contains(['"', '“', '”', '«', '»'])
}

/// A word of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'t> {
    /// In lower case, with straight apostrophes.
    folded: String,
    written: &'t str,
    is_first: bool,
}

/// "we're" as "we" and "are": an editor's choice, not another word.
fn in_full(folded: &str) -> (String, Option<&'static str>) {
    const PRONOUNS: &[&str] = &["he", "here", "it", "she", "that", "there", "what", "who"];
    match folded {
        "can't" => return ("can".into(), Some("not")),
        "won't" => return ("will".into(), Some("not")),
        "cannot" => return ("can".into(), Some("not")),
        _ => {}
    }
    let endings = [("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am")];
    let found = endings.iter().find_map(|(end, word)| Some((folded.strip_suffix(end)?, *word)));
    let is = || folded.strip_suffix("'s").filter(|stem| PRONOUNS.contains(stem)).map(|stem| (stem, "is"));
    found.or_else(is).map_or_else(|| (folded.into(), None), |(stem, word)| (stem.into(), Some(word)))
}

/// The words of a sentence and its question marks; other punctuation and quotation marks do not matter.
fn words(sentence: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut start = None;
    let is_inner = |c: char, next: Option<char>| {
        matches!(c, '\'' | '’' | '-' | '.' | ',') && next.is_some_and(char::is_alphanumeric)
    };
    let mut chars = sentence.char_indices().chain([(sentence.len(), ' ')]).peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|n| n.1);
        match start {
            None if c.is_alphanumeric() => start = Some(at),
            Some(from) if !c.is_alphanumeric() && !is_inner(c, next) => {
                let written = &sentence[from..at];
                let folded = written.replace('’', "'").to_lowercase();
                let (word, tail) = in_full(&folded);
                words.push(Word { folded: word, written, is_first: words.is_empty() });
                words.extend(tail.map(|tail| Word { folded: tail.into(), written: tail, is_first: false }));
                start = None;
            }
            _ => {}
        }
        if c == '?' {
            words.push(Word { folded: "?".into(), written: "?", is_first: false });
        }
    }
    words
}

fn key(words: &[Word<'_>]) -> String {
    words.iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join(" ")
}

/// Sentences by three words in a row.
struct Index(HashMap<String, Vec<usize>>);

impl Index {
    fn of(words: &[Vec<Word<'_>>]) -> Self {
        let mut index: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, words) in words.iter().enumerate() {
            for shingle in words.windows(SHINGLE) {
                let places = index.entry(key(shingle)).or_default();
                if places.last() != Some(&at) && places.len() <= MOST_SENTENCES {
                    places.push(at);
                }
            }
        }
        Index(index)
    }

    /// Another sentence that has all words of sentence `at` in a row, and more.
    fn around(&self, words: &[Vec<Word<'_>>], at: usize) -> Option<usize> {
        let wanted = &words[at];
        if wanted.len() < SHORTEST_PULL_QUOTE {
            return None;
        }
        let holds = |other: &usize| {
            let is_same = |part: &[Word<'_>]| part.iter().zip(wanted).all(|(a, b)| a.folded == b.folded);
            (wanted.len() + 1..=LONGEST_QUOTED).contains(&words[*other].len())
                && words[*other].windows(wanted.len()).any(is_same)
        };
        let rarest = wanted.windows(SHINGLE).filter_map(|s| self.0.get(&key(s))).min_by_key(|p| p.len())?;
        rarest.iter().copied().filter(|other| *other != at).find(holds)
    }

    /// Earlier sentences that share most shingles with sentence `at`, most first.
    fn before(&self, words: &[Vec<Word<'_>>], at: usize) -> Vec<usize> {
        let is_comparable = |n: usize| (SHORTEST_NEAR_REPEAT..=LONGEST_NEAR_REPEAT).contains(&n);
        if !is_comparable(words[at].len()) {
            return Vec::new();
        }
        let shared = words[at].windows(SHINGLE).filter_map(|s| self.0.get(&key(s)));
        let mut found: Vec<usize> = shared
            .filter(|places| places.len() <= MOST_SENTENCES)
            .flat_map(|places| places.iter().copied().filter(|earlier| *earlier < at))
            .filter(|earlier| is_comparable(words[*earlier].len()))
            .collect();
        found.sort_unstable();
        let mut counts: Vec<(usize, usize)> = Vec::new();
        for earlier in found {
            match counts.last_mut() {
                Some((count, last)) if *last == earlier => *count += 1,
                _ => counts.push((1, earlier)),
            }
        }
        counts.sort_by_key(|(count, earlier)| (std::cmp::Reverse(*count), *earlier));
        counts.into_iter().take(MOST_COMPARED).map(|(_, earlier)| earlier).collect()
    }
}
