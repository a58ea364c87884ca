//! Counts of parts, written and merged: the model of the whole table, byte for byte, or a refusal.

use std::path::PathBuf;

use demarche::corpus::{ReadOptions, TableReader};
use demarche::linear::{CalibrationKind, Learner};
use demarche::pipeline::{CountedRows, Resources};
use demarche::{FeatureSet, PipelineSpec, Result};

use crate::support::{Folder, repository};

const RESOURCES: Resources = Resources { threads: 2, memory: None };

/// Rows of the shipped training table, and some that teach how parts differ: a label, a group and a target that only one has, rows
/// that contradict one another, an empty text.
fn rows(n: usize) -> Vec<String> {
    let table = std::fs::read_to_string(repository("datasets/negotiation/train.csv")).unwrap();
    let mut reader = TableReader::new(table.as_bytes(), "train.csv").unwrap();
    let at = |name| reader.columns().find(name).unwrap();
    let wanted = [at("text"), at("stance"), at("conflict"), at("holder")];
    let mut row = demarche::corpus::Row::default();
    let mut out = Vec::new();
    // Every twentieth, for the table is in the order of its batches.
    for number in 0.. {
        if out.len() == n || !reader.read(&mut row).unwrap() {
            break;
        }
        if number % 20 == 0 {
            out.push(wanted.map(|at| format!("\"{}\"", row.record[at].replace('"', "\"\""))).join(","));
        }
    }
    out[3] = "They met.,against,,".into();
    out[n - 2] = "they  MET.,favor,only here,\"We should ban talks.\"".into();
    out[n - 1] = ",pro,,".into();
    out
}

fn table(rows: &[String]) -> String {
    std::iter::once("text,stance,conflict,holder")
        .chain(rows.iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join("\n")
}

fn options(target: bool) -> ReadOptions {
    let target = target.then(|| "holder".to_owned());
    ReadOptions { group: Some("conflict".into()), target, ..ReadOptions::default() }
}

/// The file of counts of some rows.
fn part(
    spec: &PipelineSpec,
    folder: &Folder,
    name: &str,
    rows: &[String],
    options: &ReadOptions,
    threads: usize,
) -> PathBuf {
    let (table, mut bytes) = (table(rows), Vec::new());
    let mut reader = TableReader::new(table.as_bytes(), name).unwrap();
    let (n, _) = spec.write_counts(&mut reader, options, threads, &mut bytes, &|_| {}).unwrap();
    assert_eq!(n, rows.len());
    folder.write(name, bytes);
    folder.path(name)
}

fn whole(
    spec: &PipelineSpec,
    rows: &[String],
    options: &ReadOptions,
    resources: Resources,
) -> Result<CountedRows> {
    let table = table(rows);
    spec.count_table(&mut TableReader::new(table.as_bytes(), "t.csv")?, options, resources, &|_| {})
}

#[test]
fn the_model_of_parts_is_that_of_the_whole_table_for_every_feature_set_and_learner() {
    let folder = Folder::empty();
    let rows = rows(160);
    for (name, _) in FeatureSet::BUILT_IN {
        let set = FeatureSet::built_in(name).unwrap();
        let options = options(set.is_sided());
        let mut spec = PipelineSpec::new(set);
        let cuts = [0, 3, 97, rows.len()];
        let parts: Vec<PathBuf> = cuts
            .windows(2)
            .enumerate()
            .map(|(i, cut)| {
                part(&spec, &folder, &format!("{i}.counts"), &rows[cut[0]..cut[1]], &options, 1 + i % 2)
            })
            .collect();
        assert_eq!(PipelineSpec::of_counts(&parts[0]).unwrap(), spec);
        for learner in ["logistic", "naive-bayes", "nb-svm"] {
            if spec.features.is_sided() && learner != "logistic" {
                continue;
            }
            spec.model.set_learner(learner).unwrap();
            let alone = whole(&spec, &rows, &options, RESOURCES).unwrap();
            let merged = spec.merge_counts(&parts, RESOURCES, &|_| {}).unwrap();
            assert_eq!(merged.labeling().remarks(), alone.labeling().remarks());
            assert_eq!(merged.labeling().remark_on_conflicts(), alone.labeling().remark_on_conflicts());
            // Toward two targets they do not contradict one another.
            assert_eq!(alone.labeling().remark_on_conflicts().is_none(), spec.features.is_sided());
            let fit = |rows| spec.fit_counted(rows, 2, &|_| {}).unwrap().to_bytes();
            assert!(fit(merged) == fit(alone), "{name}, {learner}");
        }
    }
}

#[test]
fn named_counts_serve_for_hashed_columns() {
    let folder = Folder::empty();
    let rows = rows(60);
    let options = options(false);
    let named = PipelineSpec::new(FeatureSet::built_in("words-1-2").unwrap());
    let parts = [0..20, 20..60].map(|rows_of| {
        let name = format!("{}.counts", rows_of.start);
        part(&named, &folder, &name, &rows[rows_of], &options, 1)
    });
    let hashed = PipelineSpec { features: named.features.clone().hashed(14), ..named };
    let fit = |rows| hashed.fit_counted(rows, 1, &|_| {}).unwrap().to_bytes();
    let merged = hashed.merge_counts(&parts, RESOURCES, &|_| {}).unwrap();
    assert!(fit(merged) == fit(whole(&hashed, &rows, &options, RESOURCES).unwrap()));
}

#[test]
fn what_memory_allows_does_not_depend_on_where_rows_were_counted() {
    let folder = Folder::empty();
    let rows: Vec<String> =
        (0..700).map(|i| format!("word{i} and {},{},,", i / 2, ["pro", "con"][i % 2])).collect();
    let spec = PipelineSpec::new(FeatureSet::built_in("words-1-2").unwrap());
    let parts = [0..300, 300..700]
        .map(|at| part(&spec, &folder, &format!("{}.counts", at.start), &rows[at], &options(false), 1));
    let mut outcomes = Vec::new();
    for kilobytes in (16_000..16_400).step_by(20) {
        let resources = Resources { threads: 1, memory: Some(kilobytes * 1000) };
        let alone = whole(&spec, &rows, &options(false), resources).is_ok();
        assert_eq!(spec.merge_counts(&parts, resources, &|_| {}).is_ok(), alone, "{kilobytes} kB");
        outcomes.push(alone);
    }
    assert!(outcomes.contains(&true) && outcomes.contains(&false), "{outcomes:?}");
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let folder = Folder::empty();
    let rows = rows(40);
    let spec = |name| PipelineSpec::new(FeatureSet::built_in(name).unwrap());
    let (ours, plain) = (spec("words-1"), options(false));
    let first = part(&ours, &folder, "first.counts", &rows[..20], &plain, 1);
    let refusal = |other: PathBuf| {
        let error = ours.merge_counts(&[first.clone(), other], RESOURCES, &|_| {}).unwrap_err().to_string();
        error.replace(&folder.path("").display().to_string(), "")
    };
    let mut other = ours.clone();
    other.model.learner = Learner::NaiveBayes;
    let message = refusal(part(&other, &folder, "other.counts", &rows[20..], &plain, 1));
    assert!(message.starts_with("other.counts: expected counts of features \"words-1\", spec "), "{message}");
    assert!(
        message.contains(", as of first.counts, found counts of features \"words-1\", spec "),
        "{message}"
    );
    let unnamed = ReadOptions { group: None, ..plain.clone() };
    let message = refusal(part(&ours, &folder, "other.counts", &rows[20..], &unnamed, 1));
    assert_eq!(message, "other.counts: expected rows with groups, as of first.counts, found rows without");
    let labels = ReadOptions { label: "conflict".into(), ..plain.clone() };
    let message = refusal(part(&ours, &folder, "other.counts", &rows[20..30], &labels, 1));
    assert_eq!(
        message,
        "other.counts: expected labels of the column \"stance\", as of first.counts, found labels of the column \"conflict\""
    );
    let others = spec("words-1-2")
        .merge_counts(std::slice::from_ref(&first), RESOURCES, &|_| {})
        .unwrap_err()
        .to_string();
    assert!(others.contains("expected counts of features \"words-1-2\", spec "), "{others}");
    assert!(ours.merge_counts(&[], RESOURCES, &|_| {}).is_err());
    let claims = spec("claims").write_counts(
        &mut TableReader::new(table(&rows).as_bytes(), "t.csv").unwrap(),
        &plain,
        1,
        Vec::new(),
        &|_| {},
    );
    assert!(claims.unwrap_err().to_string().starts_with("parameter `target`: expected the column"));
}

#[test]
fn a_file_that_is_cut_or_changed_anywhere_is_refused() {
    let folder = Folder::empty();
    let rows = ["they agreed,pro,,".to_owned(), "they refused,con,g,".to_owned()];
    let mut spec = PipelineSpec::new(FeatureSet::built_in("words-1").unwrap());
    spec.calibration = CalibrationKind::Softmax;
    let whole = std::fs::read(part(&spec, &folder, "t.counts", &rows, &options(false), 1)).unwrap();
    let path = [folder.path("t.counts")];
    let merge = || spec.merge_counts(&path, RESOURCES, &|_| {});
    assert!(merge().is_ok());
    for length in 0..whole.len() {
        folder.write("t.counts", &whole[..length]);
        let message = merge().unwrap_err().to_string();
        assert!(message.contains("t.counts: expected a counts file"), "{length}: {message}");
    }
    for at in 0..whole.len() {
        for bit in 0..8 {
            let mut damaged = whole.clone();
            damaged[at] ^= 1 << bit;
            folder.write("t.counts", damaged);
            let message = merge().unwrap_err().to_string();
            assert!(message.contains("t.counts: expected "), "byte {at}, bit {bit}: {message}");
        }
    }
    folder.write("t.counts", [whole.as_slice(), b"\n"].concat());
    assert!(merge().unwrap_err().to_string().ends_with("and nothing behind it, found further bytes"));
}

/// The first half of the check of a frame, by that of the frame before.
fn signed(check: &mut [u8; 16], payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u32).to_le_bytes();
    let hash = blake3::hash(&[check.as_slice(), length.as_slice(), payload].concat());
    check.copy_from_slice(&hash.as_bytes()[..16]);
    [length.as_slice(), payload, check.as_slice()].concat()
}

#[test]
fn contents_that_were_forged_under_a_right_checksum_are_refused_or_fitted_and_never_a_panic() {
    const BEGIN: usize = 20;
    let folder = Folder::empty();
    let rows = ["they agreed,pro,g,a", "they refused,con,,b", "we agreed,pro,h,"].map(str::to_owned);
    for name in ["words-1", "hashed-1-2"] {
        let mut spec = PipelineSpec::new(FeatureSet::built_in(name).unwrap());
        spec.calibration = CalibrationKind::Softmax;
        let whole = std::fs::read(part(&spec, &folder, "t.counts", &rows, &options(true), 1)).unwrap();
        let payload = &whole[BEGIN + 4..whole.len() - 16 - 20];
        // Behind the JSON of the header stands the table's name, of eight letters.
        let json = payload.windows(3).position(|bytes| bytes == b"\"}\x08").unwrap() + 2;
        let mut outcomes = [0, 0];
        for at in json..payload.len() {
            for value in [0, 1, 2, 0x7f, 0x80, 0xff, payload[at].wrapping_add(1)] {
                let mut forged = payload.to_vec();
                forged[at] = value;
                let mut check = [0; 16];
                check.copy_from_slice(&blake3::hash(&whole[..BEGIN]).as_bytes()[..16]);
                let frames = [whole[..BEGIN].to_vec(), signed(&mut check, &forged), signed(&mut check, &[])];
                folder.write("t.counts", frames.concat());
                let merged = spec.merge_counts(&[folder.path("t.counts")], RESOURCES, &|_| {});
                let fitted = merged.and_then(|rows| spec.fit_counted(rows, 1, &|_| {}));
                outcomes[usize::from(fitted.is_ok())] += 1;
            }
        }
        assert!(outcomes.iter().all(|&n| n > 0), "{name}: {outcomes:?}");
    }
}

#[test]
fn the_program_counts_parts_and_trains_on_a_folder_of_them() {
    let folder = Folder::empty();
    let rows = rows(120);
    folder.write("all.csv", table(&rows));
    std::fs::create_dir(folder.path("counts")).unwrap();
    for (name, rows) in [("a", &rows[..50]), ("b", &rows[50..])] {
        folder.write(&format!("{name}.csv"), table(rows));
        let said = folder.stdout(&format!(
            "count {name}.csv --group conflict --target holder --features words-1-2 -o counts/{name}.counts"
        ));
        assert!(said.starts_with(&format!("counts/{name}.counts: {} rows counted", rows.len())), "{said}");
    }
    folder.stdout("count a.csv --group conflict --target holder --features counts/b.counts -o again.counts");
    assert!(folder.read("again.counts") == folder.read("counts/a.counts"));
    folder.write("counts/read me", "no counts");
    for settings in ["", " --compress --c 3", " --learner nb-svm --search --folds 3", " --max-memory 16K"] {
        let alone =
            folder.run(&format!("train all.csv --group conflict --target holder{settings} -o alone.model"));
        let merged = folder.run(&format!("train --features-from counts{settings} -o merged.model"));
        if settings.contains("max-memory") {
            assert!(alone.complaint().contains("training would take more than 0 MB"));
            assert!(merged.complaint().contains("training would take more than 0 MB"));
            continue;
        }
        assert_eq!((alone.code, merged.code), (Some(0), Some(0)), "{} {}", alone.stderr, merged.stderr);
        assert_eq!(alone.stderr.replace("all.csv: ", "counts: "), merged.stderr);
        assert!(folder.read("alone.model") == folder.read("merged.model"), "{settings}");
    }
    let complaint = |args: &str| folder.run(args).complaint();
    let typed = complaint("train --features-from counts --features words-1 -o m");
    assert!(typed.contains("counts/a.counts: expected counts of features \"words-1\""), "{typed}");
    assert!(
        complaint("train --features-from all.csv -o m")
            .contains("all.csv: expected a counts file, found a file of another kind")
    );
    assert!(complaint("train a.csv --features-from counts -o m").contains("cannot be used with"));
    assert!(complaint("train --features-from counts --text body -o m").contains("cannot be used with"));
    std::fs::create_dir(folder.path("empty")).unwrap();
    assert!(
        complaint("train --features-from empty -o m")
            .contains("empty: expected a folder of files *.counts, found none")
    );
    assert!(complaint("train -o m").contains("required"));
    assert!(
        complaint("train --features-from counts/a.counts -o counts/a.counts")
            .contains("expected an output that is not an input")
    );
}

#[test]
fn names_that_take_too_much_memory_are_hashed_from_counts_as_from_the_table() {
    let folder = Folder::empty();
    let row = |i: usize| format!("w{:0>40},{},,", i % 30_000, ["pro", "con"][i % 2]);
    let rows: Vec<String> = (0..60_000).map(row).collect();
    folder.write("all.csv", table(&rows));
    folder.write("a.csv", table(&rows[..9_000]));
    folder.write("b.csv", table(&rows[9_000..]));
    for name in ["a", "b"] {
        folder.stdout(&format!("count {name}.csv --features words-1 -o {name}.counts"));
    }
    let alone =
        folder.run("train all.csv --features words-1 -o alone.model --max-memory 22M --calibration softmax");
    let merged = folder.run(
        "train --features-from a.counts b.counts -o merged.model --max-memory 22M --calibration softmax",
    );
    for run in [alone, merged] {
        assert!(run.stderr.contains("columns are hashed to 2^22, without names"), "{}", run.stderr);
    }
    assert!(folder.read("alone.model") == folder.read("merged.model"));
}
