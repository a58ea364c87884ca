//! A spec tried on many selections of the same rows.
//!
//! Comes in: a [`PipelineSpec`] and a [`Corpus`], whose texts are read once. Goes out: for any rows, columns and
//! weights fitted on them alone, with C chosen among them alone, and the decision values of any other rows. No
//! calibration, no file: that is [`PipelineSpec::fit`], which decides the same.

use ndarray::Array2;

use super::fit::{Tried, best};
use super::heads::{FittedHeads, Selection};
use super::spec::PipelineSpec;
use super::watched::{Watched, listening};
use crate::corpus::{Corpus, complement};
use crate::error::{Error, Result};
use crate::features::{Counts, Fitted};
use crate::label::Label;
use crate::linear::LinearModel;
use crate::matrix::FeatureMatrix;

/// A spec whose features are counted in a corpus, to be fitted on any of its rows.
#[derive(Debug)]
pub struct Trial<'c> {
    spec: PipelineSpec,
    corpus: &'c Corpus,
    counts: Counts,
}

/// Columns and weights fitted on some rows of a [`Trial`].
#[derive(Debug)]
pub struct FittedTrial<'t> {
    columns: FoldColumns<'t>,
    corpus: &'t Corpus,
    heads: FittedHeads,
    c: f64,
    search: Vec<Tried>,
}

impl<'c> Trial<'c> {
    /// Reads the texts of `corpus`, all of them, and learns nothing from them.
    ///
    /// # Errors
    /// [`crate::Error::Parameter`] on a setting out of range; [`crate::Error::Fit`] where no feature is frequent enough.
    pub fn new(spec: &PipelineSpec, corpus: &'c Corpus) -> Result<Self> {
        if let Some(points) = spec.compress {
            return Err(Error::parameter("compress", "no compression where pipelines are compared", points));
        }
        let counts = spec.count(corpus, None, &Watched::by(&listening(&|_| {})))?;
        Ok(Trial { spec: spec.clone(), corpus, counts })
    }

    /// Fits on `rows`; where the spec has a search, C is chosen by cross-validation among them, as
    /// [`PipelineSpec::fit`] on these rows would choose it.
    ///
    /// # Errors
    /// [`crate::Error::Fit`] if the rows cannot support the fit: one class, or too few of one for the search.
    /// # Panics
    /// If there is no such row.
    pub fn fit(&self, rows: &[usize]) -> Result<FittedTrial<'_>> {
        let search = self.search(rows)?;
        let c = best(&search).map_or(self.spec.model.c, |i| search[i].c);
        Ok(FittedTrial { search, ..self.fit_at(rows, c)? })
    }

    /// Fits on `rows` with this C, whatever the spec says.
    ///
    /// # Errors
    /// [`crate::Error::Fit`] as [`Trial::fit`]; [`crate::Error::Parameter`] if C is not a finite number above 0.
    /// # Panics
    /// If there is no such row.
    pub fn fit_at(&self, rows: &[usize], c: f64) -> Result<FittedTrial<'_>> {
        let columns = FoldColumns::of(&self.counts, rows);
        let x = columns.transform(rows);
        let heads = Selection::of(self.corpus, rows).fit(&self.spec, &x, &columns.starts(), c, 1)?;
        Ok(FittedTrial { columns, corpus: self.corpus, heads, c, search: Vec::new() })
    }

    /// Macro F1 of every C of the grid over the rows, each held out once; nothing without a grid.
    fn search(&self, rows: &[usize]) -> Result<Vec<Tried>> {
        let grid = &self.spec.search;
        if grid.is_empty() {
            return Ok(Vec::new());
        }
        let selection = Selection::of(self.corpus, rows);
        let folds = self.spec.held_out(&selection)?;
        let mut decisions = vec![Array2::zeros((rows.len(), selection.n_classes)); grid.len()];
        for held_out in &folds {
            let pick = |places: &[usize]| places.iter().map(|&i| rows[i]).collect::<Vec<_>>();
            let kept = pick(&complement(held_out, rows.len()));
            // One matrix for the whole grid.
            let columns = FoldColumns::of(&self.counts, &kept);
            let out_rows = pick(held_out);
            let (x, x_out) = (columns.transform(&kept), columns.transform(&out_rows));
            let [inside, outside] = [&kept, &out_rows].map(|rows| Selection::of(self.corpus, rows));
            let starts = columns.starts();
            for (&c, out) in grid.iter().zip(&mut decisions) {
                let values = outside.decide(&inside.fit(&self.spec, &x, &starts, c, 1)?, &x_out);
                for (&place, values) in held_out.iter().zip(values.rows()) {
                    out.row_mut(place).assign(&values);
                }
            }
        }
        let labels = self.corpus.labels();
        let tried = |(&c, d)| self.spec.tried(c, d, &selection.truth, labels);
        Ok(grid.iter().zip(&decisions).map(tried).collect())
    }
}

/// Columns fitted on some rows, and no others: naive Bayes counts them.
#[derive(Debug)]
struct FoldColumns<'t> {
    counts: &'t Counts,
    fitted: Fitted,
    kept: Vec<usize>,
}

impl<'t> FoldColumns<'t> {
    fn of(counts: &'t Counts, rows: &[usize]) -> Self {
        let fitted = counts.fit(rows);
        let kept = counts.kept(&fitted);
        FoldColumns { counts, fitted, kept }
    }

    /// First column of each group of features, and one past the last.
    fn starts(&self) -> Vec<u32> {
        let before = |&start: &u32| self.kept.partition_point(|&column| column < start as usize) as u32;
        self.counts.starts().iter().map(before).collect()
    }

    fn transform(&self, rows: &[usize]) -> FeatureMatrix {
        self.counts.transform(&self.fitted, rows).select_columns(&self.kept)
    }
}

impl FittedTrial<'_> {
    /// Weight of the losses: the one chosen, or the spec's.
    pub fn c(&self) -> f64 {
        self.c
    }

    /// The values of C that were tried, with the macro F1 of the rows held out; empty without a search.
    pub fn search(&self) -> &[Tried] {
        &self.search
    }

    /// Decision values of `rows`. Shape: (rows, n_classes). Those of [`PipelineSpec::fit`] up to the rounding of its
    /// weights to `f32`.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn decisions(&self, rows: &[usize]) -> Array2<f64> {
        Selection::of(self.corpus, rows).decide(&self.heads, &self.columns.transform(rows))
    }

    /// The class with the largest decision value of each row, of equal ones the first.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn predictions(&self, rows: &[usize]) -> Vec<Label> {
        self.decisions(rows).rows().into_iter().map(LinearModel::best).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::label::LabelSet;
    use crate::linear::Learner;
    use crate::numeric::Rng;

    /// 60 rows of five words each that lean toward their class, in 12 groups.
    fn corpus() -> Corpus {
        let words = ["accept", "agree", "harbour", "ship", "refuse", "reject", "talks", "war", "rain", "not"];
        let mut rng = Rng::new(11);
        let truth: Vec<Label> = (0..60).map(|i| Label(i % 3)).collect();
        let word = |label: &Label, rng: &mut Rng| match rng.below(3) {
            0 => words[4 - 2 * label.index() + rng.below(2)],
            _ => words[rng.below(words.len())],
        };
        let texts = truth
            .iter()
            .map(|label| (0..5).map(|_| word(label, &mut rng)).collect::<Vec<_>>().join(" "))
            .collect();
        let groups: Vec<String> = (0..60).map(|i| format!("g{}", i / 5)).collect();
        Corpus::new(LabelSet::stance(), texts, truth).with_groups(&groups)
    }

    fn spec(toml: &str) -> PipelineSpec {
        PipelineSpec::parse(toml, "test", std::path::Path::new("")).unwrap()
    }

    #[test]
    fn a_trial_decides_as_the_pipeline_fitted_on_the_same_rows_does() {
        let corpus = corpus();
        let train: Vec<usize> = (0..60).filter(|i| i % 4 != 1).rev().collect();
        let test: Vec<usize> = (0..60).filter(|i| i % 4 == 1).collect();
        for toml in [
            "features = \"words-1-2\"\nfolds = 3\nsearch = [0.1, 1.0, 10.0]\ncalibration = \"softmax\"",
            "features = \"stance\"\n[model]\nlearner = \"svm\"\nnb_ratio = 0.25\nc = 0.3",
            "features = \"hashed-1-2\"\n[model]\nlearner = \"naive-bayes\"",
        ] {
            let spec = spec(toml);
            let pipeline = spec.fit(&corpus.subset(&train)).unwrap();
            let trial = Trial::new(&spec, &corpus).unwrap();
            let fitted = trial.fit(&train).unwrap();
            assert_eq!(fitted.c(), pipeline.spec().model.c);
            assert_eq!(fitted.search(), pipeline.training().search);
            let mut scorer = pipeline.scorer();
            for (&row, ours) in test.iter().zip(fitted.decisions(&test).rows()) {
                for (a, b) in ours.iter().zip(scorer.decisions(&corpus.texts()[row])) {
                    assert!((a - b).abs() <= 1e-5 * b.abs().max(1.0), "{toml}: row {row}: {a} against {b}");
                }
            }
        }
    }

    #[test]
    fn rows_that_are_not_trained_on_do_not_reach_the_weights() {
        let corpus = corpus();
        let other = {
            let texts = corpus.texts().iter().enumerate();
            let texts = texts.map(|(i, t)| if i < 45 { t.clone() } else { "rain war war".into() }).collect();
            Corpus::new(LabelSet::stance(), texts, corpus.truth().to_vec())
        };
        let spec = PipelineSpec { search: vec![0.1, 1.0], ..spec("features = \"words-1-2\"\nfolds = 3") };
        let train: Vec<usize> = (0..45).collect();
        let without_groups =
            Corpus::new(LabelSet::stance(), corpus.texts().to_vec(), corpus.truth().to_vec());
        let decisions = |corpus: &Corpus| {
            let trial = Trial::new(&spec, corpus).unwrap();
            let fitted = trial.fit(&train).unwrap();
            (fitted.c(), fitted.search().to_vec(), fitted.decisions(&train))
        };
        let (ours, theirs) = (decisions(&without_groups), decisions(&other));
        assert_eq!((ours.0, ours.1), (theirs.0, theirs.1));
        assert!(ours.2.iter().zip(&theirs.2).all(|(a, b)| (a - b).abs() < 1e-5));
    }

    #[test]
    fn another_c_than_the_spec_s_can_be_asked_for() {
        let (corpus, rows) = (corpus(), (0..60).collect::<Vec<_>>());
        let spec = spec("features = \"words-1\"\n[model]\nlearner = \"logistic\"\nc = 2.0");
        let trial = Trial::new(&spec, &corpus).unwrap();
        assert_eq!((trial.fit(&rows).unwrap().c(), trial.fit_at(&rows, 0.5).unwrap().c()), (2.0, 0.5));
        assert_ne!(
            trial.fit(&rows).unwrap().decisions(&rows),
            trial.fit_at(&rows, 0.5).unwrap().decisions(&rows)
        );
        assert_eq!(spec.model.learner, Learner::Logistic);
        assert!(trial.fit_at(&rows, 0.0).is_err());
    }
}
