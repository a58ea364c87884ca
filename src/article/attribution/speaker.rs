//! Who says a sentence, by its own words.
//!
//! Comes in: a sentence. Goes out: the figure that a verb of saying or "according to" names. Whose words a quotation
//! without such a mark continues is for the reading of the whole document to say.

use std::ops::Range;

use super::clause::{self, Clause, known};
use super::figure::{Context, Figure};
use super::lexicon as lex;
use super::mentions::Sentence;
use super::phrase::Phrases;
use super::token::{Clitic, Token};
use super::verbs::{Class, Form, Verb};
use crate::article::actors::Kind;

/// A tag at the end of a sentence begins its verb at most so many tokens before the end.
const LONGEST_TAG: usize = 12;

/// The speaker that the unquoted words of `s` from token `from` on name.
pub(super) fn explicit(
    phrases: Phrases<'_>,
    s: &Sentence<'_>,
    from: usize,
    context: &Context,
) -> Option<Figure> {
    // "What do analysts say?"
    if s.tokens.last().is_some_and(|t| t.is("?")) && s.tokens.iter().all(|t| !t.quoted) {
        return None;
    }
    let finder = Finder { phrases, s, from, context };
    if let Some(figure) = finder.signatories() {
        return Some(figure);
    }
    if let Some(figure) = finder.closing_tag().or_else(|| finder.closing_account()) {
        return Some(figure);
    }
    // The main verb decides, though its subject stays unknown: "the company denied claims that …".
    let main = clause::find(s, from..s.tokens.len()).filter(|c| !c.passive && !s.tokens[c.verb].quoted);
    for i in (from..s.tokens.len()).filter(|&i| !s.tokens[i].quoted) {
        let found = finder.at(i);
        let decides = main.as_ref().is_some_and(|c| {
            c.verb == i
                && c.class == Class::Report
                && finder.utters(i, Verb { class: c.class, form: Form::Past })
        });
        let quotes_later = s.tokens[i..].iter().any(|t| t.quoted);
        if found.is_some() || (decides && !quotes_later) {
            return found;
        }
    }
    None
}

/// Looks for the speaker of one sentence.
pub(super) struct Finder<'a, 't> {
    pub(super) phrases: Phrases<'a>,
    pub(super) s: &'a Sentence<'t>,
    /// Where the words begin that may name a speaker.
    pub(super) from: usize,
    pub(super) context: &'a Context,
}

impl Finder<'_, '_> {
    /// "“We, the teachers of Lagos, ask …”": those who sign an open letter.
    fn signatories(&self) -> Option<Figure> {
        let s = self.s;
        let we = (self.from..s.tokens.len()).take(3).find(|&i| s.tokens[i].quoted && s.is(i, "we"))?;
        if !(s.is(we + 1, ",") && s.is(we + 2, "the")) {
            return None;
        }
        let end = (we + 3..s.tokens.len()).take(14).find(|&i| s.is(i, ","))?;
        (end > we + 3).then(|| Figure::plain(s.phrase(self.phrases.text, we + 3, end), Kind::Group))
    }

    /// "China welcomed the truce, its foreign ministry said on Monday": who is named at the end said all of it.
    fn closing_tag(&self) -> Option<Figure> {
        let s = self.s;
        // "China praised “both sides”, its foreign ministry said"
        let quoted = s.tokens.iter().rposition(|t| t.quoted).map_or(0, |last| last + 1);
        if quoted > 0 && s.tokens[self.from..].iter().find(|t| t.is_word()).is_some_and(|t| t.quoted) {
            return None;
        }
        let says = |&i: &usize| {
            known(s, i)
                .is_some_and(|v| v.class == Class::Report && matches!(v.form, Form::Past | Form::Third))
        };
        let reach = self.from.max(quoted).max(s.tokens.len().saturating_sub(LONGEST_TAG));
        let i = (reach..s.tokens.len()).rev().find(says)?;
        let goes_on = (i + 1..s.tokens.len()).any(|k| {
            s.mention_at(k).is_none()
                && (lex::is_subordinator(&s.tokens[k].lower) || clause::finite(s, k, i).is_some())
        });
        if goes_on || !self.closes_clause(i) {
            return None;
        }
        self.left_of(i, known(s, i)?)
    }

    /// "The king has asked for time, according to the palace": whom the sentence ends with.
    fn closing_account(&self) -> Option<Figure> {
        let s = self.s;
        let quoted = s.tokens.iter().rposition(|t| t.quoted).map_or(0, |last| last + 1);
        let i = (self.from.max(quoted) + 1..s.tokens.len())
            .rev()
            .find(|&i| s.is(i, "according") && s.is(i + 1, "to") && s.is(i - 1, ","))?;
        let goes_on = (i + 2..s.tokens.len()).any(|k| s.is(k, ","));
        if goes_on { None } else { self.by_account(i)? }
    }

    /// The speaker that the words at token `i` name.
    fn at(&self, i: usize) -> Option<Figure> {
        if let Some(found) = self.by_account(i) {
            return found;
        }
        if self.is_asked(i) {
            return None;
        }
        if let Some(figure) = self.beside_quotation(i) {
            return Some(figure);
        }
        if self.makes_known(i) || self.dismisses(i) {
            return self.left_of(i, Verb { class: Class::Report, form: Form::Past });
        }
        self.by_verb(i, known(self.s, i).filter(|v| v.class.is_speech())?)
    }

    /// Whom "according to Roe", "in her words", "as an envoy put it" or "was quoted as saying" names; `None` where no such
    /// words begin at token `i`.
    fn by_account(&self, i: usize) -> Option<Option<Figure>> {
        let s = self.s;
        let in_the_words_of = || i > 0 && s.is(i - 1, "the") && s.is(i, "words") && s.is(i + 1, "of");
        if (s.is(i, "according") && s.is(i + 1, "to")) || in_the_words_of() {
            let pronoun = self.object_pronoun(i + 2);
            let named = || if i + 2 < s.tokens.len() { self.inverted(i + 2) } else { None };
            return Some(pronoun.map_or_else(named, |pronoun| self.meant_by(pronoun)));
        }
        // "In her words, “…”"
        if s.is(i, "words") && i > 0 && s.tokens[i - 1].is_one_of(&["his", "her"]) && s.is(i + 1, ",") {
            return Some(self.meant_by(if s.is(i - 1, "her") { "she" } else { "he" }));
        }
        // "in Roe's words, “…”"
        let owner = i
            .checked_sub(1)
            .and_then(|k| s.mention_at(k))
            .filter(|m| s.tokens[m.end - 1].clitic == Clitic::Possessive);
        if let Some(m) = owner
            && s.is(i, "words")
            && m.start > self.from
            && s.is(m.start - 1, "in")
        {
            return Some(self.phrases.mention(s, m, m.start..m.end, self.context));
        }
        // "as an envoy put it"
        if s.tokens[i].is_one_of(&["put", "puts"]) && s.is(i + 1, "it") {
            let opener = (self.from..i).rev().take(12).find(|&k| s.is(k, "as") || s.is(k, "how"));
            return Some(opener.and_then(|opener| self.anyone(opener + 1..i)));
        }
        let quotes = s.is(i, "quoted")
            && (i + 1..s.tokens.len().min(i + 12)).any(|k| s.is(k, "as") && s.is(k + 1, "saying"));
        quotes.then(|| self.quoted_by_another(i))
    }

    /// The subject pronoun for the object pronoun that stands alone at token `i`: "he" for "him".
    fn object_pronoun(&self, i: usize) -> Option<&'static str> {
        match self.s.tokens.get(i)?.lower.as_str() {
            "him" => Some("he"),
            "her" if self.s.tokens.get(i + 1).is_none_or(Token::is_break) => Some("she"),
            "them" => Some("they"),
            _ => None,
        }
    }

    fn meant_by(&self, pronoun: &str) -> Option<Figure> {
        self.phrases.pronoun(pronoun, self.context).into_iter().next()
    }

    /// The speaker that the verb of saying at token `i` governs.
    fn by_verb(&self, i: usize, verb: Verb) -> Option<Figure> {
        let s = self.s;
        match verb.form {
            // "a village claimed by both"
            Form::Past
                if s.is(i + 1, "by") && !s.tokens.get(i + 2).is_some_and(|t| lex::is_channel(&t.lower)) =>
            {
                None
            }
            Form::Past | Form::Third | Form::Base => {
                let beside = || if self.utters(i, verb) { self.left_of(i, verb) } else { None };
                // "Landlords fear that pubs will close": nobody in particular says so.
                let is_rumour = verb.class == Class::Opine
                    && verb.form == Form::Base
                    && !s.tokens.iter().any(|t| t.quoted);
                let is_no_one = |f: &Figure| {
                    is_rumour && f.represents.is_none() && f.name.starts_with(char::is_lowercase)
                };
                self.behind(i).or_else(beside).filter(|f| !is_no_one(f))
            }
            // "…, adding that", "…, warning: “…”"
            Form::Ing => {
                let opens = (i + 1..s.tokens.len().min(i + 4)).any(|k| s.tokens[k].quoted)
                    || (s.is(i + 1, "that") && verb.class == Class::Report)
                    || self.says_clause(i)
                    || self.brands(i);
                if opens { self.subject(i) } else { None }
            }
            Form::Participle => None,
        }
    }

    /// "…, calling it a trap"
    fn brands(&self, i: usize) -> bool {
        let s = self.s;
        let behind_comma = i > self.from && s.is(i - 1, ",");
        let object = s.tokens.get(i + 1);
        let is_object = |t: &Token<'_>| {
            t.is_one_of(&["it", "him", "her", "them"])
                || lex::is_determiner(&t.lower)
                || s.mention_at(i + 1).is_some()
        };
        behind_comma
            && s.tokens[i].is_one_of(&["calling", "describing", "branding"])
            && object.is_some_and(is_object)
    }

    /// "…, saying it would stay"
    fn says_clause(&self, i: usize) -> bool {
        let s = self.s;
        let follows = || clause::find(s, i + 1..s.tokens.len()).is_some_and(|c| c.subject.start == i + 1);
        s.is(i, "saying") && i > self.from && s.is(i - 1, ",") && follows()
    }

    /// "who asked not to be named", "Asked whether she would go, …": who asks here is not the speaker.
    fn is_asked(&self, i: usize) -> bool {
        const OPENERS: &[&str] =
            &["by", "whether", "if", "about", "why", "how", "on", "what", "when", "which"];
        let s = self.s;
        let to = if s.is(i + 1, "not") { i + 2 } else { i + 1 };
        let asks_to_be = s.is(to, "to") && s.is(to + 1, "be");
        let opens = i > 0 && (s.is(i - 1, ",") || i == self.from);
        let is_told = opens && s.tokens.get(i + 1).is_some_and(|t| t.is_one_of(OPENERS));
        s.is(i, "asked") && (asks_to_be || is_told)
    }

    /// "Roe was quoted as saying", "the daily quoted Roe as saying".
    fn quoted_by_another(&self, i: usize) -> Option<Figure> {
        let s = self.s;
        if s.is(i + 1, "as") {
            let be = (self.from..i)
                .rev()
                .take(3)
                .find(|&k| known(s, k).is_some_and(|v| matches!(v.class, Class::Be | Class::Have)))?;
            return self.left_of(be, Verb { class: Class::Report, form: Form::Past });
        }
        let end = (i + 1..s.tokens.len()).find(|&k| s.is(k, "as"))?;
        self.anyone(i + 1..end)
    }

    /// The one whom the phrase `range` means, or else describes: "a farmer from the next village".
    pub(super) fn anyone(&self, range: Range<usize>) -> Option<Figure> {
        self.phrases.speaker(self.s, range, self.context)
    }

    /// The subject of the sentence's main clause, whose verb stands before token `i`.
    pub(super) fn subject(&self, i: usize) -> Option<Figure> {
        let clause = clause::find(self.s, self.from..self.s.tokens.len()).filter(|c| c.verb < i)?;
        self.of_clause(&clause)
    }

    /// The subject of `clause`, or who is named in the aside behind it.
    pub(super) fn of_clause(&self, clause: &Clause) -> Option<Figure> {
        let aside = clause.aside.clone().and_then(|a| self.phrases.speaker(self.s, a, self.context));
        let subject = || self.anyone(clause.subject.clone());
        let is_named = self.s.mention_at(clause.subject.end - 1).is_some();
        match aside {
            Some(figure) if figure.kind == Kind::Person || !is_named => Some(figure),
            _ => subject(),
        }
    }
}
