//! Actors in tables.

use jiff::civil::Date;

use super::{Grid, UNDEFINED, flat, signed};
use crate::article::Actor;
use crate::article::actors::{Mean, Opinion};

/// Actors with their mean opinions; people stand below whom they speak for.
pub(super) fn of_article(actors: &[Actor]) -> Grid {
    let mut grid = Grid::of(header(&["actor", "statements", "by itself"], actors));
    for actor in grouped(actors) {
        let summary = &actor.summary;
        let fixed = [name(actor), summary.statements.to_string(), summary.self_stated.to_string()];
        grid.push_row(fixed.into_iter().chain(opinions(actor)).collect());
    }
    grid
}

/// Actors of several articles: what they say themselves apart from what is reported, by the first model with scores.
pub(super) fn pooled(actors: &[Actor]) -> Grid {
    let mut header = header(&["actor", "articles", "statements"], actors);
    header.extend(["by itself", "by others", "first", "last"].map(str::to_owned));
    let mut grid = Grid::of(header);
    for actor in actors {
        let summary = &actor.summary;
        let fixed = [name(actor), summary.documents.to_string(), summary.statements.to_string()];
        let lead = lead(actor);
        let sides = [lead.map(|o| o.self_stated), lead.map(|o| o.reported)];
        let sides = sides.map(|side| side.map_or_else(|| UNDEFINED.to_owned(), mean));
        let dates = [summary.first, summary.last].map(date);
        grid.push_row(fixed.into_iter().chain(opinions(actor)).chain(sides).chain(dates).collect());
    }
    grid
}

/// The opinion that places an actor: the first one with a score, else the first.
pub(super) fn lead(actor: &Actor) -> Option<&Opinion> {
    let all = || actor.summary.opinions.iter().map(|(_, opinion)| opinion);
    all().find(|o| o.score.is_some()).or_else(|| all().next())
}

/// "Ann Roe (Oman)".
pub(super) fn name(actor: &Actor) -> String {
    match &actor.figure.represents {
        Some(whom) => format!("{} ({})", flat(&actor.figure.name), flat(whom)),
        None => flat(&actor.figure.name),
    }
}

/// "favor +0.61", or the label alone where there is no score.
pub(super) fn stand(opinion: &Opinion) -> String {
    opinion
        .score
        .map_or_else(|| opinion.label.clone(), |score| format!("{} {}", opinion.label, signed(score)))
}

/// "-0.20 to +0.76".
pub(super) fn ends(interval: Option<[f64; 2]>) -> String {
    interval
        .map_or_else(|| UNDEFINED.to_owned(), |[low, high]| format!("{} to {}", signed(low), signed(high)))
}

/// "+0.61 (3)": a mean and the number of statements behind it.
pub(super) fn mean(mean: Mean) -> String {
    mean.score
        .map_or_else(|| UNDEFINED.to_owned(), |score| format!("{} ({})", signed(score), mean.statements))
}

/// "2019-01-24".
pub(super) fn date(date: Option<Date>) -> String {
    date.map_or_else(|| UNDEFINED.to_owned(), |date| date.to_string())
}

fn header(fixed: &[&str], actors: &[Actor]) -> Vec<String> {
    let mut header: Vec<String> = fixed.iter().map(|name| (*name).to_owned()).collect();
    for (model, opinion) in actors.first().iter().flat_map(|a| a.summary.opinions.iter()) {
        header.push(model.to_owned());
        header.extend(opinion.score.map(|_| "95 % interval".to_owned()));
    }
    header
}

fn opinions(actor: &Actor) -> impl Iterator<Item = String> {
    let opinions = actor.summary.opinions.iter();
    opinions.flat_map(|(_, o)| [Some(stand(o)), o.score.map(|_| ends(o.interval))]).flatten()
}

/// Actors in their order, save that those who speak for another one follow it.
fn grouped(actors: &[Actor]) -> Vec<&Actor> {
    let head =
        |actor: &Actor| actors.iter().position(|a| Some(&a.figure.name) == actor.figure.represents.as_ref());
    // One step up is enough: whom a head represents in turn does not move it.
    let is_head = |i: usize| actors.iter().enumerate().any(|(j, a)| j != i && head(a) == Some(i));
    let mut out = Vec::with_capacity(actors.len());
    for (i, actor) in actors.iter().enumerate() {
        if is_head(i) || head(actor).is_none_or(|h| h == i) {
            out.push(actor);
            let speaks_for = |&(j, a): &(usize, &Actor)| j != i && head(a) == Some(i) && !is_head(j);
            out.extend(actors.iter().enumerate().filter(speaks_for).map(|(_, a)| a));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Ordered;
    use crate::article::actors::Summary;
    use crate::article::{Figure, Kind};

    #[test]
    fn people_stand_below_whom_they_speak_for() {
        let actor = |name: &str, represents: Option<&str>| Actor {
            figure: Figure {
                name: name.into(),
                kind: Kind::Person,
                represents: represents.map(str::to_owned),
            },
            speakers: Vec::new(),
            summary: Summary {
                statements: 1,
                self_stated: 1,
                documents: 1,
                first: None,
                last: None,
                opinions: Ordered(Vec::new()),
            },
            pooled: None,
        };
        let of = |names: &[(&str, Option<&str>)]| {
            let actors: Vec<Actor> = names.iter().map(|(n, r)| actor(n, *r)).collect();
            grouped(&actors).iter().map(|a| a.figure.name.clone()).collect::<Vec<_>>()
        };
        let rows = [("Ann", Some("Oman")), ("Rebels", None), ("Oman", None), ("Bea", Some("Oman"))];
        assert_eq!(of(&rows), ["Rebels", "Oman", "Ann", "Bea"]);
        assert_eq!(of(&[("Ann", Some("Oman")), ("Rebels", None)]), ["Ann", "Rebels"], "Oman has no row");
        let ring = [("Ann", Some("Bea")), ("Bea", Some("Ann")), ("Eve", Some("Eve"))];
        assert_eq!(of(&ring).len(), 3, "nobody is lost");
    }
}
