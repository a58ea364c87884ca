//! Numbers as counts: a value is counted in steps, under one name where it is above 0 and another where it is below.
//!
//! `valence:sum+` counted 5 times is a sum of 2.5. The steps of a number are chosen so that all are spread alike, 5 to 7
//! steps being one standard deviation over film reviews and tweets: with `tf = "raw"`, `idf = "none"`, `norm = "none"`
//! and one scale, no number outweighs the others. A scale of 0.02 to 0.1 does as well as standardised values do.

use super::{Rated, Reading, Sink};
use crate::analysis::Key;

/// After these the second half of a sentence outweighs the first (Hutto and Gilbert 2014).
const CONTRASTS: [&str; 3] = ["but", "however", "yet"];

/// Sends every number of a statement to `sink`.
pub(super) fn extract(tag: Key, reading: Reading<'_>, rated: &[Rated], sink: &mut impl Sink) {
    let mut counter = Counter { tag, sink };
    let tokens = reading.occurrences;
    let negators = tokens.iter().filter(|o| reading.terms.get(o.term).traits.negator).count();
    counter.count("negators", 12.0, negators as f64);
    let [Some(first), Some(last)] = [rated.first(), rated.last()] else { return };

    let sum_of = |keep: &dyn Fn(&Rated) -> bool| -> f64 {
        rated.iter().filter(|word| keep(word)).map(|word| word.valence).sum()
    };
    let count_of = |keep: &dyn Fn(&Rated) -> bool| rated.iter().filter(|word| keep(word)).count() as f64;

    let (positive, negative) = (sum_of(&|word| word.valence > 0.0), -sum_of(&|word| word.valence < 0.0));
    let sum = positive - negative;
    counter.signed("sum", 2.0, sum);
    counter.count("positive sum", 3.0, positive);
    counter.count("negative sum", 3.0, negative);
    counter.signed("sign", 6.0, if sum == 0.0 { 0.0 } else { sum.signum() });
    counter.count("positive words", 6.0, count_of(&|word| word.valence > 0.0));
    counter.count("negative words", 6.0, count_of(&|word| word.valence < 0.0));
    counter.count("negated positive", 24.0, count_of(&|word| word.own > 0.0 && word.negated));
    counter.count("negated negative", 24.0, count_of(&|word| word.own < 0.0 && word.negated));

    let valences = || rated.iter().map(|word| word.valence);
    counter.signed("max", 5.0, valences().fold(0.0, f64::max));
    counter.signed("min", 5.0, valences().fold(0.0, f64::min));
    counter.signed("first", 4.0, first.valence);
    counter.signed("last", 4.0, last.valence);

    let length = (tokens.len() as f64).sqrt();
    counter.count("positive density", 16.0, positive / length);
    counter.count("negative density", 16.0, negative / length);
    counter.signed("last quarter", 5.0, sum_of(&|word| 4 * word.at >= 3 * tokens.len()));
    if let Some(but) = tokens.iter().rposition(|o| CONTRASTS.contains(&reading.terms.surface(o.term))) {
        counter.signed("before but", 8.0, sum_of(&|word| word.at < but));
        counter.signed("after but", 8.0, sum_of(&|word| word.at > but));
    }
}

struct Counter<'s, S> {
    tag: Key,
    sink: &'s mut S,
}

impl<S: Sink> Counter<'_, S> {
    /// A number that is never below 0, in `steps` a unit.
    fn count(&mut self, name: &str, steps: f64, value: f64) {
        self.add(name, "", steps * value);
    }

    /// A number of either sign, in `steps` a unit.
    fn signed(&mut self, name: &str, steps: f64, value: f64) {
        self.add(name, if value < 0.0 { "-" } else { "+" }, steps * value.abs());
    }

    fn add(&mut self, name: &str, sign: &str, steps: f64) {
        let key = self.tag.then(Key::of(name)).then(Key::of(sign));
        self.sink.add_times(key, steps.round() as u32, |out| {
            out.push_str(name);
            out.push_str(sign);
        });
    }
}
