//! Which statements of an article are whose.
//!
//! Comes in: statements with speakers and holders, and the roster. Goes out: one row per actor, without opinions.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Figure, Kind};
use crate::text::Statement;

/// An actor of one article with its statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// Who it is.
    pub figure: Figure,
    /// Its statements, in document order.
    pub shares: Vec<Share>,
    /// Who makes these statements, in order of appearance.
    pub speakers: Vec<String>,
}

/// A statement that tells an actor's stance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// 0-based number of the statement in its article.
    pub statement: usize,
    /// Whether the actor makes it, or someone who represents it; else others or the article itself report it.
    pub is_self_stated: bool,
}

/// One row per actor, by name.
///
/// An actor is every holder, and every person who speaks for a holder or while no holder is known: a spokesman has a
/// row beside the government that the statement counts for. What a person says of the stance of others is not the
/// person's. Names that are missing from `roster` are groups.
pub fn appearances(statements: &[Statement], roster: &[Figure]) -> Vec<Appearance> {
    let roster = Roster::of(roster);
    let mut rows = BTreeMap::new();
    let mut known_speakers: HashSet<(&str, &str)> = HashSet::new();
    for (number, statement) in statements.iter().enumerate() {
        let speaker = statement.speaker.as_deref();
        let own_voice = speaker.filter(|name| roster.is_own_voice(statement, name));
        for name in statement.holders.iter().map(String::as_str).chain(own_voice) {
            let row: &mut Appearance = rows.entry(name).or_insert_with(|| roster.row(name));
            if row.shares.last().is_some_and(|share| share.statement == number) {
                continue;
            }
            let is_self_stated = speaker.is_some_and(|s| s == name || roster.represents(s) == Some(name));
            row.shares.push(Share { statement: number, is_self_stated });
            if let Some(speaker) = speaker.filter(|speaker| known_speakers.insert((name, speaker))) {
                row.speakers.push(speaker.to_owned());
            }
        }
    }
    rows.into_values().collect()
}

/// The figures of an article by name, of several with one name the first.
struct Roster<'r>(HashMap<&'r str, &'r Figure>);

impl<'r> Roster<'r> {
    fn of(figures: &'r [Figure]) -> Self {
        Roster(figures.iter().rev().map(|figure| (figure.name.as_str(), figure)).collect())
    }

    fn represents(&self, name: &str) -> Option<&'r str> {
        self.0.get(name)?.represents.as_deref()
    }

    /// Whether the statement of the person called `name` tells the person's own stance.
    fn is_own_voice(&self, statement: &Statement, name: &str) -> bool {
        let speaks_for = |h: &String| h == name || self.represents(name) == Some(h);
        self.0.get(name).is_some_and(|figure| figure.kind == Kind::Person)
            && (statement.holders.is_empty() || statement.holders.iter().any(speaks_for))
    }

    /// The row of an actor, without statements.
    fn row(&self, name: &str) -> Appearance {
        let unlisted = || Figure { name: name.to_owned(), kind: Kind::Group, represents: None };
        let figure = self.0.get(name).map_or_else(unlisted, |figure| (*figure).clone());
        Appearance { figure, shares: Vec::new(), speakers: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn rows(statements: &[(Option<&str>, &[&str])]) -> Vec<Appearance> {
        let figure = |name: &str, kind, represents: Option<&str>| Figure {
            name: name.into(),
            kind,
            represents: represents.map(str::to_owned),
        };
        let roster = [
            figure("Ann Roe", Kind::Person, Some("Oman")),
            figure("Oman", Kind::State, None),
            figure("Bob Doe", Kind::Person, None),
        ];
        let statement = |(speaker, holders): &(Option<&str>, &[&str])| Statement {
            text: String::new(),
            span: Span::new(0, 0),
            sentence: 0,
            speaker: speaker.map(str::to_owned),
            holders: holders.iter().map(|h| (*h).to_owned()).collect(),
        };
        appearances(&statements.iter().map(statement).collect::<Vec<_>>(), &roster)
    }

    /// "Oman 0* 1": its statements, those that it makes itself with a star.
    fn spelt(rows: &[Appearance]) -> Vec<String> {
        let share = |s: &Share| format!(" {}{}", s.statement, if s.is_self_stated { "*" } else { "" });
        rows.iter().map(|r| r.figure.name.clone() + &r.shares.iter().map(share).collect::<String>()).collect()
    }

    #[test]
    fn a_spokeswoman_and_her_government_each_get_the_statement_once() {
        let rows = rows(&[
            (Some("Ann Roe"), &["Oman"]),
            (None, &["Oman", "rebels"]),
            (Some("Bob Doe"), &["Bob Doe"]),
            (Some("Bob Doe"), &[]),
        ]);
        assert_eq!(spelt(&rows), ["Ann Roe 0*", "Bob Doe 2* 3*", "Oman 0* 1", "rebels 1"]);
        assert_eq!(rows[2].speakers, ["Ann Roe"]);
        assert_eq!((rows[2].figure.kind, rows[3].figure.kind), (Kind::State, Kind::Group));
        assert_eq!(rows[0].figure.represents.as_deref(), Some("Oman"));
    }

    #[test]
    fn what_a_person_says_of_others_is_the_stance_of_the_others() {
        let rows = rows(&[(Some("Bob Doe"), &["Oman"]), (Some("Ann Roe"), &["rebels"])]);
        assert_eq!(spelt(&rows), ["Oman 0", "rebels 1"]);
    }
}
