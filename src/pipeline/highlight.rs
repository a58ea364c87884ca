//! Which words of a text carry its explanation.
//!
//! Only features of words stand at a place: of `word:no_negoti` the words are known, of a lexicon's composition or of
//! character n-grams they are not said here, because a guess would look like a fact.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Explanation, Pipeline};
use crate::analysis::{Analyzer, NAME, Token};

/// A word of a text and its part in a decision.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Highlight {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The contributions of all word features that it is part of, each divided among the words behind it.
    pub contribution: f64,
}

impl Pipeline {
    /// The words of `text` behind the word features of its `explanation`, in order. Empty for a model without word
    /// features.
    pub fn highlight(&self, text: &str, explanation: &Explanation) -> Vec<Highlight> {
        let set = self.vectorizer.feature_set();
        let longest = set.groups.iter().filter_map(|g| g.word_ngrams).map(|[_, to]| to).max().unwrap_or(0);
        let Ok(analyzer) = Analyzer::try_from(set.analyzer.clone()) else { return Vec::new() };
        let tokens = analyzer.analyze(text);
        let places = ngrams(&tokens, longest);
        let mut parts = vec![0.0; tokens.len()];
        for feature in &explanation.features {
            let ngram = feature.feature.strip_prefix("word:").and_then(|name| places.get(name));
            for &(first, n) in ngram.into_iter().flatten() {
                let share = feature.contribution / (n * ngram.map_or(1, Vec::len)) as f64;
                parts[first..first + n].iter_mut().for_each(|part| *part += share);
            }
        }
        let highlight = |(token, contribution): (&Token<'_>, f64)| Highlight {
            start: token.span.start,
            end: token.span.end,
            contribution,
        };
        tokens.iter().zip(parts).filter(|(_, part)| *part != 0.0).map(highlight).collect()
    }
}

/// The names of all sequences of up to `longest` tokens, with the first token and the length of each occurrence.
fn ngrams(tokens: &[Token<'_>], longest: usize) -> BTreeMap<String, Vec<(usize, usize)>> {
    let mut places: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for first in 0..tokens.len() {
        let mut name = String::new();
        for (n, token) in (1..=longest).zip(&tokens[first..]) {
            if n > 1 {
                name.push(' ');
            }
            if token.negated && token.text != NAME {
                name.push_str("no_");
            }
            name.push_str(&token.text);
            places.entry(name.clone()).or_default().push((first, n));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use crate::{Corpus, FeatureSet, Label, LabelSet, PipelineSpec};

    #[test]
    fn the_words_carry_what_the_features_of_words_contribute() {
        let texts =
            ["we will talk", "we will not talk", "talk to us", "they never talk", "never again", "we talk"];
        let corpus = Corpus::new(
            LabelSet::stance(),
            texts.map(String::from).to_vec(),
            [2, 0, 2, 0, 0, 1].map(Label).to_vec(),
        );
        let toml = "name = \"t\"\nanalyzer = { negation = 3 }\ngroups = [{ word_ngrams = [1, 2] }, { surface = true }]";
        let spec = PipelineSpec::new(FeatureSet::from_toml(toml, "t").unwrap());
        let pipeline = spec.fit(&corpus).unwrap();
        let text = "They talk, they will not talk";
        let explanation = pipeline.explain(text, Some(Label(2)));
        let highlights = pipeline.highlight(text, &explanation);
        let words: f64 = highlights.iter().map(|h| h.contribution).sum();
        let of_words = explanation.features.iter().filter(|f| f.feature.starts_with("word:"));
        let expected: f64 = of_words.map(|f| f.contribution).sum();
        assert!((words - expected).abs() < 1e-9 && expected != 0.0, "{words} {expected}");
        let marked: Vec<&str> = highlights.iter().map(|h| &text[h.start..h.end]).collect();
        assert_eq!(marked, ["They", "talk", "they", "will", "not", "talk"]);
        assert!(highlights[5].contribution < 0.0, "a negated talk is no talk");
    }
}
