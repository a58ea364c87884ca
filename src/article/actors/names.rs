//! Which names over many articles mean the same actor.
//!
//! Two rules, and no guess beyond them:
//! 1. Names that differ only in case, white space, the shape of an apostrophe or a leading "the" are one, if both or
//!    neither are a person's.
//! 2. A person's shorter name joins a longer one if its words stand in it in order, the last word of both is the same
//!    ("Roe", "Ann Roe", "Ann B. Roe"), and only one person comes into question. Two who represent different actors,
//!    or whom one article tells apart, are two.

/// What names are compared by.
pub(super) fn fold(name: &str) -> String {
    let name = name.replace(['’', '‘'], "'").to_lowercase();
    let words: Vec<&str> = name.split_whitespace().collect();
    match words.as_slice() {
        ["the", rest @ ..] if !rest.is_empty() => rest.join(" "),
        all => all.join(" "),
    }
}

/// A person as the second rule sees it.
pub(super) struct Person<'p> {
    /// Folded.
    pub(super) name: &'p str,
    /// Folded.
    pub(super) represents: Option<String>,
    /// Numbers of the documents, ascending.
    pub(super) documents: Vec<u32>,
}

impl Person<'_> {
    fn may_be(&self, longer: &Person<'_>) -> bool {
        let differ = matches!((&self.represents, &longer.represents), (Some(a), Some(b)) if a != b);
        let meet = self.documents.iter().any(|d| longer.documents.binary_search(d).is_ok());
        is_short_for(self.name, longer.name) && !differ && !meet
    }
}

/// For each person the one with the longer name that it joins, if any; that one joins nobody.
pub(super) fn join(persons: &[Person<'_>]) -> Vec<Option<usize>> {
    let longest = |short: usize| {
        let longer = |p: &Person<'_>| is_short_for(persons[short].name, p.name);
        let candidates: Vec<usize> = (0..persons.len()).filter(|&i| longer(&persons[i])).collect();
        let full = *candidates.iter().max_by_key(|&&i| persons[i].name.split(' ').count())?;
        let is_one =
            candidates.iter().all(|&c| c == full || is_short_for(persons[c].name, persons[full].name));
        (is_one && persons[short].may_be(&persons[full])).then_some(full)
    };
    let joined: Vec<Option<usize>> = (0..persons.len()).map(longest).collect();
    joined.iter().map(|to| to.filter(|&to| joined[to].is_none())).collect()
}

/// Whether the words of `short` stand in `long` in order, among more of them, and both end alike.
fn is_short_for(short: &str, long: &str) -> bool {
    let (mut left, mut right) = (short.split(' ').rev(), long.split(' ').rev());
    if left.next() != right.next() || short.split(' ').count() >= long.split(' ').count() {
        return false;
    }
    left.all(|word| right.any(|other| other == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whom each of `names` joins; the n-th person is in the n-th document alone.
    fn joined<'n>(names: &[&'n str]) -> Vec<Option<&'n str>> {
        let person =
            |(i, name): (usize, &&'n str)| Person { name, represents: None, documents: vec![i as u32] };
        let persons: Vec<Person<'_>> = names.iter().enumerate().map(person).collect();
        join(&persons).into_iter().map(|to| to.map(|to| names[to])).collect()
    }

    #[test]
    fn case_spaces_apostrophes_and_the_article_do_not_matter() {
        assert_eq!(fold("The  Workers’ Party"), fold("workers' party"));
        assert_ne!(fold("Theo"), fold("o"));
        assert_eq!(fold("The"), "the");
    }

    #[test]
    fn a_surname_joins_the_only_one_who_has_it() {
        let names = ["roe", "ann roe", "ann b. roe", "bob doe", "ann"];
        assert_eq!(joined(&names), [Some("ann b. roe"), Some("ann b. roe"), None, None, None]);
    }

    #[test]
    fn a_surname_of_two_people_joins_neither() {
        assert_eq!(joined(&["roe", "ann roe", "eve roe"]), [None, None, None]);
        assert_eq!(joined(&["b. roe", "ann roe"]), [None, None]);
    }

    #[test]
    fn whom_an_article_tells_apart_or_who_represent_others_stay_apart() {
        let person = |name, represents: &str, documents| Person {
            name,
            represents: Some(represents.to_owned()).filter(|r| !r.is_empty()),
            documents,
        };
        let join = |a, b| join(&[a, b])[0];
        assert_eq!(join(person("roe", "oman", vec![0]), person("ann roe", "oman", vec![1])), Some(1));
        assert_eq!(join(person("roe", "", vec![0]), person("ann roe", "oman", vec![1])), Some(1));
        assert_eq!(join(person("roe", "yemen", vec![0]), person("ann roe", "oman", vec![1])), None);
        assert_eq!(join(person("roe", "", vec![0, 4]), person("ann roe", "", vec![1, 4])), None);
    }
}
