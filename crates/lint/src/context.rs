//! What a rule may look at.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::rc::Rc;

use unspin_text::Document;

/// Something computed once per document and shared by the rules that ask for it.
pub trait Analysis: Sized + 'static {
    /// Computes it. Must not ask the context for itself.
    fn analyse(cx: &Context<'_>) -> Self;
}

/// A document as a rule sees it, with the analyses that rules share.
pub struct Context<'a> {
    document: &'a Document<'a>,
    analyses: RefCell<Vec<(TypeId, Rc<dyn Any>)>>,
}

impl<'a> Context<'a> {
    /// A context without analyses yet.
    pub fn new(document: &'a Document<'a>) -> Self {
        Self { document, analyses: RefCell::default() }
    }

    /// The document.
    pub fn document(&self) -> &'a Document<'a> {
        self.document
    }

    /// The analysis `T` of this document, computed at the first call.
    pub fn get<T: Analysis>(&self) -> Rc<T> {
        let id = TypeId::of::<T>();
        // A document has a handful of analyses at most, so a scan beats a map.
        let known =
            self.analyses.borrow().iter().find(|(t, _)| *t == id).map(|(_, a)| Rc::clone(a));
        let analysis = known.unwrap_or_else(|| {
            let made: Rc<dyn Any> = Rc::new(T::analyse(self));
            self.analyses.borrow_mut().push((id, Rc::clone(&made)));
            made
        });
        analysis.downcast::<T>().expect("stored under its own type id")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Words(usize);

    impl Analysis for Words {
        fn analyse(cx: &Context<'_>) -> Self {
            Self(cx.document().word_count())
        }
    }

    #[test]
    fn an_analysis_is_computed_once() {
        let document = Document::new(b"three short words");
        let cx = Context::new(&document);
        assert_eq!(cx.get::<Words>().0, 3);
        assert!(Rc::ptr_eq(&cx.get::<Words>(), &cx.get::<Words>()));
    }
}
