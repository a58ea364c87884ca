//! Speakers named beside a quotation or behind the verb: "“…”, said Ann Roe".
//!
//! Comes in: a token. Goes out: the figure, where the words beside the quotation name one by a verb of any kind.

use super::clause::{self, known};
use super::figure::Figure;
use super::lexicon as lex;
use super::mentions::{Mention, Who};
use super::speaker::Finder;
use super::token::Token;
use super::verbs::Form;

impl Finder<'_, '_> {
    /// "“…,” Roe snaps in the corridor", "Roe disagreed: “…”": beside a quotation any verb is one of saying.
    pub(super) fn beside_quotation(&self, i: usize) -> Option<Figure> {
        let s = self.s;
        let is_mark = |t: &Token<'_>| matches!(t.text, "”" | "\"" | "’");
        let closes = i > self.from + 1 && s.tokens[i - 1].quoted && is_mark(&s.tokens[i - 1]);
        if closes {
            let inner = s.tokens[..i].iter().rev().find(|t| !is_mark(t))?;
            if s.is(i, "is") || s.is(i, "was") {
                // "“…” is how Roe put it"
                return if s.is(i + 1, "how") { self.clause_at(i + 2) } else { None };
            }
            if !matches!(inner.text, "," | "?" | "!" | "—" | "–" | "…" | ".") {
                return None;
            }
            return self.clause_at(i);
        }
        let leads = s.tokens[i].is(":") && s.tokens.get(i + 1).is_some_and(|t| t.quoted);
        // "For Roe, the obstacle is another: “…”"
        if leads
            && s.is(self.from, "for")
            && let Some(m) =
                s.mention_at(self.from + 1).filter(|m| matches!(m.who, Who::Person(_)) && s.is(m.end, ","))
        {
            return self.anyone(m.start..m.end);
        }
        if leads { self.subject(i) } else { None }
    }

    /// The subject of the clause that begins at token `start`, in either order: "Roe snaps", "snaps Roe".
    fn clause_at(&self, start: usize) -> Option<Figure> {
        let s = self.s;
        let first = clause::next_word(s, start, s.tokens.len())?;
        if s.tokens[first].quoted || s.tokens[first].is_break() {
            return None;
        }
        if let Some(verb) = known(s, first).filter(|v| matches!(v.form, Form::Past | Form::Third)) {
            return if verb.class.is_auxiliary() { None } else { self.inverted(first + 1) };
        }
        let clause = clause::find(s, first..s.tokens.len())?;
        // "a woman who gave her name as Ann said"
        if let Some(figure) =
            (first..clause.verb).find(|&k| s.is(k, "who")).and_then(|k| self.self_named(k..s.tokens.len()))
        {
            return Some(figure);
        }
        if clause.passive || (first..clause.verb).any(|k| s.tokens[k].quoted) {
            return None;
        }
        self.of_clause(&clause)
    }

    /// "…, said Ann Roe": the subject behind the verb at `i`.
    pub(super) fn behind(&self, i: usize) -> Option<Figure> {
        let s = self.s;
        let before = i.checked_sub(1).filter(|&b| b > self.from)?;
        let is_past = s.tokens[i].is_one_of(&["said", "says", "wrote", "writes", "added", "adds"]);
        let after_quote = s.tokens[before].quoted || s.tokens[before - 1].quoted;
        let opens = !s.tokens[before].is_word() && (after_quote || (is_past && s.is(before, ",")));
        let follows = s.tokens.get(i + 1).is_some_and(|t| t.is_word() && !t.quoted && !t.is("that"));
        if !opens
            || !follows
            || lex::never_begins_subject(&s.tokens[i + 1].lower)
            || lex::is_preposition(&s.tokens[i + 1].lower)
        {
            return None;
        }
        let end = self.phrase_end(i + 1);
        // "Roe, asked on Monday, said it was late": a clause follows, not a subject.
        let is_clause =
            end < s.tokens.len() && s.mention_at(end).is_none() && clause::finite(s, end, i + 1).is_some();
        if is_clause && !after_quote { None } else { self.inverted(i + 1) }
    }

    /// The subject that begins at token `start`, behind its verb: "a baker who gave her name as Ann", "Oman's envoy, Ann Roe".
    pub(super) fn inverted(&self, start: usize) -> Option<Figure> {
        let s = self.s;
        let end = self.phrase_end(start);
        let who = if s.is(end, ",") { end + 1 } else { end };
        if s.is(who, "who")
            && let Some(figure) = self.self_named(who..s.tokens.len())
        {
            return Some(figure);
        }
        let is_person = |m: &Mention| matches!(m.who, Who::Person(_));
        let has_person = end > start && s.mention_at(end - 1).is_some_and(is_person);
        let named = s.mention_at(end + 1).filter(|m| s.is(end, ",") && is_person(m) && !has_person);
        match named.filter(|m| s.tokens.get(m.end).is_none_or(Token::is_break)) {
            Some(m) => self.anyone(m.start..m.end),
            None => self.anyone(start..end).or_else(|| self.explained(start, end)),
        }
    }

    /// "said one of them, a midwife": what is told of someone whom the words before do not tell.
    fn explained(&self, start: usize, comma: usize) -> Option<Figure> {
        let s = self.s;
        let is_one = s.is(start, "one") || s.is(start, "another");
        let opens = s.is(comma, ",") && (s.is(comma + 1, "a") || s.is(comma + 1, "an"));
        if is_one && opens { self.anyone(comma + 1..self.phrase_end(comma + 1)) } else { None }
    }
}
