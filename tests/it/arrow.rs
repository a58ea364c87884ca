//! Tables in columns: the filter of Arrow streams, and Parquet in and out.

use std::io::Write;
use std::process::Stdio;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int8Type, Int32Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, DictionaryArray, Int64Array, LargeStringArray, NullArray, RecordBatch,
    StringArray, StringViewArray,
};
use arrow_ipc::CompressionType;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use arrow_schema::{DataType, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::support::{Folder, Run, fixture};
use crate::tables::GOOD;

/// Texts of which one is missing, one blank and one empty.
const TEXTS: [Option<&str>; 6] = [
    Some("They agreed to resume the talks."),
    None,
    Some("They refused the offer; there will be no talks."),
    Some(" \u{200b}"),
    Some(""),
    Some("It rained on Monday, “all day”, in Genève."),
];

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))
        .unwrap()
}

fn ids(n: usize) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(0..n as i64))
}

fn texts() -> RecordBatch {
    batch(vec![("id", ids(6)), ("text", Arc::new(StringArray::from(TEXTS.to_vec())))])
}

fn stream(schema: &Schema, batches: &[RecordBatch]) -> Vec<u8> {
    let mut writer = StreamWriter::try_new(Vec::new(), schema).unwrap();
    batches.iter().for_each(|batch| writer.write(batch).unwrap());
    writer.into_inner().unwrap()
}

/// A stream of one batch.
fn one(batch: &RecordBatch) -> Vec<u8> {
    stream(&batch.schema(), std::slice::from_ref(batch))
}

fn parquet(batch: &RecordBatch, compression: Compression) -> Vec<u8> {
    let properties = WriterProperties::builder().set_compression(compression).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

/// The labeled rows of `tables::GOOD`, labels in a dictionary.
fn good() -> RecordBatch {
    let cell = |line: &str, at: usize| line.split(',').nth(at).unwrap().to_owned();
    let column = |at: usize| GOOD.lines().skip(1).map(move |line| cell(line, at)).collect::<Vec<_>>();
    let labels = column(2);
    batch(vec![
        ("id", Arc::new(StringViewArray::from_iter_values(column(0)))),
        ("text", Arc::new(LargeStringArray::from(column(1)))),
        ("stance", Arc::new(labels.iter().map(|l| Some(l.as_str())).collect::<DictionaryArray<Int8Type>>())),
    ])
}

/// Streams and files to damage.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let mut out = vec![stream(&good().schema(), &[good(), good()]), one(&texts())];
    let packed = [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(ZstdLevel::default())];
    out.extend(packed.map(|compression| parquet(&good(), compression)));
    out.extend(PACKED.map(|compression| packed_stream(&good(), compression)));
    out
}

const PACKED: [CompressionType; 2] = [CompressionType::LZ4_FRAME, CompressionType::ZSTD];

/// A stream of one compressed batch.
fn packed_stream(batch: &RecordBatch, compression: CompressionType) -> Vec<u8> {
    let options = IpcWriteOptions::default().try_with_compression(Some(compression)).unwrap();
    let mut writer = StreamWriter::try_new_with_options(Vec::new(), &batch.schema(), options).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn compressed_streams_say_what_others_do() {
    let args = "classify --format arrow";
    for compression in PACKED {
        assert_eq!(
            filtered(args, &packed_stream(&texts(), compression)),
            filtered(args, &one(&texts())),
            "{compression:?}"
        );
    }
}

/// The filter's batches, if it succeeded.
fn filtered(args: &str, input: &[u8]) -> Vec<RecordBatch> {
    let output = Folder::empty().demarche(args).write_stdin(input).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    StreamReader::try_new(&*output.stdout, None).unwrap().map(Result::unwrap).collect()
}

fn failed(args: &str, input: &[u8]) -> String {
    let output = Folder::empty().demarche(args).write_stdin(input).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    stderr.trim_start_matches("error: ").trim_end().to_owned()
}

fn names(batch: &RecordBatch) -> Vec<String> {
    batch.schema().fields().iter().map(|field| field.name().clone()).collect()
}

fn float(batch: &RecordBatch, name: &str, row: usize) -> Option<f64> {
    let column = batch.column_by_name(name).unwrap().as_primitive::<Float64Type>();
    column.is_valid(row).then(|| column.value(row))
}

fn string<'b>(batch: &'b RecordBatch, name: &str, row: usize) -> Option<&'b str> {
    let column = batch.column_by_name(name).unwrap().as_string::<i32>();
    column.is_valid(row).then(|| column.value(row))
}

#[test]
fn columns_come_back_as_they_were_with_the_answers_behind_them() {
    let input = batch(vec![
        ("ok", Arc::new(BooleanArray::from(vec![Some(true), None, Some(false), None, None, Some(true)]))),
        ("text", texts().column(1).clone()),
        (
            "tag",
            Arc::new(
                [Some("a"), None, Some("b"), Some("a"), None, Some("a")]
                    .into_iter()
                    .collect::<DictionaryArray<Int32Type>>(),
            ),
        ),
        ("none", Arc::new(NullArray::new(6))),
    ]);
    let metadata = std::collections::HashMap::from([("made by".to_owned(), "a test".to_owned())]);
    let schema = Schema::clone(&input.schema()).with_metadata(metadata);
    let input = input.with_schema(Arc::new(schema.clone())).unwrap();
    let answered = filtered("classify --format arrow", &one(&input));
    let [answered] = answered.as_slice() else { panic!("a batch for each batch") };
    assert_eq!(answered.columns()[..4], input.columns()[..4]);
    assert_eq!(answered.schema().metadata(), schema.metadata());
    assert_eq!(
        names(answered)[4..].join(","),
        "stance,stance_score,stance_against,stance_neutral,stance_favor,\
         sentiment,sentiment_score,sentiment_negative,sentiment_neutral,sentiment_positive"
    );
    let kinds: Vec<DataType> =
        answered.schema().fields()[4..9].iter().map(|f| f.data_type().clone()).collect();
    assert_eq!(kinds, [vec![DataType::Utf8], vec![DataType::Float64; 4]].concat());
    for row in 0..6 {
        let is_answered = [0, 2, 5].contains(&row);
        assert!(
            answered.columns()[4..].iter().all(|column| column.is_valid(row) == is_answered),
            "row {row}"
        );
    }
}

#[test]
fn labels_and_scores_are_those_of_rows_bit_for_bit_at_any_number_of_threads() {
    let folder = Folder::empty();
    let sentences: Vec<String> =
        fixture("article.txt").split_inclusive(". ").map(|s| s.trim().to_owned()).collect();
    let rows: Vec<&str> = sentences.iter().map(String::as_str).cycle().take(5000).collect();
    let input = batch(vec![("id", ids(rows.len())), ("text", Arc::new(StringArray::from(rows.clone())))]);
    let lines = rows.iter().map(|text| serde_json::json!({"text": text}).to_string() + "\n");
    folder.write("rows.jsonl", lines.collect::<String>());
    let one_by_one = folder.json_lines("classify rows.jsonl --text text --format jsonl");
    let bytes = one(&input);
    let [answered] = filtered("classify --format arrow --threads 1", &bytes).try_into().unwrap();
    for (row, line) in one_by_one.iter().enumerate() {
        for model in ["stance", "sentiment"] {
            let said = &line[model];
            assert_eq!(string(&answered, model, row), said["label"].as_str());
            let bits = |x: Option<f64>| x.map(f64::to_bits);
            assert_eq!(bits(float(&answered, &format!("{model}_score"), row)), bits(said["score"].as_f64()));
            for (label, probability) in said["probabilities"].as_object().unwrap() {
                let found = float(&answered, &format!("{model}_{label}"), row);
                assert_eq!(bits(found), bits(probability.as_f64()), "{model} {label} {row}");
            }
        }
    }
    assert_eq!(filtered("classify --format arrow --threads 3", &bytes), [answered]);
}

#[test]
fn strings_are_read_in_every_layout() {
    let expected = filtered("classify --format arrow", &one(&texts()));
    let layouts: [ArrayRef; 3] = [
        Arc::new(LargeStringArray::from(TEXTS.to_vec())),
        Arc::new(StringViewArray::from(TEXTS.to_vec())),
        Arc::new(TEXTS.into_iter().collect::<DictionaryArray<Int32Type>>()),
    ];
    for text in layouts {
        let input = batch(vec![("id", ids(6)), ("text", text)]);
        let answered = filtered("classify --format arrow", &one(&input));
        assert_eq!(
            answered[0].columns()[2..],
            expected[0].columns()[2..],
            "{:?}",
            input.column(1).data_type()
        );
        assert_eq!(answered[0].column(1), input.column(1));
    }
}

#[test]
fn a_column_of_no_strings_at_all_has_no_answers() {
    let input = batch(vec![("text", Arc::new(NullArray::new(2)))]);
    let answered = filtered("classify --format arrow", &one(&input));
    assert!(answered[0].columns()[1..].iter().all(|column| column.null_count() == 2));
}

#[test]
fn there_is_a_batch_for_each_batch_even_for_none_and_for_one_without_rows() {
    let input = texts();
    let schema = input.schema();
    assert!(filtered("classify --format arrow", &stream(&schema, &[])).is_empty());
    let three = [input.slice(0, 2), input.slice(2, 0), input.slice(2, 4)];
    let lengths: Vec<usize> = filtered("classify --format arrow", &stream(&schema, &three))
        .iter()
        .map(RecordBatch::num_rows)
        .collect();
    assert_eq!(lengths, [2, 0, 4]);
}

#[test]
fn each_batch_is_answered_before_the_next_one_is_there() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["classify", "--format", "arrow"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let input = texts();
    let mut writer = StreamWriter::try_new(child.stdin.take().unwrap(), &input.schema()).unwrap();
    let mut reader = None;
    for _ in 0..3 {
        writer.write(&input).unwrap();
        writer.flush().unwrap();
        let reader =
            reader.get_or_insert_with(|| StreamReader::try_new(child.stdout.take().unwrap(), None).unwrap());
        assert_eq!(reader.next().unwrap().unwrap().num_rows(), 6);
    }
    drop(writer.into_inner().unwrap());
    assert!(reader.unwrap().next().is_none() && child.wait().unwrap().success());
}

#[test]
fn names_that_are_taken_give_way_in_any_case() {
    let text = texts().column(1).clone();
    let input = batch(vec![("Stance", text.clone()), ("text", text)]);
    let answered = filtered("classify --format arrow", &one(&input));
    assert_eq!(names(&answered[0])[..4], ["Stance", "text", "predicted_stance", "stance_score"]);
}

#[test]
fn a_stream_is_known_by_its_content() {
    let input = texts();
    let bytes = one(&input);
    let run = Run::of(Folder::empty().demarche("classify -").write_stdin(bytes.clone()));
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.starts_with("id,text,stance,stance_score,"), "{}", run.stdout);
    assert_eq!(run.stderr, "-: 3 of 6 texts are empty\n");
    let mut file = FileWriter::try_new(Vec::new(), &input.schema()).unwrap();
    file.write(&input).unwrap();
    let folder = Folder::empty();
    folder.write("t.data", file.into_inner().unwrap());
    folder.write("t.stream", bytes);
    assert_eq!(folder.run("classify t.data").stdout, run.stdout);
    assert_eq!(folder.run("classify t.stream").stdout, run.stdout);
}

#[test]
fn errors_are_one_line_that_says_what_to_do() {
    let input = texts();
    let whole = one(&input);
    assert_eq!(
        failed("classify --format arrow --text txt", &whole),
        "-: column \"txt\": expected a column of this name, found the columns id, text (did you mean \"text\"?)"
    );
    assert_eq!(
        failed("classify --format arrow --text id", &whole),
        "-: column \"id\": expected a column of strings, found Int64"
    );
    for cut in [5, 40, whole.len() / 2, whole.len() - 30] {
        let message = failed("classify --format arrow", &whole[..cut]);
        assert!(
            message.starts_with("-: expected an Arrow stream, found one that is damaged or unknown ("),
            "{message}"
        );
    }
    assert_eq!(
        failed("classify --format arrow", b""),
        "-: expected a header and at least one row, found an empty file"
    );
    let twice = batch(vec![("text", input.column(1).clone())]);
    let twice =
        stream(&Schema::new(vec![twice.schema().field(0).clone(), twice.schema().field(0).clone()]), &[]);
    assert_eq!(
        failed("classify --format arrow", &twice),
        "-: column \"text\": expected one column of this name, found it as column 1 and again as column 2"
    );
    let folder = Folder::furnished();
    assert_eq!(
        folder.run("classify article.txt --format arrow").complaint(),
        "error: expected a table for arrow, found an article; if it is a table, name its column of texts with --text\n"
    );
    assert_eq!(folder.run("classify article.txt -o x.parquet").code, Some(2));
    assert!(!folder.path("x.parquet").exists());
}

#[test]
fn a_stream_that_breaks_off_leaves_no_file_behind() {
    let input = texts();
    let folder = Folder::empty();
    let whole = stream(&input.schema(), &[input.clone(), input.clone()]);
    for name in ["out.arrows", "out.parquet"] {
        folder.write("in", &whole[..whole.len() - 100]);
        assert_eq!(folder.run(&format!("classify in --text text -o {name}")).code, Some(2));
        assert_eq!(folder.names(), ["in"]);
    }
}

#[test]
fn parquet_is_read_like_csv_whatever_packs_it() {
    let folder = Folder::empty();
    folder.write("good.csv", GOOD);
    let scored = folder.stdout("classify good.csv");
    folder.stdout("train good.csv --features words-1 -o csv.model");
    let all = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(Default::default()),
        Compression::ZSTD(ZstdLevel::default()),
        Compression::LZ4_RAW,
    ];
    for compression in all {
        folder.write("good.parquet", parquet(&good(), compression));
        assert_eq!(folder.stdout("classify good.parquet"), scored, "{compression:?}");
        folder.stdout("train good.parquet --features words-1 -o parquet.model");
        assert_eq!(folder.read("parquet.model"), folder.read("csv.model"));
        let figures =
            |table: &str| folder.stdout(&format!("evaluate {table} --model csv.model --format json"));
        assert_eq!(figures("good.parquet").replace("good.parquet", "good.csv"), figures("good.csv"));
    }
}

#[test]
fn parquet_goes_out_with_the_kinds_that_came_in() {
    let folder = Folder::empty();
    folder.write("in.parquet", parquet(&texts(), Compression::SNAPPY));
    let run = folder.run("classify in.parquet -o out.parquet");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), "in.parquet: 3 of 6 texts are empty\n"));
    let file = std::fs::File::open(folder.path("out.parquet")).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    let [written] = reader.map(Result::unwrap).collect::<Vec<_>>().try_into().unwrap();
    let streamed = filtered("classify --format arrow", &one(&texts()));
    assert_eq!(written.columns(), streamed[0].columns());
}

#[test]
fn a_table_of_text_goes_out_as_columns_of_strings() {
    let folder = Folder::empty();
    folder.write("good.csv", GOOD);
    folder.stdout("classify good.csv -o good.parquet");
    let csv = folder.stdout("classify good.csv");
    let expected: Vec<&str> = csv.lines().map(|line| line.split(',').nth(3).unwrap()).collect();
    assert_eq!(expected[0], "predicted_stance");
    let file = std::fs::File::open(folder.path("good.parquet")).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    let [written] = reader.map(Result::unwrap).collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(string(&written, "id", 5), Some("6"));
    for row in 0..6 {
        assert_eq!(string(&written, "predicted_stance", row), Some(expected[row + 1]));
    }
}

#[test]
fn labels_may_be_numbers_and_rows_are_counted_from_one() {
    let folder = Folder::empty();
    let labels: ArrayRef = Arc::new(Int64Array::from(vec![1, 0, 1, 0, 2, 2]));
    let numbered = batch(vec![("text", good().column(1).clone()), ("label", labels)]);
    folder.write("t.parquet", parquet(&numbered, Compression::SNAPPY));
    let report = folder.stdout("train t.parquet --features words-1 -o m");
    assert!(report.contains("6 rows (0 2, 1 2, 2 2)"), "{report}");
    let labels: ArrayRef =
        Arc::new(Int64Array::from(vec![Some(1), Some(0), None, Some(0), Some(2), Some(2)]));
    let missing = batch(vec![("text", good().column(1).clone()), ("label", labels)]);
    folder.write("t.parquet", parquet(&missing, Compression::SNAPPY));
    assert_eq!(
        folder.run("train t.parquet --features words-1 -o n").complaint(),
        "error: t.parquet:3: column \"label\": expected a label, found an empty cell\n"
    );
}

#[test]
fn damaged_parquet_is_an_error() {
    let folder = Folder::empty();
    let whole = parquet(&good(), Compression::SNAPPY);
    for cut in [4, 12, whole.len() / 2, whole.len() - 1] {
        folder.write("t.parquet", &whole[..cut]);
        let message = folder.run("classify t.parquet -o out.csv").complaint();
        assert!(
            message.starts_with(
                "error: t.parquet: expected a Parquet file, found one that is damaged or unknown ("
            ),
            "{message}"
        );
    }
    for at in (4..whole.len() - 4).step_by(7) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        folder.write("t.parquet", &damaged);
        let run = folder.demarche("classify t.parquet").output().unwrap();
        let stderr = String::from_utf8_lossy(&run.stderr);
        assert!(matches!(run.status.code(), Some(0 | 2)), "byte {at}: {stderr}");
        assert!(stderr.lines().count() <= 1, "byte {at}: {stderr}");
    }
}

/// A number in a field, as Thrift writes it.
fn field(number: u64) -> Vec<u8> {
    let mut left = number << 1;
    let mut out = vec![0x15];
    while left > 0x7f {
        out.push(left as u8 | 0x80);
        left >>= 7;
    }
    out.push(left as u8);
    out
}

/// A file of one column of strings. Its first page, a dictionary, promises so many bytes and values of itself; the room
/// to say so is taken from the end of the page.
fn forged(compression: Compression, unpacked: Option<u64>, n_values: u64) -> Vec<u8> {
    let words: Vec<String> = (0..200).map(|i| format!("They agreed to talk {i}.")).collect();
    let column = Arc::new(StringViewArray::from_iter_values(&words));
    let whole = parquet(&batch(vec![("text", column)]), compression);
    let file = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(whole.clone())).unwrap();
    let end = file.metadata().row_group(0).column(0).data_page_offset() as usize;
    let bytes: usize = words.iter().map(|word| 4 + word.len()).sum();
    let head = |unpacked: u64, packed: usize, n_values: u64| {
        [field(2), field(unpacked), field(packed as u64), vec![0x4c], field(n_values)].concat()
    };
    let is_at_front = |packed: &usize| whole[4..].starts_with(&head(bytes as u64, *packed, 200));
    let packed = (64..=bytes).find(is_at_front).expect("the head of a dictionary of 200 values");
    let old = head(bytes as u64, packed, 200).len();
    let more = head(unpacked.unwrap_or(bytes as u64), packed, n_values).len() - old;
    let new = head(unpacked.unwrap_or(bytes as u64), packed - more, n_values);
    assert_eq!(new.len(), old + more);
    [&whole[..4], &new, &whole[4 + old..end - more], &whole[end..]].concat()
}

/// Two thousand million bytes or values that a few kilobytes promise: room for them is not even asked for.
#[test]
#[cfg(target_os = "linux")]
fn parquet_that_promises_more_than_it_holds_is_refused_before_it_takes_memory() {
    for compression in [Compression::SNAPPY, Compression::LZ4_RAW, Compression::UNCOMPRESSED] {
        for (bytes, promise) in [
            (forged(compression, Some(2_000_000_000), 200), "bytes that promises 2000000000)"),
            (forged(compression, None, 2_000_000_000), "bytes that promises 2000000000 values)"),
        ] {
            let folder = Folder::empty();
            folder.write("t.parquet", bytes);
            let program = env!("CARGO_BIN_EXE_demarche");
            let script =
                format!("ulimit -v 400000; exec '{program}' classify t.parquet --threads 1 -o out.csv");
            let run =
                Run::of(assert_cmd::Command::new("sh").args(["-c", &script]).current_dir(folder.path(".")));
            assert_eq!(
                (run.code, run.stderr.lines().count()),
                (Some(2), 1),
                "{compression:?}: {}",
                run.stderr
            );
            assert!(run.stderr.contains(promise), "{compression:?}: {}", run.stderr);
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let input = texts();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["classify", "--format", "arrow"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let _ = child.stdin.take().unwrap().write_all(&one(&input));
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}
