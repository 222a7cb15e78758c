//! What a person is told.

/// Panics unless a message is what messages are: one sentence, lower case, without a final stop, and nothing in it that a
/// terminal would obey.
#[track_caller]
pub(crate) fn sentence(message: &str) {
    assert!(!message.trim().is_empty(), "a message that says nothing");
    assert!(!message.contains(char::is_control), "{message:?} holds a control character");
    let first = message.chars().next();
    assert!(first.is_none_or(|c| !c.is_ascii_uppercase()), "{message:?} begins with a capital");
    assert!(!message.ends_with('.') || message.ends_with("..."), "{message:?} ends with a stop");
}
