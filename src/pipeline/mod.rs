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

mod compress;
mod counted;
mod explain;
mod file;
mod fit;
mod header_size;
mod heads;
mod highlight;
mod lexicons;
mod parts;
mod score;
mod spec;
mod table;
mod trial;
mod watched;
mod weights;

pub use compress::{Compression, CompressionStep};
pub use counted::{CountedRows, Resources};
pub use explain::{Contribution, Explanation};
pub use file::FORMAT_VERSION;
pub use fit::{TargetRows, Training, Tried};
pub use highlight::Highlight;
pub use parts::COUNTS_VERSION;
pub use score::{Score, Scorer};
pub use spec::{C_GRID, PipelineSpec, SearchMetric, TargetWeights};
pub use table::ScoreTable;
pub use trial::{FittedTrial, Trial};
pub use watched::Progress;

use weights::Heads;

use crate::features::Vectorizer;
use crate::label::LabelSet;
use crate::linear::Calibration;

/// A fitted model, whole: what it reads, what it weighs, what its numbers mean.
#[derive(Debug, Clone)]
pub struct Pipeline {
    spec: PipelineSpec,
    labels: LabelSet,
    vectorizer: Vectorizer,
    heads: Heads,
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

    /// The targets that have weights of their own, sorted.
    pub fn targets(&self) -> impl Iterator<Item = &str> {
        self.heads.names()
    }

    /// What it was trained on and how that went.
    pub fn training(&self) -> &Training {
        &self.training
    }
}
