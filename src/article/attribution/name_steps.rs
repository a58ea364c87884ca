//! Which words belong to a name that no list knows, and how far it goes.
//!
//! Comes in: a token and where the name began. Goes out: whether the token can be a part of it, and how many more tokens
//! are. What kind of name it is, it refuses to know.

use super::gazetteer;
use super::lexicon as lex;
use super::mentions::Sentence;
use super::token::{Clitic, Token};
use super::verbs::{self, Form};

impl Sentence<'_> {
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
        // "Workers at the mine rejected it", but "Union of Coastal States"
        let names_members = (self.is(1, "of") || self.is(1, "for")) && lex::is_organisation(lower);
        let is_common = i == 0
            && i == start
            && token.clitic == Clitic::None
            && (lex::is_organisation(lower)
                || lex::is_group(lower)
                || lex::is_organ(lower)
                || lex::is_people(lower))
            && !(names_members && (!lower.ends_with('s') || !lex::is_group(lower)))
            && !self.title_case
            && !self.tokens.get(1).is_some_and(|t| t.is_capitalised() || t.clitic == Clitic::Possessive);
        // "Crown Estate", but not "Crown Prince"
        let is_crown = lower == "crown"
            && self.tokens.get(i + 1).is_some_and(|t| t.is_capitalised() && !lex::is_title(&t.lower));
        if !token.is_capitalised() || is_common || (lex::is_title(lower) && !is_crown) {
            return false;
        }
        let is_first = i == start;
        // "the Tripoli-based Government"
        if is_first && is_made_of_place(lower) {
            return false;
        }
        // "Union Home Minister Ann Roe"
        if lower == "union"
            && self
                .tokens
                .get(i + 1)
                .is_some_and(|t| t.is_capitalised() && (lex::is_portfolio(&t.lower) || t.is("home")))
            && self.is(i + 2, "minister")
        {
            return false;
        }
        // "Transport Cabinet Secretary Ann Roe"
        if lower == "cabinet" && self.is(i + 1, "secretary") {
            return false;
        }
        if is_first && (self.is_role_before_name(i) || self.is_portfolio(i)) {
            return false;
        }
        if is_first && self.is_given_name(i) {
            return true;
        }
        // "Per Roe" is a person, "per head" is not; so is "Emily Roe".
        let is_name = i > 0 && (lower == "per" || (lower.ends_with("ly") && !lex::is_listed_adverb(lower)));
        if lex::is_function_word(lower) && !is_name {
            return false;
        }
        let is_of_people =
            is_people(lower) && token.clitic == Clitic::Possessive && is_run_of_body(&self.tokens[i + 1..]);
        let is_bare_organ = lex::is_organ(lower) && !lex::is_organisation(lower) && !is_of_people;
        // "Comrade Sunday Roe"
        let is_given = i > 0
            && lex::is_form_of_address(self.tokens[i - 1].lower.trim_end_matches('.'))
            && self.tokens.get(i + 1).is_some_and(Token::is_capitalised);
        // "the July Movement"
        let names_body =
            self.tokens.get(i + 1).is_some_and(|t| t.is_capitalised() && lex::is_organisation(&t.lower));
        let starts_date = lex::is_calendar(lower)
            && !is_given
            && !names_body
            && (is_first
                || self.tokens.get(i + 1).is_some_and(|t| t.text.starts_with(|c: char| c.is_ascii_digit())));
        let is_excluded =
            starts_date || (is_first && is_bare_organ) || ((self.title_case || i == 0) && is_verb());
        !is_excluded
    }

    /// "Bill" in "Bill Roe", "Will" in "Will Roe": a given name that is another word too.
    pub(super) fn is_given_name(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        let has_surname = || {
            self.tokens.get(i + 1).is_some_and(|t| t.is_capitalised() && !lex::is_function_word(&t.lower))
                && gazetteer::match_at(&self.tokens[i + 1..]).is_none()
        };
        let is_article = i > 0 && lex::is_determiner(&self.tokens[i - 1].lower);
        lex::is_given_name(&token.lower)
            && token.is_capitalised()
            && token.clitic == Clitic::None
            && !self.title_case
            && !is_article
            && has_surname()
    }

    /// "Farmer" in "Farmer Ann Roe".
    fn is_role_before_name(&self, i: usize) -> bool {
        let follows = || {
            self.tokens.get(i + 1).is_some_and(|t| t.is_capitalised() && !lex::is_function_word(&t.lower))
                && self.tokens[i].clitic == Clitic::None
        };
        let begins = i == 0
            || !self.tokens[i - 1].is_capitalised()
            || self.tokens[i - 1].clitic == Clitic::Possessive
            || self.tokens[i - 1].is("prime")
            || self.mention_at(i - 1).is_some()
            || self.tokens[i].is_acronym()
            || lex::is_title(&self.tokens[i - 1].lower)
            || lex::is_place_or_thing(&self.tokens[i - 1].lower);
        lex::is_role(&self.tokens[i].lower) && begins && follows()
    }

    /// "Jordan" in "Chuck Jordan said", where the name ends.
    fn is_surname_of_state(&self, i: usize) -> bool {
        const SURNAMES: &[&str] = &["jordan", "chad", "georgia", "israel", "ireland", "london", "holland"];
        self.tokens[i].is_one_of(SURNAMES)
            && self.tokens[i].is_capitalised()
            && !self.title_case
            && !self.tokens.get(i + 1).is_some_and(Token::is_capitalised)
    }

    /// "Health" in "Minister for Health Ann Roe", "Affairs" in "Minister of Foreign Affairs Ann Roe".
    fn is_portfolio(&self, i: usize) -> bool {
        const LINKS: &[&str] = &["and", "for", "of", "the"];
        let is_part =
            |t: &Token<'_>| t.is_one_of(LINKS) || (t.is_capitalised() && lex::is_portfolio(&t.lower));
        let office = (i.saturating_sub(6)..i).rev().find(|&k| !is_part(&self.tokens[k]));
        let is_office = |t: &Token<'_>| {
            t.is_one_of(&["commissioner", "envoy", "minister", "representative", "secretary", "state"])
        };
        let follows =
            |t: &Token<'_>| t.is_capitalised() && !lex::is_organisation(&t.lower) || t.is("affairs");
        // "Economy Secretary Ann Roe"
        let office_at = if self.is(i + 1, "cabinet") { i + 2 } else { i + 1 };
        let leads = self.tokens.get(office_at).is_some_and(&is_office)
            && self.tokens[i].clitic == Clitic::None
            && self.tokens.get(office_at + 1).is_some_and(Token::is_capitalised);
        if leads && lex::is_portfolio(&self.tokens[i].lower) {
            return true;
        }
        lex::is_portfolio(&self.tokens[i].lower)
            && office.is_some_and(|k| is_office(&self.tokens[k]) && self.tokens[k + 1].is_one_of(LINKS))
            && self.tokens.get(i + 1).is_some_and(follows)
    }

    /// "Foreign" or "Defense" in the name of a ministry.
    pub(super) fn is_office(&self, i: usize) -> bool {
        let is_title =
            |t: &Token<'_>| t.is_capitalised() && t.clitic == Clitic::None && lex::is_title(&t.lower);
        self.mention_at(i).is_none() && self.tokens.get(i).is_some_and(is_title)
    }

    /// How many tokens from `end` on belong to the name that began at `start`; 0 if it ends there.
    pub(super) fn step(&self, start: usize, end: usize, is_organisation: bool) -> usize {
        let Some(next) = self.tokens.get(end) else { return 0 };
        let last = &self.tokens[end - 1];
        if last.clitic != Clitic::None {
            return self.step_over_possessive(end);
        }
        // "Ann “Radio” Roe"
        if self.is_nickname(end) && self.is_name_token(end + 3, start) {
            return 4;
        }
        let is_capital = |i: usize| self.tokens.get(i).is_some_and(|t| t.is_capitalised() && t.is_word());
        let is_title = is_capital(end) && next.clitic == Clitic::None && lex::is_title(&next.lower);
        // "Vairua Republican Rally": a word that is also a title, inside a body's name.
        // So it is in "Collective Security Treaty Organization".
        let noun = (end + 1..end + 3)
            .take_while(|&i| is_capital(i))
            .find(|&i| lex::is_organisation(&self.tokens[i].lower))
            .filter(|_| is_title && !lex::is_individual(&next.lower));
        if let Some(noun) = noun {
            return noun + 1 - end;
        }
        // "United Steelworkers Local 13-227"
        if last.is("local") && next.text.starts_with(|c: char| c.is_ascii_digit()) {
            return 1;
        }
        if end == start + 1 && !is_organisation {
            // "District Superintendent Ann Roe": what stands before an office is no part of the name behind it.
            // So it is in "Independent TD Ann Roe".
            let is_office = is_capital(end) && is_capital(end + 1) && lex::is_individual(&next.lower);
            if is_office && (next.is_acronym() || lex::is_place_or_thing(&last.lower)) {
                return 0;
            }
            // "Chuck Jordan"; "Local 4417 of the Nurses' Union"
            let is_local = last.is("local") && next.text.chars().all(|c| c.is_ascii_digit());
            if is_local || (self.is_surname_of_state(end) && !last.is_acronym()) {
                return 1;
            }
        }
        self.step_over_link(start, end, is_organisation)
    }

    /// The same where the last word owns what follows: "the Farm Workers' Union", "the Carriers' Round Table".
    fn step_over_possessive(&self, end: usize) -> usize {
        let (last, next) = (&self.tokens[end - 1], &self.tokens[end]);
        if is_people(&last.lower) && is_run_of_body(&self.tokens[end..]) {
            return 1;
        }
        let is_capital = |i: usize| self.tokens.get(i).is_some_and(Token::is_capitalised);
        let names_body =
            is_capital(end + 1) && (lex::is_organisation(&self.tokens[end + 1].lower) || is_capital(end + 2));
        if last.lower.ends_with('s') && !next.is_word() && names_body { 2 } else { 0 }
    }

    /// The same over small words: "Bank of the North", "Ann van der Roe", "Alliance to Reclaim Our Schools".
    fn step_over_link(&self, start: usize, end: usize, is_organisation: bool) -> usize {
        let next = &self.tokens[end];
        let carries_on =
            |i: usize| self.is_name_token(i, start) && gazetteer::match_at(&self.tokens[i..]).is_none();
        let is_particle = |i: usize| self.tokens.get(i).is_some_and(|t| lex::is_particle(&t.lower));
        // "the Dune Tribe and Tarn Power" are two.
        let is_complete = lex::ends_name_of_body(&self.tokens[end - 1].lower) && end > start + 1;
        let joins = is_organisation && next.is("and") && !is_complete;
        let links = is_organisation && next.is_one_of(&["of", "for"]);
        let is_purpose = is_organisation
            && !self.title_case
            && (next.is("to") || (next.is_capitalised() && next.is_one_of(&["our", "the", "all"])));
        let is_suffix =
            next.is(",") && self.tokens.get(end + 1).is_some_and(|t| t.is_one_of(&["jr.", "sr."]));
        if carries_on(end) || (is_organisation && self.is_name_token(end, start)) {
            1
        } else if is_suffix
            || (links && self.is_office(end + 1))
            || ((next.text == "&" || is_particle(end) || links || joins || is_purpose) && carries_on(end + 1))
        {
            2
        } else if links && self.is(end + 1, "the") && self.is_office(end + 2) && self.is(end + 3, "of") {
            // "Committee for the Defence of Carriers"
            3
        } else if ((links && self.is(end + 1, "the")) || (is_particle(end) && is_particle(end + 1)))
            && carries_on(end + 2)
        {
            3
        } else {
            0
        }
    }

    /// Whether a nickname in quotation marks opens at token `i`.
    fn is_nickname(&self, i: usize) -> bool {
        self.tokens[i].opens_quotation()
            && self.tokens.get(i + 1).is_some_and(Token::is_capitalised)
            && self.tokens.get(i + 2).is_some_and(|t| matches!(t.text, "”" | "\"" | "’"))
    }
}

/// Whether the word only tells where a body is or who stands behind it: "Minsk-based", "Omani-backed".
fn is_made_of_place(lower: &str) -> bool {
    const ENDS: &[&str] = &[
        "-based",
        "-led",
        "-backed",
        "-run",
        "-born",
        "-controlled",
        "-held",
        "-brokered",
        "-mediated",
        "-owned",
    ];
    ENDS.iter().any(|end| lower.ends_with(end))
}

/// A plural without "s" whose owner begins a body's name: "People's Party", "Fishermen's Association".
fn is_people(lower: &str) -> bool {
    lower == "people" || lower == "children" || lower.ends_with("men")
}

/// Whether capitalised words with an organisation's noun among them stand first.
fn is_run_of_body(tokens: &[Token<'_>]) -> bool {
    tokens.iter().take_while(|t| t.is_capitalised()).any(|t| lex::is_organisation(&t.lower))
}
