//! The plain shapes of agency copy: who speaks, and whose stance it is.

use super::{check, read};

/// Each sentence stands in a report of its own, behind a headline and a line of background.
fn check_speakers(cases: &[(&str, &str)]) {
    let speaker = |text: &str| {
        let article = read(&format!("Report\n\nSomething happened in the hills.\n\n{text}\n"));
        article.statements.last().and_then(|s| s.speaker.clone()).unwrap_or_else(|| "-".to_owned())
    };
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, speaker(text)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(text, expected, found)| format!("{text}\n  expected {expected}\n  found    {found}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_tag_of_a_quotation_names_its_speaker() {
    check_speakers(&[
        ("“It was an act,” Mayor Bill Loe said.", "Bill Loe"),
        ("“It was an act,” Bill Loe said.", "Bill Loe"),
        ("“It is over,” Justice Minister Paul Hill said.", "Paul Hill"),
        ("“It is over,” said Gov. Deborah Lake.", "Deborah Lake"),
        ("“It is over,” police Chief Chuck Jordan said Monday.", "Chuck Jordan"),
        ("“It is over,” said Prime Minister Abdul Rahman al-Sharif.", "Abdul Rahman al-Sharif"),
        ("“It is over,” said Juan de la Cruz Ortega, a union organiser.", "Juan de la Cruz Ortega"),
        ("“We will not go,” said Ann Roe, a spokeswoman for the rebels, on Tuesday.", "Ann Roe"),
        (
            "“We will not go,” a spokesman for the Defence Ministry, Bob Doe, told state television.",
            "Bob Doe",
        ),
        ("“We will not go,” the ministry's spokesman, Bob Doe, told state television.", "Bob Doe"),
        ("“We will not go,” Defence Ministry spokesman Bob Doe told state television.", "Bob Doe"),
        ("“Both sides must talk,” EU foreign policy chief Ann Roe said on X.", "Ann Roe"),
        ("Asked whether he would attend, President Bob Doe said: “We'll see.”", "Bob Doe"),
        ("“They came at night,” said Ann Roe, 43.", "Ann Roe"),
        ("“They came at night,” said 43-year-old Ann Roe.", "Ann Roe"),
        ("“They came at night,” said Ann Roe, whose house was burned.", "Ann Roe"),
        ("“They came at night,” recalled Ann Roe, sitting outside her house.", "Ann Roe"),
        ("“They came at night,” one resident said.", "resident"),
        ("“They came at night,” a woman who gave her name as Ann said.", "Ann"),
        ("“The plan is dead,” the group said in a statement.", "-"),
        ("“The plan is dead,” the statement said.", "-"),
        ("“The offer is fair,” the company said in a statement.", "-"),
        ("Supreme Leader Ayatollah Bob Doe on Wednesday rejected talks as “poison”.", "Bob Doe"),
        ("“No talks,” Iran's supreme leader said on Wednesday.", "Iran's supreme leader"),
    ]);
}

#[test]
fn told_and_according_to_name_the_speaker() {
    check_speakers(&[
        ("Trains will run, union leaders told reporters on Monday.", "union leaders"),
        ("Trains will run, Ann Roe told reporters on Monday.", "Ann Roe"),
        (
            "Nothing is settled, two people familiar with the talks told the newspaper.",
            "two people familiar with the talks",
        ),
        ("State Department spokesman Bob Doe told reporters the plan was dead.", "Bob Doe"),
        ("The plan, according to Ann Roe, is dead.", "Ann Roe"),
        (
            "The plan is dead, according to a senior administration official.",
            "senior administration official",
        ),
        ("According to the United Nations, the plan is dead.", "United Nations"),
        ("The plan is dead, according to the U.N. refugee agency.", "U.N. refugee agency"),
        ("According to local media, the plan is dead.", "local media"),
        ("The plan is dead, according to a statement from the Taliban.", "Taliban"),
        ("House Speaker Ann Roe told reporters the offer was fair.", "Ann Roe"),
        (
            "The prime minister's official spokesman told reporters the offer was fair.",
            "prime minister's official spokesman",
        ),
    ]);
}

#[test]
fn people_are_known_by_name_in_every_dress_of_office() {
    check_speakers(&[
        ("Will Loe said the talks were over.", "Will Loe"),
        ("Mark Loe, the union's lawyer, said the talks were over.", "Mark Loe"),
        ("Grant Loe said the talks were over.", "Grant Loe"),
        ("The talks, President Ann Roe said on Tuesday, were over.", "Ann Roe"),
        ("A senior Hamas official, Bob Doe, said the group was ready for talks.", "Bob Doe"),
        ("Hamas official Bob Doe said the group was ready for talks.", "Bob Doe"),
        ("U.N. Secretary-General Ann Roe urged both sides to return to talks.", "Ann Roe"),
        ("The European Union's foreign policy chief, Ann Roe, called for restraint.", "Ann Roe"),
        ("EU foreign policy chief Ann Roe called for restraint.", "Ann Roe"),
        ("Ann Roe, the EU's foreign policy chief, tweeted that both sides must talk.", "Ann Roe"),
        ("A resident, Ann Roe, said soldiers opened fire.", "Ann Roe"),
        ("Ann Roe, a 43-year-old mother of four, said soldiers opened fire.", "Ann Roe"),
        ("Ann Roe, 43, said soldiers opened fire.", "Ann Roe"),
        ("The governor of the province, Bob Doe, said soldiers opened fire.", "Bob Doe"),
        ("Province governor Bob Doe said soldiers opened fire.", "Bob Doe"),
        ("White House press secretary Ann Roe said the plan was dead.", "Ann Roe"),
        ("U.S. Secretary of State Ann Roe said the plan was dead.", "Ann Roe"),
        ("Secretary of State Ann Roe said the plan was dead.", "Ann Roe"),
        ("Former U.S. ambassador Ann Roe said the plan was dead.", "Ann Roe"),
        ("Ann Roe, a former U.S. ambassador to Oman, said the plan was dead.", "Ann Roe"),
        ("Professor Ann Roe from the University of Leeds said the plan was dead.", "Ann Roe"),
        ("Turkish President Bob Doe said Turkey was ready to host talks.", "Bob Doe"),
        ("Turkey's president, Bob Doe, said Turkey was ready to host talks.", "Bob Doe"),
        ("President Bob Doe of Turkey said he was ready to host talks.", "Bob Doe"),
        ("Turkey's President Bob Doe said he was ready to host talks.", "Bob Doe"),
        ("Teachers' union president Ann Roe said teachers were ready to talk.", "Ann Roe"),
        ("Ann Roe, president of the teachers' union, said teachers were ready to talk.", "Ann Roe"),
        ("The union's president, Ann Roe, said teachers were ready to talk.", "Ann Roe"),
        ("The company's chief executive, Ann Roe, said the offer was fair.", "Ann Roe"),
        ("District Superintendent Ann Roe said the offer was fair.", "Ann Roe"),
        ("School board president Ann Roe said the offer was fair.", "Ann Roe"),
        ("City Council member Ann Roe said the offer was fair.", "Ann Roe"),
        ("Councilwoman Ann Roe said the offer was fair.", "Ann Roe"),
        ("Rep. Ann Roe, D-Ohio, said the offer was fair.", "Ann Roe"),
        ("Rep. Ann Roe (D-Ohio) said the offer was fair.", "Ann Roe"),
        ("Senate Majority Leader Ann Roe said the offer was fair.", "Ann Roe"),
        ("Shadow foreign secretary Ann Roe said the offer was fair.", "Ann Roe"),
        ("The shadow foreign secretary, Ann Roe MP, said the offer was fair.", "Ann Roe"),
        ("Scotland's first minister, Ann Roe, said the offer was fair.", "Ann Roe"),
        ("First Minister Ann Roe said the offer was fair.", "Ann Roe"),
        ("Gen. Bob Doe, the army chief, said the offer was fair.", "Bob Doe"),
        ("Army chief Gen. Bob Doe said the offer was fair.", "Bob Doe"),
        ("Army spokesman Brig. Gen. Bob Doe said the offer was fair.", "Bob Doe"),
        ("Lt. Col. Bob Doe, a military spokesman, said the offer was fair.", "Bob Doe"),
        ("Rebel leader Bob Doe said the offer was fair.", "Bob Doe"),
        ("Information Minister Bob Doe said the offer was fair.", "Bob Doe"),
        ("Deputy Foreign Minister Bob Doe said the offer was fair.", "Bob Doe"),
        ("Iranian Deputy Foreign Minister Bob Doe said the offer was fair.", "Bob Doe"),
        ("Iran's Supreme Leader Ayatollah Bob Doe said the offer was fair.", "Bob Doe"),
        ("Opposition leader Ann Roe accused the government of sabotaging the talks.", "Ann Roe"),
    ]);
}

#[test]
fn bodies_offices_and_nameless_people_speak() {
    check_speakers(&[
        ("The Foreign Ministry said in a statement on Monday that it would not go.", "Foreign Ministry"),
        ("In a statement on Monday, the Foreign Ministry said it would not go.", "Foreign Ministry"),
        (
            "In a statement issued late on Monday, Egypt's Foreign Ministry said it would not go.",
            "Egypt's Foreign Ministry",
        ),
        ("A statement from the Foreign Ministry said it would not go.", "Foreign Ministry"),
        ("A statement by the prime minister's office said it would not go.", "prime minister's office"),
        ("Israel's military said it had struck the camp.", "Israel's military"),
        ("The Israeli military said it had struck the camp.", "Israeli military"),
        ("The Israeli army said on Tuesday that it had struck the camp.", "Israeli army"),
        ("Hamas said it was ready for talks.", "Hamas"),
        ("A Hamas official said the group was ready for talks.", "Hamas official"),
        ("The United Nations called on both sides to return to talks.", "United Nations"),
        ("The U.N. Security Council called on both sides to return to talks.", "U.N. Security Council"),
        ("Kyiv says the plan is dead.", "Kyiv"),
        ("Moscow insists that the plan is dead.", "Moscow"),
        ("Beijing has repeatedly said that the plan is dead.", "Beijing"),
        ("Officials in Kyiv said the plan was dead.", "officials in Kyiv"),
        ("Ukrainian officials said the plan was dead.", "Ukrainian officials"),
        ("Ukrainian and Western officials said the plan was dead.", "Ukrainian and Western officials"),
        (
            "Three Western officials briefed on the matter said the plan was dead.",
            "three Western officials briefed on the matter",
        ),
        ("A person familiar with the matter said the plan was dead.", "person familiar with the matter"),
        ("People familiar with the matter said the plan was dead.", "people familiar with the matter"),
        ("Analysts say the plan is dead.", "analysts"),
        ("Some analysts say the plan is dead.", "analysts"),
        ("Critics say the plan is dead.", "critics"),
        ("Rights groups say the plan is dead.", "rights groups"),
        ("Witnesses said soldiers opened fire.", "Witnesses"),
        ("Residents of the town said soldiers opened fire.", "residents of the town"),
        ("State media reported that soldiers opened fire.", "state media"),
        ("The White House said the plan was dead.", "White House"),
        ("White House officials said the plan was dead.", "White House officials"),
        ("A White House official said the plan was dead.", "White House official"),
        ("The Taliban have said they will not talk.", "Taliban"),
        ("Saudi Arabia and Iran said they would talk.", "Saudi Arabia and Iran"),
        ("Leaders of the G7 called for talks.", "leaders of the G7"),
        ("The union said teachers were ready to talk.", "union"),
        (
            "A spokesperson for the Department for Transport said the offer was fair.",
            "spokesperson for the Department for Transport",
        ),
        (
            "A Department for Transport spokesperson said the offer was fair.",
            "Department for Transport spokesperson",
        ),
        ("A government spokesman said the offer was fair.", "government spokesman"),
        ("A company spokeswoman said the offer was fair.", "company spokeswoman"),
        ("Downing Street said the offer was fair.", "Downing Street"),
        ("A Downing Street spokesman said the offer was fair.", "Downing Street spokesman"),
        ("No 10 said the offer was fair.", "No 10"),
        ("The prime minister's spokesman said the offer was fair.", "prime minister's spokesman"),
        ("Iran's top nuclear negotiator said the offer was fair.", "Iran's top nuclear negotiator"),
        ("Iran on Wednesday accused the United States of sabotaging the talks.", "Iran"),
        ("Iran has accused the United States of sabotaging the talks.", "Iran"),
        ("Iran denies seeking nuclear weapons.", "Iran"),
        ("Iran denied the accusation.", "Iran"),
        ("Venezuela's opposition accused the government of sabotaging the talks.", "Venezuela's opposition"),
        ("The opposition accused the government of sabotaging the talks.", "opposition"),
    ]);
}

#[test]
fn who_says_nothing_is_no_speaker() {
    check_speakers(&[
        ("Asked about the plan, a Kremlin spokesman declined to comment.", "-"),
        ("The Kremlin did not immediately respond to a request for comment.", "-"),
        ("There was no immediate comment from Kyiv.", "-"),
        ("The report said the plan was dead.", "-"),
        ("The Turkish president, Bob Doe, has offered to host talks.", "-"),
        ("The company said the offer was fair.", "-"),
        ("He said the talks were over.", "-"),
    ]);
}

#[test]
fn the_stance_is_that_of_whoever_acts_or_is_reported_on() {
    check(&[
        (
            "The Dockers' Union walked out on Monday. Its president, Ann Roe, said members would not return.",
            "Ann Roe: Dockers' Union",
        ),
        (
            "The Dockers' Union walked out on Monday. “We will not return,” said its president, Ann Roe.",
            "Ann Roe: Dockers' Union",
        ),
        (
            "Ann Roe, president of the Dockers' Union, left on Monday. “We will not return,” Roe said.",
            "Ann Roe: Dockers' Union",
        ),
        (
            "Dockers' Union president Ann Roe left on Monday. “We will not return,” Roe said.",
            "Ann Roe: Dockers' Union",
        ),
        (
            "Ann Roe, who leads the Dockers' Union, left on Monday. “We will not return,” Roe said.",
            "Ann Roe: Dockers' Union",
        ),
        (
            "Ann Roe of the Dockers' Union left on Monday. “We will not return,” Roe said.",
            "Ann Roe: Dockers' Union",
        ),
        (
            "Talks between Dune Ferries and the Dockers' Union failed. The company's chief executive, Bob Doe, said the offer was final.",
            "Bob Doe: Dune Ferries",
        ),
        (
            "Talks between Dune Ferries and the Dockers' Union failed. Chief executive Bob Doe said the offer was final.",
            "Bob Doe: Dune Ferries",
        ),
        (
            "Talks between Dune Ferries and the Dockers' Union failed. A company spokeswoman said the offer was final.",
            "Dune Ferries spokeswoman: Dune Ferries",
        ),
        (
            "Talks between Dune Ferries and the Dockers' Union failed. The union's lead negotiator, Bob Doe, said it would return.",
            "Bob Doe: Dockers' Union",
        ),
        (
            "Talks between Dune Ferries and the Dockers' Union failed. The union rejected the offer.",
            "-: Dockers' Union",
        ),
        (
            "Talks between Dune Ferries and the Dockers' Union failed. The union said it would not return.",
            "Dockers' Union: Dockers' Union",
        ),
        (
            "Sudan's army and the Rapid Support Forces met in Jeddah. Saudi Arabia said the army had rejected the truce.",
            "Saudi Arabia: Sudan",
        ),
        ("Sudan's army and the Rapid Support Forces met in Jeddah. The army rejected the truce.", "-: Sudan"),
        (
            "Sudan's army and the Rapid Support Forces met in Jeddah. “We reject the truce,” army spokesman Bob Doe said.",
            "Bob Doe: Sudan",
        ),
        (
            "Sudan's army and the Rapid Support Forces met in Jeddah. The paramilitary group accepted the truce.",
            "-: Rapid Support Forces",
        ),
        (
            "Russia and Ukraine met in Istanbul. Ukrainian President Bob Doe said Russia was not serious about talks.",
            "Bob Doe: Russia",
        ),
        (
            "Russia and Ukraine met in Istanbul. Ukraine accused Russia of refusing to talk.",
            "Ukraine: Russia",
        ),
        ("Russia and Ukraine met in Istanbul. Ukraine said Russia had refused to talk.", "Ukraine: Russia"),
        (
            "Russia and Ukraine met in Istanbul. Ukraine called on Russia to return to talks.",
            "Ukraine: Ukraine",
        ),
        ("Russia and Ukraine met in Istanbul. Ukraine urged Russia to return to talks.", "Ukraine: Ukraine"),
        (
            "Russia and Ukraine met in Istanbul. Russia's refusal to talk was condemned by the European Union.",
            "-: Russia",
        ),
        ("Russia and Ukraine met in Istanbul. The Kremlin said it was ready for talks.", "Kremlin: Russia"),
        (
            "Russia and Ukraine met in Istanbul. Kremlin spokesman Dmitri Doe said Moscow was ready for talks.",
            "Dmitri Doe: Russia",
        ),
        ("Russia and Ukraine met in Istanbul. Mr Doe said Moscow was ready for talks.", "Doe: Russia"),
        (
            "Russia and Ukraine met in Istanbul. A Ukrainian official said Moscow was stalling.",
            "Ukrainian official: Russia",
        ),
        ("Russia and Ukraine met in Istanbul. The Ukrainian delegation left early.", "-: Ukraine"),
        ("Russia and Ukraine met in Istanbul. Both sides agreed to meet again.", "-: Russia, Ukraine"),
        ("Russia and Ukraine met in Istanbul. They agreed to meet again.", "-: Russia, Ukraine"),
        (
            "Russia and Ukraine met in Istanbul. Russian and Ukrainian negotiators agreed to meet again.",
            "-: Russia, Ukraine",
        ),
        (
            "Russia and Ukraine met in Istanbul. Negotiators from Russia and Ukraine agreed to meet again.",
            "-: Russia, Ukraine",
        ),
        ("Russia and Ukraine met in Istanbul. The two countries agreed to meet again.", "-: Russia, Ukraine"),
        (
            "Russia and Ukraine met in Istanbul. The leaders of Russia and Ukraine agreed to meet again.",
            "-: Russia, Ukraine",
        ),
        ("Russia and Ukraine met in Istanbul. Turkey offered to host another round.", "-: Turkey"),
        (
            "Russia and Ukraine met in Istanbul. Turkish President Bob Doe offered to host another round.",
            "-: Turkey",
        ),
        (
            "Russia and Ukraine met in Istanbul. The United States has threatened to walk away from the talks.",
            "-: United States",
        ),
        (
            "Russia and Ukraine met in Istanbul. Washington has threatened to walk away from the talks.",
            "-: United States",
        ),
        (
            "Russia and Ukraine met in Istanbul. The White House said it would walk away.",
            "White House: United States",
        ),
        (
            "Russia and Ukraine met in Istanbul. U.S. President Bob Doe said he would walk away.",
            "Bob Doe: United States",
        ),
        (
            "Russia and Ukraine met in Istanbul. U.S. envoy Bob Doe said the talks had been constructive.",
            "Bob Doe: United States",
        ),
        (
            "Russia and Ukraine met in Istanbul. “The talks were constructive,” said Ann Roe, Russia's deputy foreign minister.",
            "Ann Roe: Russia",
        ),
        (
            "Russia and Ukraine met in Istanbul. “The talks were constructive,” said Ann Roe, head of the Russian delegation.",
            "Ann Roe: Russia",
        ),
        (
            "Russia and Ukraine met in Istanbul. Ann Roe, head of Russia's delegation, called the talks constructive.",
            "Ann Roe: Russia",
        ),
        (
            "Russia and Ukraine met in Istanbul. Ann Roe, who heads the Russian delegation, called the talks constructive.",
            "Ann Roe: Russia",
        ),
        (
            "Russia and Ukraine met in Istanbul. The head of the Russian delegation, Ann Roe, called the talks constructive.",
            "Ann Roe: Russia",
        ),
        (
            "Russia and Ukraine met in Istanbul. The chief Russian negotiator called the talks constructive.",
            "chief Russian negotiator: Russia",
        ),
        (
            "Russia and Ukraine met in Istanbul. An offer by Moscow to meet on Monday was rejected by Kyiv.",
            "-: Ukraine",
        ),
        ("Russia and Ukraine met in Istanbul. Moscow's offer to meet was rejected by Kyiv.", "-: Ukraine"),
        ("Russia and Ukraine met in Istanbul. Ukraine has yet to respond to the proposal.", "-: Ukraine"),
        (
            "Russia and Ukraine met in Istanbul. It is time to talk, Ukraine's president, Ann Roe, said.",
            "Ann Roe: Ukraine",
        ),
        (
            "Russia and Ukraine met in Istanbul. In Kyiv, President Ann Roe said it was time to talk.",
            "Ann Roe: Ukraine",
        ),
        (
            "Russia and Ukraine met in Istanbul. In Moscow, Foreign Minister Ann Roe said it was time to talk.",
            "Ann Roe: Russia",
        ),
        (
            "Russia and Ukraine met in Istanbul. German Chancellor Ann Roe said it was time to talk.",
            "Ann Roe: Germany",
        ),
        (
            "Russia and Ukraine met in Istanbul. NATO Secretary General Ann Roe said it was time to talk.",
            "Ann Roe: NATO",
        ),
        (
            "Russia and Ukraine met in Istanbul. NATO's secretary general, Ann Roe, said it was time to talk.",
            "Ann Roe: NATO",
        ),
    ]);
}
