//! Which words are names, so that features can do without them.
//!
//! Comes in: the tokens of a text. Goes out: marks on those that read as names by their capitals: not at the
//! start of a sentence or quotation unless another capital follows, and in no text that is mostly capitals, such
//! as a headline in title case. A run of them is one name. English spelling; other languages capitalise otherwise.

use super::{Occurrence, TokenKind, stop_words};

/// What features see in the place of a name.
pub const NAME: &str = "<name>";

/// Share of capitalised words above which capitals say nothing.
const MOST_CAPITALS: f64 = 0.6;

/// Marks the names among the `tokens` of `text`; only the first token of a name is kept.
pub(super) fn fold(text: &str, tokens: &mut [Occurrence]) {
    let raw = |token: &Occurrence| &text[token.start as usize..token.end as usize];
    let is_word = |token: &Occurrence| matches!(token.kind, TokenKind::Word | TokenKind::Abbreviation);
    let is_capital = |token: &Occurrence| is_word(token) && raw(token).starts_with(char::is_uppercase);
    let (words, capitals) = tokens.iter().fold((0u32, 0u32), |(words, capitals), token| {
        (words + u32::from(is_word(token)), capitals + u32::from(is_capital(token)))
    });
    if f64::from(capitals) > MOST_CAPITALS * f64::from(words) {
        return;
    }
    let mut in_name = false;
    for at in 0..tokens.len() {
        let opens = match at.checked_sub(1).map(|before| &tokens[before]) {
            None => true,
            Some(before) => {
                before.kind == TokenKind::Punctuation && !matches!(raw(before), "," | ";" | "-" | "'")
            }
        };
        let is_followed = tokens.get(at + 1).is_some_and(is_capital)
            && !stop_words::is_english(&raw(&tokens[at]).to_lowercase());
        let word = raw(&tokens[at]);
        let is_first_person = word == "I" || word.starts_with("I'") || word.starts_with("I’");
        let is_name = is_capital(&tokens[at]) && !is_first_person && (in_name || !opens || is_followed);
        tokens[at].is_name = is_name;
        tokens[at].kept &= !(is_name && in_name);
        in_name = is_name;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Analyzer, AnalyzerSpec, Token};

    fn folded(text: &str) -> String {
        let spec = AnalyzerSpec { fold_names: true, ..AnalyzerSpec::default() };
        let tokens = Analyzer::try_from(spec).unwrap().analyze(text);
        tokens.into_iter().map(|t: Token<'_>| t.text.into_owned()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_name_is_one_token_wherever_capitals_tell() {
        for (text, expected) in [
            (
                "In May they quietly met Ana Ruiz of North Sudan.",
                "in <name> they quietly met <name> of <name>",
            ),
            ("Ana Ruiz, of the U.N., said I'm for it.", "<name> of the <name> said i'm for it"),
            ("They wrote: “Come now.” Then Ana left.", "they wrote come now then <name> left"),
        ] {
            assert_eq!(folded(text), expected);
        }
    }

    #[test]
    fn capitals_say_nothing_in_a_headline_in_title_case() {
        assert_eq!(folded("Rebels Ready for Talks"), "rebels ready for talks");
    }
}
