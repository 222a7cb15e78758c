//! What a rule may look at.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::panic::resume_unwind;
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

/// What rules keep from one state of a text to the next, one of a type, so that an editor waits less. It spares work and
/// changes nothing: what is made with it is what would be made without.
#[derive(Default)]
pub struct Memory(RefCell<Vec<Box<dyn Any + Send>>>);

impl Memory {
    /// Takes what was kept of this type.
    pub fn take<T: Any + Send>(&self) -> Option<T> {
        let mut kept = self.0.borrow_mut();
        let at = kept.iter().position(|one| one.as_ref().is::<T>())?;
        kept.swap_remove(at).downcast().ok().map(|one| *one)
    }

    /// Keeps something, in the place of what was kept of its type.
    pub fn keep<T: Any + Send>(&self, one: T) {
        let _ = self.take::<T>();
        self.0.borrow_mut().push(Box::new(one));
    }
}

/// The payload of the unwinding by which [`Context::checkpoint`] ends a run.
pub(crate) struct Cancelled;

/// What a run is given besides the document.
#[derive(Clone, Copy, Default)]
pub(crate) struct Circumstances<'a> {
    /// What was kept of an earlier state of the text.
    pub(crate) memory: Option<&'a Memory>,
    /// Whether nobody waits for the result any more.
    pub(crate) is_cancelled: Option<&'a dyn Fn() -> bool>,
}

/// A document as a rule sees it, with the analyses that rules share.
pub struct Context<'a> {
    document: &'a Document<'a>,
    resources: &'a Resources,
    circumstances: Circumstances<'a>,
    analyses: RefCell<Vec<(TypeId, Rc<dyn Any>)>>,
}

impl<'a> Context<'a> {
    /// A context without analyses yet, and without resources.
    pub fn new(document: &'a Document<'a>) -> Self {
        static NONE: Resources = Resources(Vec::new());
        Self::with_resources(document, &NONE)
    }

    pub(crate) fn with_resources(document: &'a Document<'a>, resources: &'a Resources) -> Self {
        let circumstances = Circumstances::default();
        Self { document, resources, circumstances, analyses: RefCell::default() }
    }

    pub(crate) fn under(self, circumstances: Circumstances<'a>) -> Self {
        Self { circumstances, ..self }
    }

    /// What was kept of an earlier state of the document; `None` where it is looked at once, as nearly all are.
    pub fn memory(&self) -> Option<&'a Memory> {
        self.circumstances.memory
    }

    /// Ends the run here, by unwinding, if nobody waits for its result any more: somebody typed on. To be called now and
    /// then by what takes long on a long text. Costs next to nothing.
    pub fn checkpoint(&self) {
        if self.circumstances.is_cancelled.is_some_and(|is_cancelled| is_cancelled()) {
            // No panic: no hook is told, and the run expects it.
            resume_unwind(Box::new(Cancelled));
        }
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

    #[test]
    fn a_memory_holds_one_of_a_type() {
        let memory = Memory::default();
        memory.keep(1_u8);
        memory.keep(2_u8);
        memory.keep("text");
        assert_eq!((memory.take::<u8>(), memory.take::<u8>()), (Some(2), None));
        assert_eq!(memory.take::<&str>(), Some("text"));
    }
}
