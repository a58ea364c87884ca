//! From a noun phrase to the actors it means.
//!
//! Comes in: a range of a sentence's tokens and what the document has said before. Goes out: the actors; nobody
//! where the phrase is about something else. It reads the head of the phrase only: "violence in Mali" means nobody.

use std::ops::Range;

use super::clause::{self, Clause, known};
use super::figure::{Context, Figure};
use super::gazetteer;
use super::groups::{self, Groups};
use super::lexicon as lex;
use super::mentions::{Mention, PersonMention, Sentence, Who};
use super::people::People;
use super::token::Clitic;
use super::verbs::{self, Form};
use crate::article::actors::Kind;

/// Reads noun phrases of one document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrases<'a> {
    pub(super) text: &'a str,
    pub(super) people: &'a People,
    pub(super) groups: &'a Groups,
}

impl Phrases<'_> {
    /// The actors that the phrase `range` means, in order, without repetition.
    pub(super) fn actors(self, s: &Sentence<'_>, range: Range<usize>, context: &Context) -> Vec<Figure> {
        let mut actors: Vec<Figure> = Vec::new();
        let mut opened = false;
        if let Some(pair) = paired(s, &range, context) {
            return pair;
        }
        for part in conjuncts(s, range) {
            // "a border between Oman and Yemen": what follows "and" belongs to the phrase after the preposition.
            let is_inside = actors.is_empty() && opened;
            opened |= has_complement(s, part.clone());
            if is_inside {
                continue;
            }
            for figure in self.conjunct(s, part, context) {
                if !actors.iter().any(|a| a.name == figure.name) {
                    actors.push(figure);
                }
            }
        }
        actors
    }

    /// `context` with the people of this sentence added, those of its subject as the latest.
    pub(super) fn within(self, s: &Sentence<'_>, from: usize, context: &Context) -> Context {
        let mut inner = context.clone();
        for mention in &s.mentions {
            if let Some(name) = self.owner_named(s, mention, &inner) {
                inner.meet_group(name);
            }
        }
        for mention in &s.mentions {
            if let Who::Person(person) = &mention.who
                && let Some(i) = self.people.resolve(&person.name, &context.recent)
                && mention.start >= from
            {
                if s.tokens[mention.start].quoted {
                    inner.meet_in_quotation(self.person(i));
                } else {
                    inner.meet(i);
                    // "Roe's people, she said": she is another.
                    if s.tokens[mention.end - 1].clitic != Clitic::Possessive {
                        inner.hear_of(&self.person(i));
                    }
                }
            }
        }
        // "a woman who gives her name as Ann"
        let name_as = (from + 1..s.tokens.len())
            .find(|&i| s.is(i, "as") && s.tokens[from..i].iter().rev().take(3).any(|t| t.is("name")));
        if let Some(m) = name_as.and_then(|i| s.mention_at(i + 1)) {
            inner.hear_of(&Figure::office(s.phrase(self.text, m.start, m.end), None));
        }
        // "It was the envoy who …: he said"
        if s.is(from, "it")
            && s.tokens.get(from + 1).is_some_and(|t| t.is_one_of(&["was", "is"]))
            && let Some(who) = (from + 2..s.tokens.len().min(from + 14)).find(|&i| s.is(i, "who"))
            && let Some(figure) = self.speaker(s, from + 2..who, &inner)
        {
            inner.hear_of(&figure);
        }
        if let Some(clause) = clause::find(s, from..s.tokens.len()) {
            let quoted = s.tokens[clause.subject.start].quoted;
            let subject = self.subject(s, &clause, context);
            for figure in subject {
                if !quoted {
                    figure.person.into_iter().for_each(|i| inner.meet(i));
                    inner.hear_of(&figure);
                } else if figure.person.is_some() {
                    inner.meet_in_quotation(figure);
                }
            }
        }
        inner
    }

    /// Those whom a sentence names by office and owner, wherever they stand: "thanked the Special Envoy of Oman".
    pub(super) fn offices_in(self, s: &Sentence<'_>, from: usize, context: &Context) -> Vec<Figure> {
        let mut found = Vec::new();
        for last in from..s.tokens.len() {
            let token = &s.tokens[last];
            if s.mention_at(last).is_some()
                || token.clitic == Clitic::Possessive
                || !lex::is_individual(&token.lower)
            {
                continue;
            }
            let belongs = |&i: &usize| {
                s.mention_at(i).is_some() || lex::is_title(&s.tokens[i].lower) || s.tokens[i].is_capitalised()
            };
            let start = (from..last).rev().take_while(belongs).last().unwrap_or(last);
            let is_named = s.mention_at(last + 1).is_some() && !s.is(last + 1, "of");
            if is_named || lex::is_individual(s.tokens.get(last + 1).map_or("", |t| t.lower.as_str())) {
                continue;
            }
            let end = (last + 1..s.tokens.len().min(last + 5))
                .take_while(|&i| s.is(i, "of") || s.is(i, "the") || s.mention_at(i).is_some())
                .last()
                .map_or(last + 1, |i| i + 1);
            let figures = self.conjunct(s, start..end, context);
            found.extend(
                figures
                    .into_iter()
                    .filter(|f| f.person.is_none() && f.kind == Kind::Person && f.represents.is_some()),
            );
        }
        found
    }

    /// The actors that the subject of a clause means; who is named in an aside goes before the office or common noun.
    pub(super) fn subject(self, s: &Sentence<'_>, clause: &Clause, context: &Context) -> Vec<Figure> {
        let aside = clause.aside.clone().map_or_else(Vec::new, |a| self.actors(s, a, context));
        let names = |range: &Range<usize>| s.mention_at(range.end - 1).is_some();
        if aside.iter().any(|f| f.kind == Kind::Person) || (aside.len() == 1 && !names(&clause.subject)) {
            return aside;
        }
        let subject = self.actors(s, clause.subject.clone(), context);
        if subject.is_empty() { aside } else { subject }
    }

    /// Who speaks, where `range` is the subject of a verb of saying: one actor, several together, or someone described:
    /// "a senior Omani official", "two farmers from the valley".
    pub(super) fn speaker(self, s: &Sentence<'_>, range: Range<usize>, context: &Context) -> Option<Figure> {
        if range.is_empty() {
            return None;
        }
        // "a resident who lost her house": the relative clause says nothing of who it is.
        let who = range.clone().skip(1).find(|&i| s.mention_at(i).is_none() && s.is(i, "who"));
        let range = range.start..who.unwrap_or(range.end);
        if let Some(figure) = self.of_writing(s, range.clone(), context) {
            return figure;
        }
        let last = range.end - 1;
        let from = if lex::is_pronoun(&s.tokens[last].lower) { last } else { range.start };
        let mut figures = self.actors(s, from..range.end, context);
        figures.retain(|f| !f.is_nameless());
        figures.retain(|f| !is_unknown(f));
        let has_name = s.mentions.iter().any(|m| range.contains(&m.start));
        let is_new = |f: &Figure| {
            f.person.is_none()
                && f.represents.is_none()
                && !context.latest.iter().chain(&context.offices).any(|known| known.name == f.name)
        };
        match figures.len() {
            0 if from == last && lex::is_pronoun(&s.tokens[last].lower) => None,
            0 => self.described(s, range, context),
            // "two officials familiar with the talks"
            1 if !has_name && is_new(&figures[0]) && !context.groups.contains(&figures[0].name) => {
                self.described(s, range, context).or_else(|| figures.pop())
            }
            1 => figures.pop(),
            // "both sides"
            _ if !has_name => self.described(s, range, context).or_else(|| Some(together(&figures))),
            _ => Some(together(&figures)),
        }
    }

    /// "a statement from the ministry": whose it is; "the statement": whoever spoke last.
    fn of_writing(self, s: &Sentence<'_>, range: Range<usize>, context: &Context) -> Option<Option<Figure>> {
        let (last, cut) = head(s, &range)?;
        if !lex::is_message(&s.tokens[last].lower) || s.mention_at(last).is_some() {
            return None;
        }
        if s.is(cut, "from") || s.is(cut, "by") {
            return Some(self.speaker(s, cut + 1..range.end, context));
        }
        let quotes = s.tokens.iter().any(|t| t.quoted);
        (s.is(range.start, "the") && range.len() == 2 && quotes).then(|| context.speaker.clone())
    }

    /// Someone without a name: the words of the phrase up to its complement.
    fn described(self, s: &Sentence<'_>, range: Range<usize>, context: &Context) -> Option<Figure> {
        let part = without_time(s, conjuncts(s, range).into_iter().next()?);
        let (last, cut) = head(s, &part)?;
        let token = &s.tokens[last];
        let lower = token.lower.as_str();
        // A common noun that begins the sentence looks like a name: "Farmers in the valley said".
        let is_name = s.mention_at(last).is_some_and(|m| last > 0 || m.end > 1 || !lower.ends_with('s'));
        if part.is_empty() || is_name || token.clitic == Clitic::Possessive || token.quoted {
            return None;
        }
        let first = s.tokens[part.start].lower.as_str();
        let counts =
            matches!(first, "one" | "another" | "a" | "an" | "some" | "many" | "several" | "most" | "few")
                || lex::is_count(first)
                || first.chars().all(|c| c.is_ascii_digit());
        if matches!(lower, "one" | "another" | "some" | "many" | "both" | "others" | "other")
            || lex::is_count(lower)
        {
            return self.one_of_them(s, last, cut, part.end, context);
        }
        let is_plural = (lower.ends_with('s') && !lower.ends_with("ss"))
            || matches!(lower, "people" | "women" | "men" | "police");
        let is_body = lex::is_organ(lower) || lex::is_group(lower) || lex::is_organisation(lower);
        // "the 58-year-old"
        if lower.ends_with("-year-old") && first == "the" {
            return context.latest.last().cloned();
        }
        let is_who = s.is(last + 1, "who") || (s.is(last + 1, ",") && s.is(last + 2, "who"));
        let is_someone = counts
            || is_body
            || is_who
            || lex::is_individual(lower)
            || (is_plural && !lex::is_determiner(first))
            || (first == "the" && is_someone_s(lower));
        let is_about = |i: usize| {
            s.mention_at(i).is_none() && (lex::is_writing(&s.tokens[i].lower) || s.is(i, "including"))
        };
        let is_odd = (part.len() <= 2 && (lex::is_class(lower) || lower == "office"))
            || (part.start..=last).any(is_about)
            || lex::is_pronoun(lower)
            || lex::is_calendar(lower)
            || lex::is_stance(lower)
            || lex::is_determiner(lower)
            || !token.is_word()
            || matches!(lower, "source" | "sources" | "person" | "people" | "man" | "woman")
                && part.len() < 3;
        if !is_someone
            || is_odd
            || (part.start..last).any(|i| {
                known(s, i)
                    .is_some_and(|v| v.form != Form::Ing && v.form != Form::Past && v.form != Form::Base)
            })
        {
            return None;
        }
        let is_word_of_name = |&i: &usize| {
            let t = &s.tokens[i];
            t.is_word()
                && !matches!(
                    t.lower.as_str(),
                    "a" | "an" | "the" | "one" | "some" | "same" | "this" | "that" | "unnamed" | "anonymous"
                )
                && !lex::is_adverb(&t.lower)
        };
        let start = (part.start..=last).find(is_word_of_name)?;
        let owners = self.owners_in(s, start..last, context);
        let whole = self.with_complement(s, cut, part.end, last + 1);
        let name = s.description(self.text, start, whole);
        let is_official = lex::is_organ(lower) || lower.ends_with("official") || lower.ends_with("officials");
        let owner = owners.into_iter().next().filter(|_| is_official);
        Some(if is_plural {
            Figure { represents: owner, ..Figure::plain(name, Kind::Group) }
        } else {
            Figure::office(name, owner)
        })
    }

    /// Where a description ends that goes on at `cut`: "familiar with the talks", "at the clinic".
    fn with_complement(self, s: &Sentence<'_>, cut: usize, end: usize, without: usize) -> usize {
        let binds = [
            "of", "for", "in", "at", "from", "with", "to", "familiar", "close", "briefed", "involved", "on",
            "within", "inside", "near",
        ];
        if cut >= end || !s.tokens[cut].is_one_of(&binds) || end - cut > 9 {
            return without;
        }
        let stops = |&i: &usize| {
            lex::is_adverb(&s.tokens[i].lower)
                || lex::is_calendar(&s.tokens[i].lower)
                || s.tokens[i].is_break()
        };
        let stop = (cut + 1..end).find(stops).unwrap_or(end);
        if stop > cut + 1 && !lex::is_preposition(&s.tokens[stop - 1].lower) { stop } else { without }
    }

    /// "One of them", "another": one like the latest group that was named by what it is.
    fn one_of_them(
        self,
        s: &Sentence<'_>,
        last: usize,
        cut: usize,
        end: usize,
        context: &Context,
    ) -> Option<Figure> {
        if s.is(cut, "of") && !s.is(cut + 1, "them") {
            let Some(inner) = self.described(s, cut + 1..end, context) else {
                return context.crowd.clone().map(singular);
            };
            return Some(if s.is(last, "one") { singular(inner) } else { inner });
        }
        Some(singular(context.crowd.clone()?))
    }

    fn conjunct(self, s: &Sentence<'_>, part: Range<usize>, context: &Context) -> Vec<Figure> {
        let part = without_time(s, part);
        if let Some(mention) = name_behind_office(s, &part) {
            return self.mention(s, mention, part, context).into_iter().collect();
        }
        let Some((last, cut)) = head(s, &part) else { return Vec::new() };
        let token = &s.tokens[last];
        let lower = token.lower.as_str();
        if let Some(mention) = s.mention_at(last) {
            let owns = token.clitic == Clitic::Possessive;
            return if owns {
                Vec::new()
            } else {
                self.mention(s, mention, part, context).into_iter().collect()
            };
        }
        // "the Dune Wire agency", "the ACG union"
        if (lex::is_medium(lower) || lex::is_group(lower))
            && let Some(m) = last
                .checked_sub(1)
                .and_then(|i| s.mention_at(i))
                .filter(|m| matches!(m.who, Who::Organisation))
            && s.tokens[last - 1].clitic == Clitic::None
        {
            return self.mention(s, m, part.start..last, context).into_iter().collect();
        }
        if s.tokens[part.start..last].iter().all(|t| lex::is_adverb(&t.lower) || t.is("both")) {
            let by_pronoun = self.pronoun(lower, context);
            if !by_pronoun.is_empty() {
                return by_pronoun;
            }
        }
        let is_several = lower.strip_suffix('s').is_some_and(lex::is_individual);
        if lex::is_organ(lower)
            || lex::is_individual(lower)
            || (is_several && cut < part.end)
            || (lex::is_group(lower) && !token.is_capitalised())
        {
            let mut owners = self.owners_in(s, part.start..last, context);
            // "the chair in Minsk" may be a chair.
            let may_own = |i: usize| {
                s.is(i, "of")
                    || s.is(i, "for")
                    || (lex::is_organ(lower) && (s.is(i, "from") || s.is(i, "in")))
            };
            let mut whole = part.start..last + 1;
            if owners.is_empty() && cut < part.end && may_own(cut) {
                owners = self.owners_in(s, cut..part.end, context);
                let first = if s.is(cut + 1, "the") { cut + 2 } else { cut + 1 };
                // "a senior official in the planning office"
                if owners.is_empty()
                    && lex::is_individual(lower)
                    && s.tokens[part.start].is_one_of(&["a", "an", "another"])
                {
                    whole.end = self.with_complement(s, cut, part.end, last + 1);
                }
                let binds = s.is(cut, "of") || s.is(cut, "for") || s.is(cut, "in");
                if binds && s.mention_at(first).is_some() {
                    let stops = |&i: &usize| {
                        s.mention_at(i).is_none()
                            && (lex::is_preposition(&s.tokens[i].lower) || lex::is_adverb(&s.tokens[i].lower))
                    };
                    whole.end = (first..part.end).find(stops).unwrap_or(part.end);
                }
            }
            return self.role(s, part.start..last + 1, whole, &owners, context);
        }
        if lex::is_stance(lower) {
            return self.owner(s, part.start..last, context);
        }
        // "the association", by the last word of a name
        let is_definite = part.start + 1 == last && s.is(part.start, "the") && lex::is_organisation(lower);
        let named = self.groups.resolve(lower, &context.groups).filter(|_| is_definite);
        named.map(|name| Figure::plain(name, Kind::Group)).into_iter().collect()
    }

    /// Who is meant by a name that heads the phrase `part`.
    pub(super) fn mention(
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
                let is_same = |m: &&Mention| {
                    m.end == mention.start && matches!(&m.who, Who::Actor { entry: e, .. } if e == entry)
                };
                let start = s.mentions.iter().find(is_same).map_or(mention.start, |m| m.start);
                let written = s.phrase(self.text, start, mention.end);
                let known = || Figure::known(entry, &written);
                let own = self.groups.resolve(&written, &context.groups).filter(|_| !entry.is_state);
                is_noun.then(|| own.map_or_else(known, |name| Figure::plain(name, Kind::Group)))
            }
            Who::Person(person) => {
                let known = self.people.resolve(&person.name, &context.recent);
                let part_of = || self.groups.resolve(&person.name, &context.groups);
                known
                    .map(|i| self.person(i))
                    .or_else(|| part_of().map(|name| Figure::plain(name, Kind::Group)))
            }
            Who::Place => Some(Figure::plain(s.phrase(self.text, mention.start, mention.end), Kind::State)),
            Who::Organisation if s.is(part.start, "my") || s.is(part.start, "our") => {
                self.pronoun("we", context).into_iter().next()
            }
            Who::Organisation => Some(self.organisation(s, mention, part, context)),
        }
    }

    /// An organisation; one of a state's bodies acts for the state beside its name.
    fn organisation(
        self,
        s: &Sentence<'_>,
        mention: &Mention,
        part: Range<usize>,
        context: &Context,
    ) -> Figure {
        let words = &s.tokens[mention.start..mention.end];
        let owned = mention.start > part.start && s.tokens[mention.start - 1].clitic == Clitic::Possessive;
        let is_body = words.iter().any(|t| {
            lex::is_organ(&t.lower)
                || t.is_one_of(&["foreign", "department", "presidential"])
                || (owned && lex::is_organisation(&t.lower))
        });
        let beside = self.owners_in(s, part.start..mention.start, context).into_iter().next();
        let behind = || {
            let owners = self.owners_in(s, mention.end..part.end, context);
            owners.into_iter().next().filter(|_| s.is(mention.end, "of"))
        };
        let adjacent = s.mentions.iter().find(|m| m.end == mention.start && beside.is_some());
        let written = s.phrase(self.text, adjacent.map_or(mention.start, |m| m.start), mention.end);
        if let Some(owner) = beside.or_else(behind).filter(|_| is_body) {
            return Figure::body(written, owner);
        }
        let name = s.phrase(self.text, mention.start, mention.end);
        if let Some(full) = self.groups.resolve(&name, &context.groups) {
            return Figure::plain(full, Kind::Group);
        }
        if adjacent.is_none() && words.len() == 1 && lex::is_organ(&words[0].lower) {
            // A common noun that is capitalised: "Parliament voted".
            Figure::nameless()
        } else if adjacent.is_none() && words.len() == 1 && lex::is_organisation(&words[0].lower) {
            Figure::plain(name.to_lowercase(), Kind::Group)
        } else {
            Figure::plain(groups::plain(&written), Kind::Group)
        }
    }

    /// The first two actors that the sentence names.
    pub(super) fn first_two(self, s: &Sentence<'_>, context: &Context) -> Vec<Figure> {
        let mut two: Vec<Figure> = Vec::new();
        for m in &s.mentions {
            let is_actor = matches!(m.who, Who::Actor { .. }) && two.len() < 2;
            let name = self.owner_named(s, m, context).filter(|_| is_actor);
            let Some(name) = name.filter(|n| two.iter().all(|f| f.name != *n)) else { continue };
            let kind = if gazetteer::is_state(&name) { Kind::State } else { Kind::Group };
            two.push(Figure::plain(name, kind));
        }
        if two.len() == 2 { two } else { Vec::new() }
    }

    /// The state or body that a mention names, as an owner of offices.
    pub(super) fn owner_named(self, s: &Sentence<'_>, m: &Mention, context: &Context) -> Option<String> {
        let written = s.phrase(self.text, m.start, m.end);
        let known = self.groups.resolve(&written, &context.groups).map(str::to_owned);
        match &m.who {
            Who::Actor { entry, .. } if entry.is_state => Some(entry.name.to_owned()),
            Who::Actor { entry, .. } => known.or_else(|| Some(entry.name.to_owned())),
            Who::Place => Some(written),
            Who::Organisation if s.tokens[m.start..m.end].iter().any(|t| lex::is_state_body(&t.lower)) => {
                None
            }
            Who::Organisation => known.or_else(|| Some(groups::plain(&written))),
            Who::Person(person) if self.people.resolve(&person.name, &[]).is_none() => known,
            Who::Person(_) => None,
        }
    }

    /// The states and bodies named in `range` as owners: adjectives, possessives and modifiers, or after "of".
    pub(super) fn owners_in(self, s: &Sentence<'_>, range: Range<usize>, context: &Context) -> Vec<String> {
        let inside = s.mentions.iter().filter(|m| range.contains(&m.start) && m.end <= range.end);
        let mut owners = Vec::new();
        for name in inside.filter_map(|m| self.owner_named(s, m, context)) {
            if !owners.contains(&name) {
                owners.push(name);
            }
        }
        owners
    }
}

/// "Oman and Yemen", who speak as one.
fn together(figures: &[Figure]) -> Figure {
    let names: Vec<&str> = figures.iter().map(|f| f.name.as_str()).collect();
    let (last, most) = names.split_last().expect("two figures or more");
    Figure::plain(format!("{} and {last}", most.join(", ")), Kind::Group)
}

/// "the group", "her office": someone named before, but not found.
fn is_unknown(figure: &Figure) -> bool {
    figure.person.is_none()
        && (lex::is_class(&figure.name)
            || ["her ", "his ", "its ", "their "].iter().any(|own| figure.name.starts_with(own)))
}

/// Whether a noun may be what someone is: by its ending.
fn is_someone_s(noun: &str) -> bool {
    ["er", "or", "ist", "ian", "man", "woman", "ee", "ant", "ess", "ive"]
        .iter()
        .any(|end| noun.ends_with(end))
        || noun.ends_with('s')
}

/// "European diplomats" as "European diplomat".
fn singular(figure: Figure) -> Figure {
    let name = figure.name.replace("people", "person");
    let first = name
        .find(" of ")
        .or_else(|| name.find(" in "))
        .or_else(|| name.find(" familiar "))
        .or_else(|| name.find(" with "))
        .unwrap_or(name.len());
    let noun = &name[..first];
    let noun = match noun.strip_suffix("men") {
        Some(stem) => format!("{stem}man"),
        None => noun.strip_suffix('s').unwrap_or(noun).to_owned(),
    };
    let name = format!("{noun}{}", &name[first..]);
    let words: Vec<&str> = name.split(' ').filter(|w| !lex::is_count(&w.to_lowercase())).collect();
    Figure { name: words.join(" "), kind: Kind::Person, ..figure }
}

/// The name at the end of "the President of Oman Ann Roe" or "Ambassador to Oman Ann Roe".
fn name_behind_office<'s>(s: &'s Sentence<'_>, part: &Range<usize>) -> Option<&'s Mention> {
    let mention = s.mention_at(part.end.checked_sub(1)?)?;
    let in_office = matches!(&mention.who, Who::Person(PersonMention { evident: true, titles, .. }) if !titles.is_empty());
    let is_whole = in_office && s.tokens[mention.end - 1].clitic == Clitic::None;
    (is_whole && (part.start..mention.start).all(|i| is_office_word(s, i))).then_some(mention)
}

/// The noun that heads the phrase, and where its complement begins.
fn head(s: &Sentence<'_>, part: &Range<usize>) -> Option<(usize, usize)> {
    let ends_head = |i: &usize| {
        let is_ing = || verbs::lookup(&s.tokens[*i].lower).is_some_and(|v| v.form == Form::Ing);
        let is_reduced = s.mention_at(i - 1).is_some() && is_ing();
        let is_adjective = s.tokens[*i].is_one_of(&[
            "familiar",
            "close",
            "aware",
            "responsible",
            "briefed",
            "involved",
            "quoted",
            "speaking",
            "asked",
            "known",
            "seen",
            "reached",
            "contacted",
            "named",
        ]);
        s.mention_at(*i).is_none() && (lex::is_preposition(&s.tokens[*i].lower) || is_reduced || is_adjective)
    };
    let cut = (part.start + 1..part.end).find(ends_head).unwrap_or(part.end);
    let is_noun = |i: &usize| {
        let t = &s.tokens[*i];
        // "officials familiar with the talks"
        let is_adjective = t.is_one_of(&["familiar", "close", "aware", "responsible"]);
        t.is_word() && !is_adjective && !lex::is_adverb(&t.lower)
    };
    (part.start..cut).rev().find(is_noun).map(|last| (last, cut))
}

/// Whether the token can stand in a title before a name: "the former Ambassador to Oman".
fn is_office_word(s: &Sentence<'_>, i: usize) -> bool {
    let t = &s.tokens[i];
    s.mention_at(i).is_some()
        || t.is_capitalised()
        || lex::is_title(&t.lower)
        || t.is_one_of(&["of", "for", "to", "the", "and"])
}

/// Whether a preposition follows the head of the phrase.
fn has_complement(s: &Sentence<'_>, part: Range<usize>) -> bool {
    without_time(s, part)
        .skip(1)
        .any(|i| s.mention_at(i).is_none() && lex::is_preposition(&s.tokens[i].lower))
}

/// "both sides", "the two countries": the latest pair.
fn paired(s: &Sentence<'_>, range: &Range<usize>, context: &Context) -> Option<Vec<Figure>> {
    let words: Vec<&str> = s.tokens[range.clone()].iter().map(|t| t.lower.as_str()).collect();
    match words.as_slice() {
        ["both"] => Some(context.latest_pair()),
        ["both" | "two", noun] | ["the" | "these", "two", noun] if lex::is_paired(noun) => {
            Some(context.latest_pair())
        }
        ["the", "parties"] if !context.latest_pair().is_empty() => Some(context.latest_pair()),
        _ => None,
    }
}

/// Cuts at "and" and at commas outside names.
fn conjuncts(s: &Sentence<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    let end = range.end;
    for i in range {
        let is_cut = s.mention_at(i).is_none()
            && (s.tokens[i].is_one_of(&["and", "&", "or", "nor"]) || s.tokens[i].is_break());
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
            || (t.text.starts_with(|c: char| c.is_ascii_digit()) && !t.lower.ends_with("-year-old"))
            || matches!(t.lower.as_str(), "last" | "next" | "this")
    };
    while range.len() > 1 {
        let (first, last) = (range.start, range.end - 1);
        let starts = &s.tokens[first].lower;
        let leads = lex::is_adverb(starts)
            || (s.mention_at(first).is_none() && is_time(first) && starts != "this")
            || (lex::is_preposition(starts) && is_time(first + 1));
        let ends = &s.tokens[last].lower;
        let trails = (is_time(last) && s.mention_at(last).is_none())
            || lex::is_preposition(ends)
            // "Oman and Yemen both"
            || matches!(ends.as_str(), "both" | "each" | "all")
            || lex::is_adverb(ends);
        if leads {
            range.start += 1;
        } else if trails {
            range.end -= 1;
        } else {
            break;
        }
    }
    range
}
