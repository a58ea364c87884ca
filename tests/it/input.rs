//! What `classify` reads: pages, encodings, gzip data, folders, lines of JSON.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};

use crate::support::{Folder, Run, repository};

const TALKS: &str = "Talks open\n\nBoth sides agreed to meet again on Monday.\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn page() -> Vec<u8> {
    std::fs::read(repository("tests/data/pages/broadcaster.html")).unwrap()
}

#[test]
fn a_page_is_read_for_its_article_and_its_offsets_point_into_the_text_given() {
    let folder = Folder::furnished();
    folder.write("page.html", page());
    let run = folder.run("classify page.html --model stance.model --format json");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), "page.html: kept 0.8 of 1.9 kB of text\n"));
    let document = &serde_json::from_str::<serde_json::Value>(&run.stdout).unwrap()["documents"][0];
    assert_eq!(document["title"], "Ferry talks resume after a night of shelling");
    assert_eq!(
        (&document["date"], &document["byline"]),
        (&"2025-04-22".into(), &"Hanne Terlouw, Odo Mbeki".into())
    );
    let text = document["text"].as_str().unwrap();
    for statement in document["statements"].as_array().unwrap() {
        let at = |key: &str| statement[key].as_u64().unwrap() as usize;
        assert_eq!(&text[at("start")..at("end")], statement["text"]);
    }
    assert!(
        folder.json("classify article.txt --model stance.model --format json")["documents"][0]["text"]
            .is_null()
    );
}

#[test]
fn a_page_is_known_by_its_content_and_gzip_data_too() {
    let folder = Folder::furnished();
    let args = "--model stance.model --format csv";
    folder.write("page.html", page());
    folder.write("page.txt", page());
    folder.write("page.html.gz", gzip(&page()));
    let named = folder.run(&format!("classify page.html {args}")).stdout;
    for name in ["page.txt", "page.html.gz"] {
        let run = folder.run(&format!("classify {name} {args}"));
        assert_eq!(run.stdout.replace(name, "page.html"), named);
    }
    let piped = Run::of(folder.demarche(&format!("classify - {args}")).write_stdin(gzip(&page())));
    assert_eq!(piped.stdout.replace("\n-,", "\npage.html,"), named);
}

#[test]
fn texts_of_other_encodings_are_read_and_said_so() {
    let folder = Folder::furnished();
    let args = "--model stance.model --format csv";
    folder.write("a.txt", b"The caf\xe9s agreed to talks.");
    folder.write(
        "b.txt",
        [b"\xff\xfe".to_vec(), "They agreed.".bytes().flat_map(|b| [b, 0]).collect()].concat(),
    );
    let run = folder.run(&format!("classify a.txt {args}"));
    assert!(run.stdout.contains("The cafés agreed to talks."), "{run:?}");
    assert_eq!(run.stderr, "a.txt: not UTF-8, read as windows-1252\n");
    assert_eq!(folder.run(&format!("classify b.txt {args}")).stderr, "b.txt: read as UTF-16LE\n");
    let both = folder.run(&format!("classify a.txt b.txt {args}")).stderr;
    assert_eq!(both, "2 texts are not plain UTF-8; the first is a.txt: not UTF-8, read as windows-1252\n");
}

#[test]
fn a_folder_is_read_whatever_is_wrong_with_some_of_its_files() {
    let folder = Folder::furnished();
    std::fs::create_dir_all(folder.path("news/sub")).unwrap();
    let whole = gzip(TALKS.as_bytes());
    folder.write("news/a.txt.gz", &whole);
    folder.write("news/b.txt.gz", &whole[..whole.len() - 9]);
    folder.write("news/c.txt", b"bin\0ary");
    folder.write("news/d.htm", page());
    folder.write("news/e.jsonl", "{\"id\": 7, \"text\": \"They agreed.\"}\n\n{\"texts\": \"\"}\nnot json\n");
    folder.write("news/photo.jpg", "");
    folder.write("news/README.txt", "About this folder.");
    folder.write("news/sub/f.md", TALKS);
    let run = folder.run("classify news --model stance.model --format csv");
    assert_eq!(run.code, Some(0));
    let documents: Vec<&str> = run.stdout.lines().skip(1).filter_map(|l| l.split(',').next()).collect();
    let mut names = documents.clone();
    names.dedup();
    assert_eq!(names, ["news/a.txt.gz", "news/d.htm", "7", "news/sub/f.md"]);
    insta::assert_snapshot!("folder_notes", run.stderr);
    let error = folder.run("classify news/b.txt.gz --model stance.model").complaint();
    assert_eq!(
        error,
        "error: news/b.txt.gz: expected a whole gzip file, found gzip data that is cut short\n"
    );
}

#[test]
fn lines_of_json_are_articles_if_they_look_like_articles() {
    let folder = Folder::furnished();
    let args = "--model stance.model --format json";
    folder.write(
        "news.jsonl",
        "{\"text\": \"They agreed to talks. It rained.\", \"title\": \"Talks open\", \"date\": \"3 May 2024\", \"author\": \"By Ann Roe\"}\n\
         {\"url\": \"x.example/2\", \"text\": \"They met.\"}\n",
    );
    let run = folder.run(&format!("classify news.jsonl {args}"));
    assert_eq!(run.stderr, "news.jsonl: read as an article a line; to score its rows, add --text text\n");
    let output: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let first = &output["documents"][0];
    assert_eq!(first["document"], "news.jsonl:1");
    assert_eq!([&first["title"], &first["date"], &first["byline"]], ["Talks open", "2024-05-03", "Ann Roe"]);
    assert_eq!(first["statements"].as_array().unwrap().len(), 2);
    assert_eq!(output["documents"][1]["document"], "x.example/2");
    folder.write("one.jsonl", folder.read("news.jsonl").split(|b| *b == b'\n').next().unwrap());
    let rows = folder.json(&format!("classify one.jsonl --text text {args}"));
    assert_eq!(rows["documents"][0]["statements"].as_array().unwrap().len(), 1);
    folder.write("rows.jsonl", "{\"text\": \"They agreed to talks.\", \"date\": \"2024-05-03\"}\n");
    assert_eq!(folder.json(&format!("classify rows.jsonl {args}"))["documents"][0]["document"], "1");
    folder.write("bad.jsonl", "{\"text\": \"They met.\", \"title\": \"Talks\"}\n{\"title\": \"Talks\"}\n");
    let error = folder.run(&format!("classify bad.jsonl {args}"));
    assert_eq!(error.code, Some(2));
    assert!(error.stderr.ends_with("error: bad.jsonl:2: expected an object with a `text`, found none\n"));
}

#[test]
fn names_of_ones_own_join_the_shipped_table_of_actors() {
    let folder = Folder::furnished();
    folder.write("talks.txt", "Talks open\n\nPort Tarn refused to meet the Tarnish envoy on Monday.\n");
    folder.write("names.csv", "name,kind,adjectives,aliases\nTarn,state,Tarnish,Port Tarn\n");
    let args = "classify talks.txt --model stance.model --format jsonl";
    let holder = |args: &str| {
        let run = folder.run(args);
        let last = run.stdout.lines().last().unwrap().to_owned();
        serde_json::from_str::<serde_json::Value>(&last).unwrap()["holder"].clone()
    };
    assert_ne!(holder(args), "Tarn");
    assert_eq!(holder(&format!("{args} --actor-names names.csv")), "Tarn");
    folder.write("names.csv", "name,kind,adjectives,aliases\nTarn,land,,\n");
    let run = folder.run(&format!("{args} --actor-names names.csv"));
    let message = "names.csv:2: expected name,state|group,adjectives,aliases, found Tarn,land,,";
    assert!(run.code == Some(2) && run.stderr.contains(message), "{}", run.stderr);
}
