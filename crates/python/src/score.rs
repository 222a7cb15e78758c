//! Scores of many texts, on all cores, while the interpreter runs on.

use std::num::NonZeroUsize;

use arrow_array::{Array, make_array};
use arrow_data::ArrayData;
use arrow_pyarrow::PyArrowType;
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use rayon::iter::{IntoParallelIterator as _, IntoParallelRefIterator as _, ParallelIterator as _};
use unspin_linter::Linter;
use unspin_score::{Asked, Outcome, Scored, score_array, score_text};

use crate::text::bytes_of;

/// Texts that are held at a time: enough for every thread to stay busy.
const BATCH: usize = 4_096;
/// Bytes of texts that are held at a time, but for the last of them.
const BATCH_BYTES: usize = 16 << 20;

/// What is said of a text: the columns of `unspin_score`, in their order.
pub(crate) type Score = (
    Option<f64>,
    Option<f64>,
    Option<&'static str>,
    Option<usize>,
    Vec<String>,
    Option<String>,
    Option<String>,
);

/// Scores texts, each a `str`, `bytes` or `None`, as an iterator gives them.
pub(crate) fn score_many(
    linter: &Linter,
    texts: &Bound<'_, PyAny>,
    asked: Asked,
    threads: Option<usize>,
) -> PyResult<Vec<Score>> {
    let py = texts.py();
    let pool = pool(threads, texts.len().unwrap_or(usize::MAX))?;
    let mut scores = Vec::new();
    let mut texts = texts.try_iter()?;
    loop {
        // The iterator may give a text up before it is scored.
        let (mut batch, mut size) = (Vec::new(), 0);
        while batch.len() < BATCH && size < BATCH_BYTES {
            let Some(text) = texts.next().transpose()? else { break };
            let bytes = if text.is_none() { None } else { Some(bytes_of(&text)?.into_owned()) };
            size += bytes.as_ref().map_or(0, Vec::len);
            batch.push(bytes);
        }
        if batch.is_empty() {
            return Ok(scores);
        }
        let one = |text: &Option<Vec<u8>>| {
            text.as_ref().map_or(Outcome::Empty, |text| score_text(linter, text, asked))
        };
        let outcomes: Vec<Outcome> =
            py.detach(|| pool.install(|| batch.par_iter().map(one).collect()));
        scores.extend(outcomes.into_iter().map(score));
        py.check_signals()?;
    }
}

fn score(outcome: Outcome) -> Score {
    let reason = outcome.reason().map(str::to_owned);
    match outcome {
        Outcome::Scored(Scored { score, rarity, level, marks, rules, findings, .. }) => {
            let rules = rules.iter().map(ToString::to_string).collect();
            (Some(score), rarity, Some(level), Some(marks), rules, reason, findings)
        }
        Outcome::Empty | Outcome::Bad(_) => (None, None, None, None, Vec::new(), reason, None),
    }
}

/// Scores the arrays of a column, which stay where they are.
pub(crate) fn score_arrays(
    py: Python<'_>,
    linter: &Linter,
    arrays: Vec<PyArrowType<ArrayData>>,
    asked: Asked,
    threads: Option<usize>,
) -> PyResult<Vec<PyArrowType<ArrayData>>> {
    let arrays: Vec<_> = arrays.into_iter().map(|array| make_array(array.0)).collect();
    let pool = pool(threads, arrays.iter().map(Array::len).sum())?;
    let one = |array| score_array(linter, array, asked).map(|scored| scored.to_data());
    let scored: Result<Vec<_>, _> =
        py.detach(|| pool.install(|| arrays.into_par_iter().map(one).collect()));
    let scored = scored.map_err(|error| PyTypeError::new_err(error.to_string()))?;
    Ok(scored.into_iter().map(PyArrowType).collect())
}

/// The threads for so many texts. They end with the call, since a process that is forked would be without them.
fn pool(threads: Option<usize>, texts: usize) -> PyResult<rayon::ThreadPool> {
    let threads = match threads.map(NonZeroUsize::new) {
        None => std::thread::available_parallelism().map_or(1, usize::from),
        Some(Some(threads)) => threads.get(),
        Some(None) => return Err(PyValueError::new_err("threads is 1 or more, or None for all")),
    };
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads.min(texts.max(1)))
        .build()
        .map_err(|error| PyRuntimeError::new_err(format!("starting threads: {error}")))
}
