//! Why one statement got its label.

use serde::Serialize;

use super::{Grid, signed, visible};
use crate::label::Label;
use crate::ordered::Ordered;
use crate::pipeline::{Explanation, Pipeline};
use crate::text::Passage;

/// The score of one statement and what it is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The statement.
    pub text: String,
    /// What the stance is toward, where that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// The most probable class.
    pub label: String,
    /// Probability times polarity, summed; in [-1, 1].
    pub score: Option<f64>,
    /// Probability of each class.
    pub probabilities: Ordered<f64>,
    /// The decision value of the class explained, taken apart.
    pub explanation: Explanation,
}

/// What the stance of a statement is toward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Target {
    /// Its name.
    pub name: String,
    /// Whether the model has weights of its own for it; shared ones were taken otherwise.
    pub own_weights: bool,
}

impl Report {
    /// Scores and explains a text; the decision for `label`, or for the label that it gets.
    ///
    /// # Panics
    /// If the label is not of the model's set.
    pub fn new(pipeline: &Pipeline, passage: Passage<'_>, label: Option<Label>) -> Self {
        let (score, labels) = (pipeline.score(passage), pipeline.labels());
        Report {
            text: passage.text.to_owned(),
            target: passage
                .target
                .map(|name| Target { name: name.to_owned(), own_weights: score.own_weights }),
            label: labels.name_of(score.label).to_owned(),
            score: score.score,
            probabilities: Ordered(labels.names().iter().cloned().zip(score.probabilities).collect()),
            explanation: pipeline.explain(passage, label),
        }
    }

    /// The label, the probabilities, and the `top` largest contributions.
    pub fn text(&self, top: usize) -> String {
        let probabilities: Vec<String> =
            self.probabilities.iter().map(|(name, p)| format!("{name} {p:.2}")).collect();
        let score = self.score.map(|s| format!(" {}", signed(s))).unwrap_or_default();
        let mut out = format!("{}{score}  ({})\n", self.label, probabilities.join(", "));
        if let Some(target) = &self.target {
            let weights = if target.own_weights { "its own weights" } else { "shared weights" };
            out += &format!("toward {} ({weights})\n", target.name);
        }
        out.push('\n');
        let mut grid = Grid::new(["feature", "value", "weight", "contribution"]);
        let features = &self.explanation.features;
        for f in features.iter().take(top) {
            grid.push([
                visible(&f.feature),
                format!("{:.3}", f.value),
                format!("{:+.3}", f.weight),
                format!("{:+.3}", f.contribution),
            ]);
        }
        let rest: f64 = features.iter().skip(top).map(|f| f.contribution).sum();
        if features.len() > top {
            grid.push([
                format!("{} more", features.len() - top),
                String::new(),
                String::new(),
                format!("{rest:+.3}"),
            ]);
        }
        grid.push([
            "intercept".into(),
            String::new(),
            String::new(),
            format!("{:+.3}", self.explanation.intercept),
        ]);
        let decision = format!("{:+.3}", self.explanation.decision);
        grid.push([
            format!("decision for {}", self.explanation.label),
            String::new(),
            String::new(),
            decision,
        ]);
        out += &grid.text();
        out
    }
}
