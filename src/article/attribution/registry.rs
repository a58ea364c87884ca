//! Who and what a document names, learnt from the whole of it before any sentence is attributed.
//!
//! Comes in: the sentences with their names. Goes out: the organisations and the people, and in each mention what
//! stands beside it. A name is judged by all its uses.

use super::author;
use super::groups::Groups;
use super::halves;
use super::issuer;
use super::lexicon as lex;
use super::mentions::{Mention, Sentence, Who};
use super::named_bodies::{self, organisations};
use super::owners::Owners;
use super::people::People;
use super::uses::Uses;

/// Everyone and every body that a document names.
#[derive(Debug)]
pub(super) struct Registry {
    pub(super) people: People,
    pub(super) groups: Groups,
    /// Who writes it, if it is an opinion.
    pub(super) author: Option<String>,
}

impl Registry {
    /// Settles what each name of `sentences` is and gathers them; the last `around` are nobody's statements.
    pub(super) fn gather(text: &str, sentences: &mut [Sentence<'_>], around: usize) -> Self {
        Uses::count(text, sentences).settle(text, sentences);
        halves::settle(sentences);
        let groups = organisations(text, sentences);
        named_bodies::shortened(&groups, text, sentences);
        let mut owners = Owners::new(text, &groups, issuer::find(sentences, around));
        for i in 0..sentences.len() {
            let office = sentences[i].office_of_pronoun(&owners).filter(|_| i > 0);
            if let Some(owner) = office
                && let Some(person) = sentences[i - 1].first_person()
            {
                person.represents.get_or_insert(owner);
            }
            sentences[i].look_around(&mut owners);
        }
        let (home, only, british) = (owners.home(), owners.only_state(), owners.british());
        // Who signs a statement on Oman is not Oman's.
        let signs = |m: &Mention| match &m.who {
            Who::Person(person) => Some(person.name.clone()),
            _ => None,
        };
        let signatories: Vec<String> = issuer::signatory(sentences)
            .map_or_else(Vec::new, |s| s.mentions.iter().filter_map(signs).collect());
        for person in sentences.iter_mut().flat_map(|s| &mut s.mentions).filter_map(|m| match &mut m.who {
            Who::Person(person) => Some(person),
            _ => None,
        }) {
            let holds = |title: &str| person.titles.iter().any(|t| t == title);
            // "President Ann Roe", but not "board president"
            let rules = person.titles.iter().any(|t| lex::is_ruler(t) || t == "vice-president")
                && person.portfolio.is_empty();
            let has = |part: &str| person.portfolio.iter().any(|p| p == part) || holds(part);
            // "the Foreign Secretary", where the country is named somewhere
            if person.represents.is_none() && holds("secretary") && (has("foreign") || has("home")) {
                person.represents = british.clone();
            }
            if person.represents.is_none()
                && (holds("minister") || rules)
                && !signatories.contains(&person.name)
            {
                person.represents = home.clone().or_else(|| only.clone().filter(|_| rules || holds("prime")));
            }
        }
        let mentions = sentences.iter().flat_map(|s| &s.mentions);
        let people = People::gather(mentions.filter_map(|m| match &m.who {
            Who::Person(person) => Some(person),
            _ => None,
        }));
        Registry { people, groups, author: author::find(sentences, around) }
    }
}
