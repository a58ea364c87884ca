//! What stands beside a name, and whether it shows that the words are a person's name at all.
//!
//! Comes in: a sentence whose names are found. Goes out: for each person the office, the actor it is held for, and
//! what the verb behind the name tells.

use super::lexicon as lex;
use super::mentions::{Mention, PersonMention, Sentence, Who};
use super::owners::Owners;
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
}
