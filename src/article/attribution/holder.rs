//! Whose stance a statement tells.
//!
//! Comes in: the tokens of a statement and, where they are someone's own words, whose. Goes out: the actors. The
//! rules follow the order of English clauses: who acts, what is reported of whom, who is blamed for refusing.

use std::borrow::Cow;
use std::ops::Range;

use super::clause::{self, Clause};
use super::figure::{Context, Figure};
use super::introduction;
use super::lexicon as lex;
use super::mentions::Sentence;
use super::phrase::Phrases;
use super::verbs::{Class, Form};
use crate::article::actors::Kind;

/// How deep "A says that B believes that C …" is followed.
const DEEPEST: usize = 4;

/// Pronouns that a report uses for the one who reports.
const SELF: &[&str] = &["he", "she", "it", "they", "we", "i"];

/// Those of `subject` who hold a stance at all: news media report.
fn own(mut subject: Vec<Figure>) -> Vec<Figure> {
    subject.retain(|f| !f.is_medium());
    subject
}

/// Reads holders in one sentence.
pub(super) struct Holders<'a, 't> {
    pub(super) phrases: Phrases<'a>,
    pub(super) sentence: &'a Sentence<'t>,
    pub(super) context: &'a Context,
}

impl Holders<'_, '_> {
    /// The holders in `range`; `voice` is who speaks there, if these are someone's own words.
    pub(super) fn find(&self, range: Range<usize>, voice: Option<&Figure>) -> Vec<Figure> {
        self.figures(range, voice, DEEPEST)
    }

    fn figures(&self, range: Range<usize>, voice: Option<&Figure>, depth: usize) -> Vec<Figure> {
        let own = || voice.cloned().into_iter().collect::<Vec<_>>();
        let s = self.sentence;
        // A question takes no position.
        if s.is(range.end - 1, "?")
            || (s.tokens[range.end - 1].quoted && s.is(range.end.saturating_sub(2), "?"))
        {
            return Vec::new();
        }
        let Some(clause) = clause::find(s, range) else { return own() };
        let mut found = self.of_clause(&clause, voice, depth);
        if found.is_empty() && voice.is_none() && depth > 0 {
            found = self.next_clause(&clause, depth);
        }
        if found.is_empty() && voice.is_none() && depth > 0 {
            found = self.cause(&clause, depth);
        }
        // "They must talk", "It has to end": the demand is the stance of the one who makes it.
        if voice.is_some() && (found.is_empty() || clause.demanded) {
            found = own();
        }
        found
    }

    /// "The strike was put off after the union agreed": who acts in the clause behind "after".
    fn cause(&self, clause: &Clause, depth: usize) -> Vec<Figure> {
        let s = self.sentence;
        let after = (clause.verb..clause.end).find(|&i| s.is(i, "after") && s.mention_at(i).is_none());
        let Some(inner) =
            after.and_then(|i| clause::find(s, i + 1..clause.end).filter(|c| c.subject.start == i + 1))
        else {
            return Vec::new();
        };
        if inner.class == Class::Act && !inner.passive {
            self.of_clause(&inner, None, depth - 1)
        } else {
            Vec::new()
        }
    }

    /// "Fighting went on, but Oman agreed": the clause after a coordination.
    fn next_clause(&self, clause: &Clause, depth: usize) -> Vec<Figure> {
        let s = self.sentence;
        let joins = |&i: &usize| {
            let t = &s.tokens[i];
            t.is(";")
                || t.is(":")
                || (t.is(",")
                    && s.tokens
                        .get(i + 1)
                        .is_some_and(|n| n.is_one_of(&["and", "but", "while", "yet", "so"])))
        };
        match (clause.verb..clause.end).find(joins) {
            Some(i) if i + 1 < clause.end => self.figures(i + 1..clause.end, None, depth - 1),
            _ => Vec::new(),
        }
    }

    fn of_clause(&self, clause: &Clause, voice: Option<&Figure>, depth: usize) -> Vec<Figure> {
        let subject = self.phrases.subject(self.sentence, clause, self.context);
        let mut holders = match clause.class {
            // "Oman's refusal was condemned by Yemen"
            _ if clause.passive && clause.class == Class::Blame && !subject.is_empty() => subject,
            _ if clause.passive => self.agent(clause),
            Class::Be if subject.is_empty() => self.complement_of_be(clause),
            class if class.takes_clause() && depth > 0 => self.reported(clause, subject, depth),
            Class::Blame if voice.is_none() => self.blamed(clause).unwrap_or(subject),
            _ => own(subject),
        };
        holders.retain(|f| !f.is_nameless());
        holders
    }

    /// "X's proposal was rejected by Y": Y acts.
    fn agent(&self, clause: &Clause) -> Vec<Figure> {
        let s = self.sentence;
        let until = (clause.verb..clause.end).find(|&i| s.tokens[i].is_break()).unwrap_or(clause.end);
        // "brokered not by diplomats but by Ann Roe"
        let agents = (clause.verb..until).filter(|&i| s.is(i, "by")).map(|by| {
            let mut agents =
                self.phrases.actors(s, by + 1..self.phrase_end(by + 1, clause.end), self.context);
            agents.retain(|f| !f.is_nameless());
            agents
        });
        agents.into_iter().find(|agents| !agents.is_empty()).unwrap_or_default()
    }

    /// "The obstacle is X": X is what the clause is about.
    fn complement_of_be(&self, clause: &Clause) -> Vec<Figure> {
        let s = self.sentence;
        // "we're in Minsk"
        if lex::is_preposition(&s.tokens[clause.verb].lower) {
            return Vec::new();
        }
        let end = self.phrase_end(clause.verb + 1, clause.end);
        let is_bare = (clause.verb + 1..end).all(|i| {
            s.mention_at(i).is_some()
                || lex::is_determiner(&s.tokens[i].lower)
                || lex::is_adverb(&s.tokens[i].lower)
        });
        if is_bare { self.phrases.actors(s, clause.verb + 1..end, self.context) } else { Vec::new() }
    }

    /// "X says that Y refuses": Y, where Y is an actor; else X.
    fn reported(&self, clause: &Clause, subject: Vec<Figure>, depth: usize) -> Vec<Figure> {
        let s = self.sentence;
        let mut from = clause.verb + 1;
        while from < clause.end
            && (!s.tokens[from].is_word()
                || (s.mention_at(from).is_none()
                    && s.tokens[from].is_one_of(&["that", "me", "us", "them", "reporters", "journalists"])))
        {
            from += 1;
        }
        from = self.behind_listener(clause, from);
        // "assured the minister that", "said an hour later that"
        let that = (from..clause.end.min(from + 8))
            .take_while(|&i| !s.tokens[i].is_break())
            .find(|&i| s.mention_at(i).is_none() && s.is(i, "that"));
        if let Some(that) = that.filter(|&i| {
            i > from && i + 1 < clause.end && (from..i).all(|k| clause::finite(s, k, from).is_none())
        }) {
            from = that + 1;
        }
        if s.tokens.get(from).is_some_and(|t| t.quoted) && !s.tokens[clause.verb].quoted {
            let own = subject.first().cloned();
            return self.figures(from..clause.end, own.as_ref(), depth - 1);
        }
        // "denied claims that", but "denied that Oman had fired"
        let denies =
            ["den", "disput", "rebut"].iter().any(|stem| s.tokens[clause.verb].lower.starts_with(stem));
        if denies && !s.is(from - 1, "that") {
            return own(subject);
        }
        let Some(inner) = clause::find(s, from..clause.end) else { return own(subject) };
        // "Hamas said it was ready", "Hamas said its reply was positive"
        let first = &s.tokens[inner.subject.start];
        let speaks_of_itself = (inner.subject.len() == 1 && first.is_one_of(SELF))
            || (inner.subject.len() <= 3 && first.is_one_of(&["its", "their", "his", "her", "our", "my"]));
        let follows = inner.subject.start == introduction::end(s, from..clause.end);
        let is_phrase = lex::is_preposition(&s.tokens[from].lower) && !s.is(from - 1, "that");
        // "X says that Y must withdraw" is what X wants.
        // "China hopes that both will talk"
        let hopes = s.tokens[clause.verb].lower.starts_with("hop")
            && (inner.subject.end..=inner.verb)
                .any(|i| s.tokens[i].is_one_of(&["will", "would", "can", "could"]));
        if speaks_of_itself || hopes || !follows || is_phrase || inner.demanded {
            return own(subject);
        }
        if self.warns_of_own_acts(clause, &subject, &inner) {
            return own(subject);
        }
        let context = subject
            .first()
            .map_or(Cow::Borrowed(self.context), |reporter| Cow::Owned(self.context.reported_by(reporter)));
        let within = Holders { context: &context, ..*self };
        let found = within.of_clause(&inner, None, depth - 1);
        if found.is_empty() { own(subject) } else { found }
    }

    /// "told Reuters the talks were over": where the words begin behind the one who was told.
    fn behind_listener(&self, clause: &Clause, from: usize) -> usize {
        let s = self.sentence;
        let tells = ["told", "tell", "inform", "assur", "remind"];
        let listener =
            s.mention_at(from).filter(|_| tells.iter().any(|t| s.tokens[clause.verb].lower.starts_with(t)));
        let begins = |i: usize| {
            s.mention_at(i).is_some()
                || s.tokens.get(i).is_some_and(|t| lex::is_determiner(&t.lower) || lex::is_pronoun(&t.lower))
        };
        // "told the Gazette: “…”"
        let told = tells.iter().any(|t| s.tokens[clause.verb].lower.starts_with(t));
        let colon =
            (from..clause.end.min(from + 8)).find(|&i| s.is(i, ":")).filter(|&i| told && i + 1 < clause.end);
        // "told Radio 1 his party"
        let is_number =
            |i: usize| s.tokens.get(i).is_some_and(|t| t.text.chars().all(|c| c.is_ascii_digit()));
        let behind = listener
            .map(|m| if is_number(m.end) { m.end + 1 } else { m.end })
            .filter(|&end| end < clause.end && begins(end));
        colon.map(|i| i + 1).or(behind).unwrap_or(from)
    }

    /// "The president warned that Oman could end its mediation": a threat, where the president is Oman's.
    fn warns_of_own_acts(&self, clause: &Clause, subject: &[Figure], inner: &Clause) -> bool {
        let s = self.sentence;
        let [Figure { person: Some(person), .. }] = subject else { return false };
        let warns = s.tokens[clause.verb].is_one_of(&["warns", "warned", "warn"]);
        let may = (inner.subject.end..inner.verb)
            .any(|i| clause::known(s, i).is_some_and(|v| v.class == Class::Modal));
        warns
            && may
            && match self.phrases.subject(s, inner, self.context).as_slice() {
                [one] if one.kind == Kind::State => self.phrases.people.may_lead(*person, &one.name),
                _ => false,
            }
    }

    /// "X accused Y of refusing to talk", "X deplored Y's refusal": Y.
    fn blamed(&self, clause: &Clause) -> Option<Vec<Figure>> {
        let s = self.sentence;
        // "deplored what it called the army's refusal"
        let called = (clause.verb + 1..clause.end)
            .take(5)
            .find(|&i| s.is(i, "called"))
            .filter(|_| s.is(clause.verb + 1, "what"));
        let start = called.map_or(clause.verb + 1, |i| i + 1);
        let is_next =
            |&i: &usize| s.is(i, "and") && clause::known(s, i + 1).is_some_and(|v| v.form == Form::Past);
        let end = (start..clause.end).find(is_next).unwrap_or(clause.end);
        let about = s.tokens[start..end].iter().any(|t| lex::is_negotiation(&t.lower));
        let blamed = self.phrases.actors(s, start..self.phrase_end(start, clause.end), self.context);
        (about && !blamed.is_empty()).then_some(blamed)
    }

    /// Where the noun phrase that begins at `start` ends: at a preposition, verb or break outside names.
    fn phrase_end(&self, start: usize, end: usize) -> usize {
        let s = self.sentence;
        let stops = |&i: &usize| {
            let t = &s.tokens[i];
            let is_list = t.is(",") && s.mention_at(i + 1).is_some();
            s.mention_at(i).is_none()
                && ((t.is_break() && !is_list)
                    || (lex::is_preposition(&t.lower) && !t.is("of") && i > start)
                    || lex::is_subordinator(&t.lower)
                    || clause::finite(s, i, start).is_some())
        };
        (start..end).find(stops).unwrap_or(end)
    }
}
