//! The people of a document under the fullest name it gives them.
//!
//! Comes in: mentions, in order. Goes out: for a surname, a title with a surname or another spelling, the person
//! meant. Two names are one person when they end alike and begin alike, or when only the end is given.

use std::collections::{HashMap, HashSet};

use super::lexicon as lex;
use super::mentions::PersonMention;
use super::name_key::{key, starts_alike};

/// A person of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    /// The fullest name.
    pub(super) name: String,
    /// The known actor for which the person holds office.
    pub(super) represents: Option<String>,
    /// Whether the office is to speak for that actor: a spokesman, an envoy.
    mouthpiece: bool,
    /// Whether the person speaks for nobody else, whatever body the text puts beside the name.
    pub(super) is_apart: bool,
    titles: Vec<String>,
    portfolio: Vec<String>,
    feminine: Option<bool>,
    key: Vec<String>,
}

/// Everyone named in a document.
#[derive(Debug, Default)]
pub(super) struct People {
    people: Vec<Person>,
    /// First or last part of a name -> who has it.
    by_part: HashMap<String, Vec<usize>>,
    /// By the name under which someone was first met.
    by_name: HashMap<Vec<String>, usize>,
    by_title: HashMap<String, Vec<usize>>,
    /// For whom a president, a premier or another ruler holds office.
    ruled: HashSet<String>,
}

/// People with one part of a name in common who are told apart by the rules; further ones are met again under the very name they
/// were met under first. Else whatever goes by such a name would be compared with all of them.
const MOST_NAMESAKES: usize = 64;

impl People {
    /// Everyone that some mention shows to be a person.
    pub(super) fn gather<'m>(mentions: impl Iterator<Item = &'m PersonMention> + Clone) -> Self {
        let mut people = People::default();
        // Full names first, so that a surname finds the person it belongs to wherever that one stands.
        people.take(mentions.clone(), |key, mention| key.len() > 1 && mention.evident);
        let orphans = people.orphans(mentions.clone());
        people.take(mentions.clone(), |key, _| key.len() > 1 && may_be_called(key, &orphans));
        people.take(mentions, |key, mention| key.len() == 1 && mention.evident);
        for (i, person) in people.people.iter().enumerate() {
            for title in &person.titles {
                people.by_title.entry(title.clone()).or_default().push(i);
            }
        }
        let rulers = people.people.iter().filter(|person| person.rules());
        people.ruled = rulers.filter_map(|person| person.represents.clone()).collect();
        people
    }

    /// The person called `name`; the last of `recent` among several of one surname.
    pub(super) fn resolve(&self, name: &str, recent: &[usize]) -> Option<usize> {
        self.find(&key(name), recent)
    }

    /// Who "the minister" is: the only holder of the title, or one of the latest two people of `recent`.
    pub(super) fn with_title(&self, title: &str, recent: &[usize]) -> Option<usize> {
        let clergy =
            || self.by_title.get("reverend").filter(|_| matches!(title, "priest" | "pastor" | "vicar"));
        match self.by_title.get(title).or_else(clergy)?.as_slice() {
            [only] => Some(*only),
            holders => recent.iter().rev().copied().take(2).find(|i| holders.binary_search(i).is_ok()),
        }
    }

    /// The only holder of the title whose other titles have all of `modifiers`: "the water minister" among several.
    pub(super) fn with_portfolio(&self, title: &str, modifiers: &[&str]) -> Option<usize> {
        // Further holders are not looked through for each "the minister".
        const MOST_HOLDERS: usize = 64;
        let holders = self.by_title.get(title)?.iter().copied().take(MOST_HOLDERS);
        let mut holders = holders.filter(|&i| self.holds_all(i, modifiers));
        holders.next().filter(|_| !modifiers.is_empty() && holders.next().is_none())
    }

    /// Whether the person's titles have all of `modifiers`.
    pub(super) fn holds_all(&self, i: usize, modifiers: &[&str]) -> bool {
        let person = &self.people[i];
        modifiers.iter().all(|m| person.titles.iter().chain(&person.portfolio).any(|t| t == m))
    }

    /// The only person of the document who holds the title `title` for `owner`.
    pub(super) fn in_office(&self, title: &str, owner: &str) -> Option<usize> {
        let holds = |i: &&usize| self.people[**i].represents.as_deref() == Some(owner);
        let mut holders = self.by_title.get(title)?.iter().filter(holds);
        holders.next().copied().filter(|_| holders.next().is_none())
    }

    /// Whether the person leads `state`, as far as the document tells: a ruler whose country it does not name leads
    /// any state that it gives no other ruler.
    pub(super) fn may_lead(&self, person: usize, state: &str) -> bool {
        match &self.people[person].represents {
            Some(owner) => owner == state && !self.people[person].mouthpiece,
            None => self.people[person].rules() && !self.ruled.contains(state),
        }
    }

    /// Whether the person at registry index `i` is a woman; `None` where nothing tells.
    pub(super) fn is_woman(&self, i: usize) -> Option<bool> {
        self.people[i].feminine
    }

    /// The person at registry index `i`.
    pub(super) fn get(&self, i: usize) -> &Person {
        &self.people[i]
    }

    /// Learns from the mentions of known people, and adds those that are `new`.
    fn take<'m>(
        &mut self,
        mentions: impl Iterator<Item = &'m PersonMention>,
        new: impl Fn(&[String], &PersonMention) -> bool,
    ) {
        for mention in mentions {
            let key = key(&mention.name);
            let is_new = !key.is_empty() && new(&key, mention);
            match self.find(&key, &[]) {
                Some(i) => self.people[i].learn(mention, key),
                None if is_new => self.add(Person::new(mention, key)),
                None => {}
            }
        }
    }

    /// Single names of people whose full name nothing has shown to be a person's yet.
    ///
    /// "Roe rejected it" is enough after "a call with Ann Roe": the words "Ann Roe" stand there already.
    fn orphans<'m>(&self, mentions: impl Iterator<Item = &'m PersonMention>) -> HashSet<String> {
        let (mut orphans, mut ends) = (HashSet::new(), HashSet::new());
        for mention in mentions {
            let mut key = key(&mention.name);
            let is_single = key.len() == 1;
            let Some(last) = key.pop() else { continue };
            if !is_single {
                ends.extend(key);
                ends.insert(last);
            } else if (mention.evident || ends.contains(&last))
                && self.find(std::slice::from_ref(&last), &[]).is_none()
            {
                orphans.insert(last);
            }
        }
        orphans
    }

    fn add(&mut self, person: Person) {
        let index = self.people.len();
        self.by_name.entry(person.key.clone()).or_insert(index);
        for (i, part) in person.key.iter().enumerate() {
            if !person.key[..i].contains(part) {
                let namesakes = self.by_part.entry(part.clone()).or_default();
                if namesakes.len() < MOST_NAMESAKES {
                    namesakes.push(index);
                }
            }
        }
        self.people.push(person);
    }

    fn find(&self, key: &[String], recent: &[usize]) -> Option<usize> {
        let same = self.by_part.get(key.last()?)?;
        let same: Vec<usize> = same.iter().copied().filter(|&i| self.people[i].is_called(key)).collect();
        let last_named = recent.iter().rev().copied().find(|i| same.contains(i));
        let by_last = || same.iter().copied().find(|&i| self.people[i].key.last() == key.last());
        last_named
            .or_else(by_last)
            .or_else(|| same.first().copied())
            .or_else(|| self.by_name.get(key).copied())
    }
}

impl Person {
    pub(super) fn new(mention: &PersonMention, key: Vec<String>) -> Self {
        let mut person = Person {
            name: mention.name.clone(),
            represents: None,
            mouthpiece: false,
            is_apart: false,
            titles: Vec::new(),
            portfolio: Vec::new(),
            feminine: None,
            key: Vec::new(),
        };
        person.learn(mention, key);
        person
    }

    fn rules(&self) -> bool {
        self.titles.iter().any(|t| lex::is_ruler(t))
    }

    /// Whether the name with this key can mean the person.
    fn is_called(&self, key: &[String]) -> bool {
        let (Some(first), Some(last)) = (key.first(), key.last()) else { return false };
        let (own_first, own_last) = (&self.key[0], &self.key[self.key.len() - 1]);
        let is_single = key.len() == 1;
        // "Roe Doe" for "Ann Roe Doe"
        if key.len() > 1 && self.key.len() > key.len() && self.key.ends_with(key) {
            return true;
        }
        let by_last =
            own_last == last && (is_single || self.key.len() == 1 || starts_alike(own_first, first));
        // "Han" for "Han Ji-won", "Razlan" for "Razlan Hamid".
        by_last || (is_single && self.key.contains(last))
    }

    fn learn(&mut self, mention: &PersonMention, key: Vec<String>) {
        let parts = |name: &str| name.split_whitespace().count();
        if key.len() > self.key.len()
            || (key.len() == self.key.len() && parts(&mention.name) > parts(&self.name))
        {
            self.name.clone_from(&mention.name);
            self.key = key;
        }
        self.portfolio.extend(mention.portfolio.iter().cloned());
        for title in &mention.titles {
            let title = lex::spelt_out(title);
            self.feminine = self.feminine.or_else(|| lex::gender_of(title));
            self.mouthpiece |= lex::is_mouthpiece(title) && mention.represents.is_some();
            if !self.titles.iter().any(|t| t == title) {
                self.titles.push(title.to_owned());
            }
        }
        self.is_apart |= mention.is_apart && self.represents.is_none();
        self.represents = self.represents.take().or_else(|| mention.represents.clone());
    }
}

/// Whether one of `singles` can stand for the full name with this key.
fn may_be_called(key: &[String], singles: &HashSet<String>) -> bool {
    key.iter().any(|part| singles.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, title: Option<&str>) -> PersonMention {
        PersonMention {
            name: name.into(),
            titles: title.map(str::to_owned).into_iter().collect(),
            represents: None,
            evident: title.is_some(),
            acts: false,
            portfolio: Vec::new(),
            is_apart: false,
        }
    }

    #[test]
    fn a_surname_an_initial_and_another_spelling_mean_the_fullest_name() {
        let mentions = [
            named("Roe", Some("president")),
            named("Ann B. Roe", Some("president")),
            named("Çelikk", Some("mr.")),
        ];
        let people = People::gather(mentions.iter());
        for name in ["Roe", "Ann Roe", "A. Roe"] {
            assert_eq!(
                people.resolve(name, &[]).map(|i| people.get(i).name.as_str()),
                Some("Ann B. Roe"),
                "{name}"
            );
        }
        assert!(people.resolve("Celik", &[]).is_some() && people.resolve("Bob Roe", &[]).is_none());
    }

    #[test]
    fn a_surname_that_is_a_persons_shows_whose_full_name_it_ends() {
        let full = |mentions: &[PersonMention], name: &str| {
            let people = People::gather(mentions.iter());
            people.resolve(name, &[]).map(|i| people.get(i).name.clone())
        };
        let acting = PersonMention { acts: true, ..named("Roe", None) };
        let mentions = [named("Ann B. Roe", None), named("Bob Doe", None), named("Roe", Some("mrs."))];
        assert_eq!(full(&mentions, "Roe").as_deref(), Some("Ann B. Roe"));
        assert_eq!(full(&mentions, "Doe"), None);
        assert_eq!(full(&[named("Ann Roe", None), acting], "Roe").as_deref(), Some("Ann Roe"));
        let acting = PersonMention { acts: true, ..named("Roe", None) };
        assert_eq!(full(&[acting, named("Ann Roe", None)], "Roe"), None);
        assert_eq!(
            full(&[named("Han Ji-won", None), named("Han", Some("mr."))], "Han").as_deref(),
            Some("Han Ji-won")
        );
    }

    #[test]
    fn of_two_with_one_surname_the_last_named_is_meant() {
        let mentions = [named("Ann Roe", Some("mrs.")), named("Bob Roe", Some("mr."))];
        let people = People::gather(mentions.iter());
        assert_eq!(people.resolve("Roe", &[1, 0]), Some(0));
        assert_eq!((people.is_woman(0), people.is_woman(1)), (Some(true), Some(false)));
    }
}
