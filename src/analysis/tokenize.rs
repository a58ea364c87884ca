//! Text in, byte ranges out: one pass, no allocation, no language.
//!
//! ASCII runs go through a byte table; Latin, Greek and Cyrillic letters and the usual typographic marks through
//! a short list of ranges; everything else (combining marks, other scripts, emoji) through the word boundaries
//! of Unicode Standard Annex 29, one white-space-delimited chunk at a time.

use unicode_segmentation::UnicodeSegmentation;

use super::token::{RawToken, TokenKind};

/// A hyphen after one of these belongs to the word: "cease-fire" and "ceasefire" are one term.
const JOINING_PREFIXES: [&[u8]; 4] = [b"cease", b"co", b"pre", b"re"];

/// An HTML tag longer than this is text.
const MAX_TAG: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    Apostrophe,
    Hyphen,
    Stop,
    Quote,
    Exclaim,
    Ellipsis,
    Other,
    Complex,
    High,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Other; 256];
    let mut b = 0;
    while b < 256 {
        let c = b as u8;
        table[b] = match c {
            0..=b' ' | 0x7f => Class::Space,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'\'' => Class::Apostrophe,
            b'-' => Class::Hyphen,
            b'.' => Class::Stop,
            b'"' => Class::Quote,
            b'!' | b'?' => Class::Exclaim,
            0x80.. => Class::High,
            _ => Class::Other,
        };
        b += 1;
    }
    table
};

fn classify(c: char) -> Class {
    match c as u32 {
        0x85 | 0xa0 | 0x1680 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000 | 0xfeff => {
            Class::Space
        }
        0xaa | 0xb5 | 0xba | 0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..=0x24f | 0x1e00..=0x1eff => Class::Letter,
        0x370..=0x482 | 0x48a..=0x52f if c.is_alphabetic() => Class::Letter,
        0x2018 | 0x2019 | 0x2bc => Class::Apostrophe,
        0x201c..=0x201f | 0xab | 0xbb | 0x2039 | 0x203a => Class::Quote,
        0x2010 | 0x2011 => Class::Hyphen,
        0x2026 => Class::Ellipsis,
        0x80..=0x2ff | 0x2012..=0x205e | 0x20a0..=0x20cf => Class::Other,
        _ => Class::Complex,
    }
}

/// Cuts `text` into tokens and hands them to `emit` in order, without overlap, on character boundaries.
/// White space is the only thing left out.
///
/// # Panics
/// If `text` is 4 GiB or longer.
pub fn tokenize(text: &str, mut emit: impl FnMut(RawToken)) {
    assert!(u32::try_from(text.len()).is_ok(), "a text of {} bytes", text.len());
    let scan = Scanner { text, bytes: text.as_bytes() };
    let mut i = 0;
    while i < scan.bytes.len() {
        let (class, width) = scan.class_at(i);
        if class == Class::Space {
            i += width;
            continue;
        }
        match scan.token(i, class, width) {
            Some((end, kind)) => {
                emit(RawToken { start: i as u32, end: end as u32, kind });
                i = end;
            }
            None => i = scan.by_word_boundaries(i, &mut emit),
        }
    }
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
}

impl Scanner<'_> {
    #[inline]
    fn class_at(&self, i: usize) -> (Class, usize) {
        let class = CLASSES[self.bytes[i] as usize];
        if class == Class::High {
            let c = self.text[i..].chars().next().unwrap_or('\u{fffd}');
            (classify(c), c.len_utf8())
        } else {
            (class, 1)
        }
    }

    /// The class at `i`, or white space at the end of the text.
    #[inline]
    fn class_or_end(&self, i: usize) -> (Class, usize) {
        if i < self.bytes.len() { self.class_at(i) } else { (Class::Space, 0) }
    }

    fn is_letter(&self, i: usize) -> bool {
        self.class_or_end(i).0 == Class::Letter
    }

    fn is_digit(&self, i: usize) -> bool {
        self.bytes.get(i).is_some_and(u8::is_ascii_digit)
    }

    /// End and kind of the token at `i`; `None` where only Unicode's rules can tell.
    #[inline]
    fn token(&self, i: usize, class: Class, width: usize) -> Option<(usize, TokenKind)> {
        let byte = self.bytes[i];
        match class {
            Class::Letter => self.word(i),
            Class::Digit => self.number(i),
            Class::Stop if self.is_digit(i + 1) => self.number(i),
            Class::Stop | Class::Exclaim => Some((self.run(i, class), TokenKind::Punctuation)),
            Class::Complex => None,
            Class::Other => match byte {
                b'@' => self.sigil(i, TokenKind::Mention),
                b'#' => self.sigil(i, TokenKind::Hashtag),
                b'<' | b'&' => self.markup(i),
                b':' | b';' | b'=' => Some(self.emoticon(i)),
                _ => Some((i + width, TokenKind::Punctuation)),
            },
            _ => Some((i + width, TokenKind::Punctuation)),
        }
    }

    fn run(&self, i: usize, class: Class) -> usize {
        let rest = &self.bytes[i..];
        i + rest.iter().position(|&b| CLASSES[b as usize] != class).unwrap_or(rest.len())
    }

    fn word(&self, start: usize) -> Option<(usize, TokenKind)> {
        let mut i = start;
        loop {
            i += word_bytes(&self.bytes[i..]);
            if self.bytes.get(i) == Some(&b' ') {
                return Some((i, TokenKind::Word));
            }
            let (class, width) = self.class_or_end(i);
            match class {
                Class::Letter | Class::Digit => i += width,
                Class::Complex => return None,
                Class::Apostrophe if self.is_letter(i + width) => i += width,
                Class::Hyphen if self.is_letter(i + width) && self.joins(start, i) => i += width,
                Class::Stop if i - start == 1 && self.is_letter(i + 1) => {
                    if let Some(end) = self.abbreviation(start) {
                        return Some((end, TokenKind::Abbreviation));
                    }
                    return Some((i, TokenKind::Word));
                }
                Class::Stop | Class::Other if self.is_address(start, i) => {
                    return Some((self.url(i), TokenKind::Url));
                }
                _ => return Some((i, TokenKind::Word)),
            }
        }
    }

    fn joins(&self, start: usize, hyphen: usize) -> bool {
        JOINING_PREFIXES.iter().any(|p| self.bytes[start..hyphen].eq_ignore_ascii_case(p))
    }

    /// The end of letter, stop, letter, stop ...: `U.S.`, `a.m.`, `J.D.`; a single letter before each stop.
    fn abbreviation(&self, start: usize) -> Option<usize> {
        let pair = |i: usize| {
            self.bytes.get(i).is_some_and(u8::is_ascii_alphabetic) && self.bytes.get(i + 1) == Some(&b'.')
        };
        let mut i = start;
        while pair(i) {
            i += 2;
        }
        let single = self.bytes.get(i).is_some_and(u8::is_ascii_alphabetic)
            && !matches!(self.class_or_end(i + 1).0, Class::Letter | Class::Digit | Class::Complex);
        let end = if single { i + 1 } else { i };
        // "p.Next" is a missing space, not an abbreviation.
        let cut_short = !single && matches!(self.class_or_end(i).0, Class::Letter | Class::Complex);
        (end - start >= 3 && !cut_short).then_some(end)
    }

    fn is_address(&self, start: usize, end: usize) -> bool {
        let word = &self.bytes[start..end];
        let rest = &self.bytes[end..];
        ((word.eq_ignore_ascii_case(b"http") || word.eq_ignore_ascii_case(b"https"))
            && rest.starts_with(b"://"))
            || (word.eq_ignore_ascii_case(b"www") && rest.first() == Some(&b'.') && self.is_letter(end + 1))
    }

    fn url(&self, from: usize) -> usize {
        let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'<' | b'>' | b'"') || *b >= 0x80;
        let mut end = from + self.bytes[from..].iter().position(ends).unwrap_or(self.bytes.len() - from);
        while end > from
            && matches!(self.bytes[end - 1], b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b'\'')
        {
            end -= 1;
        }
        end
    }

    fn number(&self, start: usize) -> Option<(usize, TokenKind)> {
        let mut i = start;
        loop {
            while self.is_digit(i) {
                i += 1;
            }
            match self.bytes.get(i) {
                Some(b'.' | b',' | b':') if self.is_digit(i + 1) => i += 1,
                _ => break,
            }
        }
        match self.class_or_end(i).0 {
            Class::Letter => self.word(i).map(|(end, _)| (end, TokenKind::Word)),
            Class::Complex => None,
            _ => Some((i, TokenKind::Number)),
        }
    }

    fn sigil(&self, i: usize, kind: TokenKind) -> Option<(usize, TokenKind)> {
        match self.class_or_end(i + 1).0 {
            Class::Complex => None,
            Class::Letter | Class::Digit => {
                let mut end = i + 1;
                while let (Class::Letter | Class::Digit, width) = self.class_or_end(end) {
                    end += width;
                }
                (self.class_or_end(end).0 != Class::Complex).then_some((end, kind))
            }
            _ => Some((i + 1, TokenKind::Punctuation)),
        }
    }

    fn markup(&self, i: usize) -> Option<(usize, TokenKind)> {
        let window = &self.bytes[i + 1..self.bytes.len().min(i + 1 + MAX_TAG)];
        let close = |stop: u8| window.iter().position(|&b| b == stop);
        let end = match (self.bytes[i], window.first()) {
            (b'<', Some(b)) if b.is_ascii_alphabetic() || matches!(b, b'/' | b'!') => {
                close(b'>').filter(|&n| !window[..n].contains(&b'<'))
            }
            (b'&', Some(b)) if b.is_ascii_alphabetic() || *b == b'#' => {
                close(b';').filter(|&n| n <= 8 && window[1..n].iter().all(u8::is_ascii_alphanumeric))
            }
            _ => None,
        };
        Some(end.map_or((i + 1, TokenKind::Punctuation), |n| (i + n + 2, TokenKind::Markup)))
    }

    /// `:)`, `;-(`, `=D` at the start of a chunk; otherwise the mark alone.
    fn emoticon(&self, i: usize) -> (usize, TokenKind) {
        let alone = (i + 1, TokenKind::Punctuation);
        if i > 0 && CLASSES[self.bytes[i - 1] as usize] != Class::Space {
            return alone;
        }
        let mouth = i + 1 + usize::from(matches!(self.bytes.get(i + 1), Some(b'-' | b'o' | b'*' | b'\'')));
        match self.bytes.get(mouth) {
            Some(b')' | b'(' | b'[' | b']' | b'/' | b'\\' | b'|') => (mouth + 1, TokenKind::Emoji),
            Some(b'd' | b'D' | b'p' | b'P' | b'3')
                if !matches!(
                    self.class_or_end(mouth + 1).0,
                    Class::Letter | Class::Digit | Class::Complex
                ) =>
            {
                (mouth + 1, TokenKind::Emoji)
            }
            _ => alone,
        }
    }

    /// Tokens of the chunk at `i` (up to the next ASCII white space) by Unicode's word boundaries.
    fn by_word_boundaries(&self, i: usize, emit: &mut impl FnMut(RawToken)) -> usize {
        let rest = &self.bytes[i..];
        let end = i + rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
        for (at, piece) in self.text[i..end].split_word_bound_indices() {
            // A combining mark makes one piece with the white space before it.
            let at = at + piece.len() - piece.trim_start().len();
            let piece = piece.trim_start();
            let Some(first) = piece.chars().next() else { continue };
            let kind = if piece.chars().any(char::is_alphabetic) {
                TokenKind::Word
            } else if is_pictograph(first) || piece.contains('\u{20e3}') {
                TokenKind::Emoji
            } else if piece.chars().any(char::is_numeric) {
                TokenKind::Number
            } else {
                TokenKind::Punctuation
            };
            emit(RawToken { start: (i + at) as u32, end: (i + at + piece.len()) as u32, kind });
        }
        end
    }
}

/// How many ASCII letters, digits and underscores `bytes` begins with: eight at a time, as most words are shorter.
#[inline]
fn word_bytes(bytes: &[u8]) -> usize {
    let (chunks, rest) = bytes.as_chunks::<8>();
    for (chunk, start) in chunks.iter().zip((0..).step_by(8)) {
        let others = !of_words(u64::from_le_bytes(*chunk));
        if others != 0 {
            return start + others.trailing_zeros() as usize / 8;
        }
    }
    let of_word = |b: &u8| matches!(CLASSES[*b as usize], Class::Letter | Class::Digit);
    bytes.len() - rest.len() + rest.iter().take_while(|b| of_word(b)).count()
}

/// All bits of each byte that is an ASCII letter, a digit or an underscore; no bit of another.
#[inline]
fn of_words(bytes: u64) -> u64 {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = 0x80 * EACH;
    let ascii = bytes & !HIGH;
    // The high bit of each byte, all below 128, that lies in a range.
    let within = |bytes: u64, first: u8, last: u8| {
        (bytes + (0x80 - u64::from(first)) * EACH) & !(bytes + (0x7f - u64::from(last)) * EACH)
    };
    let letters = within(ascii | (0x20 * EACH), b'a', b'z');
    let found = (letters | within(ascii, b'0', b'9') | within(ascii, b'_', b'_')) & !bytes & HIGH;
    (found >> 7) * 0xff
}

fn is_pictograph(c: char) -> bool {
    matches!(c as u32, 0x1f000..=0x1faff | 0x2190..=0x21ff | 0x2300..=0x23ff | 0x2600..=0x27bf | 0x2b00..=0x2bff)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tokens(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        tokenize(text, |t| out.push(t.of(text)));
        out
    }

    fn kinds(text: &str) -> Vec<TokenKind> {
        let mut out = Vec::new();
        tokenize(text, |t| out.push(t.kind));
        out
    }

    #[test]
    fn words_keep_apostrophes_and_split_at_hyphens_except_in_ceasefires() {
        assert_eq!(tokens("We don’t, can't"), ["We", "don’t", ",", "can't"]);
        assert_eq!(tokens("a rebel-held town"), ["a", "rebel", "-", "held", "town"]);
        assert_eq!(tokens("Cease-fire now"), ["Cease-fire", "now"]);
        assert_eq!(tokens("the envoys' cars"), ["the", "envoys", "'", "cars"]);
    }

    #[test]
    fn bytes_of_words_are_told_eight_at_a_time_as_one_at_a_time() {
        for byte in 0..=u8::MAX {
            let is_of_word = matches!(CLASSES[byte as usize], Class::Letter | Class::Digit);
            for len in [1, 7, 8, 9, 16, 23] {
                for at in 0..len {
                    let mut bytes = vec![b'x'; len];
                    bytes[at] = byte;
                    assert_eq!(
                        word_bytes(&bytes),
                        if is_of_word { len } else { at },
                        "{byte} at {at} of {len}"
                    );
                }
            }
        }
    }

    #[test]
    fn abbreviations_numbers_and_initials_are_one_token() {
        assert_eq!(
            tokens("the U.S. at 10:30 p.m., 3.5% of 1,200"),
            ["the", "U.S.", "at", "10:30", "p.m.", ",", "3.5", "%", "of", "1,200"]
        );
        assert_eq!(tokens("J.D. Vale, M. Ortu"), ["J.D.", "Vale", ",", "M", ".", "Ortu"]);
        assert_eq!(tokens("plan b.Then"), ["plan", "b", ".", "Then"]);
        assert_eq!(kinds("U.N 18th .5"), [TokenKind::Abbreviation, TokenKind::Word, TokenKind::Number]);
    }

    #[test]
    fn addresses_mentions_hashtags_and_emoticons_stay_whole() {
        assert_eq!(
            tokens("See https://example.org/a?b=1. @envoy_1 #Talks2025!!"),
            ["See", "https://example.org/a?b=1", ".", "@envoy_1", "#Talks2025", "!!"]
        );
        assert_eq!(
            tokens("deal :) or not ;-( ratio 3:1"),
            ["deal", ":)", "or", "not", ";-(", "ratio", "3:1"]
        );
        assert_eq!(kinds("😀 👩‍👧‍👦 :D"), [TokenKind::Emoji; 3]);
    }

    #[test]
    fn markup_is_one_token_and_a_lone_bracket_is_not_markup() {
        assert_eq!(
            kinds("a<br />b &amp; c"),
            [TokenKind::Word, TokenKind::Markup, TokenKind::Word, TokenKind::Markup, TokenKind::Word]
        );
        assert_eq!(tokens("3 < 4 & 5"), ["3", "<", "4", "&", "5"]);
    }

    #[test]
    fn quotes_dashes_and_ellipses_are_tokens() {
        assert_eq!(tokens("“No”—he… said..."), ["“", "No", "”", "—", "he", "…", "said", "..."]);
    }

    #[test]
    fn other_scripts_follow_unicode_word_boundaries() {
        assert_eq!(tokens("переговоры façade naïve"), ["переговоры", "façade", "naïve"]);
        assert_eq!(tokens("停戦を求める"), "停戦を求める".unicode_words().collect::<Vec<_>>());
        assert_eq!(tokens("cafe\u{301} 3"), ["cafe\u{301}", "3"]);
        assert_eq!(tokens("பேச்சுவார்த்தை"), ["பேச்சுவார்த்தை"]);
    }

    #[test]
    fn a_mark_on_a_space_is_a_token_without_the_space() {
        assert_eq!(tokens("\u{11300}\u{a0}\u{1939}"), ["\u{11300}", "\u{1939}"]);
        assert_eq!(tokens("停\u{3000}\u{3000}\u{301}"), ["停", "\u{301}"]);
    }

    proptest! {
        #[test]
        fn spans_are_in_order_on_boundaries_and_leave_out_white_space_only(text in "\\PC*|[ a-zA-Z0-9.'’“”@#:;<>&/!?-]*") {
            let mut at = 0;
            tokenize(&text, |t| {
                let (start, end) = (t.start as usize, t.end as usize);
                assert!(at <= start && start < end && text.is_char_boundary(start) && text.is_char_boundary(end));
                assert!(text[at..start].chars().all(|c| classify_any(c) == Class::Space || c.is_whitespace()));
                at = end;
            });
            prop_assert!(text[at..].chars().all(|c| classify_any(c) == Class::Space || c.is_whitespace()));
        }
    }

    fn classify_any(c: char) -> Class {
        if c.is_ascii() { CLASSES[c as usize] } else { classify(c) }
    }
}
