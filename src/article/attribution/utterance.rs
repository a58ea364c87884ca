//! Whether a verb tells words and not an act.
//!
//! Comes in: a token that is a verb, or begins an idiom. Goes out: yes for "said that", "urged both", "made clear that",
//! no for "answered with tariffs". It refuses to know whose words they are.

use super::clause::{self, known};
use super::lexicon as lex;
use super::mentions::Who;
use super::speaker::Finder;
use super::token::Token;
use super::verbs::{Class, Form, Verb};

/// Pronouns that can be denied are no longer than this: "it", "this", "being".
const SHORTEST_CLAIM: usize = 4;

impl Finder<'_, '_> {
    /// "rejected the charge as “baseless”", "lashed out at the plan".
    pub(super) fn dismisses(&self, i: usize) -> bool {
        let s = self.s;
        let Some(verb) = known(s, i).filter(|v| matches!(v.form, Form::Past | Form::Third)) else {
            return false;
        };
        let is_like = |k: usize| {
            s.mention_at(k).is_none() && s.is(k, "as") && s.tokens.get(k + 1).is_some_and(|t| t.quoted)
        };
        let as_quote = verb.class == Class::Act
            && (i + 1..s.tokens.len().min(i + 14)).take_while(|&k| !s.tokens[k].is_break()).any(is_like);
        // "rejected the meeting in a statement"
        let in_writing = verb.class == Class::Act
            && (self.from..s.tokens.len().min(i + 14)).any(|k| {
                s.is(k, "in")
                    && (s.is(k + 1, "a") || s.is(k + 1, "an"))
                    && (k + 2..s.tokens.len().min(k + 4)).any(|n| lex::is_message(&s.tokens[n].lower))
            });
        as_quote
            || in_writing
            || self.is_rejected_by_person(i)
            || (s.tokens[i].is_one_of(&["played", "plays", "shrugged", "shrugs", "brushed", "brushes"])
                && s.tokens.get(i + 1).is_some_and(|t| t.is_one_of(&["down", "off", "aside"])))
            || (s.tokens[i].is_one_of(&["lashed", "lashes", "hit", "hits"])
                && s.tokens.get(i + 1).is_some_and(|t| t.is_one_of(&["out", "back"])))
    }

    /// "Roe rejected the charge", "she ruled out a meeting": a person does so in words.
    fn is_rejected_by_person(&self, i: usize) -> bool {
        let s = self.s;
        let is_claim = |t: &Token<'_>| {
            (lex::is_deniable(&t.lower) && t.lower.len() > SHORTEST_CLAIM)
                || t.is_one_of(&["criticism", "idea", "notion", "talk"])
        };
        let rejects = s.tokens[i].is_one_of(&["dismissed", "dismisses"])
            || (s.tokens[i].is_one_of(&["rejected", "rejects"])
                && s.tokens[i + 1..].iter().take(3).any(is_claim))
            || (s.tokens[i].is_one_of(&["ruled", "rules"]) && s.is(i + 1, "out"));
        let Some(last) = self.behind_subject(i).checked_sub(1).filter(|&k| rejects && k >= self.from) else {
            return false;
        };
        // "Roe, its envoy, rejected"
        let is_person = |k: usize| s.mention_at(k).is_some_and(|m| matches!(m.who, Who::Person(_)));
        s.tokens[last].is_one_of(&["he", "she"])
            || is_person(last)
            || (s.is(last, ",") && is_person(last - 1))
    }

    /// "made clear that", "let reporters know that".
    pub(super) fn makes_known(&self, i: usize) -> bool {
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

    /// Whether the verb at `i` tells words and not an act: "said that", "urged both", but not "answered with tariffs".
    pub(super) fn utters(&self, i: usize, verb: Verb) -> bool {
        let s = self.s;
        let quotes = s.tokens.iter().any(|t| t.quoted);
        if quotes {
            return true;
        }
        match verb.class {
            Class::Report if s.tokens[i].lower.starts_with("scoff") => true,
            Class::Report if self.keeps_silent(i) || self.is_to_come(i) => false,
            Class::Report if lex::affirms(&s.tokens[i].lower) => true,
            Class::Report if s.tokens[i].is_one_of(&["said", "say", "says"]) => true,
            Class::Report => self.closes_clause(i) || self.denies(i) || self.has_content(i),
            Class::Opine if self.judges(i) => true,
            Class::Opine
                if !s.tokens[i].lower.starts_with("doubt") && !s.tokens[i].lower.starts_with("fear") =>
            {
                // "raises hopes for an end"
                let is_noun = s.tokens.get(i + 1).is_some_and(|t| lex::is_preposition(&t.lower));
                !is_noun && self.has_content(i)
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
                        s.tokens[n]
                            .is_one_of(&["on", "for", "upon", "it", "him", "her", "them", "this", "that"])
                            || self.names(n)
                            || self.ends_in_judgement(n)
                    });
                }
                if lower.starts_with("appeal") {
                    return next.is_some_and(|n| s.tokens[n].is_one_of(&["to", "for"]));
                }
                !lex::needs_content(lower)
                    || next.is_some_and(|n| s.tokens[n].is_one_of(&["that", "whether", "how", "why", "if"]))
            }
            // "Taliban forces attacked border posts"
            Class::Blame => !s.tokens[i].lower.starts_with("attack"),
            _ => true,
        }
    }

    /// "a road that both countries claim": at its end such a verb has its object before it.
    fn claims(&self, i: usize) -> bool {
        self.s.tokens[i].is_one_of(&["claim", "claims", "claimed", "report", "reported"])
    }

    /// "would not say whether", "has not said who": what is left open.
    fn keeps_silent(&self, i: usize) -> bool {
        const OPEN: &[&str] =
            &["anything", "how", "if", "more", "what", "when", "where", "whether", "which", "who", "why"];
        let next = clause::next_word(self.s, i + 1, self.s.tokens.len());
        // "has said nothing"
        let ends = |n: usize| {
            self.s
                .tokens
                .get(n + 1)
                .is_none_or(|t| t.is_break() || t.is_one_of(&["about", "in", "on", "so", "yet"]))
        };
        if next.is_some_and(|n| (self.s.is(n, "nothing") || self.s.is(n, "little")) && ends(n)) {
            return true;
        }
        self.is_denied(i) && next.is_none_or(|n| self.s.tokens[n].is_one_of(OPEN) || self.s.tokens[n].is("."))
    }

    /// "will report to parliament on Tuesday": not said yet.
    fn is_to_come(&self, i: usize) -> bool {
        let is_will = |k: usize| {
            self.s.mention_at(k).is_none() && known(self.s, k).is_some_and(|v| v.class == Class::Modal)
        };
        let follows = self.s.tokens.get(i + 1);
        (i.saturating_sub(2).max(self.from)..i).any(is_will)
            && follows.is_some_and(|t| !t.is("that") && !t.is_break())
    }

    fn is_denied(&self, i: usize) -> bool {
        let denies = |t: &Token<'_>| t.is_one_of(&["not", "never", "neither"]) || t.lower.ends_with("n't");
        self.s.tokens[i.saturating_sub(3)..i].iter().any(denies)
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
        // "called climate change a hoax"
        let is_self = s.tokens[n].lower.ends_with("self") || s.tokens[n].lower.ends_with("selves");
        let is_noun = s.tokens[n].is_word() && !is_self && !lex::is_function_word(&s.tokens[n].lower);
        (s.mention_at(n).is_some() || s.is(n, "the") || s.is(n, "its") || is_noun)
            && (n + 1..self.s.tokens.len().min(n + 9))
                .any(|k| s.is(k, "a") || s.is(k, "an") || s.is(k, "the"))
    }

    /// "called the offer fair": whether the phrase that begins at `n` ends in an adjective that judges it.
    fn ends_in_judgement(&self, n: usize) -> bool {
        let s = self.s;
        let is_named = s.mention_at(n).is_some() || lex::is_determiner(&s.tokens[n].lower);
        let end = (n..s.tokens.len()).find(|&k| s.tokens[k].is_break()).unwrap_or(s.tokens.len());
        is_named && end > n + 2 && lex::judges(&s.tokens[end - 1].lower)
    }

    /// "Trains will run, Roe told the BBC": a whole clause stands before the comma that opens the verb's own.
    pub(super) fn closes_clause(&self, i: usize) -> bool {
        let s = self.s;
        let at = self.behind_subject(i);
        // "…, Ann Roe, its envoy, told the BBC"
        let is_aside = at > self.from + 1 && s.is(at - 1, ",");
        let at = if is_aside { self.opening(at - 1).unwrap_or(at) } else { at };
        let start = self.phrase_start(self.before_bracket(at));
        let Some(comma) = start.checked_sub(1).filter(|&c| c > self.from && s.is(c, ",")) else {
            return false;
        };
        let first = &s.tokens[self.from].lower;
        let opens_clause = lex::is_subordinator(first) || lex::is_temporal(first);
        start < at && !opens_clause && clause::find(s, self.from..comma).is_some()
    }

    /// "denied the charge", "denies stalling", but not "denied them entry".
    fn denies(&self, i: usize) -> bool {
        let s = self.s;
        let object = |k: usize| s.tokens.get(k).is_some_and(|t| lex::is_deniable(&t.lower));
        s.tokens[i].lower.starts_with("den")
            && (object(i + 1)
                || known(s, i + 1).is_some_and(|v| v.form == Form::Ing)
                || (s.tokens.get(i + 1).is_some_and(|t| lex::is_determiner(&t.lower))
                    && (object(i + 2) || object(i + 3))))
    }

    /// Whether a clause or nothing but time follows the verb at `i`: "said that …", "…, Roe said on Monday."
    fn has_content(&self, i: usize) -> bool {
        let s = self.s;
        let next = clause::next_word(s, i + 1, s.tokens.len());
        let is_answer = ["comment", "repl", "respond"].iter().any(|stem| s.tokens[i].lower.starts_with(stem));
        match next {
            _ if is_answer && self.is_denied(i) => false,
            Some(n) if s.is(n, ".") && s.tokens[n - 1].span == s.tokens[i].span && self.claims(i) => false,
            None => !is_answer,
            Some(n) if s.tokens[n].is_break() && is_answer && !s.is(n, ":") => false,
            Some(n) if s.is(n, "that") || s.tokens[n].is_break() => true,
            Some(n) if s.is(n, "to") && s.tokens[i].lower.starts_with("respond") => false,
            Some(n) if s.tokens[n].is_one_of(&["on", "in", "to", "at", "via"]) => {
                lex::tells_to(&s.tokens[i].lower)
            }
            Some(n) if lex::is_calendar(&s.tokens[n].lower) => true,
            Some(n) if s.tokens[n].is_one_of(&["no", "yes", "so", "nothing", "as", "if"]) => true,
            Some(n) => clause::find(s, n..s.tokens.len()).is_some_and(|c| c.subject.start == n),
        }
    }
}
