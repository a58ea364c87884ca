//! How a document uses its names: "the Tarn" is a body, "Tarn's minister" serves a state, "Mr. Tarn" is a person.
//!
//! Comes in: the sentences with names that may be a person's. Goes out: the same, each name settled by all its uses.

use std::collections::{HashMap, HashSet};

use super::cast;
use super::lexicon as lex;
use super::mentions::{Mention, PersonMention, Sentence, Who};
use super::token::{Clitic, Token};

/// How the names that may be a person's are used throughout a document.
#[derive(Default)]
pub(super) struct Uses {
    /// Names, of any length, with "the" before them.
    with_article: HashSet<String>,
    /// Single names with a title before them, and the parts of full names.
    of_people: HashSet<String>,
    /// Single names behind "in" or "from", and those that own an office: how often.
    of_places: HashMap<String, usize>,
    /// Names that tell by what stands beside them that they are bodies', unless they are a person's or a place's.
    of_bodies: HashSet<String>,
}

impl Uses {
    /// Counts them.
    pub(super) fn count(text: &str, sentences: &[Sentence<'_>]) -> Self {
        let mut uses = Uses::default();
        let mut full = Vec::new();
        for s in sentences {
            for m in s.mentions.iter().filter(|m| matches!(m.who, Who::Person(_))) {
                let name = s.phrase(text, m.start, m.end);
                let is_thing = (s.is(m.end, ",") && s.is(m.end + 1, "which"))
                    || is_named_group(s, m)
                    || has_voice(s, m)
                    || has_officer(s, m)
                    || is_explained(s, m);
                if has_members(s, m) {
                    uses.of_bodies.insert(name.clone());
                }
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

    /// Takes for bodies and places what the document uses as such, and for people the shouted labels of a transcript.
    pub(super) fn settle(&self, text: &str, sentences: &mut [Sentence<'_>]) {
        for s in sentences {
            for i in 0..s.mentions.len() {
                let m = &s.mentions[i];
                // "ROE: We will talk." in a transcript
                let token = &s.tokens[m.start];
                let is_label = m.end == m.start + 1
                    && s.is(m.end, ":")
                    && s.tokens[..m.start].iter().all(|t| lex::is_title(&t.lower))
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
                } else if self.of_bodies.contains(&name) {
                    s.mentions[i].who = Who::Organisation;
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

/// "Tarn, the utility that owns the dam,": a body, by the noun that explains its name.
fn is_explained(s: &Sentence<'_>, m: &Mention) -> bool {
    let opens = s.is(m.end, ",") && s.tokens.get(m.end + 1).is_some_and(|t| t.is_one_of(&["the", "a", "an"]));
    let end = s.tokens.len().min(m.end + 7);
    let cut = |i: &usize| {
        let t = &s.tokens[*i];
        t.is_break() || lex::is_preposition(&t.lower) || lex::is_subordinator(&t.lower)
    };
    let end = (m.end + 2..end).find(cut).unwrap_or(end);
    let head = &s.tokens[end - 1];
    opens
        && end > m.end + 2
        && s.mention_at(end - 1).is_none()
        && (lex::is_class(&head.lower) || lex::is_society(&head.lower) || lex::is_firm(&head.lower))
}

/// "Tarn drivers", "members of Tarn", "TarnLink": a body by its people, or by how it is written.
fn has_members(s: &Sentence<'_>, m: &Mention) -> bool {
    const MEMBERS: &[&str] = &[
        "bosses",
        "crews",
        "drivers",
        "employees",
        "executives",
        "management",
        "managers",
        "members",
        "negotiators",
        "shareholders",
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "staff",
        "workers",
    ];
    if m.end - m.start > 1 || s.title_case {
        return false;
    }
    let has_behind = m.start > 0
        && s.tokens.get(m.end).is_some_and(|t| t.is_one_of(MEMBERS))
        && !s.tokens[m.start - 1].is_capitalised();
    // "Tarn's shareholders"
    let owns = s.tokens[m.start].clitic == Clitic::Possessive
        && s.tokens
            .get(m.end)
            .is_some_and(|t| t.is_one_of(&["board", "management", "shareholders", "shares", "workforce"]));
    let is_of = m.start > 1 && s.is(m.start - 1, "of") && s.tokens[m.start - 2].is_one_of(MEMBERS);
    has_behind || owns || is_of || is_fused(s.tokens[m.start].text)
}

/// "TarnLink", but not "McRoe" or "DeRoe".
fn is_fused(name: &str) -> bool {
    let inner = name.char_indices().skip(3).find(|(_, c)| c.is_uppercase());
    inner.is_some_and(|(i, _)| {
        name[..i].ends_with(char::is_lowercase)
            && !["Mac", "Fitz", "Van", "Von"].contains(&&name[..i])
            && name.chars().all(char::is_alphanumeric)
    })
}

/// "a spokesman for Tarn": a body, unless it is someone with a given name.
fn has_voice(s: &Sentence<'_>, m: &Mention) -> bool {
    m.end - m.start == 1
        && m.start > 1
        && s.is(m.start - 1, "for")
        && lex::is_voice(&s.tokens[m.start - 2].lower)
}

/// "Tarn divisional organiser Ann Roe": whose officer is named behind it.
fn has_officer(s: &Sentence<'_>, m: &Mention) -> bool {
    const OFFICERS: &[&str] = &[
        "boss",
        "chair",
        "chairman",
        "chairwoman",
        "director",
        "executive",
        "manager",
        "spokesman",
        "spokesperson",
        "spokeswoman",
    ];
    if s.title_case || s.tokens[m.end - 1].clitic != Clitic::None {
        return false;
    }
    let is_small = |t: &Token<'_>| t.is_word() && !t.is_capitalised() && !lex::is_function_word(&t.lower);
    let words = s.tokens[m.end..].iter().take(4).take_while(|t| is_small(t)).count();
    // "Shop steward Ann Roe" begins with a common noun.
    if m.start == 0 && words == 1 && !s.tokens[0].is_acronym() {
        return false;
    }
    let is_office = words > 0 && {
        let office = &s.tokens[m.end + words - 1];
        // "Dune Ferries managing director Ann Roe"
        if m.end - m.start > 1 { office.is_one_of(OFFICERS) } else { lex::is_office(&office.lower) }
    };
    is_office && s.mention_at(m.end + words).is_some_and(|name| matches!(name.who, Who::Person(_)))
}

/// "the Tarn", but not in a headline that leaves articles out.
fn has_article(s: &Sentence<'_>, m: &Mention) -> bool {
    m.start > 0 && s.is(m.start - 1, "the") && !s.title_case
}

fn is_titled(s: &Sentence<'_>, m: &Mention) -> bool {
    m.start > 0 && {
        let before = &s.tokens[m.start - 1];
        lex::is_office(&before.lower) && before.clitic == Clitic::None
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
    behind || owns || is_capital || has_ruler(s, m)
}

/// "Tarn President Ann Roe": a land whose ruler is named behind it.
fn has_ruler(s: &Sentence<'_>, m: &Mention) -> bool {
    let is_prime = s.is(m.end, "prime") || s.is(m.end, "chief") || s.is(m.end, "first");
    let office = if is_prime { m.end + 1 } else { m.end };
    let rules = |t: &Token<'_>| {
        t.is_capitalised()
            && t.is_one_of(&["president", "premier", "minister", "governor", "gov.", "chancellor"])
    };
    m.end - m.start == 1
        && !s.title_case
        && s.tokens[m.end - 1].clitic == Clitic::None
        && s.tokens.get(office).is_some_and(rules)
        && s.mention_at(office + 1).is_some_and(|name| matches!(name.who, Who::Person(_)))
}
