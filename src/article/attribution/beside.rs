//! What stands beside a name, and whether it shows that the words are a person's name at all.
//!
//! Comes in: a sentence whose names are found. Goes out: for each person the office, the actor it is held for, and
//! what the verb behind the name tells.

use super::clause;
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
        self.read_left(mention, &mut person, owners);
        self.read_right(mention, &mut person, owners);
        if person.represents.is_none() && !person.titles.is_empty() && !person.is_apart {
            person.represents = self.unnamed_owner(&person, mention.start, owners);
        }
        person.is_apart |= self.threatens_government(mention.end);
        let verb = self.after_adverbs(mention.end);
        let speaks = verb.is_some_and(|i| self.is_finite(i, Class::is_speech));
        let is_bare =
            person.represents.is_none() && !person.is_apart && mention.start == 0 && mention.end > 1;
        if is_bare
            && (speaks || self.is(mention.end, ","))
            && let Some((title, owner)) = owners.introduced(&person.name)
        {
            person.titles.push(title);
            person.represents = Some(owner);
        }
        if let Some(verb) = verb.filter(|_| person.represents.is_none()) {
            person.represents = self.reported_body(&person, verb, owners);
        }
        // "Doe refused", "Han Ji-won issued": a name that acts, unless it may only be capitalised as first word.
        person.acts = !self.title_case && verb.is_some_and(|i| self.is_finite(i, |c| c == Class::Act));
        person.evident |= person.acts && (mention.start > 0 || mention.end - mention.start >= 2);
        person.evident |= self.is_said_to_speak(mention);
        person
    }

    /// "threatened to quit the cabinet", "would bring down the government": one who acts against those he serves.
    fn threatens_government(&self, at: usize) -> bool {
        const LEAVES: &[&str] = &["bolt", "down", "leave", "quit", "resign", "topple"];
        let verb =
            self.tokens.get(at).is_some_and(|t| t.is_one_of(&["threatened", "threatens", "vowed", "vows"]));
        verb && (at + 1..self.tokens.len().min(at + 8)).any(|i| {
            let behind = self.tokens[i + 1..].iter().take(3);
            self.tokens[i].is_one_of(LEAVES)
                && behind.clone().any(|t| t.is_one_of(&["cabinet", "coalition", "government"]))
        })
    }

    /// Titles before the name: "the firm's manager, Mr. Bob Roe".
    fn read_left(&self, mention: &Mention, person: &mut PersonMention, owners: &Owners<'_>) {
        self.read_title(mention.start, person, owners);
        // "Its negotiator, former councillor Ann Roe": what someone is goes before what someone was.
        let former = (mention.start.saturating_sub(5)..mention.start).find(|&i| self.is(i, "former"));
        if let Some(comma) = former.and_then(|i| i.checked_sub(1)).filter(|&c| c > 0 && self.is(c, ","))
            && self.is_office_noun(comma - 1)
        {
            person.is_apart = false;
            self.read_title(comma, person, owners);
            person.is_apart = false;
            return;
        }
        let is_rank = |i: &usize| lex::is_rank(&self.tokens[*i].lower);
        let start = (0..mention.start).rev().take_while(is_rank).last().unwrap_or(mention.start);
        if start < 2 || !self.is(start - 1, ",") {
            return;
        }
        let is_full = mention.end - mention.start >= 2 || start < mention.start;
        if self.is_office_noun(start - 2) {
            self.read_title(start - 1, person, owners);
        } else if is_full && self.is(mention.end, ",") {
            self.read_office_phrase(start - 1, person, owners);
        }
    }

    /// What is set off behind a full name, an age stepped over ("Ann Roe, 58, a nurse"), or where a name is from.
    fn read_right(&self, mention: &Mention, person: &mut PersonMention, owners: &Owners<'_>) {
        let end = mention.end;
        let is_set_off = self.is(end, ",") || self.is(end, "(");
        // "Ann, a 27-year-old baker, told"
        let is_described = !self.title_case
            && self.is(end, ",")
            && self
                .tokens
                .get(end + 1)
                .is_some_and(|t| t.is_one_of(&["a", "an"]) || t.text.chars().all(|c| c.is_ascii_digit()))
            && self.speaks_behind_aside(end, |i| self.is_finite(i, Class::is_speech));
        if (mention.end - mention.start < 2 && !is_described) || !is_set_off {
            return self.read_origin(end, person, owners);
        }
        person.evident |= is_described;
        let is_age = self.tokens.get(end + 1).is_some_and(|t| t.text.chars().all(|c| c.is_ascii_digit()));
        person.evident |= is_age;
        // "Roe, D-Ohio, who leads the caucus"
        let is_party = self
            .tokens
            .get(end + 1)
            .is_some_and(|t| ["D-", "R-", "I-"].iter().any(|p| t.text.starts_with(p)) && t.text.len() > 2);
        let start = if (is_age || is_party) && self.is(end + 2, ",") { end + 3 } else { end + 1 };
        self.read_apposition(start, person, owners);
    }

    /// Whether a verb of saying, or "according to", shows that the name is a person's.
    fn is_said_to_speak(&self, mention: &Mention) -> bool {
        let Mention { start, end, .. } = *mention;
        let speaks = |i: usize| self.is_finite(i, Class::is_speech);
        // "Ann Roe said"
        let before_verb = !self.title_case && self.after_adverbs(end).is_some_and(speaks);
        // "the envoy, Ann Roe, said"
        let is_set_off = start > 0 && self.is(start - 1, ",") && self.is(end, ",") && end - start >= 2;
        let in_aside = is_set_off && self.after_adverbs(end + 1).is_some_and(speaks);
        // "“…,” said Ann Roe"
        let behind_verb = start > 1 && speaks(start - 1) && !self.tokens[start - 2].is_word();
        let by_account = start > 1 && self.is(start - 2, "according") && self.is(start - 1, "to");
        // "a fighter who goes by Roe", "known as Roe"
        let told = |words: &[&str]| {
            (start.saturating_sub(4)..start)
                .any(|i| self.tokens[i].is_one_of(words) && self.mention_at(i).is_none())
        };
        let is_so_called = start > 1
            && ((self.is(start - 1, "by") && told(&["goes", "went"]))
                || (self.is(start - 1, "named")
                    && end - start > 1
                    && lex::is_office(&self.tokens[start - 2].lower))
                || (self.is(start - 1, "as") && told(&["known", "name", "himself", "herself"])));
        // "43-year-old Ann Roe"
        let is_aged = start > 0 && self.tokens[start - 1].lower.ends_with("-year-old");
        before_verb
            || in_aside
            || behind_verb
            || by_account
            || is_aged
            || is_so_called
            || (end - start >= 2 && !self.title_case && self.speaks_behind_aside(end, speaks))
    }

    /// "Ann Roe, of Leeds, said", "Ann Roe (Leeds) said": whether what is set off at `open` leads to a verb that `speaks`.
    fn speaks_behind_aside(&self, open: usize, speaks: impl Fn(usize) -> bool) -> bool {
        let closer = if self.is(open, "(") { ")" } else { "," };
        if !self.is(open, ",") && !self.is(open, "(") {
            return false;
        }
        let end = self.tokens.len().min(open + clause::LONGEST_ASIDE);
        let is_closer = |&i: &usize| self.is(i, closer);
        (open + 1..end).filter(is_closer).any(|i| self.after_adverbs(i + 1).is_some_and(&speaks))
    }

    /// Whether token `i` can be a verb of a class that `fits`, in a form that governs a clause.
    fn is_finite(&self, i: usize, fits: impl Fn(Class) -> bool) -> bool {
        verbs::lookup(&self.tokens[i].lower)
            .is_some_and(|v| fits(v.class) && matches!(v.form, Form::Past | Form::Third))
    }

    /// The first token at or after `at` that is no adverb.
    fn after_adverbs(&self, at: usize) -> Option<usize> {
        (at..self.tokens.len()).find(|&i| !lex::is_adverb(&self.tokens[i].lower))
    }
}
