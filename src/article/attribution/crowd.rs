//! One of several who were described before: "one of them", "another", "the same source".
//!
//! Comes in: the words and what the document has said before. Goes out: a figure called by the words that described the
//! others.

use super::described::is_plural;
use super::figure::{Context, Figure};
use super::lexicon as lex;
use super::mentions::Sentence;
use super::phrase::Phrases;
use super::token::Clitic;
use crate::article::actors::Kind;

impl Phrases<'_> {
    /// The latest who was called by `noun` and more words: "source in the Omani delegation".
    pub(super) fn told_before(self, noun: &str, context: &Context) -> Option<Figure> {
        let is_meant = |f: &&Figure| {
            f.person.is_none()
                && f.name.contains(' ')
                && f.name.to_lowercase().split(' ').any(|word| word == noun)
        };
        let one = || context.latest.iter().rev().find(is_meant);
        let several = || context.crowd.as_ref().filter(is_meant);
        if is_plural(noun) { several().cloned() } else { one().cloned() }
    }

    /// "One of them", "another": one like the latest group that was named by what it is.
    pub(super) fn one_of_them(
        self,
        s: &Sentence<'_>,
        last: usize,
        cut: usize,
        end: usize,
        context: &Context,
    ) -> Option<Figure> {
        // "one in four believes"
        if s.is(cut, "in") {
            return None;
        }
        if s.is(cut, "of") && !s.is(cut + 1, "them") {
            // "one of the diplomats", of "two diplomats familiar with the talks"
            let noun = s.tokens[end - 1].lower.as_str();
            let is_same = |crowd: &&Figure| {
                s.is(cut + 1, "the") && cut + 3 == end && crowd.name.split(' ').any(|w| w == noun)
            };
            if let Some(crowd) = context.crowd.as_ref().filter(is_same).filter(|_| s.is(last, "one")) {
                return Some(singular(crowd.clone()));
            }
            // "one of Oman's largest tribes"
            let is_whole =
                s.mention_at(cut + 1).is_some_and(|m| s.tokens[m.end - 1].clitic == Clitic::Possessive);
            if is_whole && s.is(last, "one") {
                return Some(Figure::plain(s.description(self.text, last, end), Kind::Group));
            }
            let Some(inner) = self.described(s, cut + 1..end, context) else {
                return context.crowd.clone().map(singular);
            };
            return Some(if s.is(last, "one") { singular(inner) } else { inner });
        }
        let is_another = s.is(last, "another");
        let latest = || {
            context.latest.last().filter(|f| {
                is_another
                    && f.person.is_none()
                    && is_description(&f.name)
                    && context.speaker.as_ref() == Some(f)
            })
        };
        let crowd = || {
            let crowd = context.crowd.clone()?;
            let (count, noun) = crowd.name.split_once(' ')?;
            // "one of two people close to the talks": a person is told by nothing else.
            if s.is(last, "one") && lex::is_count(count) && noun.starts_with("people ") {
                let name = format!("one of {}", crowd.name);
                return Some(Figure { name, kind: Kind::Person, ..crowd });
            }
            Some(singular(crowd))
        };
        let one = latest().cloned().map_or_else(crowd, |f| Some(plain_noun(f)))?;
        Some(if is_another { Figure { name: format!("another {}", one.name), ..one } } else { one })
    }
}

/// Whether the name is made of common nouns: "Western diplomat".
fn is_description(name: &str) -> bool {
    name.split(' ').any(lex::is_individual)
}

/// "Western diplomat" as "diplomat": what another one has in common with him.
fn plain_noun(figure: Figure) -> Figure {
    let noun = figure.name.split(' ').position(lex::is_individual);
    let name = figure.name.split(' ').skip(noun.unwrap_or(0)).collect::<Vec<_>>().join(" ");
    Figure { name, represents: None, ..figure }
}

/// "European diplomats" as "European diplomat".
fn singular(figure: Figure) -> Figure {
    let name = figure.name.replace("people", "person");
    const COMPLEMENTS: &[&str] = &[
        " of ",
        " in ",
        " familiar ",
        " with ",
        " briefed ",
        " from ",
        " at ",
        " on ",
        " close ",
        " for ",
        " to ",
        " near ",
    ];
    let first = COMPLEMENTS.iter().filter_map(|c| name.find(c)).min().unwrap_or(name.len());
    let noun = &name[..first];
    let noun = match noun.strip_suffix("men") {
        Some(stem) => format!("{stem}man"),
        None => match noun.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => noun.strip_suffix('s').unwrap_or(noun).to_owned(),
        },
    };
    let name = format!("{noun}{}", &name[first..]);
    let words: Vec<&str> = name.split(' ').filter(|w| !lex::is_count(&w.to_lowercase())).collect();
    Figure { name: words.join(" "), kind: Kind::Person, ..figure }
}
