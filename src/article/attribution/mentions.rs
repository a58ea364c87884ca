//! Names in a sentence: known actors, people, organisations.
//!
//! Comes in: tokens. Goes out: [`Sentence`], tokens with the mentions that cover them. A mention says what stands
//! beside the name (title, country, apposition); who is meant is for the registry in `people` to say.

use std::ops::Range;

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
#[derive(Debug, Clone)]
pub(super) enum Who {
    /// A known actor, by name or by adjective.
    Actor { entry: &'static Entry, adjective: bool },
    /// A person or what may be one.
    Person(PersonMention),
    /// Capitalised words with the noun of an organisation, or initials.
    Organisation,
    /// A single name that the document uses as that of a place or a state.
    Place,
}

/// What the sentence says about a person beside the name.
#[derive(Debug, Clone, Default)]
pub(super) struct PersonMention {
    /// Without titles.
    pub(super) name: String,
    /// Titles and roles beside the name, in lower case.
    pub(super) titles: Vec<String>,
    /// Other words of the title: "infrastructure" in "deputy infrastructure minister".
    pub(super) portfolio: Vec<String>,
    /// The known actor for which the person holds the title.
    pub(super) represents: Option<String>,
    /// Whether what stands beside the name tells that the person speaks for nobody else: "former", "analyst".
    pub(super) is_apart: bool,
    /// Whether a title, an apposition or a verb of saying shows that this is a person.
    pub(super) evident: bool,
    /// Whether a verb of doing follows: evidence only if the name was given in full before.
    pub(super) acts: bool,
}

impl<'t> Sentence<'t> {
    pub(super) fn read(text: &str, tokens: Vec<Token<'t>>) -> Self {
        let title_case = is_title_case(&tokens);
        let mut sentence =
            Sentence { cover: vec![None; tokens.len()], tokens, mentions: Vec::new(), title_case };
        let mut at = 0;
        while at < sentence.tokens.len() {
            at = match sentence.known_actor(at) {
                Some((end, who)) => {
                    match sentence.medium_after(at, end).or_else(|| sentence.body_after(end, &who)) {
                        Some(end) => sentence.push(at, end, Who::Organisation),
                        None => sentence.push(at, end, who),
                    }
                }
                None if sentence.is_name_token(at, at) => sentence.read_run(text, at),
                None => at + 1,
            };
        }
        sentence
    }

    /// The tokens of `range` as a sentence of their own.
    pub(super) fn slice(&self, range: Range<usize>) -> Self {
        let inside = |m: &&Mention| range.start <= m.start && m.end <= range.end;
        let moved = |m: &Mention| Mention {
            start: m.start - range.start,
            end: m.end - range.start,
            who: m.who.clone(),
        };
        let mentions: Vec<Mention> = self.mentions.iter().filter(inside).map(moved).collect();
        let mut cover = vec![None; range.len()];
        for (i, mention) in mentions.iter().enumerate() {
            cover[mention.start..mention.end].fill(Some(i));
        }
        Sentence { tokens: self.tokens[range].to_vec(), mentions, title_case: self.title_case, cover }
    }

    /// The mention that covers token `i`.
    pub(super) fn mention_at(&self, i: usize) -> Option<&Mention> {
        self.cover.get(i).copied().flatten().map(|m| &self.mentions[m])
    }

    /// The person named first.
    pub(super) fn first_person(&mut self) -> Option<&mut PersonMention> {
        self.mentions.iter_mut().find_map(|m| match &mut m.who {
            Who::Person(person) => Some(person),
            _ => None,
        })
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
        let is_given = matches!(found.entry.name.as_str(), "Jordan" | "Chad" | "Georgia") && !found.adjective;
        if is_given
            && self.tokens[end - 1].clitic == Clitic::None
            && self.is_name_token(end, end)
            && !self.title_case
        {
            return None;
        }
        Some((end, Who::Actor { entry: found.entry, adjective: found.adjective }))
    }

    /// The end of a medium's name that begins with a place: "Minsk Post".
    fn medium_after(&self, start: usize, end: usize) -> Option<usize> {
        let is_medium = self.tokens.get(end).is_some_and(|t| t.is_capitalised() && lex::is_medium(&t.lower));
        (is_medium && self.tokens[end - 1].clitic == Clitic::None && !self.title_case && start + 1 == end)
            .then_some(end + 1)
    }

    /// The end of an organisation's name that begins with a known group's: "Labour Alliance".
    fn body_after(&self, end: usize, who: &Who) -> Option<usize> {
        let is_group = matches!(who, Who::Actor { entry, adjective: false } if !entry.is_state);
        let noun = self.tokens.get(end)?;
        (is_group
            && noun.is_capitalised()
            && lex::is_organisation(&noun.lower)
            && self.tokens[end - 1].clitic == Clitic::None
            && !self.title_case)
            .then_some(end + 1)
    }

    /// Whether token `i` can be part of a name that began at `start`.
    pub(super) fn is_name_token(&self, i: usize, start: usize) -> bool {
        let Some(token) = self.tokens.get(i) else { return false };
        let lower = token.lower.as_str();
        let is_verb =
            || verbs::lookup(lower).is_some_and(|v| v.form != Form::Base || (self.title_case && i == start));
        let is_number = i > start && matches!(lower, "two" | "three" | "four" | "five" | "six" | "seven");
        if is_number && token.is_capitalised() {
            return true;
        }
        // "Workers at the mine rejected it."
        let is_common = i == 0
            && i == start
            && (lex::is_group(lower) || lex::is_organ(lower))
            && !self.title_case
            && !self.tokens.get(1).is_some_and(|t| t.is_capitalised() || t.clitic == Clitic::Possessive);
        if !token.is_capitalised() || is_common || lex::is_title(lower) {
            return false;
        }
        let is_first = i == start;
        if is_first && self.is_role_before_name(i) {
            return false;
        }
        // "Per Roe" is a person, "per head" is not.
        if lex::is_function_word(lower) && (lower != "per" || i == 0) {
            return false;
        }
        let is_of_people =
            lower == "people" && token.clitic == Clitic::Possessive && is_run_of_body(&self.tokens[i + 1..]);
        let is_bare_organ = lex::is_organ(lower) && !lex::is_organisation(lower) && !is_of_people;
        let starts_date = lex::is_calendar(lower)
            && (is_first
                || self.tokens.get(i + 1).is_some_and(|t| t.text.starts_with(|c: char| c.is_ascii_digit())));
        let is_excluded =
            starts_date || (is_first && is_bare_organ) || ((self.title_case || i == 0) && is_verb());
        !is_excluded
    }

    /// "Farmer" in "Farmer Ann Roe".
    fn is_role_before_name(&self, i: usize) -> bool {
        let follows = || {
            self.tokens.get(i + 1).is_some_and(|t| t.is_capitalised() && !lex::is_function_word(&t.lower))
                && self.tokens[i].clitic == Clitic::None
        };
        let begins =
            i == 0 || !self.tokens[i - 1].is_capitalised() || self.tokens[i - 1].clitic == Clitic::Possessive;
        lex::is_role(&self.tokens[i].lower) && begins && follows()
    }

    /// "Foreign" or "Defense" in the name of a ministry.
    fn is_office(&self, i: usize) -> bool {
        let is_free = self.cover.get(i).is_some_and(Option::is_none);
        is_free
            && self.tokens[i].is_capitalised()
            && self.tokens[i].clitic == Clitic::None
            && lex::is_title(&self.tokens[i].lower)
    }

    /// Reads the run of capitalised words at `start`; returns where to go on.
    fn read_run(&mut self, text: &str, mut start: usize) -> usize {
        let mut end = start + 1;
        // "Crews of Dune Ferries stopped work": a common noun that begins a sentence.
        let first = &self.tokens[start].lower;
        if start == 0
            && first.ends_with('s')
            && self.tokens.get(1).is_some_and(|t| t.is_one_of(&["of", "in", "at", "from", "for"]))
            && lex::is_organisation(first)
            && first != "sons"
        {
            return end;
        }
        let mut is_organisation = lex::is_organisation(first);
        if is_organisation && start > 0 && self.is_office(start - 1) {
            start -= 1;
        }
        let from = start;
        loop {
            let step = self.step(start, end, is_organisation);
            if step == 0 {
                break;
            }
            end += step;
            is_organisation |= lex::is_organisation(&self.tokens[end - 1].lower);
        }
        let words = &self.tokens[start..end];
        let is_acronym = words.len() == 1 && words[0].is_acronym() && !words[0].text.contains('.');
        // "the daily Horizon", "the supplier GASCO"
        let after_noun = start > 0 && {
            let before = &self.tokens[start - 1];
            let is_noun = lex::is_medium(&before.lower)
                || lex::is_group(&before.lower)
                || lex::is_organisation(&before.lower);
            is_noun && !before.is_capitalised() && before.clitic == Clitic::None
        };
        if is_acronym && self.abbreviates_noun(start) {
            return end;
        }
        let nicknamed = words.iter().any(|t| matches!(t.text, "“" | "\"" | "‘"));
        // "the Fifth Border party"
        let names_body = self.tokens.get(end).is_some_and(|t| {
            t.is_one_of(&["party", "movement", "militia", "faction", "coalition", "alliance"])
        }) && words[words.len() - 1].clitic == Clitic::None
            && !self.title_case
            && !self.is_office(start.saturating_sub(1));
        if names_body {
            return self.push(start, end + 1, Who::Organisation);
        }
        let who = if is_organisation
            || is_acronym
            || after_noun
            || !nicknamed && words.iter().any(|t| t.text == "&")
            || words.iter().any(|t| lex::is_medium(&t.lower))
        {
            Who::Organisation
        } else if words.len() > 2
            && lex::is_place_or_thing(&words[0].lower)
            && start > 0
            && self.tokens[start - 1].is("of")
        {
            // "Horn of Africa Ann Roe"
            return start + 1;
        } else if words.len() > 6 || words.iter().any(|t| lex::is_place_or_thing(&t.lower)) {
            return end;
        } else {
            // "After Ann Roe Visit": in a headline a third word that can be a verb is one.
            let is_verb = |i: usize| verbs::lookup(&self.tokens[i].lower).is_some();
            while self.title_case && end - start > 2 && is_verb(end - 1) {
                end -= 1;
            }
            let nickname = (start..end).find(|&i| matches!(self.tokens[i].text, "“" | "\"" | "‘"));
            let name = match nickname {
                Some(at) => format!("{} {}", self.phrase(text, start, at), self.phrase(text, at + 3, end)),
                None => self.phrase(text, start, end),
            };
            Who::Person(PersonMention { name, ..PersonMention::default() })
        };
        // "Panama Canal Authority": the name of a body begins with a state's.
        let state = self
            .mentions
            .last()
            .filter(|m| m.end == from && matches!(m.who, Who::Actor { adjective: false, .. }));
        let is_free = !self.tokens[start..end].iter().any(|t| lex::is_state_body(&t.lower));
        if let (Who::Organisation, true, Some(state)) =
            (&who, is_organisation && is_free && !self.title_case, state)
            && self.tokens[from - 1].clitic == Clitic::None
        {
            let start = state.start;
            self.mentions.pop();
            return self.push(start, end, who);
        }
        // "the Greek Energy Forum" is not one of the Greek state's bodies.
        let adjective = self
            .mentions
            .last()
            .filter(|m| m.end == from && matches!(m.who, Who::Actor { adjective: true, .. }));
        if matches!(who, Who::Organisation)
            && lex::is_society(&self.tokens[end - 1].lower)
            && let Some(owner) = adjective
        {
            let mut start = owner.start;
            self.mentions.pop();
            // "the Canadian Hellenic League"
            while let Some(before) = self
                .mentions
                .last()
                .filter(|m| m.end == start && matches!(m.who, Who::Actor { adjective: true, .. }))
            {
                start = before.start;
                self.mentions.pop();
            }
            return self.push(start, end, who);
        }
        self.push(start, end, who)
    }

    /// Whether token `i` stands in brackets for the lower-case words before it: "liquid fuel gas (LFG)".
    fn abbreviates_noun(&self, i: usize) -> bool {
        let letters: Vec<char> = self.tokens[i].text.to_lowercase().chars().collect();
        let Some(first) = i.checked_sub(letters.len() + 1).filter(|_| self.is(i - 1, "(")) else {
            return false;
        };
        (first..i - 1).zip(&letters).all(|(k, letter)| {
            let token = &self.tokens[k];
            (k == 0 || !token.is_capitalised()) && token.lower.starts_with(*letter)
        })
    }

    /// How many tokens from `end` on belong to the name that began at `start`; 0 if it ends there.
    fn step(&self, start: usize, end: usize, is_organisation: bool) -> usize {
        let Some(next) = self.tokens.get(end) else { return 0 };
        let last = &self.tokens[end - 1];
        if last.clitic != Clitic::None && last.lower == "people" && is_run_of_body(&self.tokens[end..]) {
            return 1;
        }
        if last.clitic != Clitic::None {
            // "the Farm Workers' Union", "the Carriers' Round Table"
            let is_capital = |i: usize| self.tokens.get(i).is_some_and(Token::is_capitalised);
            let body = is_capital(end + 1)
                && (lex::is_organisation(&self.tokens[end + 1].lower) || is_capital(end + 2));
            return if last.lower.ends_with('s') && !next.is_word() && body { 2 } else { 0 };
        }
        // "Ann “Radio” Roe"
        if matches!(next.text, "“" | "\"" | "‘")
            && self.tokens.get(end + 1).is_some_and(Token::is_capitalised)
            && self.tokens.get(end + 2).is_some_and(|t| matches!(t.text, "”" | "\"" | "’"))
            && self.is_name_token(end + 3, start)
        {
            return 4;
        }
        // "Vairua Republican Rally": a word that is also a title, inside a body's name.
        let is_inside = next.is_capitalised() && lex::is_title(&next.lower) && next.clitic == Clitic::None;
        if is_inside
            && self.tokens.get(end + 1).is_some_and(|t| t.is_capitalised() && lex::is_organisation(&t.lower))
            && !lex::is_individual(&next.lower)
        {
            return 2;
        }
        let carries_on =
            |i: usize| self.is_name_token(i, start) && gazetteer::match_at(&self.tokens[i..]).is_none();
        if next.text == "&" && carries_on(end + 1) {
            return 2;
        }
        let links = is_organisation && next.is_one_of(&["of", "for", "and"]);
        if carries_on(end) || (is_organisation && self.is_name_token(end, start)) {
            1
        } else if ((lex::is_particle(&next.lower) || links) && carries_on(end + 1))
            || (links && !next.is("and") && self.is_office(end + 1))
            || (next.is(",") && self.tokens.get(end + 1).is_some_and(|t| t.is_one_of(&["jr.", "sr."])))
        {
            2
        } else if links && !next.is("and") && self.is(end + 1, "the") && carries_on(end + 2) {
            3
        } else {
            0
        }
    }

    /// The same for a common noun: a capital letter that only the start of the sentence gives is taken back.
    pub(super) fn description(&self, text: &str, start: usize, end: usize) -> String {
        let phrase = self.phrase(text, start, end);
        let first = &self.tokens[start];
        let is_plain = start == 0
            && first.is_capitalised()
            && !first.is_acronym()
            && self.mention_at(0).is_none_or(|m| m.end == 1 && !matches!(m.who, Who::Actor { .. }));
        match phrase.chars().next().filter(|_| is_plain) {
            Some(c) => format!("{}{}", c.to_lowercase(), &phrase[c.len_utf8()..]),
            None => phrase,
        }
    }

    /// The words `start..end` as written, white space collapsed, without a possessive at the end.
    pub(super) fn phrase(&self, text: &str, start: usize, end: usize) -> String {
        let last = &self.tokens[end - 1];
        let stop =
            if last.clitic == Clitic::None { last.span.end } else { last.span.start + last.text.len() };
        text[self.tokens[start].span.start..stop].split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Whether capitalised words with an organisation's noun among them stand first.
fn is_run_of_body(tokens: &[Token<'_>]) -> bool {
    tokens.iter().take_while(|t| t.is_capitalised()).any(|t| lex::is_organisation(&t.lower))
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
