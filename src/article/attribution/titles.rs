//! What stands beside a name: titles before it, appositions after it, verbs that only people govern.
//!
//! Comes in: a sentence whose names are found. Goes out: for each person the office, the actor it is held for, and
//! whether anything shows that the words are a person's name at all.

use super::lexicon as lex;
use super::mentions::{Mention, PersonMention, Sentence, Who};
use super::token::Clitic;
use super::verbs::{self, Class, Form};

impl Sentence<'_> {
    /// The person called `name`, with what stands left and right of the mention.
    pub(super) fn look_around(&self, mention: &Mention, name: String) -> PersonMention {
        let mut person = PersonMention { name, ..PersonMention::default() };
        let words = mention.end - mention.start;
        let before_comma = mention.start >= 2 && words >= 2 && self.is(mention.start - 1, ",");
        if before_comma && lex::is_title(&self.tokens[mention.start - 2].lower) {
            self.read_title(mention.start - 1, &mut person);
        } else {
            self.read_title(mention.start, &mut person);
        }
        if words >= 2 && (self.is(mention.end, ",") || self.is(mention.end, "(")) {
            self.read_apposition(mention.end + 1, &mut person);
        }
        let after = (mention.end..self.tokens.len()).find(|&i| !lex::is_adverb(&self.tokens[i].lower));
        let is_speech = |i: usize| verbs::lookup(&self.tokens[i].lower).is_some_and(|v| v.class.is_speech());
        let is_finite = |i: usize| {
            verbs::lookup(&self.tokens[i].lower).is_some_and(|v| matches!(v.form, Form::Past | Form::Third))
        };
        person.evident |= !self.title_case && after.is_some_and(|i| is_speech(i) && is_finite(i));
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

    /// Reads the words left of `end` as a title: "Omani foreign minister", "Secretary of State", "Envoy for Mali".
    fn read_title(&self, end: usize, person: &mut PersonMention) {
        let mut unknown = 0;
        let mut owner = None;
        let mut is_former = false;
        for i in (0..end).rev().take(12) {
            let token = &self.tokens[i];
            let lower = token.lower.as_str();
            if lex::is_title(lower) && (token.clitic == Clitic::None) {
                person.title.get_or_insert_with(|| lower.to_owned());
                is_former |= lower == "former" || lower.starts_with("ex-");
                unknown = 0;
                continue;
            }
            if let Some(m) = self.mention_at(i) {
                let belongs = m.start == 0 || !self.tokens[m.start - 1].is_one_of(&["to", "for", "with"]);
                let belongs = belongs
                    && !(self.is(m.start.wrapping_sub(1), "the") && self.is(m.start.wrapping_sub(2), "to"));
                if let Who::Actor { entry, .. } = &m.who
                    && (person.title.is_some() || token.is_capitalised())
                    && belongs
                {
                    owner = Some(entry.name);
                }
                if person.title.is_some() && token.clitic == Clitic::Possessive {
                    break;
                }
                continue;
            }
            let links = matches!(lower, "of" | "for" | "to" | "the")
                || (lower == "and"
                    && i + 1 < end
                    && lex::is_title(&self.tokens[i + 1].lower)
                    && i > 0
                    && lex::is_title(&self.tokens[i - 1].lower));
            let names_office = token.is_capitalised() && !lex::is_function_word(lower) && token.is_word();
            unknown += usize::from(!links && !names_office);
            let is_plain = token.is_word() && !lex::is_function_word(lower) && verbs::lookup(lower).is_none();
            if !(links || names_office || (person.title.is_some() && is_plain && unknown <= 3)) {
                break;
            }
        }
        if person.title.is_some() {
            person.evident = true;
            person.represents = if is_former { None } else { owner };
        }
    }

    /// Reads the words from `start` to the next break as an apposition: "spokesman for the Kremlin".
    fn read_apposition(&self, start: usize, person: &mut PersonMention) {
        let end =
            (start..self.tokens.len()).find(|&i| self.tokens[i].is_break()).unwrap_or(self.tokens.len());
        let words = &self.tokens[start..end];
        if words.first().is_some_and(|t| t.is_one_of(&["who", "of", "ret"])) {
            person.evident = true;
            return;
        }
        let Some(title) = words
            .iter()
            .take(8)
            .position(|t| lex::is_title(&t.lower) && !t.is_capitalised() && !t.is("former"))
        else {
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
        person.title.get_or_insert_with(|| words[title].lower.clone());
        let is_former = words.iter().any(|t| t.is("former"));
        let owner =
            self.mentions.iter().filter(|m| (start..end).contains(&m.start)).find_map(|m| match &m.who {
                // "of the Omani Energy Forum" is not "of Oman".
                Who::Actor { adjective: true, .. } if self.is_name_token(m.end, m.end) => None,
                Who::Actor { entry, .. } => Some(entry.name),
                _ => None,
            });
        if !is_former && person.represents.is_none() {
            person.represents = owner;
        }
    }
}
