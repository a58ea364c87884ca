//! Sentence boundaries in English news.
//!
//! Comes in: a text. Goes out: the spans of its sentences, in order, without overlap, trimmed of outer white
//! space; only white space is left out. It knows abbreviations, initials, quotations, lists and wrapped lines; it
//! refuses to know what a sentence says, who says it, or whether anyone wants it scored.

mod boundary;
mod lines;
mod words;

use crate::text::Span;

pub use lines::{LogicalLine, logical_lines};

/// Cuts a text into the units that get a score.
///
/// Spans are in order, do not overlap and lie on character boundaries.
pub trait Segmenter: Send + Sync {
    /// The spans of `text`.
    fn segment(&self, text: &str) -> Vec<Span>;
}

/// Sentences of English news prose, by rules; time is linear in the text.
///
/// A list marker ("- ", "1. ") stays with the sentence it opens, a closing quotation mark or bracket with the
/// sentence it closes. Each sentence inside a quotation is one of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SentenceSegmenter;

impl Segmenter for SentenceSegmenter {
    fn segment(&self, text: &str) -> Vec<Span> {
        let mut sentences = Vec::new();
        for line in logical_lines(text) {
            let words = line.span.of(text);
            boundary::for_each_sentence(words, |span| sentences.push(span.shifted(line.span.start)));
        }
        sentences
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        SentenceSegmenter.segment(text).into_iter().map(|s| s.of(text)).collect()
    }

    /// `|` marks where a sentence ends; the text is what remains without the marks.
    fn check(marked: &[&str]) {
        for case in marked {
            let text = case.replace('|', "");
            assert_eq!(sentences(&text), case.split('|').map(str::trim).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_country_in_initials_ends_a_sentence_only_before_a_new_subject_or_opener() {
        check(&[
            "They met U.S. officials.| Nothing came of it.",
            "There is pressure from the U.S.| Former President Doe has called for talks.",
            "There is pressure from the U.S.| Meanwhile, Minsk waits.",
            "There is pressure from the U.S.| Doe has called for talks.",
            "There is pressure from the U.S.| Officials in Minsk agree.",
            "Envoys of the U.K. and the U.S.| “We are ready,” one said.",
            "The U.S. President spoke to the U.S. Senate.",
            "A U.S. European Command spokesman agreed.",
            "The U.S. Senate has agreed.| The U.N. Security Council has not.",
            "They met in Washington, D.C.| The mood was good.",
        ]);
    }

    #[test]
    fn a_headline_is_not_cut_at_initials() {
        check(&["Both Sides Weigh Talks Amid U.S. And U.N. Pressure"]);
    }

    #[test]
    fn initials_and_titles_belong_to_the_name_that_follows() {
        check(&[
            "Anton S. Belov spoke.| J.D. Doe and J. A. Roe did not.",
            "Mr. Belov met Gen. Roe, Sen. Doe and St. Clair.| Dr. Roe left.",
            "Gen. Ann Roe (ret.) agreed.",
            "Gen. Ann Roe (ret.): “Now or never.”| She left.",
            "It was plan B.| The rebels knew.",
            "John Doe Jr. Party leaders agreed.",
            "So did Roe Jr.| He is ready.",
            "Acme Inc. Chairman Roe agreed.| The shares of Acme Inc.| They fell.",
        ]);
    }

    #[test]
    fn numbers_dates_and_hours_are_not_sentence_ends() {
        check(&[
            "Resolution No. 3 passed.| Is it peace, no.| The U.N. waits.",
            "It grew 3.5 percent, approx. 3.5 million.| Then it stopped.",
            "They met on Jan. 5 and Sept. 12.| Nobody came in Dec.| Later they did.",
            "At 3 p.m. Monday and 10 a.m. Moscow time they met.| They left at 4 p.m.| They ate.",
            "See e.g. Article 5 vs. Article 6.",
            "It began in 2022.| 15 envoys came.",
        ]);
    }

    #[test]
    fn an_ellipsis_ends_a_sentence_only_before_a_capital() {
        check(&[
            "We waited… and waited.| We agreed…| They refused.",
            "We will talk [...] by noon.| It is not over [...]| The talks go on.",
            "It is ... hard.| So we wait...| Nobody came.",
            "... and then they talked.",
        ]);
    }

    #[test]
    fn every_sentence_of_a_quotation_is_one_of_its_own() {
        check(&[
            "“We want peace.| We want it now.”| He left.",
            "\"We want peace.| [T]hey do not\", Roe said.| She left.",
            "“We hope for a deal this week,\" Roe wrote.| He went on.",
            "“Will there be talks?” Mr. Belov asked.| Nobody answered.",
            "“Will there be talks?” asked Mr. Belov.",
            "“Never!” Kremlin spokesman Anton Belov replied.",
            "“Will there be talks?”| The rebels left.",
            "“We want peace.”| Mr. Belov asked for more.",
        ]);
    }

    #[test]
    fn a_closing_bracket_stays_with_its_sentence() {
        check(&[
            "(Nobody answered.)| They left.",
            "They left (at last.)| Then came peace.",
            "“Yes.”| (Watch)",
        ]);
    }

    #[test]
    fn lines_end_sentences_unless_the_text_is_wrapped() {
        check(&[
            "Envoys Return to the Table\n|Both sides sent envoys on Monday, and both said that they would stay until \
             a truce is signed, whatever the cost may be.\n|It is a start.",
            "Talks open\n\n|They go on.\n\n|It ends",
            "Both delegations came back to the table on Monday, after weeks of\n\
             silence.| They spoke for an hour and a half with an envoy from the U.S.\n\
             Senate, and agreed to meet in a month, if both hold their fire, in\n\
             Lagos.",
        ]);
    }

    #[test]
    fn list_items_keep_their_marker_and_end_at_the_line() {
        check(&[
            "The parties agreed to:\n|- release prisoners\n|- open the road",
            "1. We reaffirm the truce.| We will keep it.\n|2. We will meet again.",
            "GENEVA, May 3 (Agency) — Talks resumed.",
        ]);
    }

    #[test]
    fn hours_carry_their_place_zone_and_bracket() {
        check(&[
            "The call is at 10 a.m. Istanbul time.| They wait.",
            "It begins at 10 a.m. (7 a.m. GMT) in the old hall.| They wait.",
            "They met at 4:41 p.m. EAT",
            "They left at 4 p.m.| NATO said nothing.",
            "It ended at 9 p.m. on Monday.| At 10 p.m. Mr. Roe left.",
        ]);
    }

    #[test]
    fn a_question_within_a_quotation_goes_on_to_who_asked() {
        check(&[
            "“Is it too late?” our correspondent asked.| Nobody answered.",
            "“Is it too late?” she asked.",
            "\"Is it too late?\" the envoy of the bloc wondered.| She left.",
            "“What now?” a woman in the crowd shouted.",
            "“Peace now!” they chanted.| “Peace now!”",
            "Is it too late?| Nobody knows.",
            "He asked: “Why now?”| They did not say.",
            "“Enough!| Enough!” the men cried.| They left.",
            "“Really?”| “Yes.”",
        ]);
    }

    #[test]
    fn companies_saints_ranks_and_dates_keep_their_stops() {
        check(&[
            "Acme Plc. said so.| Acme Plc. Chairman Roe agreed.",
            "He lives on St. John St. in the old town.| She does not.",
            "Lt. Gen. A. B. Roe and Brig. Gen. Doe signed on Feb. 9 at No. 47.",
            "The U.S.-led force left.| The U.S.’s envoy stayed.",
            "It cost $3.5 bn.| It was worth it.",
            "They came from St. Petersburg, Fla., and Washington, D.C., on Tues. morning.",
            "See p. 4 and pp. 5-6.| Read it.",
            "Roe et al. disagree.| Others agree.",
            "The Rev. Dr. Roe of Mt. Elm spoke.| He was brief.",
            "Sen. Doe (D., N.Y.) agreed.| Rep. Roe (R-Texas) did not.",
        ]);
    }

    #[test]
    fn closing_marks_stay_with_what_they_close() {
        check(&[
            "(They left at noon.)| Then came peace.",
            "“They left.”| (He did not say where.)| Then came peace.",
            "He said ‘no.’| She said ‘yes.’",
            "“He told me ‘no.’”| She left.",
            "They left.”| He stayed.",
            "“We left.’’| He stayed.",
            "They left [on foot].| He stayed.",
            "“If it breaks, I break.”| He left.",
        ]);
    }

    #[test]
    fn an_ellipsis_within_a_sentence_does_not_end_it() {
        check(&[
            "We were… how to say it… afraid.| Now we are not.",
            "“We were ... afraid,” he said.| She left.",
            "“I don’t know…” he said.| She left.",
            "They wait. . . .| Nobody comes.",
        ]);
    }

    #[test]
    fn a_title_at_the_end_of_a_line_and_a_byline_below_it() {
        check(&[
            "The envoy, who shuttled between two floors of the hotel until after midnight, met Mr.\n\
             Roe and left.| She stayed in the capital to save the round, an aide to the envoy said.",
            "Five hours, three parties, one broken coffee machine: how the bargaining unfolded\n|By Hanne Terlouw",
        ]);
    }

    #[test]
    fn speaker_turns_start_new_sentences() {
        check(&["Q: Will you talk?\n|MS. ROE: No\n|Q: Why"]);
    }

    #[test]
    fn time_is_linear_in_runs_of_stops_brackets_and_initials() {
        for unit in [". ", "U.S. ", "“(", "A. ", "?” Mr. ", "… ", "x.", "\n- "] {
            let text = unit.repeat(200_000);
            assert!(SentenceSegmenter.segment(&text).iter().all(|s| s.end <= text.len()));
        }
    }

    proptest! {
        #[test]
        fn spans_are_trimmed_ordered_and_leave_out_only_white_space(
            text in r#"([ \n.!?…,:"“”()\[\]\-]|U\.S\.|Mr\.|No\.|[A-Za-zé0-9]{1,4}|\PC){0,60}"#
        ) {
            let mut end = 0;
            for span in SentenceSegmenter.segment(&text) {
                prop_assert!(text[end..span.start].trim().is_empty());
                prop_assert!(!span.is_empty() && span.of(&text).trim() == span.of(&text));
                end = span.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }
}
