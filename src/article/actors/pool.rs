//! The actors of many articles.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::names::{self, Person};
use super::summary::{PeriodSummary, Record, Summary};
use super::time::{Period, TimeUnit};
use super::{Actor, Figure, Kind, Pooled, sort};
use crate::article::{Models, ScoredArticle};
use crate::label::LabelSet;

/// Gathers the actors of one article after another; of a statement it keeps probabilities and a date, no text.
///
/// Which names mean one actor: those that differ only in case, white space, the shape of an apostrophe or a leading
/// "the"; and a person's shorter name joins a longer one ("Roe", "Ann B. Roe") if only one person comes into question,
/// no article names the two as two, and they do not represent different actors.
#[derive(Debug)]
pub struct Pool<'m> {
    models: Vec<(String, &'m LabelSet)>,
    entries: BTreeMap<Key, Entry>,
    n_documents: u32,
}

/// A folded name, and whether it is a person's.
type Key = (String, bool);

#[derive(Debug, Default)]
struct Entry {
    /// Spellings with their number of statements, in order of appearance.
    spellings: Vec<(String, usize)>,
    kind: Option<Kind>,
    represents: Option<String>,
    speakers: Vec<String>,
    records: Vec<Record>,
}

impl<'m> Pool<'m> {
    /// Without articles; these models will have answered.
    pub fn new(models: &Models<'m>) -> Self {
        Pool { models: models.label_sets(), entries: BTreeMap::new(), n_documents: 0 }
    }

    /// Adds the actors of an article.
    ///
    /// # Panics
    /// If other models answered.
    pub fn add(&mut self, article: &ScoredArticle) {
        for appearance in &article.appearances {
            let figure = &appearance.figure;
            let key = (names::fold(&figure.name), figure.kind == Kind::Person);
            let entry = self.entries.entry(key).or_default();
            let n = appearance.shares.len();
            match entry.spellings.iter_mut().find(|(name, _)| *name == figure.name) {
                Some((_, statements)) => *statements += n,
                None => entry.spellings.push((figure.name.clone(), n)),
            }
            entry.kind.get_or_insert(figure.kind);
            entry.represents = entry.represents.take().or_else(|| figure.represents.clone());
            add_missing(&mut entry.speakers, appearance.speakers.iter().cloned());
            entry.records.extend(article.records(appearance, self.n_documents));
        }
        self.n_documents += 1;
    }

    /// Number of articles added.
    pub fn documents(&self) -> usize {
        self.n_documents as usize
    }

    /// How time is divided unless something else is asked for; `None` without a date.
    pub fn time_unit(&self) -> Option<TimeUnit> {
        let dates = || self.entries.values().flat_map(|e| &e.records).filter_map(|r| r.date);
        Some(TimeUnit::fitting(dates().min()?, dates().max()?))
    }

    /// One row per actor, most statements first, each with its course in time by `unit` or, without one, by
    /// [`Pool::time_unit`].
    pub fn actors(&self, unit: Option<TimeUnit>) -> Vec<Actor> {
        let unit = unit.or_else(|| self.time_unit());
        let merged = self.merged();
        let display: BTreeMap<&str, &str> =
            merged.iter().flat_map(|row| row.keys.iter().map(|key| (key.0.as_str(), row.name))).collect();
        let shown = |name: &String| {
            display.get(names::fold(name).as_str()).map_or_else(|| name.clone(), |shown| (*shown).to_owned())
        };
        let actor = |row: &Row<'_>| {
            let entries = || row.keys.iter().map(|key| &self.entries[*key]);
            let records: Vec<&Record> = entries().flat_map(|e| &e.records).collect();
            let mut speakers = Vec::new();
            add_missing(&mut speakers, entries().flat_map(|e| &e.speakers).map(shown));
            let spellings = entries().flat_map(|e| &e.spellings).map(|(name, _)| name);
            Actor {
                figure: Figure {
                    name: row.name.to_owned(),
                    kind: entries().find_map(|e| e.kind).unwrap_or(Kind::Group),
                    represents: entries().find_map(|e| e.represents.as_ref()).map(shown),
                },
                speakers,
                summary: Summary::of(&records, &self.models),
                pooled: Some(Pooled {
                    aliases: spellings.filter(|name| *name != row.name).cloned().collect(),
                    series: unit.map_or_else(Vec::new, |unit| self.series(&records, unit)),
                }),
            }
        };
        let mut actors: Vec<Actor> = merged.iter().map(actor).collect();
        sort(&mut actors);
        actors
    }

    fn series(&self, records: &[&Record], unit: TimeUnit) -> Vec<PeriodSummary> {
        let mut periods: BTreeMap<Date, (Period, Vec<&Record>)> = BTreeMap::new();
        for record in records {
            if let Some(date) = record.date {
                let period = unit.period_of(date);
                periods.entry(period.from).or_insert_with(|| (period, Vec::new())).1.push(record);
            }
        }
        let summary = |(period, records): (Period, Vec<&Record>)| PeriodSummary {
            period,
            summary: Summary::of(&records, &self.models),
        };
        periods.into_values().map(summary).collect()
    }

    /// Entries with those that join them.
    fn merged(&self) -> Vec<Row<'_>> {
        let people: Vec<(&Key, &Entry)> = self.entries.iter().filter(|(key, _)| key.1).collect();
        let persons: Vec<Person<'_>> = people.iter().map(|(key, entry)| entry.person(key)).collect();
        let full = people.iter().zip(names::join(&persons));
        let joins: BTreeMap<&Key, &Key> =
            full.filter_map(|(short, full)| Some((short.0, people[full?].0))).collect();
        let mut short_of: BTreeMap<&Key, Vec<&Key>> = BTreeMap::new();
        joins.iter().for_each(|(short, full)| short_of.entry(full).or_default().push(short));
        let is_full = |(key, _): &(&Key, &Entry)| !joins.contains_key(key);
        let with_short = |key| std::iter::once(key).chain(short_of.get(key).into_iter().flatten().copied());
        let full = self.entries.iter().filter(is_full);
        full.map(|(key, entry)| Row { name: entry.name(), keys: with_short(key).collect() }).collect()
    }
}

/// An actor with the keys of its entries, the one that it is named by first.
struct Row<'p> {
    name: &'p str,
    keys: Vec<&'p Key>,
}

impl Entry {
    /// The most frequent spelling, of equals the first.
    fn name(&self) -> &str {
        let most = self.spellings.iter().rev().max_by_key(|(_, statements)| *statements);
        most.map_or("", |(name, _)| name)
    }

    /// As the rules for names see it.
    fn person<'k>(&self, key: &'k Key) -> Person<'k> {
        let mut documents: Vec<u32> = self.records.iter().map(|r| r.document).collect();
        documents.dedup();
        Person { name: &key.0, represents: self.represents.as_deref().map(names::fold), documents }
    }
}

fn add_missing(list: &mut Vec<String>, names: impl Iterator<Item = String>) {
    for name in names {
        if !list.contains(&name) {
            list.push(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::article::actors::{Appearance, Mean, Share};
    use crate::article::{Answer, ScoredStatement};
    use crate::ordered::Ordered;

    /// An article of one actor's statements, each with its score and whether the actor makes it itself.
    fn article(day: Option<Date>, name: &str, kind: Kind, statements: &[(f64, bool)]) -> ScoredArticle {
        let answer = |score: f64| Answer {
            label: String::new(),
            score: Some(score),
            probabilities: ["against", "neutral", "favor"]
                .map(str::to_owned)
                .into_iter()
                .zip([(-score).max(0.0), 1.0 - score.abs(), score.max(0.0)])
                .collect(),
            weights: None,
            polarity: None,
        };
        let rows = statements.iter().map(|(score, _)| {
            let answers = Ordered(vec![("stance".to_owned(), answer(*score))]);
            ScoredStatement::of_row(String::new(), "", answers)
        });
        let share = |(statement, (_, own)): (usize, &(f64, bool))| Share { statement, is_self_stated: *own };
        let mut article = ScoredArticle::of_table(String::new(), rows.collect());
        article.date = day;
        article.appearances = vec![Appearance {
            figure: Figure { name: name.into(), kind, represents: None },
            shares: statements.iter().enumerate().map(share).collect(),
            speakers: Vec::new(),
        }];
        article
    }

    fn pooled(articles: &[ScoredArticle], unit: Option<TimeUnit>) -> Vec<Actor> {
        let labels = LabelSet::stance();
        let models = vec![("stance".to_owned(), &labels)];
        let mut pool = Pool { models, entries: BTreeMap::new(), n_documents: 0 };
        articles.iter().for_each(|a| pool.add(a));
        pool.actors(unit)
    }

    #[test]
    fn statements_of_all_articles_are_in_the_mean_and_dates_span_them() {
        let actors = pooled(
            &[
                article(Some(date(2024, 3, 9)), "Oman", Kind::State, &[(1.0, true), (0.5, false)]),
                article(Some(date(2024, 1, 2)), "OMAN", Kind::State, &[(-0.75, false)]),
                article(None, "Oman", Kind::State, &[(-0.25, false)]),
            ],
            None,
        );
        let [oman] = actors.as_slice() else { panic!("{actors:?}") };
        let (summary, pooled) = (&oman.summary, oman.pooled.as_ref().unwrap());
        let opinion = summary.opinions.get("stance").unwrap();
        assert_eq!(
            (oman.figure.name.as_str(), pooled.aliases.as_slice()),
            ("Oman", &["OMAN".to_owned()][..])
        );
        assert_eq!((summary.statements, summary.self_stated, summary.documents), (4, 1, 3));
        assert_eq!((summary.first, summary.last), (Some(date(2024, 1, 2)), Some(date(2024, 3, 9))));
        // (1 + 0.5 - 0.75 - 0.25) / 4, 1 / 1, (0.5 - 0.75 - 0.25) / 3
        assert_eq!(opinion.score, Some(0.125));
        assert_eq!(opinion.self_stated, Mean { statements: 1, score: Some(1.0) });
        assert_eq!(opinion.reported, Mean { statements: 3, score: Some(-0.5 / 3.0) });
        assert_eq!(opinion.labels.iter().map(|(_, n)| *n).collect::<Vec<_>>(), [1, 2, 1]);
    }

    #[test]
    fn an_interval_draws_documents_where_there_are_several_and_statements_within_one() {
        let interval = |articles: &[ScoredArticle]| {
            pooled(articles, None)[0].summary.opinions.get("stance").unwrap().interval
        };
        let of = |scores: &[(f64, bool)]| article(None, "Oman", Kind::State, scores);
        assert_eq!(interval(&[of(&[(0.5, true)])]), None);
        assert_eq!(interval(&[of(&[(0.5, true), (-0.5, true)])]), Some([-0.5, 0.5]));
        // A document drawn twice has the mean of its statements.
        let two = [of(&[(1.0, true), (0.0, true)]), of(&[(-1.0, true), (0.0, true)])];
        assert_eq!(interval(&two), Some([-0.5, 0.5]));
    }

    #[test]
    fn a_week_without_statements_has_no_point_and_what_has_no_date_is_in_none() {
        let actors = pooled(
            &[
                article(Some(date(2024, 1, 1)), "Oman", Kind::State, &[(1.0, true)]),
                article(Some(date(2024, 1, 7)), "Oman", Kind::State, &[(0.0, true), (-0.5, false)]),
                article(Some(date(2024, 1, 15)), "Oman", Kind::State, &[(-1.0, true)]),
                article(None, "Oman", Kind::State, &[(-1.0, true)]),
            ],
            Some(TimeUnit::Week),
        );
        let series = &actors[0].pooled.as_ref().unwrap().series;
        let point = |p: &PeriodSummary| {
            let opinion = p.summary.opinions.get("stance").unwrap();
            (p.period.name.clone(), p.summary.statements, opinion.score.unwrap(), opinion.interval)
        };
        // (1 + 0 - 0.5) / 3 in the first week; its two documents have the means 1 and -0.25.
        assert_eq!(
            series.iter().map(point).collect::<Vec<_>>(),
            [("2024-W01".into(), 3, 0.5 / 3.0, Some([-0.25, 1.0])), ("2024-W03".into(), 1, -1.0, None)]
        );
    }

    #[test]
    fn a_surname_joins_the_full_name_and_a_state_of_that_name_does_not() {
        let one = |name, kind| article(None, name, kind, &[(0.5, true)]);
        let actors =
            pooled(&[one("Roe", Kind::Person), one("Ann Roe", Kind::Person), one("Roe", Kind::State)], None);
        let names: Vec<(&str, usize)> =
            actors.iter().map(|a| (a.figure.name.as_str(), a.summary.statements)).collect();
        assert_eq!(names, [("Ann Roe", 2), ("Roe", 1)]);
        assert_eq!(actors[0].pooled.as_ref().unwrap().aliases, ["Roe"]);
    }
}
