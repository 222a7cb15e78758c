//! What is known of a fault, at a fixed place in memory.
//!
//! WebAssembly has no unwinding here: a panic, a stack that is used up and an access out of bounds all end the
//! instance, and only for the first of them is a hook told. So the id of the rule at work is noted before it is
//! asked, and what the hook is told after it. Both notes end with a NUL. The host reads them from the memory of the
//! dead instance, in which nothing runs any more.

use std::sync::atomic::{AtomicU8, Ordering};

/// A short text at a fixed place.
#[derive(Debug)]
pub struct Note<const N: usize>([AtomicU8; N]);

/// The id of the rule at work; empty where none is.
pub static RULE: Note<128> = Note::new();
/// What a panic said, with its place in the code. It may quote the text that was checked.
pub static PANIC: Note<1024> = Note::new();

impl<const N: usize> Note<N> {
    const fn new() -> Self {
        Self([const { AtomicU8::new(0) }; N])
    }

    /// Notes a text, cut to the room that there is.
    pub fn write(&self, text: &str) {
        let bytes = text.bytes().take(N - 1).chain([0]);
        for (place, byte) in self.0.iter().zip(bytes) {
            place.store(byte, Ordering::Relaxed);
        }
    }

    /// Where it stands in memory.
    pub fn place(&self) -> usize {
        self.0.as_ptr() as usize
    }

    /// What is noted.
    pub fn read(&self) -> String {
        let bytes = self.0.iter().map(|byte| byte.load(Ordering::Relaxed));
        String::from_utf8_lossy(&bytes.take_while(|byte| *byte != 0).collect::<Vec<_>>()).into()
    }
}

/// Notes which rule is at work; for [`RuleSet::set_observer`](unspin_lint::RuleSet::set_observer).
pub(crate) fn note_rule(id: Option<&str>) {
    RULE.write(id.unwrap_or_default());
}

/// Has what a panic says noted, in the place of writing it to a console.
pub(crate) fn note_panics() {
    std::panic::set_hook(Box::new(|panic| PANIC.write(&panic.to_string())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_cut_to_its_room_and_holds_the_last_text() {
        static NOTE: Note<8> = Note::new();
        assert_eq!(NOTE.read(), "");
        NOTE.write("doubled-word");
        assert_eq!(NOTE.read(), "doubled");
        NOTE.write("names");
        assert_eq!(NOTE.read(), "names");
        assert_ne!(NOTE.place(), 0);
    }
}
