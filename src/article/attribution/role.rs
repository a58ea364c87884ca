//! A noun phrase that the noun of an office, a body or a group heads.
//!
//! Comes in: its tokens. Goes out: what its words tell of it: whether it is definite, bare, vague. It refuses to know who is
//! meant.

use std::ops::Range;

use super::figure::Context;
use super::gazetteer;
use super::lexicon as lex;
use super::mentions::Sentence;
use super::token::Token;

/// A phrase that ends in the noun of an office, a body or a group.
pub(super) struct Role<'a> {
    pub(super) s: &'a Sentence<'a>,
    /// From the first word to the noun.
    pub(super) head: Range<usize>,
    /// With the owner behind it.
    pub(super) whole: Range<usize>,
    /// The states and bodies that the phrase names as its owners.
    pub(super) owners: &'a [String],
    pub(super) context: &'a Context,
    pub(super) noun: &'a str,
    pub(super) first: &'a Token<'a>,
    /// Where the words begin by which it is called.
    pub(super) start: Option<usize>,
    /// These words.
    pub(super) name: String,
    /// Whether the noun means one person.
    pub(super) is_person: bool,
}

/// Determiners of one or several who can be told apart.
const COUNTED: &[&str] = &["the", "a", "an", "all", "many", "several", "some", "two", "another", "one"];

impl<'a> Role<'a> {
    /// Of the words `head` of `s`, which with the owner behind them are `whole`.
    pub(super) fn read(
        text: &str,
        s: &'a Sentence<'a>,
        head: Range<usize>,
        whole: Range<usize>,
        owners: &'a [String],
        context: &'a Context,
    ) -> Self {
        let noun = s.tokens[head.end - 1].lower.as_str();
        let names = |&i: &usize| {
            let t = &s.tokens[i];
            // "three ministers"
            let is_counted = noun.ends_with('s') && t.is_one_of(&["two", "three", "four", "five", "six"]);
            let is_small = lex::is_determiner(&t.lower)
                || lex::is_adverb(&t.lower)
                || (lex::is_preposition(&t.lower) && s.mention_at(i).is_none())
                || t.is_one_of(&["same", "other", "unnamed", "anonymous", "hundred", "thousand", "dozen"]);
            is_counted || (t.is_word() && !is_small)
        };
        let start = head.clone().find(names);
        let name = s.description(text, start.unwrap_or(head.start), whole.end);
        // "the North's foreign ministry"
        let name = match owners {
            [owner] if name.starts_with("North's") || name.starts_with("South's") => {
                name.replacen(&name[..5], owner, 1)
            }
            _ => name,
        };
        let (first, is_person) = (&s.tokens[head.start], lex::is_individual(noun));
        Role { s, head, whole, owners, context, noun, first, start, name, is_person }
    }

    /// The tokens before the noun.
    pub(super) fn modifiers(&self) -> Range<usize> {
        self.head.start..self.head.end - 1
    }

    /// Whether nothing but articles and the like stands before the noun.
    pub(super) fn is_bare(&self) -> bool {
        self.start.is_none_or(|i| i + 1 == self.head.end)
    }

    /// Whether it is one that the reader is to know: "the envoy", "rebel leaders".
    pub(super) fn is_definite(&self) -> bool {
        let may_be_new = self.first.is_one_of(&COUNTED[1..]);
        !may_be_new && (self.first.is("the") || self.start == Some(self.head.start))
    }

    /// Whether it is one of those who do not act for the state that is named: "Omani opposition leaders".
    pub(super) fn is_apart(&self) -> bool {
        let state = || self.owners.iter().any(|owner| gazetteer::is_state(owner));
        self.noun.ends_with('s')
            && !lex::is_state_body(self.noun)
            && self.modifiers().any(|i| lex::is_partisan(&self.s.tokens[i].lower))
            && state()
    }

    /// Whether it may be anyone's: "people", "each minister".
    pub(super) fn is_vague(&self) -> bool {
        const NOUNS: &[&str] =
            &["people", "side", "state", "office", "statement", "team", "leadership", "king"];
        NOUNS.contains(&self.noun)
            || (lex::is_determiner(&self.first.lower) && !self.first.is_one_of(COUNTED))
    }

    /// The pronoun of the one whose it is: "we" for "our government".
    pub(super) fn own_pronoun(&self) -> Option<&'static str> {
        match self.first.lower.as_str() {
            "my" | "our" => Some("we"),
            "his" => Some("he"),
            "her" => Some("she"),
            _ => None,
        }
    }
}
