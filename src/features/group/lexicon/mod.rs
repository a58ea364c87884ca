//! A lexicon's categories, their combinations, and the directions composed from them.
//!
//! Terms of the lexicon pass through the same analyzer as the text. Three kinds of features come out:
//!
//! - `stance:accept`, `stance:no_accept`: a term of the category occurs, plainly or in the scope of a negator;
//! - `stance:refuse>talks`: a term of one category, then one of another within `window` tokens;
//! - `stance:=toward`, `stance:=away other`: what [`composition`] makes of the terms with a direction; and `=question`,
//!   `=asks` of a statement that asks, for who asks takes no side. Where it begins as a question, the directions are
//!   `?=toward` and so on.

mod composition;
mod question;
pub(super) mod search;
pub(super) mod table;

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Reading, Sink};
use crate::analysis::{Analyzer, Key};
use crate::error::{Error, Result};

pub use self::search::TermKeys;
pub(in crate::features) use self::search::{Hit, Terms};
pub(in crate::features) use self::table::VADER;

/// Tokens between two terms that still belong together, unless the spec says otherwise.
const WINDOW: usize = 8;

/// Widest window: more than any sentence has tokens.
const MOST_WINDOW: usize = 1_000;

/// Entries that the lexicon of a group, and all lexicons of a model file, may have.
pub const MOST_ENTRIES: usize = 1 << 18;

/// Categories that a lexicon may have: a hit holds the number of one in 16 bits.
const MOST_CATEGORIES: usize = 1 << 16;

/// A lexicon, whole, as it travels in the model file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LexiconSpec {
    /// Prefix of the feature names; without entries, the name of a built-in lexicon.
    pub name: String,
    /// Tokens within which two terms are combined.
    #[serde(default = "window")]
    pub window: usize,
    /// Whether all terms match words as written; otherwise they match stems, where the analyzer stems: "refuse" then
    /// finds "refused", and "remarkable" finds "remarked".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub as_written: bool,
    /// A table of entries, `term,category,role`, beside the spec; read once, the entries travel on.
    #[serde(default, skip_serializing)]
    pub file: Option<std::path::PathBuf>,
    /// Terms with their categories, shared by all copies: a model holds its spec twice.
    #[serde(default, with = "shared")]
    pub entries: Arc<[Entry]>,
}

/// Entries as a list.
mod shared {
    use super::{Arc, Deserialize, Entry, Serialize};

    pub(super) fn serialize<S: serde::Serializer>(entries: &Arc<[Entry]>, to: S) -> Result<S::Ok, S::Error> {
        entries.as_ref().serialize(to)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Arc<[Entry]>, D::Error> {
        Vec::deserialize(from).map(Into::into)
    }
}

fn window() -> usize {
    WINDOW
}

/// One term of a lexicon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// One or more words. With a `=` before them they match as written: `=proposal` is not "propose".
    pub term: String,
    /// What it stands for, for example "refuse".
    pub category: String,
    /// How it takes part in composition.
    #[serde(default, skip_serializing_if = "is_plain")]
    pub role: Role,
}

fn is_plain(role: &Role) -> bool {
    *role == Role::Plain
}

/// How a term takes part in composition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// In pairs only.
    #[default]
    Plain,
    /// Not at all: it counts alone. For context that is near everything, such as schedules.
    Mark,
    /// Turns toward the topic: accept, propose, welcome.
    Toward,
    /// Turns away from it, and turns round what it governs: refuse, reject, suspend.
    Away,
    /// Only turns round what it governs: end, lift, lack of.
    Shift,
    /// What directions are about: talks, truce, deal.
    Topic,
    /// What else directions may be about, so that they are not about the topic: sanctions, documents, troops.
    Other,
}

impl Role {
    const NAMES: [(Role, &'static str); 7] = [
        (Role::Plain, "plain"),
        (Role::Mark, "mark"),
        (Role::Toward, "toward"),
        (Role::Away, "away"),
        (Role::Shift, "shift"),
        (Role::Topic, "topic"),
        (Role::Other, "other"),
    ];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].1
    }

    /// The role of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(role, _)| *role)
    }
}

/// What a row of a lexicon's table is, for errors.
const ROW: &str = "a row `term,category,role` (plain, mark, toward, away, shift, topic, other)";

/// A row of a lexicon's table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    term: String,
    category: String,
    #[serde(default)]
    role: Option<Role>,
    /// What [`ValenceSpec`](super::valence::ValenceSpec) reads. A row without a category has nothing else.
    #[serde(default)]
    valence: Option<f64>,
}

impl LexiconSpec {
    /// Fills in the entries: those of `file`, relative to `folder`, or of the built-in lexicon of this name.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Table`], or [`Error::Parameter`] where no lexicon has that name.
    pub(in crate::features) fn resolve(&mut self, folder: &Path) -> Result<()> {
        if let Some(file) = self.file.take() {
            let of_file = entries(table::of_file(file, folder, ROW)?);
            self.entries = self.entries.iter().cloned().chain(of_file).collect();
        }
        if self.entries.is_empty() {
            self.entries = entries(table::built_in(&self.name, ROW)?).into();
        }
        Ok(())
    }

    /// Reads `term,category,role` rows; `place` names the table in errors. A column `valence` is passed over, and so are
    /// rows that have nothing else.
    ///
    /// # Errors
    /// [`Error::Table`] naming the line.
    pub fn read_entries(csv: impl std::io::Read, place: &str) -> Result<Vec<Entry>> {
        Ok(entries(table::rows(csv, place, ROW)?))
    }

    pub(in crate::features) fn check(&self) -> Result<()> {
        if self.name.is_empty() || self.name.contains([':', '\n']) {
            return Err(Error::parameter(
                "lexicon",
                "a name without colons or line ends",
                format!("{:?}", self.name),
            ));
        }
        if self.entries.is_empty() {
            return Err(Error::parameter("lexicon", "at least one entry", "none"));
        }
        if self.entries.len() > MOST_ENTRIES {
            let found = self.entries.len();
            return Err(Error::parameter("lexicon", format!("at most {MOST_ENTRIES} entries"), found));
        }
        let n_categories = || self.entries.iter().map(|e| &e.category).collect::<HashSet<_>>().len();
        if self.entries.len() > MOST_CATEGORIES && n_categories() > MOST_CATEGORIES {
            let expected = format!("at most {MOST_CATEGORIES} categories");
            return Err(Error::parameter("lexicon", expected, n_categories()));
        }
        let odd = |e: &&Entry| {
            e.term.trim_start_matches('=').trim().is_empty()
                || e.category.is_empty()
                || e.category.contains(['>', '\n', '='])
        };
        match self.entries.iter().find(odd) {
            Some(entry) => {
                Err(Error::parameter("lexicon", "terms and plain category names", format!("{entry:?}")))
            }
            None if !(1..=MOST_WINDOW).contains(&self.window) => {
                Err(Error::parameter("window", format!("1 to {MOST_WINDOW}"), self.window))
            }
            None => Ok(()),
        }
    }
}

fn entries(rows: Vec<Row>) -> Vec<Entry> {
    let has_category = |row: &Row| !(row.category.is_empty() && row.valence.is_some());
    let entry =
        |row: Row| Entry { term: row.term, category: row.category, role: row.role.unwrap_or_default() };
    rows.into_iter().filter(has_category).map(entry).collect()
}

#[derive(Debug, Clone)]
pub(in crate::features) struct Lexicon {
    tag: Key,
    window: u32,
    categories: Vec<String>,
    terms: Terms,
    keys: TermKeys,
}

impl Lexicon {
    /// `keys` are those of the entries, where they are known.
    pub(super) fn new(spec: &LexiconSpec, tag: Key, analyzer: &Analyzer, keys: Option<TermKeys>) -> Self {
        let (categories, terms, keys) = Terms::of_entries(&spec.entries, spec.as_written, analyzer, keys);
        Lexicon { tag, window: spec.window as u32, categories, terms, keys }
    }

    /// The keys of its terms.
    pub(in crate::features) fn keys(&self) -> &TermKeys {
        &self.keys
    }

    pub(super) fn extract(&self, reading: Reading<'_>, hits: &mut Vec<Hit>, sink: &mut impl Sink) {
        self.terms.find(reading, hits);
        let is_quiet = |hit: &Hit| matches!(hit.role, Role::Mark | Role::Other);
        for (i, a) in hits.iter().enumerate() {
            let key = self.tag.then(self.hit_key(a));
            sink.add(key, |out| self.spell(a, out));
            if is_quiet(a) {
                continue;
            }
            let near = hits[i + 1..].iter().take_while(|b| b.start <= a.end + self.window);
            for b in near.filter(|b| !is_quiet(b)) {
                sink.add(key.then(self.hit_key(b)), |out| {
                    self.spell(a, out);
                    out.push('>');
                    self.spell(b, out);
                });
            }
        }
        let question = question::kind(reading);
        let mut mark = |prefix: &'static str, name: &'static str| {
            sink.add(self.tag.then(Key::of(prefix)).then(Key::of(name)), |out| {
                out.push_str(prefix);
                out.push_str(name);
            });
        };
        let prefix = if question == Some(question::ASKS) { "?" } else { "" };
        composition::summarize(hits, self.window, |name| mark(prefix, name));
        if let Some(name) = question {
            mark("", name);
        }
    }

    fn hit_key(&self, hit: &Hit) -> Key {
        let key = Key::of(&self.categories[hit.category as usize]);
        if hit.negated { Key::of("no_").then(key) } else { key }
    }

    fn spell(&self, hit: &Hit, out: &mut String) {
        if hit.negated {
            out.push_str("no_");
        }
        out.push_str(&self.categories[hit.category as usize]);
    }
}

#[cfg(test)]
mod tests {
    use super::super::names;

    const LEXICON: &str = r#"
        groups = [{ lexicon = { name = "x", entries = [
            { term = "accept", category = "accept", role = "toward" },
            { term = "refuse", category = "refuse", role = "away" },
            { term = "rule out", category = "refuse", role = "away" },
            { term = "end", category = "end", role = "shift" },
            { term = "won't", category = "refuse", role = "away" },
            { term = "boycott", category = "quit", role = "away" },
            { term = "talks", category = "talks", role = "topic" },
            { term = "if", category = "condition" },
            { term = "shelling", category = "violence", role = "mark" },
            { term = "documents", category = "papers", role = "other" },
            { term = "hang up on the talks", category = "quit", role = "away" },
            { term = "hang up on us", category = "quit", role = "away" },
        ] } }]
    "#;

    /// The directions alone, without which is first and last.
    fn composed(text: &str) -> Vec<String> {
        names(LEXICON, text)
            .into_iter()
            .filter(|n| n.starts_with(['=', '?']) && !n.contains("=first") && !n.contains("=last"))
            .collect()
    }

    #[test]
    fn hits_and_ordered_pairs_carry_their_negation() {
        let found = names(LEXICON, "They did not accept talks");
        assert_eq!(found[..3], ["no_accept", "no_accept>no_talks", "no_talks"]);
    }

    #[test]
    fn marks_count_alone() {
        assert_eq!(names(LEXICON, "if shelling")[..2], ["condition", "violence"]);
        assert_eq!(names(LEXICON, "if talks")[..3], ["condition", "condition>talks", "talks"]);
    }

    #[test]
    fn negators_and_governors_turn_a_direction_round() {
        for (text, direction) in [
            ("The union accepted talks", "=toward"),
            ("The union refused talks", "=away"),
            ("The union never ruled out talks", "=toward"),
            ("The union refused to rule out talks", "=toward"),
            ("The union refused to accept talks", "=away"),
            ("The union did not refuse to accept the talks", "=toward"),
            ("The union ended its boycott of the talks", "=toward"),
            ("The union refused to end its boycott of the talks", "=away"),
            ("The union won't accept talks", "=away"),
            ("The union won't rule out talks", "=toward"),
            ("The union accepted", "=toward alone"),
        ] {
            assert_eq!(composed(text), [direction], "{text}");
        }
    }

    #[test]
    fn a_direction_is_about_what_stands_in_its_clause() {
        for (text, directions) in [
            ("The union refused to show the documents", vec!["=away other"]),
            ("The documents say that talks were refused", vec!["=away"]),
            ("The union refused the documents, talks went on", vec!["=away other", "=apart"]),
            ("The union refused", vec!["=away alone"]),
            ("The union accepted talks but refused the documents", vec!["=toward", "=away other"]),
            ("They clashed days after they accepted talks", vec!["=toward aside"]),
            ("Will the union accept talks?", vec!["?=toward", "=asks"]),
            ("The union hangs up on us", vec!["=away alone"]),
            ("The union hangs up on the talks", vec!["=away"]),
            ("Never hang up on the talks", vec!["=toward"]),
        ] {
            assert_eq!(composed(text), directions, "{text}");
        }
    }

    #[test]
    fn the_first_and_the_last_direction_about_a_topic_are_marked() {
        let marked = |text| {
            let mut names = names(LEXICON, text);
            names.retain(|n| n.starts_with("=first") || n.starts_with("=last"));
            names
        };
        let text = "They refused, then accepted talks, then refused the documents, then refused the talks";
        assert_eq!(marked(text), ["=first toward", "=last away"]);
        assert_eq!(marked("They refused"), ["=first away alone"]);
        assert_eq!(marked("They refused talks which others accepted"), ["=first away", "=last away"]);
    }

    #[test]
    fn a_statement_without_a_direction_says_so() {
        assert_eq!(composed("Talks are due on Monday"), ["=topic only"]);
        assert_eq!(composed("Rain is due on Monday"), ["=nothing"]);
    }

    #[test]
    fn a_question_is_marked_and_more_so_where_it_begins_like_one() {
        for (text, mark) in [
            ("Will they accept talks?", Some("=asks")),
            ("And when will they accept talks?", Some("=asks")),
            ("They want talks? Never", Some("=question")),
            ("They will accept talks", None),
        ] {
            let names = names(LEXICON, text);
            assert_eq!(names.iter().find(|n| *n == "=asks" || *n == "=question").map(String::as_str), mark);
        }
    }

    #[test]
    fn a_term_as_written_goes_before_its_stem_and_a_longer_one_before_both() {
        let lexicon = r#"groups = [{ lexicon = { name = "x", entries = [
            { term = "propose", category = "propose" },
            { term = "=proposal", category = "paper" },
            { term = "propose to", category = "longer" },
        ] } }]"#;
        for (text, category) in
            [("they proposed", "propose"), ("a proposal", "paper"), ("proposed to", "longer")]
        {
            assert_eq!(names(lexicon, text)[0], category);
        }
    }

    #[test]
    fn terms_match_stems_or_words_as_written() {
        let lexicon = |as_written| {
            format!(
                "groups = [{{ lexicon = {{ name = \"x\", as_written = {as_written}, entries = [\
                 {{ term = \"remarkable\", category = \"praise\" }}] }} }}]"
            )
        };
        assert_eq!(names(&lexicon(false), "he remarked")[0], "praise");
        assert_eq!(names(&lexicon(true), "he remarked"), ["=nothing"]);
        assert_eq!(names(&lexicon(true), "a remarkable day")[0], "praise");
    }

    #[test]
    fn the_built_in_lexicons_read() {
        for name in ["stance", "tone", "vader"] {
            let toml = format!("groups = [{{ lexicon = {{ name = \"{name}\" }} }}]");
            assert_eq!(names(&toml, "Quiet rain"), ["=nothing"]);
        }
    }
}
