//! Spec and fitted parts, together and saved together.
//!
//! Comes in: a [`PipelineSpec`] and a [`Corpus`](crate::Corpus), or a model file. Goes out: a [`Pipeline`], which
//! scores and explains statements. It is immutable, and the same data, spec and seed give the same bytes.
//!
//! ```
//! use demarche::{Corpus, FeatureSet, Label, LabelSet, PipelineSpec};
//!
//! let texts = ["they agreed to talks", "they refused talks", "we agreed", "never, we refused", "rain", "snow"];
//! let truth = [2, 0, 2, 0, 1, 1].map(Label).to_vec();
//! let corpus = Corpus::new(LabelSet::stance(), texts.map(String::from).to_vec(), truth);
//! let pipeline = PipelineSpec::new(FeatureSet::built_in("words-1")?).fit(&corpus)?;
//! let score = pipeline.score("both sides agreed");
//! assert_eq!(pipeline.labels().name_of(score.label), "favor");
//! # Ok::<(), demarche::Error>(())
//! ```

mod explain;
mod file;
mod fit;
mod highlight;
mod score;
mod spec;
mod trial;

pub use explain::{Contribution, Explanation};
pub use file::FORMAT_VERSION;
pub use fit::{Progress, Training, Tried};
pub use highlight::Highlight;
pub use score::{Score, Scorer};
pub use spec::{C_GRID, PipelineSpec};
pub use trial::{FittedTrial, Trial};

use crate::features::Vectorizer;
use crate::label::{Label, LabelSet};
use crate::linear::{Calibration, LinearModel};
use crate::numeric::to_grid;

/// A fitted model, whole: what it reads, what it weighs, what its numbers mean.
#[derive(Debug, Clone)]
pub struct Pipeline {
    spec: PipelineSpec,
    labels: LabelSet,
    vectorizer: Vectorizer,
    weights: Weights,
    calibration: Calibration,
    training: Training,
}

impl Pipeline {
    /// The spec it was fitted from, with the C that a search chose.
    pub fn spec(&self) -> &PipelineSpec {
        &self.spec
    }

    /// The classes, in order, with their polarity.
    pub fn labels(&self) -> &LabelSet {
        &self.labels
    }

    /// Texts to columns.
    pub fn vectorizer(&self) -> &Vectorizer {
        &self.vectorizer
    }

    /// Decision values to probabilities.
    pub fn calibration(&self) -> &Calibration {
        &self.calibration
    }

    /// What it was trained on and how that went.
    pub fn training(&self) -> &Training {
        &self.training
    }
}

/// Weights as scoring wants them: `f32`, the outputs of one column side by side.
///
/// A two-class model whose decision values mirror each other has one output, that of the second class.
#[derive(Debug, Clone, PartialEq)]
struct Weights {
    n_classes: usize,
    n_outputs: usize,
    values: Vec<f32>,
    intercept: Vec<f64>,
}

impl Weights {
    /// The weights of the columns `kept` of a model, rounded to the precision of the model file.
    fn of(model: &LinearModel, kept: &[usize]) -> Self {
        let (coef, n_classes) = (model.coef(), model.n_classes());
        let intercept: Vec<f64> = model.intercept().iter().map(|&b| to_grid(b)).collect();
        let mirrored = n_classes == 2
            && intercept[0] == -intercept[1]
            && coef.row(0).iter().zip(coef.row(1)).all(|(a, b)| *a == -*b);
        let outputs: Vec<usize> = if mirrored { vec![1] } else { (0..n_classes).collect() };
        let values = kept.iter().flat_map(|&j| outputs.iter().map(move |&c| coef[[c, j]] as f32)).collect();
        let intercept = outputs.iter().map(|&c| intercept[c]).collect();
        Weights { n_classes, n_outputs: outputs.len(), values, intercept }
    }

    #[inline]
    fn of_column(&self, column: u32) -> &[f32] {
        let start = column as usize * self.n_outputs;
        &self.values[start..start + self.n_outputs]
    }

    /// Outputs to one decision value a class.
    fn decisions(&self, outputs: &[f64]) -> Vec<f64> {
        if self.n_outputs < self.n_classes { vec![-outputs[0], outputs[0]] } else { outputs.to_vec() }
    }

    /// The output behind a class, and its sign.
    fn output_of(&self, label: Label) -> (usize, f64) {
        assert!(label.index() < self.n_classes, "label {} of {}", label.index(), self.n_classes);
        match (self.n_outputs < self.n_classes, label.index()) {
            (true, class) => (0, if class == 0 { -1.0 } else { 1.0 }),
            (false, class) => (class, 1.0),
        }
    }
}
