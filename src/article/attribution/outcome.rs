//! The last pass over a document: holders, lists, the roster of figures.
//!
//! Comes in: the sentences and what the earlier passes noted. Goes out: speaker and holders of each sentence.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::figure::{Context, Figure};
use super::holder::Holders;
use super::lexicon as lex;
use super::mentions::Sentence;
use super::phrase::Phrases;
use super::reading::{Note, Read};
use super::verbs::{self, Form};
use super::{Attributed, Passage, gazetteer};
use crate::article::actors::{self, Kind};
use crate::article::layout::BlockKind;

/// Figures by name.
type Roster = BTreeMap<String, actors::Figure>;

/// What the last pass needs to know about the document.
pub(super) struct Outcome<'a> {
    pub(super) phrases: Phrases<'a>,
    pub(super) passages: &'a [Passage],
    /// Who speaks in a document that is a statement throughout, and in which passages.
    pub(super) voice: Option<(Figure, Range<usize>)>,
}

impl Outcome<'_> {
    /// Speaker and holders of each sentence, and the roster sorted by name.
    pub(super) fn finish(
        &self,
        sentences: &[Read<'_>],
        notes: &[Note],
    ) -> (Vec<Attributed>, Vec<actors::Figure>) {
        let mut roster = BTreeMap::new();
        let mut attributed = Vec::with_capacity(sentences.len());
        // "We agree to the following:", then items that begin with a bare verb.
        let mut lead: Vec<String> = Vec::new();
        for (read, note) in sentences.iter().zip(notes) {
            let mut one = self.attribute(read, note, &mut roster);
            let tokens = &read.sentence.tokens;
            let is_item = self.passages[read.passage].kind == BlockKind::Item;
            let is_bare = verbs::lookup(&tokens[note.label.min(tokens.len() - 1)].lower)
                .is_some_and(|v| v.form == Form::Base);
            if is_item && read.is_first && (is_bare || one.holders.is_empty()) && !lead.is_empty() {
                one.holders.clone_from(&lead);
            }
            if tokens.last().is_some_and(|t| t.is(":")) {
                // "In the communiqué, the parties:"
                let announced =
                    || self.phrases.actors(&read.sentence, last_part(&read.sentence), &note.context);
                lead = if note.is_heading { names_of(&announced()) } else { one.holders.clone() };
            } else if !is_item {
                lead.clear();
            }
            attributed.push(one);
        }
        (attributed, roster.into_values().collect())
    }

    /// Speaker and holders of one sentence; adds them to the roster.
    fn attribute(&self, read: &Read<'_>, note: &Note, roster: &mut Roster) -> Attributed {
        if note.is_heading {
            return attributed(read, None, Vec::new(), true);
        }
        let s = &read.sentence;
        let has_quote = s.tokens.iter().any(|t| t.quoted);
        let is_quotation = read.is_quotation(note.label);
        let turn = note.turn.as_ref().filter(|_| is_quotation || !has_quote);
        let is_prose = self.passages[read.passage].kind != BlockKind::Title;
        let document = self.voice.as_ref().filter(|(_, within)| is_prose && within.contains(&read.passage));
        let document = document.map(|(figure, _)| figure);
        let speaker = note.speaker.as_ref().or(turn).or(document);
        let saying = saying(s, note.label).filter(|_| speaker.is_some());
        let is_own = begins_quoted(s, note.label)
            || saying.is_some()
            || note.label > 0
            || note.is_block
            || (note.speaker.is_none() && speaker.is_some());
        let context = match speaker {
            Some(figure) if is_own => Cow::Owned(note.context.spoken_by(figure)),
            Some(figure) if has_quote => {
                Cow::Owned(Context { voice: vec![figure.clone()], ..note.context.clone() })
            }
            _ => Cow::Borrowed(&note.context),
        };
        let holders = Holders { phrases: self.phrases, sentence: s, context: &context };
        let voice = speaker.filter(|f| is_own && !f.is_medium());
        let mut figures = holders.find(saying.unwrap_or_else(|| telling(s, note.label)), voice);
        figures.retain(|f| !f.is_nameless());
        let is_question = s.tokens.last().is_some_and(|t| t.is("?"))
            || (has_quote && s.tokens.iter().any(|t| t.quoted && t.is("?")));
        if figures.is_empty() && !is_question {
            figures.extend(speaker.filter(|f| !f.is_nameless() && !f.is_medium()).cloned());
        }
        // What an opinion says of nobody is its author's.
        let is_authors = is_prose && !has_quote && speaker.is_none() && self.voice.is_none() && !is_question;
        if figures.is_empty() && is_authors && s.tokens.last().is_some_and(|t| t.is(".") || t.is("!")) {
            figures.extend(note.context.author.clone());
        }
        let figures: Vec<Figure> =
            figures.into_iter().map(|f| self.members(in_full(f, speaker), speaker)).collect();
        let speaker = speaker.filter(|f| !f.is_nameless());
        figures.iter().for_each(|f| enlist(roster, f, false));
        // A nameless reporter who asks is no actor.
        speaker.into_iter().filter(|f| !f.is_medium()).for_each(|f| enlist(roster, f, true));
        attributed(read, speaker, names_of(&figures), false)
    }

    /// "Teachers rejected the offer", not "teachers said": what members decide is their union's.
    fn members(&self, figure: Figure, speaker: Option<&Figure>) -> Figure {
        let speaks = speaker.is_some_and(|s| s.name == figure.name);
        let noun = figure.name.split(' ').take_while(|w| !lex::is_preposition(w)).last().unwrap_or_default();
        let is_plain = figure.kind == Kind::Group && figure.person.is_none() && figure.represents.is_none();
        if speaks || !is_plain || !lex::is_member(&noun.to_lowercase()) {
            return figure;
        }
        let body =
            self.phrases.groups.of_members(&noun.to_lowercase()).map(|name| Figure::plain(name, Kind::Group));
        body.unwrap_or(figure)
    }
}

/// The words behind the last comma of a line that ends in a colon.
fn last_part(s: &Sentence<'_>) -> Range<usize> {
    let end = s.tokens.len() - 1;
    (0..end).rfind(|&i| s.is(i, ",")).map_or(0, |i| i + 1)..end
}

fn attributed(
    read: &Read<'_>,
    speaker: Option<&Figure>,
    holders: Vec<String>,
    is_heading: bool,
) -> Attributed {
    let speaker = speaker.map(|f| f.name.clone());
    Attributed { span: read.span, sentence: read.number, speaker, holders, is_heading }
}

/// The names of those whose stance it is, each once.
fn names_of(figures: &[Figure]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for figure in figures {
        if !names.iter().any(|n| n == figure.holder()) {
            names.push(figure.holder().to_owned());
        }
    }
    names
}

/// What follows in "the agency quoted Roe as saying that …": her words tell, not the agency's.
fn saying(s: &Sentence<'_>, from: usize) -> Option<Range<usize>> {
    let quotes = (from + 1..s.tokens.len()).find(|&i| s.is(i, "quoted") && !s.is(i + 1, "as"))?;
    let mut behind = quotes + 1..s.tokens.len().saturating_sub(2);
    behind.find(|&i| s.is(i, "as") && s.is(i + 1, "saying")).map(|i| i + 2..s.tokens.len())
}

/// Whether the first word from token `from` on stands inside quotation marks.
fn begins_quoted(s: &Sentence<'_>, from: usize) -> bool {
    s.tokens[from..].iter().find(|t| t.is_word()).is_some_and(|t| t.quoted)
}

/// The words from token `from` on that tell whose stance it is: of a sentence that begins with a quotation, those
/// before the tag "the envoy said", unless they are few.
fn telling(s: &Sentence<'_>, from: usize) -> Range<usize> {
    let whole = from..s.tokens.len();
    if !begins_quoted(s, from) {
        return whole;
    }
    let is_tag = |&i: &usize| s.tokens[i].is_word() && !s.tokens[i].quoted;
    let Some(tag) = whole.clone().skip(1).find(is_tag) else { return whole };
    // "“Dead?” the envoy said, “it is only thirsty”": the words after the tag tell more.
    let words = s.tokens[from..tag].iter().filter(|t| t.is_word()).count();
    let resumed = whole.clone().rev().find(is_tag).map_or(whole.end, |i| i + 1);
    let resumed_words = s.tokens[resumed..].iter().filter(|t| t.is_word() && t.quoted).count();
    if words < FEW_WORDS && resumed_words > FEW_WORDS { resumed..whole.end } else { from..tag }
}

/// So few words before a tag tell less than what follows it.
const FEW_WORDS: usize = 3;

/// "Two officials familiar with the talks said …": as a subject they are "two officials", as speakers more.
fn in_full(figure: Figure, speaker: Option<&Figure>) -> Figure {
    let is_longer = |s: &&Figure| {
        figure.person.is_none()
            && figure.represents.is_none()
            && s.person.is_none()
            && s.name
                .strip_prefix(&figure.name)
                .is_some_and(|rest| rest.starts_with(' ') && !rest.starts_with(" and "))
    };
    speaker.filter(is_longer).cloned().unwrap_or(figure)
}

/// Adds a figure, and whom it represents, to the roster.
fn enlist(roster: &mut Roster, figure: &Figure, speaks: bool) {
    let mut add = |name: &str, kind: Kind, represents: Option<&String>| {
        if !roster.contains_key(name) {
            let figure = actors::Figure { name: name.to_owned(), kind, represents: represents.cloned() };
            roster.insert(name.to_owned(), figure);
        }
    };
    if speaks || figure.kind == Kind::Person || figure.holder() == figure.name {
        add(&figure.name, figure.kind, figure.represents.as_ref());
    }
    if let Some(owner) = &figure.represents {
        let is_state = gazetteer::is_state(owner);
        add(owner, if is_state { Kind::State } else { Kind::Group }, None);
    }
}
