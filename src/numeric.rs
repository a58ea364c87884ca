//! Numbers whose bits do not depend on the machine, the thread count or the order of a sum.
//!
//! `exp` and `ln` come from one pure-Rust implementation instead of the C library at hand; sums that must not
//! depend on their order are taken on a grid on which `f64` addition is exact.

/// Natural exponential, the same bits on every machine.
#[inline]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm, the same bits on every machine.
#[inline]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// ln(1 + x), accurate near zero, the same bits on every machine.
#[inline]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// The logistic function 1 / (1 + e^-x), without overflow for large |x|.
#[inline]
pub fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + exp(-x))
    } else {
        let e = exp(x);
        e / (1.0 + e)
    }
}

/// ln(1 + e^x), without overflow for large x.
#[inline]
pub fn softplus(x: f64) -> f64 {
    if x > 0.0 { x + ln_1p(exp(-x)) } else { ln_1p(exp(x)) }
}

/// Turns decision values into probabilities in place: e^x / sum e^x, shifted by the maximum.
pub fn softmax(values: &mut [f64]) {
    let max = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for v in values.iter_mut() {
        *v = exp(*v - max);
        sum += *v;
    }
    for v in values.iter_mut() {
        *v /= sum;
    }
}

/// The step of the grid on which sums are exact: 2^-32.
pub const GRID: f64 = 1.0 / (1u64 << 32) as f64;

/// 1.5 * 2^52 * GRID: adding and subtracting it rounds to the grid (ties to even) for |x| < 2^19.
const ROUNDER: f64 = 1.5 * (1u64 << 52) as f64 * GRID;

/// Rounds to the nearest multiple of [`GRID`].
///
/// Sums of such numbers are exact in `f64`, hence the same in any order, as long as every partial sum stays
/// below 2^20 in absolute value; beyond that they are ordinary floating-point sums.
#[inline]
pub fn to_grid(x: f64) -> f64 {
    if x.abs() < (1u64 << 19) as f64 { (x + ROUNDER) - ROUNDER } else { x }
}

/// As [`to_grid`] with the step 2^-20: sums stay exact up to 2^32. For sums of squares of feature values.
#[inline]
pub fn to_coarse_grid(x: f64) -> f64 {
    const ROUNDER: f64 = 1.5 * (1u64 << 32) as f64;
    if x.abs() < (1u64 << 31) as f64 { (x + ROUNDER) - ROUNDER } else { x }
}

/// A small seeded generator (SplitMix64; Steele, Lea, Flood 2014), the same sequence on every machine.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// A generator whose sequence depends on `seed` alone.
    pub fn new(seed: u64) -> Self {
        Rng(seed)
    }

    /// A generator for the `stream`-th independent use of one seed.
    pub fn stream(seed: u64, stream: u64) -> Self {
        let mut rng = Rng(seed ^ stream.wrapping_mul(0xd1b5_4a32_d192_ed03));
        Rng(rng.next_u64())
    }

    /// The next 64 bits.
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, by multiply-shift (bias below n / 2^64).
    ///
    /// # Panics
    /// If `n` is 0.
    #[inline]
    pub fn below(&mut self, n: usize) -> usize {
        assert!(n > 0, "a number below 0 was asked for");
        ((u128::from(self.next_u64()) * n as u128) >> 64) as usize
    }

    /// Shuffles in place (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// How many different values there are.
pub(crate) fn count_distinct(values: &[u32]) -> usize {
    let mut values = values.to_vec();
    values.sort_unstable();
    values.dedup();
    values.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grid_sums_do_not_depend_on_their_order() {
        let mut rng = Rng::new(1);
        let mut x: Vec<f64> =
            (0..10_000).map(|_| to_grid((rng.next_u64() as f64 / u64::MAX as f64 - 0.5) * 3.7)).collect();
        let forward: f64 = x.iter().sum();
        rng.shuffle(&mut x);
        assert_eq!(forward.to_bits(), x.iter().sum::<f64>().to_bits());
    }

    #[test]
    fn rounding_to_the_grid_moves_a_number_by_at_most_half_a_step() {
        for x in [0.0, -0.0, 1.0 / 3.0, -123.456_789, 1e-12, 524_287.3, 1e300] {
            assert!((to_grid(x) - x).abs() <= GRID / 2.0, "{x}");
        }
    }

    #[test]
    fn the_logistic_function_stays_finite_far_out() {
        assert_eq!((sigmoid(-800.0), sigmoid(800.0), sigmoid(0.0)), (0.0, 1.0, 0.5));
        assert!((softplus(800.0) - 800.0).abs() < 1e-12 && softplus(-800.0) >= 0.0);
    }

    #[test]
    fn the_generator_is_pinned() {
        // SplitMix64 with seed 1234567, first outputs as published with the reference code.
        let mut rng = Rng::new(1_234_567);
        assert_eq!(rng.next_u64(), 6_457_827_717_110_365_317);
        assert_eq!(rng.next_u64(), 3_203_168_211_198_807_973);
    }
}
