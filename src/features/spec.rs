//! What features to take, as written in TOML and carried by every model file.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::group::lexicon::LexiconSpec;
use super::group::valence::{ValenceForm, ValenceSpec};
use super::side::Side;
use super::weighting::Weighting;
use crate::analysis::AnalyzerSpec;
use crate::error::{Error, Result};

/// Longest n-gram of words.
pub const MAX_WORD_NGRAM: usize = 8;

/// Longest n-gram of characters.
pub const MAX_CHAR_NGRAM: usize = 16;

/// Most groups of features.
const MAX_GROUPS: usize = 64;

/// Most columns of all hashed groups together.
const MAX_HASHED_COLUMNS: usize = 1 << 26;

/// Features before fitting.
///
/// ```
/// use demarche::features::FeatureSet;
///
/// let set: FeatureSet = toml::from_str(
///     r#"
///     name = "stems-1-2"
///     analyzer = { stem = "english", negation = 4 }
///     groups = [{ word_ngrams = [1, 2] }, { surface = true }]
///     weighting = { tf = "sublinear", idf = "smooth", norm = "l2" }
///     min_document_frequency = 2
///     "#,
/// )?;
/// set.check()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeatureSet {
    /// What tables call it.
    pub name: String,
    /// Text to terms.
    #[serde(default)]
    pub analyzer: AnalyzerSpec,
    /// Values of the groups that do not say otherwise.
    #[serde(default)]
    pub weighting: Weighting,
    /// Training statements that a feature must occur in.
    #[serde(default = "one")]
    pub min_document_frequency: u32,
    /// The most frequent features to keep; absent for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_features: Option<usize>,
    /// Hash every group to 2^k columns instead of keeping a vocabulary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hashing_bits: Option<u32>,
    /// What is counted.
    pub groups: Vec<GroupSpec>,
}

fn one() -> u32 {
    1
}

fn unit() -> f64 {
    1.0
}

fn is_unit(scale: &f64) -> bool {
    *scale == 1.0
}

/// One group of features. Exactly one of the kinds (the first seven) is set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupSpec {
    /// Sequences of `[from, to]` terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word_ngrams: Option<[usize; 2]>,
    /// Sequences of `[from, to]` characters across the text, white space folded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub char_ngrams: Option<[usize; 2]>,
    /// Sequences of `[from, to]` characters within a word, its edges marked by spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word_char_ngrams: Option<[usize; 2]>,
    /// Categories of a lexicon, their combinations, and the stance composed from them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lexicon: Option<LexiconSpec>,
    /// Marks on the surface of the text: capitals, questions, quotations, length.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub surface: bool,
    /// What the words do to what they act on, and the polarity that comes of it. English.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub effects: bool,
    /// Whether every value is multiplied by the side that the passage's target takes: 1 if it proposes or praises, -1 if it
    /// opposes or blames; without a target there are no values. `sided_` goes before the names. English.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sided: bool,
    /// How positive and negative the words are, after negators and words of degree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valence: Option<ValenceSpec>,
    /// Prefix of the features' names, in place of that of the kind: for two groups of one kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How this group reads the text, where that differs from the set's analyzer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub analyzer: Option<AnalyzerSpec>,
    /// Factor on every value of the group, after normalisation.
    #[serde(default = "unit", skip_serializing_if = "is_unit")]
    pub scale: f64,
    /// Values of this group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weighting: Option<Weighting>,
}

impl Default for GroupSpec {
    fn default() -> Self {
        GroupSpec {
            word_ngrams: None,
            char_ngrams: None,
            word_char_ngrams: None,
            lexicon: None,
            surface: false,
            effects: false,
            sided: false,
            valence: None,
            name: None,
            analyzer: None,
            scale: 1.0,
            weighting: None,
        }
    }
}

/// What a [`GroupSpec`] asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum GroupKind<'s> {
    WordNgrams([usize; 2]),
    CharNgrams([usize; 2]),
    WordCharNgrams([usize; 2]),
    Lexicon(&'s LexiconSpec),
    Surface,
    Effects,
    Valence(&'s ValenceSpec),
}

impl GroupSpec {
    pub(super) fn kind(&self) -> Result<GroupKind<'_>> {
        let named = [
            self.word_ngrams.map(GroupKind::WordNgrams),
            self.char_ngrams.map(GroupKind::CharNgrams),
            self.word_char_ngrams.map(GroupKind::WordCharNgrams),
            self.lexicon.as_ref().map(GroupKind::Lexicon),
            self.surface.then_some(GroupKind::Surface),
            self.effects.then_some(GroupKind::Effects),
            self.valence.as_ref().map(GroupKind::Valence),
        ];
        let mut set = named.into_iter().flatten();
        match (set.next(), set.next()) {
            (Some(kind), None) => Ok(kind),
            (first, _) => Err(Error::parameter(
                "groups",
                "one of word_ngrams, char_ngrams, word_char_ngrams, lexicon, surface, effects, valence in each group",
                if first.is_none() { "none of them" } else { "several of them" },
            )),
        }
    }

    /// The prefix of the group's feature names, before the colon.
    pub(crate) fn prefix(&self) -> Result<Cow<'_, str>> {
        let kind = self.kind()?;
        if let Some(name) = &self.name {
            return Ok(Cow::Borrowed(name));
        }
        let kind = match kind {
            GroupKind::WordNgrams(_) => "word",
            GroupKind::CharNgrams(_) => "char",
            GroupKind::WordCharNgrams(_) => "in_word",
            GroupKind::Lexicon(lexicon) => &lexicon.name,
            GroupKind::Surface => "surface",
            GroupKind::Effects => "effects",
            GroupKind::Valence(valence) => match valence.form {
                ValenceForm::Numbers => "valence",
                ValenceForm::Patterns => "valence_pattern",
            },
        };
        Ok(if self.sided { Cow::Owned(format!("sided_{kind}")) } else { Cow::Borrowed(kind) })
    }

    /// What every value of the group is multiplied by in a passage whose target takes this side.
    pub(super) fn factor(&self, side: Option<Side>) -> f64 {
        if self.sided { self.scale * side.map_or(0.0, Side::sign) } else { self.scale }
    }
}

/// As a reader of a model would say it: `word n-grams 1-2`.
impl fmt::Display for GroupSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Ok(GroupKind::WordNgrams([from, to])) => write!(f, "word n-grams {from}-{to}"),
            Ok(GroupKind::CharNgrams([from, to])) => write!(f, "character n-grams {from}-{to}"),
            Ok(GroupKind::WordCharNgrams([from, to])) => {
                write!(f, "character n-grams {from}-{to} within words")
            }
            Ok(GroupKind::Lexicon(lexicon)) => {
                write!(f, "lexicon {:?} of {} terms", lexicon.name, lexicon.entries.len())
            }
            Ok(GroupKind::Surface) => f.write_str("surface marks"),
            Ok(GroupKind::Effects) => f.write_str("effects"),
            Ok(GroupKind::Valence(valence)) => {
                write!(f, "valences of {} terms of {:?}", valence.terms.len(), valence.name)
            }
            Err(_) => f.write_str("nothing"),
        }?;
        if self.sided { f.write_str(" by the target's side") } else { Ok(()) }
    }
}

impl FeatureSet {
    /// The built-in feature sets, in the order in which tables show them.
    pub const BUILT_IN: [(&'static str, &'static str); 7] = [
        ("words-1", include_str!("built_in/words-1.toml")),
        ("words-1-2", include_str!("built_in/words-1-2.toml")),
        ("stems-1-2", include_str!("built_in/stems-1-2.toml")),
        ("hashed-1-2", include_str!("built_in/hashed-1-2.toml")),
        ("sentiment", include_str!("built_in/sentiment.toml")),
        ("stance", include_str!("built_in/stance.toml")),
        // Statements toward the claims that their targets make.
        ("claims", include_str!("built_in/claims.toml")),
    ];

    /// The built-in feature set of this name.
    ///
    /// # Errors
    /// [`Error::Parameter`] listing the known names.
    pub fn built_in(name: &str) -> Result<Self> {
        let Some((name, toml)) = Self::BUILT_IN.iter().find(|(n, _)| *n == name) else {
            let known = Self::BUILT_IN.map(|(n, _)| n).join(", ");
            return Err(Error::parameter(
                "features",
                format!("one of {known}, or a .toml file"),
                format!("{name:?}"),
            ));
        };
        Self::from_toml(toml, name)
    }

    /// Reads a spec file; files that it names are looked up beside it.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Spec`] with the parser's words, or as [`FeatureSet::check`].
    pub fn from_path(path: &Path) -> Result<Self> {
        let toml = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        Self::parse(&toml, &path.display().to_string(), path.parent().unwrap_or(Path::new("")))
    }

    /// Reads a spec; `place` names it in errors, and files are looked up in the current folder.
    ///
    /// # Errors
    /// As [`FeatureSet::from_path`].
    pub fn from_toml(toml: &str, place: &str) -> Result<Self> {
        Self::parse(toml, place, Path::new(""))
    }

    /// Reads a spec; `place` names it in errors, and files are looked up in `folder`.
    ///
    /// # Errors
    /// As [`FeatureSet::from_path`].
    pub fn parse(toml: &str, place: &str, folder: &Path) -> Result<Self> {
        let mut set: FeatureSet = toml::from_str(toml).map_err(|e| Error::toml(place, &e))?;
        set.resolve(folder)?;
        set.check().map_err(|e| e.in_file(place))?;
        Ok(set)
    }

    /// The same features, hashed to 2^`bits` columns a group, or as many as there may be, without names; all of them, since none is
    /// too rare for a column.
    #[must_use]
    pub fn hashed(self, bits: u32) -> Self {
        let bits = bits.min((MAX_HASHED_COLUMNS / self.groups.len().max(1)).max(1).ilog2());
        let name = format!("{}-hashed", self.name);
        FeatureSet { name, hashing_bits: Some(bits), max_features: None, min_document_frequency: 1, ..self }
    }

    /// Reads the lexicons that are given by file or by name.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Table`], or [`Error::Parameter`] where no lexicon has that name.
    pub fn resolve(&mut self, folder: &Path) -> Result<()> {
        for group in &mut self.groups {
            if let Some(lexicon) = &mut group.lexicon {
                lexicon.resolve(folder)?;
            }
            if let Some(valence) = &mut group.valence {
                valence.resolve(folder)?;
            }
        }
        Ok(())
    }

    /// The analyzers of the set, each once, and which of them each group reads through.
    pub(super) fn analyzers(&self) -> (Vec<&AnalyzerSpec>, Vec<usize>) {
        let mut distinct: Vec<&AnalyzerSpec> = Vec::new();
        let of_group = self.groups.iter().map(|group| {
            let spec = group.analyzer.as_ref().unwrap_or(&self.analyzer);
            distinct.iter().position(|known| *known == spec).unwrap_or_else(|| {
                distinct.push(spec);
                distinct.len() - 1
            })
        });
        let of_group = of_group.collect();
        (distinct, of_group)
    }

    /// Whether a group asks for the side of the target, so that statements without targets give it no values.
    pub fn is_sided(&self) -> bool {
        self.groups.iter().any(|group| group.sided)
    }

    /// Refuses what cannot be fitted.
    ///
    /// # Errors
    /// [`Error::Parameter`] naming the first setting outside its range.
    pub fn check(&self) -> Result<()> {
        if self.groups.is_empty() || self.groups.len() > MAX_GROUPS {
            return Err(Error::parameter("groups", format!("1 to {MAX_GROUPS} groups"), self.groups.len()));
        }
        let mut prefixes = Vec::new();
        for group in &self.groups {
            let prefix = group.prefix()?;
            if prefixes.contains(&prefix) {
                return Err(Error::parameter(
                    "groups",
                    "one group of each kind and name",
                    format!("two named {prefix:?}"),
                ));
            }
            if group.name.as_ref().is_some_and(|name| name.is_empty() || name.contains([':', '\n'])) {
                let expected = "a name without colons or line ends";
                return Err(Error::parameter("name", expected, format!("{prefix:?}")));
            }
            prefixes.push(prefix);
            match group.kind()? {
                GroupKind::WordNgrams(n) => check_range("word_ngrams", n, MAX_WORD_NGRAM)?,
                GroupKind::CharNgrams(n) => check_range("char_ngrams", n, MAX_CHAR_NGRAM)?,
                GroupKind::WordCharNgrams(n) => check_range("word_char_ngrams", n, MAX_CHAR_NGRAM)?,
                GroupKind::Lexicon(lexicon) => lexicon.check()?,
                GroupKind::Surface | GroupKind::Effects => {}
                GroupKind::Valence(valence) => valence.check()?,
            }
            if !(group.scale.is_finite() && group.scale > 0.0) {
                return Err(Error::parameter("scale", "a number above 0", group.scale));
            }
        }
        if self.min_document_frequency == 0 {
            return Err(Error::parameter("min_document_frequency", "1 or more", 0));
        }
        if self.max_features == Some(0) {
            return Err(Error::parameter("max_features", "1 or more", 0));
        }
        let Some(bits) = self.hashing_bits else { return Ok(()) };
        let most = MAX_HASHED_COLUMNS / self.groups.len();
        if bits < 8 || 1usize.checked_shl(bits).is_none_or(|columns| columns > most) {
            let expected = format!("8 to {} with {} groups", most.ilog2(), self.groups.len());
            return Err(Error::parameter("hashing_bits", expected, bits));
        }
        if self.max_features.is_some() {
            return Err(Error::parameter("max_features", "absent where `hashing_bits` is set", "both"));
        }
        if self.min_document_frequency > 1 {
            return Err(Error::parameter(
                "min_document_frequency",
                "absent where `hashing_bits` is set",
                "both",
            ));
        }
        Ok(())
    }
}

fn check_range(name: &'static str, [from, to]: [usize; 2], max: usize) -> Result<()> {
    if from >= 1 && from <= to && to <= max {
        return Ok(());
    }
    Err(Error::parameter(
        name,
        format!("[from, to] with 1 <= from <= to <= {max}"),
        format!("[{from}, {to}]"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_set_reads_and_comes_back_from_its_own_toml() {
        for (name, _) in FeatureSet::BUILT_IN {
            let set = FeatureSet::built_in(name).unwrap();
            assert_eq!(set.name, name);
            let again = toml::to_string(&set).unwrap();
            assert_eq!(FeatureSet::from_toml(&again, name).unwrap(), set);
        }
    }

    #[test]
    fn names_analyzers_and_valences_come_back_from_their_own_toml() {
        let set = FeatureSet::from_toml(
            r#"
            name = "x"
            groups = [
                { word_ngrams = [1, 2] },
                { word_ngrams = [1, 2], name = "stem", analyzer = { stem = "english" } },
                { valence = { name = "x", form = "patterns", terms = { good = 1.5, "fed up" = -2.0 } } },
            ]
            "#,
            "x",
        )
        .unwrap();
        let prefixes: Vec<Cow<'_, str>> = set.groups.iter().map(|group| group.prefix().unwrap()).collect();
        assert_eq!(prefixes, ["word", "stem", "valence_pattern"]);
        let again = toml::to_string(&set).unwrap();
        assert_eq!(FeatureSet::from_toml(&again, "x").unwrap(), set);
    }

    #[test]
    fn a_group_is_of_one_kind_and_ranges_are_checked() {
        for (groups, message) in [
            ("[]", "1 to 64 groups"),
            ("[{}]", "none of them"),
            ("[{ word_ngrams = [1, 1], surface = true }]", "several of them"),
            ("[{ word_ngrams = [2, 1] }]", "1 <= from <= to <= 8"),
            ("[{ surface = true }, { surface = true }]", "two named \"surface\""),
            (
                "[{ effects = true, sided = true }, { effects = true, sided = true }]",
                "two named \"sided_effects\"",
            ),
            ("[{ surface = true }, { surface = true, name = \"surface\" }]", "two named \"surface\""),
            ("[{ surface = true, name = \"a:b\" }]", "without colons"),
            ("[{ surface = true, scale = 0.0 }]", "above 0"),
            ("[{ word_grams = [1, 2] }]", "unknown field `word_grams`"),
        ] {
            let error =
                FeatureSet::from_toml(&format!("name = \"x\"\ngroups = {groups}"), "x.toml").unwrap_err();
            assert!(error.to_string().contains(message), "{groups}: {error}");
        }
    }

    #[test]
    fn hashing_has_its_limits() {
        for (rest, message) in [
            ("hashing_bits = 7", "8 to 26 with 1 groups"),
            ("hashing_bits = 27", "8 to 26 with 1 groups"),
            ("hashing_bits = 70", "8 to 26 with 1 groups"),
            ("hashing_bits = 10\nmax_features = 5", "absent where `hashing_bits` is set"),
            ("hashing_bits = 10\nmin_document_frequency = 2", "absent where `hashing_bits` is set"),
        ] {
            let toml = format!("name = \"x\"\n{rest}\ngroups = [{{ surface = true }}]");
            let error = FeatureSet::from_toml(&toml, "x.toml").unwrap_err();
            assert!(error.to_string().contains(message), "{rest}: {error}");
        }
    }

    #[test]
    fn an_unknown_built_in_set_lists_the_known_ones() {
        let error = FeatureSet::built_in("trigrams").unwrap_err();
        assert!(error.to_string().contains("words-1, words-1-2, stems-1-2"), "{error}");
    }
}
