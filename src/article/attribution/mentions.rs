//! Names in a sentence: known actors, people, organisations.
//!
//! Comes in: tokens. Goes out: [`Sentence`], tokens with the mentions that cover them. A mention says what stands
//! beside the name (title, country, apposition); who is meant is for the registry in `people` to say.

use super::gazetteer::{self, Entry};
use super::lexicon as lex;
use super::token::{Clitic, Token};
use super::verbs::{self, Form};

/// The tokens of a sentence with the names among them.
#[derive(Debug)]
pub(super) struct Sentence<'t> {
    pub(super) tokens: Vec<Token<'t>>,
    pub(super) mentions: Vec<Mention>,
    /// Whether capital letters say nothing: a headline.
    pub(super) title_case: bool,
    /// Token -> the mention that covers it.
    cover: Vec<Option<usize>>,
}

/// A name: the tokens `start..end`.
#[derive(Debug)]
pub(super) struct Mention {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) who: Who,
}

/// What is named.
#[derive(Debug)]
pub(super) enum Who {
    /// A known actor, by name or by adjective.
    Actor { entry: &'static Entry, adjective: bool },
    /// A person or what may be one.
    Person(PersonMention),
    /// Capitalised words with the noun of an organisation, or initials.
    Organisation,
}

/// What the sentence says about a person beside the name.
#[derive(Debug, Default)]
pub(super) struct PersonMention {
    /// Without titles.
    pub(super) name: String,
    /// The title nearest to the name, in lower case.
    pub(super) title: Option<String>,
    /// The known actor for which the person holds the title.
    pub(super) represents: Option<&'static str>,
    /// Whether a title, an apposition or a verb of saying shows that this is a person.
    pub(super) evident: bool,
}

impl<'t> Sentence<'t> {
    pub(super) fn read(text: &str, tokens: Vec<Token<'t>>) -> Self {
        let title_case = is_title_case(&tokens);
        let mut sentence =
            Sentence { cover: vec![None; tokens.len()], tokens, mentions: Vec::new(), title_case };
        let mut at = 0;
        while at < sentence.tokens.len() {
            at = match sentence.known_actor(at) {
                Some((end, who)) => sentence.push(at, end, who),
                None if sentence.is_name_token(at, at) => sentence.read_run(text, at),
                None => at + 1,
            };
        }
        let beside: Vec<Option<PersonMention>> = sentence
            .mentions
            .iter()
            .map(|mention| match &mention.who {
                Who::Person(person) => Some(sentence.look_around(mention, person.name.clone())),
                _ => None,
            })
            .collect();
        for (mention, person) in sentence.mentions.iter_mut().zip(beside) {
            if let Some(person) = person {
                mention.who = Who::Person(person);
            }
        }
        sentence
    }

    /// The mention that covers token `i`.
    pub(super) fn mention_at(&self, i: usize) -> Option<&Mention> {
        self.cover.get(i).copied().flatten().map(|m| &self.mentions[m])
    }

    /// Whether token `i` is the word `lower`, outside any name.
    pub(super) fn is(&self, i: usize, lower: &str) -> bool {
        self.tokens.get(i).is_some_and(|t| t.is(lower))
    }

    fn push(&mut self, start: usize, end: usize, who: Who) -> usize {
        self.cover[start..end].fill(Some(self.mentions.len()));
        self.mentions.push(Mention { start, end, who });
        end
    }

    fn known_actor(&self, at: usize) -> Option<(usize, Who)> {
        let found = gazetteer::match_at(&self.tokens[at..])?;
        let end = at + found.tokens;
        // "Jordan Roe" is a person; so is "Ann Jordan".
        let is_given = matches!(found.entry.name, "Jordan" | "Chad" | "Georgia") && !found.adjective;
        if is_given
            && self.tokens[end - 1].clitic == Clitic::None
            && self.is_name_token(end, end)
            && !self.title_case
        {
            return None;
        }
        Some((end, Who::Actor { entry: found.entry, adjective: found.adjective }))
    }

    /// Whether token `i` can be part of a name that began at `start`.
    fn is_name_token(&self, i: usize, start: usize) -> bool {
        let Some(token) = self.tokens.get(i) else { return false };
        let lower = token.lower.as_str();
        let is_verb = || verbs::lookup(lower).is_some_and(|v| v.form != Form::Base);
        token.is_capitalised()
            && !lex::is_title(lower)
            && !lex::is_function_word(lower)
            && (i > start || !lex::is_calendar(lower))
            && !(i > start
                && lex::is_calendar(lower)
                && self.tokens.get(i + 1).is_some_and(|t| t.text.starts_with(|c: char| c.is_ascii_digit())))
            && !((self.title_case || i == 0) && is_verb())
    }

    /// Reads the run of capitalised words at `start`; returns where to go on.
    fn read_run(&mut self, text: &str, start: usize) -> usize {
        let mut end = start + 1;
        let mut is_organisation = lex::is_organisation(&self.tokens[start].lower);
        while self.tokens[end - 1].clitic == Clitic::None {
            let next = self.tokens.get(end).map(|t| t.lower.as_str()).unwrap_or_default();
            let carries_on = |from: usize| {
                self.is_name_token(from, start) && gazetteer::match_at(&self.tokens[from..]).is_none()
            };
            let step = if carries_on(end)
                || (end > start && self.is_name_token(end, start) && is_organisation)
            {
                1
            } else if (lex::is_particle(next) || (is_organisation && matches!(next, "of" | "for" | "and")))
                && carries_on(end + 1)
            {
                2
            } else if is_organisation && next == "of" && self.is(end + 1, "the") && carries_on(end + 2) {
                3
            } else if next == "," && self.tokens.get(end + 1).is_some_and(|t| t.is_one_of(&["jr.", "sr."])) {
                2
            } else {
                break;
            };
            end += step;
            is_organisation |= lex::is_organisation(&self.tokens[end - 1].lower);
        }
        let words = &self.tokens[start..end];
        let is_thing = words.iter().any(|t| lex::is_place_or_thing(&t.lower));
        let who = if is_organisation
            || (words.len() == 1 && words[0].is_acronym() && !words[0].text.contains('.'))
        {
            Who::Organisation
        } else if is_thing || words.len() > 6 {
            return end;
        } else {
            Who::Person(PersonMention { name: self.phrase(text, start, end), ..PersonMention::default() })
        };
        self.push(start, end, who)
    }

    /// The words `start..end` as written, white space collapsed, without a possessive at the end.
    pub(super) fn phrase(&self, text: &str, start: usize, end: usize) -> String {
        let last = &self.tokens[end - 1];
        let stop =
            if last.clitic == Clitic::None { last.span.end } else { last.span.start + last.text.len() };
        text[self.tokens[start].span.start..stop].split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The person called `name`, with what stands left and right of the mention.
    fn look_around(&self, mention: &Mention, name: String) -> PersonMention {
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
        let is_said_before =
            mention.start > 0 && is_speech(mention.start - 1) && is_finite(mention.start - 1);
        let quote_before = mention.start > 1 && !self.tokens[mention.start - 2].is_word();
        person.evident |= is_said_before && quote_before;
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
        if words[..title]
            .iter()
            .any(|t| verbs::lookup(&t.lower).is_some() || lex::is_subordinator(&t.lower) || t.is("and"))
        {
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

/// Whether most words of some length are capitalised.
fn is_title_case(tokens: &[Token<'_>]) -> bool {
    let long = tokens.iter().filter(|t| t.is_word() && t.text.len() > 3);
    let (mut words, mut capitals) = (0, 0);
    for token in long {
        words += 1;
        capitals += usize::from(token.is_capitalised());
    }
    words >= 4 && capitals * 5 >= words * 4
}
