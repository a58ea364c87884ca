//! What stands before the articles: pictures of the actors, their table, the list of articles.

use maud::{Markup, html};

use super::{Line, MOST_IN_FULL, Page, lead};
use crate::article::actors::{Opinion, PeriodSummary};
use crate::article::{Actor, TimeUnit};
use crate::render::actors::{date, ends, mean, name, stand};
use crate::render::classification::counted;
use crate::render::html::chart::{Axis, Bar, Plot, Point, Width, day, dots};
use crate::render::html::{cards, details, figure, join, section};
use crate::render::{UNDEFINED, signed};

/// Actors with a picture of their own course.
const COURSES: usize = 8;
/// Actors in the picture of one line an actor.
const DOTS: usize = 16;
/// Rows of the table of actors that are not folded away.
const ROWS: usize = 30;

pub(super) fn overview(page: &Page<'_, '_>, actors: &[Actor], unit: Option<TimeUnit>) -> Markup {
    let parts = [
        headline(page, actors),
        picture(page, actors, unit),
        section("Actors", &actor_tables(actors, lead(page.models), page.lines.len() > 1)),
        articles(page),
    ];
    join(&parts)
}

fn headline(page: &Page<'_, '_>, actors: &[Actor]) -> Markup {
    let sum = |of: fn(&Line) -> usize| page.lines.iter().map(of).sum::<usize>();
    let dates = || page.lines.iter().filter_map(|line| line.date);
    let time = match (dates().min(), dates().max()) {
        (Some(first), Some(last)) if first < last => format!("{first} to {last}"),
        (first, _) => first.map_or_else(String::new, |first| first.to_string()),
    };
    let repeated = match sum(|l| l.repeated) {
        0 => String::new(),
        n => format!("{n} repeated"),
    };
    let numbers = [
        ("articles", page.lines.len().to_string(), time),
        ("statements", sum(|l| l.statements).to_string(), repeated),
        ("actors", actors.len().to_string(), String::new()),
    ];
    html! {
        (cards(numbers))
        p.soft {
            "Scores go from -1 (against) to 1 (in favor); ranges are 95 % intervals. They come from a model that reads one \
             sentence at a time: a reading aid, not a fact. Read the sentences."
        }
    }
}

/// The course of the main actors in time, or where each stands if there is no time to speak of.
fn picture(page: &Page<'_, '_>, actors: &[Actor], unit: Option<TimeUnit>) -> Markup {
    let lead = lead(page.models).unwrap_or_default();
    let scored: Vec<(&Actor, &Opinion)> = actors
        .iter()
        .filter_map(|actor| Some((actor, actor.summary.opinions.get(lead)?)))
        .filter(|(_, opinion)| opinion.score.is_some())
        .collect();
    let several = |actor: &Actor| actor.pooled.as_ref().is_some_and(|pooled| pooled.series.len() > 1);
    let content = match unit {
        _ if scored.is_empty() => return Markup::default(),
        Some(unit) if scored.iter().any(|(actor, _)| several(actor)) => courses(&scored, lead, unit),
        _ => stands(&scored, lead),
    };
    section("Where they stand", &content)
}

fn courses(scored: &[(&Actor, &Opinion)], lead: &str, unit: TimeUnit) -> Markup {
    let shown = &scored[..scored.len().min(COURSES)];
    let days = || shown.iter().flat_map(|(a, _)| [a.summary.first, a.summary.last]).flatten();
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return Markup::default() };
    // A point stands in the middle of its period, which may lie outside the dates.
    let axis =
        Axis::dates(unit.period_of(first).middle().min(first), unit.period_of(last).middle().max(last));
    let course = |(actor, opinion): &(&Actor, &Opinion)| {
        let series = actor.pooled.iter().flat_map(|pooled| &pooled.series);
        let points: Vec<_> = series.filter_map(|p| point(p, lead)).collect();
        let chart = Plot::low(
            &format!("{} over time", actor.figure.name),
            axis.clone(),
            Axis::linear(lead, -1.0, 1.0),
        )
        .reference(&[(f64::MIN, 0.0), (f64::MAX, 0.0)])
        .course(&points)
        .draw();
        html! {
            div.course {
                h3 { bdi { (name(actor)) } }
                p.soft { (stand(opinion)) " (" (ends(opinion.interval)) "), " (counted(actor.summary.statements, "statement")) }
                (chart)
            }
        }
    };
    let word = match unit {
        TimeUnit::Day => "day",
        TimeUnit::Week => "week",
        TimeUnit::Month => "month",
    };
    html! {
        figure {
            div.columns { @for actor in shown { (course(actor)) } }
            figcaption {
                "Mean " (lead) " of each " (word) ", from -1 to 1: blue takes a side for, orange against, grey neither. The larger the dot, the \
                 more statements; the band is the 95 % interval, where there are two statements or more."
                @if scored.len() > shown.len() { " " (scored.len() - shown.len()) " more actors are in the table." }
            }
        }
    }
}

fn point(summary: &PeriodSummary, lead: &str) -> Option<(Point, Option<i8>, usize)> {
    let PeriodSummary { period, summary } = summary;
    let opinion = summary.opinions.get(lead)?;
    let note = format!(
        "{}: {} ({}), {} in {}",
        period.name,
        stand(opinion),
        ends(opinion.interval),
        counted(summary.statements, "statement"),
        counted(summary.documents, "article")
    );
    let point = Point { x: day(period.middle()), y: opinion.score?, interval: opinion.interval, note };
    Some((point, opinion.polarity, summary.statements))
}

fn stands(scored: &[(&Actor, &Opinion)], lead: &str) -> Markup {
    let dot = |(actor, opinion): &(&Actor, &Opinion)| Bar {
        name: actor.figure.name.clone(),
        value: opinion.score,
        interval: opinion.interval,
        text: format!("{} ({})", signed(opinion.score.unwrap_or_default()), actor.summary.statements),
        note: format!("{}, {}", stand(opinion), counted(actor.summary.statements, "statement")),
        is_pale: actor.summary.statements == 1,
        polarity: opinion.polarity,
    };
    let rows: Vec<Bar> = scored.iter().take(DOTS).map(dot).collect();
    let chart =
        dots(&format!("Mean {lead} of each actor"), Width::Narrow, &Axis::linear(lead, -1.0, 1.0), &rows);
    let more = scored.len() - rows.len();
    let caption = format!(
        "Mean of an actor's statements and how many there are: blue takes a side for, orange against, grey neither; pale rests \
         on one statement.{}",
        if more > 0 { format!(" {more} more actors are in the table.") } else { String::new() }
    );
    figure(&chart, &caption)
}

fn actor_tables(actors: &[Actor], lead: Option<&str>, is_pooled: bool) -> Markup {
    let (first, rest) = actors.split_at(actors.len().min(ROWS));
    html! {
        (actor_table(first, lead, is_pooled))
        @if !rest.is_empty() { (details(&format!("{} more", rest.len()), &actor_table(rest, lead, is_pooled))) }
        p.soft {
            "By itself: what the actor says, or someone who represents it. By others: what others say of it, or the article. In brackets the \
             number of statements."
        }
    }
}

fn actor_table(actors: &[Actor], lead: Option<&str>, is_pooled: bool) -> Markup {
    let models: Vec<&str> =
        actors.first().iter().flat_map(|a| a.summary.opinions.iter().map(|(model, _)| model)).collect();
    html! {
        div.scroll {
            table {
                thead {
                    tr {
                        th { "actor" }
                        @if is_pooled { th { "articles" } }
                        th { "statements" }
                        @for model in &models {
                            th { (model) }
                            @if Some(*model) == lead { th { "95 % interval" } th { "by itself" } th { "by others" } }
                        }
                        @if is_pooled { th { "first" } th { "last" } }
                    }
                }
                tbody {
                    @for actor in actors {
                        tr {
                            td.name { bdi { (name(actor)) } " " span.soft { (actor.figure.kind.name()) } }
                            @if is_pooled { td { (actor.summary.documents) } }
                            td { (actor.summary.statements) }
                            @for (model, opinion) in actor.summary.opinions.iter() {
                                td { (stand(opinion)) }
                                @if Some(model) == lead {
                                    td { (ends(opinion.interval)) }
                                    td { (mean(opinion.self_stated)) }
                                    td { (mean(opinion.reported)) }
                                }
                            }
                            @if is_pooled { td { (date(actor.summary.first)) } td { (date(actor.summary.last)) } }
                        }
                    }
                }
            }
        }
    }
}

fn articles(page: &Page<'_, '_>) -> Markup {
    if page.lines.len() < 2 {
        return Markup::default();
    }
    let table = html! {
        div.scroll {
            table {
                thead {
                    tr {
                        th { "article" } th { "date" } th { "statements" } th { "against" } th { "neutral" } th { "for" } th { "mean" }
                    }
                }
                tbody {
                    @for (number, line) in page.lines.iter().enumerate() {
                        tr {
                            td.name { (link(page, number, line)) }
                            td { (date(line.date)) }
                            td { (line.statements) }
                            @for n in line.sides { td { (n) } }
                            td { (line.score.map_or_else(|| UNDEFINED.to_owned(), signed)) }
                        }
                    }
                }
            }
        }
        @if page.lines.len() > page.full.len() {
            p.soft { (MOST_IN_FULL) " of " (page.lines.len()) " articles are shown in full below: those in which most statements take a side." }
        }
    };
    section("Articles", &table)
}

fn link(page: &Page<'_, '_>, number: usize, line: &Line) -> Markup {
    let words = line.title.as_ref().unwrap_or(&line.document);
    html! {
        @if page.is_in_full(number) {
            a href={ "#a" (number + 1) } { bdi { (words) } }
        } @else {
            bdi { (words) }
        }
    }
}
