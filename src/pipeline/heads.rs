//! Rows with their targets -> one linear model for all statements and one a target.
//!
//! Comes in: a weighted matrix, a class and a target a row. Goes out: [`FittedHeads`], every model over the same columns. A
//! sum of linear models over the same columns is a linear model, and so is one with a part of its own for each target, so
//! that scoring and explaining need not know how the weights came about.

use std::borrow::Cow;

use linfa::ParamGuard;
use ndarray::{Array2, Axis};

use super::spec::{Member, PipelineSpec, TargetWeights};
use crate::corpus::{Labeling, strata};
use crate::error::{Error, Result};
use crate::label::Label;
use crate::linear::{Convergence, LinearModel, LinearParams, LinearSpec};
use crate::matrix::FeatureMatrix;

/// Training rows, columns weighted.
#[derive(Clone, Copy)]
struct Rows<'a> {
    x: &'a FeatureMatrix,
    y: &'a [Label],
    n_classes: usize,
    /// The target of each row; `None` where rows have none or its words are all that is read of it.
    targets: Option<Targets<'a>>,
    /// First column of each group of features, and one past the last.
    starts: &'a [u32],
}

/// The target of each row, below `n`.
#[derive(Clone, Copy)]
struct Targets<'a> {
    of_row: &'a [Option<u32>],
    n: usize,
}

/// What fitting asks of some rows of a corpus besides their features.
pub(super) struct Selection {
    pub(super) truth: Vec<Label>,
    pub(super) groups: Option<Vec<u32>>,
    pub(super) n_classes: usize,
    targets: Option<Vec<Option<u32>>>,
    n_targets: usize,
}

impl Selection {
    pub(super) fn all(corpus: &Labeling) -> Self {
        Self::of(corpus, &(0..corpus.len()).collect::<Vec<_>>())
    }

    pub(super) fn of(corpus: &Labeling, rows: &[usize]) -> Self {
        Selection {
            truth: rows.iter().map(|&row| corpus.truth()[row]).collect(),
            groups: corpus.fold_groups(rows),
            n_classes: corpus.labels().len(),
            targets: corpus.targets().map(|targets| rows.iter().map(|&row| targets[row]).collect()),
            n_targets: corpus.target_names().len(),
        }
    }

    /// What folds spread evenly: classes, and where targets have their own weights the classes of each target.
    pub(super) fn strata(&self, weights: TargetWeights) -> Vec<Label> {
        match &self.targets {
            Some(targets) if weights != TargetWeights::Shared => strata(&self.truth, targets, self.n_classes),
            _ => self.truth.clone(),
        }
    }

    /// Weights of the rows, whose matrix is `x`, with C `c`. `starts` are the first columns of the groups of features.
    pub(super) fn fit(
        &self,
        spec: &PipelineSpec,
        x: &FeatureMatrix,
        starts: &[u32],
        c: f64,
        threads: usize,
    ) -> Result<FittedHeads> {
        let targets = self.targets.as_deref().map(|of_row| Targets { of_row, n: self.n_targets });
        let rows = Rows { x, y: &self.truth, n_classes: self.n_classes, targets, starts };
        spec.fit_heads(&rows, c, threads)
    }

    /// Decision values of the rows, whose matrix is `x`, each by the weights of its target. Shape: (rows, n_classes).
    pub(super) fn decide(&self, heads: &FittedHeads, x: &FeatureMatrix) -> Array2<f64> {
        let Some(targets) = self.targets.as_deref().filter(|_| !heads.of_target.is_empty()) else {
            return heads.shared.decision_function(x);
        };
        let mut decisions = Array2::zeros((x.n_samples(), self.n_classes));
        let mut rows: Vec<usize> = (0..targets.len()).collect();
        rows.sort_by_key(|&row| targets[row]);
        for rows in rows.chunk_by(|&a, &b| targets[a] == targets[b]) {
            let here = heads.of(targets[rows[0]]).decision_function(&x.select(rows));
            rows.iter().zip(here.rows()).for_each(|(&row, values)| decisions.row_mut(row).assign(&values));
        }
        decisions
    }
}

/// Models over the same columns: for any statement, and for those of each target that has its own weights.
#[derive(Debug)]
pub(super) struct FittedHeads {
    pub(super) shared: LinearModel,
    pub(super) of_target: Vec<Option<LinearModel>>,
}

impl FittedHeads {
    /// The model for a target.
    fn of(&self, target: Option<u32>) -> &LinearModel {
        let own = target.and_then(|target| self.of_target.get(target as usize)?.as_ref());
        own.unwrap_or(&self.shared)
    }

    /// The largest weight of each column, whatever its sign, class and target.
    pub(super) fn largest_weights(&self) -> Vec<f64> {
        let mut out = vec![0.0; self.shared.n_features()];
        for model in std::iter::once(&self.shared).chain(self.of_target.iter().flatten()) {
            for class in model.coef().rows() {
                out.iter_mut().zip(class).for_each(|(largest, w)| *largest = f64::max(*largest, w.abs()));
            }
        }
        out
    }

    /// How all of them ended, the shared one first.
    pub(super) fn convergence(&self) -> Vec<Convergence> {
        let models = std::iter::once(&self.shared).chain(self.of_target.iter().flatten());
        models.flat_map(|model| model.convergence().iter().copied()).collect()
    }
}

impl PipelineSpec {
    /// Fits the weights with C `c`: the sum of the members' models, or `model` alone where there are none. A target whose
    /// rows are all of one class has no weights of its own.
    fn fit_heads(&self, rows: &Rows<'_>, c: f64, threads: usize) -> Result<FittedHeads> {
        if self.sum.is_empty() {
            return self.fit_member(rows, LinearSpec { c, ..self.model.clone() }, threads);
        }
        let mut sum: Option<FittedHeads> = None;
        for member in &self.sum {
            let seen = self.seen_by(member, rows)?;
            let spec = LinearSpec { c: c * member.model.c, seed: self.model.seed, ..member.model.clone() };
            let heads = self.fit_member(&Rows { x: &seen, ..*rows }, spec, threads)?.scaled(member.weight);
            sum = Some(match sum {
                None => heads,
                Some(sum) => sum.plus(heads),
            });
        }
        Ok(sum.expect("there is a member"))
    }

    fn fit_member(&self, rows: &Rows<'_>, spec: LinearSpec, threads: usize) -> Result<FittedHeads> {
        let params = LinearParams::from(spec).threads(threads).check()?;
        let fit = |x: &FeatureMatrix, y: &[Label]| params.fit_rows(x, y, rows.n_classes);
        match rows.targets {
            Some(targets) if self.target_weights == TargetWeights::Own => {
                let own = |target| {
                    let here = rows.of_two_classes(targets, target);
                    here.map(|(here, y)| fit(&rows.x.select(&here), &y)).transpose()
                };
                let of_target = (0..targets.n).map(own).collect::<Result<_>>()?;
                Ok(FittedHeads { shared: fit(rows.x, rows.y)?, of_target })
            }
            Some(targets) if self.target_weights == TargetWeights::Augmented => {
                let blocks = Blocks::new(rows.x, targets)?;
                let wide = fit(&blocks.augmented(rows.x, targets), rows.y)?;
                let own = |target| rows.of_two_classes(targets, target).map(|_| blocks.head(&wide, target));
                Ok(FittedHeads { of_target: (0..targets.n).map(own).collect(), shared: blocks.shared(&wide) })
            }
            _ => Ok(FittedHeads { shared: fit(rows.x, rows.y)?, of_target: Vec::new() }),
        }
    }

    /// The matrix without the groups that a member does not see.
    fn seen_by<'x>(&self, member: &Member, rows: &Rows<'x>) -> Result<Cow<'x, FeatureMatrix>> {
        let Some(wanted) = &member.groups else { return Ok(Cow::Borrowed(rows.x)) };
        let prefixes = self.features.groups.iter().map(|g| g.prefix());
        let is_wanted = |prefix: &str| wanted.iter().any(|w| w == prefix);
        let is_seen =
            prefixes.map(|prefix| prefix.map(|prefix| is_wanted(&prefix))).collect::<Result<Vec<bool>>>()?;
        let group = |column| rows.starts.partition_point(|&start| start <= column) - 1;
        Ok(Cow::Owned(rows.x.filter(|column| is_seen[group(column)])))
    }
}

impl Rows<'_> {
    /// The rows toward a target, with their classes; `None` where they are all of one class.
    fn of_two_classes(&self, targets: Targets<'_>, target: usize) -> Option<(Vec<usize>, Vec<Label>)> {
        let is_here = |row: &usize| targets.of_row[*row] == Some(target as u32);
        let here: Vec<usize> = (0..self.y.len()).filter(is_here).collect();
        let y: Vec<Label> = here.iter().map(|&row| self.y[row]).collect();
        y.windows(2).any(|pair| pair[0] != pair[1]).then_some((here, y))
    }
}

impl FittedHeads {
    fn models(self) -> impl Iterator<Item = Option<LinearModel>> {
        std::iter::once(Some(self.shared)).chain(self.of_target)
    }

    fn from_models(models: impl Iterator<Item = Option<LinearModel>>) -> Self {
        let mut models = models;
        let shared = models.next().flatten().expect("the shared model comes first");
        FittedHeads { shared, of_target: models.collect() }
    }

    fn scaled(self, factor: f64) -> Self {
        Self::from_models(self.models().map(|model| model.map(|model| model.scaled(factor))))
    }

    /// Whether a target has weights of its own depends on its rows alone: both sides agree.
    fn plus(self, other: Self) -> Self {
        let pairs = self.models().zip(other.models());
        Self::from_models(pairs.map(|(a, b)| a.zip(b).map(|(a, b)| a.plus(&b))))
    }
}

/// Columns for a shared part and a part a target, learnt together: each feature stands once for all rows and once more for the
/// rows of its target, and so does the constant. Source: Daumé 2007, Frustratingly easy domain adaptation.
struct Blocks {
    n_features: usize,
    /// For each target the columns that its rows have, increasing. Its constant follows them.
    columns: Vec<Vec<u32>>,
    /// First column of each target's block.
    starts: Vec<usize>,
    n_columns: usize,
}

impl Blocks {
    fn new(x: &FeatureMatrix, targets: Targets<'_>) -> Result<Self> {
        let mut columns = vec![Vec::new(); targets.n];
        for (row, target) in x.rows().zip(targets.of_row) {
            if let Some(target) = target {
                columns[*target as usize].extend_from_slice(row.indices);
            }
        }
        let (mut starts, mut end) = (Vec::new(), x.n_features());
        for own in &mut columns {
            own.sort_unstable();
            own.dedup();
            starts.push(end);
            end += own.len() + 1;
        }
        if end > u32::MAX as usize {
            let found = format!("{} targets with {end} columns together", targets.n);
            return Err(Error::parameter("target_weights", "\"own\" where columns are this many", found));
        }
        Ok(Blocks { n_features: x.n_features(), columns, starts, n_columns: end })
    }

    fn augmented(&self, x: &FeatureMatrix, targets: Targets<'_>) -> FeatureMatrix {
        let mut out = FeatureMatrix::new(self.n_columns);
        let (mut indices, mut values) = (Vec::new(), Vec::new());
        for (row, target) in x.rows().zip(targets.of_row) {
            indices.clear();
            indices.extend_from_slice(row.indices);
            values.clear();
            values.extend_from_slice(row.values);
            if let Some(target) = target.map(|target| target as usize) {
                let (own, start) = (&self.columns[target], self.starts[target]);
                let place = |column: &u32| own.binary_search(column).expect("a column of one of its rows");
                indices.extend(row.indices.iter().map(|column| (start + place(column)) as u32));
                values.extend_from_slice(row.values);
                indices.push((start + own.len()) as u32);
                values.push(1.0);
            }
            out.push_row(&indices, &values);
        }
        out
    }

    fn shared_coef(&self, wide: &LinearModel) -> Array2<f64> {
        wide.coef().view().split_at(Axis(1), self.n_features).0.to_owned()
    }

    fn shared(&self, wide: &LinearModel) -> LinearModel {
        LinearModel::from_parts(self.shared_coef(wide), wide.intercept().clone(), wide.convergence().to_vec())
    }

    /// The shared part plus the target's own, over the columns of the shared part.
    fn head(&self, wide: &LinearModel, target: usize) -> LinearModel {
        let (own, start) = (&self.columns[target], self.starts[target]);
        let mut coef = self.shared_coef(wide);
        for (at, &column) in own.iter().enumerate() {
            let mut shared = coef.column_mut(column as usize);
            shared += &wide.coef().column(start + at);
        }
        let intercept = wide.intercept() + &wide.coef().column(start + own.len());
        LinearModel::from_parts(coef, intercept, Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::label::LabelSet;
    use crate::linear::Learner;
    use crate::pipeline::Pipeline;
    use crate::text::Passage;

    /// "Build it" is for the bridge and against the wall; rows without a target are for both.
    fn corpus() -> Corpus {
        let rows = [
            ("build it now", "bridge", 1),
            ("build it today", "bridge", 1),
            ("leave it alone", "bridge", 0),
            ("leave it today", "bridge", 0),
            ("build it now", "wall", 0),
            ("build it today", "wall", 0),
            ("leave it alone", "wall", 1),
            ("leave it today", "wall", 1),
            ("we gladly agree", "", 1),
            ("we never agree", "", 0),
            ("we agree", "pier", 1),
        ];
        let labels = LabelSet::new("side", vec!["no".into(), "yes".into()]).unwrap();
        let texts = rows.map(|(text, ..)| text.to_owned()).to_vec();
        let truth = rows.map(|(.., label)| Label(label)).to_vec();
        Corpus::new(labels, texts, truth).with_targets(&rows.map(|(_, target, _)| target.to_owned()))
    }

    fn fit(more: &str) -> Pipeline {
        let set = r#"features = { name = "t", groups = [{ word_ngrams = [1, 1] }, { word_char_ngrams = [2, 3] }] }"#;
        let spec: PipelineSpec = toml::from_str(&format!("{more}\n{set}")).unwrap();
        spec.check().unwrap();
        spec.fit(&corpus()).unwrap()
    }

    fn label(pipeline: &Pipeline, text: &str, target: &str) -> (u16, bool) {
        let score = pipeline.score(Passage::from(text).toward(target));
        (score.label.0, score.own_weights)
    }

    #[test]
    fn each_target_has_weights_of_its_own_and_an_unknown_one_the_shared_ones() {
        for kind in ["own", "augmented"] {
            let pipeline = fit(&format!(
                "target_weights = \"{kind}\"\ncalibration = \"softmax\"\nmodel = {{ c = 10.0 }}"
            ));
            let answers = ["bridge", "wall"].map(|target| label(&pipeline, "build it", target));
            assert_eq!(answers, [(1, true), (0, true)], "{kind}");
            let unknown = pipeline.score(Passage::from("we agree").toward("tower"));
            assert_eq!(unknown, pipeline.score("we agree"), "{kind}");
            assert!(!unknown.own_weights);
            // All rows toward the pier are of one class.
            assert!(!label(&pipeline, "we agree", "pier").1, "{kind}");
            assert_eq!(pipeline.targets().collect::<Vec<_>>(), ["bridge", "wall"]);
            let own: Vec<bool> = pipeline.training().targets.iter().map(|t| t.own_weights).collect();
            assert_eq!(own, [true, false, true], "bridge, pier, wall: {kind}");
        }
        let shared = fit("target_weights = \"shared\"");
        assert_eq!(shared.score(Passage::from("build it").toward("wall")), shared.score("build it"));
    }

    #[test]
    fn weights_of_a_target_are_those_of_a_model_of_its_rows() {
        let pipeline = fit("model = { c = 3.0, tolerance = 1e-10 }\ncalibration = \"softmax\"");
        let spec = PipelineSpec { target_weights: TargetWeights::Shared, ..pipeline.spec().clone() };
        // The columns are those of all rows, so that idf is the same.
        let set = spec.features.clone();
        let whole = corpus();
        let counts = set.count(whole.passages()).unwrap();
        let fitted = counts.fit(&(0..whole.len()).collect::<Vec<_>>());
        let rows: Vec<usize> = (4..8).collect();
        let y: Vec<Label> = rows.iter().map(|&row| whole.truth()[row]).collect();
        let x = counts.transform(&fitted, &rows);
        let alone = LinearParams::from(spec.model).check().unwrap().fit_rows(&x, &y, 2).unwrap();
        for text in ["build it", "leave it now"] {
            let own = pipeline.scorer().decisions(Passage::from(text).toward("wall"));
            let row = pipeline.vectorizer().transform([text]);
            let expected = alone.decision_function(&row);
            assert!((own[1] - expected[[0, 1]]).abs() < 1e-5, "{own:?} {expected}");
        }
    }

    #[test]
    fn an_augmented_model_is_the_shared_one_where_there_is_one_target_for_none() {
        let without =
            Corpus::new(corpus().labels().clone(), corpus().texts().to_vec(), corpus().truth().to_vec());
        let spec = |kind: &str| -> PipelineSpec {
            let set = r#"features = { name = "t", groups = [{ word_ngrams = [1, 1] }] }"#;
            toml::from_str(&format!("target_weights = \"{kind}\"\n{set}")).unwrap()
        };
        let names = vec![String::new(); without.len()];
        let augmented = spec("augmented").fit(&without.clone().with_targets(&names)).unwrap();
        let shared = spec("shared").fit(&without).unwrap();
        assert_eq!(augmented.score("build it"), shared.score("build it"));
    }

    #[test]
    fn a_sum_decides_as_its_members_together() {
        let spec = |sum: &str| -> PipelineSpec {
            let set = r#"features = { name = "t", groups = [{ word_ngrams = [1, 1] }, { word_char_ngrams = [2, 3] }] }"#;
            let spec: PipelineSpec =
                toml::from_str(&format!("calibration = \"softmax\"\n{sum}\n{set}")).unwrap();
            spec.check().unwrap();
            spec
        };
        let svm = r#"{ groups = ["word"], weight = 2.0, model = { learner = "svm", c = 0.5 } }"#;
        let bayes = r#"{ groups = ["in_word"], model = { learner = "naive-bayes" } }"#;
        let decide = |sum: String| {
            let pipeline = spec(&sum).fit(&corpus()).unwrap();
            pipeline.scorer().decisions(Passage::from("build it").toward("wall"))
        };
        let [both, one, other] =
            [format!("sum = [{svm}, {bayes}]"), format!("sum = [{svm}]"), format!("sum = [{bayes}]")]
                .map(decide);
        for class in 0..2 {
            assert!((both[class] - one[class] - other[class]).abs() < 1e-5, "{both:?} {one:?} {other:?}");
        }
    }

    #[test]
    fn members_name_groups_of_the_feature_set_and_the_c_of_the_model_multiplies_theirs() {
        let set = r#"features = { name = "t", groups = [{ word_ngrams = [1, 1] }] }"#;
        let wrong: PipelineSpec =
            toml::from_str(&format!("sum = [{{ groups = [\"words\"] }}]\n{set}")).unwrap();
        let error = wrong.check().unwrap_err().to_string();
        assert_eq!(
            error,
            "parameter `sum.groups`: expected groups of this feature set: word, found \"words\""
        );
        let sum = |c: f64, own: f64| -> PipelineSpec {
            toml::from_str(&format!(
                "sum = [{{ model = {{ c = {own:?} }} }}]\nmodel = {{ c = {c:?} }}\n{set}"
            ))
            .unwrap()
        };
        let [a, b] =
            [sum(4.0, 0.5), sum(1.0, 2.0)].map(|spec| spec.fit(&corpus()).unwrap().score("build it"));
        assert_eq!(a, b);
        assert_eq!(sum(1.0, 1.0).sum[0].model.learner, Learner::Logistic);
    }
}
