//! Where a name that no list knows begins and ends, and what kind it is of.
//!
//! Comes in: a token that may begin a name. Goes out: the run of capitalised words and the links between them ("Bank of
//! the North") as a person, an organisation or neither.

use super::gazetteer;
use super::lexicon as lex;
use super::mentions::{Mention, PersonMention, Sentence, Who};
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
        // "Workers at the mine rejected it."
        let is_common = i == 0
            && i == start
            && token.clitic == Clitic::None
            && (lex::is_group(lower)
                || lex::is_organ(lower)
                || (lex::is_organisation(lower) && !self.is(1, "of") && !self.is(1, "for")))
            && !self.title_case
            && !self.tokens.get(1).is_some_and(|t| t.is_capitalised() || t.clitic == Clitic::Possessive);
        // "Crown Estate", but not "Crown Prince"
        let is_crown = lower == "crown"
            && self.tokens.get(i + 1).is_some_and(|t| t.is_capitalised() && !lex::is_title(&t.lower));
        if !token.is_capitalised() || is_common || (lex::is_title(lower) && !is_crown) {
            return false;
        }
        let is_first = i == start;
        if is_first && self.is_role_before_name(i) {
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
        let starts_date = lex::is_calendar(lower)
            && (is_first
                || self.tokens.get(i + 1).is_some_and(|t| t.text.starts_with(|c: char| c.is_ascii_digit())));
        let is_excluded =
            starts_date || (is_first && is_bare_organ) || ((self.title_case || i == 0) && is_verb());
        !is_excluded
    }

    /// "Bill" in "Bill Roe", "Will" in "Will Roe": a given name that is another word too.
    fn is_given_name(&self, i: usize) -> bool {
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
            || self.mention_at(i - 1).is_some()
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

    /// "Foreign" or "Defense" in the name of a ministry.
    fn is_office(&self, i: usize) -> bool {
        let is_title =
            |t: &Token<'_>| t.is_capitalised() && t.clitic == Clitic::None && lex::is_title(&t.lower);
        self.mention_at(i).is_none() && self.tokens.get(i).is_some_and(is_title)
    }

    /// Reads the run of capitalised words at `start`; returns where to go on.
    pub(super) fn read_run(&mut self, text: &str, start: usize) -> usize {
        if self.begins_with_common_noun(start) {
            return start + 1;
        }
        let mut run = self.run(start);
        if run.is_acronym(self) && self.abbreviates_noun(run.start) {
            return run.end;
        }
        if self.names_body(&run) {
            return self.push(run.start, run.end + 1, Who::Organisation);
        }
        if !self.is_organisation(&run) {
            return self.read_person(text, run);
        }
        run.start = self.with_place(&run);
        while self.mentions.last().is_some_and(|m| m.start >= run.start) {
            self.mentions.pop();
        }
        self.push(run.start, run.end, Who::Organisation)
    }

    /// "Crews of Dune Ferries stopped work": a common noun that begins a sentence.
    fn begins_with_common_noun(&self, start: usize) -> bool {
        let first = self.tokens[start].lower.as_str();
        start == 0
            && first.ends_with('s')
            && self.tokens.get(1).is_some_and(|t| t.is_one_of(&["of", "in", "at", "from", "for"]))
            && lex::is_organisation(first)
            && first != "sons"
    }

    /// How far the name goes that begins at `start`, or at the office before it: "Foreign Ministry".
    fn run(&self, mut start: usize) -> Run {
        let mut end = start + 1;
        let mut has_body_noun = lex::is_organisation(&self.tokens[start].lower);
        if has_body_noun && start > 0 && self.is_office(start - 1) {
            start -= 1;
        }
        loop {
            let step = self.step(start, end, has_body_noun);
            if step == 0 {
                return Run { start, end, has_body_noun };
            }
            end += step;
            has_body_noun |= lex::is_organisation(&self.tokens[end - 1].lower)
                || (self.tokens[start].is("local") && end == start + 2)
                // "Maple School District"
                || (self.tokens[end - 1].is("district") && self.tokens[end - 2].is_one_of(DISTRICTS));
        }
    }

    /// "the Fifth Border party": a name that a common noun completes.
    fn names_body(&self, run: &Run) -> bool {
        const NOUNS: &[&str] = &["party", "movement", "militia", "faction", "coalition", "alliance"];
        !run.has_body_noun
            && self.tokens.get(run.end).is_some_and(|t| t.is_one_of(NOUNS))
            && self.tokens[run.end - 1].clitic == Clitic::None
            && !self.title_case
            && !self.is_office(run.start.saturating_sub(1))
    }

    fn is_organisation(&self, run: &Run) -> bool {
        let words = &self.tokens[run.start..run.end];
        // "the daily Horizon", "the supplier GASCO"
        let is_noun = |t: &Token<'_>| {
            lex::is_medium(&t.lower) || lex::is_group(&t.lower) || lex::is_organisation(&t.lower)
        };
        let after_noun = run.start > 0 && {
            let before = &self.tokens[run.start - 1];
            is_noun(before) && !before.is_capitalised() && before.clitic == Clitic::None
        };
        let is_nicknamed = words.iter().any(opens_nickname);
        run.has_body_noun
            || self.is_abbreviated(run)
            || run.is_acronym(self)
            || after_noun
            || (!is_nicknamed && words.iter().any(|t| t.text == "&"))
            || words.iter().any(|t| lex::is_medium(&t.lower))
    }

    /// "Open Road Relief (ORR)": whether initials of the words follow in brackets.
    fn is_abbreviated(&self, run: &Run) -> bool {
        let Some(short) = self.tokens.get(run.end + 1).filter(|t| self.is(run.end, "(") && t.is_acronym())
        else {
            return false;
        };
        let initials = self.tokens[run.start..run.end].iter().filter(|t| t.is_capitalised());
        let initials: String = initials.filter_map(|t| t.text.chars().next()).collect();
        run.end > run.start + 1 && initials == short.text.replace('.', "")
    }

    /// Notes a run that is no organisation as a person, unless it is a place or a thing; returns where to go on.
    fn read_person(&mut self, text: &str, run: Run) -> usize {
        let Run { start, mut end, .. } = run;
        let words = &self.tokens[start..end];
        // "Horn of Africa Ann Roe"
        let is_tail_of_place = words.len() > 2
            && lex::is_place_or_thing(&words[0].lower)
            && start > 0
            && self.tokens[start - 1].is("of");
        if is_tail_of_place {
            return start + 1;
        }
        // "Bill Roe", "Governor Ann Lake"
        let is_titled = start > 0 && {
            let before = &self.tokens[start - 1];
            (lex::is_individual(&before.lower) || lex::is_rank(&before.lower))
                && before.clitic == Clitic::None
        };
        let names_thing = |(k, t): (usize, &Token<'_>)| {
            let is_part =
                (k == 0 && self.is_given_name(start)) || (is_titled && k > 0 && k + 1 == words.len());
            !is_part && lex::is_place_or_thing(&t.lower)
        };
        if words.len() > LONGEST_PERSON || words.iter().enumerate().any(names_thing) {
            return end;
        }
        // "After Ann Roe Visit": in a headline a third word that can be a verb is one.
        let is_verb = |i: usize| verbs::lookup(&self.tokens[i].lower).is_some();
        while self.title_case && end - start > 2 && is_verb(end - 1) {
            end -= 1;
        }
        // "Ann Roe MP"
        while end - start > 2 && lex::is_honour(&self.tokens[end - 1].text.replace('.', "")) {
            end -= 1;
        }
        // "Ann “Radio” Roe"
        let nickname = (start..end).find(|&i| opens_nickname(&self.tokens[i]));
        let name = match nickname {
            Some(at) => format!("{} {}", self.phrase(text, start, at), self.phrase(text, at + 3, end)),
            None => self.phrase(text, start, end),
        };
        self.push(start, end, Who::Person(PersonMention { name, ..PersonMention::default() }))
    }

    /// Where the name of an organisation begins if the known actors before it are a part of it.
    fn with_place(&self, run: &Run) -> usize {
        let before = |end: usize, is_adjective: bool| {
            let fits = |m: &&Mention| {
                m.end == end && matches!(m.who, Who::Actor { adjective, .. } if adjective == is_adjective)
            };
            self.mentions.iter().rev().find(|m| m.start < end).filter(fits).map(|m| m.start)
        };
        // "Panama Canal Authority", but not "Oman Foreign Ministry"
        if let Some(start) = before(run.start, false) {
            let is_free = !self.tokens[run.start..run.end].iter().any(|t| lex::is_state_body(&t.lower))
                && run.has_body_noun;
            let is_joined = self.tokens[run.start - 1].clitic == Clitic::None;
            return if is_free && is_joined && !self.title_case { start } else { run.start };
        }
        // "the Greek Energy Forum" is not one of the Greek state's bodies; "the Canadian Hellenic League"
        let mut start = run.start;
        while lex::is_society(&self.tokens[run.end - 1].lower)
            && let Some(owner) = before(start, true)
        {
            start = owner;
        }
        start
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
        if last.clitic != Clitic::None && is_people(&last.lower) && is_run_of_body(&self.tokens[end..]) {
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
        if opens_nickname(next)
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
        // "District Superintendent Ann Roe": what stands before an office is no part of the name behind it.
        let opens_name = |i: usize| self.tokens.get(i).is_some_and(|t| t.is_capitalised() && t.is_word());
        if !is_organisation
            && end == start + 1
            && lex::is_place_or_thing(&last.lower)
            && next.is_capitalised()
            && lex::is_individual(&next.lower)
            && opens_name(end + 1)
        {
            return 0;
        }
        // "Chuck Jordan"
        if end == start + 1 && self.is_surname_of_state(end) && !is_organisation && !last.is_acronym() {
            return 1;
        }
        let carries_on =
            |i: usize| self.is_name_token(i, start) && gazetteer::match_at(&self.tokens[i..]).is_none();
        if next.text == "&" && carries_on(end + 1) {
            return 2;
        }
        // "Local 4417 of the Nurses' Union"
        let is_local = end == start + 1 && last.is("local") && next.text.chars().all(|c| c.is_ascii_digit());
        if is_local {
            return 1;
        }
        let links = is_organisation && next.is_one_of(&["of", "for", "and"]);
        if carries_on(end) || (is_organisation && self.is_name_token(end, start)) {
            1
        } else if ((lex::is_particle(&next.lower) || links) && carries_on(end + 1))
            || (links && !next.is("and") && self.is_office(end + 1))
            || (next.is(",") && self.tokens.get(end + 1).is_some_and(|t| t.is_one_of(&["jr.", "sr."])))
        {
            2
        } else if (links && !next.is("and") && self.is(end + 1, "the") && carries_on(end + 2))
            || (lex::is_particle(&next.lower)
                && self.tokens.get(end + 1).is_some_and(|t| lex::is_particle(&t.lower))
                && carries_on(end + 2))
        {
            3
        } else if is_organisation
            && !self.title_case
            && ((next.is("to") && carries_on(end + 1))
                || (next.is_capitalised() && next.is_one_of(&["our", "the", "all"]) && carries_on(end + 1)))
        {
            // "Alliance to Reclaim Our Schools"
            2
        } else {
            0
        }
    }
}

/// The tokens of a name that no list knows.
struct Run {
    start: usize,
    end: usize,
    /// Whether the noun of an organisation is among them.
    has_body_noun: bool,
}

impl Run {
    /// "NTA", but not "U.S."
    fn is_acronym(&self, s: &Sentence<'_>) -> bool {
        let first = &s.tokens[self.start];
        self.end - self.start == 1 && first.is_acronym() && !first.text.contains('.')
    }
}

/// What the name of a district says that is a body and not a place.
const DISTRICTS: &[&str] = &["school", "schools", "hospital", "transit", "utility", "fire", "water"];

/// A person's name has at most this many words.
const LONGEST_PERSON: usize = 6;

fn opens_nickname(token: &Token<'_>) -> bool {
    matches!(token.text, "“" | "\"" | "‘")
}

/// A plural without "s" whose owner begins a body's name: "People's Party", "Fishermen's Association".
fn is_people(lower: &str) -> bool {
    lower == "people" || lower == "children" || lower.ends_with("men")
}

/// Whether capitalised words with an organisation's noun among them stand first.
fn is_run_of_body(tokens: &[Token<'_>]) -> bool {
    tokens.iter().take_while(|t| t.is_capitalised()).any(|t| lex::is_organisation(&t.lower))
}
