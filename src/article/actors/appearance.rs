//! Which statements of an article are whose.
//!
//! Comes in: statements with speakers and holders, and the roster. Goes out: one row per actor, without opinions.

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
    let figure = |name: &str| roster.iter().find(|f| f.name == name);
    let represents = |name: &str| figure(name).and_then(|f| f.represents.as_deref());
    let is_own_voice = |s: &Statement, name: &str| {
        let speaks_for = |h: &String| h == name || represents(name) == Some(h);
        figure(name).is_some_and(|f| f.kind == Kind::Person)
            && (s.holders.is_empty() || s.holders.iter().any(speaks_for))
    };
    let takes_part = |name: &str, s: &Statement| {
        s.holders.iter().any(|h| h == name) || (s.speaker.as_deref() == Some(name) && is_own_voice(s, name))
    };
    let mut names: Vec<&str> = Vec::new();
    for s in statements {
        names.extend(s.holders.iter().map(String::as_str));
        names.extend(s.speaker.as_deref().filter(|name| is_own_voice(s, name)));
    }
    names.sort_unstable();
    names.dedup();
    let row = |name: &str| {
        let own = || statements.iter().enumerate().filter(|(_, s)| takes_part(name, s));
        let speaks_for = |speaker: &str| speaker == name || represents(speaker) == Some(name);
        let share = |(statement, s): (usize, &Statement)| Share {
            statement,
            is_self_stated: s.speaker.as_deref().is_some_and(speaks_for),
        };
        let mut speakers: Vec<String> = Vec::new();
        for speaker in own().filter_map(|(_, s)| s.speaker.as_ref()) {
            if !speakers.contains(speaker) {
                speakers.push(speaker.clone());
            }
        }
        let unlisted = || Figure { name: name.to_owned(), kind: Kind::Group, represents: None };
        Appearance {
            figure: figure(name).cloned().unwrap_or_else(unlisted),
            shares: own().map(share).collect(),
            speakers,
        }
    };
    names.into_iter().map(row).collect()
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
