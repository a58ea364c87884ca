//! What stands beside a name: titles before it, appositions after it, verbs that only people govern.
//!
//! Comes in: a sentence whose names are found. Goes out: for each person the office, the actor it is held for, and
//! whether anything shows that the words are a person's name at all.

use std::ops::Range;

use super::lexicon as lex;
use super::mentions::{Mention, PersonMention, Sentence, Who};
use super::registry::Owners;
use super::token::Clitic;
use super::verbs::{self, Class, Form};

impl Sentence<'_> {
    /// Notes what stands left and right of each name that may be a person's.
    pub(super) fn look_around(&mut self, owners: &mut Owners<'_>) {
        for i in 0..self.mentions.len() {
            if let Who::Person(person) = &self.mentions[i].who {
                let seen = self.beside(&self.mentions[i], person.name.clone(), owners);
                self.mentions[i].who = Who::Person(seen);
            }
        }
        owners.pass(self);
    }

    /// "He has led the Plains Army since May": for whom the one spoken of before holds office.
    pub(super) fn office_of_pronoun(&self, owners: &Owners<'_>) -> Option<String> {
        let starts = self.is(0, "he") || self.is(0, "she");
        let verb = self.leading_verb(1..self.tokens.len().min(4)).filter(|_| starts)?;
        self.owner_in(verb + 1..self.tokens.len().min(verb + 8), owners)
    }

    /// The person called `name`, with what stands left and right of the mention.
    fn beside(&self, mention: &Mention, name: String, owners: &Owners<'_>) -> PersonMention {
        let mut person = PersonMention { name, ..PersonMention::default() };
        let words = mention.end - mention.start;
        self.read_title(mention.start, &mut person, owners);
        // "the firm's manager, Mr. Bob Roe"
        let is_form = |i: &usize| lex::is_rank(&self.tokens[*i].lower);
        let start = (0..mention.start).rev().take_while(is_form).last().unwrap_or(mention.start);
        let before_comma = start >= 2
            && self.is(start - 1, ",")
            && (words >= 2 || start < mention.start || self.is_office_noun(start - 2));
        if before_comma && self.is_office_noun(start - 2) {
            self.read_title(start - 1, &mut person, owners);
        } else if before_comma && self.is(mention.end, ",") {
            self.read_office_phrase(start - 1, &mut person, owners);
        }
        if words >= 2 && (self.is(mention.end, ",") || self.is(mention.end, "(")) {
            let is_age =
                self.tokens.get(mention.end + 1).is_some_and(|t| t.text.chars().all(|c| c.is_ascii_digit()));
            let start =
                if is_age && self.is(mention.end + 2, ",") { mention.end + 3 } else { mention.end + 1 };
            self.read_apposition(start, &mut person, owners);
        } else {
            self.read_origin(mention.end, &mut person, owners);
        }
        if person.represents.is_none() && !person.titles.is_empty() && !person.is_apart {
            person.represents = self.unnamed_owner(&person, mention.start, owners);
        }
        let after = (mention.end..self.tokens.len()).find(|&i| !lex::is_adverb(&self.tokens[i].lower));
        let is_speech = |i: usize| verbs::lookup(&self.tokens[i].lower).is_some_and(|v| v.class.is_speech());
        let is_finite = |i: usize| {
            verbs::lookup(&self.tokens[i].lower).is_some_and(|v| matches!(v.form, Form::Past | Form::Third))
        };
        person.evident |= !self.title_case && after.is_some_and(|i| is_speech(i) && is_finite(i));
        if let Some(verb) = after.filter(|_| person.represents.is_none()) {
            person.represents = self.reported_body(&person, verb, owners);
        }
        // "the envoy, Ann Roe, said"
        let between_commas =
            mention.start > 0 && self.is(mention.start - 1, ",") && self.is(mention.end, ",");
        let resumed = (mention.end + 1..self.tokens.len()).find(|&i| !lex::is_adverb(&self.tokens[i].lower));
        person.evident |=
            between_commas && words >= 2 && resumed.is_some_and(|i| is_speech(i) && is_finite(i));
        // "Doe refused", "Han Ji-won issued": a name that acts, unless it may only be capitalised as first word.
        let acts = |i: usize| {
            is_finite(i) && verbs::lookup(&self.tokens[i].lower).is_some_and(|v| v.class == Class::Act)
        };
        person.acts = !self.title_case && after.is_some_and(acts);
        person.evident |= person.acts && (mention.start > 0 || words >= 2);
        let is_said_before =
            mention.start > 0 && is_speech(mention.start - 1) && is_finite(mention.start - 1);
        let quote_before = mention.start > 1 && !self.tokens[mention.start - 2].is_word();
        person.evident |= is_said_before && quote_before;
        person.evident |=
            mention.start > 1 && self.is(mention.start - 2, "according") && self.is(mention.start - 1, "to");
        person
    }

    fn is_office_noun(&self, i: usize) -> bool {
        self.mention_at(i).is_none() && {
            let lower = self.tokens[i].lower.as_str();
            lex::is_office(lower)
        }
    }

    /// Reads the words left of `end` as a title: "Omani foreign minister", "Secretary of State", "Envoy for Mali".
    fn read_title(&self, end: usize, person: &mut PersonMention, owners: &Owners<'_>) {
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
    fn read_office_phrase(&self, end: usize, person: &mut PersonMention, owners: &Owners<'_>) {
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
    fn unnamed_owner(&self, person: &PersonMention, at: usize, owners: &Owners<'_>) -> Option<String> {
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
    fn reported_body(&self, person: &PersonMention, verb: usize, owners: &Owners<'_>) -> Option<String> {
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

    /// "Ann Roe of the Miners' League", "Bob Doe from Oman": whom a name's complement tells them to belong to.
    fn read_origin(&self, at: usize, person: &mut PersonMention, owners: &Owners<'_>) {
        if !self.tokens.get(at).is_some_and(|t| t.is_one_of(&["of", "from", "for", "with"])) {
            return;
        }
        let is_small = |i: &usize| {
            self.mention_at(*i).is_none()
                && (self.is(*i, "the")
                    || (self.tokens[*i].is_word()
                        && !self.tokens[*i].is_capitalised()
                        && !lex::is_function_word(&self.tokens[*i].lower)))
        };
        let Some(first) = (at + 1..self.tokens.len().min(at + 4)).find(|i| !is_small(i)) else { return };
        let Some(m) = self.mention_at(first).filter(|m| m.start == first) else { return };
        let is_body = match &m.who {
            Who::Organisation => {
                !self.tokens[m.start..m.end].iter().any(|t| lex::is_learned(&t.lower))
                    && !self.is_consultancy(m.end)
            }
            Who::Actor { entry, .. } => !entry.is_state || self.is(at, "of"),
            _ => false,
        };
        person.evident |= is_body || matches!(m.who, Who::Organisation);
        if is_body && person.represents.is_none() {
            person.represents = owners.of(self, m);
        }
    }

    /// Reads the words from `start` to the next break as an apposition: "spokesman for the Kremlin", "who leads the union".
    fn read_apposition(&self, start: usize, person: &mut PersonMention, owners: &Owners<'_>) {
        let end =
            (start..self.tokens.len()).find(|&i| self.tokens[i].is_break()).unwrap_or(self.tokens.len());
        let words = &self.tokens[start..end];
        if words.first().is_some_and(|t| t.is_one_of(&["who", "whose", "of", "from", "ret"])) {
            person.evident = true;
            self.read_relative(start..end, person, owners);
            return;
        }
        // "a fisherman who leads the delegation", "a teacher who is president of the union"
        if let Some(verb) =
            (start..end).find(|&i| self.is(i, "who")).and_then(|who| self.leading_verb(who..end))
            && person.represents.is_none()
        {
            person.evident = true;
            person.represents = self.owner_in(verb + 1..end, owners);
        }
        if let Some(owner) = self.owner_of_office(start..end, owners).filter(|_| person.represents.is_none())
        {
            person.evident = true;
            person.represents = Some(owner);
            return;
        }
        let Some(title) = (start..end).take(8).position(|i| {
            let is_set_off = self.tokens[start].is_one_of(&["the", "a", "an", "its", "their"]);
            self.is_office_noun(i)
                && (is_set_off || !self.tokens[i].is_capitalised())
                && !self.is(i, "former")
        }) else {
            return;
        };
        let is_clause = |i: usize| {
            let t = &self.tokens[i];
            let is_verb = verbs::lookup(&t.lower).is_some() && self.mention_at(i).is_none();
            is_verb || lex::is_subordinator(&t.lower) || t.is("and")
        };
        // "…, Omani minister Ann Roe" is the next name of a list.
        let is_next_name = self.mentions.iter().any(|m| {
            (start..end).contains(&m.start)
                && matches!(m.who, Who::Person(_))
                && !self.tokens[start..m.start].iter().any(|t| lex::is_preposition(&t.lower))
        });
        if is_next_name || (start..start + title).any(is_clause) {
            return;
        }
        person.evident = true;
        person.titles.push(words[title].lower.clone());
        // "a former cook who leads the delegation"
        let relative = (start..end).find(|&i| self.is(i, "who"));
        let serves = relative.and_then(|w| self.leading_verb(w..end));
        let noun_end = relative.unwrap_or(end);
        person.is_apart |= person.represents.is_none()
            && serves.is_none()
            && self.tokens[start..noun_end].iter().any(|t| lex::speaks_for_none(&t.lower));
        if person.represents.is_none() {
            let range = serves.map_or(start..noun_end, |verb| verb + 1..end);
            person.represents = self.owner_in(range, owners);
        }
    }

    /// "the authority's administrator", "a leading figure in the Dune Front": an office by any noun, of a named body.
    fn owner_of_office(&self, range: Range<usize>, owners: &Owners<'_>) -> Option<String> {
        let first = range.start;
        if !self.tokens.get(first).is_some_and(|t| t.is_one_of(&["the", "a", "an"])) || range.len() < 3 {
            return None;
        }
        let is_clause = |i: usize| {
            self.mention_at(i).is_none() && (lex::is_subordinator(&self.tokens[i].lower) || self.is(i, "who"))
        };
        if range.clone().any(is_clause) {
            return None;
        }
        // "the authority's administrator"
        if let Some(i) = range.clone().skip(1).take(3).find(|&i| self.tokens[i].clitic == Clitic::Possessive)
        {
            return match self.mention_at(i) {
                Some(m) if !matches!(m.who, Who::Person(_)) => owners.of(self, m),
                Some(_) => None,
                None => owners.called(&self.tokens[i].lower),
            };
        }
        // "a leading figure in the Dune Front"
        let binds = range.clone().find(|&i| {
            self.mention_at(i).is_none()
                && self.tokens[i].is_one_of(&["of", "in", "with", "for"])
                && i > first + 1
        })?;
        let m = (binds + 1..range.end)
            .find_map(|i| self.mention_at(i))
            .filter(|m| m.start <= binds + 4 && matches!(m.who, Who::Organisation))?;
        let is_learned = self.tokens[m.start..m.end].iter().any(|t| lex::is_learned(&t.lower));
        if is_learned { None } else { owners.of(self, m) }
    }

    /// "who leads the union", "whose party holds the hills", "of the Miners' League".
    fn read_relative(&self, range: Range<usize>, person: &mut PersonMention, owners: &Owners<'_>) {
        let first = range.start;
        let second = self.tokens.get(first + 1).map_or("", |t| t.lower.as_str());
        let leads = self.leading_verb(range.clone());
        if let Some(verb) = leads.filter(|_| self.is(first, "who")) {
            person.represents =
                person.represents.take().or_else(|| self.owner_in(verb + 1..range.end, owners));
        } else if self.is(first, "whose") && self.mention_at(first + 1).is_some() {
            person.represents =
                person.represents.take().or_else(|| self.owner_in(first + 1..range.end, owners));
        } else if self.is(first, "of") || (self.is(first, "from") && second == "the") {
            self.read_origin(first, person, owners);
        }
    }

    /// The verb in `range` by which someone leads or speaks for a body, or the "of" in "is president of".
    fn leading_verb(&self, range: Range<usize>) -> Option<usize> {
        let leads = |i: usize| {
            self.mention_at(i).is_none()
                && lex::is_leading(&self.tokens[i].lower)
                && !lex::is_title(&self.tokens[i].lower)
        };
        let holds = |i: usize| {
            self.tokens[i].is_one_of(&["is", "was"])
                && (i + 1..range.end).take(3).any(|k| self.is_office_noun(k) && self.is(k + 1, "of"))
        };
        range.clone().find(|&i| leads(i) || holds(i))
    }

    /// "…, a consultancy in Lagos": whose people speak for themselves.
    fn is_consultancy(&self, at: usize) -> bool {
        self.is(at, ",")
            && (at + 1..self.tokens.len().min(at + 6))
                .take_while(|&i| !self.tokens[i].is_break())
                .any(|i| lex::is_consultancy(&self.tokens[i].lower))
    }

    /// The first body, state or "the union" named in `range`.
    fn owner_in(&self, range: Range<usize>, owners: &Owners<'_>) -> Option<String> {
        for i in range {
            let token = &self.tokens[i];
            match self.mention_at(i) {
                // "commands the corps based in Leh"
                Some(m)
                    if i > 0
                        && self.tokens[m.start.saturating_sub(1)]
                            .is_one_of(&["in", "at", "near", "around"])
                        && !matches!(m.who, Who::Organisation) => {}
                // "of the Omani Energy Forum" is not "of Oman"; of a university nobody is an organ.
                Some(m) => match &m.who {
                    Who::Person(_) => {}
                    Who::Actor { adjective: true, .. } if self.is_name_token(m.end, m.end) => {}
                    _ if self.tokens[m.start..m.end].iter().any(|t| lex::is_learned(&t.lower)) => {
                        return None;
                    }
                    _ => return owners.of(self, m),
                },
                None if token.is_one_of(&["its", "their"]) => return owners.topic(),
                None if token.is_one_of(&["who", "whose", "which", "that"]) => return None,
                None if lex::is_group(&token.lower)
                    || lex::is_of_state(&token.lower)
                    || lex::is_organisation(&token.lower) =>
                {
                    let the = (i.saturating_sub(4)..i).rev().find(|&k| self.is(k, "the"));
                    let Some(the) = the.filter(|&k| {
                        (k + 1..i).all(|j| {
                            self.mention_at(j).is_none() && !lex::is_function_word(&self.tokens[j].lower)
                        })
                    }) else {
                        continue;
                    };
                    let described = || (the + 2 <= i).then(|| self.phrase(owners.text, the + 1, i + 1));
                    let called = owners.called(&token.lower).or_else(described);
                    if called.is_some() {
                        return called;
                    }
                }
                None => {}
            }
        }
        None
    }
}
