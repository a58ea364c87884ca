//! Bugs that were found and fixed, one test each. A test comes here before its fix and stays.

use std::process::{Command, Stdio};

use demarche::Pipeline;

use crate::support::{Folder, Run, demarche, fixture, repository};

#[test]
fn a_reader_that_goes_away_is_no_failure_in_any_format() {
    let folder = Folder::furnished();
    // More than a pipe holds, so that the program must notice.
    let rows: String = fixture("talks.csv").lines().skip(1).map(|l| format!("{l}\n")).collect();
    let header = fixture("talks.csv").lines().next().unwrap().to_owned();
    folder.write("long.csv", format!("{header}\n{}", rows.repeat(40)));
    for format in ["csv", "jsonl", "json", "table", "md"] {
        let mut child = Command::new(demarche().get_program())
            .current_dir(folder.path(""))
            .args(["classify", "long.csv", "--model", "stance.model", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            (output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()),
            (Some(0), ""),
            "{format}"
        );
    }
}

#[test]
fn the_operating_system_is_quoted_once() {
    let folder = Folder::furnished();
    for args in
        ["train gone -o m", "inspect gone", "evaluate gone", "classify gone", "classify gone --text text"]
    {
        assert_eq!(
            folder.run(args).complaint(),
            "error: gone: No such file or directory (os error 2)\n",
            "{args}"
        );
    }
}

#[test]
fn spellings_of_one_label_are_one_class() {
    let folder = Folder::empty();
    folder.write(
        "one.csv",
        "text,stance\nWe agree.,pro\nWe do agree.,favour\nThey agree.,pro\nAll agree.,favor\n",
    );
    let complaint = folder.run("train one.csv -o m").complaint();
    assert!(complaint.contains("expected 2 to 4096 different, non-empty label names"), "{complaint}");
}

#[test]
fn a_single_label_is_told_with_its_file_and_column() {
    let folder = Folder::empty();
    folder.write("one.csv", "text,stance\nWe agree.,pro\nThey agree.,pro\n");
    assert_eq!(
        folder.run("train one.csv -o m").complaint(),
        "error: one.csv: column \"stance\": expected two or more different labels, found \"pro\" in every row\n"
    );
}

#[test]
fn a_model_named_as_a_field_of_the_output_gives_way() {
    let folder = Folder::furnished();
    let table = |column: &str| {
        format!("text,{column}\nWe agree.,yes\nWe refuse.,no\nThey agree.,yes\nThey refuse.,no\n")
    };
    for (i, column) in ["speaker", "kind", "speaker", "speaker_2", "index"].iter().enumerate() {
        folder.write("t.csv", table(column));
        folder.stdout(&format!("train t.csv --label {column} --folds 2 -o {i}.model"));
    }
    let models = "--model 0.model --model 1.model --model 2.model --model 3.model --model 4.model";
    let line = &folder.json_lines(&format!("classify article.txt {models} --format jsonl"))[1];
    assert_eq!(line["speaker"], "Ada B. Quill");
    let keys: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
    let added =
        ["predicted_speaker", "predicted_kind", "predicted_speaker_2", "speaker_2", "predicted_index"];
    assert_eq!(keys[9..], added);
    // A parser keeps the last of two equal keys, so that only the text tells.
    let text = folder.stdout(&format!("classify article.txt {models} --format jsonl"));
    assert_eq!(text.lines().next().unwrap().matches("\"speaker\":").count(), 1);
}

#[test]
fn two_label_sets_of_one_name_get_two_names() {
    let folder = Folder::furnished();
    let line = &folder
        .json_lines("classify article.txt --model stance.model --model stance.model --format jsonl")[0];
    assert_eq!(line["stance"], line["stance_2"]);
    assert!(line["stance"].is_object());
}

#[test]
fn an_actor_of_one_statement_has_its_label() {
    let folder = Folder::furnished();
    let text = fixture("article.txt");
    for line in text.lines().filter(|l| !l.is_empty()) {
        folder.write("one.txt", line);
        let document = &folder.json("classify one.txt --model stance.model --format json")["documents"][0];
        for actor in document["actors"].as_array().unwrap() {
            let own: Vec<_> = document["statements"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|s| s["holders"].as_array().unwrap().contains(&actor["name"]))
                .collect();
            if let ([one], Some(1)) = (own.as_slice(), actor["statements"].as_u64()) {
                assert_eq!(actor["stance"]["label"], one["stance"]["label"], "{line}");
            }
        }
    }
}

#[test]
fn a_model_on_standard_output_has_it_for_itself() {
    let folder = Folder::furnished();
    let output = folder.demarche("train talks.csv -o -").output().unwrap();
    assert!(output.stdout == folder.read("stance.model"));
    let summary = String::from_utf8(output.stderr).unwrap();
    assert!(summary.starts_with("-: 24 rows (against 8, neutral 8, favor 8), "), "{summary}");
}

#[test]
#[cfg(unix)]
fn an_output_that_is_no_file_of_its_own_is_written_where_it_leads() {
    use std::os::unix::fs::symlink;
    let folder = Folder::furnished();
    let before = folder.names().len();
    folder.write("real", "old");
    symlink("real", folder.path("link")).unwrap();
    symlink("later", folder.path("dangling")).unwrap();
    for args in ["train talks.csv", "classify article.txt --model stance.model"] {
        for (name, real) in [("link", "real"), ("dangling", "later")] {
            folder.stdout(&format!("{args} -o {name}"));
            assert!(folder.path(name).symlink_metadata().unwrap().is_symlink(), "{args}");
            assert!(folder.read(real).len() > 100, "{args}");
        }
        assert_eq!(folder.run(&format!("{args} -o /dev/null")).code, Some(0), "{args}");
        assert_eq!(folder.names().len(), before + 4, "{args}: {:?}", folder.names());
    }
    let args = "classify article.txt --model stance.model";
    assert_eq!(folder.stdout(&format!("{args} -o /dev/stdout")), folder.stdout(args));
    let output = folder.demarche("train talks.csv -o /dev/stdout").output().unwrap();
    assert!(output.stdout == folder.read("stance.model"));
}

#[test]
#[cfg(unix)]
fn a_pipe_with_a_name_gets_the_bytes() {
    let folder = Folder::furnished();
    assert!(Command::new("mkfifo").arg(folder.path("pipe")).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = folder.path("pipe");
        move || std::fs::read(pipe).unwrap()
    });
    let summary = folder.run("train talks.csv -o pipe");
    assert_eq!((summary.code, summary.stdout.as_str()), (Some(0), ""));
    assert!(reader.join().unwrap() == folder.read("stance.model"));
}

#[test]
fn gzip_data_cut_short_on_standard_input_is_an_error_and_a_table_there_is_remarked() {
    let folder = Folder::furnished();
    let run = |input: &[u8]| {
        Run::of(folder.demarche("classify - --model stance.model").write_stdin(input.to_vec()))
    };
    let complaint = run(b"\x1f\x8b\x08\0").complaint();
    assert_eq!(complaint, "error: -: expected a whole gzip file, found gzip data that is cut short\n");
    let noted = run(fixture("held_out.csv").as_bytes());
    assert_eq!(noted.code, Some(0));
    assert_eq!(noted.stderr, "standard input looks like a table; to score its rows, add --text text\n");
    assert_eq!(run(fixture("article.txt").as_bytes()).stderr, "");
}

#[test]
fn articles_come_in_their_order_from_any_number_of_threads() {
    let folder = Folder::furnished();
    std::fs::create_dir(folder.path("news")).unwrap();
    for i in 0..40 {
        folder.write(&format!("news/{i:02}.txt"), format!("Envoy number {i} agreed to talks.\n"));
    }
    folder.write("news/07.txt", b"caf\xe9\0");
    for format in ["jsonl", "csv", "json", "table"] {
        let args = format!("classify news --model stance.model --format {format} --threads");
        let [one, three] = [1, 3].map(|n| folder.run(&format!("{args} {n}")));
        assert_eq!(one, three, "{format}");
        assert!(one.stderr.starts_with("skipped: news/07.txt:1: "), "{}", one.stderr);
    }
}

#[test]
fn spaces_in_character_ngrams_can_be_seen() {
    let folder = Folder::furnished();
    folder.write("c.toml", "name = \"c\"\ngroups = [{ char_ngrams = [3, 3] }]\n");
    folder.stdout("train talks.csv --features c.toml -o c.model");
    for text in [
        folder.stdout("inspect c.model --top 200"),
        Run::of(folder.demarche("explain --model c.model").arg("They agreed to talks.")).stdout(),
    ] {
        assert!(text.contains("char:o_t") || text.contains("char:_ta"), "{text}");
    }
}

#[test]
fn a_model_file_of_the_first_format_is_read() {
    let old = repository("tests/fixtures/format_1_lexicon.safetensors");
    let model = Pipeline::load(&old).unwrap();
    assert_eq!(
        model.spec().features.groups[1].lexicon.as_ref().map(|lexicon| lexicon.entries.len()),
        Some(3)
    );
    let score = model.score("They agreed to the talks.");
    assert_eq!(score.probabilities, [4.148744453881375e-6, 0.9999958512555461]);
    let new = Pipeline::from_bytes(&model.to_bytes(), "new").unwrap();
    assert_eq!((new.score("They agreed to the talks."), new.spec()), (score, model.spec()));
}
