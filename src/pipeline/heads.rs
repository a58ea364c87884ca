//! Rows with their targets -> one linear model for all statements and one a target.
//!
//! Comes in: a weighted matrix, a class and a target a row. Goes out: [`FittedHeads`], every model over the same columns. A
//! sum of linear models over the same columns is a linear model, and so is one with a part of its own for each target, so
//! that scoring and explaining need not know how the weights came about.

use linfa::ParamGuard;
use ndarray::{Array2, Axis};

use super::spec::{Member, PipelineSpec, TargetWeights};
use crate::error::{Error, Result};
use crate::label::Label;
use crate::linear::{Convergence, LinearModel, LinearParams, LinearSpec};
use crate::matrix::FeatureMatrix;

/// Training rows, columns weighted.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) x: &'a FeatureMatrix,
    pub(super) y: &'a [Label],
    pub(super) n_classes: usize,
    /// The target of each row; `None` where rows have none or its words are all that is read of it.
    pub(super) targets: Option<Targets<'a>>,
    /// First column of each group of features, and one past the last.
    pub(super) starts: &'a [u32],
}

/// The target of each row, below `n`.
#[derive(Clone, Copy)]
pub(super) struct Targets<'a> {
    pub(super) of_row: &'a [Option<u32>],
    pub(super) n: usize,
}

/// Models over the same columns: for any statement, and for those of each target that has its own weights.
pub(super) struct FittedHeads {
    pub(super) shared: LinearModel,
    pub(super) of_target: Vec<Option<LinearModel>>,
}

impl FittedHeads {
    /// The model for a target.
    pub(super) fn of(&self, target: Option<u32>) -> &LinearModel {
        let own = target.and_then(|target| self.of_target.get(target as usize)?.as_ref());
        own.unwrap_or(&self.shared)
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
    pub(super) fn fit_heads(&self, rows: &Rows<'_>, c: f64, threads: usize) -> Result<FittedHeads> {
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
                    let (x, y) = rows.of_target(targets, target);
                    has_two_classes(&y).then(|| fit(&x, &y)).transpose()
                };
                let of_target = (0..targets.n).map(own).collect::<Result<_>>()?;
                Ok(FittedHeads { shared: fit(rows.x, rows.y)?, of_target })
            }
            Some(targets) if self.target_weights == TargetWeights::Augmented => {
                let blocks = Blocks::new(rows.x, targets)?;
                let wide = fit(&blocks.augmented(rows.x, targets), rows.y)?;
                let own = |target| {
                    let (_, y) = rows.of_target(targets, target);
                    has_two_classes(&y).then(|| blocks.head(&wide, target))
                };
                Ok(FittedHeads { of_target: (0..targets.n).map(own).collect(), shared: blocks.shared(&wide) })
            }
            _ => Ok(FittedHeads { shared: fit(rows.x, rows.y)?, of_target: Vec::new() }),
        }
    }

    /// The matrix without the groups that a member does not see.
    fn seen_by(&self, member: &Member, rows: &Rows<'_>) -> Result<FeatureMatrix> {
        let Some(wanted) = &member.groups else { return Ok(rows.x.clone()) };
        let prefixes = self.features.groups.iter().map(|g| g.prefix());
        let is_wanted = |prefix: &str| wanted.iter().any(|w| w == prefix);
        let is_seen =
            prefixes.map(|prefix| prefix.map(|prefix| is_wanted(&prefix))).collect::<Result<Vec<bool>>>()?;
        Ok(rows.x.filter(|column| is_seen[rows.starts.partition_point(|&start| start <= column) - 1]))
    }
}

impl Rows<'_> {
    fn of_target(&self, targets: Targets<'_>, target: usize) -> (FeatureMatrix, Vec<Label>) {
        let is_here = |row: &usize| targets.of_row[*row] == Some(target as u32);
        let here: Vec<usize> = (0..self.y.len()).filter(is_here).collect();
        (self.x.select(&here), here.iter().map(|&row| self.y[row]).collect())
    }
}

fn has_two_classes(y: &[Label]) -> bool {
    y.windows(2).any(|pair| pair[0] != pair[1])
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
