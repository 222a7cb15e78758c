//! What a person is told.

/// Panics unless a message is what messages are, with nothing in it that a terminal would obey.
#[track_caller]
pub(crate) fn sentence(message: &str) {
    assert!(!message.contains(char::is_control), "{message:?} holds a control character");
    wording(message);
}

/// Panics unless a message is one sentence, lower case, without a final stop. It may quote any character: reports write
/// out what must not be shown.
#[track_caller]
pub(crate) fn wording(message: &str) {
    assert!(!message.trim().is_empty(), "a message that says nothing");
    let first = message.chars().next();
    assert!(first.is_none_or(|c| !c.is_ascii_uppercase()), "{message:?} begins with a capital");
    assert!(!message.ends_with('.') || message.ends_with("..."), "{message:?} ends with a stop");
}
