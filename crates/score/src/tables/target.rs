//! From pieces to parts of what is written.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_json::writer::LineDelimited;
use arrow_json::{ReaderBuilder, WriterBuilder};
use arrow_schema::{Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use unspin_containers::JsonFields;
use unspin_linter::Linter;

use crate::array::outcomes_of;
use crate::columns::{columns, struct_of};
use crate::tables::piece::{BadRow, Lines, Piece, Rows};
use crate::tables::splice::{refusal, splice};
use crate::tables::{Error, Reading};
use crate::{Asked, Outcome, Texts, score_text};

/// What is written.
#[derive(Clone, Debug)]
pub enum Target {
    /// One JSON object a line.
    JsonLines,
    /// Parquet, compressed with Zstandard.
    Parquet {
        /// The columns of the rows, without those that are added.
        schema: SchemaRef,
        /// What the file says of itself, such as the version and model that scored it.
        about: Vec<(String, String)>,
    },
}

/// Rows with their verdicts.
#[derive(Debug)]
pub struct ScoredPiece {
    /// What came of each row, in order.
    pub outcomes: Vec<Outcome>,
    body: Body,
}

#[derive(Debug)]
enum Body {
    Lines(Vec<u8>),
    Batches(Vec<RecordBatch>),
}

/// Scores the rows of a piece on the rayon pool that this is called in, and adds the columns. `reading` is as the piece
/// was read.
///
/// # Errors
/// If the rows do not go with the columns of the target as a whole; single rows that do not are bad rows.
pub fn score_piece(
    linter: &Linter,
    piece: Piece,
    reading: &Reading,
    asked: Asked,
    target: &Target,
) -> Result<ScoredPiece, Error> {
    let Piece { first, rows, bad, .. } = piece;
    match rows {
        Rows::Lines(lines) => {
            let fields = JsonFields::new(reading.text.as_deref());
            let mut outcomes = lines_outcomes(linter, &lines, &bad, &fields, asked);
            let body = match target {
                Target::JsonLines => Body::Lines(joined(&lines, &outcomes, asked)),
                Target::Parquet { schema, .. } => {
                    let rows = decoded(&lines, schema, &mut outcomes)?;
                    Body::Batches(vec![widened(&rows, &outcomes, asked)?])
                }
            };
            Ok(ScoredPiece { outcomes, body })
        }
        Rows::Columns { batches, text } => {
            let mut outcomes = Vec::new();
            for batch in &batches {
                let texts = Texts::new(Arc::clone(batch.column(text)));
                let name = || batch.schema_ref().field(text).name().clone();
                let texts = texts.map_err(|source| Error::NotTexts { name: name(), source })?;
                outcomes.append(&mut outcomes_of(linter, &texts, asked));
            }
            for (at, outcome) in outcomes.iter_mut().enumerate() {
                if let Outcome::Bad(why) = outcome {
                    *why = format!("row {}: {why}", first + at as u64 + 1);
                }
            }
            for BadRow { at, why } in bad {
                outcomes[at] = Outcome::Bad(why);
            }
            let mut rest = &outcomes[..];
            let split = batches.iter().map(|batch| {
                let (own, others) = rest.split_at(batch.num_rows());
                rest = others;
                (batch, own)
            });
            let split: Vec<_> = split.collect();
            let body = match target {
                Target::JsonLines => {
                    let written: Result<Vec<_>, Error> = split
                        .into_par_iter()
                        .map(|(batch, own)| spliced(batch, own, asked))
                        .collect();
                    Body::Lines(written?.concat())
                }
                Target::Parquet { .. } => {
                    let widened = split.into_iter().map(|(batch, own)| widened(batch, own, asked));
                    Body::Batches(widened.collect::<Result<_, _>>()?)
                }
            };
            Ok(ScoredPiece { outcomes, body })
        }
    }
}

fn lines_outcomes(
    linter: &Linter,
    lines: &Lines,
    bad: &[BadRow],
    fields: &JsonFields,
    asked: Asked,
) -> Vec<Outcome> {
    let one = |at: usize| {
        if let Ok(known) = bad.binary_search_by_key(&at, |bad| bad.at) {
            return Outcome::Bad(bad[known].why.clone());
        }
        let (line, number) = lines.get(at);
        let placed = |why: String| Outcome::Bad(format!("line {number}: {why}"));
        if let Some(why) = refusal(line) {
            return placed(why);
        }
        match fields.text(line, number) {
            Ok(Some(text)) => match score_text(linter, text.as_bytes(), asked) {
                Outcome::Bad(why) => placed(why),
                outcome => outcome,
            },
            Ok(None) => Outcome::Empty,
            Err(error) => Outcome::Bad(error.to_string()),
        }
    };
    (0..lines.len()).into_par_iter().map(one).collect()
}

/// The lines with their members.
fn joined(lines: &Lines, outcomes: &[Outcome], asked: Asked) -> Vec<u8> {
    let mut out = Vec::with_capacity(lines.bytes() + outcomes.len() * 160);
    for (at, outcome) in outcomes.iter().enumerate() {
        let (line, _) = lines.get(at);
        splice(line, is_object(line, outcome), outcome, asked, &mut out);
    }
    out
}

/// Whether a line is a JSON object. It was parsed if it was scored; only what is bad may be none.
fn is_object(line: &[u8], outcome: &Outcome) -> bool {
    let parses = || serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    !matches!(outcome, Outcome::Bad(_)) || (refusal(line).is_none() && parses())
}

/// Rows in columns as lines with their members.
fn spliced(batch: &RecordBatch, outcomes: &[Outcome], asked: Asked) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let builder = WriterBuilder::new().with_explicit_nulls(true);
    let mut writer = builder.build::<_, LineDelimited>(&mut bytes);
    writer.write(batch)?;
    writer.finish()?;
    drop(writer);
    let mut out = Vec::with_capacity(bytes.len() + outcomes.len() * 160);
    for (line, outcome) in bytes.split(|byte| *byte == b'\n').zip(outcomes) {
        splice(line, true, outcome, asked, &mut out);
    }
    Ok(out)
}

/// Lines as columns of this schema; what does not go with it becomes a bad row of nulls.
fn decoded(
    lines: &Lines,
    schema: &SchemaRef,
    outcomes: &mut [Outcome],
) -> Result<RecordBatch, Error> {
    let decode = |rows: &mut dyn Iterator<Item = &[u8]>, count: usize| {
        let builder = ReaderBuilder::new(Arc::clone(schema)).with_coerce_primitive(true);
        let mut decoder = builder.with_batch_size(count).build_decoder()?;
        for row in rows {
            decoder.decode(row)?;
            decoder.decode(b"\n")?;
        }
        decoder.flush()
    };
    let usable = |at: usize, outcome: &Outcome| {
        let (line, _) = lines.get(at);
        if is_object(line, outcome) { line } else { b"{}" }
    };
    let mut all = outcomes.iter().enumerate().map(|(at, outcome)| usable(at, outcome));
    if let Ok(Some(batch)) = decode(&mut all, lines.len()) {
        return Ok(batch);
    }
    let mut batches = Vec::with_capacity(lines.len());
    for (at, outcome) in outcomes.iter_mut().enumerate() {
        let row = usable(at, outcome);
        let batch = match decode(&mut std::iter::once(row), 1) {
            Ok(batch) => batch,
            Err(error) => {
                let (_, number) = lines.get(at);
                *outcome = Outcome::Bad(format!("line {number}: {error}"));
                decode(&mut std::iter::once(&b"{}"[..]), 1)?
            }
        };
        batches.extend(batch);
    }
    Ok(arrow_select::concat::concat_batches(schema, &batches)?)
}

/// Rows with the columns added.
fn widened(batch: &RecordBatch, outcomes: &[Outcome], asked: Asked) -> Result<RecordBatch, Error> {
    let (_, added, _) = struct_of(outcomes, asked.findings).into_parts();
    let arrays: Vec<ArrayRef> = batch.columns().iter().cloned().chain(added).collect();
    Ok(RecordBatch::try_new(widened_schema(batch.schema_ref(), asked), arrays)?)
}

fn widened_schema(schema: &SchemaRef, asked: Asked) -> SchemaRef {
    let fields =
        schema.fields().iter().chain(&columns(asked.findings)).cloned().collect::<Vec<_>>();
    Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()))
}

impl Target {
    /// The bytes of a part: what is written of some rows, whole by itself. Without rows, those of an empty file.
    ///
    /// # Errors
    /// If the rows cannot be held in Parquet.
    pub fn part(&self, piece: Option<ScoredPiece>, asked: Asked) -> Result<Vec<u8>, Error> {
        let batches = match piece.map(|piece| piece.body) {
            Some(Body::Lines(lines)) => return Ok(lines),
            Some(Body::Batches(batches)) => batches,
            None => Vec::new(),
        };
        let Self::Parquet { schema, .. } = self else { return Ok(Vec::new()) };
        let schema = widened_schema(schema, asked);
        let mut bytes = Vec::new();
        let mut writer = ArrowWriter::try_new(&mut bytes, schema, Some(self.properties()))?;
        for batch in &batches {
            writer.write(batch)?;
        }
        writer.close()?;
        Ok(bytes)
    }

    /// How Parquet is written: the same for parts and for the whole.
    pub(super) fn properties(&self) -> WriterProperties {
        let about = match self {
            Self::JsonLines => &[][..],
            Self::Parquet { about, .. } => about,
        };
        let about = about.iter().map(|(key, value)| KeyValue::new(key.clone(), value.clone()));
        WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("unspin version ", env!("CARGO_PKG_VERSION")).into())
            .set_key_value_metadata(Some(about.collect()))
            .build()
    }
}
