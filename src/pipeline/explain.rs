//! Which features moved a statement's decision, and by how much.

use serde::Serialize;

use super::Pipeline;
use crate::features::NamedValue;
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
        self.take_apart(
            passage,
            self.labels.name_of(label).to_owned(),
            sign * weights.intercept[output],
            |column| sign * f64::from(weights.of_column(column)[output]),
        )
    }

    /// Takes the score of a text apart: the decision for the label of polarity 1 less the one for the label of
    /// polarity -1, so that what is above 0 moved the score up. `None` for a label set without both.
    pub fn explain_score<'t>(&self, passage: impl Into<Passage<'t>>) -> Option<Explanation> {
        let passage = passage.into();
        let of_polarity = |polarity| {
            let mut labels = (0..self.labels.len()).map(Label::from_index);
            labels.find(|label| self.labels.polarity_of(*label) == Some(polarity))
        };
        let (up, down) = (of_polarity(1)?, of_polarity(-1)?);
        let (weights, _) = self.heads.of(passage.target);
        let ((above, sign_above), (below, sign_below)) = (weights.output_of(up), weights.output_of(down));
        let name = format!("{} over {}", self.labels.name_of(up), self.labels.name_of(down));
        let intercept = sign_above * weights.intercept[above] - sign_below * weights.intercept[below];
        Some(self.take_apart(passage, name, intercept, |column| {
            let weights = weights.of_column(column);
            sign_above * f64::from(weights[above]) - sign_below * f64::from(weights[below])
        }))
    }

    fn take_apart(
        &self,
        passage: Passage<'_>,
        label: String,
        intercept: f64,
        weight: impl Fn(u32) -> f64,
    ) -> Explanation {
        let contribution = |named: NamedValue| {
            let weight = weight(named.column);
            let contribution = to_grid(f64::from(named.value) * weight);
            Contribution { feature: named.name, value: named.value, weight, contribution }
        };
        let mut features: Vec<Contribution> =
            self.vectorizer.named_values(passage).into_iter().map(contribution).collect();
        let decision = features.iter().fold(intercept, |sum, f| sum + f.contribution);
        features.sort_by(|a, b| {
            b.contribution.abs().total_cmp(&a.contribution.abs()).then_with(|| a.feature.cmp(&b.feature))
        });
        Explanation { label, decision, intercept, features }
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

#[cfg(test)]
mod tests {
    use crate::{Corpus, FeatureSet, Label, LabelSet, PipelineSpec};

    fn pipeline(labels: LabelSet, of_rows: [u16; 6]) -> crate::Pipeline {
        let texts = ["we agree", "we refuse", "they agree", "they refuse", "it rained", "it snowed"];
        let corpus = Corpus::new(labels, texts.map(String::from).to_vec(), of_rows.map(Label).to_vec());
        PipelineSpec::new(FeatureSet::built_in("words-1").unwrap()).fit(&corpus).unwrap()
    }

    #[test]
    fn a_score_is_the_decision_for_one_pole_less_that_for_the_other() {
        let pipeline = pipeline(LabelSet::stance(), [2, 0, 2, 0, 1, 1]);
        let text = "they agree, they refuse";
        let score = pipeline.explain_score(text).unwrap();
        let [against, favor] = [0, 2].map(|label| pipeline.explain(text, Some(Label(label))));
        assert!((score.decision - (favor.decision - against.decision)).abs() < 1e-8);
        assert_eq!(score.label, "favor over against");
        let part = |word: &str| score.features.iter().find(|f| f.feature == word).unwrap().contribution;
        assert!(part("word:agree") > 0.0 && part("word:refuse") < 0.0);
    }

    #[test]
    fn without_poles_there_is_no_score_to_explain() {
        let genres = LabelSet::new("genre", ["wire", "talk", "book"].map(String::from).to_vec()).unwrap();
        assert!(pipeline(genres, [2, 0, 2, 0, 1, 1]).explain_score("we agree").is_none());
    }
}
