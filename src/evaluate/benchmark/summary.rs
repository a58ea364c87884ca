//! Outcomes to means, tests and fronts.
//!
//! Comes in: the outcomes of every entry on the same splits. Goes out: [`EntryReport`]s, best first. Fits nothing.

use super::report::{
    ChosenC, CurvePoint, EntryReport, FoldScore, GroupScore, LeftOut, MeanScore, NamesMasked, Pareto,
};
use super::run::Outcome;
use super::splits::SHARES;
use super::{Measured, Plan};
use crate::corpus::Corpus;
use crate::metrics::{ConfusionMatrix, ResampledMean, holm};
use crate::ordered::Ordered;

type Score<'s> = &'s dyn Fn(&ConfusionMatrix) -> Option<f64>;

/// Reports on every entry, by falling mean macro F1.
pub(super) fn entries(measured: &[Measured<'_>], plan: &Plan, corpus: &Corpus) -> Vec<EntryReport> {
    let n_folds = plan.folds.len() as f64;
    let ratios = plan.folds.iter().zip(measured.first().map_or(&[][..], |m| &m.folds));
    let test_to_train: f64 =
        ratios.map(|(fold, o)| fold.split.test.len() as f64 / o.n_train as f64).sum::<f64>() / n_folds;
    let summary = Summary { plan, corpus, test_to_train };

    let mut reports: Vec<EntryReport> = measured.iter().map(|m| summary.entry(m)).collect();
    let raw: Vec<Option<f64>> = reports.iter().map(|r| r.names_masked.and_then(|m| m.p_value)).collect();
    for (report, adjusted) in reports.iter_mut().zip(holm(&raw)) {
        report.names_masked.iter_mut().for_each(|masked| masked.adjusted_p_value = adjusted);
    }
    reports.sort_by(|a, b| mean_f1(b).total_cmp(&mean_f1(a)));
    summary.compare_with_best(&mut reports);
    mark_fronts(&mut reports);
    reports
}

/// For sorting: an undefined mean comes last.
fn mean_f1(report: &EntryReport) -> f64 {
    report.macro_f1.mean.unwrap_or(f64::NEG_INFINITY)
}

struct Summary<'a> {
    plan: &'a Plan,
    corpus: &'a Corpus,
    /// Test rows for each training row, mean over the folds.
    test_to_train: f64,
}

impl Summary<'_> {
    fn entry(&self, measured: &Measured<'_>) -> EntryReport {
        let poles = self.corpus.labels().poles();
        let favor_against = |counts: &ConfusionMatrix| poles.and_then(|poles| counts.mean_f1(&poles));
        let folds: Vec<&Outcome> = measured.folds.iter().collect();
        let spec = &measured.entry.spec;
        EntryReport {
            name: measured.entry.name.clone(),
            learner: measured.entry.learner.clone(),
            macro_f1: self.mean(&folds, &ConfusionMatrix::macro_f1),
            accuracy: self.mean(&folds, &ConfusionMatrix::accuracy),
            favor_against_f1: poles.map(|_| self.mean(&folds, &favor_against)),
            n_features: measured.cost.n_features,
            model_bytes: measured.cost.model_bytes,
            fit_seconds: measured.cost.fit_seconds,
            score_seconds: measured.cost.score_seconds,
            difference_to_best: None,
            p_value_vs_best: None,
            adjusted_p_value_vs_best: None,
            c: folds[0].c.map(|_| ChosenC { median: measured.median_c, grid: spec.search.clone() }),
            pareto: Pareto { size: false, speed: false },
            per_fold: self.per_fold(&folds, &favor_against),
            learning_curve: (!measured.shares.is_empty()).then(|| self.learning_curve(measured)),
            leave_one_group_out: measured.left_out.as_deref().and_then(|outcomes| self.left_out(outcomes)),
            names_masked: measured.masked.as_deref().map(|masked| self.names_masked(&folds, masked)),
        }
    }

    fn mean(&self, outcomes: &[&Outcome], score: Score<'_>) -> MeanScore {
        let values: Vec<f64> = outcomes.iter().filter_map(|o| score(&o.counts())).collect();
        let resampled = ResampledMean::of(&values, self.test_to_train);
        // A score is in [0, 1] whatever the distribution says.
        let within = |ends: [f64; 2]| ends.map(|end| end.clamp(0.0, 1.0));
        MeanScore {
            mean: resampled.map(|r| r.mean),
            interval: resampled.and_then(|r| r.interval).map(within),
        }
    }

    fn per_fold(&self, outcomes: &[&Outcome], favor_against: Score<'_>) -> Vec<FoldScore> {
        let score = |(fold, outcome): (&super::Fold, &&Outcome)| {
            let counts = outcome.counts();
            FoldScore {
                repeat: fold.repeat,
                fold: fold.fold,
                n_train: outcome.n_train,
                n_test: counts.total(),
                c: outcome.c,
                macro_f1: counts.macro_f1(),
                accuracy: counts.accuracy(),
                favor_against_f1: favor_against(&counts),
            }
        };
        self.plan.folds.iter().zip(outcomes).map(score).collect()
    }

    /// The correction for shared rows is that of the whole folds at every share, which is on the wide side.
    fn learning_curve(&self, measured: &Measured<'_>) -> Vec<CurvePoint> {
        let point = |share: f64, outcomes: Vec<&Outcome>| CurvePoint {
            share,
            n_train: (!outcomes.is_empty())
                .then(|| outcomes.iter().map(|o| o.n_train as f64).sum::<f64>() / outcomes.len() as f64),
            n_folds: outcomes.len(),
            macro_f1: self.mean(&outcomes, &ConfusionMatrix::macro_f1),
        };
        let of_share = |i: usize| measured.shares.iter().filter_map(|fold| fold[i].as_ref()).collect();
        let shares = SHARES.iter().enumerate().map(|(i, &share)| point(share, of_share(i)));
        shares.chain([point(1.0, measured.folds.iter().collect())]).collect()
    }

    fn left_out(&self, outcomes: &[Outcome]) -> Option<LeftOut> {
        let (column, groups) = self.plan.left_out.as_ref()?;
        let none = ConfusionMatrix::from_labels(&[], &[], self.corpus.labels().len());
        let pooled = outcomes.iter().fold(none, |sum, outcome| sum.plus(&outcome.counts()));
        let score = |((name, _), outcome): (&(String, super::Split), &Outcome)| {
            let counts = outcome.counts();
            let n = counts.total() as usize;
            (name.clone(), GroupScore { n, accuracy: counts.accuracy(), macro_f1: counts.macro_f1() })
        };
        let mut scored: Vec<(String, GroupScore)> = groups.iter().zip(outcomes).map(score).collect();
        let scores: Vec<f64> = scored.iter().filter_map(|(_, group)| group.macro_f1).collect();
        let key = |group: &GroupScore| group.macro_f1.unwrap_or(f64::INFINITY);
        scored.sort_by(|a, b| key(&a.1).total_cmp(&key(&b.1)));
        Some(LeftOut {
            column: column.clone(),
            pooled_macro_f1: pooled.macro_f1(),
            pooled_accuracy: pooled.accuracy(),
            mean_macro_f1: (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64),
            groups: Ordered(scored),
        })
    }

    fn names_masked(&self, seen: &[&Outcome], masked: &[Outcome]) -> NamesMasked {
        let macro_f1 = |outcome: &Outcome| outcome.counts().macro_f1();
        let (difference, p_value) =
            self.difference(masked.iter().map(macro_f1).zip(seen.iter().map(|outcome| macro_f1(outcome))));
        let masked: Vec<&Outcome> = masked.iter().collect();
        let macro_f1 = self.mean(&masked, &ConfusionMatrix::macro_f1);
        NamesMasked { macro_f1, difference, p_value, adjusted_p_value: None }
    }

    /// The mean of the first less the second of each pair, and its p.
    fn difference(
        &self,
        pairs: impl Iterator<Item = (Option<f64>, Option<f64>)>,
    ) -> (MeanScore, Option<f64>) {
        let differences: Vec<f64> = pairs.filter_map(|(a, b)| a.zip(b).map(|(a, b)| a - b)).collect();
        let resampled = ResampledMean::of(&differences, self.test_to_train);
        let mean =
            MeanScore { mean: resampled.map(|r| r.mean), interval: resampled.and_then(|r| r.interval) };
        (mean, resampled.and_then(|r| r.p_value))
    }

    fn compare_with_best(&self, reports: &mut [EntryReport]) {
        let Some((best, others)) = reports.split_first_mut() else { return };
        let scores = |report: &EntryReport| report.per_fold.iter().map(|f| f.macro_f1).collect::<Vec<_>>();
        let of_best = scores(best);
        for other in others.iter_mut() {
            let (difference, p_value) =
                self.difference(scores(other).into_iter().zip(of_best.iter().copied()));
            (other.difference_to_best, other.p_value_vs_best) = (Some(difference), p_value);
        }
        let raw: Vec<Option<f64>> = others.iter().map(|other| other.p_value_vs_best).collect();
        for (other, adjusted) in others.iter_mut().zip(holm(&raw)) {
            other.adjusted_p_value_vs_best = adjusted;
        }
    }
}

fn mark_fronts(reports: &mut [EntryReport]) {
    let scores: Vec<f64> = reports.iter().map(mean_f1).collect();
    let sizes: Vec<f64> = reports.iter().map(|r| r.model_bytes as f64).collect();
    let seconds: Vec<f64> = reports.iter().map(|r| r.score_seconds).collect();
    let (by_size, by_speed) = (front(&scores, &sizes), front(&scores, &seconds));
    for (report, (size, speed)) in reports.iter_mut().zip(by_size.into_iter().zip(by_speed)) {
        report.pareto = Pareto { size, speed };
    }
}

/// Whether nothing else is as good at less cost, or better at no more.
fn front(scores: &[f64], costs: &[f64]) -> Vec<bool> {
    let all = || scores.iter().zip(costs);
    let beats = |(s, c): (&f64, &f64), (score, cost): (&f64, &f64)| {
        s >= score && c <= cost && (s > score || c < cost)
    };
    all().map(|own| !all().any(|other| beats(other, own))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_is_what_nothing_beats_in_both() {
        let on_front = front(&[0.9, 0.8, 0.8, 0.7, 0.6], &[9.0, 3.0, 4.0, 5.0, 1.0]);
        assert_eq!(on_front, [true, true, false, false, true]);
        assert_eq!(front(&[0.5, 0.5], &[2.0, 2.0]), [true, true]);
    }
}
