//! Where bytes cross between host and module. Called by [`export!`](crate::export) alone.
//!
//! It needs no `unsafe`. The host writes into a buffer that this module keeps hold of and whose address it was told
//! (its provenance is exposed, and nothing borrows it then), and reads an output that is never freed. An instance lives
//! for one call, so what is not freed goes with it.

use std::sync::Mutex;

use crate::Plugin;

static INPUT: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Makes room for an input of so many bytes; its address.
pub fn alloc(length: u32) -> u32 {
    let mut room = vec![0; length as usize];
    let at = room.as_mut_ptr().expose_provenance() as u32;
    *INPUT.lock().expect("a module has one thread") = room;
    at
}

/// The description.
pub fn describe(plugin: &Plugin) -> u64 {
    give(plugin.describe())
}

/// The findings for the input at this address.
pub fn check(plugin: &Plugin, at: u32, length: u32) -> u64 {
    give(plugin.check(&taken(at, length)))
}

/// The explanations for the input at this address.
pub fn explain(plugin: &Plugin, at: u32, length: u32) -> u64 {
    give(plugin.explain(&taken(at, length)))
}

fn taken(at: u32, length: u32) -> Vec<u8> {
    let input = std::mem::take(&mut *INPUT.lock().expect("a module has one thread"));
    let own = (input.as_ptr().addr() as u32, input.len() as u32);
    assert_eq!((at, length), own, "the host gives back what `alloc` gave it");
    input
}

/// Address and length of bytes that stay where they are.
fn give(output: Vec<u8>) -> u64 {
    let output = output.leak();
    let at = output.as_mut_ptr().expose_provenance() as u32;
    u64::from(at) << 32 | output.len() as u64
}
