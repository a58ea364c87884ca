//! A pipeline as one file, and back, with distrust.
//!
//! The container is safetensors. Tensors: `coef` (n_outputs, n_features) f32, `intercept` (n_outputs) f64, `idf`
//! (n_features) f32; with an exact vocabulary also `keys` (n_features) u64 and `vocabulary`, UTF-8, one name a
//! line; with hashed columns `buckets` u64, a bit for each bucket that is a column; where targets have weights of their own,
//! one target after the other, `target_columns` u32, `target_coef` (columns, n_outputs) f32 of the columns with a weight, and
//! `target_intercept` (n_targets, n_outputs) f64; where groups have lexicons, `lexicons` u8, a line `term<tab>category<tab>role`
//! an entry, `lexicon_words` u32, how many words it has, and `lexicon_keys` u64 of the words; `checksum`, 32 bytes of BLAKE3
//! over everything else in the order of names. One metadata entry, [`HEADER`], holds a JSON header: format version,
//! spec, label set, calibration, training. No timestamps.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use safetensors::tensor::{Dtype, SafeTensors, TensorView, View};
use serde::{Deserialize, Serialize};

use super::weights::{Heads, Weights};
use super::{Pipeline, PipelineSpec, Training, header_size, lexicons};
use crate::analysis::terms::KEY_ALGORITHM;
use crate::error::{Error, Result};
use crate::features::{Buckets, Columns, TermKeys, Vectorizer, Vocabulary};
use crate::label::LabelSet;
use crate::linear::Calibration;
use crate::whole_file::WholeFile;

/// Raised whenever a file of the old layout would be misread.
pub const FORMAT_VERSION: u32 = 2;

/// The oldest layout that is read: there lexicons are part of the spec.
const OLDEST_VERSION: u32 = 1;

/// Name of the metadata entry with the JSON header.
const HEADER: &str = "demarche";

/// The stemmer whose stems the weights belong to.
pub(super) const STEMMER: &str = "rust-stemmers 1.2.0";

/// This release.
pub(super) const TOOL: &str = concat!("demarche ", env!("CARGO_PKG_VERSION"));

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    format: u32,
    tool: String,
    keys: String,
    stemmer: String,
    labels: LabelSet,
    /// First column of each group of features, and one past the last column.
    starts: Vec<u32>,
    calibration: Calibration,
    training: Training,
    spec: PipelineSpec,
    /// The targets that have weights of their own, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    targets: Vec<Target>,
    /// The lexicons that are not in the spec.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lexicons: Vec<lexicons::Place>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Target {
    name: String,
    /// Columns with a weight.
    columns: usize,
}

/// Only what must be read before anything else is trusted.
#[derive(Debug, Deserialize)]
struct Version {
    format: u32,
}

struct Tensor<'a> {
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Cow<'a, [u8]>,
}

impl View for Tensor<'_> {
    fn dtype(&self) -> Dtype {
        self.dtype
    }
    fn shape(&self) -> &[usize] {
        &self.shape
    }
    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.bytes)
    }
    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}

fn tensor<const N: usize, T>(
    dtype: Dtype,
    shape: Vec<usize>,
    values: &[T],
    bytes: impl Fn(&T) -> [u8; N],
) -> Tensor<'static> {
    Tensor { dtype, shape, bytes: Cow::Owned(values.iter().flat_map(bytes).collect()) }
}

/// The columns that have a weight, with their weights, one an output.
struct OwnWeights {
    columns: Vec<u32>,
    values: Vec<f32>,
}

impl OwnWeights {
    fn of(weights: &Weights) -> Self {
        let is_used = |column: &u32| weights.of_column(*column).iter().any(|&w| w != 0.0);
        let columns: Vec<u32> = (0..weights.n_columns() as u32).filter(is_used).collect();
        let values = columns.iter().flat_map(|&c| weights.of_column(c).iter().copied()).collect();
        OwnWeights { columns, values }
    }
}

/// BLAKE3 over the header and every tensor but the checksum, each with its name, shape and length.
fn checksum<'a>(header: &str, tensors: impl Iterator<Item = (&'a str, &'a [usize], &'a [u8])>) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let mut part = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    part(header.as_bytes());
    for (name, shape, bytes) in tensors {
        part(name.as_bytes());
        part(format!("{shape:?}").as_bytes());
        part(bytes);
    }
    *hasher.finalize().as_bytes()
}

impl Pipeline {
    /// The bytes of the model file: the same for the same data, spec and seed.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut spec = self.spec.clone();
        let (places, packed) = lexicons::pack(&mut spec, &self.vectorizer);
        let own: Vec<OwnWeights> = self.heads.of_target.iter().map(|(_, w)| OwnWeights::of(w)).collect();
        let header = Header {
            format: FORMAT_VERSION,
            tool: TOOL.into(),
            keys: KEY_ALGORITHM.into(),
            stemmer: STEMMER.into(),
            labels: self.labels.clone(),
            starts: self.vectorizer.starts().to_vec(),
            calibration: self.calibration.clone(),
            training: self.training.clone(),
            spec,
            targets: (self.heads.names().zip(&own))
                .map(|(name, own)| Target { name: name.to_owned(), columns: own.columns.len() })
                .collect(),
            lexicons: places,
        };
        let header = serde_json::to_string(&header).expect("a header has only string keys");
        let (n, outputs) = (self.vectorizer.n_features(), self.heads.shared.n_outputs);
        let coef: Vec<f32> = (0..outputs)
            .flat_map(|o| (0..n as u32).map(move |column| (o, column)))
            .map(|(o, column)| self.heads.shared.of_column(column)[o])
            .collect();
        let mut tensors = vec![
            ("coef", tensor(Dtype::F32, vec![outputs, n], &coef, |v: &f32| v.to_le_bytes())),
            ("idf", tensor(Dtype::F32, vec![n], self.vectorizer.idf(), |v| v.to_le_bytes())),
            (
                "intercept",
                tensor(Dtype::F64, vec![outputs], &self.heads.shared.intercept, |v| v.to_le_bytes()),
            ),
        ];
        match self.vectorizer.columns() {
            Columns::Exact(vocabulary) => {
                tensors.push(("keys", tensor(Dtype::U64, vec![n], vocabulary.keys(), |v| v.to_le_bytes())));
                let lines = vocabulary.lines().as_bytes();
                let shape = vec![lines.len()];
                tensors.push(("vocabulary", Tensor { dtype: Dtype::U8, shape, bytes: lines.into() }));
            }
            Columns::Hashed(buckets) => {
                let words = buckets.words();
                tensors.push(("buckets", tensor(Dtype::U64, vec![words.len()], &words, |v| v.to_le_bytes())));
            }
        }
        if !packed.table.is_empty() {
            let (TermKeys { keys, words }, table) = (packed.keys, packed.table.into_bytes());
            tensors.extend([
                ("lexicon_keys", tensor(Dtype::U64, vec![keys.len()], &keys, |v| v.to_le_bytes())),
                ("lexicon_words", tensor(Dtype::U32, vec![words.len()], &words, |v| v.to_le_bytes())),
                ("lexicons", Tensor { dtype: Dtype::U8, shape: vec![table.len()], bytes: table.into() }),
            ]);
        }
        if !own.is_empty() {
            let columns: Vec<u32> = own.iter().flat_map(|o| o.columns.iter().copied()).collect();
            let values: Vec<f32> = own.iter().flat_map(|o| o.values.iter().copied()).collect();
            let of_target = self.heads.of_target.iter();
            let intercepts: Vec<f64> = of_target.flat_map(|(_, w)| w.intercept.iter().copied()).collect();
            let (n, targets) = (columns.len(), own.len());
            tensors.extend([
                ("target_coef", tensor(Dtype::F32, vec![n, outputs], &values, |v| v.to_le_bytes())),
                ("target_columns", tensor(Dtype::U32, vec![n], &columns, |v| v.to_le_bytes())),
                (
                    "target_intercept",
                    tensor(Dtype::F64, vec![targets, outputs], &intercepts, |v| v.to_le_bytes()),
                ),
            ]);
        }
        tensors.sort_unstable_by_key(|(name, _)| *name);
        let sum = checksum(&header, tensors.iter().map(|(name, t)| (*name, t.shape.as_slice(), &*t.bytes)));
        tensors.push(("checksum", tensor(Dtype::U8, vec![32], &sum, |v| [*v])));
        let metadata = HashMap::from([(HEADER.to_owned(), header)]);
        safetensors::serialize(tensors, Some(metadata)).expect("shapes and lengths agree by construction")
    }

    /// Writes the model file whole, as a [`WholeFile`].
    ///
    /// # Errors
    /// [`Error::Io`]; an older file then stays as it was.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let write = || {
            let mut file = WholeFile::create(path)?;
            file.write_all(&self.to_bytes())?;
            file.finish()
        };
        write().map_err(|e| Error::io(path, e))
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Model`] with the first check that failed.
    pub fn load(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let io = |e| Error::io(path, e);
        let mut file = File::open(path).map_err(io)?;
        let mut bytes = Vec::new();
        // What does not begin like a model is not read to its end: it may have none.
        (&mut file).take(9).read_to_end(&mut bytes).map_err(io)?;
        check_start(&bytes).map_err(|reason| refusal(&path.display().to_string(), &reason))?;
        file.read_to_end(&mut bytes).map_err(io)?;
        Self::from_bytes(&bytes, &path.display().to_string())
    }

    /// Reads a model from memory; `place` names it in errors.
    ///
    /// # Errors
    /// [`Error::Model`] with the first check that failed.
    pub fn from_bytes(bytes: &[u8], place: &str) -> Result<Self> {
        parse(bytes).map_err(|reason| refusal(place, &reason))
    }
}

type Parsed<T> = std::result::Result<T, String>;

/// Bytes that the header may have: 32 MiB. The largest lexicons take a tenth of that.
const MOST_OF_A_HEADER: u64 = 32 << 20;

/// Bytes that the weights of all targets may take in memory, where they are spread out over all columns: 256 MiB.
const MOST_OF_TARGETS: usize = 1 << 28;

/// What weights and parameters of a calibration stay below in size, so that no sum of them is infinite.
const MOST: f64 = 1e9;

/// Characters of a reason, part of which the file may have written, that a message shows.
const SHOWN: usize = 300;

fn refusal(place: &str, reason: &str) -> Error {
    let plain = reason.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut reason: String = plain.clone().take(SHOWN).collect();
    if plain.count() > SHOWN {
        reason += "...";
    }
    Error::Model { place: place.to_owned(), reason }
}

/// Refuses what does not begin with the length of a header and an object of JSON.
fn check_start(bytes: &[u8]) -> Parsed<()> {
    let (length, rest) =
        bytes.split_first_chunk().ok_or("cut short or of another kind (less than a header)")?;
    let length = u64::from_le_bytes(*length);
    match rest.first() {
        Some(b'{') if length <= MOST_OF_A_HEADER => Ok(()),
        Some(b'{') => Err(format!("damaged or of another kind (a header of {length} bytes)")),
        _ => Err("damaged or of another kind (it does not begin like a model)".into()),
    }
}

fn is_sound(values: impl IntoIterator<Item = f64>) -> bool {
    // A NaN is not below anything.
    values.into_iter().all(|value| value.abs() < MOST)
}

fn parse(bytes: &[u8]) -> Parsed<Pipeline> {
    check_start(bytes)?;
    let container = |e| format!("damaged or of another kind ({e})");
    let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(container)?;
    let json = metadata.metadata().as_ref().and_then(|m| m.get(HEADER)).ok_or("it has no demarche header")?;
    let version: Version = serde_json::from_str(json).map_err(|e| format!("header: {e}"))?;
    if !(OLDEST_VERSION..=FORMAT_VERSION).contains(&version.format) {
        let known = format!("formats {OLDEST_VERSION} to {FORMAT_VERSION}");
        return Err(format!("format {} where this program reads {known}", version.format));
    }
    let tensors = SafeTensors::deserialize(bytes).map_err(container)?;
    let mut views: Vec<(String, TensorView<'_>)> = tensors.tensors();
    views.sort_by(|a, b| a.0.cmp(&b.0));
    let (sums, rest): (Vec<_>, Vec<_>) = views.iter().partition(|(name, _)| name == "checksum");
    let stated = sums.first().map(|(_, t)| t.data()).ok_or("it has no checksum")?;
    if stated != checksum(json, rest.iter().map(|(name, t)| (name.as_str(), t.shape(), t.data()))) {
        return Err("the checksum does not match: the file is damaged".into());
    }
    header_size::check(json)?;
    let mut header: Header = serde_json::from_str(json).map_err(|e| format!("header: {e}"))?;
    for (said, known, what) in [(&header.keys, KEY_ALGORITHM, "hash"), (&header.stemmer, STEMMER, "stemmer")]
    {
        if said != known {
            return Err(format!("made with {what} {said:?} where this program has {known:?}"));
        }
    }
    header.labels.check().map_err(|e| e.to_string())?;

    let find = |name: &str, dtype: Dtype| -> Parsed<&TensorView<'_>> {
        let found =
            rest.iter().find(|(n, _)| n == name).map(|(_, t)| t).ok_or(format!("no tensor {name:?}"))?;
        if found.dtype() == dtype {
            Ok(found)
        } else {
            Err(format!("tensor {name:?} holds {:?}", found.dtype()))
        }
    };
    let mut term_keys = Vec::new();
    if !header.lexicons.is_empty() {
        let table = std::str::from_utf8(find("lexicons", Dtype::U8)?.data());
        let table = table.map_err(|e| format!("lexicons: {e}"))?;
        let keys = TermKeys {
            keys: read(find("lexicon_keys", Dtype::U64)?.data(), u64::from_le_bytes),
            words: read(find("lexicon_words", Dtype::U32)?.data(), u32::from_le_bytes),
        };
        term_keys = lexicons::unpack(&mut header.spec, &header.lexicons, table, &keys)?;
    }
    header.spec.check().map_err(|e| e.to_string())?;
    let idf = read(find("idf", Dtype::F32)?.data(), f32::from_le_bytes);
    let columns = match header.spec.features.hashing_bits {
        Some(bits) => {
            let words = read(find("buckets", Dtype::U64)?.data(), u64::from_le_bytes);
            Columns::Hashed(Buckets::from_words(bits, header.spec.features.groups.len(), &words)?)
        }
        None => {
            let names = std::str::from_utf8(find("vocabulary", Dtype::U8)?.data())
                .map_err(|e| format!("vocabulary: {e}"))?;
            let keys = read(find("keys", Dtype::U64)?.data(), u64::from_le_bytes);
            Columns::Exact(Vocabulary::new(keys, names)?)
        }
    };
    let vectorizer =
        Vectorizer::from_parts(header.spec.features.clone(), columns, header.starts, idf, term_keys)?;

    let coef = find("coef", Dtype::F32)?;
    let intercept = read(find("intercept", Dtype::F64)?.data(), f64::from_le_bytes);
    let (n, outputs, classes) = (vectorizer.n_features(), intercept.len(), header.labels.len());
    if coef.shape() != [outputs, n] || !(outputs == classes || (outputs == 1 && classes == 2)) {
        return Err(format!("weights of shape {:?} for {classes} classes and {n} features", coef.shape()));
    }
    let coef = read(coef.data(), f32::from_le_bytes);
    if !(is_sound(coef.iter().map(|&w| f64::from(w))) && is_sound(intercept.iter().copied())) {
        return Err("a weight is not a finite number below 1e9".into());
    }
    header.calibration.check(classes).map_err(|e| e.to_string())?;
    let mut shared = Weights::zeros(classes, vectorizer.idf(), intercept);
    for column in 0..n {
        let weights = shared.of_column_mut(column as u32).iter_mut();
        weights.enumerate().for_each(|(o, weight)| *weight = coef[o * n + column]);
    }
    let of_target = match header.targets.as_slice() {
        [] => Vec::new(),
        targets => read_targets(
            targets,
            &shared,
            find("target_columns", Dtype::U32)?.data(),
            find("target_coef", Dtype::F32)?.data(),
            find("target_intercept", Dtype::F64)?.data(),
        )?,
    };
    Ok(Pipeline {
        heads: Heads { shared, of_target },
        spec: header.spec,
        labels: header.labels,
        vectorizer,
        calibration: header.calibration,
        training: header.training,
    })
}

/// The weights of each target, spread out over as many columns as the shared ones have.
fn read_targets(
    targets: &[Target],
    shared: &Weights,
    columns: &[u8],
    coef: &[u8],
    intercepts: &[u8],
) -> Parsed<Vec<(String, Weights)>> {
    let columns = read(columns, u32::from_le_bytes);
    let coef = read(coef, f32::from_le_bytes);
    let intercepts = read(intercepts, f64::from_le_bytes);
    let outputs = shared.n_outputs;
    let stated = targets.iter().try_fold(0usize, |sum, target| sum.checked_add(target.columns));
    let is_whole = stated == Some(columns.len())
        && coef.len() == columns.len() * outputs
        && intercepts.len() == targets.len() * outputs;
    if !is_whole || !targets.windows(2).all(|pair| pair[0].name < pair[1].name) {
        return Err(format!("weights of {} targets that do not fit together", targets.len()));
    }
    if !(is_sound(coef.iter().map(|&w| f64::from(w))) && is_sound(intercepts.iter().copied())) {
        return Err("a weight of a target is not a finite number below 1e9".into());
    }
    let spread = shared.bytes().saturating_mul(targets.len());
    if spread > MOST_OF_TARGETS {
        return Err(format!("weights of {} targets that would take {spread} bytes", targets.len()));
    }
    let (mut columns, mut coef) = (columns.as_slice(), coef.as_slice());
    let mut out = Vec::with_capacity(targets.len());
    for (target, intercept) in targets.iter().zip(intercepts.chunks(outputs)) {
        let (own, rest) = columns.split_at(target.columns);
        let (own_coef, rest_coef) = coef.split_at(target.columns * outputs);
        (columns, coef) = (rest, rest_coef);
        let mut weights = shared.zeroed(intercept);
        for (at, (&column, own_weights)) in own.iter().zip(own_coef.chunks(outputs)).enumerate() {
            if column as usize >= weights.n_columns() || at > 0 && own[at - 1] >= column {
                return Err(format!("column {column} of target {:?} is out of order", target.name));
            }
            weights.of_column_mut(column).copy_from_slice(own_weights);
        }
        out.push((target.name.clone(), weights));
    }
    Ok(out)
}

fn read<const N: usize, T>(bytes: &[u8], value: impl Fn([u8; N]) -> T) -> Vec<T> {
    bytes.as_chunks::<N>().0.iter().map(|chunk| value(*chunk)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::features::FeatureSet;
    use crate::label::Label;
    use crate::linear::{Learner, LinearSpec};

    const TEXTS: [&str; 8] = [
        "they agreed to talks",
        "we accept the offer",
        "the union refused talks",
        "no, we reject it",
        "rain fell on Monday",
        "the harvest was good",
        "both agreed",
        "they refused",
    ];
    const TRUTH: [u16; 8] = [2, 2, 0, 0, 1, 1, 2, 0];

    fn corpus(labels: LabelSet) -> Corpus {
        let highest = labels.len() as u16 - 1;
        let truth = TRUTH.map(|l| Label(l.min(highest))).to_vec();
        Corpus::new(labels, TEXTS.map(String::from).to_vec(), truth)
    }

    fn pipeline(features: &str, labels: LabelSet) -> Pipeline {
        let set = FeatureSet::from_toml(&format!("name = \"t\"\n{features}"), "t").unwrap();
        PipelineSpec::new(set).fit(&corpus(labels)).unwrap()
    }

    fn two() -> LabelSet {
        LabelSet::new("side", vec!["no".into(), "yes".into()]).unwrap()
    }

    const EXACT: &str = "groups = [{ word_ngrams = [1, 2] }, { surface = true }]";
    const HASHED: &str = "groups = [{ word_ngrams = [1, 1] }]\nhashing_bits = 10";

    #[test]
    fn a_loaded_model_is_the_saved_one_to_the_bit() {
        for (features, labels) in [(EXACT, LabelSet::stance()), (HASHED, LabelSet::stance()), (EXACT, two())]
        {
            let saved = pipeline(features, labels);
            let bytes = saved.to_bytes();
            let loaded = Pipeline::from_bytes(&bytes, "memory").unwrap();
            assert_eq!(loaded.to_bytes(), bytes);
            for text in TEXTS {
                assert_eq!(loaded.score(text), saved.score(text));
            }
        }
    }

    #[test]
    fn weights_of_targets_come_back_and_damaged_ones_are_refused() {
        let names = ["a", "a", "a", "b", "b", "b", "b", "a"].map(String::from);
        let spec = PipelineSpec::new(FeatureSet::from_toml(&format!("name = \"t\"\n{EXACT}"), "t").unwrap());
        let saved = spec.fit(&corpus(LabelSet::stance()).with_targets(&names)).unwrap();
        let loaded = Pipeline::from_bytes(&saved.to_bytes(), "memory").unwrap();
        assert_eq!(loaded.to_bytes(), saved.to_bytes());
        for target in ["a", "b", "c"] {
            let passage = crate::text::Passage::from(TEXTS[2]).toward(target);
            assert_eq!(loaded.score(passage), saved.score(passage));
        }
        let shared = Weights::zeros(2, &[1.0; 3], vec![0.0]);
        let target = |name: &str, columns| Target { name: name.into(), columns };
        let bytes = |columns: &[u32]| columns.iter().flat_map(|c| c.to_le_bytes()).collect::<Vec<u8>>();
        let coef = [1.0f32, 2.0].map(f32::to_le_bytes).concat();
        let read = |targets: &[Target], columns: &[u32]| {
            read_targets(targets, &shared, &bytes(columns), &coef, &vec![0; 8 * targets.len()])
        };
        assert!(read(&[target("a", 2)], &[0, 2]).is_ok());
        for (targets, columns) in [
            (vec![target("a", 2)], [2, 0]),
            (vec![target("a", 2)], [0, 3]),
            (vec![target("a", 1)], [0, 2]),
            (vec![target("a", usize::MAX), target("b", 3)], [0, 2]),
            (vec![target("b", 1), target("a", 1)], [0, 2]),
        ] {
            assert!(read(&targets, &columns).is_err(), "{targets:?} {columns:?}");
        }
    }

    #[test]
    fn bytes_do_not_depend_on_threads() {
        let set = FeatureSet::built_in("words-1").unwrap();
        let spec = PipelineSpec { search: vec![0.1, 1.0], folds: 2, ..PipelineSpec::new(set) };
        let fit = |threads| spec.fit_with(&corpus(LabelSet::stance()), threads, &|_| {}).unwrap().to_bytes();
        assert!(fit(1) == fit(4));
    }

    #[test]
    fn walking_a_text_and_its_matrix_row_give_the_same_bits() {
        let pipeline = pipeline(EXACT, LabelSet::stance());
        let weights = &pipeline.heads.shared;
        let x = pipeline.vectorizer.transform(TEXTS);
        for (text, row) in TEXTS.iter().zip(x.rows()) {
            let by_row: Vec<f64> = (0..weights.n_outputs)
                .map(|o| {
                    let mut terms: Vec<f64> = row
                        .iter()
                        .map(|(c, v)| crate::numeric::to_grid(v * f64::from(weights.of_column(c as u32)[o])))
                        .collect();
                    terms.reverse();
                    weights.intercept[o] + terms.iter().sum::<f64>()
                })
                .collect();
            assert_eq!(pipeline.scorer().decisions(*text), by_row);
        }
    }

    #[test]
    fn contributions_add_up_to_the_decision_exactly() {
        for (features, labels) in [(EXACT, LabelSet::stance()), (HASHED, LabelSet::stance()), (EXACT, two())]
        {
            let pipeline = pipeline(features, labels);
            for class in 0..pipeline.labels().len() {
                let explanation = pipeline.explain(TEXTS[2], Some(Label::from_index(class)));
                let sum =
                    explanation.intercept + explanation.features.iter().map(|f| f.contribution).sum::<f64>();
                assert_eq!(sum, explanation.decision);
                assert_eq!(explanation.decision, pipeline.scorer().decisions(TEXTS[2])[class]);
            }
        }
    }

    #[test]
    fn damage_is_refused_with_a_reason() {
        let bytes = pipeline(EXACT, LabelSet::stance()).to_bytes();
        for cut in [0, 7, 8, 100, bytes.len() - 1] {
            let error = Pipeline::from_bytes(&bytes[..cut], "cut.safetensors").unwrap_err();
            assert!(error.to_string().starts_with("cut.safetensors: not a usable model file: "), "{error}");
        }
        let mut flipped = bytes.clone();
        *flipped.last_mut().unwrap() ^= 1;
        let error = Pipeline::from_bytes(&flipped, "m").unwrap_err().to_string();
        assert!(error.contains("checksum does not match"), "{error}");
        let newer = String::from_utf8_lossy(&bytes[8..400]).replace("\\\"format\\\":2", "\\\"format\\\":3");
        let mut other = bytes.clone();
        other[8..8 + newer.len()].copy_from_slice(newer.as_bytes());
        let error = Pipeline::from_bytes(&other, "m").unwrap_err().to_string();
        assert!(error.contains("format 3 where this program reads formats 1 to 2"), "{error}");
    }

    #[test]
    fn a_pipeline_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Pipeline>();
    }

    #[test]
    fn every_learner_makes_a_pipeline_whose_probabilities_sum_to_one() {
        for learner in [Learner::Logistic, Learner::Svm, Learner::NaiveBayes, Learner::Prior] {
            let set = FeatureSet::built_in("words-1").unwrap();
            let model = LinearSpec { learner, ..LinearSpec::default() };
            let pipeline =
                PipelineSpec { model, ..PipelineSpec::new(set) }.fit(&corpus(LabelSet::stance())).unwrap();
            let sum: f64 = pipeline.score("we agreed").probabilities.iter().sum();
            assert!((sum - 1.0).abs() < 1e-12, "{learner:?}: {sum}");
        }
    }
}
