//! Whom a headline means that names nobody: "Mayors ask for a truce", said in the text by "mayors of five towns".
//!
//! Comes in: the sentences and who says each. Goes out: for a line whose speaker is only a noun, the first one in the text
//! whose description or name has that noun. It refuses to choose where the text never says more.

use super::Passage;
use super::figure::Figure;
use super::lexicon as lex;
use super::reading::{Note, Read};
use crate::article::layout::BlockKind;

/// Further headlines keep what they say: each is compared with the whole text.
const MOST_HEADLINES: usize = 64;

/// Gives headlines the fuller speaker of the text.
pub(super) fn settle(passages: &[Passage], sentences: &[Read<'_>], notes: &mut [Note]) {
    let is_prose = |k: &usize| passages[sentences[*k].passage].kind == BlockKind::Paragraph;
    let is_headline =
        |&i: &usize| matches!(passages[sentences[i].passage].kind, BlockKind::Title | BlockKind::Heading);
    for i in (0..sentences.len()).filter(is_headline).take(MOST_HEADLINES) {
        let Some(noun) = notes[i].speaker.as_ref().and_then(bare_noun) else { continue };
        let fuller = |f: &&Figure| f.name.len() > noun.len() && has_word(&f.name, &noun);
        let found =
            (0..sentences.len()).filter(is_prose).find_map(|k| notes[k].speaker.as_ref().filter(fuller));
        if let Some(figure) = found.cloned() {
            notes[i].speaker = Some(figure);
        }
    }
}

/// The noun that is all that is told of a figure, in lower case.
fn bare_noun(figure: &Figure) -> Option<String> {
    let is_bare = figure.person.is_none() && figure.represents.is_none() && !figure.name.contains(' ');
    let lower = figure.name.to_lowercase();
    (is_bare && (lex::is_people(&lower) || lex::is_group(&lower))).then_some(lower)
}

fn has_word(name: &str, noun: &str) -> bool {
    name.split([' ', ',']).any(|word| {
        let word = word.to_lowercase().replace('’', "'");
        word.trim_end_matches("'s").trim_end_matches('\'') == noun
    })
}
