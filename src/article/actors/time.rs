//! Days, ISO weeks and months.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// How time is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// Calendar days.
    Day,
    /// Weeks of ISO 8601, Monday to Sunday.
    Week,
    /// Calendar months.
    Month,
}

/// A day, week or month.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// "2019-01-24", "2019-W04", "2019-01".
    pub name: String,
}

/// Longest time that is shown by days: three weeks.
const MOST_DAYS: i32 = 21;
/// Longest time that is shown by weeks: two years.
const MOST_DAYS_OF_WEEKS: i32 = 731;

impl TimeUnit {
    /// What suits the time from `first` to `last`: days up to three weeks, months beyond two years, else weeks.
    pub fn fitting(first: Date, last: Date) -> Self {
        let days = (last - first).get_days().abs() + 1;
        if days <= MOST_DAYS {
            TimeUnit::Day
        } else if days <= MOST_DAYS_OF_WEEKS {
            TimeUnit::Week
        } else {
            TimeUnit::Month
        }
    }

    /// The period in which `date` lies.
    pub fn period_of(self, date: Date) -> Period {
        match self {
            TimeUnit::Day => Period { from: date, to: date, name: date.to_string() },
            TimeUnit::Week => {
                let week = date.iso_week_date();
                let day = |weekday, else_day| {
                    ISOWeekDate::new(week.year(), week.week(), weekday).map_or(else_day, ISOWeekDate::date)
                };
                Period {
                    from: day(Weekday::Monday, date),
                    // The last week that a calendar knows may end on any day.
                    to: day(Weekday::Sunday, Date::MAX),
                    name: format!("{:04}-W{:02}", week.year(), week.week()),
                }
            }
            TimeUnit::Month => Period {
                from: date.first_of_month(),
                to: date.last_of_month(),
                name: format!("{:04}-{:02}", date.year(), date.month()),
            },
        }
    }
}

impl Period {
    /// The day in its middle, the earlier one of two.
    pub fn middle(&self) -> Date {
        let days = (self.to - self.from).get_days();
        self.from.saturating_add((days / 2).days())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_first_days_of_a_year_may_be_in_the_last_week_of_the_one_before() {
        let week = TimeUnit::Week.period_of(date(2021, 1, 3));
        assert_eq!((week.from, week.to), (date(2020, 12, 28), date(2021, 1, 3)));
        assert_eq!((week.name.as_str(), week.middle()), ("2020-W53", date(2020, 12, 31)));
        assert_eq!(TimeUnit::Week.period_of(date(2021, 1, 4)).name, "2021-W01");
        assert_eq!(TimeUnit::Week.period_of(Date::MAX).to, Date::MAX);
    }

    #[test]
    fn months_have_their_own_lengths() {
        let month = TimeUnit::Month.period_of(date(2024, 2, 7));
        assert_eq!((month.name.as_str(), month.to), ("2024-02", date(2024, 2, 29)));
    }

    #[test]
    fn the_unit_suits_the_time() {
        let fitting = |days: i64| TimeUnit::fitting(date(2024, 1, 1), date(2024, 1, 1) + (days - 1).days());
        assert_eq!([1, 21].map(fitting), [TimeUnit::Day; 2]);
        assert_eq!([22, 731].map(fitting), [TimeUnit::Week; 2]);
        assert_eq!(fitting(732), TimeUnit::Month);
    }
}
