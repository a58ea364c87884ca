//! Who stands where: the scores of statements gathered per actor.
//!
//! Comes in: for each statement its speaker, holders and score, and the roster of figures. Goes out: one row per
//! actor. It refuses to know where scores come from.

use crate::label::Label;
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
#[derive(Debug, Clone)]
pub struct Scored<'s> {
    /// Who says it.
    pub speaker: Option<&'s str>,
    /// Whose stance it tells.
    pub holders: &'s [String],
    /// In [-1, 1].
    pub score: f64,
    /// Probability of each class, in label order.
    pub probabilities: Vec<f64>,
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
    /// The most probable label in the mean over its statements; the one of lowest index among equals.
    pub label: Label,
}

/// Bootstrap draws behind an interval.
const DRAWS: usize = 1000;
const SEED: u64 = 7;

/// One row per actor, by number of statements and then by name.
///
/// An actor is every holder, and every person who speaks: a spokesman has a row beside the government that the
/// statement counts for. Names that are missing from `roster` are groups.
///
/// # Panics
/// If statements have different numbers of probabilities.
pub fn actors(statements: &[Scored<'_>], roster: &[Figure]) -> Vec<Actor> {
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
                label: most_probable(&own),
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

/// The label of the highest sum of probabilities; the one of lowest index among equals.
fn most_probable(own: &[&Scored<'_>]) -> Label {
    let mut sums = own[0].probabilities.clone();
    for s in &own[1..] {
        assert_eq!(s.probabilities.len(), sums.len(), "probabilities of one statement against another's");
        for (sum, p) in sums.iter_mut().zip(&s.probabilities) {
            *sum += p;
        }
    }
    let best = (1..sums.len()).fold(0, |best, i| if sums[i] > sums[best] { i } else { best });
    Label::from_index(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(name: &str, kind: Kind, represents: Option<&str>) -> Figure {
        Figure { name: name.into(), kind, represents: represents.map(str::to_owned) }
    }

    /// Probabilities over against, neutral and favor that make this score.
    fn of_score(score: f64) -> Vec<f64> {
        vec![(-score).max(0.0), 1.0 - score.abs(), score.max(0.0)]
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
            .map(|(s, holders)| Scored { speaker: s.0, holders, score: s.2, probabilities: of_score(s.2) })
            .collect();
        actors(&scored, &roster)
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
    fn the_label_is_the_most_probable_in_the_mean() {
        let label = |rows: &[[f64; 3]]| {
            let holders = ["Oman".to_owned()];
            let scored = |p: &[f64; 3]| Scored {
                speaker: None,
                holders: &holders,
                score: p[2] - p[0],
                probabilities: p.to_vec(),
            };
            actors(&rows.iter().map(scored).collect::<Vec<_>>(), &[])[0].label
        };
        assert_eq!(label(&[[0.40, 0.25, 0.35]]), Label(0), "a score near zero, and yet a side");
        assert_eq!(label(&[[0.0, 0.4, 0.6], [0.5, 0.5, 0.0]]), Label(1));
        assert_eq!(label(&[[0.4, 0.2, 0.4]]), Label(0), "the first of equals");
    }

    #[test]
    fn one_statement_has_no_interval_and_two_have_one_around_their_mean() {
        let one = table(&[(None, &["Oman"], 0.5)]);
        assert_eq!((one[0].score, one[0].interval), (0.5, None));
        let two = table(&[(None, &["Oman"], 0.5), (None, &["Oman"], -0.5)]);
        assert_eq!((two[0].score, two[0].interval), (0.0, Some([-0.5, 0.5])));
    }
}
