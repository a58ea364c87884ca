//! Numbers with four digits behind the point, without the machinery that any number of digits takes.

/// Appends `x` as `{:.4}` would: the nearest multiple of 1/10000 to its exact value, of two the even one.
pub(super) fn push_four_digits(out: &mut String, x: f64) {
    match ten_thousandths(x.abs()) {
        Some(n) => {
            if x.is_sign_negative() {
                out.push('-');
            }
            push_digits(out, n);
        }
        None => *out += &format!("{x:.4}"),
    }
}

/// How many ten thousandths there are in `x`, from 0 to below 2; `None` for others.
fn ten_thousandths(x: f64) -> Option<u64> {
    if !(0.0..2.0).contains(&x) {
        return None;
    }
    let (bits, significand) = (x.to_bits(), 52);
    let exponent = bits >> significand;
    let fraction = bits & ((1 << significand) - 1);
    // x is below 2: the exponent is 1023 at most.
    let shift = significand + 1023 - exponent;
    if shift >= 2 * significand {
        return Some(0);
    }
    let scaled = u128::from(fraction | 1 << significand) * 10_000;
    let (whole, rest, half) = ((scaled >> shift) as u64, scaled & ((1 << shift) - 1), 1 << (shift - 1));
    let rounds_up = rest > half || rest == half && whole % 2 == 1;
    Some(whole + u64::from(rounds_up))
}

fn push_digits(out: &mut String, ten_thousandths: u64) {
    let digit = |unit: u64| char::from(b'0' + (ten_thousandths / unit % 10) as u8);
    out.extend([digit(10_000), '.', digit(1_000), digit(100), digit(10), digit(1)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_standard_library() {
        // Multiples of an odd number: as good as drawn.
        let drawn = || (0..100_000u64).map(|i| i.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let unit = drawn().map(|bits| (bits >> 11) as f64 / (1u64 << 53) as f64);
        let ties = (0..64_000).map(|i| f64::from(i) / 32_000.0);
        let ends =
            [0.0, 1.0, 2.0, 0.99995, 1.99995, 1e-300, 5e-5, f64::MIN_POSITIVE, f64::NAN, f64::INFINITY];
        for x in drawn().map(f64::from_bits).chain(unit).chain(ties).chain(ends) {
            for x in [x, -x] {
                let mut out = String::new();
                push_four_digits(&mut out, x);
                assert_eq!(out, format!("{x:.4}"), "{x:e}");
            }
        }
    }
}
