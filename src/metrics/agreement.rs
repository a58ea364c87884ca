//! How far people who label the same units agree.
//!
//! Comes in: for each unit, the label that each coder gave, or none. Goes out: Krippendorff's alpha with a
//! bootstrap interval, the share of agreeing pairs, over all labels and for one, and Cohen's kappa of two coders.
//! Any number of coders, any number of gaps. Knows neither what a unit says nor who the coders are.

use super::interval::middle;
use super::resample::resampled;
use super::scores::{kappa, ratio};
use crate::label::Label;

/// The labels of all units, as far as agreement depends on them: how often each label was given to each unit.
///
/// A unit with fewer than two labels cannot be paired and does not enter (Krippendorff 2019, chapter 12).
#[derive(Debug, Clone, PartialEq)]
pub struct Votes {
    n_classes: usize,
    /// Different units: labels with how often they were given, ascending.
    patterns: Vec<Vec<(Label, u32)>>,
    /// How many units have each pattern.
    units: Vec<u64>,
}

/// How different two labels are.
#[derive(Debug, Clone, Copy)]
pub enum Scale<'p> {
    /// Different is different.
    Nominal,
    /// By the squared distance of their places, one a class.
    Interval(&'p [f64]),
}

impl Scale<'_> {
    /// The sum of the distances between all pairs of labels, each given as often as `counts` says.
    fn spread(self, counts: impl Iterator<Item = (Label, f64)>) -> f64 {
        let (mut n, mut first, mut second) = (0.0, 0.0, 0.0);
        for (label, count) in counts {
            n += count;
            match self {
                Scale::Nominal => second += count * count,
                Scale::Interval(places) => {
                    first += count * places[label.index()];
                    second += count * places[label.index()].powi(2);
                }
            }
        }
        match self {
            Scale::Nominal => n * n - second,
            Scale::Interval(_) => 2.0 * (n * second - first * first),
        }
    }
}

impl Votes {
    /// Counts the labels of each unit, given as (n_coders) long slices.
    ///
    /// # Panics
    /// If a label is not below `n_classes`.
    pub fn new<'u>(n_classes: usize, units: impl IntoIterator<Item = &'u [Option<Label>]>) -> Self {
        let count = |unit: &[Option<Label>]| -> Vec<(Label, u32)> {
            let mut labels: Vec<Label> = unit.iter().copied().flatten().collect();
            labels.sort_unstable();
            assert!(labels.last().is_none_or(|l| l.index() < n_classes), "{labels:?} of {n_classes} classes");
            labels.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)).collect()
        };
        let mut all: Vec<Vec<(Label, u32)>> =
            units.into_iter().map(count).filter(|p| size(p) >= 2.0).collect();
        all.sort_unstable();
        let runs = || all.chunk_by(|a, b| a == b);
        Votes {
            n_classes,
            patterns: runs().map(|run| run[0].clone()).collect(),
            units: runs().map(|run| run.len() as u64).collect(),
        }
    }

    /// Units with two labels or more.
    pub fn n_units(&self) -> u64 {
        self.units.iter().sum()
    }

    /// How often `class` was given, on units with two labels or more.
    pub fn given(&self, class: Label) -> u64 {
        let own =
            |pattern: &[(Label, u32)]| pattern.iter().find(|p| p.0 == class).map_or(0, |p| u64::from(p.1));
        self.patterns.iter().zip(&self.units).map(|(pattern, n)| own(pattern) * n).sum()
    }

    /// The share of pairs of labels on one unit that are equal, in [0, 1]; each unit has the same weight.
    /// `None` without units.
    pub fn agreement(&self) -> Option<f64> {
        let shares = self.patterns.iter().zip(&self.units).map(|(pattern, &n)| {
            let m = size(pattern);
            let equal: f64 = pattern.iter().map(|&(_, c)| f64::from(c) * (f64::from(c) - 1.0)).sum();
            n as f64 * equal / (m * (m - 1.0))
        });
        (self.n_units() > 0).then(|| shares.sum::<f64>() / self.n_units() as f64)
    }

    /// The share of the pairs with `class` in them whose other label is `class` too, in [0, 1]: specific
    /// agreement (Spitzer and Fleiss 1974), for more than two coders from Krippendorff's coincidences. `None` if
    /// nobody gave the label.
    pub fn class_agreement(&self, class: Label) -> Option<f64> {
        let (mut equal, mut all) = (0.0, 0.0);
        for (pattern, &n) in self.patterns.iter().zip(&self.units) {
            for &(_, own) in pattern.iter().filter(|(label, _)| *label == class) {
                let own = f64::from(own);
                equal += n as f64 * own * (own - 1.0) / (size(pattern) - 1.0);
                all += n as f64 * own;
            }
        }
        (all > 0.0).then(|| equal / all)
    }

    /// Krippendorff's alpha, at most 1; 0 is agreement by chance. `None` if all labels are the same.
    ///
    /// alpha = 1 - D_o / D_e with the observed and the expected mean distance of a pair of labels:
    /// D_o = 1/n sum over units u of (sum of distances within u) / (m_u - 1),
    /// D_e = (sum of distances within all n labels) / (n (n - 1)). Source: Krippendorff 2019, chapter 12.
    ///
    /// # Panics
    /// If an interval scale has fewer places than there are classes.
    pub fn alpha(&self, scale: Scale<'_>) -> Option<f64> {
        self.alpha_of(&self.units, scale)
    }

    /// The middle 95 % of alpha over `draws` data sets of as many units, drawn with replacement. `None` with
    /// fewer than two units, or if no draw has an alpha.
    ///
    /// # Panics
    /// As [`Votes::alpha`].
    pub fn alpha_interval(&self, scale: Scale<'_>, draws: usize, seed: u64) -> Option<[f64; 2]> {
        middle(resampled(&self.units, draws, seed).filter_map(|units| self.alpha_of(&units, scale)).collect())
    }

    fn alpha_of(&self, units: &[u64], scale: Scale<'_>) -> Option<f64> {
        let mut totals = vec![0.0; self.n_classes];
        let mut observed = 0.0;
        for (pattern, &n) in self.patterns.iter().zip(units) {
            let counts = || pattern.iter().map(|&(label, count)| (label, f64::from(count)));
            counts().for_each(|(label, count)| totals[label.index()] += n as f64 * count);
            observed += n as f64 * scale.spread(counts()) / (size(pattern) - 1.0);
        }
        let n: f64 = totals.iter().sum();
        let of_all = totals.into_iter().enumerate().map(|(class, count)| (Label::from_index(class), count));
        let expected = scale.spread(of_all) / (n - 1.0);
        (expected > 0.0).then(|| 1.0 - observed / expected)
    }
}

/// The labels that two coders gave to the same units. In contrast to a confusion matrix it costs memory only for
/// the pairs of labels that occur, so the labels may be thousands of names.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelPairs {
    n_classes: usize,
    /// Different pairs, ascending.
    pairs: Vec<(Label, Label)>,
    /// How many units have each pair.
    units: Vec<u64>,
}

impl LabelPairs {
    /// Counts the pairs, one a unit.
    ///
    /// # Panics
    /// If a label is not below `n_classes`.
    pub fn new(n_classes: usize, units: impl IntoIterator<Item = (Label, Label)>) -> Self {
        let mut all: Vec<(Label, Label)> = units.into_iter().collect();
        all.sort_unstable();
        let is_known = |l: Label| l.index() < n_classes;
        assert!(all.iter().all(|&(a, b)| is_known(a) && is_known(b)), "a label of {n_classes} classes");
        let runs = || all.chunk_by(|a, b| a == b);
        LabelPairs {
            n_classes,
            pairs: runs().map(|run| run[0]).collect(),
            units: runs().map(|run| run.len() as u64).collect(),
        }
    }

    /// Units.
    pub fn n_units(&self) -> u64 {
        self.units.iter().sum()
    }

    /// The share of equal labels, in [0, 1]. `None` without units.
    pub fn agreement(&self) -> Option<f64> {
        ratio(self.equal(&self.units), self.n_units())
    }

    /// Cohen's kappa, as [`ConfusionMatrix::kappa`](super::ConfusionMatrix::kappa).
    pub fn kappa(&self) -> Option<f64> {
        self.kappa_of(&self.units)
    }

    /// The middle 95 % of kappa over `draws` data sets of as many units, drawn with replacement. `None` with
    /// fewer than two units, or if no draw has a kappa.
    pub fn kappa_interval(&self, draws: usize, seed: u64) -> Option<[f64; 2]> {
        middle(resampled(&self.units, draws, seed).filter_map(|units| self.kappa_of(&units)).collect())
    }

    fn kappa_of(&self, units: &[u64]) -> Option<f64> {
        let mut given = vec![[0u64; 2]; self.n_classes];
        for (&(a, b), &units) in self.pairs.iter().zip(units) {
            given[a.index()][0] += units;
            given[b.index()][1] += units;
        }
        kappa(units.iter().sum(), self.equal(units), given.iter().map(|[a, b]| a * b).sum())
    }

    fn equal(&self, units: &[u64]) -> u64 {
        self.pairs.iter().zip(units).filter(|((a, b), _)| a == b).map(|(_, units)| units).sum()
    }
}

/// How many labels a unit got.
fn size(pattern: &[(Label, u32)]) -> f64 {
    f64::from(pattern.iter().map(|p| p.1).sum::<u32>())
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::metrics::ConfusionMatrix;
    use crate::metrics::tests::assert_same;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Case {
        name: String,
        n_classes: usize,
        units: Vec<Vec<Option<Label>>>,
        nominal: Option<f64>,
        interval: Option<f64>,
        agreement: Option<f64>,
        class_agreement: Vec<Option<f64>>,
    }

    fn votes(units: &[&[Option<u16>]]) -> Votes {
        let units: Vec<Vec<Option<Label>>> =
            units.iter().map(|unit| unit.iter().map(|l| l.map(Label)).collect()).collect();
        Votes::new(3, units.iter().map(Vec::as_slice))
    }

    #[test]
    fn alpha_is_the_one_of_the_reference_and_agreement_that_of_counted_pairs() {
        let cases: Vec<Case> =
            serde_json::from_str(include_str!("../../tests/parity/agreement.json")).unwrap();
        assert_eq!(cases.len(), 8);
        for case in cases {
            let votes = Votes::new(case.n_classes, case.units.iter().map(Vec::as_slice));
            let places: Vec<f64> = (0..case.n_classes).map(|class| class as f64).collect();
            let mut pairs = vec![
                ("nominal alpha", votes.alpha(Scale::Nominal), case.nominal),
                ("interval alpha", votes.alpha(Scale::Interval(&places)), case.interval),
                ("agreement", votes.agreement(), case.agreement),
            ];
            for (class, theirs) in case.class_agreement.iter().enumerate() {
                pairs.push(("class", votes.class_agreement(Label::from_index(class)), *theirs));
            }
            for (figure, ours, theirs) in pairs {
                assert_same(&case.name, figure, ours, theirs);
            }
        }
    }

    #[test]
    fn kappa_of_pairs_is_the_one_of_the_confusion_matrix() {
        let labels = [(0, 0), (1, 1), (2, 1), (0, 2), (1, 1), (2, 2)].map(|(a, b)| (Label(a), Label(b)));
        let (first, second): (Vec<Label>, Vec<Label>) = labels.into_iter().unzip();
        let pairs = LabelPairs::new(3, labels);
        let matrix = ConfusionMatrix::from_labels(&first, &second, 3);
        assert_eq!((pairs.kappa(), pairs.n_units()), (matrix.kappa(), matrix.total()));
        let [low, high] = pairs.kappa_interval(500, 7).unwrap();
        assert!(low < pairs.kappa().unwrap() && pairs.kappa().unwrap() < high && high <= 1.0, "{low} {high}");
        assert_eq!(LabelPairs::new(3, [(Label(1), Label(1))]).kappa_interval(500, 7), None);
    }

    #[test]
    fn a_unit_with_one_label_does_not_enter() {
        let both = votes(&[&[Some(0), Some(0)], &[Some(1), Some(2)], &[Some(2), None]]);
        assert_eq!(both, votes(&[&[Some(1), Some(2)], &[Some(0), Some(0)]]));
        assert_eq!((both.n_units(), both.agreement()), (2, Some(0.5)));
    }

    #[test]
    fn one_label_alone_has_no_alpha() {
        let constant = votes(&[&[Some(1), Some(1)], &[Some(1), Some(1)]]);
        assert_eq!(
            (constant.alpha(Scale::Nominal), constant.alpha_interval(Scale::Nominal, 100, 7)),
            (None, None)
        );
        assert_eq!(constant.class_agreement(Label(0)), None);
        assert_eq!(votes(&[]).agreement(), None);
    }

    #[test]
    fn the_interval_holds_alpha_and_narrows_with_units() {
        let few: Vec<&[Option<u16>]> = [&[Some(0), Some(0)], &[Some(1), Some(1)], &[Some(0), Some(1)]]
            .iter()
            .cycle()
            .take(30)
            .map(|unit| unit.as_slice())
            .collect();
        let many = few.repeat(16);
        let width = |units: &[&[Option<u16>]]| {
            let votes = votes(units);
            let [low, high] = votes.alpha_interval(Scale::Nominal, 500, 7).unwrap();
            let alpha = votes.alpha(Scale::Nominal).unwrap();
            assert!(low < alpha && alpha < high, "{low} {alpha} {high}");
            high - low
        };
        assert!(width(&many) < 0.4 * width(&few));
    }
}
