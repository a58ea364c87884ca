//! A lexicon's categories, their combinations, and the direction composed from them.
//!
//! Terms of the lexicon pass through the same analyzer as the text. Three kinds of features come out:
//!
//! - `stance:accept`, `stance:no_accept`: a term of the category occurs, plainly or in the scope of a negator;
//! - `stance:refuse>talks`: a term of one category, then one of another within `window` tokens;
//! - `stance:=toward`, `stance:=away`: the direction of every term with a direction near a topic. A negator turns
//!   it round, and so does a governing term that turns away: "refused to rule out talks" is refuse(rule out(talks)),
//!   hence toward. `=toward` and `=away` without a topic near are `=toward alone` and `=away alone`; the first
//!   and the last direction of the statement are marked as such (Polanyi and Zaenen 2006 for shifters, Choi and Cardie 2008
//!   for composition).

use std::collections::HashMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Reading, Sink};
use crate::analysis::{Analyzer, Key, Term, TermTable};
use crate::error::{Error, Result};

/// Tokens between two terms that still belong together, unless the spec says otherwise.
const WINDOW: usize = 8;

/// Tokens between a governing term and what it turns round.
const GOVERNS: usize = 7;

/// A lexicon, whole, as it travels in the model file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LexiconSpec {
    /// Prefix of the feature names; without entries, the name of a built-in lexicon.
    pub name: String,
    /// Tokens within which two terms are combined.
    #[serde(default = "window")]
    pub window: usize,
    /// Whether terms match words as written; otherwise they match stems, where the analyzer stems: "refuse" then
    /// finds "refused", and "remarkable" finds "remarked".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub as_written: bool,
    /// A table of entries, `term,category,role`, beside the spec; read once, the entries travel on.
    #[serde(default, skip_serializing)]
    pub file: Option<std::path::PathBuf>,
    /// Terms with their categories.
    #[serde(default)]
    pub entries: Vec<Entry>,
}

fn window() -> usize {
    WINDOW
}

/// One term of a lexicon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// One or more words.
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
    /// Not at all: it counts alone. For context that is near everything, such as violence.
    Mark,
    /// Turns toward the topic: accept, propose, welcome.
    Toward,
    /// Turns away from it, and turns round what it governs: refuse, reject, suspend.
    Away,
    /// Only turns round what it governs: end, lift, lack of.
    Shift,
    /// What directions are about: talks, truce, deal.
    Topic,
}

/// The lexicons that come with the library.
const BUILT_IN: [(&str, &str); 2] = [
    ("stance", include_str!("../../../datasets/lexicons/stance.csv")),
    ("tone", include_str!("../../../datasets/lexicons/tone.csv")),
];

impl LexiconSpec {
    /// Fills in the entries: those of `file`, relative to `folder`, or of the built-in lexicon of this name.
    ///
    /// # Errors
    /// [`Error::Io`], [`Error::Table`], or [`Error::Parameter`] where no lexicon has that name.
    pub(in crate::features) fn resolve(&mut self, folder: &Path) -> Result<()> {
        if let Some(file) = self.file.take() {
            let path = folder.join(file);
            let table = std::fs::File::open(&path).map_err(|e| Error::io(&path, e))?;
            self.entries.extend(Self::read_entries(table, &path.display().to_string())?);
        }
        if !self.entries.is_empty() {
            return Ok(());
        }
        let Some((name, csv)) = BUILT_IN.iter().find(|(name, _)| *name == self.name) else {
            let known = BUILT_IN.map(|(n, _)| n).join(", ");
            let expected = format!("entries, a `file`, or one of the built-in names {known}");
            return Err(Error::parameter("lexicon", expected, format!("{:?}", self.name)));
        };
        self.entries = Self::read_entries(csv.as_bytes(), name)?;
        Ok(())
    }

    /// Reads `term,category,role` rows; `place` names the table in errors.
    ///
    /// # Errors
    /// [`Error::Table`] naming the line.
    pub fn read_entries(csv: impl std::io::Read, place: &str) -> Result<Vec<Entry>> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).comment(Some(b'#')).from_reader(csv);
        let rows = reader.deserialize::<Entry>();
        rows.map(|row| {
            row.map_err(|e| {
                let place = crate::error::Place::file(place);
                let place = match e.position() {
                    Some(at) => place.line(at.line()),
                    None => place,
                };
                Error::table(
                    place,
                    "a row `term,category,role` (plain, mark, toward, away, shift, topic)",
                    e.to_string(),
                )
            })
        })
        .collect()
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
        let odd = |e: &&Entry| {
            e.term.trim().is_empty() || e.category.is_empty() || e.category.contains(['>', '\n', '='])
        };
        match self.entries.iter().find(odd) {
            Some(entry) => {
                Err(Error::parameter("lexicon", "terms and plain category names", format!("{entry:?}")))
            }
            None if self.window == 0 => Err(Error::parameter("window", "1 or more", 0)),
            None => Ok(()),
        }
    }
}

/// A term of the lexicon, found in a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::features) struct Hit {
    category: u16,
    role: Role,
    negated: bool,
    /// First token, and one past the last.
    start: u32,
    end: u32,
    /// Clause that it stands in.
    clause: u32,
}

#[derive(Debug, Clone)]
pub(in crate::features) struct Lexicon {
    tag: Key,
    window: u32,
    as_written: bool,
    categories: Vec<String>,
    /// First term to the sequences that start with it, longest first.
    sequences: HashMap<u64, Vec<Sequence>>,
}

#[derive(Debug, Clone)]
struct Sequence {
    rest: Vec<u64>,
    category: u16,
    role: Role,
}

impl Lexicon {
    pub(super) fn new(spec: &LexiconSpec, tag: Key, analyzer: &Analyzer) -> Self {
        let mut categories: Vec<String> = spec.entries.iter().map(|e| e.category.clone()).collect();
        categories.sort_unstable();
        categories.dedup();
        let mut sequences: HashMap<u64, Vec<Sequence>> = HashMap::new();
        let (mut terms, mut read) = (TermTable::new(), Vec::new());
        for entry in &spec.entries {
            analyzer.read(&entry.term, &mut terms, &mut read);
            let keys: Vec<u64> = words(&read, &terms, spec.as_written).map(|(_, key)| key).collect();
            let Some((&first, rest)) = keys.split_first() else { continue };
            let category = categories.partition_point(|c| *c < entry.category) as u16;
            let list = sequences.entry(first).or_default();
            // Two spellings with one stem are one term; the first entry decides.
            if !list.iter().any(|s| s.rest == rest) {
                list.push(Sequence { rest: rest.to_vec(), category, role: entry.role });
                list.sort_by_key(|s| std::cmp::Reverse(s.rest.len()));
            }
        }
        Lexicon { tag, window: spec.window as u32, as_written: spec.as_written, categories, sequences }
    }

    fn find(&self, reading: Reading<'_>, hits: &mut Vec<Hit>) {
        hits.clear();
        let tokens = reading.occurrences;
        let (mut at, mut clause) = (0usize, 0u32);
        while at < tokens.len() {
            let term = reading.terms.get(tokens[at].term);
            clause += u32::from(term.traits.closes);
            let matched = self.sequences.get(&key_of(term, self.as_written)).and_then(|list| {
                list.iter().find_map(|s| {
                    let mut following = words(&tokens[at + 1..], reading.terms, self.as_written);
                    let mut end = at + 1;
                    for want in &s.rest {
                        let (offset, key) = following.next()?;
                        if key != *want {
                            return None;
                        }
                        end = at + 2 + offset;
                    }
                    Some((s, end))
                })
            });
            let Some((sequence, end)) = matched else {
                at += 1;
                continue;
            };
            hits.push(Hit {
                category: sequence.category,
                role: sequence.role,
                negated: tokens[at].negated,
                start: at as u32,
                end: end as u32,
                clause,
            });
            at = end;
        }
    }

    pub(super) fn extract(&self, reading: Reading<'_>, hits: &mut Vec<Hit>, sink: &mut impl Sink) {
        self.find(reading, hits);
        for (i, a) in hits.iter().enumerate() {
            let key = self.tag.then(self.hit_key(a));
            sink.add(key, |out| self.spell(a, out));
            if a.role == Role::Mark {
                continue;
            }
            let near = hits[i + 1..].iter().take_while(|b| b.start <= a.end + self.window);
            for b in near.filter(|b| b.role != Role::Mark) {
                sink.add(key.then(self.hit_key(b)), |out| {
                    self.spell(a, out);
                    out.push('>');
                    self.spell(b, out);
                });
            }
        }
        let (mut first, mut last) = (None, None);
        for (i, hit) in hits.iter().enumerate() {
            let Some(toward) = self.direction(hits, i) else { continue };
            let name = match (toward, self.near_topic(hits, i)) {
                (true, true) => "=toward",
                (false, true) => "=away",
                (true, false) => "=toward alone",
                (false, false) => "=away alone",
            };
            self.mark(name, sink);
            if self.near_topic(hits, i) || last.is_none() {
                last = Some(toward);
            }
            first.get_or_insert(toward);
            debug_assert!(matches!(hit.role, Role::Toward | Role::Away));
        }
        if let (Some(first), Some(last)) = (first, last) {
            self.mark(if first { "=first toward" } else { "=first away" }, sink);
            self.mark(if last { "=last toward" } else { "=last away" }, sink);
        } else if hits.iter().any(|h| h.role == Role::Topic) {
            self.mark("=topic only", sink);
        }
    }

    /// The composed direction of hit `i`: `Some(true)` for toward. `None` for hits without one, and for those
    /// that only govern a later hit.
    fn direction(&self, hits: &[Hit], i: usize) -> Option<bool> {
        let hit = &hits[i];
        let mut toward = match hit.role {
            Role::Toward => true,
            Role::Away => false,
            _ => return None,
        };
        if self.governed(hits, i).is_some() {
            return None;
        }
        // Up the chain of governors: each turns round what stands below it. One negator reaches a governor and
        // what it governs, but turns round only the upper of the two.
        let mut below = i;
        while let Some(above) = (0..below).rev().find(|&j| self.governed(hits, j) == Some(below)) {
            toward ^= true;
            toward ^= hits[below].negated && !hits[above].negated;
            below = above;
        }
        toward ^= hits[below].negated;
        Some(toward)
    }

    /// The hit with a direction that hit `i` governs: the next one, close behind, in the same clause.
    fn governed(&self, hits: &[Hit], i: usize) -> Option<usize> {
        let hit = &hits[i];
        if !matches!(hit.role, Role::Away | Role::Shift) {
            return None;
        }
        let near = |h: &Hit| h.clause == hit.clause && h.start <= hit.end + GOVERNS as u32;
        let rest = &hits[i + 1..];
        let next =
            rest.iter().take_while(|h| near(h)).position(|h| !matches!(h.role, Role::Plain | Role::Mark))?;
        matches!(rest[next].role, Role::Toward | Role::Away | Role::Shift).then_some(i + 1 + next)
    }

    fn near_topic(&self, hits: &[Hit], i: usize) -> bool {
        let hit = &hits[i];
        hits.iter().any(|h| {
            h.role == Role::Topic && h.start <= hit.end + self.window && hit.start <= h.end + self.window
        })
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

    fn mark(&self, name: &str, sink: &mut impl Sink) {
        sink.add(self.tag.then(Key::of(name)), |out| out.push_str(name));
    }
}

/// Keys of the tokens that a lexicon's terms can be made of, with their position. Hyphens are passed over, so
/// that "walk-out" and "walk out" are one.
fn words<'a>(
    tokens: &'a [crate::analysis::Occurrence],
    terms: &'a TermTable,
    as_written: bool,
) -> impl Iterator<Item = (usize, u64)> + 'a {
    let known = tokens.iter().enumerate().filter(|(_, o)| terms.text(o.term) != "-");
    known.map(move |(i, o)| (i, key_of(terms.get(o.term), as_written)))
}

fn key_of(term: &Term, as_written: bool) -> u64 {
    if as_written { term.surface_key } else { term.key.lo }
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
            { term = "boycott", category = "quit", role = "away" },
            { term = "talks", category = "talks", role = "topic" },
            { term = "if", category = "condition" },
            { term = "shelling", category = "violence", role = "mark" },
        ] } }]
    "#;

    fn composed(text: &str) -> Vec<String> {
        names(LEXICON, text)
            .into_iter()
            .filter(|n| n.starts_with('=') && !n.starts_with("=first") && !n.starts_with("=last"))
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
            ("The union accepted", "=toward alone"),
        ] {
            assert_eq!(composed(text), [direction], "{text}");
        }
    }

    #[test]
    fn a_topic_without_a_direction_is_said_to_be_alone() {
        assert_eq!(composed("Talks are due on Monday"), ["=topic only"]);
        assert_eq!(composed("Rain is due on Monday"), [""; 0]);
    }

    #[test]
    fn terms_match_stems_or_words_as_written() {
        let lexicon = |as_written| {
            format!(
                "groups = [{{ lexicon = {{ name = \"x\", as_written = {as_written}, entries = [\
                 {{ term = \"remarkable\", category = \"praise\" }}] }} }}]"
            )
        };
        assert_eq!(names(&lexicon(false), "he remarked"), ["praise"]);
        assert_eq!(names(&lexicon(true), "he remarked"), [""; 0]);
        assert_eq!(names(&lexicon(true), "a remarkable day"), ["praise"]);
    }

    #[test]
    fn the_built_in_lexicons_read() {
        for name in ["stance", "tone"] {
            let toml = format!("groups = [{{ lexicon = {{ name = \"{name}\" }} }}]");
            assert!(names(&toml, "Quiet rain").is_empty());
        }
    }
}
