//! Where a sentence ends within one line.

use super::lines::is_title_case;
use super::words::{
    AFTER_HOUR, AFTER_PLACE, ASKING, BEFORE_NUMBER, FINITE, NEVER_FINAL, OPENERS, PLACES, SELDOM_FINAL,
    TITLES, is_in,
};
use crate::text::Span;

/// Calls `emit` with the span of each sentence of `line`, a text without outer white space.
pub(super) fn for_each_sentence(line: &str, mut emit: impl FnMut(Span)) {
    let mut start = 0;
    let mut has_word = false;
    let mut headline = None;
    let mut at = 0;
    while let Some(stop) = Stop::find(line, at, &mut has_word) {
        at = stop.end;
        let rest = line[stop.end..].trim_start();
        if rest.is_empty() || rest.len() == line.len() - stop.end || !has_word {
            continue;
        }
        let next = Next::of(rest);
        let mut is_headline = || *headline.get_or_insert_with(|| is_title_case(line));
        if stop.ends_sentence(line, start, &next, &mut is_headline) {
            emit(Span::new(start, stop.end));
            start = line.len() - rest.len();
            at = start;
            has_word = false;
        }
    }
    if start < line.len() {
        emit(Span::new(start, line.len()));
    }
}

/// A run of stops with the quotation marks and brackets that close behind it.
struct Stop {
    first: usize,
    end: usize,
    kind: Kind,
    closes_quote: bool,
}

#[derive(PartialEq)]
enum Kind {
    Period,
    Ellipsis,
    Mark,
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '}')
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '(' | '[' | '{')
}

impl Stop {
    /// The first stop at or after byte `from`; notes whether a letter or digit stands before it.
    fn find(line: &str, from: usize, has_word: &mut bool) -> Option<Stop> {
        let first = from
            + line[from..].find(|c: char| {
                *has_word |= c.is_alphanumeric();
                is_stop(c)
            })?;
        let after = line[first..].trim_start_matches(is_stop);
        let run = &line[first..line.len() - after.len()];
        let rest = after.trim_start_matches(is_closer);
        let closers = &after[..after.len() - rest.len()];
        let kind = match run {
            "." => Kind::Period,
            _ if run.contains(['!', '?']) => Kind::Mark,
            _ => Kind::Ellipsis,
        };
        let closes_quote = closers.contains(['"', '\'', '”', '’', '»']);
        Some(Stop { first, end: line.len() - rest.len(), kind, closes_quote })
    }

    fn ends_sentence(
        &self,
        line: &str,
        start: usize,
        next: &Next<'_>,
        headline: &mut impl FnMut() -> bool,
    ) -> bool {
        match next.kind {
            NextKind::Lower | NextKind::Mark => return false,
            NextKind::Upper | NextKind::Digit | NextKind::Other => {}
        }
        if self.closes_quote && self.kind != Kind::Ellipsis && self.quote_goes_on(line, next) {
            return false;
        }
        match self.kind {
            Kind::Mark => true,
            Kind::Ellipsis => next.kind != NextKind::Digit,
            Kind::Period => {
                let before = &line[start..self.first];
                let word_start = before.rfind(char::is_whitespace).map_or(0, |i| i + char_len(before, i));
                let word = before[word_start..].trim_start_matches(is_opener);
                if word_start == 0 && is_number(word) {
                    return false; // "1. We agree": a list marker
                }
                period_ends(word, before[..word_start].trim_end(), next, self.closes_quote, headline)
            }
        }
    }

    /// Whether a quotation that ends here is followed by who said it.
    fn quote_goes_on(&self, line: &str, next: &Next<'_>) -> bool {
        // A full stop inside the marks ends the sentence that quotes; only initials ("in the U.S.") do not tell.
        let open = self.kind == Kind::Mark || line[..self.first].ends_with(|c: char| c.is_ascii_uppercase());
        open && !is_in(OPENERS, next.word) && next.is_attribution()
    }
}

fn char_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit())
}

/// Letters with single stops between them: "S", "J.D", "U.S".
fn is_initials(word: &str) -> bool {
    let mut parts = word.split('.');
    parts.all(|p| {
        let mut chars = p.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
    })
}

/// Transcripts write titles in capitals: "MS. ROE".
fn is_title(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && TITLES.iter().any(|t| t.eq_ignore_ascii_case(word))
}

fn period_ends(
    word: &str,
    before: &str,
    next: &Next<'_>,
    closes_quote: bool,
    headline: &mut impl FnMut() -> bool,
) -> bool {
    let is_hour = matches!(word, "a.m" | "p.m" | "A.M" | "P.M");
    if is_hour && next.is_bracketed {
        return false;
    }
    if next.kind == NextKind::Digit {
        return !(is_in(BEFORE_NUMBER, word) || is_in(NEVER_FINAL, word) || is_in(PLACES, word));
    }
    if is_title(word) || is_in(NEVER_FINAL, word) {
        return false;
    }
    if is_in(SELDOM_FINAL, word) {
        return next.opens_sentence();
    }
    if is_hour {
        return !next.is_of_an_hour()
            && !opens_with_hour(before)
            && (!is_in(AFTER_HOUR, next.word) || next.opens_sentence());
    }
    if !is_initials(word) || closes_quote {
        return true;
    }
    let is_place = is_in(PLACES, word);
    !headline() && (next.opens_sentence() || (is_place && !before.ends_with(" a") && next.is_new_subject()))
}

/// Whether a sentence has so far said only when: "At 10 p.m."
fn opens_with_hour(before: &str) -> bool {
    let mut words = before.trim_start_matches(is_opener).split_whitespace();
    let is_when =
        matches!(words.next(), Some("About" | "Around" | "At" | "Before" | "By" | "Shortly" | "Until"));
    is_when && words.nth(3).is_none()
}

/// What stands after a stop, behind white space and opening marks.
struct Next<'t> {
    kind: NextKind,
    word: &'t str,
    rest: &'t str,
    is_bracketed: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum NextKind {
    Lower,
    Upper,
    Digit,
    Mark,
    Other,
}

/// A word without the marks around it; an inner hyphen or apostrophe stays.
fn bare(token: &str) -> &str {
    token.trim_matches(|c: char| !c.is_alphanumeric())
}

impl<'t> Next<'t> {
    fn of(rest: &'t str) -> Self {
        let is_bracketed = rest.starts_with(['(', '[']);
        let rest = rest.trim_start_matches(is_opener);
        let first = rest.chars().next().unwrap_or('.');
        let kind = match first {
            c if c.is_lowercase() => NextKind::Lower,
            c if c.is_uppercase() => NextKind::Upper,
            c if c.is_numeric() => NextKind::Digit,
            c if is_stop(c) || is_closer(c) || matches!(c, ',' | ';' | ':' | '—' | '–' | '-') => {
                NextKind::Mark
            }
            _ => NextKind::Other,
        };
        let word = bare(rest.split_whitespace().next().unwrap_or_default());
        Next { kind, word, rest, is_bracketed }
    }

    /// The raw tokens from here on; the rules look at a handful.
    fn tokens(&self) -> impl Iterator<Item = &'t str> {
        self.rest.split_whitespace().take(8)
    }

    /// A function word, an adverb before a comma or a verb form before a small word: not part of a name.
    fn opens_sentence(&self) -> bool {
        let mut tokens = self.tokens();
        let first = tokens.next().unwrap_or_default();
        let is_initial = self.word.len() == 1 && first.ends_with('.');
        let lower_follows = tokens.next().is_some_and(|t| t.starts_with(char::is_lowercase));
        (is_in(OPENERS, self.word) && !is_initial)
            || (self.word.ends_with("ly") && first.ends_with(','))
            || (self.word.ends_with("ing") && lower_follows)
            || (self.kind == NextKind::Other && !first.starts_with(char::is_alphanumeric))
    }

    /// What belongs to the hour before it: "Istanbul time", or the initials of a zone with which all ends.
    fn is_of_an_hour(&self) -> bool {
        let mut tokens = self.tokens();
        let first = tokens.next().unwrap_or_default();
        let second = tokens.next();
        let is_zone = (2..=4).contains(&self.word.len()) && self.word.bytes().all(|b| b.is_ascii_uppercase());
        second.is_some_and(|t| bare(t) == "time")
            || (is_zone && (second.is_none() || first.ends_with([',', '.', ')'])))
    }

    /// One or two capitalised words and the verb they govern, as in "Doe has".
    fn is_new_subject(&self) -> bool {
        if is_in(AFTER_PLACE, self.word) {
            return false;
        }
        let is_name = |t: &&str| t.starts_with(char::is_uppercase) && t.ends_with(char::is_alphanumeric);
        let names = self.tokens().take_while(is_name).count();
        (1..=2).contains(&names) && self.tokens().nth(names).is_some_and(|verb| is_in(FINITE, verb))
    }

    /// A name and a verb of saying, as in "Mr. Belov asked".
    fn is_attribution(&self) -> bool {
        let is_name = |t: &&str| {
            t.starts_with(char::is_uppercase)
                || matches!(bare(t), "of" | "for" | "the" | "al" | "bin" | "de" | "van")
                || bare(t).starts_with("spokes")
                || matches!(bare(t), "minister" | "president" | "leader" | "envoy")
        };
        let verb = self.tokens().find(|t| !is_name(t));
        self.kind == NextKind::Upper && verb.is_some_and(|v| is_in(ASKING, bare(v)))
    }
}
