//! The reading of a whole document: headings, labels, quotations that run on, pronouns.
//!
//! Comes in: the sentences of a document in order. Goes out: speaker and holders of each. The first pass notes
//! what each sentence says for itself, the second carries speakers along quotations, the third finds holders.

use super::figure::{Context, Figure};
use super::holder::Holders;
use super::lexicon as lex;
use super::mentions::Sentence;
use super::phrase::Phrases;
use super::quotes::Quotes;
use super::verbs::{self, Form};
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
    /// Whether a heading, not a label, opened the turn.
    is_headed: bool,
    notes: Vec<Note>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(phrases: Phrases<'a>, passages: &'a [Passage], quotes: &'a Quotes) -> Self {
        let context = Context::default();
        Reading {
            phrases,
            passages,
            quotes,
            context,
            voice: None,
            turn: None,
            is_headed: false,
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
        let mut note = Note { is_heading: is_announcement(s, kind), ..Note::default() };
        if kind == BlockKind::Heading && read.is_first {
            let before_quote = next.is_some_and(|n| n.sentence.tokens.iter().take(2).any(|t| t.quoted));
            self.turn = if before_quote { self.phrases.heading(s) } else { None };
            self.is_headed = self.turn.is_some();
            note.is_heading |= self.is_headed;
        } else if self.is_headed && kind == BlockKind::Paragraph && !s.tokens.iter().any(|t| t.quoted) {
            (self.turn, self.is_headed) = (None, false);
        }
        let label = if read.is_first && kind != BlockKind::Title { speaker::label(s) } else { None };
        if let Some(label) = label {
            note.label = label.end + 1;
            note.is_heading = note.label >= s.tokens.len();
            note.speaker = Some(self.phrases.labelled(s, label));
            let in_quotes = s.tokens.get(note.label).is_some_and(|t| t.quoted);
            self.turn = if in_quotes { None } else { note.speaker.clone() };
            self.is_headed = false;
        }
        if note.label > 0 || !read.is_quotation(0) {
            self.context.quoted.clear();
        }
        let before = std::mem::take(&mut self.context);
        self.context = self.phrases.within(s, note.label, &before);
        note.context = self.context.clone();
        if note.label == 0 && !note.is_heading {
            note.speaker = speaker::explicit(self.phrases, s, 0, &note.context);
        }
        note.turn.clone_from(&self.turn);
        self.remember(s, &note, &before);
        self.notes.push(note);
    }

    /// Updates what pronouns refer to; people are known already.
    fn remember(&mut self, s: &Sentence<'_>, note: &Note, before: &Context) {
        if let Some(pair) = self.phrases.pair(s) {
            self.context.pair = pair;
        }
        let mut subjects = Vec::new();
        if s.tokens.get(note.label).is_some_and(|t| !t.quoted)
            && let Some(clause) = clause::find(s, note.label..s.tokens.len())
        {
            subjects = self.phrases.subject(s, &clause, before);
        }
        if subjects.is_empty() {
            subjects.extend(note.speaker.clone());
        }
        if !subjects.is_empty() {
            self.context.subjects = subjects;
        }
        if let Some(person) = note.speaker.as_ref().and_then(|f| f.person) {
            self.context.meet(person, false);
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
        let mut attributed = Vec::with_capacity(sentences.len());
        // "We agree to the following:", then items that begin with a bare verb.
        let mut lead: Vec<String> = Vec::new();
        for (read, note) in sentences.iter().zip(&self.notes) {
            let mut one = self.attribute(read, note, &mut roster);
            let tokens = &read.sentence.tokens;
            let is_item = self.passages[read.passage].kind == BlockKind::Item;
            let is_bare = verbs::lookup(&tokens[note.label.min(tokens.len() - 1)].lower)
                .is_some_and(|v| v.form == Form::Base);
            if is_item && read.is_first && is_bare && !lead.is_empty() {
                one.holders.clone_from(&lead);
            }
            if tokens.last().is_some_and(|t| t.is(":")) {
                lead.clone_from(&one.holders);
            } else if !is_item {
                lead.clear();
            }
            attributed.push(one);
        }
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
        let context = match speaker {
            Some(figure) if is_own => note.context.spoken_by(figure),
            Some(figure) if has_quote => Context { voice: vec![figure.clone()], ..note.context.clone() },
            _ => note.context.clone(),
        };
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
