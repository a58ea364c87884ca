//! `docs/ROBUSTNESS.md` keeps its word.

use std::collections::BTreeSet;

use crate::support::repository;

#[test]
fn every_row_of_the_list_of_cases_names_tests_that_exist() {
    let mut tests = BTreeSet::new();
    let mut folders = vec![repository("tests/it"), repository("src")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let code = std::fs::read_to_string(path).unwrap();
                let names = code
                    .split("#[test]")
                    .skip(1)
                    .filter_map(|rest| rest.split("fn ").nth(1)?.split('(').next());
                tests.extend(names.map(str::to_owned));
            }
        }
    }
    let list = std::fs::read_to_string(repository("docs/ROBUSTNESS.md")).unwrap();
    let (cases, _) = list.split_once("## Fuzzing").expect("the figures of fuzzing stand last");
    let rows: Vec<&str> = cases.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| case")).collect();
    assert!(rows.len() > 50);
    for row in rows {
        let last = row.trim_end_matches('|').rsplit('|').next().unwrap();
        let named: Vec<&str> = last.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test: {row}");
        for name in named {
            assert!(tests.contains(name), "no test is called {name}");
        }
    }
}
