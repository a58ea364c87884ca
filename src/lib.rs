//! Stance and sentiment classification: who stands where toward negotiation, how strongly, and why.
//!
//! A table of labeled statements becomes a model, one file. With it, an article becomes scored statements with
//! their speakers and with the actors whose stance they tell, and every score can be taken apart into words.
//!
//! ```text
//! CSV row -> Statement + Label -> tokens -> features -> FeatureMatrix -> weights -> model file
//! article -> Document -> Statement(span) -> tokens -> features -> FeatureMatrix -> Score -> report
//! ```
//!
//! # Train and score
//!
//! A spec says everything about a model besides its data; fitting it to a corpus gives a [`Pipeline`], which is
//! immutable and can be shared between threads.
//!
//! ```
//! use demarche::corpus::{ReadOptions, TableReader};
//! use demarche::{Corpus, FeatureSet, Pipeline, PipelineSpec};
//!
//! let table = "text,stance\n\
//!              They agreed to talks.,favor\n\
//!              They refused talks.,against\n\
//!              Both sides agreed.,favor\n\
//!              \"No, we refused.\",against\n\
//!              It rained on Monday.,neutral\n\
//!              It snowed on Monday.,neutral\n";
//! let mut reader = TableReader::new(table.as_bytes(), "talks.csv")?;
//! let corpus = Corpus::read(&mut reader, &ReadOptions::default())?;
//!
//! let pipeline = PipelineSpec::new(FeatureSet::built_in("words-1-2")?).fit(&corpus)?;
//! let score = pipeline.score("The envoys agreed to meet.");
//! assert_eq!(pipeline.labels().name_of(score.label), "favor");
//! assert!(score.score.is_some_and(|s| s > 0.0)); // probability times polarity, from -1 to 1
//!
//! let why = pipeline.explain("The envoys agreed to meet.", None);
//! assert_eq!(why.features[0].feature, "word:agreed");
//!
//! let loaded = Pipeline::from_bytes(&pipeline.to_bytes(), "memory")?; // or save and load with a path
//! assert_eq!(loaded.score("They agreed."), pipeline.score("They agreed."));
//! # Ok::<(), demarche::Error>(())
//! ```
//!
//! # Read an article
//!
//! Two models are part of the crate: [`shipped::stance()`] and [`shipped::sentiment()`].
//!
//! ```
//! use demarche::analysis::SentenceSegmenter;
//! use demarche::article::Models;
//! use demarche::{Document, shipped};
//!
//! let text = "The islands’ premier, Ada B. Quill, said on Monday that she accepted the offer of talks. It rained.";
//! let document = Document::from_utf8("islands.txt", text.into())?;
//! let article = Models::new([shipped::stance()]).score_article(&document, &SentenceSegmenter);
//! let first = &article.statements[0];
//! assert_eq!(first.statement.speaker.as_deref(), Some("Ada B. Quill"));
//! assert_eq!(first.answers.get("stance").map(|a| a.label.as_str()), Some("favor"));
//! # Ok::<(), demarche::Error>(())
//! ```
//!
//! # Where to look
//!
//! | what | where |
//! |---|---|
//! | tables to labeled statements, folds | [`corpus`] |
//! | text to tokens and sentences | [`analysis`] |
//! | tokens to columns; feature sets in TOML | [`features`] |
//! | columns to weights and probabilities | [`linear`] |
//! | all of it together, and its file | [`pipeline`] |
//! | truth against predictions, with intervals | [`evaluate`], [`metrics`] |
//! | documents, speakers, actors | [`article`] |
//! | reports as text, Markdown and HTML pages | [`render`] |
//! | class names, polarity, spellings | [`label`] |
//!
//! Nothing in the library prints, exits, or reads a clock or the environment. What input can get wrong is an
//! [`Error`]; what only a caller can get wrong panics, and the documentation says so. The same data, spec and seed
//! give the same bytes on any machine with any number of threads. Runnable programs are in `examples/`.

pub mod analysis;
pub mod article;
pub mod corpus;
pub mod date;
pub mod decode;
pub mod error;
pub mod evaluate;
pub mod features;
mod frames;
pub mod furniture;
pub mod label;
pub mod linear;
pub mod matrix;
pub mod metrics;
pub mod numeric;
mod ordered;
#[cfg(feature = "page")]
pub mod page;
pub mod pipeline;
pub mod render;
pub mod shipped;
mod slots;
pub mod text;
mod threads;
pub mod whole_file;

pub use corpus::Corpus;
pub use error::{Error, Result};
pub use features::FeatureSet;
pub use label::{Label, LabelSet};
pub use matrix::FeatureMatrix;
pub use ordered::Ordered;
pub use pipeline::{Pipeline, PipelineSpec, Score};
pub use text::{Document, Span, Statement};
