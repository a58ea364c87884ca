//! Who says a sentence, by its own words.
//!
//! Comes in: a sentence. Goes out: the figure that a verb of saying, "according to" or a label names. Whose words a
//! quotation without such a mark continues is for the reading of the whole document to say.

use std::ops::Range;

use super::clause::{self, Clause, known};
use super::figure::{Context, Figure};
use super::introduction;
use super::lexicon as lex;
use super::mentions::{Mention, Sentence, Who};
use super::phrase::Phrases;
use super::token::Token;
use super::verbs::{Class, Form, Verb};
use crate::article::actors::Kind;

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
    if words.len() == 1 && lex::is_notice(&words[0].lower) {
        return None;
    }
    if words.first().is_some_and(|t| t.is_one_of(&["q", "question"]))
        && words.get(1).is_some_and(|t| t.is("("))
    {
        return Some(0..colon);
    }
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
    /// "“We, the teachers of Lagos, ask …”": those who sign an open letter.
    fn signatories(&self) -> Option<Figure> {
        let s = self.s;
        let we = (self.from..s.tokens.len()).take(3).find(|&i| s.tokens[i].quoted && s.is(i, "we"))?;
        if !(s.is(we + 1, ",") && s.is(we + 2, "the")) {
            return None;
        }
        let end = (we + 3..s.tokens.len()).take(14).find(|&i| s.is(i, ","))?;
        Some(Figure::plain(s.phrase(self.phrases.text, we + 3, end), Kind::Group))
    }

    fn at(&self, i: usize) -> Option<Figure> {
        let s = self.s;
        if s.is(i, "according") && s.is(i + 1, "to") {
            return self.anyone(i + 2..self.phrase_end(i + 2));
        }
        if s.is(i, "quoted")
            && (i + 1..s.tokens.len().min(i + 12)).any(|k| s.is(k, "as") && s.is(k + 1, "saying"))
        {
            return self.quoted_by_another(i);
        }
        // "who asked not to be named"
        if s.is(i, "asked")
            && (s.is(i + 1, "to") || (s.is(i + 1, "not") && s.is(i + 2, "to")))
            && s.is(i + if s.is(i + 1, "not") { 3 } else { 2 }, "be")
        {
            return None;
        }
        // "asked whether she would go"
        if s.is(i, "asked")
            && i > 0
            && (s.is(i - 1, ",") || i == self.from)
            && s.tokens.get(i + 1).is_some_and(|t| {
                t.is_one_of(&["by", "whether", "if", "about", "why", "how", "on", "what", "when", "which"])
            })
        {
            return None;
        }
        if s.is(i, "words") && s.is(i + 1, "of") && i > 0 && s.is(i - 1, "the") {
            return self.anyone(i + 2..self.phrase_end(i + 2));
        }
        if let Some(figure) = self.beside_quotation(i) {
            return Some(figure);
        }
        if self.makes_known(i) || self.dismisses(i) {
            return self.left_of(i, Verb { class: Class::Report, form: Form::Past });
        }
        let verb = known(s, i).filter(|v| v.class.is_speech())?;
        match verb.form {
            Form::Past | Form::Third | Form::Base => {
                if let Some(figure) = self.behind(i) {
                    return Some(figure);
                }
                if !self.utters(i, verb) {
                    return None;
                }
                self.left_of(i, verb)
            }
            Form::Ing => {
                let opens = (i + 1..s.tokens.len().min(i + 4)).any(|k| s.tokens[k].quoted)
                    || (s.is(i + 1, "that") && verb.class == Class::Report);
                if opens { self.subject() } else { None }
            }
            Form::Participle => None,
        }
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

    /// "rejected the charge as “baseless”", "lashed out at the plan".
    fn dismisses(&self, i: usize) -> bool {
        let s = self.s;
        let Some(verb) = known(s, i).filter(|v| matches!(v.form, Form::Past | Form::Third)) else {
            return false;
        };
        let is_like = |k: usize| {
            s.mention_at(k).is_none() && s.is(k, "as") && s.tokens.get(k + 1).is_some_and(|t| t.quoted)
        };
        let as_quote = verb.class == Class::Act
            && (i + 1..s.tokens.len().min(i + 14)).take_while(|&k| !s.tokens[k].is_break()).any(is_like);
        as_quote
            || (s.tokens[i].is_one_of(&["lashed", "lashes", "hit", "hits"])
                && s.tokens.get(i + 1).is_some_and(|t| t.is_one_of(&["out", "back"])))
    }

    /// "made clear that", "let reporters know that".
    fn makes_known(&self, i: usize) -> bool {
        let s = self.s;
        s.mention_at(i).is_none()
            && ((s.tokens[i].is_one_of(&["made", "makes"]) && s.is(i + 1, "clear"))
                || (s.tokens[i].is_one_of(&["poured", "pours", "heaped", "heaps", "cast", "casts"])
                    && s.tokens
                        .get(i + 1)
                        .is_some_and(|t| t.is_one_of(&["scorn", "praise", "doubt", "doubts"])))
                || (s.tokens[i].is_one_of(&["let", "lets"])
                    && (i + 2..s.tokens.len().min(i + 7)).any(|k| s.is(k, "know") || s.is(k, "known"))))
    }

    /// "“…,” Roe snaps in the corridor", "Roe disagreed: “…”": beside a quotation any verb is one of saying.
    fn beside_quotation(&self, i: usize) -> Option<Figure> {
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
        if leads { self.subject() } else { None }
    }

    /// The subject of the clause that begins at token `start`, in either order: "Roe snaps", "snaps Roe".
    fn clause_at(&self, start: usize) -> Option<Figure> {
        let s = self.s;
        let first = clause::next_word(s, start, s.tokens.len())?;
        if s.tokens[first].quoted || s.tokens[first].is_break() {
            return None;
        }
        if let Some(verb) = known(s, first).filter(|v| matches!(v.form, Form::Past | Form::Third)) {
            return if verb.class.is_auxiliary() {
                None
            } else {
                self.anyone(first + 1..self.phrase_end(first + 1))
            };
        }
        let clause = clause::find(s, first..s.tokens.len())?;
        if clause.passive || (first..clause.verb).any(|k| s.tokens[k].quoted) {
            return None;
        }
        self.of_clause(&clause)
    }

    /// "…, said Ann Roe": the subject behind the verb at `i`.
    fn behind(&self, i: usize) -> Option<Figure> {
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
        if s.is(end, "who")
            && let Some(figure) = self.self_named(end..s.tokens.len())
        {
            return Some(figure);
        }
        let is_clause =
            end < s.tokens.len() && s.mention_at(end).is_none() && clause::finite(s, end, i + 1).is_some();
        if is_clause && !after_quote { None } else { self.anyone(i + 1..end) }
    }

    /// Whether the verb at `i` tells words and not an act: "said that", "urged both", but not "answered with tariffs".
    fn utters(&self, i: usize, verb: Verb) -> bool {
        let s = self.s;
        let quotes = s.tokens.iter().any(|t| t.quoted);
        if quotes {
            return true;
        }
        match verb.class {
            Class::Report if s.tokens[i].lower.starts_with("scoff") => true,
            Class::Report => self.has_content(i),
            Class::Opine if self.judges(i) => true,
            Class::Opine
                if !s.tokens[i].lower.starts_with("doubt") && !s.tokens[i].lower.starts_with("fear") =>
            {
                self.has_content(i)
            }
            Class::Opine => !s
                .tokens
                .get(i + 1)
                .is_some_and(|t| t.is_one_of(&["of", "about", "so", "like", "over", "to"])),
            Class::Speak => {
                let lower = s.tokens[i].lower.as_str();
                let next = clause::next_word(s, i + 1, s.tokens.len());
                if lower.starts_with("call") {
                    return next.is_some_and(|n| {
                        s.tokens[n].is_one_of(&["on", "for", "upon", "it", "him", "her", "them"])
                            || self.names(n)
                    });
                }
                if lower.starts_with("appeal") {
                    return next.is_some_and(|n| s.tokens[n].is_one_of(&["to", "for"]));
                }
                !lex::needs_content(lower)
                    || next.is_some_and(|n| s.tokens[n].is_one_of(&["that", "whether", "how", "why", "if"]))
            }
            _ => true,
        }
    }

    /// "thought the decree unenforceable", but not "thinks the matter over".
    fn judges(&self, i: usize) -> bool {
        let s = self.s;
        let last = s.tokens.iter().rev().find(|t| t.is_word());
        s.tokens[i].is_one_of(&["thought", "thinks"])
            && s.tokens.get(i + 1).is_some_and(|t| lex::is_determiner(&t.lower))
            && last.is_some_and(|t| !lex::is_preposition(&t.lower) && !t.is("through"))
    }

    /// Whether a name or a noun phrase with "the" begins at `n`: "called the draft a trap".
    fn names(&self, n: usize) -> bool {
        let s = self.s;
        (s.mention_at(n).is_some() || s.is(n, "the") || s.is(n, "its"))
            && (n + 1..self.s.tokens.len().min(n + 9))
                .any(|k| s.is(k, "a") || s.is(k, "an") || s.is(k, "the"))
    }

    /// Whether a clause or nothing but time follows the verb at `i`: "said that …", "…, Roe said on Monday."
    fn has_content(&self, i: usize) -> bool {
        let s = self.s;
        let next = clause::next_word(s, i + 1, s.tokens.len());
        let is_answer = ["comment", "repl", "respond"].iter().any(|stem| s.tokens[i].lower.starts_with(stem));
        match next {
            None => !is_answer,
            Some(n) if s.tokens[n].is_break() && is_answer && !s.is(n, ":") => false,
            Some(n) if s.is(n, "that") || s.tokens[n].is_break() => true,
            Some(n) if s.tokens[n].is_one_of(&["on", "in", "to", "at", "via"]) => {
                lex::tells_to(&s.tokens[i].lower)
            }
            Some(n) if lex::is_calendar(&s.tokens[n].lower) => true,
            Some(n) if s.tokens[n].is_one_of(&["no", "yes", "so", "nothing", "as"]) => true,
            Some(n) => clause::find(s, n..s.tokens.len()).is_some_and(|c| c.subject.start == n),
        }
    }

    /// The one whom the phrase `range` means, or else describes: "a farmer from the next village".
    fn anyone(&self, range: Range<usize>) -> Option<Figure> {
        self.phrases.speaker(self.s, range, self.context)
    }

    /// "who gave her name as Ann", "who calls himself Doe": the name that stands in `range`.
    fn self_named(&self, range: Range<usize>) -> Option<Figure> {
        let s = self.s;
        let opens = s.tokens[range.start].is_one_of(&["who", "known", "identified", "named"])
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
        })?;
        let mention = s.mention_at(if s.is(at + 1, "the") { at + 2 } else { at + 1 })?;
        let name = s.phrase(self.phrases.text, mention.start, mention.end);
        let end = if s.tokens[range.start - 1].is_break() { range.start - 1 } else { range.start };
        let described = self.anyone(self.phrase_start(end)..end);
        let (called, owner) = described.map_or((None, None), |f| (Some(f.name), f.represents));
        Some(Figure { called, ..Figure::office(name, owner) })
    }

    /// The subject of the sentence's main clause.
    fn subject(&self) -> Option<Figure> {
        let clause = clause::find(self.s, self.from..self.s.tokens.len())?;
        self.of_clause(&clause)
    }

    fn of_clause(&self, clause: &Clause) -> Option<Figure> {
        let aside = clause.aside.clone().and_then(|a| self.phrases.speaker(self.s, a, self.context));
        let subject = || self.anyone(clause.subject.clone());
        let is_named = self.s.mention_at(clause.subject.end - 1).is_some();
        match aside {
            Some(figure) if figure.kind == Kind::Person || !is_named => Some(figure),
            _ => subject(),
        }
    }

    /// The subject left of the verb at token `i`.
    fn left_of(&self, i: usize, verb: Verb) -> Option<Figure> {
        let s = self.s;
        let form = verb.form;
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
        // "from the envoy, who wrote that …"
        if s.is(before, "who") && before > self.from + 1 && s.is(before - 1, ",") {
            let start = self.phrase_start(before - 1);
            let behind = (start..before - 1).rev().find(|&k| {
                s.mention_at(k).is_none() && lex::is_preposition(&s.tokens[k].lower) && !s.is(k, "of")
            });
            let behind = behind.filter(|_| start > self.from);
            return self.anyone(behind.map_or(start, |k| k + 1)..before - 1);
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
        let relative = (start..at).find(|&k| s.mention_at(k).is_none() && s.is(k, "who"));
        if let Some(figure) = relative.and_then(|k| self.self_named(k..at)) {
            return Some(figure);
        }
        nearer.and_then(|k| self.anyone(k + 1..at)).or_else(|| self.anyone(start..at))
    }

    /// The figure before the aside that ends at token `close`, or the aside itself where it is a name.
    fn before_aside(&self, close: usize) -> Option<Figure> {
        let s = self.s;
        let opener: &[&str] = match s.tokens[close].text {
            ")" => &["("],
            "," => &[","],
            _ => &["—", "–"],
        };
        let mut depth = 0_usize;
        let opens = |k: &usize| {
            match s.tokens[*k].text {
                ")" => depth += 1,
                "(" if depth > 0 => depth -= 1,
                text => return depth == 0 && opener.contains(&text),
            }
            false
        };
        let open = (self.from..close).rev().take(40).find(opens)?;
        if let Some(figure) = self.self_named(open + 1..close) {
            return Some(figure);
        }
        let first = (open + 1..close).find(|&k| !lex::is_title(&s.tokens[k].lower) && !s.is(k, "the"));
        let leads_on = |m: &&Mention| {
            m.end == close
                || (matches!(m.who, Who::Person(_))
                    && s.tokens[m.end].is_one_of(&["of", "from", "for", "who"]))
        };
        let aside = first.and_then(|k| s.mention_at(k)).filter(leads_on);
        let close = aside.map_or(close, |m| m.end);
        // "longtime member Rev. Ann Roe"
        let is_free = |k: usize| {
            s.tokens[k].is_word() && known(s, k).is_none() && !lex::is_preposition(&s.tokens[k].lower)
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
            _ => s.mention_at(open - 1).is_none(),
        });
        if is_name && open > self.from {
            return self.anyone(open + 1..close);
        }
        let direct = self.anyone(self.phrase_start(open)..open);
        // "Roe, a envoy from Oman, and since May its minister, said": try the comma before.
        direct.or_else(|| if open > self.from { self.before_aside_once(open) } else { None })
    }

    fn before_aside_once(&self, close: usize) -> Option<Figure> {
        let s = self.s;
        let open = (self.from..close).rev().take(40).find(|&k| s.is(k, ","))?;
        self.anyone(self.phrase_start(open)..open)
    }

    /// Where the noun phrase that ends before `end` begins.
    fn phrase_start(&self, end: usize) -> usize {
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
