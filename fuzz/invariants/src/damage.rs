//! Damage to sound bytes, so that a check gets past their header.

use crate::choices::Choices;

/// Puts single bytes in the place of others: each piece of damage is three bytes of a place and one of what comes.
pub(crate) fn done(mut sound: Vec<u8>, mut choices: Choices<'_>) -> Vec<u8> {
    while !choices.is_empty() && !sound.is_empty() {
        let at = [choices.byte(), choices.byte(), choices.byte(), 0];
        let at = u32::from_le_bytes(at) as usize % sound.len();
        sound[at] = choices.byte();
    }
    sound
}

/// What the first byte chooses: the rest as it is, or damage to what is sound.
pub(crate) fn given_or_done(sound: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut choices = Choices::new(bytes);
    if choices.byte() & 1 == 0 { choices.rest().to_vec() } else { done(sound.to_vec(), choices) }
}
