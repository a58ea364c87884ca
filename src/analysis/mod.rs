//! Text to tokens.
//!
//! Comes in: the text of a statement, and an [`AnalyzerSpec`]. Goes out: tokens with rewritten text over
//! untouched byte spans, or, on the fast path, term ids. It knows language, but no features, labels or weights.
//!
//! The order of the steps is fixed, because only one order is right: cut, lowercase and fold, mark what negators
//! reach, drop stop words and punctuation, stem, fold names.

mod names;
pub mod negation;
pub mod segment;
pub mod stem;
pub mod stop_words;
mod subordination;
pub mod terms;
pub mod token;
pub mod tokenize;

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use names::NAME;
pub use segment::{Segmenter, SentenceSegmenter};
pub use stem::Language;
use stem::{MAX_STEMMED, Stemmer};
pub use terms::{Key, Term, TermTable};
use terms::{Normalised, Traits};
pub use token::{RawToken, Token, TokenKind};

use crate::error::{Error, Result};
use crate::text::Span;

/// Which punctuation becomes features.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Punctuation {
    /// None of it.
    #[default]
    None,
    /// What colours a stance: question and exclamation marks, quotation marks, ellipses.
    Marks,
    /// Every mark and symbol.
    All,
}

/// How a text becomes terms. By default: lowercase words as written, nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AnalyzerSpec {
    /// Whether upper and lower case are one.
    pub lowercase: bool,
    /// The language to stem; absent for whole words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stem: Option<Language>,
    /// Tokens that a negator reaches at most; 0 turns negation marking off.
    pub negation: usize,
    /// Whether English function words are dropped (negators, modals and conditionals stay).
    pub stop_words: bool,
    /// Which punctuation is kept.
    pub punctuation: Punctuation,
    /// Whether all numbers are one term.
    pub fold_numbers: bool,
    /// Whether words see all names as one term, told by their capitals; lexicons and characters see what is written.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub fold_names: bool,
}

impl Default for AnalyzerSpec {
    fn default() -> Self {
        AnalyzerSpec {
            lowercase: true,
            stem: None,
            negation: 0,
            stop_words: false,
            punctuation: Punctuation::None,
            fold_numbers: false,
            fold_names: false,
        }
    }
}

/// Turns texts into terms. Immutable; share it between threads and give each its own [`TermTable`].
#[derive(Debug, Clone)]
pub struct Analyzer {
    spec: AnalyzerSpec,
    stemmer: Option<Arc<Stemmer>>,
}

/// One token of one text on the fast path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// Id in the [`TermTable`] it was read with.
    pub term: u32,
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Its shape.
    pub kind: TokenKind,
    /// Whether feature groups of words see it.
    pub kept: bool,
    /// Whether it stands in the scope of a negator.
    pub negated: bool,
    /// Whether feature groups of words see [`NAME`] instead.
    pub is_name: bool,
}

/// Tokens that are looked up together.
const BATCH: usize = 64;

impl TryFrom<AnalyzerSpec> for Analyzer {
    type Error = Error;

    fn try_from(spec: AnalyzerSpec) -> Result<Self> {
        if spec.stem.is_some() && !spec.lowercase {
            return Err(Error::parameter("lowercase", "true where `stem` is set", "false"));
        }
        Ok(Analyzer { stemmer: spec.stem.map(|language| Arc::new(Stemmer::new(language))), spec })
    }
}

impl Analyzer {
    /// The spec it was made from.
    pub fn spec(&self) -> &AnalyzerSpec {
        &self.spec
    }

    /// The tokens that word features see.
    pub fn analyze<'t>(&self, text: &'t str) -> Vec<Token<'t>> {
        let (mut terms, mut occurrences) = (TermTable::new(), Vec::new());
        self.read(text, &mut terms, &mut occurrences);
        let kept = occurrences.iter().filter(|o| o.kept);
        kept.map(|o| {
            let span = Span::new(o.start as usize, o.end as usize);
            let form = if o.is_name { NAME } else { terms.text(o.term) };
            let text = if form == span.of(text) {
                Cow::Borrowed(span.of(text))
            } else {
                Cow::Owned(form.to_owned())
            };
            Token { text, span, kind: o.kind, negated: o.negated }
        })
        .collect()
    }

    /// Reads `text` into `out` (cleared first), every token included; dropped ones are not `kept`.
    pub fn read(&self, text: &str, terms: &mut TermTable, out: &mut Vec<Occurrence>) {
        terms.make_room();
        out.clear();
        tokenize::tokenize(text, |RawToken { start, end, kind }| {
            if kind != TokenKind::Markup {
                out.push(Occurrence {
                    term: 0,
                    start,
                    end,
                    kind,
                    kept: false,
                    negated: false,
                    is_name: false,
                });
            }
        });
        let raw = |o: &Occurrence| RawToken { start: o.start, end: o.end, kind: o.kind };
        let mut scope = negation::Scope::new(self.spec.negation);
        for batch in out.chunks_mut(BATCH) {
            terms.fetch(text, batch.iter().map(raw));
            for (at, token) in batch.iter_mut().enumerate() {
                let (term, traits) = terms.intern(text, raw(token), at, |t| self.normalise(t, token.kind));
                (token.term, token.kept) = (term, traits.kept);
                token.negated = scope.step(traits.negator, traits.closes);
            }
        }
        if self.spec.fold_names {
            names::fold(text, out);
        }
    }

    fn normalise(&self, raw: &str, kind: TokenKind) -> Normalised {
        let surface = match kind {
            TokenKind::Word => self.fold_word(raw),
            TokenKind::Abbreviation => match raw.replace('.', "") {
                name if name == "US" || name == "USA" => "usa".to_owned(),
                letters => self.fold_case(&letters),
            },
            TokenKind::Number if self.spec.fold_numbers => "<number>".to_owned(),
            TokenKind::Number | TokenKind::Emoji | TokenKind::Markup => raw.to_owned(),
            TokenKind::Url => "<url>".to_owned(),
            TokenKind::Mention => "<user>".to_owned(),
            TokenKind::Hashtag => self.fold_case(raw),
            TokenKind::Punctuation => fold_mark(raw).to_owned(),
        };
        let punctuation = kind == TokenKind::Punctuation;
        let kept = match (punctuation, self.spec.punctuation) {
            (true, Punctuation::None) => false,
            (true, Punctuation::Marks) => surface.starts_with(['?', '!', '"', '…']),
            (true, Punctuation::All) => true,
            (false, _) => !(self.spec.stop_words && stop_words::is_english(&surface)),
        };
        let text = match &self.stemmer {
            Some(stemmer) if kind == TokenKind::Word && surface.len() <= MAX_STEMMED => {
                stemmer.stem(&surface).into_owned()
            }
            _ => surface.clone(),
        };
        let negator = kind == TokenKind::Word && negation::is_negator(&surface);
        let closes = (punctuation || kind == TokenKind::Word) && negation::closes_scope(&surface);
        let subordinates = subordination::is_subordinator(&surface);
        Normalised { traits: Traits { kept, negator, closes, subordinates }, text, surface }
    }

    fn fold_case(&self, text: &str) -> String {
        if self.spec.lowercase { text.to_lowercase() } else { text.to_owned() }
    }

    /// Case, apostrophes and joining hyphens; "US" in capitals is the country, "us" is not.
    fn fold_word(&self, raw: &str) -> String {
        if matches!(raw, "US" | "USA") {
            return "usa".to_owned();
        }
        let folded = self.fold_case(raw);
        if folded.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return folded;
        }
        folded
            .chars()
            .filter(|c| !matches!(c, '-' | '\u{2010}' | '\u{2011}'))
            .map(|c| if matches!(c, '\u{2018}' | '\u{2019}' | '\u{2bc}') { '\'' } else { c })
            .collect()
    }
}

/// One form for each family of marks: every quotation mark is `"`, every dash `—`, every ellipsis `…`; runs of
/// `!` and `?` keep at most two.
fn fold_mark(raw: &str) -> &str {
    match raw {
        "“" | "”" | "„" | "‟" | "«" | "»" | "‹" | "›" | "\"" => "\"",
        "–" | "—" | "―" | "‒" => "—",
        _ if raw.len() > 1 && raw.starts_with('.') => "…",
        _ if raw.len() > 1 && raw.starts_with(['!', '?']) => match (raw.contains('!'), raw.contains('?')) {
            (true, true) => "?!",
            (true, false) => "!!",
            _ => "??",
        },
        _ => raw,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems() -> AnalyzerSpec {
        AnalyzerSpec {
            stem: Some(Language::English),
            negation: 4,
            punctuation: Punctuation::Marks,
            fold_numbers: true,
            ..AnalyzerSpec::default()
        }
    }

    fn words(spec: AnalyzerSpec, text: &str) -> Vec<String> {
        let analyzer = Analyzer::try_from(spec).unwrap();
        let mark = |t: Token<'_>| if t.negated { format!("no_{}", t.text) } else { t.text.into_owned() };
        analyzer.analyze(text).into_iter().map(mark).collect()
    }

    #[test]
    fn a_text_is_lowercased_folded_stemmed_and_marked_for_negation() {
        let spec = stems;
        assert_eq!(
            words(spec(), "Won’t U.S. envoys negotiate? “Cease-fire” now!!"),
            ["won't", "no_usa", "no_envoy", "no_negoti", "?", "\"", "ceasefir", "\"", "now", "!!"]
        );
        assert_eq!(
            words(spec(), "The US and us: 3.5, 40"),
            ["the", "usa", "and", "us", "<number>", "<number>"]
        );
    }

    #[test]
    fn spans_point_into_the_original_text() {
        let text = "Kyiv’s envoys — all 3 — don’t talk";
        let analyzer = Analyzer::try_from(stems()).unwrap();
        let originals: Vec<&str> = analyzer.analyze(text).iter().map(|t| t.span.of(text)).collect();
        assert_eq!(originals, ["Kyiv’s", "envoys", "all", "3", "don’t", "talk"]);
    }

    #[test]
    fn stop_words_go_and_negators_stay() {
        let spec = AnalyzerSpec { stop_words: true, ..stems() };
        assert_eq!(
            words(spec, "They would not be at the table without us"),
            ["would", "not", "no_tabl", "without", "no_us"]
        );
    }

    #[test]
    fn the_fast_path_sees_the_same_text_with_one_table_for_many_statements() {
        let analyzer = Analyzer::try_from(stems()).unwrap();
        let (mut terms, mut out) = (TermTable::new(), Vec::new());
        for text in ["No talks.", "Talks, no.", "No talks."] {
            analyzer.read(text, &mut terms, &mut out);
            let fast: Vec<(String, bool)> =
                out.iter().filter(|o| o.kept).map(|o| (terms.text(o.term).to_owned(), o.negated)).collect();
            let slow: Vec<(String, bool)> =
                analyzer.analyze(text).into_iter().map(|t| (t.text.into_owned(), t.negated)).collect();
            assert_eq!(fast, slow);
        }
        assert_eq!(terms.len(), 6);
    }

    #[test]
    fn stemming_without_lowercasing_is_refused() {
        let spec = AnalyzerSpec { lowercase: false, ..stems() };
        assert!(Analyzer::try_from(spec).is_err());
    }
}
