//! The organisations that a document names, with what else it calls them.
//!
//! Comes in: the sentences with their names settled. Goes out: [`Groups`]. It refuses to know who speaks for them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::gazetteer;
use super::groups::{self, Groups};
use super::lexicon as lex;
use super::mentions::{Mention, Sentence, Who};
use super::token::{Clitic, Token};

/// The organisations, with what stands in brackets behind them.
pub(super) fn organisations(text: &str, sentences: &[Sentence<'_>]) -> Groups {
    let mut groups = Groups::default();
    // Where every word is capitalised, a name may have taken the next word with it: prose comes first.
    let is_shouted = |s: &Sentence<'_>| s.tokens.iter().all(|t| !t.text.contains(char::is_lowercase));
    let (headlines, prose): (Vec<_>, Vec<_>) = sentences.iter().partition(|s| s.title_case || is_shouted(s));
    let all: Vec<&Sentence<'_>> = prose.into_iter().chain(headlines).collect();
    for s in &all {
        for m in s.mentions.iter().filter(|m| is_body(s, m)) {
            note_body(&mut groups, text, s, m);
        }
    }
    for s in &all {
        let is_single = |m: &&Mention| matches!(m.who, Who::Place | Who::Person(_)) && m.end - m.start == 1;
        for m in s.mentions.iter().filter(is_single) {
            for class in classes_told(s, m) {
                groups.also_called(&s.phrase(text, m.start, m.end), class);
            }
        }
    }
    for s in sentences {
        note_common(&mut groups, text, s);
    }
    let main = protagonists(&groups, text, sentences);
    groups.set_main(main);
    groups
}

/// Names bodies by the first two words of their names, where these words alone were taken for a place: "Gulf Gate" for "Gulf
/// Gate Terminals".
pub(super) fn shortened(groups: &Groups, text: &str, sentences: &mut [Sentence<'_>]) {
    for s in sentences {
        for i in 0..s.tokens.len().saturating_sub(1) {
            let is_free = |k: usize| {
                s.mention_at(k).is_none()
                    && s.tokens[k].is_capitalised()
                    && !lex::is_function_word(&s.tokens[k].lower)
            };
            let is_alone = (i == 0 || !is_free(i - 1)) && !(i + 2 < s.tokens.len() && is_free(i + 2));
            if !s.title_case && is_alone && is_free(i) && is_free(i + 1) {
                let words = s.phrase(text, i, i + 2);
                let full = groups
                    .only(&words)
                    .is_some_and(|name| name.len() > words.len() && name.starts_with(&words));
                if full {
                    s.name(i, i + 2, Who::Organisation);
                }
            }
        }
    }
}

/// The two actors that far more sentences name than any third; none where they are not to be told.
fn protagonists(groups: &Groups, text: &str, sentences: &[Sentence<'_>]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for s in sentences {
        let is_actor = |m: &&Mention| match &m.who {
            Who::Actor { .. } => true,
            Who::Organisation => s.tokens[m.start..m.end]
                .iter()
                .all(|t| !lex::is_medium(&t.lower) && !lex::is_state_body(&t.lower)),
            Who::Person(_) | Who::Place => groups.only(&s.phrase(text, m.start, m.end)).is_some(),
        };
        // "in Havana" is where, not who.
        let is_seat = |m: &&Mention| {
            m.start > 0 && s.tokens[m.start - 1].is_one_of(&["at", "from", "in", "near", "to"])
        };
        let named = s
            .mentions
            .iter()
            .filter(is_actor)
            .filter(|m| !is_seat(m))
            .filter_map(|m| groups::owner(groups, text, s, m, &[]));
        for name in named.collect::<BTreeSet<_>>() {
            *counts.entry(name).or_default() += 1;
        }
    }
    let mut ranked: Vec<(String, usize)> = counts.into_iter().collect();
    ranked.sort_by_key(|(_, n)| Reverse(*n));
    let third = ranked.get(2).map_or(0, |(_, n)| *n);
    match ranked.as_slice() {
        [(first, _), (second, n), ..] if *n >= FEWEST_OF_TWO && third < *n => {
            vec![first.clone(), second.clone()]
        }
        _ => Vec::new(),
    }
}

/// So many sentences name each of the two whom a document is about.
const FEWEST_OF_TWO: usize = 3;

/// Notes bodies without a name of their own: "the pharmacists' guild", "the Tarn herders' association".
fn note_common(groups: &mut Groups, text: &str, s: &Sentence<'_>) {
    const NOUNS: &[&str] = &["association", "council", "federation", "guild", "league", "syndicate", "union"];
    for noun in 2..s.tokens.len() {
        // The mark of a plural owner is a token of its own: "teachers’ union", but "fishermen’s guild".
        let at = if s.tokens[noun - 1].is_word() { noun - 1 } else { noun - 2 };
        let owner = &s.tokens[at];
        let is_plural =
            if at + 2 == noun { lex::is_plural_noun(&owner.lower) } else { owner.lower.ends_with("men") };
        let is_body = s.tokens[noun].is_one_of(NOUNS)
            && !s.tokens[noun].is_capitalised()
            && owner.clitic == Clitic::Possessive
            && is_plural
            && !owner.is_capitalised();
        if is_body && groups.only(&s.tokens[noun].lower).is_none() {
            let is_named = at > 1 && s.tokens[at - 1].is_capitalised();
            let name = s.phrase(text, if is_named { at - 1 } else { at }, noun + 1);
            groups.also_called(&name, &s.tokens[noun].lower);
        }
    }
}

/// Whether an organisation of its own is named, not a state's.
fn is_body(s: &Sentence<'_>, m: &Mention) -> bool {
    match &m.who {
        // "SRINAGAR: Most leaders …"
        Who::Organisation if m.start == 0 && is_dateline(s, m) => false,
        // "RPP radio" is no company.
        Who::Organisation => {
            !s.tokens[m.start..m.end].iter().any(|t| lex::is_state_body(&t.lower))
                && !s.tokens.get(m.end).is_some_and(|t| lex::is_medium(&t.lower) && !t.is_capitalised())
        }
        Who::Actor { entry, adjective } => !entry.is_state && !adjective,
        _ => false,
    }
}

/// Whether a sentence opens with a place in capitals and a mark: "LAGOS, May 3 —".
fn is_dateline(s: &Sentence<'_>, m: &Mention) -> bool {
    let first = &s.tokens[0];
    first.is_acronym() && first.text.len() > 4 && s.tokens.get(m.end).is_some_and(|t| t.is_break())
}

/// Notes the organisation that `m` names, and what the words around it call it.
fn note_body(groups: &mut Groups, text: &str, s: &Sentence<'_>, m: &Mention) {
    let name = s.phrase(text, m.start, m.end);
    match &m.who {
        Who::Actor { entry, .. } => {
            groups.add_as(&name, &entry.name);
            if gazetteer::is_bloc(&entry.name) {
                groups.also_called(&entry.name, "bloc");
            }
            if gazetteer::is_armed(&entry.name) {
                for class in
                    ["group", "movement", "rebels", "insurgents", "militants", "guerrillas", "fighters"]
                {
                    groups.also_called(&entry.name, class);
                }
            }
            if matches!(entry.name.as_str(), "European Commission" | "European Union") {
                groups.also_called(&entry.name, "commission");
            }
        }
        _ => groups.add(&name),
    }
    if let Some(short) = known_as(s, m) {
        groups.abbreviate(&name, &s.phrase(text, short.start, short.end));
    }
    if let Some(noun) = noun_of_itself(s, m) {
        groups.also_called(&groups::plain(&name), noun);
    }
    for class in classes_told(s, m) {
        groups.also_called(&groups::plain(&name), class);
    }
    if let Some(class) = class_before(s, m) {
        groups.also_called(&groups::plain(&name), class);
    }
    // "the Dune Peace Forum (DPF)"
    let short = s.mention_at(m.end + 1).filter(|short| s.is(m.end, "(") && s.is(short.end, ")"));
    if let Some(short) = short {
        groups.abbreviate(&name, &s.phrase(text, short.start, short.end));
    }
}

/// "the Dune Peace Forum, better known as the DPF": the initials.
fn known_as<'s>(s: &'s Sentence<'_>, m: &Mention) -> Option<&'s Mention> {
    let at = (m.end..s.tokens.len().min(m.end + 12)).find(|&i| s.is(i, "as") || s.is(i, "called"))?;
    let is_told = s.is(at, "called") || s.tokens[m.end..at].iter().any(|t| t.is("known"));
    let other = s.mention_at(if s.is(at + 1, "the") { at + 2 } else { at + 1 }).filter(|_| is_told)?;
    s.tokens[other.start].is_acronym().then_some(other)
}

/// "the junta, which calls itself the Dune Council": the noun by which others call it.
fn noun_of_itself<'s>(s: &'s Sentence<'_>, m: &Mention) -> Option<&'s str> {
    let before = m.start.checked_sub(1)?;
    let calls = if s.is(before, "the") { before.checked_sub(1)? } else { before };
    if !s.tokens[calls].is_one_of(&["itself", "themselves"]) {
        return None;
    }
    let is_set_off =
        |&i: &usize| s.is(i + 1, ",") && s.tokens.get(i + 2).is_some_and(|t| t.is_one_of(&["which", "who"]));
    (0..calls).find(is_set_off).map(|noun| s.tokens[noun].lower.as_str())
}

/// "the company, Dune Ferries,": the noun that the name explains.
fn class_before<'s>(s: &'s Sentence<'_>, m: &Mention) -> Option<&'s str> {
    let noun = m.start.checked_sub(2).filter(|_| s.is(m.start - 1, ","))?;
    // "the terminal operator, Dune Ferries,"
    let is_definite = (noun.saturating_sub(3)..noun).any(|i| s.tokens[i].is_one_of(&["the", "its", "their"]));
    let lower = s.tokens[noun].lower.as_str();
    let is_class = lex::is_class(lower) || lex::is_firm(lower) || lower == "union";
    let is_set_off = s.tokens.get(m.end).is_some_and(Token::is_break);
    (is_definite && is_class && is_set_off && s.tokens[noun].clitic == Clitic::None).then_some(lower)
}

/// What an organisation is by the offices it has: "NorthLink's chief executive".
fn classes_told(s: &Sentence<'_>, m: &Mention) -> &'static [&'static str] {
    // "the Tarn union"
    let may_be_name = m.start > 0 || s.tokens[m.start].is_acronym();
    let noun = s.tokens.get(m.end).filter(|t| may_be_name && t.clitic == Clitic::None && !t.is_capitalised());
    if let Some(noun) = noun {
        match noun.lower.as_str() {
            "union" => return &["union"],
            "group" | "movement" | "militia" | "faction" => {
                return &["group", "movement", "militia", "faction"];
            }
            "party" => return &["party"],
            _ => {}
        }
    }
    let mut after = s.tokens[m.end..].iter().take(4);
    if after
        .clone()
        .any(|t| t.is_one_of(&["executive", "manager", "shareholders", "management", "profits", "operating"]))
    {
        return &["company", "firm", "employer", "operator"];
    }
    if after.any(|t| t.is_one_of(&["steward", "strikers"])) { &["union"] } else { &[] }
}
