//! Who stands where: the scores of statements gathered per actor, in one article or over many.
//!
//! Comes in: statements with speakers, holders and answers, and the roster of figures. Goes out: one row per actor
//! with an opinion a model, and over many articles its course in time. It refuses to know how statements are
//! attributed and where answers come from.
//!
//! Rows depend on speakers and holders alone ([`Appearance`]); each model then has an opinion on every row
//! ([`Summary`]). [`Pool`] gathers the rows of many articles and keeps probabilities, never texts.

mod appearance;
mod names;
mod opinion;
mod pool;
mod summary;
mod time;

pub use appearance::{Appearance, Share, appearances};
pub use opinion::{Mean, Opinion};
pub use pool::Pool;
pub(in crate::article) use summary::Record;
pub use summary::{PeriodSummary, Summary};
pub use time::{Period, TimeUnit};

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::ScoredArticle;
use crate::label::LabelSet;

/// Someone who speaks or holds a stance in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The fullest name that the article gives.
    pub name: String,
    /// Person, state or group.
    pub kind: Kind,
    /// The actor in whose name the figure holds office or acts.
    pub represents: Option<String>,
}

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A single person.
    Person,
    /// A state or its government.
    State,
    /// Any other body: an alliance, an armed group, a party, a union.
    Group,
}

impl Kind {
    /// As it is written: "person", "state", "group".
    pub fn name(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::State => "state",
            Kind::Group => "group",
        }
    }
}

/// An actor of an article, or of many: an element of `actors` in `classify --format json`.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Name, kind, and whom it represents.
    pub figure: Figure,
    /// Who makes its statements, in order of appearance.
    pub speakers: Vec<String>,
    /// All of its statements.
    pub summary: Summary,
    /// What only a row over many articles has.
    pub pooled: Option<Pooled>,
}

/// What an actor has over many articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// Other names that were taken for the same actor, in order of appearance.
    pub aliases: Vec<String>,
    /// Its periods with statements, oldest first; statements without a date are in none.
    pub series: Vec<PeriodSummary>,
}

impl Actor {
    /// Fields besides the opinions, which have the names of models.
    pub(super) const FIELDS: [&'static str; 12] = [
        "name",
        "kind",
        "represents",
        "statements",
        "self_stated",
        "reported",
        "speakers",
        "documents",
        "first",
        "last",
        "aliases",
        "series",
    ];
}

impl Serialize for Actor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let [
            name,
            kind,
            represents,
            statements,
            own,
            reported,
            speakers,
            documents,
            first,
            last,
            aliases,
            series,
        ] = Self::FIELDS;
        map.serialize_entry(name, &self.figure.name)?;
        map.serialize_entry(kind, &self.figure.kind)?;
        map.serialize_entry(represents, &self.figure.represents)?;
        map.serialize_entry(statements, &self.summary.statements)?;
        map.serialize_entry(own, &self.summary.self_stated)?;
        map.serialize_entry(reported, &self.summary.reported())?;
        map.serialize_entry(speakers, &self.speakers)?;
        map.serialize_entry(documents, &self.summary.documents)?;
        map.serialize_entry(first, &self.summary.first)?;
        map.serialize_entry(last, &self.summary.last)?;
        if let Some(pooled) = &self.pooled {
            map.serialize_entry(aliases, &pooled.aliases)?;
        }
        for (model, opinion) in self.summary.opinions.iter() {
            map.serialize_entry(model, opinion)?;
        }
        if let Some(pooled) = &self.pooled {
            map.serialize_entry(series, &pooled.series)?;
        }
        map.end()
    }
}

/// One row per actor of an article, most statements first.
pub(super) fn of_article(article: &ScoredArticle, models: &[(String, &LabelSet)]) -> Vec<Actor> {
    let actor = |appearance: &Appearance| {
        let records: Vec<Record> = article.records(appearance, 0).collect();
        Actor {
            figure: appearance.figure.clone(),
            speakers: appearance.speakers.clone(),
            summary: Summary::of(&records.iter().collect::<Vec<_>>(), models),
            pooled: None,
        }
    };
    let mut actors: Vec<Actor> = article.appearances.iter().map(actor).collect();
    sort(&mut actors);
    actors
}

/// Most statements first, then by name.
fn sort(actors: &mut [Actor]) {
    let n = |actor: &Actor| actor.summary.statements;
    actors.sort_by(|a, b| n(b).cmp(&n(a)).then_with(|| a.figure.name.cmp(&b.figure.name)));
}
