//! Who stands where: the scores of statements gathered per actor.
//!
//! Comes in: for each statement its speaker, holders and score, and the roster of figures. Goes out: one row per
//! actor. It refuses to know where scores come from.

use crate::label::{Label, LabelSet};
use crate::numeric::Rng;

/// Someone who speaks or holds a stance in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The fullest name that the article gives.
    pub name: String,
    /// Person, state or group.
    pub kind: Kind,
    /// The actor in whose name the figure holds office or acts.
    pub represents: Option<String>,
}

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A single person.
    Person,
    /// A state or its government.
    State,
    /// Any other body: an alliance, an armed group, a party, a union.
    Group,
}

/// A statement's part in the table of actors.
#[derive(Debug, Clone, Copy)]
pub struct Scored<'s> {
    /// Who says it.
    pub speaker: Option<&'s str>,
    /// Whose stance it tells.
    pub holders: &'s [String],
    /// In [-1, 1].
    pub score: f64,
}

/// One actor's row.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Actor {
    /// The fullest name that the article gives.
    pub name: String,
    /// Person, state or group.
    pub kind: Kind,
    /// The actor in whose name this one speaks: a spokesman's government.
    pub represents: Option<String>,
    /// Number of statements; one in which the actor both speaks and holds counts once.
    pub statements: usize,
    /// Statements that the actor makes, or that someone makes who represents it.
    pub self_stated: usize,
    /// Statements about the actor by others or by the article itself.
    pub reported: usize,
    /// Who makes these statements, in order of appearance.
    pub speakers: Vec<String>,
    /// Mean score, in [-1, 1].
    pub score: f64,
    /// 95 % percentile bootstrap interval of the mean; `None` with fewer than two statements.
    pub interval: Option<[f64; 2]>,
    /// The label that the mean leans to: see [`LEAN`].
    pub label: Label,
}

/// A mean score of at least this much, in either direction, is a stance; anything nearer to zero is neutral.
///
/// Articles surround few clear statements with many neutral ones, so that means are small; a third of clear
/// statements makes a stance when the rest is neutral.
pub const LEAN: f64 = 0.2;

/// Bootstrap draws behind an interval.
const DRAWS: usize = 1000;
const SEED: u64 = 7;

/// One row per actor, by number of statements and then by name.
///
/// An actor is every holder, and every person who speaks: a spokesman has a row beside the government that the
/// statement counts for. Names that are missing from `roster` are groups.
///
/// # Panics
/// If `labels` has no polarity.
pub fn actors(statements: &[Scored<'_>], roster: &[Figure], labels: &LabelSet) -> Vec<Actor> {
    assert!(labels.has_polarity(), "label set {:?} has no polarity", labels.name());
    let figure = |name: &str| roster.iter().find(|f| f.name == name);
    let represents = |name: &str| figure(name).and_then(|f| f.represents.as_deref());
    let is_person = |name: &str| figure(name).is_some_and(|f| f.kind == Kind::Person);
    let mut names: Vec<&str> = statements
        .iter()
        .flat_map(|s| s.holders.iter().map(String::as_str).chain(s.speaker.filter(|n| is_person(n))))
        .collect();
    names.sort_unstable();
    names.dedup();
    let mut rows: Vec<Actor> = names
        .into_iter()
        .map(|name| {
            let takes_part = |s: &&Scored<'_>| {
                s.holders.iter().any(|h| h == name) || (s.speaker == Some(name) && is_person(name))
            };
            let own: Vec<&Scored<'_>> = statements.iter().filter(takes_part).collect();
            let speaks_for = |speaker: &str| speaker == name || represents(speaker) == Some(name);
            let self_stated = own.iter().filter(|s| s.speaker.is_some_and(speaks_for)).count();
            let mut speakers: Vec<String> = Vec::new();
            for speaker in own.iter().filter_map(|s| s.speaker) {
                if !speakers.iter().any(|s| s == speaker) {
                    speakers.push(speaker.to_owned());
                }
            }
            let scores: Vec<f64> = own.iter().map(|s| s.score).collect();
            let score = mean(&scores);
            Actor {
                name: name.to_owned(),
                kind: figure(name).map_or(Kind::Group, |f| f.kind),
                represents: represents(name).map(str::to_owned),
                statements: own.len(),
                self_stated,
                reported: own.len() - self_stated,
                speakers,
                score,
                interval: interval(&scores),
                label: leaning(score, labels),
            }
        })
        .collect();
    rows.sort_by(|a, b| b.statements.cmp(&a.statements).then_with(|| a.name.cmp(&b.name)));
    rows
}

fn mean(scores: &[f64]) -> f64 {
    scores.iter().sum::<f64>() / scores.len() as f64
}

/// Percentile bootstrap over statements (Efron 1979), seeded.
fn interval(scores: &[f64]) -> Option<[f64; 2]> {
    if scores.len() < 2 {
        return None;
    }
    let mut rng = Rng::new(SEED);
    let draw =
        |_| (0..scores.len()).map(|_| scores[rng.below(scores.len())]).sum::<f64>() / scores.len() as f64;
    let mut means: Vec<f64> = (0..DRAWS).map(draw).collect();
    means.sort_by(f64::total_cmp);
    Some([means[DRAWS * 25 / 1000], means[DRAWS * 975 / 1000 - 1]])
}

/// The label whose polarity the score leans to; the one of lowest index among several.
fn leaning(score: f64, labels: &LabelSet) -> Label {
    let sign = if score.abs() < LEAN { 0.0 } else { score.signum() };
    let distance = |l: &Label| (f64::from(labels.polarity_of(*l).unwrap_or(0)) - sign).abs();
    (0..labels.len())
        .map(Label::from_index)
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
        .expect("a label set has at least two labels")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(name: &str, kind: Kind, represents: Option<&str>) -> Figure {
        Figure { name: name.into(), kind, represents: represents.map(str::to_owned) }
    }

    fn table(statements: &[(Option<&str>, &[&str], f64)]) -> Vec<Actor> {
        let roster = [
            figure("Ann Roe", Kind::Person, Some("Oman")),
            figure("Oman", Kind::State, None),
            figure("Bob Doe", Kind::Person, None),
        ];
        let holders: Vec<Vec<String>> =
            statements.iter().map(|s| s.1.iter().map(|h| (*h).to_owned()).collect()).collect();
        let scored: Vec<Scored<'_>> = statements
            .iter()
            .zip(&holders)
            .map(|(s, holders)| Scored { speaker: s.0, holders, score: s.2 })
            .collect();
        actors(&scored, &roster, &LabelSet::stance())
    }

    #[test]
    fn a_spokeswoman_and_her_government_each_get_the_statement_once() {
        let rows = table(&[
            (Some("Ann Roe"), &["Oman"], 0.8),
            (None, &["Oman", "rebels"], 0.2),
            (Some("Bob Doe"), &["Bob Doe"], -0.5),
        ]);
        let row = |name: &str| rows.iter().find(|r| r.name == name).unwrap();
        assert_eq!(
            rows.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(),
            ["Oman", "Ann Roe", "Bob Doe", "rebels"]
        );
        let oman = row("Oman");
        assert_eq!((oman.statements, oman.self_stated, oman.reported), (2, 1, 1));
        assert_eq!(oman.speakers, ["Ann Roe"]);
        assert_eq!(row("Ann Roe").represents.as_deref(), Some("Oman"));
        assert_eq!(row("Bob Doe").statements, 1);
    }

    #[test]
    fn the_label_follows_the_mean_and_small_means_are_neutral() {
        let label = |score| LabelSet::stance().name_of(leaning(score, &LabelSet::stance())).to_owned();
        assert_eq!([label(-0.2), label(0.19), label(0.2)], ["against", "neutral", "favor"]);
    }

    #[test]
    fn one_statement_has_no_interval_and_two_have_one_around_their_mean() {
        let one = table(&[(None, &["Oman"], 0.5)]);
        assert_eq!((one[0].score, one[0].interval), (0.5, None));
        let two = table(&[(None, &["Oman"], 0.5), (None, &["Oman"], -0.5)]);
        assert_eq!((two[0].score, two[0].interval), (0.0, Some([-0.5, 0.5])));
    }
}
