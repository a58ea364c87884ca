//! Days as numbers, and which of them are written on an axis.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Day 0: a Monday, so that multiples of seven are Mondays.
const ORIGIN: Date = date(2001, 1, 1);

/// The number of a day.
pub(super) fn number(day: Date) -> f64 {
    f64::from((day - ORIGIN).get_days())
}

/// The day of a number, as long as there is one.
fn day(number: i32) -> Date {
    ORIGIN.saturating_add(number.days())
}

/// "2019" or "2019 to 2021".
pub(super) fn years(first: Date, last: Date) -> String {
    match (first.year(), last.year()) {
        (one, other) if one == other => one.to_string(),
        (one, other) => format!("{one} to {other}"),
    }
}

/// Days from `low` to `high` with their spelling, at most `wanted` and one: every so many days, else the first of
/// every so many months.
pub(super) fn ticks(low: f64, high: f64, wanted: usize) -> Vec<(f64, String)> {
    let days = (high - low).max(1.0);
    let fits = |step: f64| days / step <= wanted.max(1) as f64;
    if let Some(&step) = [1, 2, 7, 14].iter().find(|step| fits(f64::from(**step))) {
        let first = (low / f64::from(step)).ceil() as i32;
        let last = (high / f64::from(step)).floor() as i32;
        let tick = |n: i32| (f64::from(n * step), day(n * step).strftime("%-d %b").to_string());
        return (first..=last).map(tick).collect();
    }
    let months = [1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 24000];
    let step = months.into_iter().find(|months| fits(30.44 * f64::from(*months))).unwrap_or(120_000);
    let month = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month()) - 1;
    let (first, last) = (month(day(low.ceil() as i32)), month(day(high.floor() as i32)));
    let format = if step < 12 { "%b %Y" } else { "%Y" };
    let tick = |month: i32| {
        let day = Date::new((month.div_euclid(12)) as i16, (month.rem_euclid(12) + 1) as i8, 1).ok()?;
        (number(day) >= low).then(|| (number(day), day.strftime(format).to_string()))
    };
    (first..=last).filter(|month| month.rem_euclid(step) == 0).filter_map(tick).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(first: Date, last: Date) -> Vec<String> {
        ticks(number(first), number(last), 4).into_iter().map(|t| t.1).collect()
    }

    #[test]
    fn ticks_are_days_mondays_months_or_years() {
        assert_eq!(spelt(date(2024, 3, 1), date(2024, 3, 4)), ["1 Mar", "2 Mar", "3 Mar", "4 Mar"]);
        assert_eq!(spelt(date(2024, 3, 1), date(2024, 3, 25)), ["4 Mar", "11 Mar", "18 Mar", "25 Mar"]);
        assert_eq!(
            spelt(date(2024, 3, 1), date(2024, 6, 20)),
            ["Mar 2024", "Apr 2024", "May 2024", "Jun 2024"]
        );
        assert_eq!(spelt(date(2021, 3, 1), date(2024, 6, 20)), ["2022", "2023", "2024"]);
    }

    #[test]
    fn one_day_has_a_tick_and_the_end_of_the_calendar_is_no_trouble() {
        let one = number(date(2024, 3, 1));
        assert_eq!(ticks(one - 0.5, one + 0.5, 4), [(one, "1 Mar".to_owned())]);
        assert!(ticks(number(Date::MIN), number(Date::MAX), 4).len() < 6);
    }
}
