//! Where a name that no list knows begins and ends, and what kind it is of.
//!
//! Comes in: a token that may begin a name. Goes out: the run of capitalised words and the links between them ("Bank of
//! the North") as a person, an organisation or neither.

use super::lexicon as lex;
use super::mentions::{Mention, PersonMention, Sentence, Who};
use super::token::{Clitic, Token};
use super::verbs;

impl Sentence<'_> {
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
            return self.push(run.start, run.end, Who::Organisation);
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
        let names_state = start > 1 && self.is(start - 1, "state") && !self.is(start - 2, "of");
        if start > 0 && (has_body_noun || names_state) && self.is_office(start - 1) {
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
        let is_nicknamed = words.iter().any(Token::opens_quotation);
        run.has_body_noun
            || self.is_abbreviated(run)
            || run.is_acronym(self)
            || after_noun
            || (!is_nicknamed && words.iter().any(|t| t.text == "&"))
            || (!is_nicknamed && words.iter().any(|t| lex::is_medium(&t.lower)))
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
            return if self.is_explained_body(start, end) {
                self.push(start, end, Who::Organisation)
            } else {
                end
            };
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
        let nickname = (start..end).find(|&i| self.tokens[i].opens_quotation());
        let name = match nickname {
            Some(at) => format!("{} {}", self.phrase(text, start, at), self.phrase(text, at + 3, end)),
            None => self.phrase(text, start, end),
        };
        self.push(start, end, Who::Person(PersonMention { name, ..PersonMention::default() }))
    }

    /// "the terminal operator, Gulf Gate Terminals,": a body though its words are those of a place.
    fn is_explained_body(&self, start: usize, end: usize) -> bool {
        let Some(noun) = start.checked_sub(2).filter(|_| self.is(start - 1, ",")) else { return false };
        let lower = &self.tokens[noun].lower;
        (lex::is_firm(lower) || lex::is_group(lower))
            && (noun.saturating_sub(3)..noun).any(|i| self.tokens[i].is_one_of(&["the", "its", "their"]))
            && self.tokens.get(end).is_some_and(Token::is_break)
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
        let last = &self.tokens[run.end - 1].lower;
        // "the American Steel Producers Council", but not "the Omani Security Council"
        let is_lobby = matches!(last.as_str(), "council" | "committee" | "coalition" | "group" | "board")
            && run.end - run.start > 2
            && !self.tokens[run.start..run.end - 1]
                .iter()
                .any(|t| lex::is_portfolio(&t.lower) || lex::is_origin(&t.lower));
        while (is_lobby || lex::is_society(last))
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
