//! The thread that looks at whole texts, so that keys are never kept waiting.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, unbounded};
use gen_lsp_types::Uri;
use unspin_lint::{Diagnosis, Document, Held, Local, Markup, Memory};
use unspin_linter::{Linter, Settled};

/// A state of a text to look at.
pub(crate) struct Job {
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    /// The state's number, and that of the present one: where they differ, nobody waits for it.
    pub(crate) generation: u64,
    pub(crate) current: Arc<AtomicU64>,
    pub(crate) text: Arc<str>,
    pub(crate) markup: Markup,
    pub(crate) linter: Arc<Linter>,
    /// What local rules saw in it.
    pub(crate) local: Local,
    /// What was shown of the state before.
    pub(crate) shown: Option<Held>,
}

/// What looking at it came to.
pub(crate) struct Done {
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    pub(crate) generation: u64,
    /// Of the text that it is about: one that is opened again is another.
    pub(crate) current: Arc<AtomicU64>,
    pub(crate) prose: String,
    pub(crate) settled: Settled,
    pub(crate) diagnosis: Diagnosis,
}

enum Order {
    Settle(Box<Job>),
    Forget(Uri),
}

/// See the module. Ends when it is dropped.
pub(crate) struct Worker {
    orders: Option<Sender<Order>>,
    pub(crate) results: Receiver<Result<Box<Done>, Uri>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    pub(crate) fn start() -> Self {
        let (orders, taken) = unbounded();
        let (sender, results) = unbounded();
        let thread = std::thread::spawn(move || work(&taken, &sender));
        Self { orders: Some(orders), results, thread: Some(thread) }
    }

    /// Has a state looked at. Its result, or the address of a text at which the server itself failed, comes by
    /// [`Worker::results`], unless the text changes before.
    pub(crate) fn settle(&self, job: Job) {
        self.order(Order::Settle(Box::new(job)));
    }

    /// Drops what is remembered of a text.
    pub(crate) fn forget(&self, uri: Uri) {
        self.order(Order::Forget(uri));
    }

    fn order(&self, order: Order) {
        // The thread takes orders for as long as there is a worker.
        let _ = self.orders.as_ref().map(|orders| orders.send(order));
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            // It catches what panics, so that there is nothing to be told.
            let _ = thread.join();
        }
    }
}

fn work(orders: &Receiver<Order>, results: &Sender<Result<Box<Done>, Uri>>) {
    let mut memories: HashMap<Uri, Memory> = HashMap::new();
    for order in orders {
        match order {
            Order::Forget(uri) => {
                memories.remove(&uri);
            }
            Order::Settle(job) => {
                let memory = memories.entry(job.uri.clone()).or_default();
                let done = catch_unwind(AssertUnwindSafe(|| settle(&job, memory)));
                let told = match done {
                    Ok(Some(done)) => results.send(Ok(Box::new(done))),
                    Ok(None) => Ok(()),
                    Err(_) => {
                        memories.remove(&job.uri);
                        results.send(Err(job.uri))
                    }
                };
                if told.is_err() {
                    return;
                }
            }
        }
    }
}

/// Looks at a state; `None` if nobody waits for it any more.
pub(crate) fn settle(job: &Job, memory: &Memory) -> Option<Done> {
    let is_cancelled = || job.current.load(Ordering::Relaxed) != job.generation;
    if is_cancelled() {
        return None;
    }
    let document = Document::read(job.text.as_bytes(), job.markup);
    let settled =
        job.linter.settle(&document, &job.local, memory, job.shown.as_ref(), &is_cancelled)?;
    let diagnosis = Diagnosis::new(&document, &settled.report);
    Some(Done {
        uri: job.uri.clone(),
        version: job.version,
        generation: job.generation,
        current: Arc::clone(&job.current),
        prose: document.text().to_owned(),
        settled,
        diagnosis,
    })
}
