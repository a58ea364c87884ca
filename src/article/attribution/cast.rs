//! Figures that a line announces rather than a clause names: signatories, headings, labels, pairs.
//!
//! Comes in: a sentence. Goes out: the figures. It refuses to know what they say.

use std::ops::Range;

use super::clause;
use super::figure::{Context, Figure};
use super::lexicon as lex;
use super::mentions::{Sentence, Who};
use super::phrase::Phrases;
use crate::article::actors::Kind;

impl Phrases<'_> {
    /// The people, or else the known actors, that sign a statement.
    pub(super) fn signatories(self, s: &Sentence<'_>, range: Range<usize>) -> Vec<Figure> {
        let mut people: Vec<Figure> = Vec::new();
        let mut others: Vec<Figure> = Vec::new();
        for mention in s.mentions.iter().filter(|m| range.contains(&m.start)) {
            match &mention.who {
                Who::Person(p) => people.extend(self.people.resolve(&p.name, &[]).map(|i| self.person(i))),
                Who::Actor { entry, .. } => others.push(Figure::known(entry, &entry.name)),
                Who::Organisation | Who::Place => {}
            }
        }
        if people.is_empty() { others } else { people }
    }

    /// The person whom a line without a verb announces: "Secretary Roe on Morning Radio".
    pub(super) fn heading(self, s: &Sentence<'_>) -> Option<Figure> {
        let is_clause = clause::find(s, 0..s.tokens.len()).is_some();
        let person = s.mentions.iter().find_map(|m| match &m.who {
            Who::Person(p) if p.evident => self.people.resolve(&p.name, &[]),
            _ => None,
        });
        person.filter(|_| !is_clause).map(|i| self.person(i))
    }

    /// Who is meant by the label `range` before a colon.
    pub(super) fn labelled(self, s: &Sentence<'_>, range: Range<usize>, context: &Context) -> Figure {
        if range.len() == 1 {
            match s.tokens[range.start].lower.as_str() {
                "q" | "question" => {
                    let unknown = || Figure::plain("reporter", Kind::Person);
                    return context.interviewer.clone().unwrap_or_else(unknown);
                }
                // Who answers is whom the introduction presents.
                "a" | "answer" => {
                    let presented = context.interviewee.as_ref().or(context.latest.last());
                    if let Some(figure) = presented {
                        return figure.clone();
                    }
                }
                _ => {}
            }
        }
        // "QUESTION (Radio Lagos): Why?"
        let first = s.tokens[range.start].lower.as_str();
        if matches!(first, "q" | "question") && s.is(range.start + 1, "(") && range.len() > 3 {
            return Figure::plain(s.phrase(self.text, range.start + 2, range.end - 1), Kind::Group);
        }
        let mentions = s.mentions.iter().filter(|m| m.end <= range.end);
        let person = mentions.clone().rev().find_map(|m| match &m.who {
            Who::Person(p) => Some(
                self.people
                    .resolve(&p.name, &[])
                    .map_or_else(|| Figure::plain(&p.name, Kind::Person), |i| self.person(i)),
            ),
            _ => None,
        });
        let last = range.end - 1;
        let surname = || self.people.resolve(&s.tokens[last].lower, &[]).map(|i| self.person(i));
        let actor = || {
            mentions.clone().next_back().filter(|m| m.end == range.end).and_then(|m| match &m.who {
                Who::Actor { entry, .. } => Some(Figure::known(entry, &entry.name)),
                _ => None,
            })
        };
        person.or_else(surname).or_else(actor).unwrap_or_else(|| {
            let is_name = |i: &usize| !lex::is_title(&s.tokens[*i].lower);
            let first = range.clone().find(is_name).unwrap_or(range.start);
            let first = if s.is(first, "the") { (first + 1).min(last) } else { first };
            match s.phrase(self.text, first, range.end).as_str() {
                name if name.chars().all(|c| !c.is_lowercase()) => {
                    Figure::plain(in_title_case(name), Kind::Person)
                }
                name => Figure::plain(name, Kind::Person),
            }
        })
    }

    /// The first two known actors of the sentence that "and" joins.
    pub(super) fn pair(self, s: &Sentence<'_>) -> Option<Vec<Figure>> {
        s.mentions.windows(2).find_map(|pair| {
            let joined = s.is(pair[0].end, "and")
                && (pair[0].end + 1 == pair[1].start
                    || (s.is(pair[0].end + 1, "the") && pair[0].end + 2 == pair[1].start));
            const BOUND: &[&str] = &["at", "by", "from", "in", "including", "like"];
            let before = pair[0].start.checked_sub(1).map(|i| &s.tokens[i]);
            let joined = joined && !before.is_some_and(|t| t.is_one_of(BOUND));
            match (&pair[0].who, &pair[1].who) {
                (Who::Actor { entry: a, .. }, Who::Actor { entry: b, .. }) if joined && a != b => {
                    Some(vec![Figure::known(a, &a.name), Figure::known(b, &b.name)])
                }
                _ => None,
            }
        })
    }
}

/// "JEAN-ROE" as "Jean-Roe".
pub(super) fn in_title_case(name: &str) -> String {
    let mut inside = false;
    let turn = |c: char| {
        let turned = if inside { c.to_lowercase().to_string() } else { c.to_string() };
        inside = c.is_alphabetic();
        turned
    };
    name.chars().map(turn).collect()
}
