//! Shapes of wires, press offices, interviews and opinions that showed up in plain copy.

use super::{check, read};

/// Speaker and holders of each statement of `text` but the first.
fn check_all(text: &str, expected: &[&str]) {
    let article = read(text);
    let told = |s: &crate::text::Statement| {
        format!("{}: {}", s.speaker.as_deref().unwrap_or("-"), s.holders.join(", "))
    };
    let found: Vec<String> = article.statements.iter().skip(1).map(told).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn titles_that_stand_before_a_name_are_no_part_of_it() {
    check(&[
        ("Ombudswoman Ann Roe said talks would resume.", "Ann Roe: Ann Roe"),
        ("Opposition MP Bob Doe said talks would resume.", "Bob Doe: Bob Doe"),
        ("Oman's ambassador to Mali, Ann Roe, said talks would resume.", "Ann Roe: Oman"),
        ("Omani deputy water and energy minister Ann Roe said talks would resume.", "Ann Roe: Oman"),
        (
            "The U.N. special representative in Mali, Ann Roe, said talks would resume.",
            "Ann Roe: United Nations",
        ),
        ("Tarn President Ann Roe said talks would resume.", "Ann Roe: Tarn"),
        ("Dune Ferries managing director Ann Roe said talks would resume.", "Ann Roe: Dune Ferries"),
        ("Chief engineer and union delegate Ann Roe said talks would resume.", "Ann Roe: Ann Roe"),
        ("Ann Roe of the centrist Democratic Center refused to talk.", "-: Democratic Center"),
    ]);
}

#[test]
fn bodies_are_called_by_the_fullest_name_that_is_sure() {
    check(&[
        ("Oman's army left. Oman's army met the rebels. The army said it would stay.", "Oman's army: Oman"),
        ("Oman closed the border, the country's interior minister said.", "Oman's interior minister: Oman"),
        (
            "North Korea met South Korea. The North's foreign ministry said talks would resume.",
            "North Korea's foreign ministry: North Korea",
        ),
        (
            "The terminal operator, Gulf Gate Terminals, left. Gulf Gate said it would stay.",
            "Gulf Gate Terminals: Gulf Gate Terminals",
        ),
        ("The Tripoli-based Bakers' Union said it would stay.", "Bakers' Union: Bakers' Union"),
        ("The Dune Tribe and Tarn Power refused to talk.", "-: Dune Tribe, Tarn Power"),
    ]);
}

#[test]
fn who_ends_the_sentence_says_it() {
    check(&[
        ("Oman praised “both sides”, its foreign ministry said.", "Oman's foreign ministry: Oman"),
        ("Oman has asked for more time, according to the envoys.", "envoys: Oman"),
        ("The union hit back, saying the Dune Front had stalled.", "union: union"),
        ("It was more than most people in Minsk had expected.", "-: "),
    ]);
}

#[test]
fn a_headline_means_whom_the_text_names() {
    check_all(
        "Talks\n\nOman met the mayors.\n\n## Mayors ask for a truce\n\nMayors of five towns said talks should resume.\n",
        &[
            "-: Oman",
            "mayors of five towns: mayors of five towns",
            "mayors of five towns: mayors of five towns",
        ],
    );
}

#[test]
fn who_signs_a_statement_on_a_country_is_not_that_countrys() {
    check_all(
        "Statement by President Ann Roe on the Crisis in Mali\n\nI welcome the truce in Mali.\n\n\
         Mali has suffered.\n\nThe United States urges all sides to talk.\n",
        &["Ann Roe: United States", "Ann Roe: Mali", "United States: United States"],
    );
}

#[test]
fn in_an_interview_one_asks_and_one_answers() {
    check_all(
        "The interview\n\nChairwoman Ann Roe leads the fund. She spoke to Bob Doe over tea.\n\nQ: Will you talk?\n\n\
         A: We told Carl Poe no.\n\nQ: Carl Poe says you must.\n\nA: I have closed the door.\n",
        &[
            "-: Ann Roe",
            "-: Ann Roe",
            "Bob Doe: ",
            "Ann Roe: Ann Roe",
            "Bob Doe: Carl Poe",
            "Ann Roe: Ann Roe",
        ],
    );
}

#[test]
fn an_opinion_is_its_authors() {
    check_all(
        "OPINION\n\nLeave the table\n\nAnn Roe – Contributed to the Courier\n\nI no longer believe in the talks.\n\n\
         There is nothing to discuss.\n\nOman refused to talk.\n",
        &["-: ", "-: Ann Roe", "-: Ann Roe", "-: Oman"],
    );
}
