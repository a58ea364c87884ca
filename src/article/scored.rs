//! Statements with their answers, from an article or from the rows of a table.

use std::sync::Mutex;

use jiff::civil::Date;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::actors::{self, Actor, Appearance, PeriodSummary, Record};
use super::{Article, Duplicate};
use crate::analysis::Segmenter;
use crate::label::LabelSet;
use crate::ordered::Ordered;
use crate::pipeline::{Pipeline, Score, Scorer};
use crate::text::{Document, Span, Statement};

/// The models that answer, each under the name that its answers have in the output.
pub struct Models<'p> {
    list: Vec<(String, &'p Pipeline)>,
    /// Scorers at rest. They remember the words that they have read, which articles share; one belongs to one thread at a
    /// time.
    spare: Mutex<Vec<Desk<'p>>>,
}

/// A scorer a model, and how many articles they may still read: what they remember must not grow for ever.
struct Desk<'p> {
    scorers: Vec<Scorer<'p>>,
    articles: usize,
}

/// Articles after which scorers begin with nothing in memory again.
const ARTICLES_A_DESK: usize = 256;

impl<'p> Models<'p> {
    /// Names each model by its label set. `predicted_` stands before a name that the output has for something else
    /// (`speaker`); a number follows a name that another model has.
    pub fn new(pipelines: impl IntoIterator<Item = &'p Pipeline>) -> Self {
        let mut list: Vec<(String, &Pipeline)> = Vec::new();
        for pipeline in pipelines {
            let own = pipeline.labels().name();
            let own = if is_field(own) { format!("predicted_{own}") } else { own.to_owned() };
            let numbered = (2u64..).map(|n| format!("{own}_{n}"));
            let is_free = |name: &String| list.iter().all(|(taken, _)| taken != name);
            let name = std::iter::once(own.clone()).chain(numbered).find(is_free);
            list.push((name.expect("there are fewer models than numbers"), pipeline));
        }
        Models { list, spare: Mutex::default() }
    }

    /// Names and models, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &'p Pipeline)> {
        self.list.iter().map(|(name, pipeline)| (name.as_str(), *pipeline))
    }

    /// Reads a document and scores its statements and actors.
    pub fn score_article(&self, document: &Document, segmenter: &dyn Segmenter) -> ScoredArticle {
        let mut scored = self.score_statements(document, segmenter);
        scored.actors = actors::of_article(&scored, &self.label_sets());
        scored
    }

    /// The same without the table of actors, whose intervals take a sixth of the time.
    pub fn score_statements(&self, document: &Document, segmenter: &dyn Segmenter) -> ScoredArticle {
        let article = Article::read(document, segmenter);
        let appearances = actors::appearances(&article.statements, &article.figures);
        let answers = self.answer_statements(&article.statements);
        let statements = article.statements.into_iter().zip(answers).enumerate();
        ScoredArticle {
            appearances,
            document: article.name.clone(),
            title: article.title,
            date: article.date,
            byline: article.byline,
            text: None,
            statements: statements
                .map(|(index, (statement, answers))| ScoredStatement {
                    document: article.name.clone(),
                    index,
                    statement,
                    answers,
                })
                .collect(),
            duplicates: article.duplicates,
            actors: Vec::new(),
        }
    }

    fn answer_statements(&self, statements: &[Statement]) -> Vec<Ordered<Answer>> {
        let spare = self.spare.lock().map(|mut desks| desks.pop()).unwrap_or_default();
        let mut desk = spare.unwrap_or_else(|| Desk {
            scorers: self.list.iter().map(|(_, pipeline)| pipeline.scorer()).collect(),
            articles: ARTICLES_A_DESK,
        });
        let mut answer = |statement: &Statement| {
            let models = self.list.iter().zip(&mut desk.scorers);
            let answers = models.map(|((name, pipeline), scorer)| {
                (name.clone(), Answer::new(pipeline, scorer.score(&statement.text)))
            });
            Ordered(answers.collect())
        };
        let answers = statements.iter().map(&mut answer).collect();
        desk.articles -= 1;
        if desk.articles > 0
            && let Ok(mut desks) = self.spare.lock()
        {
            desks.push(desk);
        }
        answers
    }

    /// The label sets of the models under their names.
    pub(super) fn label_sets(&self) -> Vec<(String, &'p LabelSet)> {
        self.list.iter().map(|(name, pipeline)| (name.clone(), pipeline.labels())).collect()
    }
}

/// Whether an object of the output has a field of its own called `name`.
fn is_field(name: &str) -> bool {
    let fields = [&STATEMENT_FIELDS[..], &Actor::FIELDS, &PeriodSummary::FIELDS];
    fields.iter().any(|fields| fields.contains(&name))
}

/// Fields of a [`ScoredStatement`] besides its answers.
const STATEMENT_FIELDS: [&str; 9] =
    ["document", "index", "sentence", "start", "end", "text", "speaker", "holder", "holders"];

/// One model's answer, with names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// The most probable class.
    pub label: String,
    /// Probability times polarity, summed; in [-1, 1]. `None` for a label set without polarity.
    pub score: Option<f64>,
    /// Probability of each class, in label order.
    pub probabilities: Ordered<f64>,
    /// Whose weights answered, "own" or "shared"; absent for models without weights of targets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weights: Option<&'static str>,
    /// Polarity of `label`: the side it takes, for colours.
    #[serde(skip)]
    pub polarity: Option<i8>,
}

impl Answer {
    /// None: there was nothing to answer.
    pub fn absent() -> Self {
        Answer {
            label: String::new(),
            score: None,
            probabilities: Ordered(Vec::new()),
            weights: None,
            polarity: None,
        }
    }

    /// Whether there was nothing to answer: an empty text. Null in JSON.
    pub fn is_absent(&self) -> bool {
        self.label.is_empty()
    }

    /// What `pipeline` says by `score`.
    pub fn new(pipeline: &Pipeline, score: Score) -> Self {
        let labels = pipeline.labels();
        let weights = pipeline.targets().next().map(|_| score.weights());
        Answer {
            label: labels.name_of(score.label).to_owned(),
            score: score.score,
            probabilities: labels.names().iter().cloned().zip(score.probabilities).collect(),
            weights,
            polarity: labels.polarity_of(score.label),
        }
    }
}

/// One statement and what the models say of it: a line of `classify --format jsonl`.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredStatement {
    /// File name, row id or "-".
    pub document: String,
    /// 0-based number of the statement in its document.
    pub index: usize,
    /// The statement.
    pub statement: Statement,
    /// Answers by model name.
    pub answers: Ordered<Answer>,
}

impl Serialize for ScoredStatement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let s = &self.statement;
        let mut map = serializer.serialize_map(None)?;
        let [document, index, sentence, start, end, text, speaker, holder, holders] = STATEMENT_FIELDS;
        map.serialize_entry(document, &self.document)?;
        map.serialize_entry(index, &self.index)?;
        map.serialize_entry(sentence, &s.sentence)?;
        map.serialize_entry(start, &s.span.start)?;
        map.serialize_entry(end, &s.span.end)?;
        map.serialize_entry(text, &s.text)?;
        map.serialize_entry(speaker, &s.speaker)?;
        map.serialize_entry(holder, &s.holder())?;
        map.serialize_entry(holders, &s.holders)?;
        for (name, answer) in self.answers.iter() {
            map.serialize_entry(name, &Some(answer).filter(|answer| !answer.is_absent()))?;
        }
        map.end()
    }
}

/// A document with its answers: an element of `classify --format json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoredArticle {
    /// File name or "-".
    pub document: String,
    /// The headline, where there is one.
    pub title: Option<String>,
    /// When it was published; "2019-01-24" in JSON.
    pub date: Option<Date>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The text that offsets point into, where the caller has put it: the file holds something else, such as a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Statements in document order.
    pub statements: Vec<ScoredStatement>,
    /// What repeats something said before; not scored again.
    pub duplicates: Vec<Duplicate>,
    /// Who stands where; most statements first.
    pub actors: Vec<Actor>,
    /// Which statements are whose, by name.
    #[serde(skip)]
    pub appearances: Vec<Appearance>,
}

impl ScoredStatement {
    /// A row of a table as its own document.
    pub fn of_row(document: String, text: &str, answers: Ordered<Answer>) -> Self {
        let statement = Statement {
            text: text.to_owned(),
            span: Span::new(0, text.len()),
            sentence: 0,
            speaker: None,
            holders: Vec::new(),
        };
        ScoredStatement { document, index: 0, statement, answers }
    }
}

impl ScoredArticle {
    /// The document of one row.
    pub fn of_row(statement: ScoredStatement) -> Self {
        Self::of_table(statement.document.clone(), vec![statement])
    }

    /// All rows of a table under its name.
    pub fn of_table(document: String, statements: Vec<ScoredStatement>) -> Self {
        ScoredArticle {
            document,
            title: None,
            date: None,
            byline: None,
            text: None,
            statements,
            duplicates: Vec::new(),
            actors: Vec::new(),
            appearances: Vec::new(),
        }
    }

    /// The statements of an actor as tables of actors need them; `document` is the article's number.
    pub(super) fn records(&self, appearance: &Appearance, document: u32) -> impl Iterator<Item = Record> {
        appearance.shares.iter().map(move |share| {
            let answers = &self.statements[share.statement].answers;
            let probabilities = answers.iter().flat_map(|(_, answer)| answer.probabilities.iter());
            Record {
                document,
                date: self.date,
                is_self_stated: share.is_self_stated,
                probabilities: probabilities.map(|(_, p)| *p).collect(),
            }
        })
    }
}
