//! What a rule may look at.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use unspin_text::Document;

/// Something computed once per document and shared by the rules that ask for it.
pub trait Analysis: Sized + 'static {
    /// Computes it. Must not ask the context for itself.
    fn analyse(cx: &Context<'_>) -> Self;
}

/// What rules ask besides the document and what is the same for all documents, such as a language model: one of a type.
#[derive(Clone, Default)]
pub(crate) struct Resources(Vec<Arc<dyn Any + Send + Sync>>);

impl Resources {
    /// Puts a resource in, in place of the one of its type.
    pub(crate) fn insert<T: Any + Send + Sync>(&mut self, resource: T) {
        self.0.retain(|held| !held.as_ref().is::<T>());
        self.0.push(Arc::new(resource));
    }
}

/// A document as a rule sees it, with the analyses that rules share.
pub struct Context<'a> {
    document: &'a Document<'a>,
    resources: &'a Resources,
    analyses: RefCell<Vec<(TypeId, Rc<dyn Any>)>>,
}

impl<'a> Context<'a> {
    /// A context without analyses yet, and without resources.
    pub fn new(document: &'a Document<'a>) -> Self {
        static NONE: Resources = Resources(Vec::new());
        Self::with_resources(document, &NONE)
    }

    pub(crate) fn with_resources(document: &'a Document<'a>, resources: &'a Resources) -> Self {
        Self { document, resources, analyses: RefCell::default() }
    }

    /// The document.
    pub fn document(&self) -> &'a Document<'a> {
        self.document
    }

    /// The resource `T` that the rule set was given by [`RuleSet::provide`](crate::RuleSet::provide), if any.
    pub fn resource<T: Any>(&self) -> Option<&T> {
        self.resources.0.iter().find_map(|held| held.as_ref().downcast_ref())
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

    #[test]
    fn the_latest_resource_of_a_type_is_found() {
        let mut resources = Resources::default();
        resources.insert(1_u8);
        resources.insert("text");
        resources.insert(2_u8);
        let document = Document::new(b"");
        let cx = Context::with_resources(&document, &resources);
        assert_eq!((cx.resource::<u8>(), cx.resource::<&str>()), (Some(&2), Some(&"text")));
        assert_eq!(cx.resource::<u16>(), None);
        assert_eq!(Context::new(&document).resource::<u8>(), None);
    }
}
