//! A table in a folder of its own, and what the program says of it.

use crate::support::{Folder, Run};

/// Six rows of three stances, each fit to train on.
pub(crate) const GOOD: &str = "id,text,stance\n1,They agreed to talks.,favor\n2,They refused talks.,against\n\
    3,We agreed to meet.,pro\n4,We refused to meet.,con\n5,It rained on Monday.,neutral\n6,It rained on talks.,none\n";

/// What `train` does with it.
pub(crate) fn trained(name: &str, table: impl AsRef<[u8]>) -> Run {
    let folder = Folder::empty();
    folder.write(name, table);
    folder.run(&format!("train {name} --features words-1 -o m"))
}

/// What `train` says on standard error without failing.
pub(crate) fn notes(name: &str, table: impl AsRef<[u8]>) -> String {
    let run = trained(name, table);
    assert_eq!(run.code, Some(0), "{run:?}");
    run.stderr
}

/// The error with which `train` ends, without a model.
pub(crate) fn complaint(name: &str, table: impl AsRef<[u8]>) -> String {
    let folder = Folder::empty();
    folder.write(name, table);
    let told = folder.run(&format!("train {name} --features words-1 -o m")).complaint();
    assert_eq!(folder.names(), [name], "a failed run leaves nothing");
    told.trim_start_matches("error: ").trim_end().to_owned()
}

/// What `classify` makes of it with the shipped models.
pub(crate) fn scored(name: &str, table: impl AsRef<[u8]>) -> Run {
    let folder = Folder::empty();
    folder.write(name, table);
    folder.run(&format!("classify {name} --text text"))
}
