//! Where a number stands on an edge of a chart, and which numbers are written there.

use jiff::civil::Date;

use super::days;

/// One edge of a chart: a name, a range, and what equal steps are.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    name: String,
    low: f64,
    high: f64,
    scale: Scale,
}

/// What equal steps along an axis are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    /// Equal sums.
    Linear,
    /// Equal factors.
    Log,
    /// Days, written as dates.
    Dates,
}

impl Axis {
    /// From `low` to `high`, widened where they are equal.
    ///
    /// # Panics
    /// If an end is not finite or `low` is above `high`.
    pub fn linear(name: &str, low: f64, high: f64) -> Self {
        assert!(low.is_finite() && high.is_finite() && low <= high, "an axis from {low} to {high}");
        let (low, high) = if low == high { (low - 0.5, high + 0.5) } else { (low, high) };
        Axis { name: name.to_owned(), low, high, scale: Scale::Linear }
    }

    /// From 0 to 1.
    pub fn share(name: &str) -> Self {
        Self::linear(name, 0.0, 1.0)
    }

    /// Around all of `values`, with a little room on either side and ends on ticks; from 0 to 1 without values.
    /// What is not finite is left out.
    pub fn around(name: &str, values: impl IntoIterator<Item = f64>) -> Self {
        let Some((low, high)) = range(values) else { return Self::share(name) };
        let step = step((high - low).max(1e-9) * 1.1);
        Self::linear(name, (low / step).floor() * step, (high / step).ceil() * step)
    }

    /// Around all of `values`, equal steps being equal factors; from 1 to 10 without values above 0.
    pub fn log(name: &str, values: impl IntoIterator<Item = f64>) -> Self {
        let (low, high) = range(values.into_iter().filter(|v| *v > 0.0)).unwrap_or((1.0, 10.0));
        Axis { name: name.to_owned(), low: low / 1.3, high: high * 1.3, scale: Scale::Log }
    }

    /// From one day to another, with a little room on either side; the numbers count days since 2001.
    pub fn dates(first: Date, last: Date) -> Self {
        let (low, high) = (days::number(first), days::number(last));
        let room = ((high - low) * 0.04).max(0.5);
        Axis { name: days::years(first, last), low: low - room, high: high + room, scale: Scale::Dates }
    }

    /// What the numbers are.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// How far along the axis `value` is: 0 at its start, 1 at its end; what lies beyond stands at the end.
    pub(super) fn place(&self, value: f64) -> f64 {
        let along = if self.scale == Scale::Log {
            // Below 0 there is no logarithm: such a value stands at the start.
            (value.max(f64::MIN_POSITIVE) / self.low).log10() / (self.high / self.low).log10()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        along.clamp(0.0, 1.0)
    }

    /// The numbers to write, ascending, about `wanted` of them, with their spelling.
    pub(super) fn ticks(&self, wanted: usize) -> Vec<(f64, String)> {
        match self.scale {
            Scale::Linear => self.steps(wanted),
            Scale::Log => self.factors(wanted),
            Scale::Dates => days::ticks(self.low, self.high, wanted),
        }
    }

    fn steps(&self, wanted: usize) -> Vec<(f64, String)> {
        let step = step((self.high - self.low) / wanted.max(1) as f64 * 5.0);
        let digits = (-step.log10().floor()).clamp(0.0, 6.0) as usize;
        let first = (self.low / step - 1e-9).ceil() as i64;
        (first..)
            .map(|i| i as f64 * step)
            .take_while(|v| *v <= self.high + step * 1e-9)
            .map(|v| (v, if step >= 100.0 { compact(v) } else { format!("{v:.digits$}") }))
            .collect()
    }

    /// Powers of ten; between them 2 and 5 where there are few.
    fn factors(&self, wanted: usize) -> Vec<(f64, String)> {
        let (first, last) = (self.low.log10().floor() as i32, self.high.log10().ceil() as i32);
        let inside = |v: &f64| *v >= self.low && *v <= self.high;
        let all = |factors: &[f64]| -> Vec<f64> {
            let powers = (first..=last).flat_map(|p| factors.iter().map(move |f| f * 10f64.powi(p)));
            powers.filter(inside).collect()
        };
        let mut ticks = all(&[1.0]);
        if ticks.len() < 3 {
            ticks = all(&[1.0, 2.0, 5.0]);
        }
        let every = ticks.len().div_ceil(wanted.max(2) * 2).max(1);
        ticks.into_iter().step_by(every).map(|v| (v, compact(v))).collect()
    }
}

/// A number of 1, 2 or 5 times a power of ten, at least a fifth of `span`.
fn step(span: f64) -> f64 {
    let raw = span / 5.0;
    let power = 10f64.powf(raw.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|f| f * power >= raw * (1.0 - 1e-9)).unwrap_or(10.0);
    factor * power
}

/// Thousands as `k`, millions as `M`, billions as `G`, three digits at most.
pub fn compact(value: f64) -> String {
    let (scaled, suffix) = match value.abs() {
        v if v >= 1e9 => (value / 1e9, "G"),
        v if v >= 1e6 => (value / 1e6, "M"),
        v if v >= 1e3 => (value / 1e3, "k"),
        _ => (value, ""),
    };
    let digits = match scaled.abs() {
        0.0 => 0,
        v => (2.0 - v.log10().floor()).clamp(0.0, 9.0) as usize,
    };
    let text = format!("{scaled:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text}{suffix}")
}

fn range(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    let finite = values.into_iter().filter(|v| v.is_finite());
    finite.fold(None, |range, v| match range {
        None => Some((v, v)),
        Some((low, high)) => Some((v.min(low), v.max(high))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(axis: &Axis) -> Vec<String> {
        axis.ticks(5).into_iter().map(|t| t.1).collect()
    }

    #[test]
    fn ticks_are_round_numbers() {
        assert_eq!(texts(&Axis::share("p")), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(
            texts(&Axis::around("f", [0.813, 0.897])),
            ["0.80", "0.82", "0.84", "0.86", "0.88", "0.90"]
        );
        assert_eq!(texts(&Axis::around("n", [0.0, 4_000.0])), ["0", "1k", "2k", "3k", "4k"]);
        assert_eq!(texts(&Axis::linear("d", -0.05, 0.1)), ["-0.05", "0.00", "0.05", "0.10"]);
    }

    #[test]
    fn equal_factors_are_equal_steps() {
        let axis = Axis::log("bytes", [130.0, 1_000_000.0 / 1.3]);
        assert!((axis.place(10_000.0) - 0.5).abs() < 1e-12);
        assert_eq!(texts(&axis), ["100", "1k", "10k", "100k", "1M"]);
        assert_eq!(texts(&Axis::log("seconds", [0.02, 0.04])), ["0.02", "0.05"]);
        assert_eq!(axis.place(0.0), 0.0);
    }

    #[test]
    fn an_axis_of_one_value_or_none_is_still_an_axis() {
        let one = Axis::around("f", [0.7]);
        assert!((0.0..=1.0).contains(&one.place(0.7)) && !one.ticks(5).is_empty());
        assert_eq!(Axis::around("f", [f64::NAN]), Axis::share("f"));
    }

    #[test]
    fn large_numbers_are_short() {
        let texts = [0.0, 0.05, 12.5, 1_000.0, 15_300.0, 2_000_000.0, 3e9].map(compact);
        assert_eq!(texts, ["0", "0.05", "12.5", "1k", "15.3k", "2M", "3G"]);
    }
}
