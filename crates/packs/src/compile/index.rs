//! Numbers of things that are stored elsewhere, found by what they hold.
//!
//! A map would store a second copy of each word, string and list; with a hundred thousand of them that is most of the
//! time that compiling takes. Hashes are keyed anew in each run, so that no pack can be written to collide.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher, RandomState};

/// See the module.
#[derive(Default)]
pub(super) struct Index {
    keys: RandomState,
    numbers: HashMap<u64, u32, BuildHasherDefault<Hashed>>,
}

impl Index {
    /// An index with room for so many things.
    pub(super) fn with_capacity(things: usize) -> Self {
        let numbers = HashMap::with_capacity_and_hasher(things, BuildHasherDefault::default());
        Self { numbers, ..Self::default() }
    }

    /// The number of something equal to `thing` that is known (`is_same` tells), or `None` after `number` was noted
    /// for it.
    pub(super) fn find_or_note<T: Hash + ?Sized>(
        &mut self,
        thing: &T,
        number: u32,
        is_same: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        let mut key = self.keys.hash_one(thing);
        loop {
            match self.numbers.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(number);
                    return None;
                }
                Entry::Occupied(known) if is_same(*known.get()) => return Some(*known.get()),
                // Another thing of the same hash.
                Entry::Occupied(_) => key = key.wrapping_add(1),
            }
        }
    }
}

/// Takes a number that is a hash already.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::Index;

    #[test]
    fn equal_things_get_the_number_of_the_first() {
        let things = ["quay", "wharf", "quay", "pier", "wharf"];
        let mut index = Index::default();
        let found: Vec<_> = (0..)
            .zip(things)
            .map(|(n, thing)| index.find_or_note(thing, n, |known| things[known as usize] == thing))
            .collect();
        assert_eq!(found, [None, None, Some(0), None, Some(1)]);
    }
}
