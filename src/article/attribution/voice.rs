//! Whose words a document is throughout: "Statement by the President on the Truce".
//!
//! Comes in: the sentences, the title among them. Goes out: those who sign, and how far the words of a single one go. It
//! refuses to know what stands in letters within a document.

use std::ops::Range;

use super::Passage;
use super::figure::Figure;
use super::lexicon as lex;
use super::mentions::Sentence;
use super::phrase::Phrases;
use super::reading::Read;
use super::token::Token;
use crate::article::layout::BlockKind;

/// A title stands among so many sentences at the top.
const LATEST_TITLE: usize = 6;

/// Those who sign a document, and the passages that are their words.
pub(super) struct Voice {
    pub(super) signatories: Vec<Figure>,
    pub(super) within: Range<usize>,
}

/// "Statement by X on …": X speaks up to the next document; "Joint Declaration by X and Y": both do.
pub(super) fn find(phrases: Phrases<'_>, passages: &[Passage], sentences: &[Read<'_>]) -> Option<Voice> {
    let announces = |read: &&Read<'_>| {
        let kind = passages[read.passage].kind;
        let is_title = kind == BlockKind::Title || (kind == BlockKind::Heading && read.number < LATEST_TITLE);
        is_title && by_whom(&read.sentence).is_some()
    };
    let title = sentences.iter().find(announces)?;
    let s = &title.sentence;
    let by = by_whom(s)?;
    let is_topic =
        |t: &Token<'_>| t.is_one_of(&["on", "in", "at", "about", "regarding", "following", "welcoming"]);
    let end = (by + 1..s.tokens.len()).find(|&i| s.mention_at(i).is_none() && is_topic(&s.tokens[i]));
    let signatories = phrases.signatories(s, by + 1..end.unwrap_or(s.tokens.len()));
    let is_other = |read: &&Read<'_>| {
        read.passage > title.passage
            && passages[read.passage].kind != BlockKind::Paragraph
            && genre(&read.sentence).is_some()
    };
    let last = sentences.iter().find(is_other).map_or(passages.len(), |read| read.passage);
    Some(Voice { signatories, within: title.passage + 1..last })
}

/// The word for a document of one's own words in the first words of a title: "Statement", "Readout".
fn genre(s: &Sentence<'_>) -> Option<usize> {
    (0..s.tokens.len().min(4)).find(|&i| lex::is_genre(&s.tokens[i].lower) || s.is(i, "readout"))
}

/// The "by" of "Statement by Ann Roe".
fn by_whom(s: &Sentence<'_>) -> Option<usize> {
    let by = genre(s).filter(|&i| !s.is(i, "readout")).map(|i| i + 1)?;
    ["by", "from", "of"].iter().any(|w| s.is(by, w)).then_some(by)
}
