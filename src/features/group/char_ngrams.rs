//! Sequences of characters, across the text or within words.

use super::{Reading, Sink};
use crate::analysis::{Key, TokenKind};

#[derive(Debug, Clone)]
pub(in crate::features) struct CharNgrams {
    pub(super) tag: Key,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) within_words: bool,
}

impl CharNgrams {
    #[inline]
    pub(super) fn extract(&self, reading: Reading<'_>, chars: &mut Vec<char>, sink: &mut impl Sink) {
        if !self.within_words {
            fold_text(reading.text, chars);
            return self.slide(chars, sink);
        }
        for occurrence in reading.occurrences {
            if occurrence.kept && occurrence.kind != TokenKind::Punctuation {
                chars.clear();
                chars.push(' ');
                chars.extend(reading.terms.surface(occurrence.term).chars());
                chars.push(' ');
                self.slide(chars, sink);
            }
        }
    }

    fn slide(&self, chars: &[char], sink: &mut impl Sink) {
        for start in 0..chars.len() {
            let mut key = self.tag;
            let longest = self.to.min(chars.len() - start);
            for n in 1..=longest {
                let c = u64::from(u32::from(chars[start + n - 1]));
                key = key.then(Key { lo: c, hi: c });
                if n >= self.from {
                    let ngram = &chars[start..start + n];
                    sink.add(key, |out| out.extend(ngram));
                }
            }
        }
    }
}

/// Lowercase, white space folded to single spaces.
fn fold_text(text: &str, out: &mut Vec<char>) {
    out.clear();
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
}

#[cfg(test)]
mod tests {
    use super::super::names;

    #[test]
    fn characters_slide_across_the_text_or_within_words() {
        assert_eq!(names("groups = [{ char_ngrams = [3, 3] }]", "No  AÇ"), ["no ", "o a", " aç"]);
        assert_eq!(
            names("groups = [{ word_char_ngrams = [3, 4] }]", "no, go"),
            [" no", " no ", "no ", " go", " go ", "go "]
        );
    }
}
