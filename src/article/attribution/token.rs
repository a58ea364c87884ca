//! The words and marks of one sentence, as attribution reads them.
//!
//! Comes in: a sentence's span. Goes out: tokens with spans into the document, contractions and possessives
//! split off, and the knowledge of which stand inside quotation marks. Scoring has a tokenizer of its own.

use crate::text::Span;

/// A word or a punctuation mark.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    /// The word without "'s" and without a bracketed first letter, or the mark.
    pub(super) text: &'t str,
    /// `text` in lower case with straight apostrophes.
    pub(super) lower: String,
    /// Bytes in the document, "'s" included.
    pub(super) span: Span,
    /// What was split off.
    pub(super) clitic: Clitic,
    /// Whether it stands inside quotation marks.
    pub(super) quoted: bool,
}

/// What an apostrophe attaches to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clitic {
    None,
    /// "Minsk's", "rebels'".
    Possessive,
    /// "we've", "it's".
    Verb,
}

impl Token<'_> {
    pub(super) fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphanumeric() || c == '@' || c == '#')
    }

    pub(super) fn is_capitalised(&self) -> bool {
        let prefix =
            ["al-", "el-", "ad-", "an-", "ar-", "as-", "at-", "az-", "ould-", "d'", "d’", "l'", "l’"]
                .iter()
                .find(|p| self.text.starts_with(**p));
        prefix.map_or(self.text, |p| &self.text[p.len()..]).starts_with(char::is_uppercase)
    }

    pub(super) fn is(&self, lower: &str) -> bool {
        self.lower == lower
    }

    pub(super) fn is_one_of(&self, list: &[&str]) -> bool {
        list.contains(&self.lower.as_str())
    }

    /// A comma, dash, semicolon, colon or bracket: where a phrase ends.
    pub(super) fn is_break(&self) -> bool {
        !self.is_word()
            && !matches!(self.text, "“" | "”" | "\"" | "‘" | "’" | "'" | "&" | "[" | "]" | "%" | "$")
    }

    /// Whether it is a mark that can open a quotation.
    pub(super) fn opens_quotation(&self) -> bool {
        matches!(self.text, "“" | "\"" | "‘")
    }

    /// All capitals, two letters or more: "NTA".
    pub(super) fn is_acronym(&self) -> bool {
        let mut letters = self.text.chars().filter(|c| c.is_alphabetic());
        letters.clone().count() >= 2 && letters.all(char::is_uppercase)
    }
}

/// Pronouns after which "'s" is a verb.
const BEFORE_VERB_S: &[&str] =
    &["it", "that", "there", "he", "she", "what", "who", "here", "let", "where", "how", "this"];

/// Abbreviations that keep their stop.
const STOPPED: &[&str] = &[
    "adm", "amb", "capt", "col", "dr", "esq", "gen", "gov", "jr", "lt", "maj", "mr", "mrs", "ms", "prof",
    "rep", "rev", "sen", "sgt", "sr", "st", "plc", "inc", "ltd", "co", "corp", "bros",
];

/// Cuts `span` of `text` into tokens; `is_quoted` tells whether a byte stands inside quotation marks.
pub(super) fn tokenize(text: &str, span: Span, is_quoted: impl Fn(usize) -> bool) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = span.start;
    while let Some(first) = text[at..span.end].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let length = word_length(&text[at..span.end]);
        let end = at + if length == 0 { first.len_utf8() } else { length };
        let raw = &text[at..end];
        let (stem, clitic) = split_clitic(raw, &text[end..span.end]);
        let whole: String = stem.chars().filter(|c| length == 0 || !matches!(c, '[' | ']')).collect();
        tokens.push(Token {
            text: stem.rsplit(']').next().filter(|_| length > 0).unwrap_or(stem),
            lower: in_lower_case(&whole),
            span: Span::new(at, end),
            clitic,
            quoted: is_quoted(at),
        });
        at = end;
    }
    tokens
}

/// In lower case, with straight apostrophes.
fn in_lower_case(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase().replace('’', "'") }
}

/// The bytes of the word that `rest` begins with; 0 if it begins with a mark.
fn word_length(rest: &str) -> usize {
    let edited = edited_letter(rest);
    let mut chars = rest[edited..].char_indices().map(|(i, c)| (i + edited, c)).peekable();
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        let next_is_inner = chars.peek().is_some_and(|(_, n)| n.is_alphanumeric());
        let inner = match c {
            c if c.is_alphanumeric() || c == '_' => true,
            '@' | '#' => at == 0 && next_is_inner,
            '.' | ',' if rest[..at].ends_with(|p: char| p.is_ascii_digit()) => next_is_inner,
            '.' => at > 0 && (next_is_inner || keeps_stop(&rest[..at])),
            '-' | '\'' | '’' | '&' | '/' | '‑' => at > 0 && next_is_inner,
            _ => false,
        };
        if !inner {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// The bytes of a first letter in brackets, as editors change it: `[T]his`.
fn edited_letter(rest: &str) -> usize {
    let mut chars = rest.chars();
    match (chars.next(), chars.next(), chars.next(), chars.next()) {
        (Some('['), Some(letter), Some(']'), Some(next))
            if letter.is_alphabetic() && next.is_alphabetic() =>
        {
            letter.len_utf8() + 2
        }
        _ => 0,
    }
}

fn keeps_stop(word: &str) -> bool {
    let is_initial = |part: &str| part.chars().count() == 1 && part.starts_with(char::is_uppercase);
    word.split('.').all(is_initial)
        || (word.starts_with(char::is_uppercase) && STOPPED.iter().any(|s| s.eq_ignore_ascii_case(word)))
}

fn split_clitic<'t>(raw: &'t str, after: &str) -> (&'t str, Clitic) {
    for apostrophe in ['\'', '’'] {
        let Some((stem, tail)) = raw.rsplit_once(apostrophe) else { continue };
        let is_pronoun = BEFORE_VERB_S.iter().any(|p| p.eq_ignore_ascii_case(stem));
        match tail {
            "s" if !is_pronoun => return (stem, Clitic::Possessive),
            "s" | "ve" | "re" | "ll" | "d" | "m" => return (stem, Clitic::Verb),
            _ => {}
        }
    }
    let plural_owner = raw.ends_with('s') && after.starts_with(['\'', '’']);
    (raw, if plural_owner { Clitic::Possessive } else { Clitic::None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let tokens = tokenize(text, Span::new(0, text.len()), |_| false);
        tokens.iter().map(|t| format!("{}{}", t.text, ["", "'s", "'v"][t.clitic as usize])).collect()
    }

    #[test]
    fn initials_and_titles_keep_their_stop_and_sentences_lose_theirs() {
        assert_eq!(
            words("Gen. A. Roe left the U.S. camp."),
            ["Gen.", "A.", "Roe", "left", "the", "U.S.", "camp", "."]
        );
    }

    #[test]
    fn a_letter_that_an_editor_changed_belongs_to_its_word() {
        let text = "[T]his [is] fine";
        let tokens = tokenize(text, Span::new(0, text.len()), |_| false);
        let lower: Vec<&str> = tokens.iter().map(|t| t.lower.as_str()).collect();
        assert_eq!(lower, ["this", "[", "is", "]", "fine"]);
    }

    #[test]
    fn a_possessive_is_told_from_a_contraction() {
        assert_eq!(
            words("Minsk’s rebels' offer, we've said it's 1,000."),
            ["Minsk's", "rebels's", "'", "offer", ",", "we'v", "said", "it'v", "1,000", "."]
        );
    }
}
