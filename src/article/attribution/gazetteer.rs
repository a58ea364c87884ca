//! Known actors: states and organised groups under the names that news gives them.
//!
//! Comes in: the words of a sentence. Goes out: the actor they name. The list is `actors.csv`: display name, kind,
//! adjectives and demonyms, other names (capitals, seats of government, initials).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::token::{Clitic, Token};

/// An actor of `actors.csv`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: &'static str,
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

struct Gazetteer {
    entries: Vec<Entry>,
    /// Name without stops -> (entry, whether adjective).
    names: HashMap<String, (usize, bool)>,
    longest: usize,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| read(include_str!("actors.csv")));

fn read(table: &'static str) -> Gazetteer {
    let mut gazetteer = Gazetteer { entries: Vec::new(), names: HashMap::new(), longest: 1 };
    for line in table.lines().skip(1) {
        let mut cells = line.split(',');
        let mut cell = || cells.next().expect("a row of the actor table has four cells");
        let (name, kind, adjectives, aliases) = (cell(), cell(), cell(), cell());
        let index = gazetteer.entries.len();
        gazetteer.entries.push(Entry { name, is_state: kind == "state" });
        let adjectives = adjectives.split('|').map(|a| (a, true));
        let others = std::iter::once(name).chain(aliases.split('|')).map(|a| (a, false));
        for (alias, adjective) in adjectives.chain(others).filter(|(a, _)| !a.is_empty()) {
            gazetteer.longest = gazetteer.longest.max(alias.split(' ').count());
            gazetteer.names.insert(without_stops(alias), (index, adjective));
        }
    }
    gazetteer
}

/// "U.S." and "US" are one name, "People’s" and "People's" too.
fn without_stops(name: &str) -> String {
    name.replace('.', "").replace('’', "'")
}

/// Whether the known actor of that display name is a state.
pub(super) fn is_state(name: &str) -> bool {
    GAZETTEER.entries.iter().any(|e| e.name == name && e.is_state)
}

/// Whether the known actor of that display name is a bloc of states.
pub(super) fn is_bloc(name: &str) -> bool {
    const BLOCS: &[&str] = &[
        "African Union", "Arab League", "Association of Southeast Asian Nations", "ECOWAS", "European Union", "Gulf Cooperation Council", "Mercosur",
        "Economic Community of West African States",
    ];
    BLOCS.contains(&name)
}

/// Whether `written` stands for a state by its capital or seat of government: "Kyiv", "the Kremlin", not "U.S." or
/// "Russians".
pub(super) fn is_metonym(entry: &Entry, written: &str) -> bool {
    let written = without_stops(written);
    let is_short = written.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let stem = |w: &str| w.chars().take(4).collect::<String>();
    let first = entry.name.split(' ').next().map(stem).unwrap_or_default();
    let shares_word = written.split(' ').any(|w| stem(w) == first || entry.name.split(' ').any(|n| n == w));
    let last = |name: &str| GAZETTEER.names.get(name).is_some_and(|(_, adjective)| !adjective);
    // "U.S. State Department" is two names of one state.
    !is_short && !shares_word && (last(&written) || written.split_once(' ').is_some_and(|(_, rest)| last(rest)))
}

/// The longest known name that begins with `tokens[0]`.
pub(super) fn match_at(tokens: &[Token<'_>]) -> Option<Found> {
    let gazetteer = &*GAZETTEER;
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
        match_at(&tokens).map(|f| (f.entry.name, f.tokens))
    }

    #[test]
    fn the_longest_name_wins_and_stops_do_not_matter() {
        assert_eq!(name_of("South Korean envoys"), Some(("South Korea", 2)));
        assert_eq!(name_of("U.S. envoys"), Some(("United States", 1)));
        assert_eq!(name_of("the us envoys"), None);
        assert_eq!(name_of("People’s Republic of China’s envoys"), Some(("China", 4)));
    }

    #[test]
    fn every_row_has_four_cells_and_no_name_belongs_to_two() {
        let mut seen = HashMap::new();
        for line in include_str!("actors.csv").lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            assert!(cells.len() == 4 && matches!(cells[1], "state" | "group"), "{line}");
            for name in [cells[0]].into_iter().chain(cells[2].split('|')).chain(cells[3].split('|')) {
                assert!(name.is_empty() || seen.insert(name, cells[0]).is_none(), "{name}");
            }
        }
    }
}
