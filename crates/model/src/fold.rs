//! One folding and two stable hashes, shared by reader and builder.
//!
//! The hashes are part of the file format: changing either needs a new format version.

/// Multiplier of the polynomial hash; odd, so that it has an inverse modulo 2^64.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
/// Multiplicative inverse of `BASE` modulo 2^64.
const BASE_INVERSE: u64 = inverse(BASE);

/// Newton's iteration doubles the number of right bits each time; an odd number starts with 3.
const fn inverse(odd: u64) -> u64 {
    let mut x = odd;
    let mut step = 0;
    while step < 5 {
        x = x.wrapping_mul(2u64.wrapping_sub(odd.wrapping_mul(x)));
        step += 1;
    }
    x
}

/// The folded characters of a word: lower case, a typographic apostrophe as `'`.
pub(crate) fn folded(word: &str) -> impl Iterator<Item = char> + '_ {
    word.chars().flat_map(char::to_lowercase).map(|c| if c == '\u{2019}' { '\'' } else { c })
}

/// Hash of a folded word: FNV-1a over its UTF-8 bytes (Fowler, Noll, Vo; RFC 9923), mixed, since
/// the table takes its bucket from the high bits and its fingerprint from the low ones.
pub(crate) fn hash_word(word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut feed = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    if word.is_ascii() {
        for byte in word.bytes() {
            feed(byte.to_ascii_lowercase());
        }
    } else {
        for c in folded(word) {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                feed(byte);
            }
        }
    }
    mix(hash)
}

/// The finaliser of `MurmurHash3` (Appleby, public domain).
fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// A folded word on the stack, so that a look-up allocates nothing.
pub(crate) struct Folded {
    chars: [char; Folded::CAPACITY],
    length: usize,
}

impl Folded {
    /// Longest word that can be near a name, in code points.
    pub(crate) const CAPACITY: usize = 40;

    /// Folds `word`, or answers `None` when it is too long to be a name.
    pub(crate) fn new(word: &str) -> Option<Self> {
        let mut out = Self { chars: ['\0'; Self::CAPACITY], length: 0 };
        for c in folded(word) {
            *out.chars.get_mut(out.length)? = c;
            out.length += 1;
        }
        Some(out)
    }

    pub(crate) fn as_slice(&self) -> &[char] {
        self.chars.get(..self.length).unwrap_or(&[])
    }

    /// Calls `visit` with the hash of the word and of the word less each one of its characters.
    ///
    /// Two words are within one edit (substitution, insertion, deletion, adjacent transposition)
    /// only if these sets meet (the symmetric delete of Garbe, 2012). A polynomial hash gives each
    /// deletion from the running prefix in constant time, so the whole is linear in the length.
    pub(crate) fn deletion_hashes(&self, mut visit: impl FnMut(u64)) {
        let term = |c: char| u64::from(u32::from(c)).wrapping_add(1);
        let mut whole = 0_u64;
        let mut power = BASE_INVERSE;
        for &c in self.as_slice() {
            whole = whole.wrapping_mul(BASE).wrapping_add(term(c));
            power = power.wrapping_mul(BASE);
        }
        visit(mix(whole));
        let mut prefix = 0_u64;
        let mut previous = None;
        for &c in self.as_slice() {
            let longer = prefix.wrapping_mul(BASE).wrapping_add(term(c));
            // Deleting either of two equal neighbours gives the same word.
            if previous != Some(c) {
                let suffix = whole.wrapping_sub(longer.wrapping_mul(power));
                visit(mix(prefix.wrapping_mul(power).wrapping_add(suffix)));
            }
            previous = Some(c);
            prefix = longer;
            power = power.wrapping_mul(BASE_INVERSE);
        }
    }
}

/// Whether the optimal string alignment distance of two words is 0, 1 or more (`None`).
pub(crate) fn within_one_edit(a: &[char], b: &[char]) -> Option<u8> {
    if a == b {
        return Some(0);
    }
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(start..)?, b.get(start..)?);
    let near = match b.len().checked_sub(a.len()) {
        Some(0) => match (a, b) {
            ([_, rest_a @ ..], [_, rest_b @ ..]) if rest_a == rest_b => true,
            ([a1, a2, rest_a @ ..], [b1, b2, rest_b @ ..]) => {
                a1 == b2 && a2 == b1 && rest_a == rest_b
            }
            _ => false,
        },
        Some(1) => b.get(1..) == Some(a),
        _ => false,
    };
    near.then_some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_and_typographic_apostrophes_do_not_change_the_hash() {
        assert_eq!(hash_word("Don\u{2019}t"), hash_word("don't"));
        assert_eq!(hash_word("ÉCOLE"), hash_word("école"));
        assert_ne!(hash_word("biden"), hash_word("diden"));
    }

    #[test]
    fn the_hash_is_fixed_by_the_format() {
        assert_eq!(hash_word("the"), 0xCB3F_F435_B889_FB31);
    }

    #[test]
    fn a_deletion_hash_is_the_hash_of_the_shorter_word() {
        let hashes = |word: &str| {
            let mut out = Vec::new();
            Folded::new(word).expect("short").deletion_hashes(|hash| out.push(hash));
            out
        };
        let putin = hashes("putin");
        let shorter: Vec<u64> =
            ["putin", "utin", "ptin", "puin", "putn", "puti"].map(|w| hashes(w)[0]).to_vec();
        assert_eq!(putin, shorter);
        assert_eq!(hashes("aaa").len(), 2);
    }
}
