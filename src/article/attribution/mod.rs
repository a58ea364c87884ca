//! Who says each sentence of a document, and whose stance it is.
//!
//! Comes in: the blocks of a document with their sentences. Goes out: for each sentence its speaker and holders
//! under the fullest names the document gives, and the figures behind these names. Unknown stays empty. It refuses
//! to know what the stance is.

mod cast;
mod clause;
mod figure;
mod gazetteer;
mod groups;
mod holder;
mod introduction;
mod lexicon;
mod mentions;
mod outcome;
mod people;
mod phrase;
mod quotes;
mod reading;
mod registry;
mod roles;
mod speaker;
mod titles;
mod token;
mod verbs;

use super::actors;
use super::layout::BlockKind;
use crate::text::Span;
use mentions::Sentence;
use phrase::Phrases;
use quotes::Quotes;
use reading::{Read, Reading};
use registry::Registry;

/// Words beyond this many tokens of a sentence are not read: no sentence of prose is so long, and time stays linear.
const LONGEST_SENTENCE: usize = 400;

/// A block and the sentences in it.
pub(super) struct Passage {
    pub(super) span: Span,
    pub(super) kind: BlockKind,
    pub(super) sentences: Vec<Span>,
}

/// What is known about a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attributed {
    pub(super) speaker: Option<String>,
    pub(super) holders: Vec<String>,
    /// Whether the line only announces who speaks next.
    pub(super) is_heading: bool,
}

/// Attributes every sentence of `passages`, in order; also everyone who speaks or holds, sorted by name.
pub(super) fn attribute(text: &str, passages: &[Passage]) -> (Vec<Attributed>, Vec<actors::Figure>) {
    let spans: Vec<Span> = passages.iter().map(|p| p.span).collect();
    let quotes = Quotes::find(text, &spans);
    let places = passages.iter().enumerate().flat_map(|(p, passage)| {
        passage.sentences.iter().enumerate().map(move |(i, span)| (p, i == 0, *span))
    });
    let mut sentences: Vec<Sentence<'_>> = places
        .clone()
        .map(|(_, _, span)| {
            let mut tokens = token::tokenize(text, span, |at| quotes.holds(at));
            tokens.truncate(LONGEST_SENTENCE);
            Sentence::read(text, tokens)
        })
        .collect();
    let registry = Registry::gather(text, &mut sentences);
    let sentences: Vec<Read<'_>> = places
        .zip(sentences)
        .map(|((passage, is_first, _), sentence)| Read { passage, is_first, sentence })
        .collect();
    Reading::new(Phrases { text, people: &registry.people, groups: &registry.groups }, passages, &quotes).read(&sentences)
}

#[cfg(test)]
mod tests;
