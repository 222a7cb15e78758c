//! What is told of a panic. Its message may quote the text that the code fell over, and what a server writes to its
//! standard error lands in the logs of editors: so the place in the code is told, and nothing else.

use std::panic::{PanicHookInfo, set_hook};

/// Has the place of each panic of this process told, without its message.
pub(crate) fn keep_quiet(tell: impl Fn(&str) + Send + Sync + 'static) {
    set_hook(Box::new(move |panic: &PanicHookInfo<'_>| {
        let place =
            panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        tell(&place);
    }));
}

#[cfg(test)]
mod tests {
    use std::panic::{catch_unwind, take_hook};
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn words_of_a_text_are_not_told() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&told);
        keep_quiet(move |place| sink.lock().expect("sound").push(place.to_owned()));
        let text = String::from("the caf\u{e9} \u{1f6a2}");
        let cut = catch_unwind(|| text[..8].len());
        drop(take_hook());
        assert!(cut.is_err(), "it is cut inside a letter");
        let told = told.lock().expect("sound");
        assert!(told.iter().any(|place| place.contains("panic.rs:")), "{told:?}");
        assert!(!told.iter().any(|place| place.contains("caf")), "{told:?}");
    }
}
