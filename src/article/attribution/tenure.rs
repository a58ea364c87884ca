//! For whom an office is held that no word beside it tells: a minister's state, a manager's company.
//!
//! Comes in: the titles of a person and what the document has said before. Goes out: the owner, where only one can be meant.

use super::lexicon as lex;
use super::mentions::{Mention, PersonMention, Sentence, Who};
use super::owners::Owners;
use super::verbs;

impl Sentence<'_> {
    /// For whom an office is held that the text names without an owner: a minister's state, a manager's company.
    pub(super) fn unnamed_owner(
        &self,
        person: &PersonMention,
        at: usize,
        owners: &Owners<'_>,
    ) -> Option<String> {
        let holds = |list: &[&str]| person.titles.iter().any(|t| list.contains(&t.as_str()));
        if let Some(owner) =
            person.titles.iter().filter(|t| !lex::is_rank(t)).find_map(|t| owners.of_office(t))
        {
            return Some(owner);
        }
        const OF_STATE: &[&str] = &[
            "adviser",
            "advisor",
            "ambassador",
            "envoy",
            "minister",
            "president",
            "secretary",
            "spokesman",
            "spokesperson",
            "spokeswoman",
        ];
        if let Some(issuer) = owners.issuer().filter(|_| holds(OF_STATE)) {
            return Some(issuer);
        }
        if holds(&["presidential"])
            && let Some(state) = owners.governed().or_else(|| owners.state())
        {
            return Some(state);
        }
        self.owner_by_office(person, at, owners)
    }

    /// The same by what kind of office it is: a spokesman's is the topic's, a minister's a state's, a manager's a company's.
    fn owner_by_office(&self, person: &PersonMention, at: usize, owners: &Owners<'_>) -> Option<String> {
        let holds = |list: &[&str]| person.titles.iter().any(|t| list.contains(&t.as_str()));
        let is_voice = person.titles.iter().any(|t| lex::is_voice(t));
        if let Some(owner) = self.house_before(at).filter(|_| is_voice).and_then(|m| owners.of(self, m)) {
            return Some(owner);
        }
        let is_white_house = holds(&["press"]) && holds(&["secretary"]);
        if let Some(state) = owners.american().filter(|_| is_white_house) {
            return Some(state);
        }
        if is_voice || holds(&["mediator", "negotiator", "envoy", "delegate"]) {
            return owners.topic();
        }
        if person.titles.iter().any(|t| lex::is_military(t.trim_end_matches('.')))
            && let Some(owner) = owners.of_office("army").or_else(|| {
                let is_chief = person.titles.iter().chain(&person.portfolio).any(|t| t == "army");
                if is_chief { owners.governed() } else { None }
            })
        {
            return Some(owner);
        }
        let is_ruler = person.titles.iter().any(|t| lex::is_ruler(t));
        if let Some(state) = self.seat_of_state(at).filter(|_| is_ruler || holds(&["minister"])) {
            return Some(state);
        }
        // "President Ann Roe" of the one state whose government the document speaks of
        if is_ruler && at > 0 && self.tokens[at - 1].is_capitalised() {
            return owners.governed();
        }
        let is_of_peace = holds(&["commissioner"]) && person.portfolio.iter().any(|p| p == "peace");
        // "Economy Secretary Ann Roe"
        let is_portfolio = holds(&["secretary"])
            && person.portfolio.iter().any(|p| lex::is_portfolio(p))
            && !holds(&["press"]);
        if holds(&["minister", "ambassador"]) || is_of_peace || is_portfolio {
            return owners.state();
        }
        if holds(&["clerk"]) {
            return owners.called("council");
        }
        if holds(&["superintendent"]) {
            return owners.called("district");
        }
        if holds(&["executive", "manager", "boss", "owner"]) {
            return owners.called("company");
        }
        if holds(&["steward", "organiser", "organizer"]) { owners.called("union") } else { None }
    }

    /// "At U.N. headquarters, spokesman Bob Doe said": whose house the last name before `at` tells.
    fn house_before(&self, at: usize) -> Option<&Mention> {
        (0..at).rev().find_map(|i| self.mention_at(i)).filter(|m| {
            self.tokens[m.end..].first().is_some_and(|t| t.is_one_of(&["headquarters", "house", "office"]))
        })
    }

    /// "In Kyiv, President Ann Roe said": the state in whose capital the sentence begins.
    fn seat_of_state(&self, at: usize) -> Option<String> {
        let seat = self.mention_at(1).filter(|m| self.is(0, "in") && self.is(m.end, ",") && m.end < at)?;
        match &seat.who {
            Who::Actor { entry, adjective: false } if entry.is_state => Some(entry.name.clone()),
            _ => None,
        }
    }

    /// "Shop steward Ann Roe said the Dockers' Union had …": the body whose acts an official of no named body reports.
    pub(super) fn reported_body(
        &self,
        person: &PersonMention,
        verb: usize,
        owners: &Owners<'_>,
    ) -> Option<String> {
        const LEADERS: &[&str] =
            &["steward", "secretary", "manager", "director", "executive", "chairman", "chairwoman", "chair"];
        if !person.titles.iter().any(|t| LEADERS.contains(&t.as_str()) || lex::is_voice(t))
            || !verbs::lookup(&self.tokens[verb].lower)?.class.takes_clause()
        {
            return None;
        }
        let skipped = |i: &usize| self.is(*i, "that") || self.is(*i, "the");
        let first = (verb + 1..self.tokens.len()).find(|i| !skipped(i))?;
        let m = self.mention_at(first).filter(|m| matches!(m.who, Who::Organisation))?;
        owners.of(self, m)
    }
}
