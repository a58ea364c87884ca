//! Known actors: states and organised groups under the names that news gives them.
//!
//! Comes in: the words of a sentence. Goes out: the actor they name. The list is `actors.csv`: display name, kind,
//! adjectives and demonyms, other names (capitals, seats of government, initials). A program may add a table of its own
//! once, before the first article is read: the names are those of the world that it reads about, not of one article.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::token::{Clitic, Token};
use crate::error::{Error, Place, Result};

/// An actor of the table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) is_state: bool,
}

/// A name found in a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) entry: &'static Entry,
    /// Number of tokens it covers.
    pub(super) tokens: usize,
    /// Whether it is an adjective or demonym ("Russian", "Russians") rather than a name.
    pub(super) adjective: bool,
}

#[derive(Debug, Default)]
struct Gazetteer {
    entries: Vec<Entry>,
    by_name: HashMap<String, usize>,
    /// Name without stops -> (entry, whether adjective).
    names: HashMap<String, (usize, bool)>,
    longest: usize,
}

/// The table that ships with the program.
const SHIPPED: &str = include_str!("actors.csv");
const HEADER: &str = "name,kind,adjectives,aliases";

static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();

fn gazetteer() -> &'static Gazetteer {
    GAZETTEER.get_or_init(|| {
        let mut shipped = Gazetteer::default();
        shipped.add(SHIPPED, "actors.csv").expect("a test reads the shipped table");
        shipped
    })
}

/// Adds a table of actors to the shipped one: `name,kind,adjectives,aliases` with `|` between several; a name that is
/// known already gets more aliases, and an alias of another actor goes over to the new one.
///
/// # Errors
/// [`Error::Table`] with the line that is not such a row; [`Error::Parameter`] if articles were read before or a table
/// was added before.
pub fn add_actors(table: &str, place: &str) -> Result<()> {
    let mut extended = Gazetteer::default();
    extended.add(SHIPPED, "actors.csv")?;
    extended.add(table, place)?;
    let is_late = |_| Error::parameter("actors", "one table, before the first article is read", place);
    GAZETTEER.set(extended).map_err(is_late)
}

impl Gazetteer {
    fn add(&mut self, table: &str, place: &str) -> Result<()> {
        if table.trim().is_empty() {
            return Err(Error::table(Place::file(place), HEADER, "an empty file"));
        }
        let rows = table.lines().enumerate().filter(|(_, row)| !row.trim().is_empty());
        for (i, row) in rows {
            let at = || Place::file(place).line(i as u64 + 1);
            let cells: Vec<&str> = row.split(',').map(str::trim).collect();
            if i == 0 {
                if cells.join(",") != HEADER {
                    return Err(Error::table(at(), HEADER, row));
                }
                continue;
            }
            let [name, kind @ ("state" | "group"), adjectives, aliases] = cells[..] else {
                return Err(Error::table(at(), "name,state|group,adjectives,aliases", row));
            };
            if name.is_empty() {
                return Err(Error::table(at(), "the name of an actor", "nothing"));
            }
            self.put(name, kind == "state", adjectives, aliases);
        }
        Ok(())
    }

    fn put(&mut self, name: &str, is_state: bool, adjectives: &str, aliases: &str) {
        let index = *self.by_name.entry(name.to_owned()).or_insert_with(|| {
            self.entries.push(Entry { name: name.to_owned(), is_state });
            self.entries.len() - 1
        });
        self.entries[index].is_state = is_state;
        let adjectives = adjectives.split('|').map(|a| (a, true));
        let others = std::iter::once(name).chain(aliases.split('|')).map(|a| (a, false));
        for (alias, adjective) in adjectives.chain(others).filter(|(a, _)| !a.is_empty()) {
            self.longest = self.longest.max(alias.split(' ').count());
            self.names.insert(without_stops(alias).into_owned(), (index, adjective));
        }
    }
}

/// "U.S." and "US" are one name, "People’s" and "People's" too.
fn without_stops(name: &str) -> Cow<'_, str> {
    if name.contains(['.', '’']) {
        Cow::Owned(name.replace('.', "").replace('’', "'"))
    } else {
        Cow::Borrowed(name)
    }
}

/// Whether the known actor of that display name is a state.
pub(super) fn is_state(name: &str) -> bool {
    let gazetteer = gazetteer();
    gazetteer.by_name.get(name).is_some_and(|&i| gazetteer.entries[i].is_state)
}

/// The state whose name, capital or seat of government `words` begin with.
pub(super) fn state_at(words: &[String]) -> Option<&'static str> {
    let gazetteer = gazetteer();
    let longest = gazetteer.longest.min(words.len());
    let found =
        (1..=longest).rev().find_map(|n| gazetteer.names.get(without_stops(&words[..n].join(" ")).as_ref()));
    found.map(|&(i, _)| &gazetteer.entries[i]).filter(|entry| entry.is_state).map(|entry| entry.name.as_str())
}

/// Whether the known actor of that display name is a bloc of states.
pub(super) fn is_bloc(name: &str) -> bool {
    const BLOCS: &[&str] = &[
        "African Union",
        "Arab League",
        "Association of Southeast Asian Nations",
        "Economic Community of West African States",
        "European Union",
        "Gulf Cooperation Council",
        "Mercosur",
    ];
    BLOCS.contains(&name)
}

/// Whether the known actor of that display name fights: "the rebels" and "the group" may mean it.
pub(super) fn is_armed(name: &str) -> bool {
    const ARMED: &[&str] = &[
        "Al-Qaeda",
        "Al-Shabaab",
        "Boko Haram",
        "FARC",
        "Hamas",
        "Hezbollah",
        "Houthis",
        "Islamic State",
        "Islamic Jihad",
        "Kurdistan Workers' Party",
        "M23",
        "National Liberation Army",
        "Rapid Support Forces",
        "Syrian Democratic Forces",
        "Taliban",
    ];
    ARMED.contains(&name)
}

/// Whether `written` stands for an actor by its capital or seat of government: "Kyiv", "the Kremlin", not "U.S." or
/// "Russians".
pub(super) fn is_metonym(entry: &Entry, written: &str) -> bool {
    let written = without_stops(written);
    let is_short = written.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let stem = |w: &str| w.chars().take(4).collect::<String>();
    let first = entry.name.split(' ').next().map(stem).unwrap_or_default();
    let shares_word = written.split(' ').any(|w| stem(w) == first || entry.name.split(' ').any(|n| n == w));
    let is_name = |name: &str| gazetteer().names.get(name).is_some_and(|(_, adjective)| !adjective);
    // "U.S. State Department" is two names of one state.
    let is_known = is_name(&written) || written.split_once(' ').is_some_and(|(_, rest)| is_name(rest));
    !is_short && !shares_word && is_known
}

/// The longest known name that begins with `tokens[0]`.
pub(super) fn match_at(tokens: &[Token<'_>]) -> Option<Found> {
    let gazetteer = gazetteer();
    // Every name has a capital letter in its first word: "al-Qaeda".
    if !tokens.first().is_some_and(|t| t.text.contains(char::is_uppercase)) {
        return None;
    }
    let mut name = String::new();
    let mut found = None;
    for (i, token) in tokens.iter().take(gazetteer.longest).enumerate() {
        if !token.is_word() {
            break;
        }
        if i > 0 {
            name.push(' ');
        }
        name.push_str(&without_stops(token.text));
        if let Some(&(index, adjective)) = gazetteer.names.get(&name) {
            found = Some(Found { entry: &gazetteer.entries[index], tokens: i + 1, adjective });
        }
        // Inside a name only a plural possessive or "People's" may carry an apostrophe.
        if token.clitic == Clitic::Possessive {
            name.push_str(if token.text.ends_with('s') { "'" } else { "'s" });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::token::tokenize;
    use super::*;
    use crate::text::Span;

    fn name_of(text: &str) -> Option<(&'static str, usize)> {
        let tokens = tokenize(text, Span::new(0, text.len()), |_| false);
        match_at(&tokens).map(|f| (f.entry.name.as_str(), f.tokens))
    }

    #[test]
    fn the_longest_name_wins_and_stops_do_not_matter() {
        assert_eq!(name_of("South Korean envoys"), Some(("South Korea", 2)));
        assert_eq!(name_of("U.S. envoys"), Some(("United States", 1)));
        assert_eq!(name_of("the us envoys"), None);
        assert_eq!(name_of("People’s Republic of China’s envoys"), Some(("China", 4)));
    }

    #[test]
    fn no_name_of_the_shipped_table_belongs_to_two() {
        let mut seen = HashMap::new();
        for line in SHIPPED.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            for name in [cells[0]].into_iter().chain(cells[2].split('|')).chain(cells[3].split('|')) {
                assert!(name.is_empty() || seen.insert(name, cells[0]).is_none(), "{name}");
            }
        }
    }

    #[test]
    fn a_table_adds_actors_and_aliases_and_its_faults_are_named_by_line() {
        let mut table = Gazetteer::default();
        table.add(SHIPPED, "actors.csv").unwrap();
        let known = table.entries.len();
        table
            .add(
                "name,kind,adjectives,aliases\nOman,state,,Al Alam\nTarn,state,Tarnish,Port Tarn\n",
                "my.csv",
            )
            .unwrap();
        assert_eq!(table.entries.len(), known + 1);
        assert_eq!(table.entries[table.names["Al Alam"].0].name, "Oman");
        for (rows, message) in [
            ("name;kind\n", "my.csv:1: expected name,kind,adjectives,aliases, found name;kind"),
            (
                "name,kind,adjectives,aliases\nTarn,land,,\n",
                "my.csv:2: expected name,state|group,adjectives,aliases, found Tarn,land,,",
            ),
        ] {
            assert_eq!(table.add(rows, "my.csv").unwrap_err().to_string(), message);
        }
    }
}
