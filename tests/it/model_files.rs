//! Model files that are damaged, hostile, or old.

use std::time::Instant;

use demarche::features::MOST_ENTRIES;
use demarche::numeric::Rng;
use demarche::{FeatureSet, Pipeline, PipelineSpec};
use safetensors::tensor::Dtype;
use serde_json::{Value, json};

use crate::forge::{Forge, Tensor};
use crate::support::{Folder, repository, talks, tiny};

/// A model of the first format, of `talks.csv` with stems, characters and surface marks and weights of targets. It is never made again: a new format gets
/// a fixture of its own beside it.
const FORMAT_1: &str = "tests/fixtures/format_1.safetensors";

fn reason(bytes: &[u8]) -> String {
    let message = Pipeline::from_bytes(bytes, "m").map(drop).expect_err("the file is refused").to_string();
    message.strip_prefix("m: not a usable model file: ").expect(&message).to_owned()
}

/// Why a model is refused after an edit that its checksum covers.
fn forged(edit: impl Fn(&mut Forge)) -> String {
    let mut forge = Forge::of(&tiny("stance").to_bytes());
    edit(&mut forge);
    reason(&forge.bytes())
}

#[test]
fn a_model_that_is_cut_short_by_any_number_of_bytes_is_refused() {
    let bytes = tiny("stance").to_bytes();
    for length in 0..bytes.len() {
        let reason = reason(&bytes[..length]);
        assert!(
            reason.contains("cut short") || reason.starts_with("damaged or of another kind ("),
            "{length}: {reason}"
        );
    }
}

#[test]
fn ten_thousand_models_with_a_bit_turned_over_are_refused() {
    let bytes = tiny("stance").to_bytes();
    let mut rng = Rng::new(7);
    for _ in 0..10_000 {
        let (at, bit) = (rng.below(bytes.len()), rng.below(8));
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << bit;
        assert!(Pipeline::from_bytes(&damaged, "m").is_err(), "byte {at}, bit {bit}");
    }
}

#[test]
fn a_forged_model_put_together_unchanged_is_the_model() {
    let bytes = tiny("stance").to_bytes();
    let loaded = Pipeline::from_bytes(&Forge::of(&bytes).bytes(), "m").unwrap();
    assert!(loaded.to_bytes() == bytes);
}

#[test]
fn lengths_that_promise_more_than_there_is_are_refused() {
    for (length, expected) in [
        (u64::MAX, "damaged or of another kind (a header of 18446744073709551615 bytes)"),
        (1 << 40, "damaged or of another kind (a header of 1099511627776 bytes)"),
        (99_000_000, "damaged or of another kind (a header of 99000000 bytes)"),
        (30_000_000, "damaged or of another kind (invalid header length)"),
    ] {
        assert_eq!(reason(&[&u64::to_le_bytes(length)[..], b"{\"a\":1}"].concat()), expected);
    }
    let header = r#"{"coef":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#;
    let bytes = [&(header.len() as u64).to_le_bytes()[..], header.as_bytes()].concat();
    assert!(reason(&bytes).starts_with("damaged or of another kind ("));
}

#[test]
fn numbers_that_are_none_are_refused() {
    for bits in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e9] {
        assert_eq!(
            forged(|m| m.set("coef", bits.to_le_bytes())),
            "a weight is not a finite number below 1e9"
        );
    }
    for bits in [f64::NAN, f64::INFINITY, -1e300] {
        assert_eq!(
            forged(|m| m.set("intercept", bits.to_le_bytes())),
            "a weight is not a finite number below 1e9"
        );
    }
    for bits in [f32::NAN, f32::INFINITY, -1.0] {
        let reason = forged(|m| m.set("idf", bits.to_le_bytes()));
        assert!(
            reason.starts_with("idf has ") && reason.ends_with("or some are negative or not finite"),
            "{reason}"
        );
    }
    for scale in [json!(1e300), json!(-1.0)] {
        let reason = forged(|m| m.header["calibration"]["fitted"]["scale"] = scale.clone());
        assert!(reason.starts_with("parameter `calibration`: expected finite numbers below 1e9"), "{reason}");
    }
}

#[test]
fn a_vocabulary_that_is_doubled_short_or_no_text_is_refused() {
    let lines = |m: &mut Forge, edit: &dyn Fn(&mut Vec<String>)| {
        let vocabulary = m.tensor("vocabulary");
        let mut lines: Vec<String> =
            std::str::from_utf8(&vocabulary.bytes).unwrap().lines().map(str::to_owned).collect();
        edit(&mut lines);
        vocabulary.bytes = (lines.join("\n") + "\n").into_bytes();
        vocabulary.shape = vec![vocabulary.bytes.len()];
    };
    let reason = forged(|m| lines(m, &|l| l[1] = l[0].clone()));
    assert!(reason.starts_with("two features are called \"word:"), "{reason}");
    let reason = forged(|m| lines(m, &|l| l.truncate(3)));
    assert!(reason.starts_with("3 names for "), "{reason}");
    let reason = forged(|m| m.tensor("vocabulary").bytes[0] = 0xff);
    assert!(reason.starts_with("vocabulary: invalid utf-8"), "{reason}");
    let reason = forged(|m| {
        let first: [u8; 8] = m.tensor("keys").bytes[..8].try_into().unwrap();
        m.tensor("keys").bytes[8..16].copy_from_slice(&first);
    });
    assert!(reason.ends_with("share one hash"), "{reason}");
    let reason = forged(|m| m.header["starts"] = json!([5, 0]));
    assert!(reason.starts_with("group starts [5, 0] for "), "{reason}");
}

/// A model with a lexicon of two terms, three words.
fn with_lexicon() -> Vec<u8> {
    let set = "name = \"x\"\ngroups = [{ word_ngrams = [1, 1] }, { lexicon = { name = \"mine\", entries = [\
        { term = \"refuse to\", category = \"refuse\", role = \"away\" }, { term = \"talks\", category = \"talks\" }] } }]";
    PipelineSpec::new(FeatureSet::from_toml(set, "x").unwrap()).fit(&talks("stance")).unwrap().to_bytes()
}

/// Why a model with a lexicon is refused after an edit of one of its tensors.
fn forged_lexicon(name: &str, edit: impl Fn(&mut Vec<u8>)) -> String {
    forged_tables(|m| {
        let tensor = m.tensor(name);
        edit(&mut tensor.bytes);
        tensor.shape = vec![8 * tensor.bytes.len() / tensor.dtype.bitsize()];
    })
}

fn forged_tables(edit: impl Fn(&mut Forge)) -> String {
    let mut forge = Forge::of(&with_lexicon());
    edit(&mut forge);
    reason(&forge.bytes())
}

#[test]
fn tables_of_lexicons_that_do_not_fit_together_are_refused() {
    let table = |edit: &dyn Fn(&str) -> String| {
        forged_lexicon("lexicons", |bytes| *bytes = edit(std::str::from_utf8(bytes).unwrap()).into_bytes())
    };
    let reason = forged_lexicon("lexicons", |bytes| bytes[0] = 0xff);
    assert!(reason.starts_with("lexicons: invalid utf-8"), "{reason}");
    let no_entry = "lexicon \"mine\": no entry in ";
    assert_eq!(table(&|t| t.replace("\taway", "")), format!("{no_entry}\"refuse to\\trefuse\""));
    assert_eq!(table(&|t| t.replace("plain", "odd")), format!("{no_entry}\"talks\\ttalks\\todd\""));
    let more = "more entries of lexicons than groups for them";
    assert_eq!(table(&|t| t.lines().next().unwrap().to_owned()), more);
    assert_eq!(table(&|t| t.repeat(2)), more);
    let odd = "parameter `lexicon`: expected terms and plain category names, found Entry { term: \"";
    for edit in [("refuse to", ""), ("refuse to", "="), ("\trefuse", "\t"), ("\trefuse", "\ta>b")] {
        let reason = table(&|t| t.replacen(edit.0, edit.1, 1));
        assert!(reason.starts_with(odd), "{edit:?}: {reason}");
    }
    let fewer = |what| format!("lexicon \"mine\" has fewer {what} than entries");
    assert_eq!(forged_lexicon("lexicon_words", |bytes| bytes.truncate(4)), fewer("words"));
    assert_eq!(forged_lexicon("lexicon_words", |bytes| bytes[..4].fill(0xff)), fewer("keys"));
    assert_eq!(forged_lexicon("lexicon_words", |bytes| bytes[0] = 1), more);
    assert_eq!(forged_lexicon("lexicon_keys", |bytes| bytes.truncate(8)), fewer("keys"));
    assert_eq!(forged_lexicon("lexicon_keys", |bytes| bytes.extend([7; 8])), more);
    for name in ["lexicons", "lexicon_keys", "lexicon_words"] {
        let reason = forged_tables(|m| m.tensors.retain(|(n, _)| n != name));
        assert_eq!(reason, format!("no tensor {name:?}"));
        let reason = forged_tables(|m| {
            let tensor = m.tensor(name);
            (tensor.dtype, tensor.shape) = (Dtype::I8, vec![tensor.bytes.len()]);
        });
        assert_eq!(reason, format!("tensor {name:?} holds I8"));
    }
}

#[test]
fn places_of_lexicons_that_no_group_takes_are_refused() {
    let places = |places: Value| forged_tables(|m| m.header["lexicons"] = places.clone());
    let none = |group: usize| format!("entries for group {group}, which takes none");
    assert_eq!(places(json!([{"group": 0, "entries": 2}])), none(0));
    assert_eq!(places(json!([{"group": 9, "entries": 2}])), none(9));
    assert_eq!(places(json!([{"group": 1, "entries": 1}, {"group": 1, "entries": 1}])), none(1));
    let more = "more entries of lexicons than groups for them";
    assert_eq!(places(json!([{"group": 1, "entries": 1}])), more);
    // Without places the group has no entries of its own, and no lexicon is called so.
    assert!(places(json!([])).starts_with("parameter `lexicon`: expected at least one entry"));
    let whole = json!([{"group": 1, "entries": u64::MAX}]);
    let mut forge = Forge::of(&with_lexicon());
    forge.header["lexicons"] = whole;
    assert!(Pipeline::from_bytes(&forge.bytes(), "m").is_ok(), "all entries that there are");
}

/// Keys that would stand one behind the other in a table that trusts them: a search of each would pass all before it.
#[test]
fn keys_that_are_chosen_to_meet_take_no_longer_than_others() {
    let n = 200_000;
    let set = "name = \"x\"\ngroups = [{ word_ngrams = [1, 1] }]";
    let model = PipelineSpec::new(FeatureSet::from_toml(set, "x").unwrap()).fit(&talks("stance")).unwrap();
    let mut forge = Forge::of(&model.to_bytes());
    let names: String = (0..n).map(|i| format!("word:{i}\n")).collect();
    let mut put = |name: &str, shape: Vec<usize>, bytes: Vec<u8>| {
        let tensor = forge.tensor(name);
        (tensor.shape, tensor.bytes) = (shape, bytes);
    };
    put("vocabulary", vec![names.len()], names.into_bytes());
    put("keys", vec![n], (1..=n as u64).flat_map(u64::to_le_bytes).collect());
    put("idf", vec![n], vec![0; 4 * n]);
    put("coef", vec![3, n], vec![0; 3 * 4 * n]);
    forge.header["starts"] = json!([0, n]);
    let started = Instant::now();
    assert!(Pipeline::from_bytes(&forge.bytes(), "m").is_ok());
    // Passing all before it, twenty thousand million steps.
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn another_version_hash_or_stemmer_is_named() {
    assert_eq!(forged(|m| m.header["format"] = json!(3)), "format 3 where this program reads formats 1 to 2");
    assert_eq!(forged(|m| m.header["format"] = json!(0)), "format 0 where this program reads formats 1 to 2");
    assert!(
        forged(|m| m.header["keys"] = json!("md5"))
            .starts_with("made with hash \"md5\" where this program has ")
    );
    assert!(
        forged(|m| m.header["stemmer"] = json!("x"))
            .starts_with("made with stemmer \"x\" where this program has ")
    );
}

#[test]
fn a_label_set_that_the_weights_do_not_fit_is_refused() {
    let names = |names: Value, polarity: Value| {
        forged(|m| {
            m.header["labels"]["names"] = names.clone();
            m.header["labels"]["polarity"] = polarity.clone();
        })
    };
    assert!(names(json!(["no", "yes"]), json!(null)).starts_with("weights of shape [3, "));
    for labels in [json!([]), json!(["a"]), json!(["a", "a", "b"]), json!(["a", "", "b"])] {
        assert!(names(labels, json!(null)).starts_with("parameter `labels`: expected 2 to 4096"));
    }
    for polarity in [json!([1, 0]), json!([7, 0, 1])] {
        assert!(names(json!(["a", "b", "c"]), polarity).starts_with("parameter `polarity`: "));
    }
}

#[test]
fn an_unknown_setting_or_a_long_lie_is_refused_in_a_line() {
    let reason = forged(|m| m.header["spec"]["\u{1b}[31mrun"] = json!("sh"));
    assert!(reason.starts_with("header: unknown field ` [31mrun`"), "{reason}");
    let reason = forged(|m| m.header["keys"] = json!("x".repeat(1 << 20)));
    assert!(reason.len() < 400 && reason.ends_with("..."), "{} bytes", reason.len());
}

#[test]
fn lists_that_would_fill_the_memory_are_refused() {
    let long = "header: lists longer than any model has";
    for path in ["/labels/names", "/starts", "/spec/features/groups", "/spec/features/groups/0/word_ngrams"] {
        let reason = forged(|m| *m.header.pointer_mut(path).unwrap() = json!(vec![Value::Null; 70_000]));
        assert!(reason.starts_with(long), "{path}: {reason}");
    }
    let reason = forged_tables(|m| {
        let n = MOST_ENTRIES + 1;
        let words = m.tensor("lexicon_words");
        (words.shape, words.bytes) = (vec![n], vec![0; 4 * n]);
    });
    assert_eq!(reason, "262145 entries of lexicons, more than 262144");
}

#[test]
fn targets_that_would_fill_the_memory_are_refused() {
    let reason = forged_tables(|m| {
        let targets: Vec<Value> =
            (0..250_000).map(|n| json!({"name": format!("{n:06}"), "columns": 0})).collect();
        m.header["targets"] = json!(targets);
        let of = |dtype, shape: [usize; 2], bytes| Tensor { dtype, shape: shape.to_vec(), bytes };
        m.tensors.push(("target_coef".into(), of(Dtype::F32, [0, 3], Vec::new())));
        m.tensors
            .push(("target_columns".into(), Tensor { dtype: Dtype::U32, shape: vec![0], bytes: Vec::new() }));
        m.tensors.push(("target_intercept".into(), of(Dtype::F64, [250_000, 3], vec![0; 250_000 * 3 * 8])));
    });
    assert!(reason.starts_with("weights of 250000 targets that would take "), "{reason}");
}

#[test]
fn a_file_of_another_kind_is_refused_before_it_is_read() {
    let folder = Folder::empty();
    let refused = |name: &str, content: &[u8]| {
        folder.write(name, content);
        folder.run(&format!("inspect {name}")).complaint()
    };
    let other = "not a usable model file: damaged or of another kind (it does not begin like a model)\n";
    assert_eq!(refused("t.csv", b"text,stance\nyes,pro\n"), format!("error: t.csv: {other}"));
    assert_eq!(refused("m.zip", b"PK\x03\x04 and more of it"), format!("error: m.zip: {other}"));
    let short = "not a usable model file: cut short or of another kind (less than a header)\n";
    assert_eq!(refused("m", b""), format!("error: m: {short}"));
    if cfg!(target_os = "linux") {
        let started = Instant::now();
        assert_eq!(folder.run("inspect /dev/zero").complaint(), format!("error: /dev/zero: {other}"));
        assert!(started.elapsed().as_secs() < 20, "it has no end");
    }
}

/// 60 MB of a hostile file within its double and 64 MB, all the program's own memory included.
#[test]
#[cfg(target_os = "linux")]
fn refusing_a_file_takes_little_more_memory_than_the_file() {
    let folder = Folder::empty();
    let size = 60 << 20;
    let mut bytes = tiny("stance").to_bytes();
    bytes.resize(size, b' ');
    folder.write("padded.model", &bytes);
    let mut header = br#"{"__metadata__":{"demarche":""#.to_vec();
    header.resize(30 << 20, b'[');
    header.extend(br#""}}"#);
    folder.write("nested.model", [&(header.len() as u64).to_le_bytes()[..], &header].concat());
    for (name, n_bytes) in [("padded.model", size), ("nested.model", 30 << 20)] {
        let limit = (2 * n_bytes + (64 << 20)) / 1024;
        let script = format!("ulimit -v {limit}; exec '{}' inspect {name}", env!("CARGO_BIN_EXE_demarche"));
        let output = std::process::Command::new("sh")
            .args(["-c", &script])
            .current_dir(folder.path("."))
            .output()
            .unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.starts_with(&format!("error: {name}: not a usable model file: ")), "{name}: {told}");
    }
}

#[test]
fn a_model_of_format_1_loads_for_ever_and_says_what_it_said() {
    let path = repository(FORMAT_1);
    let pipeline = Pipeline::load(&path).unwrap();
    let rewritten = Pipeline::from_bytes(&pipeline.to_bytes(), "rewritten").unwrap();
    assert!(rewritten.to_bytes() == pipeline.to_bytes());
    let said = |text: &str, target: Option<&str>| {
        let score = pipeline.score(demarche::text::Passage::from(text).toward(target));
        format!("{} {:.6}", pipeline.labels().name_of(score.label), score.score.unwrap())
    };
    insta::assert_snapshot!(
        "format_1",
        [
            said("The dockers agreed to resume talks.", None),
            said("The council refused the offer and quit the talks.", Some("wire")),
            said("Ferries run in September.", Some("unknown")),
        ]
        .join("\n")
    );
}
