//! From the subject of a verb of saying to the one who speaks.
//!
//! Comes in: a noun phrase. Goes out: one figure, several as one, or someone described. Whether the verb is one of
//! saying is for the caller to know.

use std::ops::Range;

use super::figure::{Context, Figure};
use super::lexicon as lex;
use super::mentions::{Mention, Sentence, Who};
use super::phrase::Phrases;
use super::shape::head;
use crate::article::actors::Kind;

impl Phrases<'_> {
    /// Who speaks, where `range` is the subject of a verb of saying: one actor, several together, or someone described:
    /// "a senior Omani official", "two farmers from the valley".
    pub(super) fn speaker(self, s: &Sentence<'_>, range: Range<usize>, context: &Context) -> Option<Figure> {
        if range.is_empty() {
            return None;
        }
        // "a resident who lost her house": the relative clause says nothing of who it is.
        let who = range.clone().skip(1).find(|&i| s.mention_at(i).is_none() && s.is(i, "who"));
        let range = range.start..who.unwrap_or(range.end);
        if let Some(figure) = self.of_writing(s, range.clone(), context) {
            return figure;
        }
        let last = range.end - 1;
        let from = if lex::is_pronoun(&s.tokens[last].lower) { last } else { range.start };
        let mut figures = self.actors(s, from..range.end, context);
        figures.retain(|f| !f.is_nameless());
        figures.retain(|f| !is_unknown(f) && context.author.as_ref() != Some(f));
        let complement = head(s, &range).map_or(range.end, |(_, cut)| cut);
        // "Omani officials" are not named.
        // "Customs officials" begins with a capital letter.
        let is_name = |m: &&Mention| match &m.who {
            Who::Actor { adjective, .. } => !adjective,
            Who::Person(person) => m.start > 0 || self.people.resolve(&person.name, &[]).is_some(),
            Who::Organisation | Who::Place => true,
        };
        let names =
            |within: Range<usize>| s.mentions.iter().filter(is_name).any(|m| within.contains(&m.start));
        let is_new = |f: &Figure| {
            f.person.is_none()
                && f.represents.is_none()
                && (!s.is(range.start, "the")
                    || !context.latest.iter().chain(context.offices.iter()).any(|known| known.name == f.name))
        };
        match figures.len() {
            0 if from == last && lex::is_pronoun(&s.tokens[last].lower) => None,
            0 => self.described(s, range, context),
            // "two officials familiar with the talks"
            1 if !names(range.start..complement)
                && is_new(&figures[0])
                && !context.groups.contains(&figures[0].name)
                && self.groups.only(&figures[0].name).is_none() =>
            {
                self.described(s, range, context).or_else(|| figures.pop())
            }
            1 => figures.pop(),
            // "both sides"
            _ if !names(range.clone()) => {
                self.described(s, range, context).or_else(|| Some(together(&figures)))
            }
            _ => Some(together(&figures)),
        }
    }

    /// "a statement from the ministry": whose it is; "the statement": whoever spoke last.
    fn of_writing(self, s: &Sentence<'_>, range: Range<usize>, context: &Context) -> Option<Option<Figure>> {
        let (last, cut) = head(s, &range)?;
        // "a survey released this week by the firm"; "United Nations figures"
        if lex::is_finding(&s.tokens[last].lower) && s.mention_at(last).is_none() {
            let by = (cut..range.end).find(|&i| s.is(i, "by") || s.is(i, "from"));
            let named = || s.mention_at(last.checked_sub(1)?).filter(|m| m.start >= range.start);
            return match (by, named()) {
                (Some(by), _) => Some(self.speaker(s, by + 1..range.end, context)),
                (None, Some(m)) => Some(self.mention(s, m, range.start..last, context)),
                _ => None,
            };
        }
        if !lex::is_message(&s.tokens[last].lower) || s.mention_at(last).is_some() {
            return None;
        }
        let by = if s.tokens.get(cut).is_some_and(|t| t.is_one_of(&["released", "issued", "read", "signed"]))
        {
            cut + 1
        } else {
            cut
        };
        if s.is(by, "from") || s.is(by, "by") {
            return Some(self.speaker(s, by + 1..range.end, context));
        }
        let quotes = s.tokens.iter().any(|t| t.quoted);
        (s.is(range.start, "the") && range.len() == 2 && quotes).then(|| context.speaker.clone())
    }
}

/// "Oman and Yemen", who speak as one.
fn together(figures: &[Figure]) -> Figure {
    let mut names: Vec<&str> = figures.iter().map(|f| f.name.as_str()).collect();
    // "Omani and Western officials" serve several.
    names.dedup();
    if let [name] = names[..] {
        return Figure::plain(name, Kind::Group);
    }
    let (last, most) = names.split_last().expect("two figures or more");
    Figure::plain(format!("{} and {last}", most.join(", ")), Kind::Group)
}

/// "the group", "her office": someone named before, but not found.
fn is_unknown(figure: &Figure) -> bool {
    figure.person.is_none()
        && (lex::is_class(&figure.name)
            || ["her ", "his ", "its ", "their "].iter().any(|own| figure.name.starts_with(own)))
}
