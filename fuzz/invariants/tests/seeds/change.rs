//! Changes of an input that are the same in every run.

/// Numbers that look random (Knuth's MMIX generator).
pub(crate) struct Lot(u64);

impl Lot {
    /// A series of its own for each name and number.
    pub(crate) fn new(name: &str, number: usize) -> Self {
        let mix = |sum: u64, byte: u8| sum.wrapping_mul(31).wrapping_add(u64::from(byte));
        let seed = name.bytes().fold(number as u64, mix);
        let mut lot = Self(seed);
        lot.below(1);
        lot
    }

    /// Below `most`, which is at least 1.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// What a change may put in: numbers at their limits, and what some reader treats in a way of its own.
const PIECES: [&[u8]; 40] = [
    b"\0",
    b"\0\0\0\0",
    b"\x7f",
    b"\x80",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\n",
    b"\r",
    b"\r\n\r\n",
    b" ",
    b"\"",
    b"'",
    b"\\",
    b"`",
    b"<",
    b"</p>",
    b"<!--",
    b"<![CDATA[",
    b"]]>",
    b"&amp;",
    b"&#8217;",
    b"&x;",
    b"[",
    b"]",
    b"{",
    b"}",
    b",",
    b";",
    b"=",
    b"#",
    b"*",
    b"|",
    b"-1",
    b"99999999999",
    b"1e400",
    "\u{e9}".as_bytes(),
    "\u{301}".as_bytes(),
    "\u{1f6a2}".as_bytes(),
];

/// One to four changes of an input, `other` being another of its kind.
pub(crate) fn changed(input: &[u8], other: &[u8], lot: &mut Lot) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=lot.below(4) {
        let at = lot.below(bytes.len() + 1);
        let reach = |lot: &mut Lot, bytes: &[u8]| (at + lot.below(24)).min(bytes.len());
        match lot.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << lot.below(8),
            1 if at < bytes.len() => bytes[at] = lot.below(256) as u8,
            2 => {
                let end = reach(lot, &bytes);
                bytes.drain(at..end);
            }
            3 => {
                let end = reach(lot, &bytes);
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            4 => bytes.truncate(at),
            5 => {
                let start = lot.below(other.len() + 1);
                let end = (start + lot.below(64)).min(other.len());
                bytes.splice(at..at, other[start..end].iter().copied());
            }
            6 => {
                let end = reach(lot, &bytes);
                let piece = PIECES[lot.below(PIECES.len())];
                bytes.splice(at..end, piece.iter().copied());
            }
            _ => {
                let piece = PIECES[lot.below(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
    bytes
}
