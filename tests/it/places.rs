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
        "demarche train t.csv --features words-1 -o /dev/full",
        "demarche inspect stance > /dev/full",
        "demarche man > /dev/full",
    ] {
        let run = shell(&folder, script);
        assert_eq!(run.code, Some(2), "{script}: {}", run.stderr);
        assert!(run.stderr.ends_with("No space left on device (os error 28)\n"), "{script}: {}", run.stderr);
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

#[test]
fn a_run_that_is_killed_at_any_point_leaves_the_older_file_whole() {
    let folder = with_good();
    folder.write("long.csv", GOOD.to_owned() + &"7,They agreed to talks.,favor\n".repeat(20_000));
    folder.write("old.csv", "precious\n");
    let args = ["classify", "long.csv", "--model", "stance.model", "-o", "old.csv", "--threads", "1"];
    let mut rng = demarche::numeric::Rng::new(7);
    let mut killed = 0;
    for _ in 0..12 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(args)
            .current_dir(folder.path("."))
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(rng.below(250) as u64));
        // SIGKILL: nobody is asked.
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        let found = folder.read("old.csv");
        let is_new = found.iter().filter(|byte| **byte == b'\n').count() == 20_007;
        assert!(found == b"precious\n" || (is_new && found.ends_with(b"\n")), "{} bytes", found.len());
    }
    assert!(killed > 0, "no run was killed");
    // What a killed run leaves has a name of its own.
    let strays: Vec<String> = folder.names().into_iter().filter(|n| n.starts_with('.')).collect();
    assert!(strays.iter().all(|name| name.starts_with(".old.csv.") && name.ends_with(".part")), "{strays:?}");
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
