//! What a headline or a crosshead quotes from the text below it: "‘No more tea’".
//!
//! Comes in: the sentences and who says each. Goes out: for a line that sets words in quotation marks, who says these
//! words elsewhere. It refuses to guess where they stand nowhere else.

use super::Passage;
use super::figure::Figure;
use super::mentions::Sentence;
use super::reading::{Note, Read};
use crate::article::actors::Kind;
use crate::article::layout::BlockKind;

/// Fewer words than these may be anyone's.
const FEWEST: usize = 2;

/// Gives headlines and crossheads the speaker whose words they repeat.
pub(super) fn settle(passages: &[Passage], sentences: &[Read<'_>], notes: &mut [Note]) {
    for i in 0..sentences.len() {
        let kind = passages[sentences[i].passage].kind;
        if !matches!(kind, BlockKind::Title | BlockKind::Heading) {
            continue;
        }
        let s = &sentences[i].sentence;
        let Some((words, is_whole)) = quoted(s) else { continue };
        // "Union leader says ministers ‘hide’" names someone; "Offer ‘an insult’" may be the paper's own choice of words.
        let is_vague =
            notes[i].speaker.as_ref().is_some_and(|f| f.person.is_none() && f.represents.is_none());
        if words.len() < FEWEST || !(is_vague || (is_whole && notes[i].speaker.is_none())) {
            continue;
        }
        let Some(mut figure) = whose(&words, i, passages, sentences, notes) else { continue };
        // "Hospital says it's ‘ready’": who says so in the text speaks for the hospital.
        let is_body = notes[i].speaker.as_ref().is_some_and(|f| f.kind == Kind::Group);
        if let Some(owner) = figure.represents.take_if(|_| is_body && figure.person.is_some()) {
            figure = Figure::plain(owner, Kind::Group);
        }
        notes[i].is_block = is_whole;
        notes[i].is_heading = false;
        notes[i].speaker = Some(figure);
    }
}

/// Who says `words` in a sentence of the text.
fn whose(
    words: &[&str],
    line: usize,
    passages: &[Passage],
    sentences: &[Read<'_>],
    notes: &[Note],
) -> Option<Figure> {
    let is_prose = |k: usize| k != line && passages[sentences[k].passage].kind == BlockKind::Paragraph;
    let says = |k: &usize| {
        let tokens = &sentences[*k].sentence.tokens;
        let all: Vec<&str> = tokens.iter().filter(|t| t.is_word()).map(|t| t.lower.as_str()).collect();
        all.windows(words.len()).any(|window| window == words)
    };
    let found = (0..sentences.len()).filter(|&k| is_prose(k)).find(says)?;
    notes[found].speaker.clone()
}

/// The words between the first quotation mark and the last, and whether they are the line or end it behind a colon.
fn quoted<'s>(s: &'s Sentence<'_>) -> Option<(Vec<&'s str>, bool)> {
    let is_mark = |text: &str| matches!(text, "'" | "‘" | "’" | "“" | "”" | "\"");
    let open = s.tokens.iter().position(|t| is_mark(t.text) && t.text != "’" && t.text != "”")?;
    let close = s.tokens.iter().rposition(|t| is_mark(t.text)).filter(|&close| close > open)?;
    let words = s.tokens[open..close].iter().filter(|t| t.is_word()).map(|t| t.lower.as_str()).collect();
    let leads = !s.tokens[..open].iter().any(|t| t.is_word()) || s.is(open - 1, ":");
    let ends = !s.tokens[close..].iter().any(|t| t.is_word());
    Some((words, leads && ends))
}
