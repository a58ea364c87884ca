//! From a noun phrase to the actors it means.
//!
//! Comes in: a range of a sentence's tokens and what the document has said before. Goes out: the actors; nobody
//! where the phrase is about something else. It reads the head of the phrase only: "violence in Mali" means nobody.

use std::ops::Range;

use super::clause;
use super::gazetteer::Entry;
use super::lexicon as lex;
use super::mentions::{Mention, Sentence, Who};
use super::people::People;
use super::token::Clitic;
use crate::article::actors::Kind;

/// Someone who can speak and hold a stance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    /// Full name of a person, display name of an actor, or the words of the phrase.
    pub(super) name: String,
    pub(super) kind: Kind,
    /// The actor in whose name a person holds office or a body acts.
    pub(super) represents: Option<String>,
    /// Whether what it says is the stance of the one it represents.
    pub(super) mouthpiece: bool,
    /// The person in the registry.
    pub(super) person: Option<usize>,
}

impl Figure {
    fn plain(name: impl Into<String>, kind: Kind) -> Self {
        Figure { name: name.into(), kind, represents: None, mouthpiece: false, person: None }
    }

    fn body(name: String, owner: &str) -> Self {
        Figure { represents: Some(owner.to_owned()), mouthpiece: true, ..Figure::plain(name, Kind::Group) }
    }

    /// Whose stance its words and acts are.
    pub(super) fn holder(&self) -> &str {
        match &self.represents {
            Some(owner) if self.mouthpiece => owner,
            _ => &self.name,
        }
    }
}

/// What the document has said so far, as pronouns need it.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    /// Registry indices of people in the order of mention as subjects; the last is the latest.
    pub(super) recent: Vec<usize>,
    /// The subjects of the latest sentence that had an actor as its subject.
    pub(super) subjects: Vec<Figure>,
    /// The latest two actors joined by "and".
    pub(super) pair: Vec<Figure>,
    /// Whose "I" and "we" it is.
    pub(super) voice: Vec<Figure>,
}

impl Context {
    /// Makes a person the latest one mentioned.
    pub(super) fn meet(&mut self, person: usize) {
        self.recent.retain(|&p| p != person);
        self.recent.push(person);
    }
}

/// Reads noun phrases of one document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrases<'a> {
    pub(super) text: &'a str,
    pub(super) people: &'a People,
}

impl Phrases<'_> {
    /// The actors that the phrase `range` means, in order, without repetition.
    pub(super) fn actors(self, s: &Sentence<'_>, range: Range<usize>, context: &Context) -> Vec<Figure> {
        let mut actors: Vec<Figure> = Vec::new();
        if let Some(pair) = paired(s, &range, context) {
            return pair;
        }
        for part in conjuncts(s, range) {
            for figure in self.conjunct(s, part, context) {
                if !actors.iter().any(|a| a.name == figure.name) {
                    actors.push(figure);
                }
            }
        }
        actors
    }

    fn conjunct(self, s: &Sentence<'_>, part: Range<usize>, context: &Context) -> Vec<Figure> {
        let part = without_time(s, part);
        let cut = (part.start + 1..part.end)
            .find(|&i| s.mention_at(i).is_none() && lex::is_preposition(&s.tokens[i].lower))
            .unwrap_or(part.end);
        let Some(last) =
            (part.start..cut).rev().find(|&i| s.tokens[i].is_word() && !lex::is_adverb(&s.tokens[i].lower))
        else {
            return Vec::new();
        };
        let token = &s.tokens[last];
        let lower = token.lower.as_str();
        if s.mention_at(last).is_none()
            && (last == part.start
                || s.tokens[part.start..last].iter().all(|t| lex::is_adverb(&t.lower) || t.is("both")))
        {
            let by_pronoun = self.pronoun(lower, context);
            if !by_pronoun.is_empty() {
                return by_pronoun;
            }
        }
        if let Some(mention) = s.mention_at(last) {
            if token.clitic == Clitic::Possessive {
                return Vec::new();
            }
            return self.mention(s, mention, part, context).into_iter().collect();
        }
        let mut owners: Vec<&'static str> = owners_in(s, part.start..last);
        if lex::is_organ(lower) || (lex::is_group(lower) && !token.is_capitalised()) {
            let complement = cut < part.end && s.tokens[cut].is_one_of(&["of", "from", "for", "in"]);
            if owners.is_empty() && complement {
                owners = owners_in(s, cut..part.end);
            }
            return self.role(s, part.start..last + 1, &owners, context);
        }
        if lex::is_stance(lower) {
            return self.owner(s, part.start..last, context);
        }
        Vec::new()
    }

    /// Who is meant by a phrase that ends in the noun of an office, a body or a group.
    fn role(
        self,
        s: &Sentence<'_>,
        head: Range<usize>,
        owners: &[&'static str],
        context: &Context,
    ) -> Vec<Figure> {
        let noun = &s.tokens[head.end - 1].lower;
        let start = head
            .clone()
            .find(|&i| !lex::is_determiner(&s.tokens[i].lower) && !lex::is_adverb(&s.tokens[i].lower));
        let name = s.phrase(self.text, start.unwrap_or(head.start), head.end);
        if lex::is_group(noun) && !lex::is_organ(noun) {
            return vec![Figure::plain(name, Kind::Group)];
        }
        if !owners.is_empty() {
            return owners.iter().map(|owner| Figure::body(name.clone(), owner)).collect();
        }
        let is_definite = s.is(head.start, "the");
        match self.people.with_title(noun, &context.recent) {
            Some(person) if is_definite => vec![self.person(person)],
            _ if matches!(
                noun.as_str(),
                "people" | "side" | "state" | "office" | "statement" | "team" | "king"
            ) =>
            {
                Vec::new()
            }
            _ => vec![Figure::plain(name, Kind::Group)],
        }
    }

    /// The owner of a stance noun: "Oman's readiness", "her refusal".
    fn owner(self, s: &Sentence<'_>, before: Range<usize>, context: &Context) -> Vec<Figure> {
        for i in before.clone().rev() {
            let token = &s.tokens[i];
            let owner = match token.lower.as_str() {
                "his" => self.pronoun("he", context),
                "her" => self.pronoun("she", context),
                "their" => self.pronoun("they", context),
                "its" => self.pronoun("it", context),
                "our" => self.pronoun("we", context),
                "my" => self.pronoun("i", context),
                _ if token.clitic == Clitic::Possessive => match s.mention_at(i) {
                    Some(m) => self.mention(s, m, before, context).into_iter().collect(),
                    None => self.actors(s, before.start..i + 1, context),
                },
                _ => continue,
            };
            return owner;
        }
        // "the Omani refusal"
        owners_in(s, before).into_iter().map(|name| Figure::plain(name, Kind::State)).collect()
    }

    fn mention(
        self,
        s: &Sentence<'_>,
        mention: &Mention,
        part: Range<usize>,
        context: &Context,
    ) -> Option<Figure> {
        match &mention.who {
            Who::Actor { entry, adjective } => {
                // "South Korean" alone is no actor, "the Koreans" and "the Dutch" are.
                let last = &s.tokens[mention.end - 1].lower;
                let is_noun = !adjective
                    || last.ends_with('s')
                    || last.ends_with("ch")
                    || last.ends_with("sh")
                    || last.ends_with("ese");
                is_noun.then(|| known(entry))
            }
            Who::Person(person) => {
                let known = self.people.resolve(&person.name, &context.recent);
                known.map(|i| self.person(i))
            }
            Who::Organisation => {
                let name = s.phrase(self.text, mention.start, mention.end);
                let body = s.tokens[mention.start..mention.end]
                    .iter()
                    .any(|t| lex::is_organ(&t.lower) || t.is("foreign"));
                let beside = owners_in(s, part.start..mention.start).first().copied();
                let after = s
                    .is(mention.end, "of")
                    .then(|| owners_in(s, mention.end..part.end).first().copied())
                    .flatten();
                match beside.or(after) {
                    Some(owner) if body => Some(Figure::body(format!("{owner} {name}"), owner)),
                    _ => Some(Figure::plain(name, Kind::Group)),
                }
            }
        }
    }

    /// A person of the registry as a figure.
    pub(super) fn person(self, i: usize) -> Figure {
        let person = self.people.get(i);
        Figure {
            name: person.name.clone(),
            kind: Kind::Person,
            represents: person.represents.clone(),
            mouthpiece: person.mouthpiece,
            person: Some(i),
        }
    }

    /// The people, or else the known actors, that sign a statement.
    pub(super) fn signatories(self, s: &Sentence<'_>, range: Range<usize>) -> Vec<Figure> {
        let mut people: Vec<Figure> = Vec::new();
        let mut others: Vec<Figure> = Vec::new();
        for mention in s.mentions.iter().filter(|m| range.contains(&m.start)) {
            match &mention.who {
                Who::Person(p) => people.extend(self.people.resolve(&p.name, &[]).map(|i| self.person(i))),
                Who::Actor { entry, .. } => others.push(known(entry)),
                Who::Organisation => {}
            }
        }
        if people.is_empty() { others } else { people }
    }

    /// The person whom a line without a verb announces: "Secretary Roe on Morning Radio".
    pub(super) fn heading(self, s: &Sentence<'_>) -> Option<Figure> {
        let is_clause = clause::find(s, 0..s.tokens.len()).is_some();
        let person = s.mentions.iter().find_map(|m| match &m.who {
            Who::Person(p) if p.evident => self.people.resolve(&p.name, &[]),
            _ => None,
        });
        person.filter(|_| !is_clause).map(|i| self.person(i))
    }

    /// Who is meant by the label `range` before a colon.
    pub(super) fn labelled(self, s: &Sentence<'_>, range: Range<usize>) -> Figure {
        let mentions = s.mentions.iter().filter(|m| m.end <= range.end);
        let person = mentions.clone().rev().find_map(|m| match &m.who {
            Who::Person(p) => Some(
                self.people
                    .resolve(&p.name, &[])
                    .map_or_else(|| Figure::plain(&p.name, Kind::Person), |i| self.person(i)),
            ),
            _ => None,
        });
        let last = range.end - 1;
        let surname = || self.people.resolve(&s.tokens[last].lower, &[]).map(|i| self.person(i));
        let actor = || {
            mentions.clone().next_back().filter(|m| m.end == range.end).and_then(|m| match &m.who {
                Who::Actor { entry, .. } => Some(known(entry)),
                _ => None,
            })
        };
        person.or_else(surname).or_else(actor).unwrap_or_else(|| {
            let first = range
                .clone()
                .find(|&i| !lex::is_title(&s.tokens[i].lower) || range.len() < 3)
                .unwrap_or(range.start);
            let first = if s.is(first, "the") { (first + 1).min(last) } else { first };
            match s.phrase(self.text, first, range.end).as_str() {
                "Q" => Figure::plain("reporter", Kind::Person),
                name if name.chars().all(|c| !c.is_lowercase()) => {
                    Figure::plain(in_title_case(name), Kind::Person)
                }
                name => Figure::plain(name, Kind::Person),
            }
        })
    }

    /// The first two known actors of the sentence that "and" joins.
    pub(super) fn pair(self, s: &Sentence<'_>) -> Option<Vec<Figure>> {
        s.mentions.windows(2).find_map(|pair| {
            let joined = s.is(pair[0].end, "and")
                && (pair[0].end + 1 == pair[1].start
                    || (s.is(pair[0].end + 1, "the") && pair[0].end + 2 == pair[1].start));
            match (&pair[0].who, &pair[1].who) {
                (Who::Actor { entry: a, .. }, Who::Actor { entry: b, .. }) if joined && a != b => {
                    Some(vec![known(a), known(b)])
                }
                _ => None,
            }
        })
    }

    fn pronoun(self, lower: &str, context: &Context) -> Vec<Figure> {
        let person = |feminine| self.people.with_pronoun(feminine, &context.recent).map(|i| self.person(i));
        match lower {
            "he" => person(false).into_iter().collect(),
            "she" => person(true).into_iter().collect(),
            "i" => context.voice.iter().take(1).map(|f| Figure { mouthpiece: false, ..f.clone() }).collect(),
            "we" => context
                .voice
                .iter()
                .map(|f| Figure { mouthpiece: f.represents.is_some(), ..f.clone() })
                .collect(),
            "they" => match context.subjects.as_slice() {
                [one] if one.kind == Kind::Group && !one.mouthpiece => vec![one.clone()],
                [_] => Vec::new(),
                many => many.to_vec(),
            },
            "it" => match context.subjects.as_slice() {
                [one] if one.kind != Kind::Person => vec![one.clone()],
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}

fn known(entry: &Entry) -> Figure {
    Figure::plain(entry.name, if entry.is_state { Kind::State } else { Kind::Group })
}

/// "JEAN-ROE" as "Jean-Roe".
fn in_title_case(name: &str) -> String {
    let mut inside = false;
    let turn = |c: char| {
        let turned = if inside { c.to_lowercase().to_string() } else { c.to_string() };
        inside = c.is_alphabetic();
        turned
    };
    name.chars().map(turn).collect()
}

/// "both sides", "the two countries": the latest pair.
fn paired(s: &Sentence<'_>, range: &Range<usize>, context: &Context) -> Option<Vec<Figure>> {
    let words: Vec<&str> = s.tokens[range.clone()].iter().map(|t| t.lower.as_str()).collect();
    match words.as_slice() {
        ["both"] => Some(context.pair.clone()),
        ["both" | "two", noun] | ["the" | "these", "two", noun] if lex::is_paired(noun) => {
            Some(context.pair.clone())
        }
        ["the", "parties"] if !context.pair.is_empty() => Some(context.pair.clone()),
        _ => None,
    }
}

/// The known actors named in `range` as owners: adjectives, possessives and modifiers, or after "of".
fn owners_in(s: &Sentence<'_>, range: Range<usize>) -> Vec<&'static str> {
    let inside = s.mentions.iter().filter(|m| range.contains(&m.start) && m.end <= range.end);
    let mut owners = Vec::new();
    for mention in inside {
        if let Who::Actor { entry, .. } = &mention.who
            && !owners.contains(&entry.name)
        {
            owners.push(entry.name);
        }
    }
    owners
}

/// Cuts at "and" and at commas outside names.
fn conjuncts(s: &Sentence<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    let end = range.end;
    for i in range {
        let is_cut = s.mention_at(i).is_none()
            && (s.tokens[i].is_one_of(&["and", "&", "or"]) || s.tokens[i].is_break());
        if is_cut {
            parts.push(start..i);
            start = i + 1;
        }
    }
    parts.push(start..end);
    parts.retain(|p| !p.is_empty());
    parts
}

/// Without the time words that may stand at either end.
fn without_time(s: &Sentence<'_>, mut range: Range<usize>) -> Range<usize> {
    let is_time = |i: usize| {
        let t = &s.tokens[i];
        lex::is_calendar(&t.lower)
            || t.text.starts_with(|c: char| c.is_ascii_digit())
            || matches!(t.lower.as_str(), "last" | "next" | "this")
    };
    while range.len() > 1 {
        let first = range.start;
        let leads = lex::is_adverb(&s.tokens[first].lower)
            || (s.mention_at(first).is_none() && is_time(first) && !s.is(first, "this"))
            || (lex::is_preposition(&s.tokens[first].lower) && is_time(first + 1));
        if leads {
            range.start += 1;
        } else if is_time(range.end - 1) && s.mention_at(range.end - 1).is_none() {
            range.end -= 1;
        } else if lex::is_preposition(&s.tokens[range.end - 1].lower)
            || lex::is_adverb(&s.tokens[range.end - 1].lower)
        {
            range.end -= 1;
        } else {
            break;
        }
    }
    range
}
