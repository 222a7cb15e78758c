//! The class that everything else hangs on.

use arrow_data::ArrayData;
use arrow_pyarrow::PyArrowType;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use unspin_apply::fix::{Policy, Repair, repair};
use unspin_lint::{Diagnosis, Document, Held, Markup};
use unspin_linter::LanguageModel;
use unspin_report::Offsets;
use unspin_score::Asked;
use unspin_text::source::decode;
use unspin_text::{Encoding, Fault, FaultKind};

use crate::comparison::{ComparisonParts, Named, compare};
use crate::files::{Files, Kept};
use crate::report::Report;
use crate::score::{Score, score_arrays, score_many};
use crate::settings::{Mistake, Wanted, load};
use crate::text::{bytes_of, markup, told};

/// Rules under settings, and all that was read to make them.
#[pyclass(frozen, module = "unspin._unspin")]
pub(crate) struct Linter {
    inner: unspin_linter::Linter,
    wanted: Wanted,
    kept: Vec<Kept>,
    /// Digest of the model, where it is not the one inside.
    model: Option<String>,
}

/// A repaired text.
#[derive(IntoPyObject)]
struct Repaired<'py> {
    text: Bound<'py, PyAny>,
    /// Rule, title, start and end in code points of the text as it was, the words there.
    made: Vec<(String, String, u32, u32, String)>,
    /// Rule, title, start and end in code points of the repaired text, the reason.
    held_back: Vec<(String, String, u32, u32, String)>,
    rounds: usize,
    converged: bool,
    /// On the repaired text.
    report: Report,
}

#[pymethods]
impl Linter {
    /// Makes a linter; returned with it is all that is wrong in its settings. With `kept` nothing is read from the disk.
    #[staticmethod]
    fn load(wanted: Wanted, kept: Option<Vec<Kept>>) -> (Self, Vec<Mistake>) {
        let mut files = kept.map_or_else(Files::on_disk, Files::of_kept);
        let (inner, mistakes) = load(&wanted, &mut files);
        let model = inner.model().digest();
        let model = (model != LanguageModel::embedded().digest()).then_some(model);
        (Self { inner, wanted, kept: files.into_kept(), model }, mistakes)
    }

    /// What [`Linter::load`] takes to make the same linter elsewhere.
    fn state<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        type Kept<'py> = (String, String, String, String, Vec<(String, Bound<'py, PyBytes>)>);
        let kept = self.kept.iter().map(|(kind, asked, path, folder, files)| {
            let files = files.iter().map(|(name, bytes)| (name.clone(), PyBytes::new(py, bytes)));
            (kind.clone(), asked.clone(), path.clone(), folder.clone(), files.collect())
        });
        let kept: Vec<Kept<'_>> = kept.collect();
        Ok((self.wanted.clone(), kept).into_pyobject(py)?.into_any())
    }

    /// Digest of the model that the rules ask.
    fn model(&self) -> String {
        self.inner.model().digest()
    }

    /// What is said of a text.
    fn check(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyAny>,
        markup: Option<&str>,
    ) -> PyResult<Report> {
        let (bytes, markup) = (bytes_of(text)?, self::markup(markup)?);
        let bytes = &*bytes;
        Ok(py.detach(|| {
            let document = Document::read(bytes, told(markup, bytes));
            let said = Diagnosis::new(&document, &self.inner.check(&document));
            self.report(bytes, &said)
        }))
    }

    /// Makes the repairs that may be made.
    fn fix<'py>(
        &self,
        text: &Bound<'py, PyAny>,
        markup: Option<&str>,
        unsafe_fixes: bool,
        quotations: bool,
    ) -> PyResult<Repaired<'py>> {
        let py = text.py();
        let (bytes, markup) = (bytes_of(text)?, self::markup(markup)?);
        let given = &*bytes;
        let (_, encoding, faults) = decode(given);
        if encoding != Encoding::Utf8 {
            let message = "the text is UTF-16, in which no edit can be told; decode it first";
            return Err(PyValueError::new_err(message));
        }
        let unread =
            |fault: &&Fault| matches!(fault.kind, FaultKind::NotText | FaultKind::TooLarge);
        if let Some(fault) = faults.iter().find(unread) {
            return Err(PyValueError::new_err(format!("not repaired: {}", fault.message())));
        }
        let (repair, report) = py.detach(|| {
            let repair =
                self.repair(given, told(markup, given), Policy { unsafe_fixes, quotations });
            let report = self.report(&repair.text, &repair.left);
            (repair, report)
        });
        let (before, after) = (decode(given).0, decode(&repair.text).0);
        let made = repair.made.iter().map(|made| {
            let (start, end) = (chars(&before, made.span.start), chars(&before, made.span.end));
            (made.rule.to_string(), made.title.clone(), start, end, made.text.clone())
        });
        let held_back = repair.held_back.iter().map(|held| {
            let (start, end) = (chars(&after, held.span.start), chars(&after, held.span.end));
            (held.rule.to_string(), held.title.clone(), start, end, held.note())
        });
        let text = if text.is_instance_of::<PyBytes>() {
            PyBytes::new(py, &repair.text).into_any()
        } else if repair.text == given {
            text.clone()
        } else {
            after.as_ref().into_pyobject(py)?.into_any()
        };
        Ok(Repaired {
            made: made.collect(),
            held_back: held_back.collect(),
            rounds: repair.rounds,
            converged: repair.converged,
            text,
            report,
        })
    }

    /// What a reworded text made of its original.
    fn compare(
        &self,
        py: Python<'_>,
        original: &Bound<'_, PyAny>,
        reworded: &Bound<'_, PyAny>,
        markup: Option<&str>,
        original_name: &str,
        reworded_name: &str,
    ) -> PyResult<ComparisonParts> {
        let (a, b, markup) = (bytes_of(original)?, bytes_of(reworded)?, self::markup(markup)?);
        let (a, b): (&[u8], &[u8]) = (&a, &b);
        let model = self.model.as_deref();
        Ok(py.detach(|| {
            let original = Named { name: original_name, bytes: a, markup: told(markup, a) };
            let reworded = Named { name: reworded_name, bytes: b, markup: told(markup, b) };
            compare(&self.inner, &original, &reworded, model)
        }))
    }

    /// Scores texts as an iterator gives them.
    fn score_many(
        &self,
        texts: &Bound<'_, PyAny>,
        markup: Option<&str>,
        findings: bool,
        threads: Option<usize>,
    ) -> PyResult<Vec<Score>> {
        let asked = Asked { findings, markup: self::markup(markup)? };
        score_many(&self.inner, texts, asked, threads)
    }

    /// Scores arrays of Arrow.
    fn score_arrays(
        &self,
        py: Python<'_>,
        arrays: Vec<PyArrowType<ArrayData>>,
        markup: Option<&str>,
        findings: bool,
        threads: Option<usize>,
    ) -> PyResult<Vec<PyArrowType<ArrayData>>> {
        let asked = Asked { findings, markup: self::markup(markup)? };
        score_arrays(py, &self.inner, arrays, asked, threads)
    }
}

impl Linter {
    fn report(&self, bytes: &[u8], said: &Diagnosis) -> Report {
        let (source, encoding, _) = decode(bytes);
        Report::new(&source, Offsets::of(encoding), said, self.model.as_deref())
    }

    fn repair(&self, bytes: &[u8], markup: Markup, policy: Policy) -> Repair {
        let check = |bytes: &[u8], held: Option<&Held>| {
            let document = Document::read(bytes, markup);
            let (report, held) = self.inner.check_held(&document, held);
            (Diagnosis::new(&document, &report), held)
        };
        repair(bytes, policy, check)
    }
}

/// How many code points come before a byte.
fn chars(source: &str, byte: u32) -> u32 {
    source[..byte as usize].chars().count() as u32
}
