//! The program as it is typed: streams, files, exit codes. Words of help and complaint are in `snapshots.rs`.

use crate::support::{Folder, Run, demarche, fixture};

#[test]
fn a_model_is_trained_evaluated_inspected_and_used() {
    let folder = Folder::furnished();
    let trained = folder.stdout("train talks.csv --label sentiment --learner nb-svm -o my.model");
    assert!(trained.starts_with("my.model: 24 rows (negative 5, neutral 15, positive 4), "), "{trained}");
    assert!(folder.stdout("evaluate held_out.csv --model my.model").starts_with("my.model: 6 rows; "));
    assert!(folder.stdout("inspect my.model").contains("learner      svm with naive Bayes ratio 0.25, C 1"));
    assert!(folder.stdout("classify article.txt --model my.model").contains("6 statements, 3 repeated"));
    assert!(folder.stdout("explain disgrace --model my.model").contains("decision for "));
}

#[test]
fn a_search_tells_what_it_tried() {
    let folder = Folder::furnished();
    let trained = folder.stdout("train talks.csv --search --folds 2 -o my.model");
    assert_eq!(trained.matches("macro F1").count(), 8, "{trained}");
}

#[test]
fn features_come_by_name_by_file_and_with_a_whole_pipeline() {
    let folder = Folder::furnished();
    folder.write("mine.toml", "name = \"mine\"\ngroups = [{ char_ngrams = [2, 3] }]\n");
    folder.write(
        "whole.toml",
        "target = \"talks\"\nfeatures = \"words-1\"\n[model]\nlearner = \"svm\"\nc = 0.5\n",
    );
    for (features, shown) in [
        ("words-1", "from words-1: word n-grams 1-1"),
        ("mine.toml", "from mine: character n-grams 2-3"),
        ("whole.toml", "svm, C 0.5"),
    ] {
        folder.stdout(&format!("train talks.csv --features {features} -o my.model"));
        let shown_by = folder.stdout("inspect my.model");
        assert!(shown_by.contains(shown), "{features}: {shown_by}");
    }
}

#[test]
fn the_shipped_models_answer_where_no_model_is_named() {
    let folder = Folder::furnished();
    let statements = folder.json_lines("classify article.txt --format jsonl");
    assert!(statements.iter().all(|s| s["stance"].is_object() && s["sentiment"].is_object()));
    assert!(folder.stdout("inspect stance --top 1").starts_with("stance\n"));
    assert!(folder.stdout("evaluate held_out.csv --label sentiment").starts_with("sentiment: 6 rows"));
    let run = Run::of(folder.demarche("explain").arg("They rejected the truce."));
    assert!(run.stdout().starts_with("against -"));
}

#[test]
fn standard_input_is_an_article_a_table_or_a_statement() {
    let folder = Folder::furnished();
    let piped = |args: &str, input: &str| Run::of(folder.demarche(args).write_stdin(input)).stdout();
    let (article, table) = (fixture("article.txt"), fixture("held_out.csv"));
    let models = "--model stance.model";
    let named = folder.stdout(&format!("classify article.txt {models} --format jsonl"));
    for input in ["-", ""] {
        let out = piped(&format!("classify {input} {models} --format jsonl"), &article);
        assert_eq!(out, named.replace("\"article.txt\"", "\"-\""));
    }
    let scored = folder.stdout(&format!("classify held_out.csv {models}"));
    assert_eq!(piped(&format!("classify - --text text {models}"), &table), scored);
    assert_eq!(
        piped(&format!("explain - {models}"), "We agreed.\n"),
        piped(&format!("explain {models}"), "We agreed.")
    );
    let report = folder.stdout(&format!("evaluate held_out.csv {models}"));
    assert_eq!(piped(&format!("evaluate - {models}"), &table), report);
    piped("train - -o piped.model", &fixture("talks.csv"));
    assert!(folder.read("piped.model") == folder.read("stance.model"));
}

#[test]
fn a_folder_is_read_in_the_order_of_its_names() {
    let folder = Folder::furnished();
    std::fs::create_dir_all(folder.path("news/b")).unwrap();
    for name in ["news/c.md", "news/a.txt", "news/b/x.TXT"] {
        folder.write(name, "They agreed to talks on Monday.\n");
    }
    folder.write("news/notes.pdf", "no article");
    for name in ["README.md", "SOURCE.md", "LICENSE-MIT.txt", "changelog.md"] {
        folder.write(&format!("news/{name}"), "About these files.\n");
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path("news"), folder.path("news/b/ring")).unwrap();
    folder.write("news/broken.txt", b"caf\xe9\0");
    let run = folder.run("classify news --model stance.model --format csv");
    let documents: Vec<&str> = run.stdout.lines().skip(1).map(|l| l.split(',').next().unwrap()).collect();
    assert_eq!(documents, ["news/a.txt", "news/b/x.TXT", "news/c.md"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (
            Some(0),
            "news: left out 1 file (.pdf)\n\
             skipped: news/broken.txt:1: expected text, found binary data (byte 0x00)\n"
        )
    );
}

#[test]
fn a_missed_threshold_exits_with_one_after_the_report() {
    let folder = Folder::furnished();
    // Nothing here is against, whatever the model says.
    folder.write(
        "kind.csv",
        "text,stance\nWe refused the offer.,favor\nThey rejected it.,favor\nIn May.,neutral\n",
    );
    let args = "evaluate kind.csv --model stance.model --min-macro-f1";
    let (met, missed) = (folder.run(&format!("{args} 0")), folder.run(&format!("{args} 1")));
    assert_eq!((met.code, missed.code), (Some(0), Some(1)));
    assert_eq!((&missed.stdout, missed.stderr.as_str()), (&met.stdout, ""));
}

#[test]
fn coders_are_compared_across_tables_and_across_columns() {
    let folder = Folder::furnished();
    folder.write("anna.csv", "id,text,stance,again\n1,Yes.,pro,favor\n2,No.,anti,anti\n3,Hm.,none,\n");
    folder.write("ben.csv", "id,stance\n3,favor\n1,favor\n2,against\n");
    let report = |args: &str| -> serde_json::Value {
        serde_json::from_str(&folder.stdout(&format!("agreement {args} --format json"))).unwrap()
    };
    let tables = report("anna.csv ben.csv");
    assert_eq!((&tables["n"], &tables["coders"]), (&3.into(), &serde_json::json!(["anna.csv", "ben.csv"])));
    let differing = serde_json::json!([
        { "id": "3", "labels": { "anna.csv": "neutral", "ben.csv": "favor" }, "text": "Hm." }
    ]);
    assert_eq!(tables["disagreements"], differing);
    let columns = report("anna.csv --label stance --label again");
    assert_eq!((&columns["n"], &columns["n_single"]), (&2.into(), &1.into()));
    assert_eq!(columns["alpha"]["value"], 1.0);
    assert_eq!(folder.run("agreement anna.csv ben.csv --min-alpha 0.9").code, Some(1));
}

#[test]
fn nothing_is_coloured_where_nobody_sees_it() {
    let folder = Folder::furnished();
    for args in ["classify article.txt --model stance.model", "--help", "help train", "nonsense"] {
        let plain = folder.run(args);
        assert!(!(plain.stdout.clone() + &plain.stderr).contains('\u{1b}'), "{args}");
        assert_eq!(Run::of(folder.demarche(args).env("NO_COLOR", "1")), plain, "{args}");
    }
}

#[test]
fn a_file_gets_what_standard_output_would() {
    let folder = Folder::furnished();
    for (input, format) in
        [("article.txt", "table"), ("article.txt", "json"), ("held_out.csv", "csv"), ("held_out.csv", "md")]
    {
        let args = format!("classify {input} --model stance.model --format {format}");
        let printed = folder.stdout(&args);
        assert_eq!(folder.stdout(&format!("{args} -o out")), "");
        assert_eq!(String::from_utf8(folder.read("out")).unwrap(), printed, "{args}");
        assert_eq!(folder.stdout(&format!("{args} -o -")), printed);
    }
}

/// Its third row is ragged.
const RAGGED: &str = "text,stance\nThey agreed.,favor\nThey refused.,against\nThey, too,favor,oops\n";

#[test]
fn a_failed_run_leaves_older_files_as_they_were_and_nothing_beside_them() {
    let folder = Folder::furnished();
    folder.write("ragged.csv", RAGGED);
    folder.write("old", "precious");
    let before = folder.names();
    for args in [
        "train ragged.csv -o",
        "classify ragged.csv --model stance.model -o",
        "classify ragged.csv --model stance.model --format json -o",
        "classify article.txt missing.txt --model stance.model -o",
    ] {
        folder.run(&format!("{args} old")).complaint();
        folder.run(&format!("{args} new")).complaint();
        assert_eq!(folder.names(), before, "{args}");
        assert_eq!(folder.read("old"), b"precious", "{args}");
    }
}

#[test]
fn a_finished_run_replaces_an_older_file() {
    let folder = Folder::furnished();
    folder.write("out", "old");
    folder.stdout("classify article.txt --model stance.model --format csv -o out");
    assert!(folder.read("out").starts_with(b"document,index,"));
    folder.stdout("train talks.csv -o out");
    assert!(folder.read("out") == folder.read("stance.model"));
}

#[test]
fn every_shell_gets_a_script_that_knows_the_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = Run::of(demarche().args(["completions", shell])).stdout();
        for word in ["classify", "min-macro-f1", "inspect"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let page = |args: &[&str], title: &str| {
        let page = Run::of(demarche().arg("man").args(args)).stdout();
        let titles: Vec<&str> = page.lines().filter(|l| l.starts_with(".TH ")).collect();
        assert!(titles.len() == 1 && titles[0].starts_with(&format!(".TH {title} ")), "{title}: {titles:?}");
    };
    page(&[], "demarche");
    for command in ["train", "classify", "evaluate", "agreement", "explain", "inspect", "completions", "man"]
    {
        page(&[command], &format!("demarche-{command}"));
    }
}

#[test]
fn an_interrupted_benchmark_goes_on_and_says_what_it_had() {
    let folder = Folder::furnished();
    let args = "benchmark talks.csv --folds 3 --repeats 1 --feature-sets words-1";
    let first = folder.stdout(&format!("{args} --cache kept"));
    let run = folder.run(&format!("{args} --cache kept"));
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), first.as_str()));
    assert_eq!(run.stderr, "4 of 4 results from kept\n");
    folder.stdout(args);
    assert!(folder.run(args).stderr.starts_with("4 of 4 results from "));
    assert!(folder.path(".cache/demarche/benchmark").is_dir());
    folder.stdout(&format!("{args} --no-cache"));
}

#[test]
fn a_benchmark_takes_names_files_and_folders() {
    let folder = Folder::furnished();
    std::fs::create_dir(folder.path("sets")).unwrap();
    folder.write("sets/b.toml", "features = \"words-1\"\n[model]\nlearner = \"svm\"\nc = 0.5\n");
    folder.write("sets/a.toml", "name = \"letters\"\ngroups = [{ char_ngrams = [2, 3] }]\n");
    folder.write("sets/notes.txt", "not a feature set");
    let sets = "--feature-sets sets --feature-sets hashed-1-2 --learners logistic,naive-bayes --c 2";
    let args = format!("benchmark talks.csv --no-cache --folds 2 --repeats 1 {sets} --format json");
    let report = folder.json(&args);
    let mut names: Vec<String> = report["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| format!("{} {} {}", e["name"], e["learner"], e["c"]["median"]).replace('"', ""))
        .collect();
    names.sort();
    let expected = [
        "b svm 0.5",
        "hashed-1-2 logistic 2.0",
        "hashed-1-2 naive-bayes null",
        "letters logistic 2.0",
        "letters naive-bayes null",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_benchmark_is_a_page_of_its_own() {
    let folder = Folder::furnished();
    let args =
        "benchmark talks.csv --no-cache --folds 2 --repeats 2 --feature-sets words-1 --feature-sets stance";
    folder.stdout(&format!("{args} --learning-curve --leave-one-group-out conflict --format html -o b.html"));
    let page = String::from_utf8(folder.read("b.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<h1>Benchmark: talks.csv</h1>"));
    assert_eq!(page.matches("<svg").count(), 5, "bars, two fronts, curves, groups");
}
