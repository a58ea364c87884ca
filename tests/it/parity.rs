//! Against the vectorizers of scikit-learn, feature by feature.
//!
//! `tests/parity/vectorizer.json` is written by `tests/parity/generate_vectorizer.py`, which says how both sides
//! are made to see the same tokens. Solvers, calibrations and metrics have their parity tests beside them in `src/`.

use std::collections::{BTreeMap, BTreeSet};

use demarche::FeatureSet;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    name: String,
    features: String,
    fit: Vec<String>,
    transform: Vec<String>,
    names: BTreeSet<String>,
    rows: Vec<BTreeMap<String, f64>>,
}

#[test]
fn vocabularies_and_values_are_those_of_scikit_learn() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../parity/vectorizer.json")).unwrap();
    assert_eq!(cases.len(), 7);
    for case in cases {
        let toml = format!("name = \"parity\"\n{}", case.features);
        let set = FeatureSet::from_toml(&toml, &case.name).unwrap();
        let vectorizer = set.fit(case.fit.iter().map(String::as_str)).unwrap();
        let names = vectorizer.feature_names().unwrap();
        let ours: BTreeSet<String> = names.iter().map(|n| (*n).to_owned()).collect();
        let one_sided: Vec<&String> = ours.symmetric_difference(&case.names).collect();
        assert!(one_sided.is_empty(), "{}: only on one side: {one_sided:?}", case.name);

        let x = vectorizer.transform(case.transform.iter().map(String::as_str));
        for (i, (text, expected)) in case.transform.iter().zip(&case.rows).enumerate() {
            let row: BTreeMap<&str, f64> = x.row(i).iter().map(|(column, v)| (names[column], v)).collect();
            assert!(row.keys().eq(expected.keys()), "{}: {text:?}: {row:?} against {expected:?}", case.name);
            for (name, value) in expected {
                let found = row[name.as_str()];
                let place = format!("{}: {text:?}: {name:?}", case.name);
                assert!((found - value).abs() < 1e-6, "{place}: {found} against {value}");
            }
        }
    }
}
