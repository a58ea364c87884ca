//! The reading of a whole document: headings, labels, quotations that run on, pronouns.
//!
//! Comes in: the sentences of a document in order. Goes out: speaker and holders of each. The first pass notes
//! what each sentence says for itself, the second carries speakers along quotations, the third finds holders.

use super::holder::Holders;
use super::mentions::{Sentence, Who};
use super::phrase::{Context, Figure, Phrases};
use super::quotes::Quotes;
use super::{Attributed, Passage, clause, gazetteer, speaker};
use crate::article::actors::{self, Kind};
use crate::article::layout::BlockKind;

/// A sentence and where it stands.
pub(super) struct Read<'t> {
    /// Index of its passage.
    pub(super) passage: usize,
    /// Whether the passage begins with it.
    pub(super) is_first: bool,
    pub(super) sentence: Sentence<'t>,
}

impl Read<'_> {
    fn quote(&self, quotes: &Quotes) -> Option<usize> {
        let quoted = self.sentence.tokens.iter().find(|t| t.quoted)?;
        quotes.around(quoted.span.start)
    }

    /// Whether all words are someone's own words.
    fn is_quotation(&self, from: usize) -> bool {
        let mut words = self.sentence.tokens[from..].iter().filter(|t| t.is_word()).peekable();
        words.peek().is_some() && words.all(|t| t.quoted)
    }
}

/// What the first pass notes about a sentence for the later ones.
#[derive(Clone, Default)]
struct Note {
    speaker: Option<Figure>,
    /// Tokens of a speaker's label before the statement proper.
    label: usize,
    is_heading: bool,
    /// The speaker of a heading or transcript turn in force here.
    turn: Option<Figure>,
    context: Context,
}

/// Reads the sentences of one document in order, in three passes.
pub(super) struct Reading<'a> {
    phrases: Phrases<'a>,
    passages: &'a [Passage],
    quotes: &'a Quotes,
    context: Context,
    /// Who speaks in a document that is a statement throughout.
    voice: Option<Figure>,
    turn: Option<Figure>,
    notes: Vec<Note>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(phrases: Phrases<'a>, passages: &'a [Passage], quotes: &'a Quotes) -> Self {
        Reading {
            phrases,
            passages,
            quotes,
            context: Context::default(),
            voice: None,
            turn: None,
            notes: Vec::new(),
        }
    }

    pub(super) fn read(mut self, sentences: &[Read<'_>]) -> (Vec<Attributed>, Vec<actors::Figure>) {
        self.find_voice(sentences);
        for (i, read) in sentences.iter().enumerate() {
            self.find_explicit(read, sentences.get(i + 1));
        }
        self.continue_quotations(sentences);
        self.finish(sentences)
    }

    /// "Statement by X on …": X speaks throughout; "Joint Declaration by X and Y": "we" are both.
    fn find_voice(&mut self, sentences: &[Read<'_>]) {
        let Some(title) = sentences.iter().find(|r| self.passages[r.passage].kind == BlockKind::Title) else {
            return;
        };
        let s = &title.sentence;
        let genre = |i: &usize| {
            s.tokens[*i].is_one_of(&[
                "address",
                "communique",
                "communiqué",
                "declaration",
                "letter",
                "message",
                "op-ed",
                "readout",
                "remarks",
                "speech",
                "statement",
                "testimony",
            ])
        };
        let Some(genre) = (0..s.tokens.len().min(4)).find(genre) else { return };
        let Some(by) = (genre + 1..s.tokens.len().min(genre + 2))
            .find(|&i| s.tokens[i].is_one_of(&["by", "from", "of"]))
        else {
            return;
        };
        let end = (by + 1..s.tokens.len())
            .find(|&i| {
                s.mention_at(i).is_none()
                    && s.tokens[i].is_one_of(&[
                        "on",
                        "in",
                        "at",
                        "about",
                        "regarding",
                        "following",
                        "welcoming",
                    ])
            })
            .unwrap_or(s.tokens.len());
        let signatories = self.phrases.signatories(s, by + 1..end);
        if let [one] = signatories.as_slice() {
            self.voice = Some(one.clone());
        } else {
            self.context.pair.clone_from(&signatories);
        }
        self.context.voice = signatories;
    }

    /// Notes who speaks by the sentence's own words and what it leaves for the pronouns of the next.
    fn find_explicit(&mut self, read: &Read<'_>, next: Option<&Read<'_>>) {
        let s = &read.sentence;
        let kind = self.passages[read.passage].kind;
        let mut note = Note { context: self.context.clone(), ..Note::default() };
        if kind == BlockKind::Heading && read.is_first {
            let before_quote = next.is_some_and(|n| n.sentence.tokens.iter().take(2).any(|t| t.quoted));
            self.turn = if before_quote { self.phrases.heading(s) } else { None };
            note.is_heading = self.turn.is_some();
        } else if kind == BlockKind::Paragraph && read.is_first && self.is_headed_block_over(read) {
            self.turn = None;
        }
        let label = if read.is_first && kind != BlockKind::Title { speaker::label(s) } else { None };
        if let Some(label) = label {
            note.label = label.end + 1;
            note.speaker = Some(self.phrases.labelled(s, label));
            let in_quotes = s.tokens.get(note.label).is_some_and(|t| t.quoted);
            self.turn = if in_quotes { None } else { note.speaker.clone() };
        } else if !note.is_heading {
            note.speaker = speaker::explicit(self.phrases, s, 0, &self.context);
        }
        note.turn.clone_from(&self.turn);
        self.remember(s, note.label, note.speaker.as_ref());
        self.notes.push(note);
    }

    /// A plain paragraph without quotation marks ends what a speaker's heading opened.
    fn is_headed_block_over(&self, read: &Read<'_>) -> bool {
        let after_heading = self.notes.iter().rev().any(|n| n.is_heading);
        after_heading && !read.sentence.tokens.iter().any(|t| t.quoted)
    }

    /// Updates what pronouns refer to.
    fn remember(&mut self, s: &Sentence<'_>, from: usize, speaker: Option<&Figure>) {
        let before = self.context.clone();
        for person in s.mentions.iter().filter_map(|m| match &m.who {
            Who::Person(p) if !s.tokens[m.start].quoted => {
                self.phrases.people.resolve(&p.name, &before.recent)
            }
            _ => None,
        }) {
            self.context.meet(person);
        }
        if let Some(pair) = self.phrases.pair(s) {
            self.context.pair = pair;
        }
        let unquoted = s.tokens.get(from).is_some_and(|t| !t.quoted);
        if unquoted && let Some(clause) = clause::find(s, from..s.tokens.len()) {
            let subjects = self.phrases.actors(s, clause.subject, &before);
            if !subjects.is_empty() {
                self.context.subjects = subjects;
            }
        }
        let leading = self.context.subjects.iter().rev().filter_map(|f| f.person).collect::<Vec<_>>();
        for person in leading.into_iter().chain(speaker.and_then(|f| f.person)) {
            self.context.meet(person);
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
            if quote.is_some()
                && let Some(figure) = named.or(turn).or(floating)
            {
                for i in at..end {
                    if sentences[i].is_quotation(self.notes[i].label) || i > at {
                        self.notes[i].speaker.get_or_insert_with(|| figure.clone());
                    }
                }
            }
            for i in at..end {
                if let Some(figure) = &self.notes[i].speaker {
                    last = Some((sentences[i].passage, figure.clone()));
                }
            }
            at = end;
        }
    }

    fn finish(self, sentences: &[Read<'_>]) -> (Vec<Attributed>, Vec<actors::Figure>) {
        let mut roster = Vec::new();
        let attributed =
            sentences.iter().zip(&self.notes).map(|(r, n)| self.attribute(r, n, &mut roster)).collect();
        roster.sort_by(|a: &actors::Figure, b| a.name.cmp(&b.name));
        (attributed, roster)
    }

    fn attribute(&self, read: &Read<'_>, note: &Note, roster: &mut Vec<actors::Figure>) -> Attributed {
        if note.is_heading {
            return Attributed { is_heading: true, ..Attributed::default() };
        }
        let s = &read.sentence;
        let has_quote = s.tokens.iter().any(|t| t.quoted);
        let is_quotation = read.is_quotation(note.label);
        let turn = note.turn.as_ref().filter(|_| is_quotation || !has_quote);
        let document = self.voice.as_ref().filter(|_| self.passages[read.passage].kind != BlockKind::Title);
        let speaker = note.speaker.as_ref().or(turn).or(document);
        let mut range = note.label..s.tokens.len();
        let first_is_quoted = s.tokens[range.clone()].iter().find(|t| t.is_word()).is_some_and(|t| t.quoted);
        if first_is_quoted
            && let Some(end) = range.clone().skip(1).find(|&i| s.tokens[i].is_word() && !s.tokens[i].quoted)
        {
            range.end = end;
        }
        let is_own = first_is_quoted || note.label > 0 || (note.speaker.is_none() && speaker.is_some());
        let mut context = note.context.clone();
        if let Some(figure) = speaker.filter(|_| is_own || has_quote) {
            // "We" of a joint statement stays with all who signed it.
            if note.speaker.is_some() || context.voice.len() < 2 {
                context.voice = vec![figure.clone()];
            }
        }
        let holders = Holders { phrases: self.phrases, sentence: s, context: &context };
        let figures = holders.find(range, speaker.filter(|_| is_own));
        let mut names: Vec<String> = Vec::new();
        for figure in &figures {
            if !names.iter().any(|n| n == figure.holder()) {
                names.push(figure.holder().to_owned());
            }
        }
        figures.iter().for_each(|f| enlist(roster, f, false));
        speaker.into_iter().for_each(|f| enlist(roster, f, true));
        Attributed { speaker: speaker.map(|f| f.name.clone()), holders: names, is_heading: false }
    }
}

/// Adds a figure, and whom it represents, to the roster.
fn enlist(roster: &mut Vec<actors::Figure>, figure: &Figure, speaks: bool) {
    let mut add = |name: &str, kind: Kind, represents: Option<&String>| {
        if !roster.iter().any(|f| f.name == name) {
            roster.push(actors::Figure { name: name.to_owned(), kind, represents: represents.cloned() });
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
