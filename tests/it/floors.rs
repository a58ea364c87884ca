//! Who may import whom: the floors of ARCHITECTURE.md, held to the `crate::` paths in `src/`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::repository;

/// A room, its floor, and the rooms that it imports.
type Room = (&'static str, u8, &'static [&'static str]);

const ROOMS: [Room; 24] = [
    ("render", 6, &["article", "corpus", "evaluate", "label", "ordered", "pipeline", "text"]),
    (
        "article",
        5,
        &["analysis", "date", "error", "furniture", "label", "metrics", "ordered", "pipeline", "text"],
    ),
    ("shipped", 5, &["pipeline"]),
    (
        "evaluate",
        4,
        &[
            "corpus",
            "error",
            "features",
            "label",
            "linear",
            "metrics",
            "numeric",
            "ordered",
            "pipeline",
            "text",
            "threads",
            "whole_file",
        ],
    ),
    // `pipeline` imports `analysis` for one constant, the name of the hash in the model file.
    (
        "pipeline",
        3,
        &[
            "analysis",
            "corpus",
            "error",
            "features",
            "frames",
            "label",
            "linear",
            "matrix",
            "metrics",
            "numeric",
            "text",
            "threads",
            "whole_file",
        ],
    ),
    ("features", 2, &["analysis", "decode", "error", "frames", "matrix", "numeric", "slots", "text"]),
    ("corpus", 1, &["decode", "error", "frames", "label", "numeric", "text"]),
    ("analysis", 1, &["error", "furniture", "slots", "text"]),
    ("page", 1, &["date", "decode", "error", "furniture", "text"]),
    ("linear", 1, &["error", "label", "matrix", "numeric", "threads"]),
    ("metrics", 1, &["label", "numeric"]),
    ("label", 0, &["error"]),
    ("text", 0, &["decode", "error"]),
    ("decode", 0, &["error"]),
    ("frames", 0, &["error"]),
    ("furniture", 0, &["date"]),
    ("date", 0, &["text"]),
    ("error", 0, &[]),
    ("matrix", 0, &[]),
    ("numeric", 0, &[]),
    ("slots", 0, &[]),
    ("threads", 0, &[]),
    ("ordered", 0, &[]),
    ("whole_file", 0, &[]),
];

/// What the library leaves to the program around it.
const FORBIDDEN: [&str; 8] =
    ["print!(", "println!(", "dbg!(", "std::env", "process::exit", "process::abort", "Instant", "SystemTime"];

/// The one file that reads a clock: a benchmark says how long its entries take.
const CLOCK: &str = "evaluate/benchmark/clock.rs";

#[test]
fn every_import_is_an_allowed_edge_and_every_allowed_edge_is_in_use() {
    let allowed: BTreeMap<String, BTreeSet<String>> = ROOMS
        .iter()
        .map(|(room, _, imports)| ((*room).to_owned(), imports.iter().map(|i| (*i).to_owned()).collect()))
        .collect();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, code) in library() {
        let room = room_of(&file);
        let imports = imports(&code, &re_exports());
        found.entry(room.clone()).or_default().extend(imports.into_iter().filter(|i| *i != room));
    }
    assert_eq!(found, allowed, "found on the left, allowed on the right");
}

#[test]
fn edges_lead_to_lower_floors_and_only_nouns_know_their_neighbours() {
    let floor_of = |room: &str| ROOMS.iter().find(|r| r.0 == room).map(|r| r.1).unwrap();
    for (room, floor, imports) in ROOMS {
        for import in imports {
            let below = floor_of(import);
            assert!(below < floor || floor == 0, "{room} on floor {floor} imports {import} on floor {below}");
        }
    }
}

#[test]
fn the_library_neither_prints_nor_exits_nor_reads_the_environment_nor_a_clock() {
    for (file, code) in library() {
        let outside_tests = code.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for word in FORBIDDEN.iter().filter(|word| !(**word == "Instant" && file == CLOCK)) {
            assert!(!outside_tests.contains(word), "{file} has {word}");
        }
    }
}

/// The library's files below `src/`, by path, without comments; `lib.rs` only lists the rooms.
fn library() -> Vec<(String, String)> {
    let src = repository("src");
    let mut files = Vec::new();
    walk(&src, &mut |path| {
        let name = path.strip_prefix(&src).unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".rs") && !name.starts_with("bin") && name != "lib.rs" {
            let text = std::fs::read_to_string(path).unwrap();
            let code: Vec<&str> = text.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
            files.push((name, code.join("\n")));
        }
    });
    assert!(files.len() > ROOMS.len(), "{files:?}");
    files
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, visit) } else { visit(&path) }
    }
}

fn room_of(file: &str) -> String {
    file.split(['/', '\\']).next().unwrap().trim_end_matches(".rs").to_owned()
}

/// `Corpus` to `corpus`: the types that the crate's root re-exports, with the rooms they come from.
fn re_exports() -> BTreeMap<String, String> {
    let lib = std::fs::read_to_string(repository("src/lib.rs")).unwrap();
    let mut out = BTreeMap::new();
    for line in lib.lines().filter_map(|l| l.strip_prefix("pub use ")) {
        let (room, names) = line.split_once("::").unwrap();
        for name in words(names) {
            out.insert(name, room.to_owned());
        }
    }
    assert_eq!(out.get("Corpus").map(String::as_str), Some("corpus"));
    out
}

/// The rooms behind the `crate::` paths of some code.
fn imports(code: &str, re_exports: &BTreeMap<String, String>) -> BTreeSet<String> {
    let after = code.split("crate::").skip(1);
    let firsts = after.flat_map(|path| match path.strip_prefix('{') {
        // Of `{linear::{Learner, Loss}, text}` the heads of the outer list.
        Some(list) => outer_heads(list),
        None => words(path).into_iter().take(1).collect(),
    });
    firsts.map(|name| re_exports.get(&name).cloned().unwrap_or(name)).collect()
}

fn outer_heads(list: &str) -> Vec<String> {
    let (mut depth, mut outer) = (0, String::new());
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            _ if depth == 0 => outer.push(c),
            _ => {}
        }
    }
    outer.split(',').filter_map(|path| words(path).into_iter().next()).collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn imports_are_found_in_every_spelling() {
    let code = "use crate::{linear::{Learner, Loss}, text::Span, Corpus};\nfn f(_: crate::label::Label) {}";
    let found: Vec<String> = imports(code, &re_exports()).into_iter().collect();
    assert_eq!(found, ["corpus", "label", "linear", "text"]);
}
