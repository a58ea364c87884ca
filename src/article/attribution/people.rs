//! The people of a document under the fullest name it gives them.
//!
//! Comes in: mentions, in order. Goes out: for a surname, a title with a surname or another spelling, the person
//! meant. Two names are one person when they end alike and begin alike, or when only the end is given.

use std::collections::HashMap;

use super::lexicon as lex;
use super::mentions::PersonMention;

/// A person of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    /// The fullest name.
    pub(super) name: String,
    /// The known actor for which the person holds office.
    pub(super) represents: Option<String>,
    /// Whether the office is to speak for that actor: a spokesman, an envoy.
    pub(super) mouthpiece: bool,
    titles: Vec<String>,
    feminine: Option<bool>,
    key: Vec<String>,
}

/// Everyone named in a document.
#[derive(Debug, Default)]
pub(super) struct People {
    people: Vec<Person>,
    /// First or last part of a name -> who has it.
    by_part: HashMap<String, Vec<usize>>,
    by_title: HashMap<String, Vec<usize>>,
}

impl People {
    /// Everyone that some mention shows to be a person.
    pub(super) fn gather<'m>(mentions: impl Iterator<Item = &'m PersonMention> + Clone) -> Self {
        let mut people = People::default();
        // Full names first, so that a surname finds the person it belongs to wherever that one stands.
        for full in [true, false] {
            for mention in mentions.clone() {
                let key = key(&mention.name);
                if key.is_empty() || (key.len() > 1) != full {
                    continue;
                }
                match people.find(&key, &[]) {
                    Some(i) => people.people[i].learn(mention, key),
                    None if mention.evident => people.add(Person::new(mention, key)),
                    None => {}
                }
            }
        }
        for (i, person) in people.people.iter().enumerate() {
            for title in &person.titles {
                people.by_title.entry(title.clone()).or_default().push(i);
            }
        }
        people
    }

    /// The person called `name`; the last of `recent` among several of one surname.
    pub(super) fn resolve(&self, name: &str, recent: &[usize]) -> Option<usize> {
        self.find(&key(name), recent)
    }

    /// Who "the minister" is: the only holder of the title, or one of the latest two people of `recent`.
    pub(super) fn with_title(&self, title: &str, recent: &[usize]) -> Option<usize> {
        match self.by_title.get(title)?.as_slice() {
            [only] => Some(*only),
            holders => recent.iter().rev().copied().take(2).find(|i| holders.binary_search(i).is_ok()),
        }
    }

    /// The only person of the document who holds the title `title` for `owner`.
    pub(super) fn in_office(&self, title: &str, owner: &str) -> Option<usize> {
        let holds = |i: &&usize| self.people[**i].represents.as_deref() == Some(owner);
        let mut holders = self.by_title.get(title)?.iter().filter(holds);
        holders.next().copied().filter(|_| holders.next().is_none())
    }

    /// The last of `recent` whom "he" or "she" can mean.
    pub(super) fn with_pronoun(&self, feminine: bool, recent: &[usize]) -> Option<usize> {
        recent.iter().rev().copied().find(|&i| self.people[i].feminine.is_none_or(|f| f == feminine))
    }

    /// The person at registry index `i`.
    pub(super) fn get(&self, i: usize) -> &Person {
        &self.people[i]
    }

    fn add(&mut self, person: Person) {
        let index = self.people.len();
        let (first, last) = (&person.key[0], &person.key[person.key.len() - 1]);
        self.by_part.entry(last.clone()).or_default().push(index);
        if first != last {
            self.by_part.entry(first.clone()).or_default().push(index);
        }
        self.people.push(person);
    }

    fn find(&self, key: &[String], recent: &[usize]) -> Option<usize> {
        let same = self.by_part.get(key.last()?)?;
        let same: Vec<usize> = same.iter().copied().filter(|&i| self.people[i].is_called(key)).collect();
        let last_named = recent.iter().rev().copied().find(|i| same.contains(i));
        last_named.or_else(|| same.first().copied())
    }
}

impl Person {
    fn new(mention: &PersonMention, key: Vec<String>) -> Self {
        let mut person = Person {
            name: mention.name.clone(),
            represents: None,
            mouthpiece: false,
            titles: Vec::new(),
            feminine: None,
            key: Vec::new(),
        };
        person.learn(mention, key);
        person
    }

    /// Whether the name with this key can mean the person.
    fn is_called(&self, key: &[String]) -> bool {
        let (Some(first), Some(last)) = (key.first(), key.last()) else { return false };
        let (own_first, own_last) = (&self.key[0], &self.key[self.key.len() - 1]);
        let is_single = key.len() == 1;
        let by_last =
            own_last == last && (is_single || self.key.len() == 1 || starts_alike(own_first, first));
        // "Han" for "Han Ji-won": a family name that comes first.
        let family_first = is_single && own_first == last && (last.len() <= 3 || own_last.contains('-'));
        by_last || family_first
    }

    fn learn(&mut self, mention: &PersonMention, key: Vec<String>) {
        let parts = |name: &str| name.split_whitespace().count();
        if key.len() > self.key.len()
            || (key.len() == self.key.len() && parts(&mention.name) > parts(&self.name))
        {
            self.name.clone_from(&mention.name);
            self.key = key;
        }
        if let Some(title) = &mention.title {
            self.feminine = self.feminine.or_else(|| gender_of(title));
            self.mouthpiece |= lex::is_mouthpiece(title) && mention.represents.is_some();
            if !self.titles.contains(title) {
                self.titles.push(title.clone());
            }
        }
        self.represents = self.represents.take().or_else(|| mention.represents.map(str::to_owned));
    }
}

/// Whether a title is a woman's; `None` if it does not tell.
fn gender_of(title: &str) -> Option<bool> {
    match title {
        "mrs." | "ms." | "queen" | "princess" | "spokeswoman" | "chairwoman" | "congresswoman" | "lady"
        | "dame" => Some(true),
        "mr." | "king" | "prince" | "sultan" | "spokesman" | "chairman" | "congressman" | "sir" | "lord"
        | "emir" | "pope" | "ayatollah" | "sheikh" | "imam" => Some(false),
        _ => None,
    }
}

fn starts_alike(a: &str, b: &str) -> bool {
    a == b || (a.chars().count() == 1 && b.starts_with(a)) || (b.chars().count() == 1 && a.starts_with(b))
}

/// The parts of a name by which it is compared: folded, without initials in the middle and generation suffixes.
fn key(name: &str) -> Vec<String> {
    let parts: Vec<String> = name.split_whitespace().map(fold).collect();
    let is_suffix = |p: &String| matches!(p.as_str(), "jr" | "sr" | "ii" | "iii" | "iv");
    let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty() && !is_suffix(p)).collect();
    let last = parts.len().saturating_sub(1);
    let is_kept = |(i, p): &(usize, String)| *i == 0 || *i == last || p.chars().count() > 1;
    parts.into_iter().enumerate().filter(is_kept).map(|(_, p)| p).collect()
}

/// Lower case, plain Latin letters, doubled letters once: spellings of one name in different transcriptions meet.
fn fold(part: &str) -> String {
    let mut folded = String::new();
    for c in part.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
            'ç' | 'ć' | 'č' => 'c',
            'ď' | 'đ' => 'd',
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
            'ğ' => 'g',
            'ì'..='ï' | 'ī' | 'ı' => 'i',
            'ł' => 'l',
            'ñ' | 'ń' | 'ň' => 'n',
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
            'ř' => 'r',
            'ś' | 'ş' | 'š' | 'ș' => 's',
            'ţ' | 'ť' | 'ț' => 't',
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
            'ý' | 'ÿ' => 'y',
            'ź' | 'ż' | 'ž' => 'z',
            '-' => '-',
            c if c.is_alphanumeric() => c,
            _ => continue,
        };
        if !folded.ends_with(plain) {
            folded.push(plain);
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, title: Option<&str>) -> PersonMention {
        PersonMention {
            name: name.into(),
            title: title.map(str::to_owned),
            represents: None,
            evident: title.is_some(),
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
    fn of_two_with_one_surname_the_last_named_is_meant() {
        let mentions = [named("Ann Roe", Some("mrs.")), named("Bob Roe", Some("mr."))];
        let people = People::gather(mentions.iter());
        assert_eq!(people.resolve("Roe", &[1, 0]), Some(0));
        assert_eq!(people.with_pronoun(false, &[1, 0]), Some(1));
    }
}
