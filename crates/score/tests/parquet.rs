//! Rows through Parquet: what comes out beside what went in, by the reader of the library itself.

use std::fs::File;
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int32Type, Int64Type};
use arrow_array::{Array as _, ArrayRef, DictionaryArray, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use unspin_linter::Linter;
use unspin_score::tables::{
    Input, Joiner, Kind, Reading, Rows, Target, schema_of_lines, score_piece,
};
use unspin_score::{Asked, Outcome, columns, names, score_array, score_text};

const REWORDED: &str =
    "The boats wait withinside the harbour, and the firm guards its highbrow property.";

/// Scores a file piece by piece into parts, joins them, and reads what that made. Returns how many pieces there were.
fn through(
    kind: Kind,
    file: &std::path::Path,
    reading: &Reading,
    asked: Asked,
) -> (RecordBatch, usize) {
    let linter = Linter::new();
    let of_lines = matches!(kind, Kind::JsonLines(_))
        .then(|| schema_of_lines(File::open(file).unwrap(), None, reading).unwrap());
    let mut input = Input::open(kind, File::open(file).unwrap(), reading).unwrap();
    let schema = of_lines.or_else(|| input.schema().cloned()).unwrap();
    let about = vec![("unspin.version".to_owned(), "0".to_owned())];
    let target = Target::Parquet { schema, about };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.parquet");
    let mut joiner = Joiner::new(&target, File::create(&out).unwrap());
    let (mut pieces, mut rows) = (0, 0);
    while let Some(piece) = input.next_piece().unwrap() {
        assert_eq!(piece.first, rows);
        rows += piece.len() as u64;
        let scored = score_piece(&linter, piece, reading, asked, &target).unwrap();
        let part = folder.path().join(pieces.to_string());
        std::fs::write(&part, target.part(Some(scored), asked).unwrap()).unwrap();
        joiner.add(File::open(part).unwrap()).unwrap();
        pieces += 1;
    }
    joiner.finish().unwrap();
    let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(out).unwrap()).unwrap();
    let about = builder.metadata().file_metadata().key_value_metadata().unwrap();
    assert_eq!(about.iter().filter(|pair| pair.key == "unspin.version").count(), 1);
    assert_eq!(about.iter().filter(|pair| pair.key == "ARROW:schema").count(), 1);
    let schema = Arc::clone(builder.schema());
    let batches: Vec<RecordBatch> = builder.build().unwrap().map(Result::unwrap).collect();
    (arrow_select::concat::concat_batches(&schema, &batches).unwrap(), pieces)
}

fn text_of(batch: &RecordBatch, name: &str, row: usize) -> Option<String> {
    let column = batch.column_by_name(name).unwrap_or_else(|| panic!("{name}")).as_string::<i32>();
    (!column.is_null(row)).then(|| column.value(row).to_owned())
}

#[test]
fn lines_keep_their_types_and_get_their_verdicts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.jsonl");
    let mut lines = String::new();
    for id in 0..40 {
        let row = serde_json::json!({ "id": id, "body": REWORDED, "meta": { "tags": ["a", "b"], "at": 1.5 } });
        lines.push_str(&row.to_string());
        lines.push_str("\nno JSON\n");
    }
    std::fs::write(&path, &lines).unwrap();
    let reading = Reading { piece: 700, ..Reading::default() };
    let asked = Asked { findings: true, markup: None };
    let (batch, pieces) = through(Kind::JsonLines(None), &path, &reading, asked);
    assert!(pieces > 5, "{pieces}");
    assert_eq!(batch.num_rows(), 80);
    let Outcome::Scored(scored) = score_text(&Linter::new(), REWORDED.as_bytes(), asked) else {
        panic!("a text is scored")
    };
    let ids = batch.column_by_name("id").unwrap().as_primitive::<Int64Type>();
    let scores = batch.column_by_name("unspin_score").unwrap().as_primitive::<Float64Type>();
    let marks = batch.column_by_name("unspin_marks").unwrap().as_primitive::<Int32Type>();
    for row in 0..80 {
        if row % 2 == 1 {
            assert!(ids.is_null(row) && scores.is_null(row) && marks.is_null(row));
            let why = text_of(&batch, "unspin_reason", row).unwrap();
            assert_eq!(
                why,
                format!("line {}: not a JSON object: one is needed on each line", row + 1)
            );
            continue;
        }
        assert_eq!(usize::try_from(ids.value(row)).unwrap(), row / 2);
        assert_eq!(scores.value(row).to_bits(), scored.score.to_bits());
        assert_eq!(usize::try_from(marks.value(row)).unwrap(), scored.marks);
        assert_eq!(text_of(&batch, "unspin_findings", row), scored.findings);
        let rules = batch.column_by_name("unspin_rules").unwrap().as_list::<i32>().value(row);
        let rules: Vec<_> = rules.as_string::<i32>().iter().flatten().collect();
        assert_eq!(rules, scored.rules);
    }
    let meta = batch.schema();
    assert!(matches!(meta.field_with_name("meta").unwrap().data_type(), DataType::Struct(_)));
}

#[test]
fn parquet_keeps_its_columns_whatever_their_types() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.parquet");
    let texts: StringArray = (0..600).map(|n| (n % 3 != 0).then_some(REWORDED)).collect();
    let place: DictionaryArray<Int32Type> = (0..600).map(|n| Some(["a", "b"][n % 2])).collect();
    let schema = Arc::new(Schema::new(vec![
        Field::new("id", DataType::Int64, false),
        Field::new("Body", DataType::Utf8, true),
        Field::new("place", place.data_type().clone(), true),
    ]));
    let ids = Int64Array::from_iter_values(0..600);
    let columns_in: Vec<ArrayRef> = vec![Arc::new(ids), Arc::new(texts), Arc::new(place)];
    let rows = RecordBatch::try_new(Arc::clone(&schema), columns_in).unwrap();
    let mut writer = ArrowWriter::try_new(File::create(&path).unwrap(), schema, None).unwrap();
    writer.write(&rows).unwrap();
    writer.close().unwrap();
    let reading = Reading { piece: 20_000, ..Reading::default() };
    let (batch, pieces) = through(Kind::Parquet, &path, &reading, Asked::default());
    assert!(pieces > 1, "{pieces}");
    for column in 0..3 {
        assert_eq!(batch.schema().field(column), rows.schema().field(column));
        assert_eq!(batch.column(column), rows.column(column));
    }
    let added: Vec<_> = batch.schema().fields()[3..].to_vec();
    assert_eq!(added, columns(false).iter().cloned().collect::<Vec<_>>());
    assert_eq!(text_of(&batch, "unspin_reason", 0).as_deref(), Some("empty"));
    // What was passed over is not read again, and the rest is the same.
    let skipping = Reading { skip: 450, ..reading };
    let mut input = Input::open(Kind::Parquet, File::open(&path).unwrap(), &skipping).unwrap();
    let mut left = 0;
    while let Some(piece) = input.next_piece().unwrap() {
        let Rows::Columns { batches, .. } = &piece.rows else { panic!("columns") };
        assert_eq!(
            batches[0].column(0).as_primitive::<Int64Type>().value(0),
            i64::try_from(piece.first).unwrap()
        );
        left += piece.len();
    }
    assert_eq!(left, 150);
}

#[test]
fn arrays_of_every_type_of_text_give_the_same() {
    let linter = Linter::new();
    let plain: ArrayRef =
        Arc::new(StringArray::from(vec![Some(REWORDED), None, Some(" "), Some("A short text.")]));
    let expected = score_array(&linter, Arc::clone(&plain), Asked::default()).unwrap();
    assert_eq!(expected.len(), 4);
    for data_type in [
        DataType::LargeUtf8,
        DataType::Utf8View,
        DataType::Binary,
        DataType::LargeBinary,
        DataType::BinaryView,
        DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8)),
    ] {
        let other = arrow_cast::cast(&plain, &data_type).unwrap();
        assert_eq!(score_array(&linter, other, Asked::default()).unwrap(), expected, "{data_type}");
    }
    let sliced = score_array(&linter, plain.slice(2, 2), Asked::default()).unwrap();
    assert_eq!(sliced, expected.slice(2, 2));
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![1]));
    let refused = score_array(&linter, numbers, Asked::default()).unwrap_err();
    assert_eq!(refused.to_string(), "a column of Int64 holds no texts: choose one of strings");
    assert_eq!(names().len(), columns(true).len());
}
