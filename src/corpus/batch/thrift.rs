//! The compact protocol of Thrift, in which Parquet says what it holds, as far as it has to be understood here.
//!
//! Comes in: bytes. Goes out: numbers in fields, and the fields of a structure one by one.

/// How deep structures and lists may lie in one another: those of Parquet do five deep.
const DEEPEST: usize = 16;

/// The kinds of values.
pub(super) const NUMBER: u8 = 5;
pub(super) const LIST: u8 = 9;
pub(super) const STRUCTURE: u8 = 12;

/// Bytes not read yet. `None` is what is no Thrift, or ends too early.
pub(super) struct Thrift<'b>(pub(super) &'b [u8]);

impl Thrift<'_> {
    fn bytes(&mut self, n: u64) -> Option<&[u8]> {
        let (bytes, rest) = self.0.split_at_checked(usize::try_from(n).ok()?)?;
        self.0 = rest;
        Some(bytes)
    }

    fn byte(&mut self) -> Option<u8> {
        Some(self.bytes(1)?[0])
    }

    fn unsigned(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A number. Negative ones come out as large ones.
    pub(super) fn number(&mut self) -> Option<u64> {
        let zigzag = self.unsigned()?;
        Some((zigzag >> 1) ^ (zigzag & 1).wrapping_neg())
    }

    /// The number and the kind of the field behind the field `last`; both are 0 at the end of the structure.
    pub(super) fn field(&mut self, last: u64) -> Option<(u64, u8)> {
        match self.byte()? {
            0 => Some((0, 0)),
            byte if byte < 0x10 => Some((self.number()?, byte)),
            byte => Some((last.wrapping_add(u64::from(byte >> 4)), byte & 0xf)),
        }
    }

    /// The length of a list, and the kind of what is in it.
    pub(super) fn list(&mut self) -> Option<(u64, u8)> {
        let byte = self.byte()?;
        let n = if byte >> 4 == 15 { self.unsigned()? } else { u64::from(byte >> 4) };
        Some((n, byte & 0xf))
    }

    /// Passes over a value of a field.
    pub(super) fn pass(&mut self, kind: u8) -> Option<()> {
        // True and false are kinds of their own.
        if matches!(kind, 1 | 2) { Some(()) } else { self.pass_value(kind, 0) }
    }

    fn pass_value(&mut self, kind: u8, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        match kind {
            1..=3 => self.byte().map(drop),
            4..=6 => self.unsigned().map(drop),
            7 => self.bytes(8).map(drop),
            8 => {
                let length = self.unsigned()?;
                self.bytes(length).map(drop)
            }
            LIST | 10 => {
                let (n, kind) = self.list()?;
                // A value takes a byte at least, so that no list outlasts the bytes.
                (0..n).try_for_each(|_| self.pass_value(kind, depth + 1))
            }
            STRUCTURE => {
                let mut last = 0;
                loop {
                    let (number, kind) = self.field(last)?;
                    match kind {
                        0 => return Some(()),
                        1 | 2 => {}
                        _ => self.pass_value(kind, depth + 1)?,
                    }
                    last = number;
                }
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_every_kind_are_passed_over() {
        let values: [(u8, &[u8]); 9] = [
            (1, b""),
            (3, b"\x07"),
            (5, b"\xff\x01"),
            (7, b"12345678"),
            (8, b"\x02ab"),
            (9, b"\x25\x01\x02"),
            (9, b"\xf3\x11\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
            (12, b"\x15\x02\x28\x01a\x11\x03\x0a\x07\x2c\x15\x02\0\0"),
            (12, b"\0"),
        ];
        for (kind, bytes) in values {
            let mut thrift = Thrift(bytes);
            assert_eq!((thrift.pass(kind), thrift.0), (Some(()), &b""[..]), "{kind} {bytes:?}");
            if let Some((_, short)) = bytes.split_last() {
                assert_eq!(Thrift(short).pass(kind), None, "{kind} {short:?}");
            }
        }
    }

    #[test]
    fn what_lies_too_deep_or_is_of_no_kind_is_not_passed_over() {
        assert_eq!(Thrift(&[0x1c; 100]).pass(STRUCTURE), None);
        assert_eq!(Thrift(&[0x19; 100]).pass(LIST), None);
        assert_eq!(Thrift(b"\x01").pass(13), None);
        assert_eq!(Thrift(&[0xff; 20]).pass(NUMBER), None);
    }
}
