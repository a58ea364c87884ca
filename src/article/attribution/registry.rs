//! Who and what a document names, learnt from the whole of it before any sentence is attributed.
//!
//! Comes in: the sentences with their names. Goes out: the organisations and the people, and in each mention what
//! stands beside it. A name is judged by all its uses: "the Tarn" is a body, "Tarn's minister" serves a state, "Mr. Tarn"
//! is a person.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::gazetteer;
use super::groups::{self, Groups};
use super::lexicon as lex;
use super::mentions::{Mention, PersonMention, Sentence, Who};
use super::people::People;
use super::token::Clitic;
use super::{cast, clause};

/// Everyone and every body that a document names.
#[derive(Debug)]
pub(super) struct Registry {
    pub(super) people: People,
    pub(super) groups: Groups,
}

impl Registry {
    /// Settles what each name of `sentences` is and gathers them.
    pub(super) fn gather(text: &str, sentences: &mut [Sentence<'_>]) -> Self {
        Uses::count(text, sentences).settle(text, sentences);
        let groups = organisations(text, sentences);
        let mut owners = Owners {
            text,
            groups: &groups,
            recent: Vec::new(),
            topic: None,
            states: Vec::new(),
            latest_person: None,
            offices: HashMap::new(),
        };
        for i in 0..sentences.len() {
            let office = sentences[i].office_of_pronoun(&owners).filter(|_| i > 0);
            if let Some(owner) = office
                && let Some(person) = sentences[i - 1].first_person()
            {
                person.represents.get_or_insert(owner);
            }
            sentences[i].look_around(&mut owners);
        }
        let home = owners.most_named();
        for person in sentences.iter_mut().flat_map(|s| &mut s.mentions).filter_map(|m| match &mut m.who {
            Who::Person(person) => Some(person),
            _ => None,
        }) {
            if person.represents.is_none() && person.titles.iter().any(|t| t == "minister") {
                person.represents.clone_from(&home);
            }
        }
        let mentions = sentences.iter().flat_map(|s| &s.mentions);
        let people = People::gather(mentions.filter_map(|m| match &m.who {
            Who::Person(person) => Some(person),
            _ => None,
        }));
        Registry { people, groups }
    }
}

/// So often a document names the state that it is about.
const CLEARLY_HOME: usize = 3;

/// How the names that may be a person's are used throughout a document.
#[derive(Default)]
struct Uses {
    /// Names, of any length, with "the" before them.
    with_article: HashSet<String>,
    /// Single names with a title before them, and the parts of full names.
    of_people: HashSet<String>,
    /// Single names behind "in" or "from", and those that own an office: how often.
    of_places: HashMap<String, usize>,
}

impl Uses {
    fn count(text: &str, sentences: &[Sentence<'_>]) -> Self {
        let mut uses = Uses::default();
        let mut full = Vec::new();
        for s in sentences {
            for m in s.mentions.iter().filter(|m| matches!(m.who, Who::Person(_))) {
                let name = s.phrase(text, m.start, m.end);
                let is_thing = (s.is(m.end, ",") && s.is(m.end + 1, "which")) || is_named_group(s, m);
                if has_article(s, m) || is_thing {
                    uses.with_article.insert(name);
                } else if m.end - m.start > 1 {
                    full.push(name);
                } else if is_titled(s, m) {
                    uses.of_people.insert(name);
                } else if is_place(s, m) {
                    *uses.of_places.entry(name).or_default() += 1;
                }
            }
        }
        full.retain(|name| !uses.with_article.contains(name));
        uses.of_people.extend(full.iter().flat_map(|name| name.split(' ')).map(str::to_owned));
        uses
    }

    fn settle(&self, text: &str, sentences: &mut [Sentence<'_>]) {
        for s in sentences {
            for i in 0..s.mentions.len() {
                let m = &s.mentions[i];
                // "ROE: We will talk." in a transcript
                let token = &s.tokens[m.start];
                let is_label = m.start == 0
                    && m.end == 1
                    && s.is(1, ":")
                    && token.is_acronym()
                    && !lex::is_notice(&token.lower);
                if matches!(m.who, Who::Organisation)
                    && is_label
                    && self.of_people.contains(&cast::in_title_case(token.text))
                {
                    let name = cast::in_title_case(token.text);
                    s.mentions[i].who = Who::Person(PersonMention { name, ..PersonMention::default() });
                    continue;
                }
                if !matches!(m.who, Who::Person(_)) {
                    continue;
                }
                let name = s.phrase(text, m.start, m.end);
                let is_single = m.end - m.start == 1;
                if is_single && self.of_people.contains(&name) {
                    continue;
                }
                if self.with_article.contains(&name) {
                    s.mentions[i].who = Who::Organisation;
                } else if is_single && self.of_places.contains_key(&name) {
                    s.mentions[i].who = Who::Place;
                }
            }
        }
    }
}

/// "a breakaway wing of the front, Red Reef,": a name set off behind the noun of a group.
fn is_named_group(s: &Sentence<'_>, m: &Mention) -> bool {
    if m.start < 2 || !s.is(m.start - 1, ",") || !s.is(m.end, ",") {
        return false;
    }
    let before = (0..m.start - 1).rev().take(9).take_while(|&i| !s.tokens[i].is_break());
    let mut nouns = before.filter(|&i| s.mention_at(i).is_none());
    nouns.any(|i| lex::is_group(&s.tokens[i].lower) && s.tokens[i].clitic == Clitic::None)
        && !(0..m.start).rev().take(9).any(|i| lex::is_individual(&s.tokens[i].lower))
}

/// "the Tarn", but not in a headline that leaves articles out.
fn has_article(s: &Sentence<'_>, m: &Mention) -> bool {
    m.start > 0 && s.is(m.start - 1, "the") && !s.title_case
}

fn is_titled(s: &Sentence<'_>, m: &Mention) -> bool {
    m.start > 0 && {
        let before = &s.tokens[m.start - 1];
        (lex::is_title(&before.lower) || lex::is_role(&before.lower)) && before.clitic == Clitic::None
    }
}

/// "in Tarn", "Tarn's water minister", "Tarn, the capital".
fn is_place(s: &Sentence<'_>, m: &Mention) -> bool {
    let behind = m.start > 0
        && s.tokens[m.start - 1]
            .is_one_of(&["in", "from", "near", "across", "outside", "inside", "into", "around", "at"]);
    let owns = s.tokens[m.end - 1].clitic == Clitic::Possessive
        && s.tokens[m.end..].iter().take(4).any(|t| lex::is_organ(&t.lower) && !t.is_capitalised());
    let is_capital = s.is(m.end, ",") && s.tokens[m.end..].iter().take(5).any(|t| t.is("capital"));
    behind || owns || is_capital
}

/// What an organisation is by the offices it has: "NorthLink's chief executive".
fn classes_told(s: &Sentence<'_>, m: &Mention) -> &'static [&'static str] {
    let mut after = s.tokens[m.end..].iter().take(4);
    if after
        .clone()
        .any(|t| t.is_one_of(&["executive", "manager", "shareholders", "management", "profits", "operating"]))
    {
        return &["company", "firm", "employer", "operator"];
    }
    if after.any(|t| t.is_one_of(&["steward", "strikers"])) { &["union"] } else { &[] }
}

/// The organisations, with what stands in brackets behind them.
fn organisations(text: &str, sentences: &[Sentence<'_>]) -> Groups {
    let mut groups = Groups::default();
    let bodies = |s: &Sentence<'_>, m: &Mention| match &m.who {
        Who::Organisation => !s.tokens[m.start..m.end].iter().any(|t| lex::is_state_body(&t.lower)),
        Who::Actor { entry, adjective } => !entry.is_state && !adjective,
        _ => false,
    };
    for s in sentences {
        for m in
            s.mentions.iter().filter(|m| matches!(m.who, Who::Place | Who::Person(_)) && m.end - m.start == 1)
        {
            for class in classes_told(s, m) {
                groups.also_called(&s.phrase(text, m.start, m.end), class);
            }
        }
        for m in s.mentions.iter().filter(|m| bodies(s, m)) {
            let name = s.phrase(text, m.start, m.end);
            match &m.who {
                Who::Actor { entry, .. } => {
                    groups.add_as(&name, &entry.name);
                    if gazetteer::is_bloc(&entry.name) {
                        groups.also_called(&entry.name, "bloc");
                    }
                    if entry.name == "European Union" {
                        groups.also_called(&entry.name, "commission");
                    }
                }
                _ => groups.add(&name),
            }
            let short = s.mention_at(m.end + 1).filter(|_| s.is(m.end, "("));
            let known_as =
                (m.end..s.tokens.len().min(m.end + 12)).find(|&i| s.is(i, "as") || s.is(i, "called"));
            let known_as =
                known_as.filter(|&i| s.tokens[m.end..i].iter().any(|t| t.is("known")) || s.is(i, "called"));
            if let Some(at) = known_as
                && let Some(other) = s.mention_at(if s.is(at + 1, "the") { at + 2 } else { at + 1 })
                && s.tokens[other.start].is_acronym()
            {
                groups.abbreviate(&name, &s.phrase(text, other.start, other.end));
            }
            // "the junta, which calls itself the Dune Council"
            let calls = if s.is(m.start.wrapping_sub(1), "the") {
                m.start.wrapping_sub(2)
            } else {
                m.start.wrapping_sub(1)
            };
            if s.tokens.get(calls).is_some_and(|t| t.is_one_of(&["itself", "themselves"]))
                && let Some(noun) = (0..calls).find(|&i| {
                    s.is(i + 1, ",") && s.tokens.get(i + 2).is_some_and(|t| t.is_one_of(&["which", "who"]))
                })
            {
                groups.also_called(&groups::plain(&name), &s.tokens[noun].lower);
            }
            for class in classes_told(s, m) {
                groups.also_called(&groups::plain(&name), class);
            }
            if let Some(short) = short.filter(|short| s.is(short.end, ")")) {
                groups.abbreviate(&name, &s.phrase(text, short.start, short.end));
            }
        }
    }
    groups
}

/// For whom someone holds office, as a document tells it up to a point.
pub(super) struct Owners<'g> {
    pub(super) text: &'g str,
    pub(super) groups: &'g Groups,
    /// Actors in the order of mention, the latest last.
    recent: Vec<String>,
    /// The latest actor that was the subject of a sentence: whose "its" is.
    topic: Option<String>,
    /// States, by how often they were named.
    states: Vec<(String, usize)>,
    /// For whom the person named last holds office.
    latest_person: Option<String>,
    /// The noun of an office -> for whom it was held where it was first named with an owner.
    offices: HashMap<String, String>,
}

impl Owners<'_> {
    /// The actor that a mention names.
    pub(super) fn of(&self, s: &Sentence<'_>, m: &Mention) -> Option<String> {
        let written = s.phrase(self.text, m.start, m.end);
        let known = self.groups.resolve(&written, &self.recent).map(str::to_owned);
        match &m.who {
            Who::Actor { entry, .. } if entry.is_state => Some(entry.name.to_owned()),
            Who::Actor { entry, .. } => known.or_else(|| Some(entry.name.to_owned())),
            Who::Place => Some(written),
            Who::Organisation => known.or_else(|| Some(groups::plain(&written))),
            Who::Person(_) => known,
        }
    }

    /// Whose "its" is.
    pub(super) fn topic(&self) -> Option<String> {
        self.topic.clone()
    }

    /// The state that a document is about: named often, and twice as often as any other.
    pub(super) fn most_named(&self) -> Option<String> {
        let mut states: Vec<&(String, usize)> = self.states.iter().collect();
        states.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let (home, n) = states.first()?;
        let is_clear = *n >= CLEARLY_HOME && states.get(1).is_none_or(|(_, other)| other * 2 <= *n);
        is_clear.then(|| home.clone())
    }

    /// The state spoken of last: whose "the government" is.
    pub(super) fn state(&self) -> Option<String> {
        if let Some(topic) = self.topic.as_ref().filter(|t| gazetteer::is_state(t)) {
            return Some(topic.clone());
        }
        self.recent.iter().rev().find(|n| gazetteer::is_state(n)).cloned()
    }

    /// For whom the person named last holds office: whose "his adviser" is.
    pub(super) fn of_latest_person(&self) -> Option<String> {
        self.latest_person.clone()
    }

    /// For whom an office was held when it was named first: "an Omani mediator", later "the mediator".
    pub(super) fn of_office(&self, noun: &str) -> Option<String> {
        self.offices.get(noun).cloned()
    }

    /// The body called by a common noun: "the union's".
    pub(super) fn called(&self, noun: &str) -> Option<String> {
        if lex::is_of_state(noun) {
            return self.state();
        }
        self.groups.resolve(noun, &self.recent).map(str::to_owned)
    }

    /// Takes note of a sentence that has been read.
    pub(super) fn pass(&mut self, s: &Sentence<'_>) {
        let clause = clause::find(s, 0..s.tokens.len());
        let (subject, aside) = clause.map_or((None, None), |c| (Some(c.subject), c.aside));
        for m in &s.mentions {
            if let Who::Person(person) = &m.who
                && person.represents.is_some()
            {
                self.latest_person.clone_from(&person.represents);
            }
            let Some(name) = self.of(s, m) else { continue };
            let in_subject = |range: &Range<usize>| range.contains(&m.start) && !s.tokens[m.start].quoted;
            let is_self = m.start > 1
                && s.tokens[m.start - 2..m.start].iter().any(|t| t.is_one_of(&["itself", "themselves"]));
            if is_self || subject.as_ref().is_some_and(in_subject) || aside.as_ref().is_some_and(in_subject) {
                self.topic = Some(name.clone());
            }
            let office = s.tokens[m.end..]
                .iter()
                .take(3)
                .find(|t| lex::is_individual(&t.lower) && !t.is_capitalised());
            if let Some(office) = office {
                self.offices.entry(office.lower.clone()).or_insert_with(|| name.clone());
            }
            if s.tokens[m.end..]
                .iter()
                .take(3)
                .any(|t| t.is_one_of(&["army", "military", "command", "troops"]))
            {
                self.offices.entry("army".to_owned()).or_insert_with(|| name.clone());
            }
            if gazetteer::is_state(&name) {
                match self.states.iter_mut().find(|(state, _)| *state == name) {
                    Some((_, n)) => *n += 1,
                    None => self.states.push((name.clone(), 1)),
                }
            }
            self.recent.retain(|n| *n != name);
            self.recent.push(name);
        }
    }
}
