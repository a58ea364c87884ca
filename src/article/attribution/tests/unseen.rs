//! Shapes that agencies, press offices, broadcasters and local papers use beside the plain ones.

use super::{check, read};

/// Speaker and holders of each statement of `text` but the headline.
fn check_all(text: &str, expected: &[&str]) {
    let article = read(text);
    let found: Vec<String> = article
        .statements
        .iter()
        .skip(1)
        .map(|s| format!("{}: {}", s.speaker.as_deref().unwrap_or("-"), s.holders.join(", ")))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_tag_at_the_end_says_all_of_the_sentence() {
    check(&[
        ("Oman welcomed the truce, its foreign ministry said on Monday.", "Oman's foreign ministry: Oman"),
        ("Oman met Yemen, a charge the army denies.", "-: Oman"),
        ("Talks are over, Ann Roe, the envoy of Oman, told the BBC.", "Ann Roe: Oman"),
    ]);
}

#[test]
fn words_are_told_from_acts() {
    check(&[
        ("Envoy Ann Roe ruled out a meeting.", "Ann Roe: Ann Roe"),
        ("Envoy Ann Roe dismissed the demand as an excuse.", "Ann Roe: Ann Roe"),
        ("Envoy Ann Roe rejected suggestions that she was paid.", "Ann Roe: Ann Roe"),
        ("Envoy Ann Roe rejected the offer within hours.", "-: Ann Roe"),
        ("Chad announced the reopening of its border.", "Chad: Chad"),
        ("Oman would not say whether it had met the rebels.", "-: Oman"),
        ("Oman will report to parliament on Tuesday.", "-: Oman"),
        ("Shoppers fear that prices will rise.", "-: "),
        ("Blaming what its leader called “a wall”, the party left.", "-: party"),
    ]);
}

#[test]
fn a_verb_that_describes_its_noun_governs_nothing() {
    check(&[
        (
            "The families of sailors held off Oman called for help.",
            "families of sailors held off Oman: families of sailors held off Oman",
        ),
        ("Members of the Bakers' Union voted by 96% to accept the offer.", "-: Bakers' Union"),
        (
            "The plan is dead, according to two people close to the talks.",
            "two people close to the talks: two people close to the talks",
        ),
    ]);
}

#[test]
fn listeners_stand_between_the_verb_and_what_is_said() {
    check(&[
        ("A Hamas official told Reuters the Houthis had accepted the list.", "Hamas official: Houthis"),
        (
            "Officials said Monday they had opened talks with Oman, as parents pleaded with them.",
            "officials: officials",
        ),
    ]);
}

#[test]
fn partisans_do_not_speak_for_their_state() {
    check(&[
        ("Omani opposition leaders refused to talk.", "-: Omani opposition leaders"),
        (
            "Israel met Hamas. Far-right minister Bob Doe threatened to quit the cabinet if it signed.",
            "-: Bob Doe",
        ),
        ("Omani minister Bob Doe, whose far-right party has six seats, left the talks.", "-: Bob Doe"),
        ("Oman met Yemen. U.S. Sen. Ann Roe offered to host talks.", "-: Ann Roe"),
    ]);
}

#[test]
fn bodies_are_known_by_what_stands_beside_them() {
    check(&[
        ("DuneLink, the utility that owns the dam, said it would stay.", "DuneLink: DuneLink"),
        ("Radio Mali said the chiefs had met.", "Radio Mali: chiefs"),
        ("Members of Tarlef left. The union's leader Ann Roe said talks would resume.", "Ann Roe: Tarlef"),
        (
            "The bakers' guild met on Monday. Guild negotiator Ann Roe said talks would resume.",
            "Ann Roe: bakers' guild",
        ),
        ("The Tarn National Liberation Army refused to talk.", "-: Tarn National Liberation Army"),
        (
            "The Union of Coastal Unions met. Union of Coastal Unions chiefs refused to talk.",
            "-: Union of Coastal Unions",
        ),
        ("Comrade Sunday Roe said talks would resume.", "Sunday Roe: Sunday Roe"),
        ("Minister of Foreign Affairs Ann Roe said talks would resume.", "Ann Roe: Ann Roe"),
        ("“It is late,” Ann, a 27-year-old baker, told the BBC.", "Ann: Ann"),
    ]);
}

#[test]
fn a_crosshead_has_the_speaker_of_the_words_it_quotes() {
    check_all(
        "Talks end\n\nOman left the room.\n\n‘No more tea’\n\n“There will be no more tea,” envoy Ann Roe said.\n",
        &["-: Oman", "Ann Roe: Oman", "Ann Roe: Oman"],
    );
}

#[test]
fn a_letterhead_tells_for_whom_offices_are_held() {
    check_all(
        "Department of State Noon Briefing, May 6\n\nSpokesperson Ann Roe signed.\n\nMS. ROE: We are ready to talk.\n",
        &["-: United States", "Ann Roe: United States"],
    );
}

#[test]
fn members_act_for_their_union_and_both_sides_are_those_it_is_about() {
    check_all(
        "Talks\n\nThe Teachers' Union met Dune School District.\n\nDune School District met the Teachers' Union.\n\n\
         Dune School District visited the Teachers' Union.\n\nTeachers rejected the offer.\n\n\
         Both sides agreed to meet.\n",
        &[
            "-: Teachers' Union",
            "-: Dune School District",
            "-: Dune School District",
            "-: Teachers' Union",
            "-: Dune School District, Teachers' Union",
        ],
    );
}
