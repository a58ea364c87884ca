//! Whom a sentence brings in for pronouns and offices to mean.
//!
//! Comes in: a sentence and what the document has said before it. Goes out: the same with the people of the sentence
//! added, and those named by office alone.

use std::rc::Rc;

use super::clause;
use super::figure::{Context, Figure};
use super::lexicon as lex;
use super::mentions::{Mention, Sentence, Who};
use super::phrase::Phrases;
use super::token::Clitic;
use crate::article::actors::Kind;

impl Phrases<'_> {
    /// `context` with the people of this sentence added, those of its subject as the latest.
    pub(super) fn within(self, s: &Sentence<'_>, from: usize, context: &Context) -> Context {
        let mut inner = context.clone();
        for mention in &s.mentions {
            if let Some(name) = self.owner_named(s, mention, &inner) {
                // "Chad's government and rebels met in Qatar": whose organs act is who "the army" belongs to.
                if s.names_organ_of(mention) {
                    Rc::make_mut(&mut inner.states).count_organ(&name);
                }
                inner.meet_group(name);
            }
        }
        for mention in s.mentions.iter().filter(|m| m.start >= from) {
            self.meet_named(s, mention, context, &mut inner);
        }
        self.meet_described(s, from, &mut inner);
        let Some(clause) = clause::find(s, from..s.tokens.len()) else { return inner };
        let quoted = s.tokens[clause.subject.start].quoted;
        let subject = self.subject(s, &clause, context);
        // "A seamstress whose sons had left shook her head.": who "she" is next.
        let is_new = (s.is(clause.subject.start, "a") || s.is(clause.subject.start, "an"))
            && inner.latest.last() == context.latest.last();
        if is_new
            && !quoted
            && !clause.passive
            && subject.iter().all(Figure::is_nameless)
            && let Some(figure) = self.described(s, clause.subject.clone(), context)
        {
            inner.hear_of(&figure);
        }
        for figure in subject {
            if !quoted {
                figure.person.into_iter().for_each(|i| inner.meet(i));
                inner.hear_of(&figure);
            } else if figure.person.is_some() {
                inner.meet_in_quotation(figure);
            }
        }
        inner
    }

    /// Adds the person whom a mention names, who is told apart by `context`, to `inner`.
    fn meet_named(self, s: &Sentence<'_>, mention: &Mention, context: &Context, inner: &mut Context) {
        let Who::Person(person) = &mention.who else { return };
        let Some(i) = self.people.resolve(&person.name, &context.recent) else { return };
        if s.tokens[mention.start].quoted {
            inner.meet_in_quotation(self.person(i));
            return;
        }
        inner.meet(i);
        // "Roe's people, she said": she is another.
        if s.tokens[mention.end - 1].clitic != Clitic::Possessive {
            inner.hear_of(&self.person(i));
        }
    }

    /// Adds those whom the sentence describes outside a subject: "a woman who gives her name as Ann", "It was the envoy
    /// who …".
    fn meet_described(self, s: &Sentence<'_>, from: usize, inner: &mut Context) {
        let names_as = |&i: &usize| {
            let told = |words: &[&str]| s.tokens[from..i].iter().rev().take(3).any(|t| t.is_one_of(words));
            (s.is(i, "as") && told(&["name", "known"])) || (s.is(i, "by") && told(&["goes", "went"]))
        };
        let name_as = (from + 1..s.tokens.len()).find(names_as);
        if let Some(m) = name_as.and_then(|i| s.mention_at(i + 1)) {
            inner.hear_of(&Figure::office(s.phrase(self.text, m.start, m.end), None));
        }
        // "She spoke to Ann Roe over coffee."
        let spoke = (from..s.tokens.len())
            .find(|&i| s.tokens[i].is_one_of(&["spoke", "talked"]) && !s.tokens[i].quoted);
        let listener = spoke
            .filter(|&i| s.is(i + 1, "to") || s.is(i + 1, "with"))
            .and_then(|i| s.mention_at(i + 2))
            .filter(|m| matches!(m.who, Who::Person(_)));
        if let Some(m) = listener {
            inner.interviewer = Some(Figure::plain(s.phrase(self.text, m.start, m.end), Kind::Person));
        }
        let is_cleft = s.is(from, "it") && (s.is(from + 1, "was") || s.is(from + 1, "is"));
        let mut reach = from + 2..s.tokens.len().min(from + 14);
        if let Some(who) = reach.find(|&i| s.is(i, "who")).filter(|_| is_cleft)
            && let Some(figure) = self.speaker(s, from + 2..who, inner)
        {
            inner.hear_of(&figure);
        }
    }

    /// Those whom a sentence names by office and owner, wherever they stand: "thanked the Special Envoy of Oman".
    pub(super) fn offices_in(self, s: &Sentence<'_>, from: usize, context: &Context) -> Vec<Figure> {
        let mut found = Vec::new();
        for last in from..s.tokens.len() {
            let token = &s.tokens[last];
            if s.mention_at(last).is_some()
                || token.clitic == Clitic::Possessive
                || !lex::is_individual(&token.lower)
            {
                continue;
            }
            let belongs = |&i: &usize| {
                s.mention_at(i).is_some() || lex::is_title(&s.tokens[i].lower) || s.tokens[i].is_capitalised()
            };
            let start = (from..last).rev().take_while(belongs).last().unwrap_or(last);
            let is_named = s.mention_at(last + 1).is_some() && !s.is(last + 1, "of");
            if is_named || lex::is_individual(s.tokens.get(last + 1).map_or("", |t| t.lower.as_str())) {
                continue;
            }
            let end = (last + 1..s.tokens.len().min(last + 5))
                .take_while(|&i| s.is(i, "of") || s.is(i, "the") || s.mention_at(i).is_some())
                .last()
                .map_or(last + 1, |i| i + 1);
            let figures = self.conjunct(s, start..end, context);
            found.extend(
                figures
                    .into_iter()
                    .filter(|f| f.person.is_none() && f.kind == Kind::Person && f.represents.is_some()),
            );
        }
        found
    }
}
