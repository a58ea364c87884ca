//! Sentences of the shapes that news writes, with who says them and whose stance they tell.

mod press;
mod unseen;
mod wire;

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
fn whoever_holds_an_office_speaks_for_those_behind_it() {
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
        ("Omani President Ann Roe rejected the offer.", "-: Oman"),
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
        ("The envoy from Oman, Ann Roe, said the road was open.", "Ann Roe: Oman"),
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
        ("Omani minister Ann Roe came. The minister rejected the plan.", "-: Oman"),
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
            "Oman and Yemen: Oman, Yemen",
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
            "Ann Roe: Oman",
        ),
        ("President Ann Roe arrived. She also warned that Oman could end its mediation.", "Ann Roe: Oman"),
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

#[test]
fn an_office_belongs_to_the_body_that_stands_near_it() {
    check(&[
        ("The Dune Front stayed. “We wait,” its negotiator, Ann Roe, said.", "Ann Roe: Dune Front"),
        ("“We wait,” said Ann Roe, who leads the Dune Front team.", "Ann Roe: Dune Front"),
        ("“We wait,” said Bo D., 24, of the Dune Youth League.", "Bo D.: Dune Youth League"),
        ("“We wait,” said Ann Roe, a former cook who heads the Omani delegation.", "Ann Roe: Oman"),
        ("Ann Roe of the breakaway Dune Front left. “We wait,” she said.", "Ann Roe: Dune Front"),
        (
            "An Omani mediator came. The mediator, Gen. Bob Doe, said with a laugh: “We wait.”",
            "Bob Doe: Oman",
        ),
        ("Dune Ferries is in debt. “We wait,” said chief executive Bob Doe.", "Bob Doe: Dune Ferries"),
        (
            "Shop steward Ann Roe said the Dockers’ Union was ready. “We wait,” she said.",
            "Ann Roe: Dockers’ Union",
        ),
        (
            "Ann Roe is here. She has led the Dune Front since May. “We wait,” Roe said.",
            "Ann Roe: Dune Front",
        ),
        ("“We wait,” said Ann Roe, a retired Omani officer.", "Ann Roe: Ann Roe"),
        ("“We wait,” said Prof. Ann Roe of the University of Lagos.", "Ann Roe: Ann Roe"),
        ("“We wait,” said Oman's negotiator, Dr. Ann Roe.", "Ann Roe: Oman"),
    ]);
}

#[test]
fn organisations_are_known_by_initials_parts_and_class() {
    check(&[
        ("The Dune Liberation Front (DLF) left. The DLF refused to talk.", "-: Dune Liberation Front"),
        ("The Dune Liberation Front left. The Front refused to talk.", "-: Dune Liberation Front"),
        ("Dune Ferries and the Dockers’ Union met. The company refused to talk.", "-: Dune Ferries"),
        (
            "The Labour List and the Green League met late yesterday. Labour refused to talk.",
            "-: Labour List",
        ),
        ("Crews of Dune Ferries met. The company refused to talk.", "-: Dune Ferries"),
        (
            "The European Union met Mercosur. Mercosur envoy Ann Roe said the bloc was ready for talks.",
            "Ann Roe: Mercosur",
        ),
        (
            "Dune Army chief Bob Doe, known as the General, met the Dune People's Party. The party refused to talk.",
            "-: Dune People's Party",
        ),
    ]);
}

#[test]
fn a_name_is_a_state_a_body_or_a_person_by_all_its_uses() {
    check(&[
        ("Tarn's prime minister came from Tarn. Tarn refused to talk.", "-: Tarn"),
        ("They came from Tarn. “No,” said Tarn's foreign minister, Ann Roe.", "Ann Roe: Tarn"),
        ("Mr. Tarn came. Tarn refused to talk.", "-: Tarn"),
        ("Farmer Ann Roe said she would talk.", "Ann Roe: Ann Roe"),
        ("Headwoman Ann Roe came. Roe refused to talk.", "-: Ann Roe"),
    ]);
}

#[test]
fn someone_without_a_name_speaks_under_a_description() {
    check(&[
        ("A nurse at the clinic said she had run out of beds.", "nurse at the clinic: nurse at the clinic"),
        (
            "Two officials familiar with the talks said it was late.",
            "two officials familiar with the talks: two officials familiar with the talks",
        ),
        (
            "European diplomats said it was late. One of them accused Oman of stalling.",
            "European diplomat: Oman",
        ),
        (
            "A Turkish official said it was late. The same official said Oman would come.",
            "Turkish official: Oman",
        ),
        ("A woman who gave her name as Umm Said said she would talk.", "Umm Said: Umm Said"),
        ("The prospect of talks points to a thaw.", "-: "),
        ("As it rains, the prospect of renewed talks raises hopes and points to the power of Oman.", "-: "),
        (
            "Both Oman and Yemen hint at a willingness to talk as President Roe calls for an end.",
            "-: Oman, Yemen",
        ),
        ("“Sign it,” said a baker who gave her name as Ann.", "Ann: Ann"),
        ("“Sign it,” said the Dune Front's negotiator, Ann Roe.", "Ann Roe: Dune Front"),
        ("The report said it was late.", "-: "),
    ]);
}

#[test]
fn beside_a_quotation_any_verb_is_one_of_saying() {
    check(&[
        ("“No,” Ann Roe snaps in the corridor.", "Ann Roe: Ann Roe"),
        ("“No!” roared Minister Ann Roe.", "Ann Roe: Ann Roe"),
        ("“No deal” is how Ann Roe, the Omani envoy, put it.", "Ann Roe: Oman"),
        ("A second envoy disagreed: “They want to buy.”", "second envoy: second envoy"),
        ("In an open letter the Dune League said: “We beg you to talk.”", "Dune League: Dune League"),
        ("The Dune League wrote:\n\nWe ask you to talk. It is late.", "Dune League: Dune League"),
    ]);
}

#[test]
fn an_act_is_not_an_utterance() {
    check(&[
        ("Oman answered with new tariffs.", "-: Oman"),
        ("Oman offered to mediate.", "-: Oman"),
        ("Oman urged both sides to talk.", "Oman: Oman"),
        ("Oman doubted that the text could be ready.", "Oman: Oman"),
        ("Oman called on Yemen to talk.", "Oman: Oman"),
        ("Oman made clear that it would talk.", "Oman: Oman"),
        ("Kyiv accused Moscow of refusing to talk.", "Kyiv: Russia"),
    ]);
}

#[test]
fn in_a_transcript_the_one_whose_turn_it_is_speaks() {
    check(&[
        (
            "Ann Roe spoke to Bob Doe.\n\nROE: We wait.\n\nDOE: They tell us that Oman refuses.",
            "Bob Doe: Oman",
        ),
        ("MS. ROE: We wait.\n\nPhotograph: Ann Roe at noon", "Ann Roe: Ann Roe"),
        ("Ann Roe, the Omani envoy, answers.\n\nQ: Why?\n\nA: We wait.", "Ann Roe: Oman"),
        ("ROE: We wait.\n\nAfter the talk Oman's ministry said it was late.", "Oman's ministry: Oman"),
    ]);
}

#[test]
fn a_sentence_is_split_where_another_actor_acts() {
    let parts = |text: &str| -> Vec<String> {
        let article = read(text);
        article
            .statements
            .iter()
            .map(|s| format!("{} {} {}", s.sentence, s.holders.join(", "), s.text))
            .collect()
    };
    assert_eq!(
        parts("It rained. Oman accepted the truce, but Yemen turned it down."),
        ["0  It rained.", "1 Oman Oman accepted the truce", "1 Yemen but Yemen turned it down."]
    );
    assert_eq!(
        parts("Oman left the talks; the Dune Front stayed in the room."),
        ["0 Oman Oman left the talks", "0 Dune Front the Dune Front stayed in the room."]
    );
    for whole in [
        "Oman accepted the truce, but it wants more.",
        "Oman said Yemen accepted the truce, but Qatar refused it.",
        "Oman and Yemen met, and rain fell.",
        "“Oman accepted the truce, but Yemen refused it,” Ann Roe said.",
    ] {
        assert_eq!(parts(whole).len(), 1, "{whole}");
    }
}
