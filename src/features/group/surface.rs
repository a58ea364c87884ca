//! Marks that words do not show: capitals, questions, quotations, who speaks, how long.

use super::{Reading, Sink};
use crate::analysis::{Key, TokenKind};

#[derive(Debug, Clone)]
pub(in crate::features) struct Surface {
    pub(super) tag: Key,
}

const FIRST_PERSON: &[&str] = &["i", "i'm", "me", "my", "our", "us", "we", "we'll", "we're", "we've"];

/// Upper ends of the length classes, in words.
const LENGTHS: &[(usize, &str)] =
    &[(5, "words<=5"), (10, "words<=10"), (20, "words<=20"), (40, "words<=40"), (usize::MAX, "words>40")];

impl Surface {
    pub(super) fn extract(&self, reading: Reading<'_>, sink: &mut impl Sink) {
        let (mut words, mut capitals) = (0usize, 0usize);
        for occurrence in reading.occurrences {
            let surface = reading.terms.surface(occurrence.term);
            let raw = &reading.text[occurrence.start as usize..occurrence.end as usize];
            match occurrence.kind {
                TokenKind::Word => {
                    words += 1;
                    capitals += usize::from(raw.len() > 3 && !raw.bytes().any(|b| b.is_ascii_lowercase()));
                    if FIRST_PERSON.binary_search(&surface).is_ok() {
                        self.mark("first person", sink);
                    }
                }
                TokenKind::Number => self.mark("number", sink),
                TokenKind::Emoji => self.mark("emoji", sink),
                TokenKind::Mention => self.mark("mention", sink),
                TokenKind::Hashtag => self.mark("hashtag", sink),
                TokenKind::Url => self.mark("url", sink),
                TokenKind::Punctuation => match surface {
                    "?" | "??" => self.mark("question", sink),
                    "!" | "!!" | "?!" => self.mark("exclamation", sink),
                    "\"" => self.mark("quotation mark", sink),
                    "…" => self.mark("ellipsis", sink),
                    _ => {}
                },
                TokenKind::Abbreviation | TokenKind::Markup => {}
            }
        }
        for _ in 0..capitals {
            self.mark("capitals", sink);
        }
        if let Some((_, class)) = LENGTHS.iter().find(|(end, _)| words <= *end) {
            self.mark(class, sink);
        }
    }

    fn mark(&self, name: &str, sink: &mut impl Sink) {
        sink.add(self.tag.then(Key::of(name)), |out| out.push_str(name));
    }
}

#[cfg(test)]
mod tests {
    use super::super::names;

    #[test]
    fn marks_are_counted_and_length_is_classed() {
        assert_eq!(
            names("groups = [{ surface = true }]", "NEVER! Will we talk on 3 May? 😀"),
            ["exclamation", "first person", "number", "question", "emoji", "capitals", "words<=10"]
        );
    }
}
