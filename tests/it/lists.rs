//! Lists of a user's own: lexicons in a feature set, names of actors.

use crate::support::Folder;

const SET: &str = "name = \"x\"\ngroups = [{ lexicon = { name = \"stance\", file = \"list.csv\" } }]";

/// The error with which training ends where this is the lexicon.
fn lexicon(list: impl AsRef<[u8]>) -> String {
    let folder = Folder::furnished();
    folder.write("set.toml", SET);
    folder.write("list.csv", list);
    folder.run("train talks.csv --features set.toml -o m").complaint()
}

/// The error with which a reading ends where these are the names of actors.
fn actors(list: impl AsRef<[u8]>) -> String {
    let folder = Folder::furnished();
    folder.write("list.csv", list);
    folder.run("classify article.txt --model stance.model --actor-names list.csv").complaint()
}

#[test]
fn a_list_of_ones_own_that_cannot_be_read_is_named_with_its_line() {
    let row = "a row `term,category,role` (plain, mark, toward, away, shift, topic, other)";
    for (list, place, found) in [
        (&b""[..], "list.csv", "no row"),
        (b"term,category,role\n", "list.csv", "no row"),
        (b"term,category\na,b\nc\n", "list.csv:3", "1 cells under 2 columns"),
    ] {
        assert_eq!(lexicon(list), format!("error: {place}: expected {row}, found {found}\n"));
    }
    let odd = lexicon("term,category,role\na,b,odd\n");
    assert!(
        odd.starts_with(&format!("error: list.csv:2: expected {row}, found ")) && odd.contains("`odd`"),
        "{odd}"
    );
    let misspelt = lexicon("term,categroy\na,b\n");
    assert!(misspelt.contains("unknown field `categroy`"), "{misspelt}");
    let utf8 = |line, byte| format!("error: list.csv:{line}: expected UTF-8 text, found byte 0x{byte}\n");
    assert_eq!(lexicon(b"term,category\ncaf\xe9,b\n"), utf8(2, "e9"));
    assert_eq!(lexicon(b"\xff\xfet\0e\0"), utf8(1, "ff"));
    assert_eq!(actors(b"name,kind,adjectives,aliases\nCaf\xe9,state,,\n"), utf8(2, "e9"));
    let header = "name,kind,adjectives,aliases";
    assert_eq!(actors(" \n"), format!("error: list.csv: expected {header}, found an empty file\n"));
    assert_eq!(actors("name;kind\n"), format!("error: list.csv:1: expected {header}, found name;kind\n"));
    let folder = Folder::furnished();
    folder.write("set.toml", SET);
    std::fs::create_dir(folder.path("list.csv")).unwrap();
    let told = folder.run("train talks.csv --features set.toml -o m").complaint();
    assert!(told.starts_with("error: list.csv: "), "{told}");
}

#[test]
fn a_lexicon_has_as_many_categories_as_can_be_told_apart() {
    let list = |n: usize| (0..n).fold("term,category\n".to_owned(), |list, i| list + &format!("w{i},c{i}\n"));
    assert_eq!(
        lexicon(list(65_537)),
        "error: set.toml: parameter `lexicon`: expected at most 65536 categories, found 65537\n"
    );
    let many: String = "w,c\n".repeat(262_145);
    assert_eq!(
        lexicon(format!("term,category\n{many}")),
        "error: set.toml: parameter `lexicon`: expected at most 262144 entries, found 262145\n"
    );
}
