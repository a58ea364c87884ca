//! The subject left of a verb, over adverbs, auxiliaries and asides: "Roe, who leads the union, has now said".
//!
//! Comes in: the token of a verb of saying. Goes out: the figure that governs it. Behind the verb it refuses to look.

use std::ops::Range;

use super::clause::{self, LONGEST_ASIDE, known};
use super::figure::Figure;
use super::introduction;
use super::lexicon as lex;
use super::mentions::{Mention, Who};
use super::speaker::Finder;
use super::verbs::{Class, Form, Verb};

impl Finder<'_, '_> {
    /// "who gave her name as Ann", "who calls himself Doe": the name that stands in `range`.
    pub(super) fn self_named(&self, range: Range<usize>) -> Option<Figure> {
        let s = self.s;
        let opens = s.tokens[range.start].is_one_of(&["who", "known", "identified", "identifying", "named"])
            || s.tokens[range.start].lower.starts_with("call");
        let at = range.clone().filter(|_| opens).find(|&i| {
            (s.is(i, "named") && s.mention_at(i + 1).is_some())
                || (s.is(i, "as")
                    && s.tokens[range.start..i].iter().rev().take(3).any(|t| {
                        t.is_one_of(&["name", "names", "himself", "herself", "identified", "known"])
                    }))
                || (s.tokens[i].is_one_of(&["himself", "herself"])
                    && i > 0
                    && s.tokens[i - 1].lower.starts_with("call"))
                // "who goes by the name of Doe", "who gave only her first name, Ann"
                || (s.is(i, "by") && s.tokens[range.start..i].iter().any(|t| t.is_one_of(&["goes", "went"])))
                // "who asked to be called Ann"
                || (i > range.start && s.is(i, "called") && s.is(i - 1, "be"))
                || (s.is(i, "name") && s.is(i + 1, "of") && s.mention_at(i + 2).is_some())
                || (s.is(i, ",") && s.is(i - 1, "name") && s.tokens[range.start..i].iter().any(|t| t.is("gave")))
        })?;
        let at = if s.is(at, "name") { at + 1 } else { at };
        let at = if s.is(at, "by") && s.is(at + 2, "name") { at + 3 } else { at };
        let is_form =
            |k: &usize| s.is(*k, "the") || (s.mention_at(*k).is_none() && lex::is_title(&s.tokens[*k].lower));
        let mention =
            (at + 1..s.tokens.len().min(at + 4)).find(|k| !is_form(k)).and_then(|k| s.mention_at(k))?;
        // "the Tarn Interim Force, known as TIF"
        if s.tokens[mention.start].is_acronym() && s.is(at, "as") {
            return None;
        }
        let name = s.phrase(self.phrases.text, mention.start, mention.end);
        let comma = range.start.checked_sub(1).filter(|&k| s.tokens[k].is_break());
        let end = comma.unwrap_or(range.start);
        let described = self.anyone(self.phrase_start(end)..end);
        let (called, owner) = described.map_or((None, None), |f| (Some(f.name), f.represents));
        Some(Figure { called, ..Figure::office(name, owner) })
    }

    /// The subject left of the verb at token `i`.
    pub(super) fn left_of(&self, i: usize, verb: Verb) -> Option<Figure> {
        let s = self.s;
        let at = self.behind_subject(i);
        let before = at.checked_sub(1).filter(|&b| b >= self.from)?;
        if known(s, before).is_some_and(|v| v.class == Class::Be) {
            return None;
        }
        // "from the envoy, who wrote that …"
        if s.is(before, "who") && before > self.from + 1 && s.is(before - 1, ",") {
            return self.before_relative(before - 1);
        }
        if s.is(before, "and") || s.is(before, "but") || s.is(before, "then") {
            return self.subject(i);
        }
        if s.is(before, ",") || matches!(s.tokens[before].text, "—" | "–" | ")") {
            return self.before_aside(before);
        }
        if verb.form == Form::Base
            && !s.tokens[before].is_one_of(&["i", "we", "they", "you"])
            && !s.tokens[before].lower.ends_with('s')
            && clause::finite(s, i, self.from).is_none()
        {
            return None;
        }
        let start = self.list_start(self.phrase_start(at), at);
        // "a charge the army denies": the clause belongs to the charge.
        let is_second = |k: usize| {
            let before = &s.tokens[k - 1].lower;
            s.is(k, "the")
                && !lex::is_preposition(before)
                && !lex::is_adverb(before)
                && s.tokens[k - 1].is_word()
                && !s.is(k - 1, "and")
        };
        let is_charge = s.tokens[start].is_one_of(&["a", "an"]) && (start + 2..at).any(is_second);
        if is_charge || self.is_aside_of_another(start) {
            return None;
        }
        // "hours after Roe called it “a fantasy”"
        let opens = |&k: &usize| {
            s.mention_at(k).is_none() && s.tokens[k].is_one_of(&["after", "before", "as", "since"])
        };
        let quotes = s.tokens.iter().any(|t| t.quoted);
        let nearer = (start..at).rev().find(opens);
        let relative = (start..at).find(|&k| s.mention_at(k).is_none() && s.is(k, "who"));
        if let Some(figure) = relative.and_then(|k| self.self_named(k..at)) {
            return Some(figure);
        }
        // "Oman agreed as Roe called for a truce": the sentence is not hers.
        if !quotes && nearer.is_some_and(|k| k > start) {
            return None;
        }
        nearer.filter(|_| quotes).and_then(|k| self.anyone(k + 1..at)).or_else(|| self.anyone(start..at))
    }

    /// Whether the clause that begins at `start` is not the sentence's own: its subject is not who speaks here.
    fn is_aside_of_another(&self, start: usize) -> bool {
        let s = self.s;
        let quotes = s.tokens.iter().any(|t| t.quoted);
        let follows = |words: &[&str]| start > self.from && s.tokens[start - 1].is_one_of(words);
        // "the council, whose head once promised “…”, insists"; "Oman refused, while Roe urged a truce"; "Yemen, which Oman
        // has accused of stalling, agreed"
        s.is(start, "whose")
            || follows(&["what", "than"])
            || (!quotes
                && (follows(&["which", "whom"]) || (start > self.from + 1 && follows(&["while", "whereas"]))))
    }

    /// Where a list begins whose last names stand in `start..end`: "Ann Roe, Bob Doe and Carl Poe".
    fn list_start(&self, mut start: usize, end: usize) -> usize {
        let s = self.s;
        // "Niger, Mali and Burkina Faso", but not "In Niger, Mali and Burkina Faso"
        let is_listed = |k: usize| {
            s.mention_at(k).filter(|m| match m.who {
                Who::Person(_) => true,
                Who::Actor { adjective, .. } => {
                    !adjective && (m.start == 0 || !lex::is_preposition(&s.tokens[m.start - 1].lower))
                }
                _ => false,
            })
        };
        if !(start..end).any(|k| s.is(k, "and") && s.mention_at(k).is_none()) {
            return start;
        }
        while start > self.from + 1
            && s.is(start - 1, ",")
            && is_listed(start).is_some()
            && let Some(before) = is_listed(start - 2).filter(|m| m.start >= self.from)
        {
            start = before.start;
        }
        start
    }

    /// Where the subject ends left of the verb at token `i`: over adverbs, auxiliaries and quotation marks.
    pub(super) fn behind_subject(&self, i: usize) -> usize {
        let s = self.s;
        let is_skipped = |&k: &usize| {
            let t = &s.tokens[k];
            (lex::is_adverb(&t.lower) && s.mention_at(k).is_none())
                || known(s, k).is_some_and(|v| v.class.is_auxiliary() && v.class != Class::Be)
                || matches!(t.text, "“" | "”" | "\"")
        };
        (self.from..i).rev().take_while(is_skipped).last().unwrap_or(i)
    }

    /// "from the envoy, who wrote that …": the one whom the clause behind the comma tells of.
    fn before_relative(&self, comma: usize) -> Option<Figure> {
        let s = self.s;
        let start = self.phrase_start(comma);
        let binds = |&k: &usize| {
            s.mention_at(k).is_none() && lex::is_preposition(&s.tokens[k].lower) && !s.is(k, "of")
        };
        let bound = (start..comma).rev().find(binds).filter(|_| start > self.from);
        self.anyone(bound.map_or(start, |k| k + 1)..comma)
    }

    /// The figure before the aside that ends at token `close`, or the aside itself where it is a name.
    fn before_aside(&self, close: usize) -> Option<Figure> {
        let s = self.s;
        let open = self.opening(close)?;
        // "who gave only her first name, Ann, said"
        if let Some(m) =
            s.mention_at(open + 1).filter(|m| m.end == close && open > 0 && s.is(open - 1, "name"))
        {
            return Some(Figure::office(s.phrase(self.phrases.text, m.start, m.end), None));
        }
        if let Some(figure) = self.self_named(open + 1..close) {
            return Some(figure);
        }
        // "the leader, a veterinarian named Ann Roe, said"
        let named = (open + 1..close).find(|&k| s.is(k, "named") || s.is(k, "called"));
        if let Some(m) = named
            .and_then(|k| s.mention_at(k + 1))
            .filter(|m| matches!(m.who, Who::Person(_)) && m.end == close)
        {
            return self.anyone(m.start..m.end);
        }
        let first = (open + 1..close).find(|&k| !lex::is_title(&s.tokens[k].lower) && !s.is(k, "the"));
        let leads_on = |m: &&Mention| {
            m.end == close
                || (matches!(m.who, Who::Person(_))
                    && s.tokens.get(m.end).is_some_and(|t| t.is_one_of(&["of", "from", "for", "who"])))
        };
        let aside = first.and_then(|k| s.mention_at(k)).filter(leads_on);
        let close = aside.map_or(close, |m| m.end);
        // "longtime member Rev. Ann Roe"
        let is_free = |k: usize| {
            let is_verb = known(s, k).is_some() && !s.is(k, "retired") && !lex::is_title(&s.tokens[k].lower);
            s.tokens[k].is_word() && !is_verb && !lex::is_preposition(&s.tokens[k].lower)
        };
        let described = s.mention_at(close - 1).filter(|m| {
            m.start > open + 1 && matches!(m.who, Who::Person(_)) && (open + 1..m.start).all(is_free)
        });
        if described.is_some() {
            return described.and_then(|m| self.anyone(m.start..close));
        }
        let is_name = aside.is_some_and(|m| match m.who {
            Who::Person(_) => true,
            // "Lagos, Nigeria," is a place.
            _ => open == 0 || s.mention_at(open - 1).is_none(),
        });
        let named = if is_name && open > self.from { self.anyone(open + 1..close) } else { None };
        // "the Dune Front (DF), which leads, said"
        let end = self.before_bracket(open);
        let direct = || self.anyone(self.phrase_start(end)..end);
        // "Roe, a envoy from Oman, and since May its minister, said": try the comma before.
        named.or_else(direct).or_else(|| if open > self.from { self.before_aside_once(open) } else { None })
    }

    /// The mark that opens the aside which ends at token `close`.
    pub(super) fn opening(&self, close: usize) -> Option<usize> {
        let s = self.s;
        let openers: &[&str] = match s.tokens[close].text {
            ")" => &["("],
            "," => &[","],
            _ => &["—", "–"],
        };
        let mut depth = 0_usize;
        (self.from..close).rev().take(LONGEST_ASIDE).find(|&k| {
            match s.tokens[k].text {
                ")" => depth += 1,
                "(" if depth > 0 => depth -= 1,
                text => return depth == 0 && openers.contains(&text),
            }
            false
        })
    }

    /// The phrase before the comma before `close`.
    fn before_aside_once(&self, close: usize) -> Option<Figure> {
        let s = self.s;
        let open = (self.from..close).rev().take(LONGEST_ASIDE).find(|&k| s.is(k, ","))?;
        self.anyone(self.phrase_start(open)..open)
    }

    /// Where a phrase ends that a bracket follows up to token `end`: "Roe" in "Roe (D-Ohio)".
    pub(super) fn before_bracket(&self, end: usize) -> usize {
        let s = self.s;
        let open = (self.from..end).rev().find(|&k| s.is(k, "("));
        open.filter(|_| s.is(end - 1, ")")).unwrap_or(end)
    }

    /// Where the noun phrase that ends before `end` begins.
    pub(super) fn phrase_start(&self, end: usize) -> usize {
        let s = self.s;
        let mut at = end;
        let who = (self.from..end).rev().take(14).find(|&k| s.is(k, "who") || s.tokens[k].is_break());
        let in_relative = |k: usize| who.is_some_and(|w| s.is(w, "who") && k > w);
        while at > self.from && end - at < 25 {
            let k = at - 1;
            let t = &s.tokens[k];
            let stops = s.mention_at(k).is_none()
                && (t.is_break()
                    || t.quoted
                    || matches!(t.text, "“" | "”" | "\"")
                    || (lex::is_subordinator(&t.lower) && !t.is_one_of(&["who", "whose"]))
                    || (!in_relative(k)
                        && !t.is_one_of(&["briefed", "involved", "based", "named", "called"])
                        && known(s, k).is_some_and(|v| {
                            matches!(v.form, Form::Past | Form::Third)
                                && clause::finite(s, k, self.from).is_some()
                        })));
            if stops {
                break;
            }
            at = k;
        }
        // "In an open letter the group said": one phrase after another, without a comma.
        if lex::is_preposition(&s.tokens[at].lower) && s.mention_at(at).is_none() {
            at = introduction::last_phrase(s, at + 2..end).unwrap_or(at);
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

    /// Where the noun phrase that begins at `start` ends.
    pub(super) fn phrase_end(&self, start: usize) -> usize {
        let s = self.s;
        (start..s.tokens.len())
            .find(|&k| {
                let t = &s.tokens[k];
                s.mention_at(k).is_none()
                    && (t.is_break()
                        || t.quoted
                        || lex::is_subordinator(&t.lower)
                        || (lex::is_temporal(&t.lower) && k > start)
                        || clause::finite(s, k, start).is_some())
            })
            .unwrap_or(s.tokens.len())
    }
}
