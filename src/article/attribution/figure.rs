//! Who can speak and hold a stance, and what pronouns refer to.
//!
//! Comes in: figures in the order of mention. Goes out: the latest that "he", "the envoy" or "both sides" can mean. It
//! refuses to read words.

use std::rc::Rc;

use super::gazetteer::{self, Entry};
use super::lexicon as lex;
use super::states::States;
use crate::article::actors::Kind;

/// Someone who can speak and hold a stance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    /// Full name of a person, display name of an actor, or the words of the phrase.
    pub(super) name: String,
    pub(super) kind: Kind,
    /// The actor in whose name a person holds office or a body acts: its words are that actor's stance.
    pub(super) represents: Option<String>,
    /// The description that came before the name: "a nurse who gave her name as Ann".
    pub(super) called: Option<String>,
    /// The person in the registry.
    pub(super) person: Option<usize>,
}

impl Figure {
    /// Someone of whom only the name is known.
    pub(super) fn plain(name: impl Into<String>, kind: Kind) -> Self {
        Figure { name: name.into(), kind, represents: None, called: None, person: None }
    }

    /// Someone of whom only the office or a common noun is given: "a source", "the administration".
    pub(super) fn nameless() -> Self {
        Figure::plain("", Kind::Group)
    }

    /// Whether nothing tells who it is.
    pub(super) fn is_nameless(&self) -> bool {
        self.name.is_empty()
    }

    /// A body that acts for `owner`.
    pub(super) fn body(name: impl Into<String>, owner: impl Into<String>) -> Self {
        Figure { represents: Some(owner.into()), ..Figure::plain(name, Kind::Group) }
    }

    /// Someone known by office alone: "Omani envoy", who acts for `owner`, if anyone.
    pub(super) fn office(name: impl Into<String>, owner: Option<String>) -> Self {
        Figure { represents: owner, ..Figure::plain(name, Kind::Person) }
    }

    /// A known actor, `written` so; a capital or a seat of government speaks under its own name.
    pub(super) fn known(entry: &Entry, written: &str) -> Self {
        if gazetteer::is_metonym(entry, written) {
            return Figure::body(written, entry.name.clone());
        }
        Figure::plain(entry.name.clone(), if entry.is_state { Kind::State } else { Kind::Group })
    }

    /// Whether it is a news medium or a nameless journalist, who report and hold no stance.
    pub(super) fn is_medium(&self) -> bool {
        let last = self.name.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let is_media = || self.kind == Kind::Group && self.represents.is_none() && lex::is_medium(&last);
        is_media() || (self.person.is_none() && lex::speaks_on_air(&last))
    }

    /// Whose stance its words and acts are.
    pub(super) fn holder(&self) -> &str {
        self.represents.as_deref().unwrap_or(&self.name)
    }
}

/// "Both sides" reach back this many sentences.
const PAIR_REACH: usize = 4;
/// How many people a pronoun or surname can reach back over.
const PEOPLE_REACH: usize = 24;
/// How many organisations "the union" can reach back over.
pub(super) const GROUP_REACH: usize = 64;

/// Puts `item` last in `list`, once, and forgets the first of more than `reach`.
pub(super) fn make_latest<T>(list: &mut Vec<T>, item: T, reach: usize, is_same: impl Fn(&T) -> bool) {
    list.retain(|other| !is_same(other));
    list.push(item);
    if list.len() > reach {
        list.remove(0);
    }
}

/// The same for a list that many contexts share: it is copied only where it changes.
fn make_latest_shared<T: Clone + PartialEq>(
    list: &mut Rc<Vec<T>>,
    item: T,
    reach: usize,
    is_same: impl Fn(&T) -> bool,
) {
    if list.last() != Some(&item) {
        make_latest(Rc::make_mut(list), item, reach, is_same);
    }
}

/// What the document has said so far, as pronouns need it. Each sentence has one of its own; long lists are shared.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    /// Registry indices of people in the order of mention as subjects; the last is the latest.
    pub(super) recent: Vec<usize>,
    /// The same for people named inside the quotation that goes on.
    pub(super) quoted: Vec<Figure>,
    /// People, named or known by office alone, in the order in which they were subjects or spoke.
    pub(super) latest: Rc<Vec<Figure>>,
    pub(super) states: Rc<States>,
    /// For whom the one speaks whose words are read: whose "the company" is.
    pub(super) own: Option<String>,
    /// Those named by office and owner, the latest last.
    pub(super) offices: Rc<Vec<Figure>>,
    /// The subjects of the latest sentence that had an actor as its subject.
    pub(super) subjects: Vec<Figure>,
    /// The latest two actors joined by "and".
    pub(super) pair: Vec<Figure>,
    /// Sentences since the pair was named.
    pub(super) pair_age: usize,
    /// Who spoke last by the document's own words: whose "the statement" is.
    pub(super) speaker: Option<Figure>,
    /// The latest several people of one kind: "two Omani officials", of whom "one" may speak next.
    pub(super) crowd: Option<Figure>,
    /// The two actors that the headline names or who sign the document.
    pub(super) headline_pair: Vec<Figure>,
    /// Organisations in the order of mention, the latest last.
    pub(super) groups: Rc<Vec<String>>,
    /// Whether this is seen from within someone's own words.
    pub(super) is_spoken: bool,
    /// Whom the introduction to an interview presents: who was spoken of last before the first question.
    pub(super) interviewee: Option<Figure>,
    /// To whom the interviewee spoke.
    pub(super) interviewer: Option<Figure>,
    /// Whose "I" it is where nobody is quoted: who writes an opinion.
    pub(super) author: Option<Figure>,
    /// Whose "I" and "we" it is.
    pub(super) voice: Vec<Figure>,
}

impl Context {
    /// Makes a person the latest one mentioned.
    pub(super) fn meet(&mut self, person: usize) {
        make_latest(&mut self.recent, person, PEOPLE_REACH, |&p| p == person);
    }

    /// Makes a person the latest one mentioned inside the quotation that goes on.
    pub(super) fn meet_in_quotation(&mut self, person: Figure) {
        let number = person.person;
        make_latest(&mut self.quoted, person, PEOPLE_REACH, |f| f.person == number);
    }

    /// Makes someone the latest whom "he" or "the envoy" can mean.
    pub(super) fn hear_of(&mut self, figure: &Figure) {
        if figure.kind != Kind::Person
            || figure.is_nameless()
            || lex::is_interviewer(&figure.name.to_lowercase())
        {
            return;
        }
        make_latest_shared(&mut self.latest, figure.clone(), PEOPLE_REACH, |f| f.name == figure.name);
    }

    /// The latest one known by an office that ends in, or begins with, `noun`: "the envoy", "the same official".
    pub(super) fn in_office(&self, noun: &str) -> Option<&Figure> {
        let says = |name: &str| name.to_lowercase().split(' ').any(|w| w == noun);
        let holds =
            |f: &&Figure| f.person.is_none() && (says(&f.name) || f.called.as_deref().is_some_and(says));
        let only = || {
            let last = self.offices.iter().rfind(holds)?;
            let is_same = |f: &Figure| f.represents == last.represents;
            let longest = || self.offices.iter().filter(holds).max_by_key(|f| f.name.len());
            if self.offices.iter().filter(holds).all(is_same) { longest() } else { None }
        };
        self.latest.iter().rev().find(holds).or_else(only)
    }

    /// Notes someone or a body named by office and owner.
    pub(super) fn meet_office(&mut self, figure: Figure) {
        let name = figure.name.clone();
        make_latest_shared(&mut self.offices, figure, PEOPLE_REACH, |f| f.name == name);
    }

    /// The state spoken of so far whose body `noun` names: "the government".
    pub(super) fn state_behind(&self, noun: &str) -> Option<&str> {
        if let Some(own) = self.own.as_ref().filter(|own| gazetteer::is_state(own)) {
            return Some(own);
        }
        self.states.behind(noun)
    }

    /// Notes the full name of an organisation or state.
    pub(super) fn meet_group(&mut self, name: String) {
        if self.states.counts(&name) {
            Rc::make_mut(&mut self.states).count(&name);
        }
        make_latest_shared(&mut self.groups, name.clone(), GROUP_REACH, |g| *g == name);
    }

    /// Who "both sides" are, unless the pair was named too long ago.
    pub(super) fn latest_pair(&self) -> Vec<Figure> {
        if self.pair_age <= PAIR_REACH { self.pair.clone() } else { self.headline_pair.clone() }
    }

    /// As seen from within what `reporter` says.
    pub(super) fn reported_by(&self, reporter: &Figure) -> Self {
        let mut inner = self.clone();
        // Oman itself would say "its army", not "the army".
        let speaks_as_body = reporter.kind == Kind::Group;
        if let Some(own) =
            reporter.represents.clone().or_else(|| speaks_as_body.then(|| reporter.name.clone()))
        {
            make_latest_shared(&mut inner.groups, own.clone(), GROUP_REACH + 1, |g| *g == own);
            inner.own = Some(own);
        }
        inner
    }

    /// As seen from within `speaker`'s own words: "he" is someone else, "I" is the speaker, "it" is anything.
    pub(super) fn spoken_by(&self, speaker: &Figure) -> Self {
        let mut inner = Context { is_spoken: true, ..self.reported_by(speaker) };
        inner.recent.extend(self.quoted.iter().filter_map(|f| f.person));
        let latest = Rc::make_mut(&mut inner.latest);
        latest.extend_from_slice(&self.quoted);
        inner.recent.retain(|&p| Some(p) != speaker.person);
        latest.retain(|f| f.name != speaker.name);
        inner.subjects.retain(|f| f.kind == Kind::Person && f.name != speaker.name);
        // "We" of a joint statement stays with all who signed it.
        if inner.voice.len() < 2 {
            inner.voice = vec![speaker.clone()];
        }
        inner
    }
}
