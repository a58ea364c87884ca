//! Who says each sentence of a document, and whose stance it is.
//!
//! Comes in: the blocks of a document with their sentences. Goes out: for each sentence its speaker and holders
//! under the fullest names the document gives, and the figures behind these names. Unknown stays empty. It refuses
//! to know what the stance is.
//!
//! The rooms, in the order in which a document passes them:
//!
//! - `quotes`, `token`: where quotations stand; words and marks.
//! - `mentions`, `name_runs`, `name_steps`, `gazetteer`: the names in a sentence, known or not.
//! - `registry` with `uses`, `issuer`, `author`, `named_bodies`, `groups`, `people`, `name_key`, `states`, `halves`: who and what the document names;
//!   `beside`, `title`, `apposition`, `tenure`, `owners`: for whom they hold office.
//! - `clause`, `introduction`, `split`: subjects and verbs.
//! - `phrase` with `shape`, `naming`, `role`, `roles`, `named_group`, `possessives`, `described`, `crowd`, `saying`, `newcomers`: from a noun
//!   phrase to `figure`s.
//! - `speaker` with `utterance`, `left_of_verb`, `quotation_side`, `label`, `cast`: who says a sentence.
//! - `reading`, `voice`, `crosshead`, `headline`, `holder`, `outcome`: the passes over the document that put it together.
//! - `lexicon`, `verbs`: the words that all of them ask about.

mod apposition;
mod author;
mod beside;
mod cast;
mod clause;
mod crosshead;
mod crowd;
mod described;
mod figure;
mod gazetteer;
mod groups;
mod halves;
mod headline;
mod holder;
mod introduction;
mod issuer;
mod label;
mod left_of_verb;
mod lexicon;
mod mentions;
mod name_key;
mod name_runs;
mod name_steps;
mod named_bodies;
mod named_group;
mod naming;
mod newcomers;
mod outcome;
mod owners;
mod people;
mod phrase;
mod possessives;
mod quotation_side;
mod quotes;
mod reading;
mod registry;
mod role;
mod roles;
mod saying;
mod shape;
mod speaker;
mod split;
mod states;
mod tenure;
mod title;
mod token;
mod uses;
mod utterance;
mod verbs;
mod voice;

use std::ops::Range;

use super::actors;
use super::layout::BlockKind;
use crate::text::Span;
pub use gazetteer::add_actors;
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

/// What is known about a statement: a sentence, or a clause of one in which several actors act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attributed {
    pub(super) span: Span,
    /// The number of its sentence, counted through all passages.
    pub(super) sentence: usize,
    pub(super) speaker: Option<String>,
    pub(super) holders: Vec<String>,
    /// Whether the line only announces who speaks next.
    pub(super) is_heading: bool,
}

/// The statements in the sentences of `passages`, in order; also everyone who speaks or holds, sorted by name.
///
/// `around` are lines that are nobody's statement, but may give a name in full: "Briefer: Ann Roe, Deputy Spokesperson".
pub(super) fn attribute(
    text: &str,
    passages: &[Passage],
    around: &[Span],
) -> (Vec<Attributed>, Vec<actors::Figure>) {
    let spans: Vec<Span> = passages.iter().map(|p| p.span).collect();
    let quotes = Quotes::find(text, &spans);
    let places = passages.iter().enumerate().flat_map(|(p, passage)| {
        passage.sentences.iter().enumerate().map(move |(i, span)| (p, i == 0, *span))
    });
    let read = |span: Span| {
        let mut tokens = token::tokenize(text, span, |at| quotes.holds(at));
        tokens.truncate(LONGEST_SENTENCE);
        Sentence::read(text, tokens)
    };
    let mut sentences: Vec<Sentence<'_>> =
        places.clone().map(|(_, _, span)| span).chain(around.iter().copied()).map(read).collect();
    let registry = Registry::gather(text, &mut sentences, around.len());
    let phrases = Phrases { text, people: &registry.people, groups: &registry.groups };
    let mut statements = Vec::with_capacity(sentences.len());
    for (number, ((passage, is_first, span), sentence)) in places.zip(sentences).enumerate() {
        statements.extend(cut(phrases, Read { passage, is_first, number, span, sentence }));
    }
    Reading::new(phrases, passages, &quotes, registry.author.as_deref()).read(&statements)
}

/// The statements of a sentence: itself, or its clauses where several actors act.
fn cut<'t>(phrases: Phrases<'_>, whole: Read<'t>) -> Vec<Read<'t>> {
    let parts = split::clauses(phrases, &whole.sentence);
    if parts.len() < 2 {
        return vec![whole];
    }
    let tokens = &whole.sentence.tokens;
    let last = parts.len() - 1;
    let part = |(i, part): (usize, Range<usize>)| {
        let start = if i == 0 { whole.span.start } else { tokens[part.start].span.start };
        let end = if i == last { whole.span.end } else { tokens[part.end - 1].span.end };
        Read {
            passage: whole.passage,
            is_first: whole.is_first && i == 0,
            number: whole.number,
            span: Span::new(start, end),
            sentence: whole.sentence.slice(part),
        }
    };
    parts.into_iter().enumerate().map(part).collect()
}

#[cfg(test)]
mod tests;
