//! Words that people read: help, tables, messages. Accept a changed one after looking at it.

use crate::support::{Folder, Run, demarche, fixture};

/// Snapshots are files of plain names, without the code that made them.
fn assert_snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Commands that have help of their own.
const COMMANDS: [&str; 10] = [
    "train",
    "count",
    "classify",
    "evaluate",
    "benchmark",
    "agreement",
    "explain",
    "inspect",
    "completions",
    "man",
];

#[test]
fn help_of_the_program_and_of_every_command() {
    let help = |args: &[&str]| Run::of(demarche().args(args)).stdout();
    assert_snapshot("help", &help(&["--help"]));
    for command in COMMANDS {
        assert_snapshot(&format!("help_{command}"), &help(&[command, "--help"]));
    }
}

#[test]
fn an_article_as_a_table_and_in_markdown() {
    let folder = Folder::furnished();
    let both = "classify article.txt --model stance.model --model sentiment.model";
    assert_snapshot("classify_table", &folder.stdout(both));
    assert_snapshot("classify_md", &folder.stdout(&format!("{both} --format md")));
}

#[test]
fn the_actors_of_several_articles_stand_below_them() {
    let folder = Folder::furnished();
    folder.write("other_2031-05-09.txt", "Premier Ada B. Quill rejected the offer.\n");
    let both = "classify article.txt other_2031-05-09.txt --model stance.model --model sentiment.model";
    assert_snapshot("classify_several_table", &folder.stdout(both));
    assert_snapshot("classify_several_md", &folder.stdout(&format!("{both} --format md")));
}

#[test]
fn a_table_of_statements_as_a_table() {
    let folder = Folder::furnished();
    let args = "classify held_out.csv --model stance.model --format table";
    assert_snapshot("classify_rows", &folder.stdout(args));
}

#[test]
fn an_evaluation_as_a_table_and_in_markdown() {
    let folder = Folder::furnished();
    let args = "evaluate talks.csv --model sentiment.model --by stance --group conflict";
    assert_snapshot("evaluate_table", &folder.stdout(args));
    assert_snapshot("evaluate_md", &folder.stdout(&format!("{args} --format md")));
}

#[test]
fn an_evaluation_with_everything_that_can_be_asked_for() {
    let folder = Folder::furnished();
    folder.stdout("train talks.csv --features words-1 --learner naive-bayes -o other.model");
    // Some of the labels are not what the texts say.
    let rows = fixture("held_out.csv")
        .replace("2,The dockers refused the offer.,against", "2,The dockers refused the *offer*.,favor");
    folder.write("held_out.csv", rows + "h7,They never agreed to talks.,neutral,neutral,wire\nh8,They rejected a meeting.,against,neutral,wire\n");
    let args = "evaluate held_out.csv --model stance.model --versus other.model --threshold 0.5 --errors 2 --target genre";
    assert_snapshot("evaluate_all_table", &folder.stdout(args));
    assert_snapshot("evaluate_all_md", &folder.stdout(&format!("{args} --format md")));
}

#[test]
fn a_benchmark_as_a_table_and_in_markdown() {
    let folder = Folder::furnished();
    let args = "benchmark talks.csv --no-cache --folds 3 --repeats 2 --feature-sets words-1 --feature-sets stems-1-2 \
                --learners logistic,naive-bayes --learning-curve --leave-one-group-out conflict --mask-names";
    assert_snapshot("benchmark_table", &untimed(&folder.stdout(args)));
    let markdown = folder.stdout(&format!("{args} --format md")).replace("\\*", "*");
    assert_snapshot("benchmark_md", &untimed(&markdown));
}

/// Without what a clock says: the seconds at the end of a line, and the star of the fastest.
fn untimed(table: &str) -> String {
    let seconds =
        |cell: &str| cell.trim_end_matches('*').parse::<f64>().is_ok_and(|s| s < 1.0) && cell.contains('.');
    let line = |line: &str| {
        let mut cells: Vec<&str> = line.split(' ').filter(|c| !c.is_empty()).collect();
        let is_ladder = cells.iter().any(|c| c.ends_with("kB") || c.ends_with("kB*"));
        if is_ladder {
            cells.retain(|c| *c != "|");
            let timed = cells.len() - 2..;
            cells[timed].iter_mut().filter(|c| seconds(c)).for_each(|c| *c = "0.00");
        }
        if is_ladder { cells.join(" ") } else { line.to_owned() }
    };
    table.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_explanation_of_the_label_given_and_of_another() {
    let folder = Folder::furnished();
    let explain = |args: &str| {
        let mut command = folder.demarche(&format!("explain --model stance.model {args}"));
        Run::of(command.arg("The harbour union refused the offer, a shameful trap.")).stdout()
    };
    assert_snapshot("explain", &explain(""));
    assert_snapshot("explain_favor", &explain("--label favor --top 3"));
}

#[test]
fn a_model_in_words() {
    let folder = Folder::furnished();
    assert_snapshot("inspect", &folder.stdout("inspect stance.model --top 5"));
}

/// Runs that must fail, with the files that they read.
const FAILURES: &[(&str, &[(&str, &str)])] = &[
    // What is not there.
    ("train missing.csv -o m", &[]),
    ("classify missing.txt", &[]),
    ("evaluate held_out.csv --model missing.model", &[]),
    ("train talks.csv -o no/such/m", &[]),
    ("classify article.txt -o no/such/out.txt", &[]),
    ("classify empty", &[]),
    // What is not read yet.
    ("classify page.mhtml", &[("page.mhtml", "From: a browser")]),
    ("classify paper.docx", &[("paper.docx", "PK\u{3}\u{4}")]),
    // Coders.
    ("agreement talks.csv", &[]),
    ("agreement talks.csv talks.csv talks.csv --label stance --label sentiment", &[]),
    ("agreement talks.csv other.csv", &[("other.csv", "id,stance\n1,favor\n2,against\n1,neutral\n")]),
    ("agreement talks.csv other.csv", &[("other.csv", "row,stance\n1,favor\n")]),
    ("agreement talks.csv other.csv", &[("other.csv", "id,stance\nx,favor\n")]),
    ("agreement talks.csv talks.csv", &[]),
    ("agreement a.csv b.csv", &[("a.csv", "id,stance\n1,pro\n"), ("b.csv", "id,stance\n1,pro\n")]),
    // Tables.
    ("train talks.csv --text txt -o m", &[]),
    ("train talks.csv --label outcome -o m", &[]),
    ("train talks.csv --group conflicts -o m", &[]),
    ("evaluate held_out.csv --model stance.model --by gender", &[]),
    ("classify held_out.csv --text body --model stance.model", &[]),
    ("evaluate t.csv --model stance.model", &[("t.csv", "text,stance\nWe agree.,pro\nWe wait.,maybe\n")]),
    ("train t.csv -o m", &[("t.csv", "text,stance\nWe agree.,pro\nWe wait.,\n")]),
    ("train t.csv -o m", &[("t.csv", "text,stance\nWe agree.,pro\nWe agree.,pro\n")]),
    ("train t.csv -o m", &[("t.csv", "text,stance\nWe agree.,pro\nWe wait, and wait.,neutral\n")]),
    ("train t.csv -o m", &[("t.csv", "text,stance\nWe agree.,pro\n\"We wait.,neutral\nWe refuse.,con\n")]),
    ("train t.csv -o m", &[("t.csv", "")]),
    ("train t.csv -o m", &[("t.csv", "text,stance\n")]),
    ("train t.csv -o m", &[("t.csv", "text,text\na,b\n")]),
    ("classify t.jsonl --model stance.model", &[("t.jsonl", "{\"text\": \"We agree.\"\n")]),
    ("train t.csv -o m", &[("t.csv", "text,stance\nYes.,pro\nNo!,con\n")]),
    ("train t.csv --features words-1 --search -o m", &[("t.csv", "text,stance\nYes.,pro\nNo!,con\n")]),
    // Benchmarks.
    ("benchmark talks.csv --no-cache --feature-sets trigrams", &[]),
    ("benchmark talks.csv --no-cache --feature-sets words-1 --feature-sets words-1", &[]),
    ("benchmark talks.csv --no-cache --feature-sets empty", &[]),
    ("benchmark talks.csv --no-cache --group conflict --folds 9", &[]),
    ("benchmark talks.csv --no-cache --repeats 0", &[]),
    ("benchmark talks.csv --no-cache --leave-one-group-out county", &[]),
    ("benchmark talks.csv --no-cache --c 0 --feature-sets words-1", &[]),
    ("benchmark talks.csv --cache talks.csv", &[]),
    // Models and settings.
    ("inspect talks.csv", &[]),
    ("classify article.txt --model m", &[("m", "\u{8}\0\0\0\0\0\0\0{}      ")]),
    ("train talks.csv --features trigrams -o m", &[]),
    ("train talks.csv --features f.toml -o m", &[]),
    (
        "train talks.csv --features f.toml -o m",
        &[("f.toml", "name = \"f\"\ngroups = [{ word_ngrams = [1, }]\n")],
    ),
    (
        "train talks.csv --features f.toml -o m",
        &[("f.toml", "name = \"f\"\ngroups = [\n  { word_grams = [1, 2] },\n]\n")],
    ),
    ("train talks.csv --features f.toml -o m", &[("f.toml", "features = \"words-1\"\n[model]\nc = -1.0\n")]),
    (
        "train talks.csv --features f.toml -o m",
        &[("f.toml", "name = \"f\"\ngroups = [{ lexicon = { name = \"mine\", file = \"mine.csv\" } }]\n")],
    ),
    ("train talks.csv --c 0 -o m", &[]),
    ("train talks.csv --folds 1 -o m", &[]),
    ("explain --model stance.model --label maybe Yes.", &[]),
    // What does not go together.
    ("classify article.txt talks.csv", &[]),
    ("classify talks.csv held_out.csv", &[]),
    ("train talks.csv --search --c 1 -o m", &[]),
    ("benchmark talks.csv --cache here --no-cache", &[]),
    // What cannot be typed.
    ("train talks.csv", &[]),
    ("train talks.csv --threads 0 -o m", &[]),
    ("evaluate held_out.csv --min-macro-f1 75", &[]),
    ("evaluate held_out.csv --threshold 60", &[]),
    ("evaluate held_out.csv --model stance.model --versus sentiment", &[]),
    ("evaluate held_out.csv --model stance.model --versus missing.model", &[]),
    ("evaluate held_out.csv --model stance.model --target topic", &[]),
    ("evaluate held_out.csv --model stance.model -o missing/report.html", &[]),
    ("classify article.txt --format xml", &[]),
    ("clasify article.txt", &[]),
];

#[test]
fn messages_of_everything_that_goes_wrong() {
    let mut told = String::new();
    for (args, files) in FAILURES {
        let folder = Folder::furnished();
        std::fs::create_dir(folder.path("empty")).unwrap();
        for (name, content) in *files {
            folder.write(name, content);
            told += &format!("# {name}: {content:?}\n");
        }
        told += &format!("$ demarche {args}\n{}\n", folder.run(args).complaint());
    }
    assert_snapshot("messages", &told);
}
