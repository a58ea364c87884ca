//! Who says a sentence, by its own words.
//!
//! Comes in: a sentence. Goes out: the figure that a verb of saying, "according to" or a label names. Whose words a
//! quotation without such a mark continues is for the reading of the whole document to say.

use std::ops::Range;

use super::clause::{self, known};
use super::figure::{Context, Figure};
use super::lexicon as lex;
use super::mentions::{Sentence, Who};
use super::phrase::Phrases;
use super::token::Token;
use super::verbs::{Class, Form};
use crate::article::actors::Kind;

/// The speaker that the unquoted words of `s` from token `from` on name.
pub(super) fn explicit(
    phrases: Phrases<'_>,
    s: &Sentence<'_>,
    from: usize,
    context: &Context,
) -> Option<Figure> {
    let finder = Finder { phrases, s, from, context };
    (from..s.tokens.len()).filter(|&i| !s.tokens[i].quoted).find_map(|i| finder.at(i))
}

/// A speaker's name and a colon at the start of a line: the tokens of the label, colon excluded.
///
/// "NATO chief Ann Roe: “…”", "MS. ROE: …", "Q: …".
pub(super) fn label(s: &Sentence<'_>) -> Option<Range<usize>> {
    let colon = s.tokens.iter().take(24).position(|t| t.is(":"))?;
    let words = &s.tokens[..colon];
    let fits = |t: &Token<'_>| {
        t.is_capitalised()
            || lex::is_title(&t.lower)
            || matches!(
                t.lower.as_str(),
                "of" | "for" | "to" | "the" | "and" | "," | "(" | ")" | "." | "ret" | "&"
            )
            || lex::is_particle(&t.lower)
    };
    let before_quote = s.tokens.get(colon + 1).is_some_and(|t| t.quoted);
    let shouted = words
        .iter()
        .filter(|t| t.is_word())
        .all(|t| t.is_acronym() || t.text.len() == 1 || t.text.ends_with('.'));
    let is_person =
        s.mentions.iter().any(|m| m.end <= colon && matches!(&m.who, Who::Person(p) if p.evident));
    let is_label = colon > 0 && words.iter().all(fits) && words[0].is_capitalised();
    (is_label && (before_quote || shouted || is_person)).then_some(0..colon)
}

struct Finder<'a, 't> {
    phrases: Phrases<'a>,
    s: &'a Sentence<'t>,
    from: usize,
    context: &'a Context,
}

impl Finder<'_, '_> {
    fn at(&self, i: usize) -> Option<Figure> {
        let s = self.s;
        if s.is(i, "according") && s.is(i + 1, "to") {
            return self.only(i + 2..self.phrase_end(i + 2));
        }
        let verb = known(s, i).filter(|v| v.class.is_speech())?;
        let quotes = s.tokens.iter().any(|t| t.quoted);
        let figure = match verb.form {
            Form::Past | Form::Third | Form::Base => {
                let after_quote = i > self.from + 1 && (s.tokens[i - 1].quoted || s.tokens[i - 2].quoted);
                let inverted = after_quote
                    && !s.tokens[i - 1].is_word()
                    && s.tokens.get(i + 1).is_some_and(|t| t.is_word() && !t.quoted);
                let after = inverted.then(|| self.only(i + 1..self.phrase_end(i + 1))).flatten();
                after.or_else(|| self.left_of(i, verb.form))?
            }
            Form::Ing => {
                let opens = (i + 1..s.tokens.len().min(i + 4)).any(|k| s.tokens[k].quoted);
                if !opens {
                    return None;
                }
                self.subject()?
            }
            Form::Participle => return None,
        };
        let utters = quotes
            || match verb.class {
                Class::Report => figure.kind == Kind::Person || self.has_content(i),
                _ => figure.kind == Kind::Person,
            };
        utters.then_some(figure)
    }

    /// Whether a clause or nothing but time follows the verb at `i`: "said that …", "…, Roe said on Monday."
    fn has_content(&self, i: usize) -> bool {
        let s = self.s;
        let next = clause::next_word(s, i + 1, s.tokens.len());
        match next {
            None => true,
            Some(n) if s.is(n, "that") || s.tokens[n].is_break() => true,
            Some(n) if s.tokens[n].is_one_of(&["on", "in", "to", "at", "via"]) => true,
            Some(n) if lex::is_calendar(&s.tokens[n].lower) => true,
            Some(n) => clause::find(s, n..s.tokens.len()).is_some_and(|c| c.subject.start == n),
        }
    }

    fn only(&self, range: Range<usize>) -> Option<Figure> {
        let mut figures = self.phrases.actors(self.s, range, self.context);
        if figures.len() == 1 { figures.pop() } else { None }
    }

    /// The subject of the sentence's main clause.
    fn subject(&self) -> Option<Figure> {
        let clause = clause::find(self.s, self.from..self.s.tokens.len())?;
        let mut figures = self.phrases.subject(self.s, &clause, self.context);
        if figures.len() == 1 { figures.pop() } else { None }
    }

    /// The subject left of the verb at token `i`.
    fn left_of(&self, i: usize, form: Form) -> Option<Figure> {
        let s = self.s;
        let mut at = i;
        while at > self.from {
            let t = &s.tokens[at - 1];
            let is_auxiliary =
                known(s, at - 1).is_some_and(|v| v.class.is_auxiliary() && v.class != Class::Be);
            let is_skipped = (lex::is_adverb(&t.lower) && s.mention_at(at - 1).is_none())
                || is_auxiliary
                || matches!(t.text, "“" | "”" | "\"");
            if !is_skipped {
                break;
            }
            at -= 1;
        }
        let before = at.checked_sub(1).filter(|&b| b >= self.from)?;
        if known(s, before).is_some_and(|v| v.class == Class::Be) {
            return None;
        }
        if s.is(before, "and") || s.is(before, "but") || s.is(before, "then") {
            return self.subject();
        }
        if s.is(before, ",") || matches!(s.tokens[before].text, "—" | "–" | ")") {
            return self.before_aside(before);
        }
        if form == Form::Base
            && !s.tokens[before].is_one_of(&["i", "we", "they", "you"])
            && !s.tokens[before].lower.ends_with('s')
        {
            return None;
        }
        let start = self.phrase_start(at);
        // "Oman refused, while Roe urged a truce": two clauses side by side, and the sentence is not hers.
        let is_beside = start > self.from + 1 && (s.is(start - 1, "while") || s.is(start - 1, "whereas"));
        if is_beside && !s.tokens.iter().any(|t| t.quoted) {
            return None;
        }
        // "hours after Roe called it “a fantasy”"
        let opens = |&k: &usize| {
            s.mention_at(k).is_none() && s.tokens[k].is_one_of(&["after", "before", "as", "since"])
        };
        let nearer = (start..at).rev().find(opens).filter(|_| s.tokens.iter().any(|t| t.quoted));
        nearer.and_then(|k| self.only(k + 1..at)).or_else(|| self.only(start..at))
    }

    /// The figure before the aside that ends at token `close`, or the aside itself where it is a name.
    fn before_aside(&self, close: usize) -> Option<Figure> {
        let s = self.s;
        let open =
            (self.from..close).rev().take(40).find(|&k| matches!(s.tokens[k].text, "," | "—" | "–" | "("))?;
        let is_name =
            s.mention_at(open + 1).is_some_and(|m| m.end == close && matches!(m.who, Who::Person(_)));
        if is_name {
            return self.only(open + 1..close);
        }
        let direct = self.only(self.phrase_start(open)..open);
        // "Roe, a envoy from Oman, and since May its minister, said": try the comma before.
        direct.or_else(|| if open > self.from { self.before_aside_once(open) } else { None })
    }

    fn before_aside_once(&self, close: usize) -> Option<Figure> {
        let s = self.s;
        let open = (self.from..close).rev().take(40).find(|&k| s.is(k, ","))?;
        self.only(self.phrase_start(open)..open)
    }

    /// Where the noun phrase that ends before `end` begins.
    fn phrase_start(&self, end: usize) -> usize {
        let s = self.s;
        let mut at = end;
        while at > self.from && end - at < 25 {
            let k = at - 1;
            let t = &s.tokens[k];
            let stops = s.mention_at(k).is_none()
                && (t.is_break()
                    || t.quoted
                    || matches!(t.text, "“" | "”" | "\"")
                    || lex::is_subordinator(&t.lower)
                    || known(s, k).is_some_and(|v| {
                        matches!(v.form, Form::Past | Form::Third)
                            && clause::finite(s, k, self.from).is_some()
                    }));
            if stops {
                break;
            }
            at = k;
        }
        // "after Doe and Roe said": what an introduction names is not the subject.
        while at + 1 < end
            && s.mention_at(at).is_none()
            && (s.is(at, "as") || s.is(at, "after") || s.is(at, "and"))
        {
            at += 1;
        }
        at
    }

    fn phrase_end(&self, start: usize) -> usize {
        let s = self.s;
        (start..s.tokens.len())
            .find(|&k| {
                let t = &s.tokens[k];
                s.mention_at(k).is_none()
                    && (t.is_break()
                        || t.quoted
                        || lex::is_subordinator(&t.lower)
                        || clause::finite(s, k, start).is_some())
            })
            .unwrap_or(s.tokens.len())
    }
}
