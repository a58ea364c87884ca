//! Places that results come from and go to: folders, pipes, full disks, readers that leave, files that are read and written at once.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::support::{Folder, Run};
use crate::tables::GOOD;

fn with_good() -> Folder {
    let folder = Folder::furnished();
    folder.write("t.csv", GOOD);
    folder
}

/// `demarche` with `args` in a shell, so that streams can be turned.
fn shell(folder: &Folder, script: &str) -> Run {
    let script = script.replace("demarche", env!("CARGO_BIN_EXE_demarche"));
    Run::of(assert_cmd::Command::new("sh").args(["-c", &script]).current_dir(folder.path(".")))
}

#[test]
fn a_folder_is_no_table_and_no_model() {
    let folder = with_good();
    std::fs::create_dir(folder.path("d")).unwrap();
    assert_eq!(folder.run("train d -o m").complaint(), "error: d: expected a table, found a folder\n");
    assert_eq!(
        folder.run("classify d --text text").complaint(),
        "error: d: expected a table, found a folder\n"
    );
    assert_eq!(folder.run("inspect d").complaint(), "error: d: Is a directory (os error 21)\n");
    assert_eq!(
        folder.run("train t.csv -o d").complaint(),
        "error: d: expected a file name in an existing folder\n"
    );
}

#[test]
fn a_pipe_is_a_table_wherever_it_has_a_name() {
    let folder = with_good();
    let expected = folder.run("classify t.csv --model stance.model").stdout;
    for name in ["pipe", "pipe.csv", "pipe.jsonl"] {
        let made = Command::new("mkfifo").arg(folder.path(name)).status().unwrap();
        assert!(made.success());
        let table = if name == "pipe.jsonl" {
            "{\"text\": \"They met. They ate. They slept. They left.\"}\n"
        } else {
            GOOD
        };
        let path = folder.path(name);
        let writer = std::thread::spawn(move || std::fs::write(path, table));
        let run = folder.run(&format!("classify {name} --text text --model stance.model"));
        writer.join().unwrap().unwrap();
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        assert!(name == "pipe.jsonl" || run.stdout == expected, "{name}");
    }
}

#[test]
fn a_pipe_in_a_folder_is_passed_over_and_told() {
    let folder = Folder::furnished();
    std::fs::create_dir(folder.path("d")).unwrap();
    folder.write("d/a.txt", "They agreed to talks.\n");
    assert!(Command::new("mkfifo").arg(folder.path("d/b.txt")).status().unwrap().success());
    let run = folder.run("classify d --model stance.model --format jsonl");
    assert_eq!((run.code, run.stdout.lines().count()), (Some(0), 1));
    assert_eq!(run.stderr, "skipped: d/b.txt: expected a file, found a pipe or a device\n");
}

#[test]
fn an_article_on_a_line_without_end_is_refused_before_it_fills_the_memory() {
    let folder = Folder::furnished();
    let bomb = crate::tables_packed::gzip(&[b"{\"text\":\"".to_vec(), vec![b'a'; 65 << 20]].concat());
    folder.write("a.jsonl.gz", bomb);
    assert_eq!(
        folder.run("classify a.jsonl.gz --model stance.model --format jsonl").complaint(),
        "error: a.jsonl.gz:1: expected a line of at most 64 MiB, found more\n"
    );
}

#[test]
fn an_input_is_never_the_output_under_any_of_its_names() {
    let folder = with_good();
    std::os::unix::fs::symlink(folder.path("t.csv"), folder.path("link")).unwrap();
    std::fs::hard_link(folder.path("t.csv"), folder.path("hard")).unwrap();
    for (args, output, input) in [
        ("train t.csv -o", "t.csv", "t.csv"),
        ("train t.csv -o", "link", "t.csv"),
        ("train hard -o", "./t.csv", "hard"),
        ("classify t.csv --model stance.model -o", "hard", "t.csv"),
        ("classify t.csv --model stance.model -o", "stance.model", "stance.model"),
        ("classify article.txt --model stance.model -o", "article.txt", "article.txt"),
        ("evaluate t.csv --model stance.model -o", "t.csv", "t.csv"),
        ("benchmark t.csv --no-cache -o", "t.csv", "t.csv"),
    ] {
        assert_eq!(
            folder.run(&format!("{args} {output}")).complaint(),
            format!("error: {output}: expected an output that is not an input, found {input}\n"),
        );
    }
    let run = shell(&folder, "demarche classify t.csv >> t.csv");
    assert_eq!(run.stderr, "error: standard output: expected an output that is not an input, found t.csv\n");
    assert_eq!(folder.read("t.csv"), GOOD.as_bytes());
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error_wherever_it_shows() {
    let folder = with_good();
    for script in [
        "demarche classify t.csv -o /dev/full",
        "demarche classify t.csv > /dev/full",
        "demarche classify article.txt --format json > /dev/full",
        "demarche classify article.txt --format csv -o /dev/full",
        "demarche classify article.txt --format html -o /dev/full",
        "demarche train t.csv --features words-1 -o /dev/full",
        "demarche inspect stance > /dev/full",
        "demarche man > /dev/full",
    ] {
        let run = shell(&folder, script);
        assert_eq!(run.code, Some(2), "{script}: {}", run.stderr);
        let place = if script.contains("-o") { "/dev/full" } else { "standard output" };
        let full = format!("error: {place}: No space left on device (os error 28)\n");
        assert_eq!(run.stderr, full, "{script}");
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let folder = with_good();
    folder.write("long.csv", GOOD.to_owned() + &"7,They agreed to talks.,favor\n".repeat(20_000));
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["classify", "long.csv", "--model", "stance.model"])
        .current_dir(folder.path("."))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("id,text,stance,"));
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
}

/// Kills runs of `args`, which write `old`, after any time up to `milliseconds`: what stands there is the older file, or a new one
/// that `is_new`, and nothing is left beside it but under a name of its own.
fn kill_again_and_again(folder: &Folder, args: &str, milliseconds: usize, is_new: impl Fn(&[u8]) -> bool) {
    let mut rng = demarche::numeric::Rng::new(7);
    let mut killed = 0;
    for _ in 0..8 {
        folder.write("old", "precious\n");
        let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(args.split(' '))
            .env("XDG_CACHE_HOME", folder.path(".cache"))
            .current_dir(folder.path("."))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(rng.below(milliseconds) as u64));
        // SIGKILL: nobody is asked.
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        let found = folder.read("old");
        assert!(found == b"precious\n" || is_new(&found), "{args}: {} bytes", found.len());
    }
    assert!(killed > 0, "{args}: no run was killed");
    let strays: Vec<String> =
        folder.names().into_iter().filter(|n| n.starts_with('.') && n != ".cache").collect();
    assert!(strays.iter().all(|name| name.starts_with(".old.") && name.ends_with(".part")), "{strays:?}");
}

fn with_many_rows(n: usize) -> Folder {
    let folder = with_good();
    folder.write("long.csv", GOOD.to_owned() + &"7,They agreed to talks.,favor\n".repeat(n));
    folder
}

#[test]
fn a_run_that_is_killed_at_any_point_leaves_the_older_file_whole() {
    let folder = with_many_rows(20_000);
    let args = "classify long.csv --model stance.model -o old --format csv --threads 1";
    kill_again_and_again(&folder, args, 250, |found| {
        found.iter().filter(|byte| **byte == b'\n').count() == 20_007 && found.ends_with(b"\n")
    });
}

#[test]
fn training_that_is_killed_at_any_point_leaves_the_older_model_whole() {
    let folder = with_many_rows(5_000);
    let args = "train long.csv --features words-1 -o old --threads 1";
    let is_model = |found: &[u8]| demarche::Pipeline::from_bytes(found, "old").is_ok();
    kill_again_and_again(&folder, args, 400, is_model);
    assert!(folder.run(args).code == Some(0) && is_model(&folder.read("old")), "strays are in nobody's way");
}

#[test]
fn a_report_that_is_killed_at_any_point_leaves_the_older_one_whole() {
    let folder = with_many_rows(5_000);
    let is_page =
        |found: &[u8]| found.starts_with(b"<!DOCTYPE html>") && found.trim_ascii_end().ends_with(b"</html>");
    let args = "evaluate long.csv --model stance.model --format html -o old --threads 1";
    kill_again_and_again(&folder, args, 400, is_page);
    std::fs::create_dir(folder.path("articles")).unwrap();
    for n in 0..40 {
        folder.write(&format!("articles/{n}.txt"), crate::support::fixture("article.txt"));
    }
    let args = "classify articles --model stance.model --format html -o old --threads 1";
    kill_again_and_again(&folder, args, 250, is_page);
}

#[test]
fn a_benchmark_that_is_killed_at_any_point_leaves_a_cache_that_can_be_trusted() {
    let folder = with_good();
    let args = "benchmark talks.csv --folds 2 --repeats 1 --format json -o old";
    let is_report = |found: &[u8]| serde_json::from_slice::<serde_json::Value>(found).is_ok();
    kill_again_and_again(&folder, args, 600, is_report);
    let f1 = |args: &str| -> Vec<serde_json::Value> {
        let run = folder.run(args);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let report: serde_json::Value = serde_json::from_slice(&folder.read("old")).unwrap();
        report["entries"].as_array().unwrap().iter().map(|entry| entry["macro_f1"].clone()).collect()
    };
    assert_eq!(f1(args), f1(&format!("{args} --no-cache")));
}

#[test]
fn writers_of_one_file_in_one_process_do_not_mix() {
    let folder = Folder::empty();
    let path = folder.path("out");
    let write = |byte: u8| {
        let mut file = demarche::whole_file::WholeFile::create(&path).unwrap();
        std::io::Write::write_all(&mut file, &[byte; 100_000]).unwrap();
        file.finish().unwrap();
    };
    std::thread::scope(|scope| {
        for byte in [b'a', b'b'] {
            scope.spawn(move || (0..50).for_each(|_| write(byte)));
        }
    });
    let found = folder.read("out");
    assert!(found.len() == 100_000 && found.iter().all(|byte| *byte == found[0]));
    assert_eq!(folder.names(), ["out"]);
}

#[test]
fn a_link_in_the_place_of_the_unfinished_file_is_not_followed() {
    let folder = Folder::empty();
    folder.write("victim", "precious\n");
    let beside = format!(".out.{}.part", std::process::id());
    std::os::unix::fs::symlink(folder.path("victim"), folder.path(&beside)).unwrap();
    let mut file = demarche::whole_file::WholeFile::create(folder.path("out")).unwrap();
    std::io::Write::write_all(&mut file, b"new\n").unwrap();
    file.finish().unwrap();
    assert_eq!(
        (folder.read("out").as_slice(), folder.read("victim").as_slice()),
        (&b"new\n"[..], &b"precious\n"[..])
    );
    assert_eq!(folder.names(), [beside.as_str(), "out", "victim"]);
    // A name as long as a file system takes has one beside it that is no longer.
    let long = "n".repeat(255);
    demarche::whole_file::WholeFile::create(folder.path(&long)).unwrap().finish().unwrap();
    assert!(folder.names().contains(&long));
}

#[test]
fn a_file_name_cannot_command_a_terminal() {
    let folder = Folder::empty();
    let run = Run::of(folder.demarche("classify").arg("\u{1b}]0;gone\u{7}.txt"));
    assert_eq!(
        run.complaint(),
        "error: \u{fffd}]0;gone\u{fffd}.txt: No such file or directory (os error 2)\n"
    );
}
