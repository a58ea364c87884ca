//! Which group a common noun means: "the union", "the regional bloc", "the mayors".
//!
//! Comes in: a phrase that the noun of a group heads. Goes out: one figure, under the full name that the document gives, or
//! else called by the words of the phrase.

use super::figure::Figure;
use super::gazetteer;
use super::lexicon as lex;
use super::phrase::Phrases;
use super::role::Role;
use super::token::{Clitic, Token};
use crate::article::actors::Kind;

impl Phrases<'_> {
    /// "the union": the one that the document names in full, if any; "sources", who are nobody without an owner.
    pub(super) fn group(self, role: Role<'_>) -> Figure {
        // "rebels of the Dune Front"
        if let ([owner], true) = (role.owners, role.whole.end > role.head.end && lex::fights(role.noun)) {
            return Figure::plain(owner, Kind::Group);
        }
        if matches!(role.noun, "source" | "sources") && (role.is_bare() || !role.owners.is_empty()) {
            let owner = role.owners.first();
            return owner.map_or_else(Figure::nameless, |owner| Figure::body(role.name, owner));
        }
        // "the assembly's youth wing"
        let owner = role.modifiers().rev().find(|&i| role.s.tokens[i].clitic == Clitic::Possessive);
        if let Some(owner) = owner.filter(|&i| role.s.mention_at(i).is_none())
            && let Some(full) = self.groups.resolve(&role.s.tokens[owner].lower, &role.context.groups)
        {
            let rest = role.s.phrase(self.text, owner + 1, role.head.end);
            return Figure::plain(format!("{full}'s {rest}"), Kind::Group);
        }
        let full = self.named_so(&role).or_else(|| self.named_before(&role)).map(str::to_owned);
        Figure::plain(full.unwrap_or(role.name), Kind::Group)
    }

    /// The organisation that the words of the phrase may be short for: "the alliance", "the paramilitary group".
    fn named_so<'p>(&'p self, role: &Role<'_>) -> Option<&'p str> {
        let may_be_named = role.first.is_one_of(&["the", "this", "that"]) || role.head.len() == 1;
        let is_armed = |t: &Token<'_>| {
            t.is_one_of(&["armed", "islamist", "jihadist", "militant", "paramilitary", "rebel", "separatist"])
        };
        let start = role.start.unwrap_or(role.head.start);
        let is_kind =
            start + 1 < role.head.end && role.s.tokens[start..role.head.end - 1].iter().all(is_armed);
        let called = if is_kind { role.noun } else { role.name.as_str() };
        let recent = &role.context.groups;
        let full =
            if recent.is_empty() { self.groups.first(called) } else { self.groups.resolve(called, recent) };
        // "the regional bloc", where the document names only one
        let only =
            || self.groups.only(role.noun).filter(|_| lex::is_class(role.noun) && role.first.is("the"));
        full.filter(|_| may_be_named).or_else(only)
    }

    /// Who is meant by "the group", "the mayors" or "the union", where no name has these words.
    fn named_before<'p>(&'p self, role: &'p Role<'_>) -> Option<&'p str> {
        if !role.is_bare() || !role.first.is("the") {
            return None;
        }
        // "Hamas denied that the group was stalling"
        // A firm's spokesman says "the company" of it, a union's means the other side.
        let is_union = |own: &str| {
            own.rsplit(' ')
                .next()
                .is_some_and(|last| lex::classes_of(&last.to_lowercase()).any(|class| class == "union"))
        };
        let is_own = |own: &&str| {
            let is_firm = lex::is_firm(role.noun) && !is_union(own);
            (lex::is_class(role.noun) || is_firm) && !gazetteer::is_state(own)
        };
        let own = role.context.own.as_deref().filter(is_own);
        // "the mayors", once "mayors of five towns" were named
        let of = |f: &&Figure| f.name.strip_prefix(role.noun).is_some_and(|rest| rest.starts_with(" of "));
        let crowd = || role.context.crowd.as_ref().filter(of).map(|f| f.name.as_str());
        let is_one = lex::is_firm(role.noun) || role.noun == "union";
        let single = || self.groups.only_single(role.noun).filter(|_| is_one);
        own.or_else(crowd).or_else(single)
    }
}
