//! The reading of a whole document: headings, labels, quotations that run on, pronouns.
//!
//! Comes in: the sentences of a document in order. Goes out: speaker and holders of each. The first pass notes
//! what each sentence says for itself, the second carries speakers along quotations, the third finds holders.

use std::ops::Range;

use super::figure::{Context, Figure};
use super::lexicon as lex;
use super::mentions::Sentence;
use super::outcome::Outcome;
use super::phrase::Phrases;
use super::quotes::Quotes;
use super::token::Token;
use super::{Attributed, Passage, clause, crosshead, headline, label, speaker, voice};
use crate::article::actors::{self, Kind};
use crate::article::layout::BlockKind;
use crate::text::Span;

/// A statement and where it stands.
pub(super) struct Read<'t> {
    /// Index of its passage.
    pub(super) passage: usize,
    /// Whether the passage begins with it.
    pub(super) is_first: bool,
    /// The number of its sentence in the document.
    pub(super) number: usize,
    pub(super) span: Span,
    pub(super) sentence: Sentence<'t>,
}

impl Read<'_> {
    fn quote(&self, quotes: &Quotes) -> Option<usize> {
        let quoted = self.sentence.tokens.iter().find(|t| t.quoted)?;
        quotes.around(quoted.span.start)
    }

    /// Whether all words are someone's own words.
    pub(super) fn is_quotation(&self, from: usize) -> bool {
        let mut words = self.sentence.tokens[from..].iter().filter(|t| t.is_word()).peekable();
        words.peek().is_some() && words.all(|t| t.quoted)
    }
}

/// What the first pass notes about a sentence for the later ones.
#[derive(Clone, Default)]
pub(super) struct Note {
    /// Who speaks by the sentence's own words, later also by the quotation it belongs to.
    pub(super) speaker: Option<Figure>,
    /// Tokens of a speaker's label before the statement proper.
    pub(super) label: usize,
    /// Whether it only leads to what follows.
    pub(super) is_heading: bool,
    /// Whether it stands in a letter or statement that a line before announces: "The union wrote:".
    pub(super) is_block: bool,
    /// The speaker of a heading or transcript turn in force here.
    pub(super) turn: Option<Figure>,
    /// What pronouns in it refer to.
    pub(super) context: Context,
}

/// Reads the sentences of one document in order, in three passes.
pub(super) struct Reading<'a> {
    phrases: Phrases<'a>,
    passages: &'a [Passage],
    quotes: &'a Quotes,
    context: Context,
    /// Who speaks in a document that is a statement throughout, and in which passages.
    voice: Option<(Figure, Range<usize>)>,
    turn: Option<Figure>,
    /// Whether a heading, not a label, opened the turn.
    is_headed: bool,
    /// Whether presenters and reporters lead through it.
    is_broadcast: bool,
    /// Whether several lines begin with who speaks.
    is_transcript: bool,
    /// Whether one of them has the turn: whom they quote is who speaks.
    is_led: bool,
    notes: Vec<Note>,
}

impl<'a> Reading<'a> {
    /// Of a document that `author` writes, if it is an opinion.
    pub(super) fn new(
        phrases: Phrases<'a>,
        passages: &'a [Passage],
        quotes: &'a Quotes,
        author: Option<&str>,
    ) -> Self {
        let author = author.map(|name| Figure::plain(name, Kind::Person));
        let context = Context { author, ..Context::default() };
        Reading {
            phrases,
            passages,
            quotes,
            context,
            voice: None,
            turn: None,
            is_headed: false,
            is_broadcast: false,
            is_transcript: false,
            is_led: false,
            notes: Vec::new(),
        }
    }

    /// Speaker and holders of each sentence, and everyone who speaks or holds.
    pub(super) fn read(mut self, sentences: &[Read<'_>]) -> (Vec<Attributed>, Vec<actors::Figure>) {
        if let Some(voice) = voice::find(self.phrases, self.passages, sentences) {
            match voice.signatories.as_slice() {
                [one] => self.voice = Some((one.clone(), voice.within)),
                several => self.context.headline_pair = several.to_vec(),
            }
            self.context.voice = voice.signatories;
        }
        self.is_broadcast = sentences
            .iter()
            .any(|read| read.is_first && label::role(&read.sentence).is_some_and(lex::is_broadcasting));
        let labels = sentences.iter().filter(|read| read.is_first && label::label(&read.sentence).is_some());
        self.is_transcript = labels.take(2).count() > 1;
        for (i, read) in sentences.iter().enumerate() {
            self.find_explicit(read, sentences.get(i + 1));
        }
        self.continue_quotations(sentences);
        self.continue_blocks(sentences);
        crosshead::settle(self.passages, sentences, &mut self.notes);
        headline::settle(self.passages, sentences, &mut self.notes);
        let Reading { phrases, passages, voice, notes, .. } = self;
        Outcome { phrases, passages, voice }.finish(sentences, &notes)
    }

    /// Notes who speaks by the sentence's own words and what it leaves for the pronouns of the next.
    fn find_explicit(&mut self, read: &Read<'_>, next: Option<&Read<'_>>) {
        let s = &read.sentence;
        let mut note = self.announced(read, next);
        if note.label > 0 || !read.is_quotation(0) {
            self.context.quoted.clear();
        }
        let before = std::mem::take(&mut self.context);
        self.context = self.phrases.within(s, note.label, &before);
        note.context = self.context.clone();
        if self.is_led && self.turn.is_some() {
            let quoted = speaker::explicit(self.phrases, s, note.label, &note.context);
            note.speaker = quoted.or(note.speaker);
        } else if note.speaker.is_none() && !note.is_heading {
            note.speaker = speaker::explicit(self.phrases, s, note.label, &note.context);
            self.settle_turn(read, &mut note);
        }
        note.turn.clone_from(&self.turn);
        self.remember(s, &note, &before);
        self.notes.push(note);
    }

    /// What headings, labels and headlines say of who speaks, before the sentence proper is read.
    fn announced(&mut self, read: &Read<'_>, next: Option<&Read<'_>>) -> Note {
        let s = &read.sentence;
        let kind = self.passages[read.passage].kind;
        let mut note = Note { is_heading: is_announcement(s, kind), ..Note::default() };
        if kind == BlockKind::Heading && read.is_first {
            let before_quote = next.is_some_and(|n| n.sentence.tokens.iter().take(2).any(|t| t.quoted));
            self.turn = if before_quote { self.phrases.heading(s) } else { None };
            self.is_headed = self.turn.is_some();
            note.is_heading |= self.is_headed;
        } else if self.is_headed && kind == BlockKind::Paragraph && !s.tokens.iter().any(|t| t.quoted) {
            (self.turn, self.is_headed) = (None, false);
        }
        if kind == BlockKind::Title {
            if let Some(range) = label::of_headline(s) {
                note.label = if range.start == 0 { range.end + 1 } else { 0 };
                note.speaker = self.phrases.person_before(s, range, &self.context);
            }
        } else if let Some(label) = label::label(s).filter(|_| read.is_first && !self.is_dateline(s)) {
            note.label = label.rest;
            let asks = s.tokens[label.words.start].is_one_of(&["q", "question"]) && label.words.len() == 1;
            if asks && self.context.interviewee.is_none() {
                let asked_by = self.context.interviewer.as_ref().map(|f| f.name.as_str());
                let mut latest = self.context.latest.iter().rev();
                self.context.interviewee = latest.find(|f| Some(f.name.as_str()) != asked_by).cloned();
            }
            note.is_heading = note.label >= s.tokens.len();
            note.speaker = Some(self.phrases.labelled(s, label.words, &self.context));
            let in_quotes = s.tokens.get(note.label).is_some_and(|t| t.quoted);
            self.turn = if in_quotes { None } else { note.speaker.clone() };
            self.is_headed = false;
            self.is_led = self.is_broadcast && label::role(s).is_some_and(lex::speaks_on_air);
        }
        note
    }

    /// "KATHMANDU: The party …", where no other line has a label of this kind.
    fn is_dateline(&self, s: &Sentence<'_>) -> bool {
        let is_place = |word: &Token<'_>| {
            word.is_acronym()
                && word.text.len() > 3
                && !lex::is_office(&word.lower)
                && self.phrases.people.resolve(&word.lower, &[]).is_none()
        };
        !self.is_transcript && s.is(1, ":") && s.tokens.first().is_some_and(is_place)
    }

    /// In a transcript "They tell us …" is what the one says whose turn it is; "Roe told the BBC …" ends the turn.
    fn settle_turn(&mut self, read: &Read<'_>, note: &mut Note) {
        const ADDRESSED: &[&str] = &["i", "me", "my", "we", "us", "our", "you", "your"];
        if self.turn.is_none() || self.is_headed || note.speaker.is_none() {
            return;
        }
        let is_addressed = read.sentence.tokens.iter().any(|t| !t.quoted && t.is_one_of(ADDRESSED));
        if is_addressed || !read.is_first {
            note.speaker.clone_from(&self.turn);
        } else {
            self.turn = None;
        }
    }

    /// Updates what pronouns refer to; people are known already.
    fn remember(&mut self, s: &Sentence<'_>, note: &Note, before: &Context) {
        self.remember_pair(s, before);
        let subjects = self.subjects(s, note, before);
        if !subjects.is_empty() {
            self.context.subjects = subjects;
        }
        for office in self.phrases.offices_in(s, note.label, before) {
            self.context.meet_office(office);
        }
        // "Brazil's foreign ministry", later "the ministry"
        let is_body = |f: &&Figure| f.kind == Kind::Group && f.represents.is_some() && f.name.contains(' ');
        let bodies: Vec<Figure> =
            note.speaker.iter().chain(&self.context.subjects).filter(is_body).cloned().collect();
        bodies.into_iter().for_each(|body| self.context.meet_office(body));
        let crowd = note.speaker.iter().chain(&self.context.subjects).find(|f| is_crowd(f));
        if let Some(crowd) = crowd.filter(|f| f.kind == Kind::Group && !f.name.contains(['\'', '’'])) {
            self.context.crowd = Some(crowd.clone());
        }
        self.context.speaker.clone_from(&note.speaker);
        if let Some(speaker) = &note.speaker {
            speaker.person.into_iter().for_each(|i| self.context.meet(i));
            self.context.hear_of(speaker);
        }
    }

    /// Notes the two whom "both sides" means: those joined last, or those of the headline.
    fn remember_pair(&mut self, s: &Sentence<'_>, before: &Context) {
        self.context.pair_age += 1;
        if self.context.headline_pair.is_empty() && self.notes.len() < 3 {
            self.context.headline_pair = self.phrases.first_two(s, before);
        }
        if let Some(pair) = self.phrases.pair(s) {
            if self.notes.is_empty() {
                self.context.headline_pair.clone_from(&pair);
            }
            (self.context.pair, self.context.pair_age) = (pair, 0);
        }
    }

    /// Whom "they" or "it" means in the next sentence: the subject, or else the speaker.
    fn subjects(&self, s: &Sentence<'_>, note: &Note, before: &Context) -> Vec<Figure> {
        let is_plain = s.tokens.get(note.label).is_some_and(|t| !t.quoted);
        let clause = clause::find(s, note.label..s.tokens.len()).filter(|_| is_plain);
        let subjects = clause.map_or_else(Vec::new, |c| self.phrases.subject(s, &c, before));
        // "The farm closed, villagers said. They …"
        let is_group = |f: &&Figure| f.kind == Kind::Group && f.name.ends_with('s');
        let group = note.speaker.as_ref().filter(is_group);
        if subjects.is_empty() || group.is_some_and(|f| subjects.iter().all(|s| s.name != f.name)) {
            return note.speaker.iter().cloned().collect();
        }
        subjects
    }

    /// Gives the paragraph after "The union wrote:" to the union, though no quotation marks stand there.
    fn continue_blocks(&mut self, sentences: &[Read<'_>]) {
        for i in 0..sentences.len() {
            let read = &sentences[i];
            let leads = read.sentence.tokens.last().is_some_and(|t| t.is(":"));
            let Some(speaker) = self.notes[i].speaker.clone().filter(|_| leads && !self.notes[i].is_block)
            else {
                continue;
            };
            let block =
                sentences.iter().enumerate().skip(i + 1).take_while(|(_, r)| r.passage == read.passage + 1);
            for (k, inner) in block {
                let is_prose = self.passages[inner.passage].kind == BlockKind::Paragraph
                    && !inner.sentence.tokens.iter().any(|t| t.quoted);
                if is_prose && self.notes[k].speaker.is_none() && self.notes[k].label == 0 {
                    self.notes[k].speaker = Some(speaker.clone());
                    self.notes[k].is_block = true;
                }
            }
        }
    }

    /// Gives sentences inside a quotation the speaker named before, within or after it.
    fn continue_quotations(&mut self, sentences: &[Read<'_>]) {
        let mut at = 0;
        let mut last: Option<(usize, Figure)> = None;
        while at < sentences.len() {
            let quote = sentences[at].quote(self.quotes);
            let mut end = at + 1;
            while quote.is_some() && end < sentences.len() && sentences[end].quote(self.quotes) == quote {
                end += 1;
            }
            let passage = sentences[at].passage;
            let named = (at..end).find_map(|i| self.notes[i].speaker.clone());
            let turn = self.notes[at].turn.clone();
            let floating = last.as_ref().filter(|(p, _)| passage - p <= 1).map(|(_, f)| f.clone());
            let carried = named.or(turn).or(floating).filter(|_| quote.is_some());
            for (i, read) in sentences.iter().enumerate().take(end).skip(at) {
                let note = &mut self.notes[i];
                if note.speaker.is_none() && (i > at || read.is_quotation(note.label)) {
                    note.speaker.clone_from(&carried);
                }
                if let Some(figure) = &note.speaker {
                    last = Some((read.passage, figure.clone()));
                }
            }
            at = end;
        }
    }
}

/// Whether the line only leads to what follows or signs it: "Here is what they say:", "Ann Roe, Minister of Oman".
fn is_announcement(s: &Sentence<'_>, kind: BlockKind) -> bool {
    let has_clause = || clause::find(s, 0..s.tokens.len()).is_some();
    let is_name = |i: usize| {
        let t = &s.tokens[i];
        s.mention_at(i).is_some()
            || !t.is_word()
            || lex::is_title(&t.lower)
            || t.is_one_of(&["of", "the", "and", "for", "by"])
    };
    let leads = s.tokens.last().is_some_and(|t| t.is(":")) && (s.is(0, "here") || !has_clause());
    leads || (kind == BlockKind::Heading && (0..s.tokens.len()).all(is_name) && !has_clause())
}

/// Whether the words mean several people, of whom "one" may speak next: "two Omani officials".
fn is_crowd(figure: &Figure) -> bool {
    figure
        .name
        .split(' ')
        .any(|w| w == "people" || w.ends_with("men") || w.strip_suffix('s').is_some_and(lex::is_individual))
}
