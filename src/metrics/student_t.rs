//! Student's t distribution, from the regularised incomplete beta function.
//!
//! Comes in: degrees of freedom, then a value or a probability. Goes out: the other of the two. Knows nothing of
//! what was tested.

use crate::numeric::{exp, ln, ln_1p};

/// Student's t distribution with a fixed number of degrees of freedom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StudentT {
    df: f64,
}

impl StudentT {
    /// The distribution with `df` degrees of freedom; need not be whole.
    ///
    /// # Panics
    /// If `df` is not a finite number of at least 1.
    pub fn new(df: f64) -> Self {
        assert!(df >= 1.0 && df.is_finite(), "{df} degrees of freedom");
        StudentT { df }
    }

    /// The probability of a value at least as far from 0 as `t`, on either side; in [0, 1].
    ///
    /// It is I_x(df / 2, 1 / 2) with x = df / (df + t^2). Source: Abramowitz & Stegun 1964, 26.7.1.
    pub fn two_sided(&self, t: f64) -> f64 {
        let odds = t * t / self.df;
        if !odds.is_finite() {
            return 0.0;
        }
        // x = 1 / (1 + odds) and 1 - x, each without cancellation.
        let (x, rest) = (1.0 / (1.0 + odds), odds / (1.0 + odds));
        let half = self.df / 2.0;
        // x^a (1 - x)^b / B(a, b) with a = df / 2, b = 1 / 2; it is the same from either side.
        let front = exp(-half * ln_1p(odds)) * rest.sqrt() / self.beta();
        if x < (half + 1.0) / (half + 2.5) {
            front * fraction(half, 0.5, x) / half
        } else {
            1.0 - front * fraction(0.5, half, rest) / 0.5
        }
    }

    /// The probability of a value below `t`, in [0, 1].
    pub fn cdf(&self, t: f64) -> f64 {
        let tail = self.two_sided(t) / 2.0;
        if t < 0.0 { tail } else { 1.0 - tail }
    }

    /// The value t with [`StudentT::cdf`] `p`.
    ///
    /// # Panics
    /// If `p` is not between 0 and 1, both excluded.
    pub fn quantile(&self, p: f64) -> f64 {
        assert!(p > 0.0 && p < 1.0, "a quantile at {p}");
        if p < 0.5 { -self.critical(2.0 * p) } else { self.critical(2.0 * (1.0 - p)) }
    }

    /// The value t of 0 or more with [`StudentT::two_sided`] `p`: for a 95 % interval, `p` is 0.05.
    ///
    /// # Panics
    /// If `p` is not above 0 and at most 1.
    pub fn critical(&self, p: f64) -> f64 {
        assert!(p > 0.0 && p <= 1.0, "a critical value at {p}");
        if p == 1.0 {
            return 0.0;
        }
        let (mut low, mut high) = (0.0, 1.0);
        while self.two_sided(high) > p {
            (low, high) = (high, high * 2.0);
        }
        // Newton's steps on the logarithm, which is nearly straight far out; halving where one would leave the bracket.
        let mut t = (low + high) / 2.0;
        for _ in 0..200 {
            let found = self.two_sided(t);
            if found > p {
                low = t
            } else {
                high = t
            }
            let step = ln(found / p) * found / (2.0 * self.density(t));
            let next = t + step;
            let next = if next > low && next < high { next } else { (low + high) / 2.0 };
            if (next - t).abs() <= 1e-15 * t {
                return next;
            }
            t = next;
        }
        t
    }

    /// The density at `t`.
    fn density(&self, t: f64) -> f64 {
        exp(-(self.df + 1.0) / 2.0 * ln_1p(t * t / self.df)) / (self.df.sqrt() * self.beta())
    }

    /// B(df / 2, 1 / 2) = sqrt(pi) Gamma(df / 2) / Gamma(df / 2 + 1 / 2).
    fn beta(&self) -> f64 {
        std::f64::consts::PI.sqrt() / gamma_ratio(self.df / 2.0)
    }
}

/// Gamma(x + 1 / 2) / Gamma(x) for x > 0, without the cancellation of a difference of logarithms: the asymptotic
/// series far out, which the recurrence leads to. Source: Tricomi & Erdelyi 1951.
fn gamma_ratio(mut x: f64) -> f64 {
    const SERIES: [f64; 7] = [
        1.0,
        -1.0 / 8.0,
        1.0 / 128.0,
        5.0 / 1024.0,
        -21.0 / 32_768.0,
        -399.0 / 262_144.0,
        869.0 / 4_194_304.0,
    ];
    let mut factor = 1.0;
    while x < 100.0 {
        factor *= x / (x + 0.5);
        x += 1.0;
    }
    factor * x.sqrt() * SERIES.iter().rev().fold(0.0, |sum, term| sum / x + term)
}

/// The continued fraction of I_x(a, b), to be multiplied by x^a (1 - x)^b / (a B(a, b)); converges fast for
/// x < (a + 1) / (a + b + 2). Evaluated by Lentz's method. Source: Abramowitz & Stegun 1964, 26.5.8.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for m in 1..10_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + term * d);
            c = away_from_zero(1.0 + term / c);
            change = c * d;
            value *= change;
        }
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Fixture {
        /// df, t, probability of a value at least as far out, probability of a value below.
        tails: Vec<[f64; 4]>,
        /// df, p, quantile.
        quantiles: Vec<[f64; 3]>,
    }

    /// Off by at most 1e-12 of the reference.
    fn assert_close(what: &str, ours: f64, theirs: f64) {
        assert!((ours - theirs).abs() <= 1e-12 * theirs.abs(), "{what}: {ours:e} against {theirs:e}");
    }

    #[test]
    fn tails_and_quantiles_are_those_of_the_reference() {
        let fixture: Fixture =
            serde_json::from_str(include_str!("../../tests/parity/student_t.json")).unwrap();
        assert!(fixture.tails.len() > 80 && fixture.quantiles.len() > 60);
        for [df, t, two_sided, below] in fixture.tails {
            assert_close(&format!("two-sided {t} with {df}"), StudentT::new(df).two_sided(t), two_sided);
            assert_close(&format!("below {t} with {df}"), StudentT::new(df).cdf(t), below);
        }
        for [df, p, quantile] in fixture.quantiles {
            assert_close(&format!("quantile {p} with {df}"), StudentT::new(df).quantile(p), quantile);
        }
    }

    #[test]
    fn one_degree_of_freedom_is_cauchy_and_the_middle_is_exact() {
        let cauchy = StudentT::new(1.0);
        assert_close("cauchy", cauchy.two_sided(1.0), 0.5);
        assert_close("cauchy", cauchy.critical(0.5), 1.0);
        assert_eq!((cauchy.two_sided(0.0), cauchy.cdf(0.0), cauchy.critical(1.0)), (1.0, 0.5, 0.0));
        assert_eq!(cauchy.two_sided(f64::INFINITY), 0.0);
    }

    #[test]
    #[should_panic(expected = "0 degrees of freedom")]
    fn a_distribution_without_degrees_of_freedom_is_a_broken_promise() {
        StudentT::new(0.0);
    }
}
