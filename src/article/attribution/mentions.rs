//! A sentence with the names in it: known actors, people, organisations.
//!
//! Comes in: tokens. Goes out: [`Sentence`], tokens with the mentions that cover them. Who is meant by a mention is for
//! the registry to say.

use std::ops::Range;

use super::gazetteer::{self, Entry};
use super::lexicon as lex;
use super::token::{Clitic, Token};

/// The tokens of a sentence with the names among them.
#[derive(Debug)]
pub(super) struct Sentence<'t> {
    pub(super) tokens: Vec<Token<'t>>,
    /// In order, without overlap.
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
    /// Finds the names among `tokens`.
    pub(super) fn read(text: &str, tokens: Vec<Token<'t>>) -> Self {
        let title_case = is_title_case(&tokens);
        let mut sentence =
            Sentence { cover: vec![None; tokens.len()], tokens, mentions: Vec::new(), title_case };
        let mut at = 0;
        while at < sentence.tokens.len() {
            at = match sentence.known_actor(at) {
                // "House Democrats"
                Some((end, Who::Actor { entry, adjective: false }))
                    if !entry.is_state && sentence.follows_chamber(at) =>
                {
                    sentence.mentions.pop();
                    sentence.push(at - 1, end, Who::Organisation)
                }
                // "Ta'ang National Liberation Army" is another than the National Liberation Army.
                Some((end, Who::Actor { entry, adjective: false }))
                    if !entry.is_state && end > at + 1 && sentence.follows_name(at) =>
                {
                    let first = sentence.mentions.pop().map_or(at, |m| m.start);
                    sentence.push(first, end, Who::Organisation)
                }
                // "British Columbia" is not British.
                Some((end, Who::Actor { adjective: true, .. }))
                    if sentence.is(at, "british") && sentence.is(end, "columbia") =>
                {
                    sentence.push(at, end + 1, Who::Place)
                }
                // "Radio Mali"
                Some((end, Who::Actor { adjective: false, .. })) if sentence.follows_station(at) => {
                    sentence.mentions.pop();
                    sentence.push(at - 1, end, Who::Organisation)
                }
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

    /// Whether the organ of a state stands behind its name: "Chad's government", "the Chadian army".
    pub(super) fn names_organ_of(&self, m: &Mention) -> bool {
        self.tokens[m.end..]
            .iter()
            .take(2)
            .any(|t| lex::is_of_state(&t.lower) || t.is_one_of(&["troops", "forces"]))
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

    /// Whether token `i` is the word `lower`; false beyond the sentence.
    pub(super) fn is(&self, i: usize, lower: &str) -> bool {
        self.tokens.get(i).is_some_and(|t| t.is(lower))
    }

    /// Notes a name; returns where it ends.
    pub(super) fn push(&mut self, start: usize, end: usize, who: Who) -> usize {
        self.cover[start..end].fill(Some(self.mentions.len()));
        self.mentions.push(Mention { start, end, who });
        end
    }

    /// Names the tokens `start..end`, which were no name before; a single one whatever it was taken for.
    pub(super) fn name(&mut self, start: usize, end: usize, who: Who) {
        if let Some(at) = self.cover[start] {
            self.mentions[at].who = who;
            return;
        }
        let at = self.mentions.partition_point(|m| m.start < start);
        self.mentions.insert(at, Mention { start, end, who });
        for cover in self.cover.iter_mut().flatten() {
            *cover += usize::from(*cover >= at);
        }
        self.cover[start..end].fill(Some(at));
    }

    /// The actor known by name that begins at token `at`, and where its name ends.
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

    /// Whether the name before token `at` only tells which of a party's people are meant, or which party: "Senate
    /// Democrats", "Christian Democrats".
    fn follows_chamber(&self, at: usize) -> bool {
        const BEFORE: &[&str] = &[
            "assembly",
            "christian",
            "free",
            "house",
            "liberal",
            "national",
            "new",
            "senate",
            "social",
            "young",
        ];
        let is_chamber =
            |m: &Mention| m.end == at && m.start + 1 == at && self.tokens[m.start].is_one_of(BEFORE);
        self.mentions.last().is_some_and(is_chamber)
            && (self.tokens[at].lower.ends_with('s') || self.tokens[at].is("democratic"))
    }

    /// Whether an unknown single name leads to token `at` without a break.
    fn follows_name(&self, at: usize) -> bool {
        let leads = |m: &Mention| m.end == at && m.start + 1 == at && matches!(m.who, Who::Person(_));
        // "Kurdish-led"
        let is_made = || self.tokens[at - 1].text.contains('-');
        self.mentions.last().is_some_and(leads)
            && !is_made()
            && self.tokens[at - 1].clitic == Clitic::None
            && !self.title_case
    }

    /// Whether the name before token `at` is that of a station without its place: "Radio".
    fn follows_station(&self, at: usize) -> bool {
        let is_station = |m: &Mention| m.end == at && m.start + 1 == at;
        self.mentions.last().is_some_and(is_station)
            && self.tokens[at - 1].is_one_of(&["radio", "tele", "télé", "television", "tv"])
            && self.tokens[at - 1].clitic == Clitic::None
            && !self.title_case
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

    /// The same for a common noun: a capital letter that only the start of the sentence gives is taken back.
    pub(super) fn description(&self, text: &str, start: usize, end: usize) -> String {
        let phrase = self.phrase(text, start, end);
        let first = &self.tokens[start];
        let is_plain = start == 0
            && first.is_capitalised()
            && !(first.clitic == Clitic::Possessive && self.mention_at(0).is_some())
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
