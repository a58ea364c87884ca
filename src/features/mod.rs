//! Texts to columns: a [`FeatureSet`] (spec) is fitted to a [`Vectorizer`].
//!
//! Comes in: texts. Goes out: rows of a [`FeatureMatrix`](crate::FeatureMatrix) whose columns have names. This is
//! the only room that turns words into columns; it sees no label and no weight.
//!
//! ```
//! use demarche::features::FeatureSet;
//!
//! let set = FeatureSet::built_in("words-1")?;
//! let vectorizer = set.fit(["both sides agreed to talks", "both sides refused"])?;
//! let x = vectorizer.transform(["they agreed"]);
//! assert_eq!((x.n_samples(), x.n_features()), (1, vectorizer.n_features()));
//! # Ok::<(), demarche::Error>(())
//! ```

mod columns;
mod counter;
mod counts;
mod group;
mod parts;
mod rows;
mod side;
mod spec;
mod tally;
mod vectorizer;
mod vocabulary;
mod weighting;
mod word_list;

pub use columns::{Buckets, Columns};
pub use counts::{Counting, Counts, Fitted};
pub use group::lexicon::{Entry, LexiconSpec, MOST_ENTRIES, Role, TermKeys};
pub use group::valence::{ValenceForm, ValenceSpec};
pub use spec::{FeatureSet, GroupSpec, MAX_CHAR_NGRAM, MAX_WORD_NGRAM};
pub use vectorizer::{NamedValue, Scratch, Vectorizer};
pub use vocabulary::Vocabulary;
pub use weighting::{InverseDocumentFrequency, Norm, TermFrequency, Weighting};
