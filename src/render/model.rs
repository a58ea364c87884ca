//! What is in a model.

use serde::Serialize;

use super::visible;
use crate::label::Label;
use crate::ordered::Ordered;
use crate::pipeline::{Pipeline, PipelineSpec, TargetWeights, Training};

/// A model, for people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The file, or the name of a shipped model.
    pub model: String,
    /// What the labels answer.
    pub labels: Ordered<Option<i8>>,
    /// Columns.
    pub n_features: usize,
    /// Heaviest features of each label, with their weights; empty where features are hashed.
    pub top_features: Ordered<Ordered<f64>>,
    /// What it was trained on and how that went.
    pub training: Training,
    /// The whole spec, lexicon entries included.
    pub spec: PipelineSpec,
}

impl Report {
    /// Describes `pipeline`, with the `top` heaviest features of each label, toward a target or of the shared weights.
    pub fn new(model: &str, pipeline: &Pipeline, target: Option<&str>, top: usize) -> Self {
        let labels = pipeline.labels();
        let each = || (0..labels.len()).map(Label::from_index);
        let heaviest = |label| {
            let features = pipeline.top_features(label, target, top);
            Ordered(features.into_iter().map(|(name, weight)| (name.to_owned(), weight)).collect())
        };
        Report {
            model: model.to_owned(),
            labels: Ordered(each().map(|l| (labels.name_of(l).to_owned(), labels.polarity_of(l))).collect()),
            n_features: pipeline.vectorizer().n_features(),
            top_features: Ordered(each().map(|l| (labels.name_of(l).to_owned(), heaviest(l))).collect()),
            training: pipeline.training().clone(),
            spec: pipeline.spec().clone(),
        }
    }

    /// The same as lines of text.
    pub fn text(&self) -> String {
        let labels: Vec<String> = self
            .labels
            .iter()
            .zip(&self.training.rows_per_class)
            .map(|((name, polarity), rows)| match polarity {
                Some(0) => format!("{name} (0, {rows} rows)"),
                Some(polarity) => format!("{name} ({polarity:+}, {rows} rows)"),
                None => format!("{name} ({rows} rows)"),
            })
            .collect();
        let model = &self.spec.model;
        let nb = model.nb_ratio.map(|beta| format!(" with naive Bayes ratio {beta}")).unwrap_or_default();
        let groups: Vec<String> = self.spec.features.groups.iter().map(ToString::to_string).collect();
        let mut out = format!("{}\n", self.model);
        for (key, value) in [
            ("labels", labels.join(", ")),
            ("target", self.spec.target.clone()),
            (
                "features",
                format!("{} from {}: {}", self.n_features, self.spec.features.name, groups.join(", ")),
            ),
            (
                "learner",
                format!("{}{nb}, C {}, {}", spelt(&model.learner), model.c, spelt(&model.multi_class)),
            ),
            (
                "calibration",
                format!("{} on {} held-out rows", spelt(&self.spec.calibration), self.training.calibrated_on),
            ),
            ("data", format!("{} rows, blake3 {}", self.training.rows, &self.training.data)),
        ] {
            out += &format!("  {key:<12} {value}\n");
        }
        let targets = self.training.targets.as_slice();
        let told_apart = match self.spec.target_weights {
            TargetWeights::Shared if !targets.is_empty() => {
                out += &format!("  {:<12} {} targets, which share their weights\n", "toward", targets.len());
                &[]
            }
            _ => targets,
        };
        for target in told_apart {
            let weights =
                if target.own_weights { "own weights" } else { "shared weights: rows of one class" };
            out += &format!("  {:<12} {} ({} rows, {weights})\n", "toward", target.name, target.rows);
        }
        for (label, features) in self.top_features.iter() {
            let list: Vec<String> =
                features.iter().map(|(name, weight)| format!("{} {weight:+.2}", visible(name))).collect();
            if !list.is_empty() {
                out += &format!("\n  {label}\n    {}\n", list.join("\n    "));
            }
        }
        out
    }
}

/// A setting as it is written in a spec.
fn spelt(setting: &impl Serialize) -> String {
    match serde_json::to_value(setting) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
