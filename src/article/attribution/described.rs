//! Speakers without a name: "a senior official", "two farmers from the valley", "one of them".
//!
//! Comes in: the subject of a verb of saying that names nobody. Goes out: a figure called by the words of the phrase;
//! nothing where the words may mean a thing, or someone named before.

use std::ops::Range;

use super::clause::known;
use super::figure::{Context, Figure};
use super::lexicon as lex;
use super::mentions::Sentence;
use super::phrase::Phrases;
use super::shape::{conjuncts, head, without_time};
use super::token::{Clitic, Token};
use super::verbs::{self, Form};
use crate::article::actors::Kind;

impl Phrases<'_> {
    /// Someone without a name: the words of the phrase up to its complement.
    pub(super) fn described(
        self,
        s: &Sentence<'_>,
        range: Range<usize>,
        context: &Context,
    ) -> Option<Figure> {
        let part = without_time(s, conjuncts(s, range).into_iter().next()?);
        let (last, cut) = head(s, &part)?;
        let token = &s.tokens[last];
        let lower = token.lower.as_str();
        // "its spokeswoman", "whose minister": not told here.
        if s.tokens[part.start].is_one_of(&["its", "his", "her", "their", "whose"]) {
            return None;
        }
        // A common noun that begins the sentence looks like a name: "Farmers in the valley said".
        let is_name = s.mention_at(last).is_some_and(|m| last > 0 || m.end > 1 || !lower.ends_with('s'));
        if part.is_empty() || is_name || token.clitic == Clitic::Possessive || token.quoted {
            return None;
        }
        // "sent us this report"; "Roe, 56, who …"
        let is_number = lower.starts_with(|c: char| c.is_ascii_digit()) && !lower.ends_with("-year-old");
        if is_number || matches!(lower, "us" | "them" | "me" | "him" | "her" | "you") {
            return None;
        }
        // "replied to three messages"
        let is_alone = part.len() == 1 || s.is(cut, "of") || s.is(part.start, "the");
        if matches!(lower, "one" | "another" | "some" | "many" | "both" | "others" | "other")
            || (lex::is_count(lower) && is_alone)
        {
            return self.one_of_them(s, last, cut, part.end, context);
        }
        // "the 58-year-old"
        if lower.ends_with("-year-old") && s.is(part.start, "the") {
            return context.latest.last().cloned();
        }
        // "raises", "talks": a verb that looks like a plural.
        let is_verb = part.len() == 1 && verbs::lookup(lower).is_some_and(|v| v.form == Form::Third);
        if is_verb || !is_someone(s, &part, last) || may_be_no_one(s, &part, last) {
            return None;
        }
        self.described_by(s, part, (last, cut), context)
    }

    /// Someone called by the words of `part`, whose head and the end of it are `head`.
    fn described_by(
        self,
        s: &Sentence<'_>,
        part: Range<usize>,
        (last, cut): (usize, usize),
        context: &Context,
    ) -> Option<Figure> {
        let lower = s.tokens[last].lower.as_str();
        let is_word_of_name = |&i: &usize| {
            let t = &s.tokens[i];
            t.is_word() && !t.is_one_of(UNTOLD) && !lex::is_adverb(&t.lower)
        };
        let start = (part.start..=last).find(is_word_of_name)?;
        let is_official = lex::is_organ(lower) || lower.ends_with("official") || lower.ends_with("officials");
        let owner = self.owners_in(s, start..last, context).into_iter().next().filter(|_| is_official);
        // "a Western diplomat" is told from others already, what he knows aside.
        let is_told = start < last
            && !is_plural(lower)
            && cut < part.end
            && s.tokens[cut].is_one_of(&["familiar", "briefed"])
            && (start..last)
                .any(|i| s.tokens[i].is_capitalised() && i > 0 && !lex::is_count(&s.tokens[i].lower));
        let end = if is_told { last + 1 } else { self.with_complement(s, cut, part.end, last + 1) };
        // "people who have seen it" are told from others by nothing else.
        let is_bare = start == last && end == last + 1 && lower == "people" && s.is(end, "who");
        let end = if is_bare { relative_end(s, end) } else { end };
        // "an aide of hers", "our negotiators": whose is not told here.
        if !lex::speaks_on_air(lower) && (part.start..end).any(|i| s.tokens[i].is_one_of(UNTOLD_OWNERS)) {
            return None;
        }
        // "the same source", "the mayors", of whom more was said before
        let is_same = s.is(part.start, "the") && start == last && end == last + 1;
        if let Some(known) = self.told_before(lower, context).filter(|_| is_same) {
            return Some(known);
        }
        let name = s.description(self.text, start, end);
        let kind = if is_plural(lower) { Kind::Group } else { Kind::Person };
        Some(Figure { represents: owner, ..Figure::plain(name, kind) })
    }

    /// Where a description ends that goes on at `cut`: "familiar with the talks", "at the clinic".
    pub(super) fn with_complement(self, s: &Sentence<'_>, cut: usize, end: usize, without: usize) -> usize {
        let binds = [
            "of", "for", "in", "at", "from", "with", "to", "familiar", "close", "briefed", "involved", "on",
            "within", "inside", "near", "present", "privy",
        ];
        let is_participle = |k: usize| verbs::lookup(&s.tokens[k].lower).is_some_and(|v| v.form == Form::Ing);
        if cut >= end || !(s.tokens[cut].is_one_of(&binds) || is_participle(cut)) || end - cut > 9 {
            return without;
        }
        let stops = |&i: &usize| {
            lex::is_adverb(&s.tokens[i].lower)
                || lex::is_calendar(&s.tokens[i].lower)
                || s.tokens[i].is_break()
        };
        let mut stop = (cut + 1..end).find(stops).unwrap_or(end);
        // "three people present on Thursday"
        while stop > cut + 1 && lex::is_preposition(&s.tokens[stop - 1].lower) {
            stop -= 1;
        }
        if stop > cut + 1 || s.is(cut, "present") { stop } else { without }
    }
}

/// Words that tell an owner only to who knows what was said before.
const UNTOLD_OWNERS: &[&str] = &["her", "hers", "his", "its", "my", "our", "their", "theirs", "your"];

/// Words that leave open who it is and stand in no description.
const UNTOLD: &[&str] = &["a", "an", "the", "one", "some", "same", "this", "that", "unnamed", "anonymous"];

/// Whether the phrase `part`, headed by the noun `last`, may mean someone: "three officials", "a man who …".
fn is_someone(s: &Sentence<'_>, part: &Range<usize>, last: usize) -> bool {
    const SOME: &[&str] = &["one", "another", "some", "many", "several", "most", "few"];
    let (first, noun) = (s.tokens[part.start].lower.as_str(), s.tokens[last].lower.as_str());
    let is_one =
        matches!(first, "a" | "an") && (is_someone_s(noun) || lex::is_anyone(noun) || lex::is_medium(noun));
    let counts =
        is_one || SOME.contains(&first) || lex::is_count(first) || first.chars().all(|c| c.is_ascii_digit());
    counts
        || lex::is_organ(noun)
        || lex::is_group(noun)
        || lex::is_organisation(noun)
        || lex::is_individual(noun)
        || s.is(last + 1, "who")
        || (s.is(last + 1, ",") && s.is(last + 2, "who"))
        || (is_plural(noun) && !lex::is_determiner(first))
        || (first == "the" && is_someone_s(noun))
        || is_press(s, part, last)
}

/// "state media", "a local newspaper": a medium told from others by more than an article.
fn is_press(s: &Sentence<'_>, part: &Range<usize>, last: usize) -> bool {
    let is_small = |t: &Token<'_>| lex::is_determiner(&t.lower) || lex::is_adverb(&t.lower);
    lex::is_medium(&s.tokens[last].lower) && (part.start..last).any(|i| !is_small(&s.tokens[i]))
}

/// Whether the phrase is more likely a thing, a time or someone named before than a speaker: "the report", "the group".
fn may_be_no_one(s: &Sentence<'_>, part: &Range<usize>, last: usize) -> bool {
    let token = &s.tokens[last];
    let noun = token.lower.as_str();
    // "state media"
    let is_press = is_press(s, part, last);
    let is_about = |i: usize| {
        s.mention_at(i).is_none()
            && (lex::is_writing(&s.tokens[i].lower) || s.is(i, "including"))
            && !(i == last && is_press)
    };
    let is_class = lex::is_class(noun) || noun == "office";
    let is_anyone = lex::is_anyone(noun);
    let is_verb = |i: usize| known(s, i).is_some_and(|v| matches!(v.form, Form::Third | Form::Participle));
    // "a woman who fled"
    let is_told = s.is(last + 1, "who") && !s.is(part.start, "the");
    let is_bound = s.tokens.get(last + 1).is_some_and(|t| {
        t.is_one_of(&["close", "familiar", "in", "present", "privy", "with", "within", "inside"])
    });
    ((is_class || (is_anyone && !is_bound)) && part.len() <= 2 && !is_told)
        || (part.start..=last)
            .any(|i| is_about(i) && (i == last || !is_someone_s(noun) || noun.ends_with('s')))
        || lex::is_pronoun(noun)
        || lex::is_calendar(noun)
        || lex::is_stance(noun)
        || lex::is_determiner(noun)
        || !token.is_word()
        || (part.start..last).any(is_verb)
}

/// Whether the noun means several: "officials", "people".
pub(super) fn is_plural(noun: &str) -> bool {
    (noun.ends_with('s') && !noun.ends_with("ss")) || matches!(noun, "people" | "women" | "men" | "police")
}

/// Whether a noun may be what someone is: by its ending.
fn is_someone_s(noun: &str) -> bool {
    ["er", "or", "ist", "ian", "man", "woman", "person", "ee", "ant", "ess", "ive", "ard", "eur"]
        .iter()
        .any(|end| noun.ends_with(end))
        || noun.ends_with('s')
}

/// Where the relative clause ends that begins at `who`.
fn relative_end(s: &Sentence<'_>, who: usize) -> usize {
    let end = s.tokens.len().min(who + LONGEST_RELATIVE);
    let rules = |&i: &usize| {
        known(s, i).is_some_and(|v| matches!(v.form, Form::Past | Form::Third) && !v.class.is_auxiliary())
    };
    let second = (who + 1..end).filter(rules).nth(1);
    let stop = (who + 1..end).find(|&i| !s.tokens[i].is_word() || s.tokens[i].quoted);
    second.into_iter().chain(stop).min().unwrap_or(who)
}

/// A relative clause of more tokens is no name.
const LONGEST_RELATIVE: usize = 10;
