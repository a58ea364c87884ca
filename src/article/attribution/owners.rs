//! For whom someone holds office, as a document tells it up to a point.
//!
//! Comes in: sentences, in order. Goes out: whose "its envoy", "the minister" or "the union's leader" is.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::clause;
use super::figure::{GROUP_REACH, make_latest};
use super::gazetteer;
use super::groups::{self, Groups};
use super::lexicon as lex;
use super::mentions::{Mention, Sentence, Who};
use super::states::States;

/// For whom someone holds office, as a document tells it up to a point.
pub(super) struct Owners<'g> {
    pub(super) text: &'g str,
    pub(super) groups: &'g Groups,
    /// The state in whose name the document is written.
    issuer: Option<String>,
    /// Actors in the order of mention, the latest last.
    recent: Vec<String>,
    /// The latest actor that was the subject of a sentence: whose "its" is.
    topic: Option<String>,
    states: States,
    /// For whom the person named last holds office.
    latest_person: Option<String>,
    /// The noun of an office -> for whom it was held where it was first named with an owner.
    offices: HashMap<String, String>,
    /// The office, with its owner, whose holder the latest sentence quoted without a name.
    unnamed: Option<(String, String)>,
    /// Names of people so far.
    met: HashSet<String>,
}

impl<'g> Owners<'g> {
    /// Of a document of which nothing has been read yet.
    pub(super) fn new(text: &'g str, groups: &'g Groups, issuer: Option<String>) -> Self {
        Owners {
            text,
            groups,
            issuer,
            recent: Vec::new(),
            topic: None,
            states: States::default(),
            latest_person: None,
            offices: HashMap::new(),
            unnamed: None,
            met: HashSet::new(),
        }
    }

    /// The actor that a mention names.
    pub(super) fn of(&self, s: &Sentence<'_>, m: &Mention) -> Option<String> {
        groups::owner(self.groups, self.text, s, m, &self.recent)
    }

    /// Whose "its" is.
    pub(super) fn topic(&self) -> Option<String> {
        self.topic.clone()
    }

    /// The state that a document is about.
    pub(super) fn home(&self) -> Option<String> {
        self.states.home().map(str::to_owned)
    }

    /// The state in whose name the document is written.
    pub(super) fn issuer(&self) -> Option<String> {
        self.issuer.clone()
    }

    /// The only state that a document names.
    pub(super) fn only_state(&self) -> Option<String> {
        self.states.only().map(str::to_owned)
    }

    /// The state spoken of last: whose "the government" is.
    pub(super) fn state(&self) -> Option<String> {
        if let Some(topic) = self.topic.as_ref().filter(|t| gazetteer::is_state(t)) {
            return Some(topic.clone());
        }
        self.governed().or_else(|| self.recent.iter().rev().find(|n| gazetteer::is_state(n)).cloned())
    }

    /// The United States, if they were named.
    pub(super) fn american(&self) -> Option<String> {
        self.states.american().map(str::to_owned)
    }

    /// The United Kingdom, if it was named.
    pub(super) fn british(&self) -> Option<String> {
        self.states.named("United Kingdom").map(str::to_owned)
    }

    /// The only state whose government, army or other organ was named.
    pub(super) fn governed(&self) -> Option<String> {
        self.states.governed().map(str::to_owned)
    }

    /// For whom the person named last holds office: whose "his adviser" is.
    pub(super) fn of_latest_person(&self) -> Option<String> {
        self.latest_person.clone()
    }

    /// For whom an office was held when it was named first: "an Omani mediator", later "the mediator".
    pub(super) fn of_office(&self, noun: &str) -> Option<String> {
        self.offices.get(noun).cloned()
    }

    /// The body called by a common noun: "the union's".
    pub(super) fn called(&self, noun: &str) -> Option<String> {
        if lex::is_of_state(noun) {
            return self.american().filter(|_| noun == "administration").or_else(|| self.state());
        }
        let single = || self.groups.only_single(noun).filter(|_| lex::is_firm(noun) || noun == "union");
        self.groups.resolve(noun, &self.recent).or_else(single).map(str::to_owned)
    }

    /// Office and owner of a person who is named for the first time, without a word on who that is, right after an office
    /// was quoted without a name: "…, the EU's envoy said. Ann Roe told reporters …"
    pub(super) fn introduced(&self, name: &str) -> Option<(String, String)> {
        self.unnamed.clone().filter(|_| !self.met.contains(name))
    }

    /// Takes note of a sentence that has been read.
    pub(super) fn pass(&mut self, s: &Sentence<'_>) {
        let clause = clause::find(s, 0..s.tokens.len());
        self.unnamed = None;
        let (subject, aside) = clause.map_or((None, None), |c| (Some(c.subject), c.aside));
        let noun =
            subject.as_ref().filter(|r| r.len() == 2 && s.is(r.start, "the")).map(|r| &s.tokens[r.end - 1]);
        let class = noun.filter(|t| {
            s.mentions.iter().all(|m| m.start > 1) && lex::is_organisation(&t.lower) && !t.quoted
        });
        if let Some(body) = class.and_then(|t| self.groups.resolve(&t.lower, &self.recent)) {
            self.topic = Some(body.to_owned());
        }
        for m in &s.mentions {
            if let Who::Person(person) = &m.who {
                self.met.insert(person.name.clone());
                if person.represents.is_some() {
                    self.latest_person.clone_from(&person.represents);
                }
            }
            let Some(name) = self.of(s, m) else { continue };
            // "farmers from Tarn": "they" are not Tarn.
            let is_bound = m.start > 0
                && (s.tokens[m.start - 1].is_one_of(&["at", "from", "in", "near"])
                    || (m.start > 1
                        && s.is(m.start - 1, "the")
                        && s.tokens[m.start - 2].is_one_of(&["at", "from", "in", "near"])));
            let in_subject =
                |range: &Range<usize>| range.contains(&m.start) && !is_bound && !s.tokens[m.start].quoted;
            let is_self = m.start > 1
                && s.tokens[m.start - 2..m.start].iter().any(|t| t.is_one_of(&["itself", "themselves"]));
            if is_self || subject.as_ref().is_some_and(in_subject) || aside.as_ref().is_some_and(in_subject) {
                self.topic = Some(name.clone());
            }
            let office = s.tokens[m.end..]
                .iter()
                .take(3)
                .find(|t| lex::is_individual(&t.lower) && !t.is_capitalised());
            if let Some(office) = office {
                self.offices.entry(office.lower.clone()).or_insert_with(|| name.clone());
            }
            // "the EU's chief envoy said"
            let said =
                (m.end + 1..s.tokens.len().min(m.end + 6)).find(|&i| s.is(i, "said") || s.is(i, "says"));
            if let Some(last) =
                said.map(|i| &s.tokens[i - 1]).filter(|t| lex::is_individual(&t.lower) && !t.is_capitalised())
            {
                self.unnamed = Some((last.lower.clone(), name.clone()));
            }
            if s.tokens[m.end..]
                .iter()
                .take(3)
                .any(|t| t.is_one_of(&["army", "military", "command", "troops"]))
            {
                self.offices.entry("army".to_owned()).or_insert_with(|| name.clone());
            }
            self.states.count(&name);
            if s.names_organ_of(m) {
                self.states.count_organ(&name);
            }
            make_latest(&mut self.recent, name.clone(), GROUP_REACH, |n| *n == name);
        }
    }
}
