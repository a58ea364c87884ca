//! What differs between two sentences, and whether it matters.

use super::Word;

/// The words in which a later sentence differs from an earlier one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Edit<'w, 't> {
    /// Runs of words that were put in place of others; either side may be empty.
    changes: Vec<(&'w [Word<'t>], &'w [Word<'t>])>,
    n_same: usize,
    n_before: usize,
    n_after: usize,
}

/// The least share of the longer sentence that both have.
const SAME_SHARE: f64 = 0.85;
/// The least share of the earlier sentence that a shortened one keeps.
const KEPT_SHARE: f64 = 0.5;

impl<'w, 't> Edit<'w, 't> {
    /// The shortest way from `before` to `after`, by a longest common subsequence.
    pub(super) fn between(before: &'w [Word<'t>], after: &'w [Word<'t>]) -> Self {
        let (n, m) = (before.len(), after.len());
        // Length of the common subsequence of what is left, row by row.
        let mut common = vec![0u16; (n + 1) * (m + 1)];
        for i in (0..n).rev() {
            for j in (0..m).rev() {
                common[i * (m + 1) + j] = if before[i].folded == after[j].folded {
                    common[(i + 1) * (m + 1) + j + 1] + 1
                } else {
                    common[(i + 1) * (m + 1) + j].max(common[i * (m + 1) + j + 1])
                };
            }
        }
        let mut edit = Edit { n_before: n, n_after: m, ..Edit::default() };
        let (mut i, mut j) = (0, 0);
        let (mut from, mut to) = (0, 0);
        loop {
            let is_same = i < n && j < m && before[i].folded == after[j].folded;
            if (is_same || (i == n && j == m)) && (from < i || to < j) {
                edit.changes.push((&before[from..i], &after[to..j]));
            }
            if is_same {
                (i, j) = (i + 1, j + 1);
                (from, to) = (i, j);
                edit.n_same += 1;
            } else if i == n && j == m {
                return edit;
            } else if j == m || (i < n && common[(i + 1) * (m + 1) + j] >= common[i * (m + 1) + j + 1]) {
                i += 1;
            } else {
                j += 1;
            }
        }
    }

    /// Whether the later sentence says nothing that the earlier one does not say. `is_copied_with` its neighbour, a
    /// sentence may also have another word in place of one.
    pub(super) fn is_harmless(&self, is_copied_with: bool) -> bool {
        let longer = self.n_before.max(self.n_after) as f64;
        let is_near = self.n_same as f64 >= SAME_SHARE * longer;
        let is_shortened = self.n_after == self.n_same
            && self.changes.len() == 1
            && self.n_same as f64 >= KEPT_SHARE * self.n_before as f64;
        let mut n_other_words = 0;
        (is_near || is_shortened)
            && self.changes.iter().all(|(before, after)| match (before.len(), after.len()) {
                (_, 0) => !before.iter().any(turns),
                (0, _) => !after.iter().any(|w| turns(w) || is_fact(w)),
                (1, 1) if is_variant(&before[0], &after[0]) => true,
                _ => {
                    let both = || before.iter().chain(after.iter());
                    n_other_words += usize::from(!both().all(is_plain));
                    n_other_words <= usize::from(is_copied_with) && !both().any(|w| turns(w) || is_fact(w))
                }
            })
    }
}

/// A name or a number.
fn is_fact(word: &Word<'_>) -> bool {
    let is_name = word.written.starts_with(char::is_uppercase) && !word.is_first;
    is_name && !is_in(COURTESY, &word.folded)
        || word.folded.contains(|c: char| c.is_ascii_digit())
        || is_in(NUMBERS, &word.folded)
}

/// A word that turns what is said, or whose opposite does.
fn turns(word: &Word<'_>) -> bool {
    let folded = word.folded.as_str();
    is_in(TURNING, folded)
        || folded.ends_with("n't")
        || TURNING_STEMS.iter().any(|stem| folded.starts_with(stem))
        || folded == "?"
}

/// A function word or a word of saying.
fn is_plain(word: &Word<'_>) -> bool {
    is_in(FUNCTION, &word.folded) || is_in(SAYING, &word.folded)
}

/// Two spellings of one word: "programme" and "program", "organise" and "organize", "cease-fire" and "ceasefire".
fn is_variant(a: &Word<'_>, b: &Word<'_>) -> bool {
    let plain = |w: &Word<'_>| w.folded.replace(['-', '\'', '.'], "");
    let (a, b) = (plain(a), plain(b));
    if a == b {
        return true;
    }
    if a.len().min(b.len()) < 5 || a.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let british = |w: &str| {
        w.replace("our", "or")
            .replace("ise", "ize")
            .replace("isa", "iza")
            .replace("isi", "izi")
            .replace("yse", "yze")
            .replace("mme", "m")
            .replace("ll", "l")
            .replace("nce", "nse")
            .replace("tre", "ter")
            .replace("ogue", "og")
            .replace("aeo", "eo")
    };
    british(&a) == british(&b)
}

fn is_in(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

const COURTESY: &[&str] = &["dr", "miss", "mr", "mrs", "ms", "professor"];

const NUMBERS: &[&str] = &[
    "all",
    "billion",
    "both",
    "double",
    "dozen",
    "dozens",
    "each",
    "eight",
    "eighth",
    "eleven",
    "every",
    "few",
    "fewer",
    "fifth",
    "first",
    "five",
    "four",
    "fourth",
    "friday",
    "half",
    "hundred",
    "hundreds",
    "last",
    "less",
    "many",
    "million",
    "monday",
    "more",
    "most",
    "next",
    "nine",
    "once",
    "one",
    "only",
    "saturday",
    "second",
    "seven",
    "seventh",
    "several",
    "single",
    "six",
    "sixth",
    "some",
    "sunday",
    "ten",
    "third",
    "thousand",
    "thousands",
    "three",
    "thursday",
    "today",
    "tomorrow",
    "tuesday",
    "twelve",
    "twice",
    "two",
    "wednesday",
    "yesterday",
];

/// Negators, conditions, modals and words with an opposite.
const TURNING: &[&str] = &[
    "above", "after", "against", "almost", "barely", "before", "below", "can", "cannot", "could", "despite",
    "down", "east", "enemy", "except", "failed", "false", "far", "friend", "good", "hardly", "if", "inside",
    "late", "left", "little", "lost", "may", "maybe", "might", "must", "near", "neither", "never", "new",
    "no", "nobody", "none", "nor", "north", "not", "nothing", "off", "old", "out", "outside", "perhaps",
    "possible", "right", "scarcely", "shall", "should", "south", "than", "too", "true", "under", "unless",
    "until", "up", "west", "whether", "will", "without", "won", "would",
];

/// Beginnings of words with an opposite.
const TURNING_STEMS: &[&str] = &[
    "abandon",
    "accept",
    "accus",
    "agree",
    "allow",
    "approv",
    "attack",
    "back",
    "ban",
    "begin",
    "began",
    "block",
    "boycott",
    "break",
    "broke",
    "cancel",
    "clos",
    "collaps",
    "condemn",
    "confirm",
    "declin",
    "decreas",
    "defend",
    "defi",
    "demand",
    "den",
    "disagree",
    "dismiss",
    "disput",
    "doubt",
    "end",
    "fail",
    "fall",
    "fell",
    "forbid",
    "halt",
    "hope",
    "impossib",
    "increas",
    "join",
    "keep",
    "kept",
    "leav",
    "lift",
    "los",
    "object",
    "open",
    "oppos",
    "optimis",
    "pessimis",
    "postpon",
    "prais",
    "prevent",
    "promis",
    "quit",
    "refus",
    "reject",
    "releas",
    "reopen",
    "resist",
    "resum",
    "rise",
    "rose",
    "rul",
    "scrap",
    "shun",
    "sign",
    "snub",
    "spurn",
    "start",
    "stop",
    "support",
    "suspend",
    "threat",
    "unable",
    "unlikely",
    "unwilling",
    "walk",
    "want",
    "welcom",
    "willing",
    "win",
    "withdr",
];

/// Function words that may come, go or change places with one another.
const FUNCTION: &[&str] = &[
    "a", "also", "an", "and", "are", "as", "at", "be", "been", "being", "but", "by", "for", "from", "had",
    "has", "have", "he", "her", "here", "him", "his", "in", "into", "is", "it", "its", "just", "of", "on",
    "she", "so", "such", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those",
    "to", "upon", "very", "was", "were", "which", "while", "who", "whom", "whose", "with",
];

const SAYING: &[&str] = &[
    "added", "adding", "noted", "notes", "remarked", "said", "saying", "says", "stated", "states", "tells",
    "told",
];

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        for list in [COURTESY, NUMBERS, TURNING, FUNCTION, SAYING] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn an_edit_is_the_words_that_differ() {
        let (before, after) =
            (words("Both sides, it said, agreed to talk."), words("Both sides agreed to talk now."));
        let edit = Edit::between(&before, &after);
        let changes: Vec<(String, String)> =
            edit.changes.iter().map(|(a, b)| (super::super::key(a), super::super::key(b))).collect();
        assert_eq!(changes, [("it said".into(), String::new()), (String::new(), "now".into())]);
        assert_eq!(edit.n_same, 5);
    }
}
