//! What a language model says of words in a row, for rules that know no model.

use std::ops::Range;
use std::sync::Arc;

use crate::Context;

/// What a language model expects.
pub trait Expectation: Send + Sync {
    /// The mean log10 probability of a stretch of a document's tokens, each after the one before it, in hundredths;
    /// `None` where it knows none of the words, or has no statistics.
    fn log10_hundredths(&self, cx: &Context<'_>, tokens: Range<usize>) -> Option<i32>;
}

/// The [`Expectation`] that rules find by [`Context::resource`].
#[derive(Clone)]
pub struct Expected(pub Arc<dyn Expectation>);
