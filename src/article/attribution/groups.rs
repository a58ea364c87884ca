//! The organisations of a document under the fullest name it gives them.
//!
//! Comes in: the names of a document, in order. Goes out: for initials, a part of a name ("Labour", "the League") or a
//! class ("the company"), the organisation meant.

use std::collections::HashMap;

use super::lexicon as lex;
use super::mentions::{Mention, Sentence, Who};

/// Endings of a company's name that nobody says.
const LEGAL_FORMS: &[&str] = &["plc", "ltd", "inc", "corp", "llc", "gmbh", "ag", "sa", "co", "limited"];

/// Further organisations of a document go by the names under which they are written: "the union" among all of them would be
/// looked for again and again.
const MOST_GROUPS: usize = 512;

/// Every organisation that a document names in two words or more, and unknown initials.
#[derive(Debug, Default)]
pub(super) struct Groups {
    names: Vec<String>,
    /// Name -> indices of `names`.
    by_name: HashMap<String, Vec<usize>>,
    /// Folded alias -> indices of `names`, in order of appearance.
    aliases: HashMap<String, Vec<usize>>,
    /// Organisations of one word, which does not tell their class.
    singles: Vec<String>,
    /// The two actors whom the document is about, if any.
    main: Vec<String>,
}

impl Groups {
    /// Notes an organisation under a name of the text, with what it may be called later.
    pub(super) fn add(&mut self, written: &str) {
        self.add_as(written, &plain(written));
    }

    /// The same for an organisation that is known under another name: "European Commission".
    pub(super) fn add_as(&mut self, written: &str, known: &str) {
        let name = plain(written);
        let words: Vec<&str> = name.split(' ').collect();
        if words.len() < 2 {
            self.add_single(name);
            return;
        }
        if self.aliases.contains_key(&fold(&name)) || self.names.len() >= MOST_GROUPS {
            return;
        }
        let index = self.names.len();
        let capitalised = |w: &&&str| w.starts_with(char::is_uppercase);
        let initials: String = words.iter().filter(capitalised).filter_map(|w| w.chars().next()).collect();
        let (first, last) = (words[0], words[words.len() - 1]);
        let mut aliases = vec![fold(&name), fold(last)];
        if initials.chars().count() > 1 {
            aliases.push(fold(&initials));
        }
        if words.len() > 2 {
            aliases.push(fold(&words[..2].join(" ")));
        }
        if !lex::is_origin(&fold(first)) {
            aliases.push(fold(first));
        }
        aliases
            .extend(words.iter().position(|w| *w == "of").filter(|at| *at > 0).map(|at| fold(words[at - 1])));
        let head =
            words.iter().position(|w| *w == "of").filter(|at| *at > 0).map_or(last, |at| words[at - 1]);
        // "Port Employers' Association" is no union.
        let is_of_owners = words.iter().any(|w| lex::is_of_owners(&fold(w)));
        let (last, head) = (fold(last), fold(head));
        let classes = lex::classes_of(&last).chain(lex::classes_of(&head));
        aliases.extend(classes.filter(|class| !(is_of_owners && *class == "union")).map(str::to_owned));
        aliases.sort_unstable();
        aliases.dedup();
        for alias in aliases {
            self.aliases.entry(alias).or_default().push(index);
        }
        self.put(known);
    }

    fn put(&mut self, name: &str) -> usize {
        let index = self.names.len();
        self.names.push(name.to_owned());
        self.by_name.entry(name.to_owned()).or_default().push(index);
        index
    }

    fn add_single(&mut self, name: String) {
        let lower = fold(&name);
        let tells = lex::is_medium(&lower) || lex::is_organisation(&lower) || lex::is_organ(&lower);
        if !tells && self.singles.len() < MOST_GROUPS && !self.singles.contains(&name) {
            self.singles.push(name);
        }
    }

    /// "the union": the only organisation of a single word, where no other of this class is named.
    pub(super) fn only_single(&self, class: &str) -> Option<&str> {
        if self.called(class).is_some() {
            return None;
        }
        let is_told = |name: &str| {
            let index = self.names.iter().position(|n| n == name);
            self.aliases.contains_key(&fold(name)) || index.is_some()
        };
        let mut untold = self.singles.iter().map(String::as_str).filter(|name| !is_told(name));
        untold.next().filter(|_| untold.next().is_none())
    }

    /// Notes that `name` may be called `alias`.
    pub(super) fn also_called(&mut self, name: &str, alias: &str) {
        let known = || self.called(name).and_then(|found| found.first().copied());
        let is_full = self.names.len() >= MOST_GROUPS;
        let index = match self.names.iter().position(|n| n == name).or_else(known) {
            Some(index) => index,
            None if is_full => return,
            None => self.put(name),
        };
        let found = self.aliases.entry(alias.to_owned()).or_default();
        if !found.contains(&index) {
            found.push(index);
        }
    }

    /// The organisation for which `people` act when they decide together: "teachers" for their union.
    pub(super) fn of_members(&self, people: &str) -> Option<&str> {
        let has_noun = |name: &&String| {
            name.split(' ').any(|w| fold(w).trim_end_matches('\'').trim_end_matches("'s") == people)
        };
        let mut named = self.names.iter().filter(has_noun);
        match (named.next(), named.next()) {
            (Some(only), None) => Some(only),
            (None, _) => self.only("union"),
            _ => None,
        }
    }

    /// Notes the two actors whom the document is about.
    pub(super) fn set_main(&mut self, main: Vec<String>) {
        self.main = main;
    }

    /// The two actors whom the document is about, if any.
    pub(super) fn main(&self) -> &[String] {
        &self.main
    }

    /// Notes that `short` stands in brackets behind the organisation `name`.
    pub(super) fn abbreviate(&mut self, name: &str, short: &str) {
        let Some(&index) = self.aliases.get(&fold(&plain(name))).and_then(|found| found.first()) else {
            return;
        };
        let found = self.aliases.entry(fold(short)).or_default();
        if !found.contains(&index) {
            found.insert(0, index);
        }
    }

    /// The first organisation of the document that `words` may mean: in a headline nothing was named before.
    pub(super) fn first(&self, words: &str) -> Option<&str> {
        self.called(words)?.first().map(|i| self.names[*i].as_str())
    }

    /// The only organisation of the document that `words` may mean.
    pub(super) fn only(&self, words: &str) -> Option<&str> {
        match self.called(words)? {
            [only] => Some(self.names[*only].as_str()),
            _ => None,
        }
    }

    /// Those that `words` may mean, in order of appearance.
    fn called(&self, words: &str) -> Option<&[usize]> {
        let folded = fold(&plain(words));
        let found = self.aliases.get(&folded).or_else(|| self.aliases.get(folded.strip_suffix('s')?))?;
        Some(found)
    }

    /// The organisation meant by `words`: of several the latest of `recent`, else nobody.
    pub(super) fn resolve(&self, words: &str, recent: &[String]) -> Option<&str> {
        let found = self.called(words)?;
        let name = |i: &usize| self.names[*i].as_str();
        match found {
            [only] => Some(name(only)),
            several => {
                let called = |candidate: &String| {
                    let own = self.by_name.get(candidate)?;
                    own.iter().find(|i| several.contains(i)).map(name)
                };
                recent.iter().rev().find_map(called)
            }
        }
    }
}

/// The state or body that a mention names: the fullest name of a body, the state's own, or a place as written.
pub(super) fn owner(
    groups: &Groups,
    text: &str,
    s: &Sentence<'_>,
    m: &Mention,
    recent: &[String],
) -> Option<String> {
    let written = s.phrase(text, m.start, m.end);
    let known = groups.resolve(&written, recent).map(str::to_owned);
    match &m.who {
        Who::Actor { entry, .. } if entry.is_state => Some(entry.name.clone()),
        Who::Actor { entry, .. } => known.or_else(|| Some(entry.name.clone())),
        Who::Place => Some(written),
        Who::Organisation => known.or_else(|| Some(plain(&written))),
        Who::Person(_) => known,
    }
}

/// Without an article before it and a legal form behind it.
pub(super) fn plain(name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    if words.len() > 1 && words[0].eq_ignore_ascii_case("the") {
        words.remove(0);
    }
    let is_form = |w: &&str| LEGAL_FORMS.contains(&w.trim_end_matches('.').to_lowercase().as_str());
    while words.len() > 1 && words.last().is_some_and(is_form) {
        words.pop();
    }
    words.join(" ").trim_end_matches(',').to_owned()
}

fn fold(words: &str) -> String {
    let lower = if words.is_ascii() { words.to_ascii_lowercase() } else { words.to_lowercase() };
    if lower.contains(['.', '’']) { lower.replace('.', "").replace('’', "'") } else { lower }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_parts_and_classes_lead_to_the_full_name() {
        let mut groups = Groups::default();
        for name in ["the Karst Liberation Front", "Dune Ferries Plc.", "Labour List", "Sons of Karst"] {
            groups.add(name);
        }
        groups.abbreviate("Sons of Karst", "SK");
        for (words, name) in [
            ("KLF", "Karst Liberation Front"),
            ("the Front", "Karst Liberation Front"),
            ("Labour", "Labour List"),
            ("the company", "Dune Ferries"),
            ("Sons", "Sons of Karst"),
            ("S.K.", "Sons of Karst"),
        ] {
            assert_eq!(groups.resolve(words, &[]), Some(name), "{words}");
        }
        assert_eq!(groups.resolve("Harbour", &[]), None);
    }

    #[test]
    fn of_two_that_may_be_meant_the_latest_is() {
        let mut groups = Groups::default();
        groups.add("Dockers’ Union");
        groups.add("Pilots’ Union");
        assert_eq!(groups.resolve("the union", &[]), None);
        assert_eq!(groups.first("the union"), Some("Dockers’ Union"));
        assert_eq!(groups.resolve("the union", &["Dockers’ Union".to_owned()]), Some("Dockers’ Union"));
    }
}
