//! The fitted features: texts in, rows of a [`FeatureMatrix`] or blocks of weighted columns out.

use super::columns::Columns;
use super::counter::Counter;
use super::group::lexicon::TermKeys;
use super::group::{Buffers, Group, Reading, Sink};
use super::side::{Side, SideReader};
use super::spec::FeatureSet;
use super::weighting::{Weighting, weigh_block};
use crate::analysis::{Analyzer, Key, Occurrence, TermTable};
use crate::error::Result;
use crate::matrix::FeatureMatrix;
use crate::text::Passage;

/// The analyzers and the groups of a feature set, ready to run.
#[derive(Debug, Clone)]
pub(super) struct Extractor {
    analyzers: Vec<Analyzer>,
    groups: Vec<Group>,
    /// Which of the analyzers each group reads through.
    analyzer_of: Vec<usize>,
    /// Which groups ask for the side of the target.
    sided: Vec<bool>,
}

/// What one thread needs to read statements; nothing in it changes a result.
#[derive(Debug)]
pub struct Scratch {
    /// What each analyzer made of the statement read last.
    read: Vec<Read>,
    buffers: Buffers,
    keys: Vec<u64>,
    columns: Vec<u32>,
    counter: Counter,
    values: Vec<f64>,
    side: Option<Side>,
    side_reader: SideReader,
}

#[derive(Debug, Default)]
struct Read {
    terms: TermTable,
    occurrences: Vec<Occurrence>,
}

impl Read {
    #[inline]
    fn of<'a>(&'a self, passage: Passage<'a>) -> Reading<'a> {
        Reading { text: passage.text, terms: &self.terms, occurrences: &self.occurrences }
    }
}

impl Scratch {
    pub(super) fn new(extractor: &Extractor) -> Self {
        Scratch {
            read: extractor.analyzers.iter().map(|_| Read::default()).collect(),
            buffers: Buffers::default(),
            keys: Vec::new(),
            columns: Vec::new(),
            counter: Counter::new(),
            values: Vec::new(),
            side: None,
            side_reader: SideReader::default(),
        }
    }

    /// The side of the target of the passage read last, where a group asks for it.
    pub(super) fn side(&self) -> Option<Side> {
        self.side
    }
}

impl Extractor {
    pub(super) fn new(set: &FeatureSet) -> Result<Self> {
        set.check()?;
        Self::with_keys(set, &mut Vec::new())
    }

    /// The same of a set that was checked, with the keys of the terms of each group's lexicon, in the order of groups, where they
    /// are known.
    fn with_keys(set: &FeatureSet, keys: &mut Vec<Option<TermKeys>>) -> Result<Self> {
        keys.resize(set.groups.len(), None);
        let (specs, analyzer_of) = set.analyzers();
        let analyzers = specs.into_iter().cloned().map(Analyzer::try_from).collect::<Result<Vec<_>>>()?;
        let groups = set.groups.iter().zip(&analyzer_of).zip(keys);
        let new =
            |((group, &of), keys): (_, &mut Option<TermKeys>)| Group::new(group, &analyzers[of], keys.take());
        let groups = groups.map(new).collect::<Result<_>>()?;
        let sided = set.groups.iter().map(|g| g.sided).collect();
        Ok(Extractor { analyzers, groups, analyzer_of, sided })
    }

    #[inline]
    pub(super) fn read(&self, passage: Passage<'_>, scratch: &mut Scratch) {
        for (analyzer, read) in self.analyzers.iter().zip(&mut scratch.read) {
            analyzer.read(passage.text, &mut read.terms, &mut read.occurrences);
        }
        if self.sided.contains(&true) {
            scratch.side = scratch.side_reader.side(passage.target);
        }
    }

    /// Runs one group over the statement that [`Extractor::read`] has read last. A sided group finds nothing where the
    /// target takes no side.
    #[inline]
    pub(super) fn extract(
        &self,
        group: usize,
        passage: Passage<'_>,
        scratch: &mut Scratch,
        sink: &mut impl Sink,
    ) {
        if self.sided[group] && scratch.side.is_none() {
            return;
        }
        let reading = scratch.read[self.analyzer_of[group]].of(passage);
        self.groups[group].extract(reading, &mut scratch.buffers, sink);
    }

    /// Hands `block` the side of the target, the (column, count) pairs of each group, in order of first occurrence, and a
    /// buffer.
    #[inline]
    pub(super) fn count(
        &self,
        passage: Passage<'_>,
        columns: &Columns,
        scratch: &mut Scratch,
        mut block: impl FnMut(usize, Option<Side>, &[(u32, u32)], &mut Vec<f64>),
    ) {
        self.read(passage, scratch);
        for (group, extractor) in self.groups.iter().enumerate() {
            if self.sided[group] && scratch.side.is_none() {
                continue;
            }
            let reading = scratch.read[self.analyzer_of[group]].of(passage);
            scratch.keys.clear();
            extractor.extract(reading, &mut scratch.buffers, &mut scratch.keys);
            scratch.counter.clear();
            columns.find(group, &scratch.keys, &mut scratch.columns);
            scratch.columns.iter().for_each(|&column| scratch.counter.add(column));
            block(group, scratch.side, scratch.counter.counts(), &mut scratch.values);
        }
    }
}

/// A feature of one statement, with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedValue {
    /// Name with the group's prefix, for example `word:no_negoti`.
    pub name: String,
    /// Column.
    pub column: u32,
    /// Value after weighting.
    pub value: f32,
}

/// Fitted features. Immutable; give each thread its own [`Scratch`].
#[derive(Debug, Clone)]
pub struct Vectorizer {
    set: FeatureSet,
    extractor: Extractor,
    columns: Columns,
    starts: Vec<u32>,
    idf: Vec<f32>,
}

impl Vectorizer {
    /// Columns whose idf is 0 were left out by the fit and are taken out here.
    pub(super) fn new(
        set: FeatureSet,
        extractor: Extractor,
        columns: Columns,
        starts: Vec<u32>,
        idf: Vec<f32>,
    ) -> Self {
        let kept: Vec<usize> = (0..idf.len()).filter(|&c| idf[c] > 0.0).collect();
        if kept.len() == idf.len() {
            return Vectorizer { set, extractor, columns, starts, idf };
        }
        let starts = starts.iter().map(|&s| kept.partition_point(|&c| c < s as usize) as u32).collect();
        let idf = kept.iter().map(|&c| idf[c]).collect();
        Vectorizer { set, extractor, columns: columns.select(&kept), starts, idf }
    }

    /// Puts together what a model file holds; `set` was checked, `keys` are those of the terms of the groups' lexicons, where they are known.
    ///
    /// # Errors
    /// [`crate::Error::Parameter`] from the spec, or a sentence about parts that do not fit together.
    pub fn from_parts(
        set: FeatureSet,
        columns: Columns,
        starts: Vec<u32>,
        idf: Vec<f32>,
        mut keys: Vec<Option<TermKeys>>,
    ) -> std::result::Result<Self, String> {
        let n_features = columns.len();
        match (&columns, set.hashing_bits) {
            (Columns::Exact(_), None) => {}
            (Columns::Hashed(buckets), Some(bits)) if buckets.bits() == bits => {}
            _ => return Err("the columns are not of the kind that the spec asks for".into()),
        }
        let ordered = starts.first() == Some(&0) && starts.windows(2).all(|w| w[0] <= w[1]);
        if starts.len() != set.groups.len() + 1 || !ordered || starts[set.groups.len()] as usize != n_features
        {
            return Err(format!("group starts {starts:?} for {n_features} columns"));
        }
        if idf.len() != n_features || idf.iter().any(|v| !v.is_finite() || *v < 0.0) {
            return Err(format!("idf has {} values, or some are negative or not finite", idf.len()));
        }
        // Last: it takes more memory than what was checked before it.
        let extractor = Extractor::with_keys(&set, &mut keys).map_err(|e| e.to_string())?;
        Ok(Vectorizer { set, extractor, columns, starts, idf })
    }

    /// The spec it was fitted from.
    pub fn feature_set(&self) -> &FeatureSet {
        &self.set
    }

    /// The keys of the terms of a group's lexicon; `None` for a group of another kind.
    pub fn term_keys(&self, group: usize) -> Option<&TermKeys> {
        match &self.extractor.groups[group] {
            Group::Lexicon(lexicon) => Some(lexicon.keys()),
            _ => None,
        }
    }

    /// Which column a feature has.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// First column of each group, and one past the last column.
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// Inverse document frequencies, one a column.
    pub fn idf(&self) -> &[f32] {
        &self.idf
    }

    /// The number of columns.
    pub fn n_features(&self) -> usize {
        self.idf.len()
    }

    /// Column names in order; `None` where features are hashed.
    pub fn feature_names(&self) -> Option<Vec<&str>> {
        match &self.columns {
            Columns::Exact(vocabulary) => Some((0..vocabulary.len()).map(|c| vocabulary.name(c)).collect()),
            Columns::Hashed(_) => None,
        }
    }

    /// Buffers for one thread.
    pub fn scratch(&self) -> Scratch {
        Scratch::new(&self.extractor)
    }

    /// Hands `emit` every (column, value) of a passage, groups in order, within a group in order of first occurrence.
    #[inline]
    pub fn for_each_value<'t>(
        &self,
        passage: impl Into<Passage<'t>>,
        scratch: &mut Scratch,
        emit: impl FnMut(u32, f32),
    ) {
        self.for_each_value_by(|column| self.idf[column as usize], passage, scratch, emit);
    }

    /// The same for a caller that keeps the idf of a column beside what else it knows of it.
    #[inline]
    pub fn for_each_value_by<'t>(
        &self,
        idf: impl Fn(u32) -> f32,
        passage: impl Into<Passage<'t>>,
        scratch: &mut Scratch,
        mut emit: impl FnMut(u32, f32),
    ) {
        self.extractor.count(passage.into(), &self.columns, scratch, |group, side, counts, values| {
            weigh_block(
                self.weighting(group),
                self.set.groups[group].factor(side),
                &idf,
                counts,
                values,
                &mut emit,
            );
        });
    }

    fn weighting(&self, group: usize) -> Weighting {
        self.set.groups[group].weighting.unwrap_or(self.set.weighting)
    }

    /// Rows of passages. Shape: (passages, n_features).
    pub fn transform<'t, P: Into<Passage<'t>>>(
        &self,
        passages: impl IntoIterator<Item = P>,
    ) -> FeatureMatrix {
        let mut x = FeatureMatrix::new(self.n_features());
        let mut scratch = self.scratch();
        let mut row = Vec::new();
        for passage in passages {
            row.clear();
            self.for_each_value(passage, &mut scratch, |column, value| row.push((column, value)));
            row.sort_unstable_by_key(|e: &(u32, f32)| e.0);
            let (indices, values): (Vec<u32>, Vec<f32>) = row.iter().copied().unzip();
            x.push_row(&indices, &values);
        }
        x
    }

    /// The features of one passage under their names, hashed ones too, in the order of
    /// [`Vectorizer::for_each_value`]. Features that share a hashed column appear once, under the first name.
    pub fn named_values<'t>(&self, passage: impl Into<Passage<'t>>) -> Vec<NamedValue> {
        let passage = passage.into();
        let mut scratch = self.scratch();
        let mut out: Vec<NamedValue> = Vec::new();
        self.for_each_value(passage, &mut scratch, |column, value| {
            let name = match &self.columns {
                Columns::Exact(vocabulary) => vocabulary.name(column as usize).to_owned(),
                Columns::Hashed(_) => String::new(),
            };
            out.push(NamedValue { name, column, value });
        });
        if matches!(self.columns, Columns::Hashed(_)) {
            let mut at = 0;
            for (group, spec) in self.set.groups.iter().enumerate() {
                let Ok(prefix) = spec.prefix() else { continue };
                let mut namer =
                    Namer { columns: &self.columns, group, prefix: &prefix, out: &mut out, at: &mut at };
                self.extractor.extract(group, passage, &mut scratch, &mut namer);
            }
        }
        out
    }
}

/// Spells the names of hashed features: they come in the order in which their columns first came.
struct Namer<'a> {
    columns: &'a Columns,
    group: usize,
    prefix: &'a str,
    out: &'a mut [NamedValue],
    at: &'a mut usize,
}

impl Sink for Namer<'_> {
    fn add(&mut self, key: Key, name: impl FnOnce(&mut String)) {
        if let Some(next) = self.out.get_mut(*self.at)
            && self.columns.has(self.group, key, next.column)
        {
            next.name = format!("{}:", self.prefix);
            name(&mut next.name);
            *self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(rest: &str, texts: &[&str]) -> Vectorizer {
        let set = FeatureSet::from_toml(&format!("name = \"t\"\nanalyzer = {{ stem = \"english\", negation = 4, punctuation = \"marks\" }}\n{rest}"), "t").unwrap();
        set.fit(texts.iter().copied()).unwrap()
    }

    const TEXTS: [&str; 3] = ["We will talk, never fight.", "They fight!", "Talk, talk, talk to us."];

    #[test]
    fn a_row_is_the_same_alone_and_in_a_batch() {
        for rest in [
            "groups = [{ word_ngrams = [1, 2] }, { word_char_ngrams = [2, 3], scale = 0.5 }, { surface = true }]",
            "groups = [{ word_ngrams = [1, 2] }, { surface = true }]\nhashing_bits = 8",
            "groups = [{ word_ngrams = [1, 2] }, { word_ngrams = [1, 1], name = \"plain\", analyzer = {} }]",
            "groups = [{ valence = { name = \"x\", terms = { fight = -2 } }, weighting = { tf = \"raw\" } }]",
        ] {
            let vectorizer = fit(rest, &TEXTS);
            let batch = vectorizer.transform(TEXTS);
            for (i, text) in TEXTS.iter().enumerate() {
                assert_eq!(vectorizer.transform([*text]).row(0), batch.row(i));
            }
        }
    }

    #[test]
    fn groups_of_one_kind_read_through_their_own_analyzers() {
        let plain = "{ word_ngrams = [1, 1], name = \"plain\", analyzer = {} }";
        let vectorizer = fit(&format!("groups = [{{ word_ngrams = [1, 1] }}, {plain}]"), &["Never fighting"]);
        assert_eq!(
            vectorizer.feature_names().unwrap(),
            ["word:never", "word:no_fight", "plain:fighting", "plain:never"]
        );
    }

    #[test]
    fn hashed_features_that_training_met_are_named_from_the_text_itself() {
        let vectorizer =
            fit("groups = [{ word_ngrams = [1, 1] }, { surface = true }]\nhashing_bits = 16", &TEXTS);
        let names: Vec<String> =
            vectorizer.named_values("Talk talk now!").into_iter().map(|v| v.name).collect();
        assert_eq!(names, ["word:talk", "word:!", "surface:exclamation", "surface:words<=5"]);
        assert!(vectorizer.feature_names().is_none());
    }

    #[test]
    fn each_group_has_unit_length_times_its_scale() {
        let vectorizer = fit("groups = [{ word_ngrams = [1, 1] }, { surface = true, scale = 0.5 }]", &TEXTS);
        let x = vectorizer.transform(["We talk and fight!"]);
        let split = vectorizer.starts()[1] as usize;
        let length = |keep: &dyn Fn(usize) -> bool| -> f64 {
            x.row(0).iter().filter(|(c, _)| keep(*c)).map(|(_, v)| v * v).sum::<f64>().sqrt()
        };
        assert!((length(&|c| c < split) - 1.0).abs() < 1e-6 && (length(&|c| c >= split) - 0.5).abs() < 1e-6);
    }

    #[test]
    fn a_sided_group_has_the_values_of_a_plain_one_times_the_side_of_the_target() {
        let groups = |sided| format!("groups = [{{ word_ngrams = [1, 2], sided = {sided}, scale = 0.5 }}]");
        let passages = TEXTS.map(|text| Passage::from(text).toward("We should talk"));
        for hashing in ["", "\nhashing_bits = 16"] {
            let fit = |sided| {
                let set = format!("name = \"t\"\n{}{hashing}", groups(sided));
                FeatureSet::from_toml(&set, "t").unwrap().fit(passages).unwrap()
            };
            let (plain, sided) = (fit(false), fit(true));
            let values = |vectorizer: &Vectorizer, target: Option<&'static str>| {
                let mut found = vectorizer.named_values(Passage::from(TEXTS[0]).toward(target));
                found.iter_mut().for_each(|v| v.name = v.name.replace("sided_", ""));
                found.sort_by(|a, b| a.name.cmp(&b.name));
                found.into_iter().map(|v| (v.name, v.value)).collect::<Vec<_>>()
            };
            let expected = values(&plain, None);
            assert!(!expected.is_empty());
            assert_eq!(values(&sided, Some("We should talk more")), expected);
            let turned = expected.into_iter().map(|(name, value)| (name, -value)).collect::<Vec<_>>();
            assert_eq!(values(&sided, Some("Talking must end")), turned);
            assert_eq!(values(&sided, None), []);
        }
    }

    #[test]
    fn unseen_and_empty_texts_give_empty_rows() {
        let vectorizer = fit("groups = [{ word_ngrams = [1, 1] }]", &TEXTS);
        assert_eq!(vectorizer.transform(["", "zebra"]).nnz(), 0);
    }
}
