//! Sequences of terms: `word:peac talk`, `word:no_negoti`.

use super::{Reading, Sink};
use crate::analysis::Key;

#[derive(Debug, Clone)]
pub(in crate::features) struct WordNgrams {
    pub(super) tag: Key,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl WordNgrams {
    #[inline]
    pub(super) fn extract(&self, reading: Reading<'_>, kept: &mut Vec<(Key, u32)>, sink: &mut impl Sink) {
        kept.clear();
        for (at, occurrence) in reading.occurrences.iter().enumerate() {
            if occurrence.kept {
                kept.push((reading.key(occurrence), at as u32));
            }
        }
        for start in 0..kept.len() {
            let mut key = self.tag;
            let longest = self.to.min(kept.len() - start);
            for n in 1..=longest {
                key = key.then(kept[start + n - 1].0);
                if n >= self.from {
                    let ngram = &kept[start..start + n];
                    sink.add(key, |out| spell(reading, ngram, out));
                }
            }
        }
    }
}

fn spell(reading: Reading<'_>, ngram: &[(Key, u32)], out: &mut String) {
    for (i, &(_, at)) in ngram.iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        reading.spell(&reading.occurrences[at as usize], out);
    }
}

#[cfg(test)]
mod tests {
    use super::super::names;

    #[test]
    fn every_sequence_from_the_shortest_to_the_longest_is_found() {
        let toml = "groups = [{ word_ngrams = [1, 2] }]";
        assert_eq!(
            names(toml, "Never talk, friends."),
            ["never", "never no_talk", "no_talk", "no_talk friend", "friend"]
        );
        assert_eq!(names("groups = [{ word_ngrams = [3, 3] }]", "a b"), [""; 0]);
    }
}
