//! The figures of some statements of an actor: all of them, or those of a period.

use jiff::civil::Date;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::opinion::{Opinion, Vote};
use super::time::Period;
use crate::label::LabelSet;
use crate::metrics::mean_intervals;
use crate::ordered::Ordered;

/// A statement of an actor as the table of actors needs it.
#[derive(Debug, Clone)]
pub(in crate::article) struct Record {
    /// Number of its document.
    pub(in crate::article) document: u32,
    pub(in crate::article) date: Option<Date>,
    pub(in crate::article) is_self_stated: bool,
    /// Probabilities of every model's classes, one model after another.
    pub(in crate::article) probabilities: Box<[f64]>,
}

/// The figures of some statements.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Statements that the actor makes or whose stance is its own; one in which it does both counts once.
    pub statements: usize,
    /// Those that it makes itself, or that someone makes who represents it.
    pub self_stated: usize,
    /// Documents with such statements.
    pub documents: usize,
    /// Date of the first dated document.
    pub first: Option<Date>,
    /// Date of the last dated document.
    pub last: Option<Date>,
    /// Opinions by model name.
    pub opinions: Ordered<Opinion>,
}

/// Seed of the intervals.
const SEED: u64 = 7;

impl Summary {
    /// The figures of `records` by models with these names and labels.
    ///
    /// # Panics
    /// If there are no records.
    pub(super) fn of(records: &[&Record], models: &[(String, &LabelSet)]) -> Self {
        let mut documents: Vec<u32> = records.iter().map(|r| r.document).collect();
        documents.sort_unstable();
        documents.dedup();
        let dates = || records.iter().filter_map(|r| r.date);
        Summary {
            statements: records.len(),
            self_stated: records.iter().filter(|r| r.is_self_stated).count(),
            documents: documents.len(),
            first: dates().min(),
            last: dates().max(),
            opinions: opinions(records, models),
        }
    }

    /// Statements about the actor by others or by the article itself.
    pub fn reported(&self) -> usize {
        self.statements - self.self_stated
    }
}

fn opinions(records: &[&Record], models: &[(String, &LabelSet)]) -> Ordered<Opinion> {
    let mut at = 0;
    let (mut all, mut scores) = (Vec::new(), Vec::new());
    for (name, labels) in models {
        let of_model = at..at + labels.len();
        at = of_model.end;
        let votes: Vec<Vote<'_>> = records
            .iter()
            .map(|r| Vote {
                probabilities: &r.probabilities[of_model.clone()],
                is_self_stated: r.is_self_stated,
            })
            .collect();
        if labels.has_polarity() {
            scores.push(votes.iter().filter_map(|v| labels.score(v.probabilities)).collect::<Vec<f64>>());
        }
        all.push((name.clone(), Opinion::of(labels, &votes)));
    }
    let columns: Vec<&[f64]> = scores.iter().map(Vec::as_slice).collect();
    let groups: Vec<u32> = records.iter().map(|r| r.document).collect();
    let intervals = mean_intervals(&columns, &groups, SEED);
    let scored = all.iter_mut().filter(|(_, opinion)| opinion.score.is_some());
    scored.zip(intervals).for_each(|((_, opinion), interval)| opinion.interval = interval);
    Ordered(all)
}

/// An actor's figures in one period: an element of `series`.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodSummary {
    /// Day, week or month.
    pub period: Period,
    /// The statements of this time.
    pub summary: Summary,
}

impl PeriodSummary {
    /// Fields besides the opinions.
    pub(in crate::article) const FIELDS: [&'static str; 7] =
        ["period", "from", "to", "statements", "self_stated", "reported", "documents"];
}

impl Serialize for PeriodSummary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let [period, from, to, statements, self_stated, reported, documents] = Self::FIELDS;
        map.serialize_entry(period, &self.period.name)?;
        map.serialize_entry(from, &self.period.from)?;
        map.serialize_entry(to, &self.period.to)?;
        map.serialize_entry(statements, &self.summary.statements)?;
        map.serialize_entry(self_stated, &self.summary.self_stated)?;
        map.serialize_entry(reported, &self.summary.reported())?;
        map.serialize_entry(documents, &self.summary.documents)?;
        for (model, opinion) in self.summary.opinions.iter() {
            map.serialize_entry(model, opinion)?;
        }
        map.end()
    }
}
