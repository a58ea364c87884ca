//! Titles before a name, and for whom an office is held.
//!
//! Comes in: where a name begins. Goes out: the titles left of it and their owner: "Omani foreign minister".

use super::gazetteer;
use super::lexicon as lex;
use super::mentions::{Mention, PersonMention, Sentence, Who};
use super::owners::Owners;
use super::token::Clitic;
use super::verbs::{self, Form};

/// What was read of a title so far, from right to left.
#[derive(Default)]
struct Title {
    /// For whom it is held.
    owner: Option<String>,
    /// Whether its bearer speaks for nobody else.
    is_apart: bool,
    /// Whether there is more to it than a form of address or a rank.
    has_office: bool,
    /// Lower-case words since the latest noun of an office that no list knows.
    unknown: usize,
}

impl Title {
    fn take_office(&mut self, lower: &str, person: &mut PersonMention) {
        person.titles.push(lower.to_owned());
        self.has_office |= !lex::is_rank(lower);
        self.is_apart |= speaks_by_itself(lower);
        self.unknown = 0;
    }
}

/// How far a title reaches, in tokens.
const LONGEST_TITLE: usize = 12;

/// So many words that no list knows may stand in a title.
const MOST_UNKNOWN: usize = 3;

/// "Dr." tells nothing of whom someone speaks for, "doctor" does.
fn speaks_by_itself(lower: &str) -> bool {
    lex::speaks_for_none(lower) && !lex::is_rank(lower)
}

impl Sentence<'_> {
    /// Whether token `i` is the noun of an office or a trade, outside any name.
    pub(super) fn is_office_noun(&self, i: usize) -> bool {
        self.mention_at(i).is_none() && self.tokens.get(i).is_some_and(|t| lex::is_office(&t.lower))
    }

    /// Reads the words left of `end` as a title: "Omani foreign minister", "Secretary of State", "Envoy for Mali".
    pub(super) fn read_title(&self, end: usize, person: &mut PersonMention, owners: &Owners<'_>) {
        // "the governor of Tarn" is not Tarn's title.
        let is_bound = end > 0
            && self.mention_at(end - 1).is_none()
            && self.tokens[end - 1].is_one_of(&["of", "for", "to", "in", "at", "from"]);
        if is_bound {
            return;
        }
        let mut title = Title::default();
        for i in (0..end).rev().take(LONGEST_TITLE) {
            let goes_on = if self.is_office_noun(i) && self.tokens[i].clitic == Clitic::None {
                title.take_office(&self.tokens[i].lower, person);
                true
            } else if let Some(mention) = self.mention_at(i) {
                self.take_owner(i, mention, &mut title, person, owners)
            } else {
                title.is_apart |= speaks_by_itself(&self.tokens[i].lower);
                self.take_common_owner(i, &mut title, person, owners)
                    && self.take_modifier(i, end, &mut title, person)
            };
            if !goes_on {
                break;
            }
        }
        // "Tribal Chairwoman Ann Roe"
        if person.titles.iter().any(|t| t == "tribal") {
            title.owner = title.owner.take().or_else(|| owners.called("tribe"));
        }
        if !person.titles.is_empty() {
            person.evident = true;
            person.is_apart |= title.is_apart;
            // "U.S. Rep. Ann Roe" speaks for herself.
            const LEGISLATORS: &[&str] = &["congressman", "congresswoman", "rep.", "sen.", "senator"];
            let legislates = person.titles.iter().any(|t| LEGISLATORS.contains(&t.as_str()));
            let owner = title.owner.filter(|owner| !(legislates && gazetteer::is_state(owner)));
            person.represents = person.represents.take().or(owner);
        }
    }

    /// "Omani" in "Omani minister", "Oman" in "minister of Oman"; whether the title may go on left of it.
    fn take_owner(
        &self,
        i: usize,
        m: &Mention,
        title: &mut Title,
        person: &PersonMention,
        owners: &Owners<'_>,
    ) -> bool {
        let token = &self.tokens[i];
        let has_titles = !person.titles.is_empty();
        // "envoy to Mali" serves someone else.
        let is_before = |back: usize, words: &[&str]| {
            m.start.checked_sub(back).is_some_and(|k| self.tokens[k].is_one_of(words))
        };
        let is_goal =
            is_before(1, &["to", "for", "with"]) || (is_before(1, &["the"]) && is_before(2, &["to"]));
        // "Labour Minister"
        let is_portfolio = m.end - m.start == 1
            && !token.is_acronym()
            && self.tokens.get(m.end).is_some_and(|t| t.is_one_of(&["minister", "secretary"]))
            && matches!(&m.who, Who::Actor { entry, .. } if !entry.is_state);
        if (has_titles || token.is_capitalised()) && !is_goal && !is_portfolio {
            // "Club captain Ann Roe" begins with a common noun.
            let is_common = m.start == 0 && m.end == 1 && lex::is_organisation(&token.lower);
            let of = if is_common { owners.called(&token.lower) } else { owners.of(self, m) };
            title.owner = of.or(title.owner.take());
        }
        !has_titles || token.clitic != Clitic::Possessive
    }

    /// "the union's president", "her adviser", "its envoy"; whether the title may go on left of it.
    fn take_common_owner(
        &self,
        i: usize,
        title: &mut Title,
        person: &PersonMention,
        owners: &Owners<'_>,
    ) -> bool {
        let token = &self.tokens[i];
        let lower = token.lower.as_str();
        if !title.has_office {
            return true;
        }
        if token.clitic == Clitic::Possessive {
            title.owner = title.owner.take().or_else(|| owners.called(lower));
            return false;
        }
        // "union president Ann Roe"
        let is_body =
            (lex::is_group(lower) || lex::is_organisation(lower)) && (!token.is_capitalised() || i == 0);
        // A board member speaks for himself.
        let is_body = is_body && !person.titles.iter().any(|t| t == "member" || t == "trustee");
        if is_body && title.owner.is_none() {
            title.owner = owners.called(lower);
        }
        match lower {
            // "his brother, Bob Doe" holds no office.
            "his" | "her" if person.titles.iter().any(|t| lex::is_kin(t)) => title.is_apart = true,
            "his" | "her" => title.owner = title.owner.take().or_else(|| owners.of_latest_person()),
            "its" | "their" => title.owner = title.owner.take().or_else(|| owners.topic()),
            _ => return true,
        }
        false
    }

    /// "deputy infrastructure" in "the deputy infrastructure minister"; whether the title may go on left of it.
    fn take_modifier(&self, i: usize, end: usize, title: &mut Title, person: &mut PersonMention) -> bool {
        let token = &self.tokens[i];
        let lower = token.lower.as_str();
        let has_titles = !person.titles.is_empty();
        let joins_offices =
            || i > 0 && i + 1 < end && self.is_office_noun(i + 1) && self.is_office_noun(i - 1);
        // "the water and energy minister"
        let joins_portfolios = || {
            let is_portfolio = |k: usize| self.tokens.get(k).is_some_and(|t| lex::is_portfolio(&t.lower));
            has_titles && i > 0 && is_portfolio(i - 1) && is_portfolio(i + 1)
        };
        let links = matches!(lower, "of" | "for" | "to" | "the")
            || (lower == "and" && (joins_offices() || joins_portfolios()));
        let names_office = token.is_capitalised() && !lex::is_function_word(lower) && token.is_word();
        title.unknown += usize::from(!links && !names_office);
        let is_plain = token.is_word()
            && !lex::is_function_word(lower)
            && verbs::lookup(lower).is_none_or(|v| v.form == Form::Ing);
        let is_portfolio = is_plain && has_titles && title.unknown <= MOST_UNKNOWN;
        if is_portfolio {
            person.portfolio.push(lower.to_owned());
        }
        // "In Ottawa the foreign affairs critic, Ann Roe": the article opens the title.
        let is_bound = || i > 0 && self.tokens[i - 1].is_one_of(&["of", "for", "to"]);
        if lower == "the" && has_titles && !is_bound() {
            return false;
        }
        links || names_office || is_portfolio
    }

    /// "The envoy of the Arab League, Ann Roe, …": the phrase that ends at the comma `end`.
    pub(super) fn read_office_phrase(&self, end: usize, person: &mut PersonMention, owners: &Owners<'_>) {
        let mut depth = 0_usize;
        let stops = |i: &usize| {
            match self.tokens[*i].text {
                ")" => depth += 1,
                "(" => depth = depth.saturating_sub(1),
                _ => return depth == 0 && (self.tokens[*i].is_break() || self.tokens[*i].quoted),
            }
            false
        };
        let start = (0..end).rev().find(stops).map_or(0, |i| i + 1);
        // "Oman's ambassador to Mali, Ann Roe", "the Omani ambassador to Mali"
        let owner = (start..end.min(start + 3)).find_map(|i| self.mention_at(i)).filter(|m| {
            let is_adjective = matches!(m.who, Who::Actor { adjective: true, .. });
            // "the U.N. special representative in Haiti"
            let is_adjunct = !matches!(m.who, Who::Person(_))
                && self.tokens.get(m.end).is_some_and(|t| !t.is_capitalised() && lex::is_office(&t.lower));
            is_adjective || is_adjunct || self.tokens[m.end - 1].clitic == Clitic::Possessive
        });
        let opens = |i: &usize| {
            *i < end
                && (self.tokens[*i].is_one_of(&["the", "its", "their", "a", "an"])
                    || owner.is_some_and(|m| m.start == *i))
        };
        let reach = owner.map_or(start, |m| m.end);
        let noun =
            (reach..end.min(reach + 4)).find(|&i| self.is_office_noun(i) && !self.is_office_noun(i + 1));
        let Some(noun) = noun.filter(|_| opens(&start)) else { return };
        let links: &[&str] = if owner.is_some() {
            &["of", "for", "from", "to", "in", "at"]
        } else {
            &["of", "for", "from", "to"]
        };
        if !self.tokens.get(noun + 1).is_some_and(|t| t.is_one_of(links)) {
            return;
        }
        person.evident = true;
        person.is_apart |= self.tokens[start..noun].iter().any(|t| lex::speaks_for_none(&t.lower));
        person.titles.push(self.tokens[noun].lower.clone());
        let owner = owner.and_then(|m| owners.of(self, m));
        person.represents =
            person.represents.take().or(owner).or_else(|| self.owner_in(noun + 1..end, owners));
    }
}
