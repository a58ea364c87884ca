//! Which features moved a statement's decision, and by how much.

use serde::Serialize;

use super::Pipeline;
use crate::label::Label;
use crate::numeric::to_grid;
use crate::text::Passage;

/// The decision value of one class, taken apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The class explained.
    pub label: String,
    /// Its decision value: the intercept and all contributions, added in any order, exactly.
    pub decision: f64,
    /// What is there before any feature.
    pub intercept: f64,
    /// The features of the statement that the model knows, largest contribution first.
    pub features: Vec<Contribution>,
}

/// The part of one feature.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution {
    /// Name, for example `word:no_negoti`.
    pub feature: String,
    /// Value in this statement.
    pub value: f32,
    /// Weight in the model.
    pub weight: f64,
    /// Value times weight, on the grid of [`numeric::to_grid`](crate::numeric::to_grid).
    pub contribution: f64,
}

impl Pipeline {
    /// Takes the decision for `label` on a text apart. Without a label, the one that the text gets.
    ///
    /// # Panics
    /// If the label is not of the model's set.
    pub fn explain<'t>(&self, passage: impl Into<Passage<'t>>, label: Option<Label>) -> Explanation {
        let passage = passage.into();
        let label = label.unwrap_or_else(|| self.score(passage).label);
        let (weights, _) = self.heads.of(passage.target);
        let (output, sign) = weights.output_of(label);
        let mut decision = sign * weights.intercept[output];
        let mut features: Vec<Contribution> = self
            .vectorizer
            .named_values(passage)
            .into_iter()
            .map(|named| {
                let weight = f64::from(weights.of_column(named.column)[output]);
                let contribution = sign * to_grid(f64::from(named.value) * weight);
                decision += contribution;
                Contribution { feature: named.name, value: named.value, weight: sign * weight, contribution }
            })
            .collect();
        features.sort_by(|a, b| {
            b.contribution.abs().total_cmp(&a.contribution.abs()).then_with(|| a.feature.cmp(&b.feature))
        });
        Explanation {
            label: self.labels.name_of(label).to_owned(),
            decision,
            intercept: sign * weights.intercept[output],
            features,
        }
    }

    /// The `n` features that speak most for `label`, with their weights toward a target or the shared ones, heaviest
    /// first; empty where features are hashed and have no names.
    ///
    /// # Panics
    /// If the label is not of the model's set.
    pub fn top_features(&self, label: Label, target: Option<&str>, n: usize) -> Vec<(&str, f64)> {
        let Some(names) = self.vectorizer.feature_names() else { return Vec::new() };
        let (weights, _) = self.heads.of(target);
        let (output, sign) = weights.output_of(label);
        let weight = |column: u32| sign * f64::from(weights.of_column(column)[output]);
        let mut columns: Vec<u32> = (0..names.len() as u32).filter(|&c| weight(c) > 0.0).collect();
        columns.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
        columns.truncate(n);
        columns.into_iter().map(|c| (names[c as usize], weight(c))).collect()
    }
}
