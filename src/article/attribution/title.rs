//! Titles before a name, and for whom an office is held.
//!
//! Comes in: where a name begins. Goes out: the titles left of it and their owner: "Omani foreign minister".

use super::lexicon as lex;
use super::mentions::{PersonMention, Sentence, Who};
use super::owners::Owners;
use super::token::Clitic;
use super::verbs::{self, Form};

impl Sentence<'_> {
    /// Whether token `i` is the noun of an office or a trade, outside any name.
    pub(super) fn is_office_noun(&self, i: usize) -> bool {
        self.mention_at(i).is_none() && self.tokens.get(i).is_some_and(|t| lex::is_office(&t.lower))
    }

    /// Reads the words left of `end` as a title: "Omani foreign minister", "Secretary of State", "Envoy for Mali".
    pub(super) fn read_title(&self, end: usize, person: &mut PersonMention, owners: &Owners<'_>) {
        // "the governor of Tarn" is not Tarn's title.
        if end > 0
            && self.mention_at(end - 1).is_none()
            && self.tokens[end - 1].is_one_of(&["of", "for", "to", "in", "at", "from"])
        {
            return;
        }
        let mut unknown = 0;
        let mut owner = None;
        let mut is_apart = false;
        let mut has_office = false;
        for i in (0..end).rev().take(12) {
            let token = &self.tokens[i];
            let lower = token.lower.as_str();
            if self.is_office_noun(i) && token.clitic == Clitic::None {
                person.titles.push(lower.to_owned());
                has_office |= !lex::is_rank(lower);
                is_apart |= lex::speaks_for_none(lower) && !lex::is_rank(lower);
                unknown = 0;
                continue;
            }
            if let Some(m) = self.mention_at(i) {
                let belongs = m.start == 0 || !self.tokens[m.start - 1].is_one_of(&["to", "for", "with"]);
                let belongs = belongs
                    && !(self.is(m.start.wrapping_sub(1), "the") && self.is(m.start.wrapping_sub(2), "to"));
                // "Labour Minister"
                let is_portfolio = m.end - m.start == 1
                    && self.tokens.get(m.end).is_some_and(|t| t.is_one_of(&["minister", "secretary"]))
                    && matches!(&m.who, Who::Actor { entry, .. } if !entry.is_state);
                if (!person.titles.is_empty() || token.is_capitalised()) && belongs && !is_portfolio {
                    // "Club captain Ann Roe" begins with a common noun.
                    let is_common = m.start == 0 && m.end == 1 && lex::is_organisation(lower);
                    let of = if is_common { owners.called(lower) } else { owners.of(self, m) };
                    owner = of.or(owner);
                }
                if !person.titles.is_empty() && token.clitic == Clitic::Possessive {
                    break;
                }
                continue;
            }
            is_apart |= lex::speaks_for_none(lower) && !lex::is_rank(lower);
            if has_office && token.clitic == Clitic::Possessive {
                owner = owner.or_else(|| owners.called(lower));
                break;
            }
            // "union president Ann Roe"
            if has_office
                && owner.is_none()
                && (lex::is_group(lower) || lex::is_organisation(lower))
                && !token.is_capitalised()
            {
                owner = owners.called(lower);
            }
            if has_office && matches!(lower, "his" | "her") {
                if person.titles.iter().any(|t| lex::is_kin(t)) {
                    is_apart = true;
                    break;
                }
                owner = owner.or_else(|| owners.of_latest_person());
                break;
            }
            if has_office && matches!(lower, "its" | "their") {
                owner = owner.or_else(|| owners.topic());
                break;
            }
            let links = matches!(lower, "of" | "for" | "to" | "the")
                || (lower == "and"
                    && i + 1 < end
                    && self.is_office_noun(i + 1)
                    && i > 0
                    && self.is_office_noun(i - 1));
            let names_office = token.is_capitalised() && !lex::is_function_word(lower) && token.is_word();
            unknown += usize::from(!links && !names_office);
            let is_plain = token.is_word()
                && !lex::is_function_word(lower)
                && verbs::lookup(lower).is_none_or(|v| v.form == Form::Ing);
            if is_plain && !person.titles.is_empty() && unknown <= 3 {
                person.portfolio.push(lower.to_owned());
            }
            // "In Ottawa the foreign affairs critic, Ann Roe": the article opens the title.
            let is_article = lower == "the"
                && !self.tokens.get(i.wrapping_sub(1)).is_some_and(|t| t.is_one_of(&["of", "for", "to"]));
            if is_article && !person.titles.is_empty() {
                break;
            }
            if !(links || names_office || (!person.titles.is_empty() && is_plain && unknown <= 3)) {
                break;
            }
        }
        if !person.titles.is_empty() {
            person.evident = true;
            person.is_apart |= is_apart;
            person.represents = person.represents.take().or(owner);
        }
    }

    /// "The envoy of the Arab League, Ann Roe, …": the phrase that ends at the comma `end`.
    pub(super) fn read_office_phrase(&self, end: usize, person: &mut PersonMention, owners: &Owners<'_>) {
        let mut depth = 0_usize;
        let stops = |i: &usize| {
            match self.tokens[*i].text {
                ")" => depth += 1,
                "(" => depth = depth.saturating_sub(1),
                _ => return depth == 0 && (self.tokens[*i].is_break() || self.tokens[*i].quoted),
            }
            false
        };
        let start = (0..end).rev().find(stops).map_or(0, |i| i + 1);
        let opens = |i: &usize| *i < end && self.tokens[*i].is_one_of(&["the", "its", "their", "a", "an"]);
        let noun =
            (start..end.min(start + 4)).find(|&i| self.is_office_noun(i) && !self.is_office_noun(i + 1));
        let Some(noun) = noun.filter(|_| opens(&start)) else { return };
        if !self.tokens.get(noun + 1).is_some_and(|t| t.is_one_of(&["of", "for", "from", "to"])) {
            return;
        }
        person.evident = true;
        person.titles.push(self.tokens[noun].lower.clone());
        person.represents = person.represents.take().or_else(|| self.owner_in(noun + 1..end, owners));
    }

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
        let is_voice = holds(&["spokesman", "spokeswoman", "spokesperson"]);
        // "At U.N. headquarters, spokesman Bob Doe said"
        let beside = (0..at).rev().find_map(|i| self.mention_at(i)).filter(|m| {
            self.tokens[m.end..].first().is_some_and(|t| t.is_one_of(&["headquarters", "house", "office"]))
        });
        if let Some(owner) = beside.filter(|_| is_voice).and_then(|m| owners.of(self, m)) {
            return Some(owner);
        }
        if holds(&["spokesman", "spokeswoman", "spokesperson", "mediator", "negotiator", "envoy", "delegate"])
        {
            return owners.topic();
        }
        if person.titles.iter().any(|t| lex::is_military(t.trim_end_matches('.')))
            && let Some(owner) = owners.of_office("army")
        {
            return Some(owner);
        }
        if holds(&["minister", "ambassador"]) {
            return owners.state();
        }
        if holds(&["executive", "manager", "boss", "owner"]) {
            return owners.called("company");
        }
        if holds(&["steward", "organiser", "organizer"]) { owners.called("union") } else { None }
    }

    /// "Shop steward Ann Roe said the Dockers' Union had …": the body whose acts an official of no named body reports.
    pub(super) fn reported_body(
        &self,
        person: &PersonMention,
        verb: usize,
        owners: &Owners<'_>,
    ) -> Option<String> {
        const OFFICIALS: &[&str] = &[
            "steward",
            "secretary",
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "manager",
            "director",
            "executive",
            "chairman",
            "chairwoman",
            "chair",
        ];
        if !person.titles.iter().any(|t| OFFICIALS.contains(&t.as_str()))
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
