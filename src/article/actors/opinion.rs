//! Where an actor stands by one model.

use serde::Serialize;

use crate::label::{Label, LabelSet};
use crate::ordered::Ordered;

/// A mean stance this far from zero is a side. Most of what is said of an actor is neutral, so the most probable label of
/// the mean is too, though its few sides agree: on annotated articles this takes 74 % of actors to their side, the most
/// probable label 56 %. For sentiment it is the other way about (57 and 77 %).
pub(super) const CLEAR: f64 = 0.05;

/// Where an actor stands by one model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Opinion {
    /// For stance, the side that the mean score takes once it is clear of zero by 0.05; for other label sets the most
    /// probable label in the mean. The one of lowest index among equals.
    pub label: String,
    /// Mean score of its statements, in [-1, 1]; `None` for a label set without polarity.
    pub score: Option<f64>,
    /// 95 % bootstrap interval of the mean, by document where there are several, else by statement; `None` with fewer
    /// than two statements.
    pub interval: Option<[f64; 2]>,
    /// Number of statements with each label.
    pub labels: Ordered<usize>,
    /// What the actor says itself, or someone who represents it.
    pub self_stated: Mean,
    /// What others say of it, or the article itself.
    pub reported: Mean,
    /// Polarity of `label`: the side it takes, for colours.
    #[serde(skip)]
    pub polarity: Option<i8>,
}

/// A mean with the number behind it.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Mean {
    /// Number of statements.
    pub statements: usize,
    /// Their mean score, in [-1, 1]; `None` without statements or polarity.
    pub score: Option<f64>,
}

/// A statement's answer by one model, and whether the actor makes it itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vote<'r> {
    pub(super) probabilities: &'r [f64],
    pub(super) is_self_stated: bool,
}

impl Opinion {
    /// The opinion of statements by a model over `labels`. The interval is left to whoever knows the documents.
    ///
    /// # Panics
    /// If there are no votes or one has not as many probabilities as there are labels.
    pub(super) fn of(labels: &LabelSet, votes: &[Vote<'_>]) -> Self {
        let mut sums = vec![0.0; labels.len()];
        let mut counts = vec![0; labels.len()];
        for vote in votes {
            assert_eq!(vote.probabilities.len(), sums.len(), "probabilities against labels");
            sums.iter_mut().zip(vote.probabilities).for_each(|(sum, p)| *sum += p);
            counts[most(vote.probabilities)] += 1;
        }
        let mean = |of: &dyn Fn(&Vote<'_>) -> bool| {
            let scores: Vec<Option<f64>> =
                votes.iter().filter(|v| of(v)).map(|v| labels.score(v.probabilities)).collect();
            let sum: Option<f64> = scores.iter().copied().sum();
            Mean {
                statements: scores.len(),
                score: sum.filter(|_| !scores.is_empty()).map(|s| s / scores.len() as f64),
            }
        };
        let score = mean(&|_| true).score;
        let label = side(labels, &sums, score);
        Opinion {
            label: labels.name_of(label).to_owned(),
            score,
            interval: None,
            labels: labels.names().iter().cloned().zip(counts).collect(),
            self_stated: mean(&|v| v.is_self_stated),
            reported: mean(&|v| !v.is_self_stated),
            polarity: labels.polarity_of(label),
        }
    }
}

/// The most probable label, for stance among those on the side of `score`.
fn side(labels: &LabelSet, sums: &[f64], score: Option<f64>) -> Label {
    let is_stance = labels.names() == LabelSet::stance().names();
    let sign = score.filter(|_| is_stance).map(|s| if s.abs() > CLEAR { s.signum() as i8 } else { 0 });
    let is_on_side = |i: usize| sign.is_none() || labels.polarity_of(Label::from_index(i)) == sign;
    let on_side: Vec<f64> = (0..sums.len()).map(|i| if is_on_side(i) { sums[i] } else { -1.0 }).collect();
    // A label set may have no label for the middle.
    let has_any = on_side.iter().any(|sum| *sum >= 0.0);
    Label::from_index(most(if has_any { &on_side } else { sums }))
}

/// The first of the largest values.
fn most(values: &[f64]) -> usize {
    (1..values.len()).fold(0, |best, i| if values[i] > values[best] { i } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opinion(labels: &LabelSet, rows: &[([f64; 3], bool)]) -> Opinion {
        let vote = |(p, own): &'_ ([f64; 3], bool)| (p.to_vec(), *own);
        let rows: Vec<(Vec<f64>, bool)> = rows.iter().map(vote).collect();
        let votes: Vec<Vote<'_>> =
            rows.iter().map(|(p, own)| Vote { probabilities: p, is_self_stated: *own }).collect();
        Opinion::of(labels, &votes)
    }

    #[test]
    fn the_label_is_the_side_of_the_mean() {
        let label = |rows: &[[f64; 3]]| {
            opinion(&LabelSet::stance(), &rows.iter().map(|p| (*p, true)).collect::<Vec<_>>()).label
        };
        assert_eq!(label(&[[0.0, 0.4, 0.6], [0.25, 0.75, 0.0]]), "favor", "a mean of 0.175");
        assert_eq!(label(&[[0.375, 0.5, 0.125], [0.0, 1.0, 0.0]]), "against", "a mean of -0.125");
        assert_eq!(label(&[[0.40, 0.23, 0.37]]), "neutral", "a mean of -0.03");
        assert_eq!(label(&[[0.4, 0.2, 0.4]]), "neutral");
    }

    #[test]
    fn what_it_says_itself_stands_apart_from_what_is_reported() {
        let o = opinion(
            &LabelSet::stance(),
            &[([0.0, 0.0, 1.0], true), ([0.0, 0.5, 0.5], true), ([0.75, 0.25, 0.0], false)],
        );
        // (1 + 0.5 - 0.75) / 3, (1 + 0.5) / 2, -0.75 / 1
        assert_eq!(o.score, Some(0.25));
        assert_eq!(o.self_stated, Mean { statements: 2, score: Some(0.75) });
        assert_eq!(o.reported, Mean { statements: 1, score: Some(-0.75) });
        assert_eq!(o.labels.iter().map(|(_, n)| *n).collect::<Vec<_>>(), [1, 1, 1]);
        let own = opinion(&LabelSet::stance(), &[([0.0, 0.0, 1.0], true)]);
        assert_eq!(own.reported, Mean { statements: 0, score: None });
    }

    #[test]
    fn without_polarity_there_is_a_label_and_no_score() {
        let genres = LabelSet::new("genre", ["wire", "talk", "book"].map(String::from).to_vec()).unwrap();
        let o = opinion(&genres, &[([0.1, 0.7, 0.2], false)]);
        assert_eq!((o.label.as_str(), o.score, o.polarity), ("talk", None, None));
        assert_eq!(o.reported, Mean { statements: 1, score: None });
    }
}
