//! How often a document names each state.
//!
//! Comes in: names, in order. Goes out: the state named most, and the one that the document is clearly about. Names that
//! are no state's are passed over.

use super::gazetteer;

/// So often a document names the state that it is about.
const CLEARLY_HOME: usize = 3;

/// States in the order of their first mention, by how often they were named.
#[derive(Debug, Clone, Default)]
pub(super) struct States {
    named: Vec<(String, usize)>,
    /// Those whose government, army or other organ was named.
    governed: Vec<String>,
}

impl States {
    /// Whether `name` is one that is counted.
    pub(super) fn counts(&self, name: &str) -> bool {
        gazetteer::is_state(name)
    }

    /// Counts `name` if it is a state's.
    pub(super) fn count(&mut self, name: &str) {
        if !self.counts(name) {
            return;
        }
        match self.named.iter_mut().find(|(state, _)| state == name) {
            Some((_, n)) => *n += 1,
            None => self.named.push((name.to_owned(), 1)),
        }
    }

    /// Notes that an organ of `name` was named, if it is a state: "Chad's government".
    pub(super) fn count_organ(&mut self, name: &str) {
        self.count(name);
        if gazetteer::is_state(name) && !self.governed.iter().any(|state| state == name) {
            self.governed.push(name.to_owned());
        }
    }

    /// The only state whose organs were named.
    pub(super) fn governed(&self) -> Option<&str> {
        match self.governed.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The only state that was named.
    pub(super) fn only(&self) -> Option<&str> {
        match self.named.as_slice() {
            [(only, _)] => Some(only),
            _ => None,
        }
    }

    /// The United States, if they were named: "the administration" and "the press secretary" are theirs.
    pub(super) fn american(&self) -> Option<&str> {
        self.named("United States")
    }

    /// The state called `name`, if it was named.
    pub(super) fn named(&self, name: &str) -> Option<&str> {
        self.named.iter().map(|(state, _)| state.as_str()).find(|state| *state == name)
    }

    /// Whose the body is that `noun` names without an owner: "the administration" is American wherever the United States
    /// are named.
    pub(super) fn behind(&self, noun: &str) -> Option<&str> {
        self.american()
            .filter(|_| noun == "administration")
            .or_else(|| self.governed())
            .or_else(|| self.most_named())
    }

    /// The state named most often, the first of equals.
    pub(super) fn most_named(&self) -> Option<&str> {
        let most = self.named.iter().map(|(_, n)| *n).max()?;
        self.named.iter().find(|(_, n)| *n == most).map(|(name, _)| name.as_str())
    }

    /// Whether a body of a state that is not named can only be this one's.
    pub(super) fn is_clear(&self, state: &str) -> bool {
        [self.governed(), self.only(), self.home()].contains(&Some(state))
    }

    /// The state named often, and twice as often as any other.
    pub(super) fn home(&self) -> Option<&str> {
        let home = self.most_named()?;
        let n = self.named.iter().find(|(name, _)| name == home).map_or(0, |(_, n)| *n);
        let is_clear = self.named.iter().all(|(name, other)| name == home || other * 2 <= n);
        (n >= CLEARLY_HOME && is_clear).then_some(home)
    }
}
