//! How often a document names each state.
//!
//! Comes in: names, in order. Goes out: the state named most, and the one that the document is clearly about. Names that
//! are no state's are passed over.

use super::gazetteer;

/// So often a document names the state that it is about.
const CLEARLY_HOME: usize = 3;

/// States in the order of their first mention, by how often they were named.
#[derive(Debug, Clone, Default)]
pub(super) struct States(Vec<(String, usize)>);

impl States {
    /// Counts `name` if it is a state's.
    pub(super) fn count(&mut self, name: &str) {
        if !gazetteer::is_state(name) {
            return;
        }
        match self.0.iter_mut().find(|(state, _)| state == name) {
            Some((_, n)) => *n += 1,
            None => self.0.push((name.to_owned(), 1)),
        }
    }

    /// The state named most often, the first of equals.
    pub(super) fn most_named(&self) -> Option<&str> {
        let most = self.0.iter().map(|(_, n)| *n).max()?;
        self.0.iter().find(|(_, n)| *n == most).map(|(name, _)| name.as_str())
    }

    /// The state named often, and twice as often as any other.
    pub(super) fn home(&self) -> Option<&str> {
        let home = self.most_named()?;
        let n = self.0.iter().find(|(name, _)| name == home).map_or(0, |(_, n)| *n);
        let is_clear = self.0.iter().all(|(name, other)| name == home || other * 2 <= n);
        (n >= CLEARLY_HOME && is_clear).then_some(home)
    }
}
