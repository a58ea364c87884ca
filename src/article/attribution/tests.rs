//! Sentences of the shapes that news writes, with who says them and whose stance they tell.

use crate::analysis::segment::SentenceSegmenter;
use crate::article::Article;
use crate::text::Document;

fn read(text: &str) -> Article {
    Article::read(&Document::new("talks.txt", text), &SentenceSegmenter)
}

/// Speaker and holders of the last statement of `text`, as "speaker: holder, holder"; "-" is nobody.
fn last(text: &str) -> String {
    let article = read(text);
    let statement = article.statements.last().unwrap();
    format!("{}: {}", statement.speaker.as_deref().unwrap_or("-"), statement.holders.join(", "))
}

fn check(cases: &[(&str, &str)]) {
    let found: Vec<String> = cases.iter().map(|(text, _)| last(text)).collect();
    let wrong: Vec<String> = cases
        .iter()
        .zip(&found)
        .filter(|((_, expected), found)| expected != found)
        .map(|((text, expected), found)| format!("{text}\n  expected {expected}\n  found    {found}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_subject_of_the_main_clause_holds_the_stance() {
    check(&[
        ("Oman and Yemen have signaled a new openness to talks.", "-: Oman, Yemen"),
        ("On Friday, Muscat rejected the offer.", "-: Oman"),
        ("In the north, the rebels refused to meet the envoys.", "-: rebels"),
        ("Leaders of Chad, Niger and Mali agreed to a truce.", "-: Chad, Niger, Mali"),
        ("The Omani delegation, tired but cheerful, signed.", "-: Oman"),
        ("The union's refusal to bargain surprised nobody.", "-: union"),
        ("Prices rose in Oman, but Yemen agreed to talks.", "-: Yemen"),
        ("The greatest obstacle to peace is Yemen.", "-: Yemen"),
        ("Violence in Yemen killed nine people.", "-: "),
    ]);
}

#[test]
fn in_the_passive_the_agent_holds_the_stance() {
    check(&[
        ("Oman's offer was rebuffed by the Houthis.", "-: Houthis"),
        ("A plan put forward by Oman was rejected by Yemen on Monday.", "-: Yemen"),
        ("The pact was signed in Muscat.", "-: "),
    ]);
}

#[test]
fn what_is_said_of_another_actor_is_that_actors_stance() {
    check(&[
        ("Anton Belov said Oman is ready for talks.", "Anton Belov: Oman"),
        ("Minister Ann Roe accused Yemen of refusing to negotiate.", "Ann Roe: Yemen"),
        ("Minister Ann Roe deplored Yemen's failure to attend the talks.", "Ann Roe: Yemen"),
        ("Minister Ann Roe accused Yemen of spying.", "Ann Roe: Ann Roe"),
        ("Minister Ann Roe said she would never talk.", "Ann Roe: Ann Roe"),
        ("Minister Ann Roe said Yemen must lay down its arms.", "Ann Roe: Ann Roe"),
        ("According to Ann Roe, Oman wants a truce.", "Ann Roe: Oman"),
    ]);
}

#[test]
fn a_spokesman_speaks_for_those_who_sent_him_and_a_leader_for_himself() {
    check(&[
        (
            "Anton S. Belov, spokesman for the Kremlin, remarked that there is no plan.",
            "Anton S. Belov: Russia",
        ),
        ("Taliban spokesman Karim Belov said the talks were over.", "Karim Belov: Taliban"),
        ("A Turkish official said the road was closed.", "Turkish official: Turkey"),
        (
            "The Omani foreign ministry condemned the attack, calling it “a crime”.",
            "Omani foreign ministry: Oman",
        ),
        ("Omani President Ann Roe rejected the offer.", "-: Ann Roe"),
        ("Omani President Ann Roe expressed the country's readiness for talks.", "Ann Roe: Oman"),
    ]);
}

#[test]
fn the_speaker_stands_before_behind_or_around_the_words() {
    check(&[
        ("“We will talk,” said Ann Roe, the Omani envoy.", "Ann Roe: Oman"),
        ("“We will talk,” Ann Roe said.", "Ann Roe: Ann Roe"),
        ("“We,” Ann Roe said, “will talk.”", "Ann Roe: Ann Roe"),
        ("Ann Roe, who leads the union, told reporters that it was over.", "Ann Roe: Ann Roe"),
        ("The envoy from Oman, Ann Roe, said the road was open.", "Ann Roe: Ann Roe"),
        ("Oman is ready for talks, a senior diplomat said.", "senior diplomat: Oman"),
        ("Gen. Ann Roe (ret.): “It was a fine day.”", "Ann Roe: Ann Roe"),
        ("Mayor Ann Roe shared her optimism, adding, “I hope Oman will agree.”", "Ann Roe: Ann Roe"),
    ]);
}

#[test]
fn quotations_run_on_with_the_same_speaker() {
    check(&[
        ("“We want peace,” Ann Roe said. “Nobody else does.”", "Ann Roe: Ann Roe"),
        ("Ann Roe told the crowd: “It is late. It must end.”", "Ann Roe: Ann Roe"),
        ("Minister Ann Roe criticized the plan.\n\n“Oman has refused it.”", "Ann Roe: Oman"),
        ("Minister Ann Roe spoke.\n\nIt rained all day.\n\nIt was cold.\n\n“No.”", "-: "),
        (
            "A day of talks\n\nMinister Ann Roe on Morning Radio\n\n- “Oman refused.”\n\n- “It was late.”",
            "Ann Roe: Ann Roe",
        ),
        ("MS. ROE: We will talk.\n\nThat is all.\n\nQ: Why?\n\nMS. ROE: We must.", "Roe: Roe"),
    ]);
}

#[test]
fn surnames_titles_and_pronouns_lead_back_to_the_full_name() {
    check(&[
        ("Omani envoy Ann Roe arrived. Roe rejected the plan.", "-: Oman"),
        ("Former President Doe left. He later said the plan was dead.", "Doe: Doe"),
        ("Minister Ann Roe met Mr. Bob Doe. She agreed to a truce.", "-: Ann Roe"),
        ("Omani minister Ann Roe came. The minister rejected the plan.", "-: Ann Roe"),
        ("Minister Karim Çelik left. Celik said no.", "Karim Çelik: Karim Çelik"),
        ("Mayor Ann Roe: “Ms. Doe is a friend. She wants peace.”", "Ann Roe: Doe"),
    ]);
}

#[test]
fn both_sides_are_the_latest_pair() {
    check(&[
        ("Envoys of Oman and Yemen met. Both sides agreed to a truce.", "-: Oman, Yemen"),
        ("Both sides agreed to a truce.", "-: "),
        ("Oman and Yemen met. They agreed to a truce.", "-: Oman, Yemen"),
    ]);
}

#[test]
fn a_statement_is_the_words_of_those_who_sign_it() {
    check(&[
        ("Statement by President Ann Roe on the Truce\n\nI welcome the truce.", "Ann Roe: Ann Roe"),
        (
            "Statement by President Ann Roe on the Truce\n\nAll parties must hold their fire.",
            "Ann Roe: Ann Roe",
        ),
        ("Statement by President Ann Roe on the Truce\n\nOman broke it.", "Ann Roe: Oman"),
        ("Joint Statement by Oman and Yemen\n\nWe agree to:\n\n- release prisoners", "-: Oman, Yemen"),
    ]);
}

#[test]
fn nobody_is_guessed() {
    check(&[
        ("Will Oman agree to talks?", "-: "),
        ("Reuters reported heavy rain.", "-: "),
        ("Reuters reported on Monday that the talks had ended.", "Reuters: "),
        ("The talks ended without progress.", "-: "),
        ("We agree to talks.", "-: "),
    ]);
}

#[test]
fn a_surname_leads_back_to_a_full_name_in_any_position() {
    check(&[
        (
            "Omani officials met Anton S. Belov on Monday. “We wait,” Mr. Belov said.",
            "Anton S. Belov: Anton S. Belov",
        ),
        ("Oman spoke with Marta Vell. “We wait,” Ms. Vell said.", "Marta Vell: Marta Vell"),
        ("Oman gave the plan to Marta Vell. Vell rejected it.", "-: Marta Vell"),
        ("The plan was drawn up by Marta Vell on Monday. “We wait,” Vell said.", "Marta Vell: Marta Vell"),
        (
            "Oman invited Anton Belov, Marta Vell and Karim Doe. “We wait,” Ms. Vell said.",
            "Marta Vell: Marta Vell",
        ),
        ("Marta Vell's plan failed. “We wait,” Vell said.", "Marta Vell: Marta Vell"),
        (
            "Talks to Resume After Marta Vell Visit to Lagos\n\n“We wait,” Ms. Vell said.",
            "Marta Vell: Marta Vell",
        ),
        ("Oman Meets Marta Vell in Lagos\n\nOman was glad. Ms. Vell said no.", "Marta Vell: Marta Vell"),
    ]);
}

#[test]
fn a_bare_office_or_common_noun_is_no_actor() {
    check(&[
        ("The President rejected the offer.", "-: "),
        ("President Ann Roe came. The President rejected the offer.", "-: Ann Roe"),
        ("Bob Doe: “The President wants peace.”", "Bob Doe: Bob Doe"),
        ("“It is late,” a source said.", "-: "),
        ("Minister Ann Roe spoke.\n\n“It is late,” a source said. “It is cold.”", "-: "),
        ("The administration rejected the offer.", "-: "),
        ("Parliament rejected the offer.", "-: "),
        ("Omani parliament rejected the offer.", "-: Oman"),
        ("Liquid fuel gas (LFG) is dear.", "-: "),
        ("The senior diplomat rejected the offer.", "-: senior diplomat"),
    ]);
}

#[test]
fn two_that_act_together_both_hold_the_stance() {
    check(&[
        ("Both Oman and Yemen agreed to a truce.", "-: Oman, Yemen"),
        (
            "Oman and Yemen both signal that they are willing to negotiate, while President Roe urges a truce.",
            "-: Oman, Yemen",
        ),
        ("Muscat and Sanaa Edge Toward Direct Talks\n\nIt rained.\n\nBoth sides agreed.", "-: Oman, Yemen"),
    ]);
    assert_eq!(
        read("Muscat and Sanaa Edge Toward Direct Talks\n\nIt rained.").statements[0].holders,
        ["Oman", "Yemen"]
    );
}

#[test]
fn a_leader_who_warns_of_what_the_own_country_may_do_threatens() {
    check(&[
        (
            "Omani President Ann Roe met Mr. Doe. She warned that Oman could end its mediation.",
            "Ann Roe: Ann Roe",
        ),
        ("President Ann Roe arrived. She also warned that Oman could end its mediation.", "Ann Roe: Ann Roe"),
        ("Omani President Ann Roe warned that Yemen could end its mediation.", "Ann Roe: Yemen"),
        ("Omani President Ann Roe said that Oman could end its mediation.", "Ann Roe: Oman"),
    ]);
}

#[test]
fn people_and_their_offices_are_in_the_roster() {
    let article = read("Anton Belov, spokesman for the Kremlin, said no. Oman's minister Ann Roe said yes.");
    let roster: Vec<(&str, Option<&str>)> =
        article.figures.iter().map(|f| (f.name.as_str(), f.represents.as_deref())).collect();
    assert_eq!(
        roster,
        [("Ann Roe", Some("Oman")), ("Anton Belov", Some("Russia")), ("Oman", None), ("Russia", None)]
    );
}
