//! Dates as news writes them.
//!
//! Comes in: a line, a dateline, a file's name. Goes out: calendar dates. It refuses to guess: 03/04/2025 is no date,
//! and neither is a day without a year.

use jiff::civil::Date;

use crate::text::Span;

/// A date and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The day.
    pub date: Date,
    /// Its bytes in the text.
    pub span: Span,
}

/// The dates of `text` in order: "22 April 2025", "April 22nd, 2025", "22-Apr-2025", "2025-04-22T10:00Z",
/// "22/04/2025" where only one reading is a date.
pub fn mentions(text: &str) -> impl Iterator<Item = Mention> {
    let words = words(text);
    let mut at = 0;
    std::iter::from_fn(move || {
        while at + 3 <= words.len() {
            let three = &words[at..at + 3];
            if let Some(date) = full_date(text, three) {
                at += 3;
                return Some(Mention { date, span: Span::new(three[0].start, date_end(text, three[2])) });
            }
            at += 1;
        }
        None
    })
}

/// The date of a line that has nothing else to say: "Published 9:40 a.m. GMT, Tuesday 22 April 2025".
pub fn of_line(line: &str) -> Option<Date> {
    if line.len() > LONGEST_LINE {
        return None;
    }
    let mentions: Vec<Mention> = mentions(line).collect();
    let first = mentions.first()?.date;
    let is_dated =
        |word: Span| mentions.iter().any(|m| m.span.start <= word.start && word.start < m.span.end);
    let is_about_time = |word: &Span| is_dated(*word) || is_time_word(word.of(line));
    words(line).iter().all(is_about_time).then_some(first)
}

/// The date in a file's name or path: "talks_2024-05-06.txt", "20240506.html", "2024/05/06/talks.txt".
pub fn of_name(name: &str) -> Option<Date> {
    let compact = |part: &str| {
        let is_date = |w: &Span| w.len() == 8 && w.of(part).bytes().all(|b| b.is_ascii_digit());
        let digits = words(part).into_iter().find(is_date)?.of(part);
        date(&digits[..4], &digits[4..6], &digits[6..])
    };
    let of_part = |part: &str| mentions(part).map(|m| m.date).next().or_else(|| compact(part));
    name.rsplit(['/', '\\']).find_map(of_part).or_else(|| mentions(name).map(|m| m.date).last())
}

/// The day that a dateline tells without its year ("GENEVA, May 3 (Agency)"), in `year`.
pub fn of_dateline(dateline: &str, year: Option<i16>) -> Option<Date> {
    if let Some(mention) = mentions(dateline).next() {
        return Some(mention.date);
    }
    let year = year?;
    words(dateline).windows(2).find_map(|pair| {
        let [a, b] = [pair[0].of(dateline), pair[1].of(dateline)];
        let (month, day) = month(a).zip(day(b)).or_else(|| month(b).zip(day(a)))?;
        Date::new(year, month, day).ok()
    })
}

/// The year in a file's name or path that has no date: "talks_2024.txt".
pub fn year_of_name(name: &str) -> Option<i16> {
    let of_part = |part: &str| words(part).into_iter().find_map(|w| year(w.of(part)));
    name.rsplit(['/', '\\']).find_map(of_part)
}

/// Whether a word belongs to the telling of a time: "Tuesday", "9", "a.m", "GMT", "Updated".
pub fn is_time_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "a",
        "am",
        "and",
        "at",
        "bst",
        "cest",
        "cet",
        "created",
        "date",
        "dated",
        "edt",
        "est",
        "et",
        "first",
        "fri",
        "friday",
        "gmt",
        "h",
        "hrs",
        "ist",
        "last",
        "local",
        "m",
        "modified",
        "mon",
        "monday",
        "on",
        "p",
        "pdt",
        "pm",
        "posted",
        "pst",
        "pt",
        "published",
        "sat",
        "saturday",
        "sun",
        "sunday",
        "thu",
        "thur",
        "thurs",
        "thursday",
        "time",
        "tue",
        "tues",
        "tuesday",
        "updated",
        "utc",
        "wed",
        "wednesday",
        "z",
    ];
    let folded = word.to_ascii_lowercase();
    let digits = folded.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_clock = !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit());
    WORDS.binary_search(&folded.as_str()).is_ok()
        || (is_clock && matches!(&folded[digits.len()..], "" | "am" | "pm" | "h" | "z"))
}

/// Whether a word names a month: "April", "Apr", "Sept".
pub fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// A line that tells only its date is at most this long, in bytes.
const LONGEST_LINE: usize = 120;
const YEARS: std::ops::RangeInclusive<i16> = 1000..=2999;
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Runs of letters and digits, "of" left out between a day and a month.
fn words(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                start = None;
                if &text[from..at] != "of" {
                    words.push(Span::new(from, at));
                }
            }
            _ => {}
        }
    }
    words
}

fn full_date(text: &str, words: &[Span]) -> Option<Date> {
    let [a, b, c] = [words[0].of(text), words[1].of(text), words[2].of(text)];
    let between = |from: Span, to: Span| text[from.end..to.start].trim();
    let marks = [between(words[0], words[1]), between(words[1], words[2])];
    if marks == [",", ","]
        || !marks.iter().all(|m| matches!(*m, "" | "," | "." | ".," | "-" | "/" | "_" | "of"))
    {
        return None;
    }
    if let Some(month) = month(b) {
        return Date::new(year(c)?, month, day(a)?).ok();
    }
    if let Some(month) = month(a) {
        return Date::new(year(c)?, month, day(b)?).ok();
    }
    if marks[0] != marks[1] || !matches!(marks[0], "-" | "/" | "." | "_") {
        return None;
    }
    if year(a).is_some() {
        return date(a, b, c.split(['T', 't']).next()?);
    }
    // Day first or month first: only one of them may be possible, or both must say the same.
    match (date(c, b, a), date(c, a, b)) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (one, other) => one.or(other),
    }
}

/// The end of a date whose last word may run on into the time, as in "22T10".
fn date_end(text: &str, last: Span) -> usize {
    let word = last.of(text);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 2 && word[digits..].starts_with(['T', 't']) {
        let tail = &text[last.start..];
        return last.start + tail.find(char::is_whitespace).unwrap_or(tail.len());
    }
    last.end
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let is_short = |n: &str| (1..=2).contains(&n.len());
    if !is_short(month) || !is_short(day) {
        return None;
    }
    Date::new(self::year(year)?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn year(word: &str) -> Option<i16> {
    let is_year = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|year| is_year && YEARS.contains(year))
}

/// "April", "Apr", "Sept" as 1 to 12.
fn month(word: &str) -> Option<i8> {
    let folded = word.to_ascii_lowercase();
    let is_it =
        |month: &&str| *month == folded || (matches!(folded.len(), 3 | 4) && month.starts_with(&folded));
    (1..).zip(&MONTHS).find(|(_, month)| is_it(month)).map(|(i, _)| i)
}

/// "3", "03" or "3rd".
fn day(word: &str) -> Option<i8> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let is_ordinal = matches!(&word[digits..], "" | "st" | "nd" | "rd" | "th");
    word[..digits].parse().ok().filter(|day| is_ordinal && (1..=31).contains(day))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_usual_english_forms_are_read() {
        for line in [
            "22 April 2025",
            "April 22, 2025",
            "Tuesday 22 Apr 2025",
            "Tuesday, Apr. 22nd, 2025",
            "the 22nd of April 2025",
            "22-Apr-2025",
            "2025-04-22T10:00Z",
            "2025-04-22T10:00:05.123+02:00",
            "2025/04/22 10:00",
            "22/04/2025",
            "04/22/2025",
            "22.04.2025",
            "they met on 22 April 2025 in Oslo",
        ] {
            let found: Vec<Date> = mentions(line).map(|m| m.date).collect();
            assert_eq!(found, [date(2025, 4, 22)], "{line}");
        }
        assert_eq!(mentions("04/04/2025").map(|m| m.date).collect::<Vec<_>>(), [date(2025, 4, 4)]);
    }

    #[test]
    fn what_may_mean_two_days_or_none_is_no_date() {
        for line in [
            "03/04/2025",
            "31 June 2025",
            "2025-13-01",
            "April 2025",
            "3 May",
            "in May 3 of 2,025 left",
            "1, 2, 2025",
            "10:30 2025",
            "12.5.25",
            "they may 3 2",
        ] {
            assert_eq!(mentions(line).next(), None, "{line}");
        }
    }

    #[test]
    fn a_line_that_says_more_than_its_date_is_not_a_date_line() {
        for line in [
            "Published 9:40 a.m., 22 April 2025",
            "Last updated on Tue 22 Apr 2025 at 09:40 GMT",
            "2025-04-22T10:00Z",
            "Posted: April 22, 2025 9:40am EDT",
            "22 April 2025 | Updated 23 April 2025",
        ] {
            assert_eq!(of_line(line), Some(date(2025, 4, 22)), "{line}");
        }
        assert_eq!(of_line("They met on 22 April 2025"), None);
        assert_eq!(of_line("9:40 a.m."), None);
    }

    #[test]
    fn names_of_files_and_folders_hold_dates() {
        for name in [
            "talks_2025-04-22.txt",
            "2025_04_22 talks.html",
            "20250422.txt",
            "news/2025/04/22/talks.txt",
            "2025-04-22/a.txt",
        ] {
            assert_eq!(of_name(name), Some(date(2025, 4, 22)), "{name}");
        }
        assert_eq!(of_name("talks_2024-15-06.txt"), None);
        assert_eq!((year_of_name("talks_2024.txt"), year_of_name("talks_12345.txt")), (Some(2024), None));
    }

    #[test]
    fn a_dateline_needs_a_year_from_elsewhere() {
        assert_eq!(of_dateline("GENEVA, May 3 (Agency)", None), None);
        assert_eq!(of_dateline("GENEVA, May 3 (Agency)", Some(2024)), Some(date(2024, 5, 3)));
        assert_eq!(of_dateline("GENEVA, 3 May 2021 (Agency)", Some(2024)), Some(date(2021, 5, 3)));
    }
}
