//! Texts, ids and file names that would be code elsewhere: in spreadsheets and on pages.

use crate::support::Folder;

const FORMULA: &str = "=HYPERLINK(\"\"http://evil.example/\"\",\"\"x\"\")";

#[test]
fn csv_holds_what_the_table_held_unless_it_is_asked_to_be_safe_for_spreadsheets() {
    let folder = Folder::furnished();
    folder.write("t.csv", format!("id,text,=note\n\"{FORMULA}\",@They agreed.,-1\n+2,They refused.,-x\n"));
    let plain = folder.stdout("classify t.csv --model stance.model");
    assert!(
        plain.starts_with("id,text,=note,stance,")
            && plain.contains(&format!("\n\"{FORMULA}\",@They agreed.,-1,"))
    );
    let safe = folder.stdout("classify t.csv --model stance.model --excel-safe");
    assert!(safe.starts_with("id,text,'=note,stance,"), "{safe}");
    assert!(safe.contains(&format!("\n\"'{FORMULA}\",'@They agreed.,-1,")), "{safe}");
    assert!(safe.contains("\n+2,They refused.,'-x,against,-"), "{safe}");
    folder.write("a.txt", "=cmd() agreed to talks, the envoy said.\n\n+Both sides met.\n");
    let safe =
        folder.stdout("classify a.txt --model stance.model --format csv --excel-safe --actors actors.csv");
    assert!(safe.contains(",'+Both sides met.,"), "{safe}");
    let error = folder.run("classify a.txt --model stance.model --format json --excel-safe").complaint();
    assert_eq!(error, "error: --excel-safe is for CSV, found --format json\n");
}

/// What a page must not let through, in a text, an id and a file name.
const ATTACKS: [&str; 6] = [
    "<script>document.title='gone'</script>",
    "<img src=x onerror=\"document.title='gone'\">",
    "<a href=\"javascript:document.title='gone'\">a link</a>",
    "</title></style></svg><script>document.title='gone'</script>",
    "\u{202e}gnp.exe\u{202c} and \u{2067}more",
    "&lt;script&gt;&#60;b&#62;",
];

#[test]
fn nothing_in_texts_ids_and_file_names_is_markup_on_a_page() {
    let folder = Folder::furnished();
    let text = ATTACKS
        .map(|attack| format!("{attack} President {attack} agreed to talks, said {attack}.\n\n"))
        .concat();
    let name = "<script>alert(1)<!--\" onload=\"x.txt";
    folder.write("a.txt", format!("{}\n\n{text}", ATTACKS[3]));
    folder.write("talk.csv", {
        let rows: String = (ATTACKS.iter().enumerate())
            .map(|(n, attack)| {
                let cell = attack.replace('"', "\"\"");
                format!("\"{cell}\",\"{cell} They agreed.\",{},\"{cell}\"\n", ["favor", "against"][n % 2])
            })
            .collect();
        format!("id,text,stance,<blink>\n{rows}")
    });
    std::fs::rename(folder.path("a.txt"), folder.path("<script>alert(1)<!--\" onload=\"x.txt")).unwrap();
    let page = |args: &[&str]| {
        let run = crate::support::Run::of(folder.demarche("").args(args));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        run.stdout
    };
    for html in [
        page(&["classify", name, "article.txt", "--model", "stance.model", "--format", "html"]),
        page(&["classify", name, "--model", "stance.model", "--format", "html"]),
        page(&[
            "evaluate",
            "talk.csv",
            "--model",
            "stance.model",
            "--by",
            "<blink>",
            "--errors",
            "9",
            "--format",
            "html",
        ]),
    ] {
        assert!(html.contains(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        ));
        let lower = html.to_lowercase();
        for forbidden in
            ["<script", "<img", "<iframe", "<object", "<link", "<base", "href=\"javascript", "<blink"]
        {
            assert!(!lower.contains(forbidden), "{forbidden}");
        }
        for tag in html.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
            let outside: String = tag.split('"').step_by(2).collect();
            assert!(!outside.contains(" on"), "an attribute that is code: {tag}");
        }
    }
}
