//! What the terms with a direction say together.
//!
//! Comes in: the hits of a statement. Goes out: names of features.
//!
//! A direction (accept: toward; refuse: away) is turned round by a negator, and by a governing term that turns
//! away: "refused to rule out talks" is refuse(rule out(talks)), hence toward (Polanyi and Zaenen 2006 for
//! shifters, Choi and Cardie 2008 for composition). Then it matters what it is about:
//!
//! | feature | the direction |
//! |---|---|
//! | `=toward`, `=away` | is about a topic in its clause: one of its own words, one that follows within the window, else one that stands before |
//! | `=toward aside` ... | the same in a subordinate clause: "..., days after they had agreed to talks" |
//! | `=toward other` ... | is about something else that follows: "agreed to extradite", "refused to hand over documents" |
//! | `=toward alone` ... | has nothing known to be about |
//! | `=first toward`, `=last away` ... | is the first, the last about a topic, in main clauses if there is one |
//! | `=first toward alone` ... | is the first of a statement in which none is about a topic |
//!
//! `=apart` says that there are directions and topics and none of the former is about one of the latter; `=topic only`
//! that there are topics alone; `=nothing` that there are neither.

use super::{Hit, Role};

/// Tokens between a governing term and what it turns round.
const GOVERNS: u32 = 7;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Object {
    Topic,
    Other,
    None,
}

/// Calls `emit` with the name of each feature, once an occurrence.
pub(super) fn summarize(hits: &[Hit], window: u32, mut emit: impl FnMut(&'static str)) {
    let (mut main, mut aside, mut first_of_any) = (None, None, None);
    for at in 0..hits.len() {
        let Some(toward) = direction(hits, at) else { continue };
        let object = object(hits, at, window);
        let is_aside = hits[at].subordinate;
        emit(match (toward, object) {
            (true, Object::Topic) if is_aside => "=toward aside",
            (true, Object::Topic) => "=toward",
            (true, Object::Other) => "=toward other",
            (true, Object::None) => "=toward alone",
            (false, Object::Topic) if is_aside => "=away aside",
            (false, Object::Topic) => "=away",
            (false, Object::Other) => "=away other",
            (false, Object::None) => "=away alone",
        });
        if object == Object::Topic {
            let ends = if is_aside { &mut aside } else { &mut main };
            ends.get_or_insert((toward, toward)).1 = toward;
        }
        first_of_any.get_or_insert(toward);
    }
    let has_topic = hits.iter().any(|hit| hit.role == Role::Topic || hit.names_topic);
    match (main.or(aside), first_of_any) {
        (Some((first, last)), _) => {
            emit(if first { "=first toward" } else { "=first away" });
            emit(if last { "=last toward" } else { "=last away" });
        }
        (None, Some(toward)) => {
            emit(if toward { "=first toward alone" } else { "=first away alone" });
            if has_topic {
                emit("=apart");
            }
        }
        (None, None) => emit(if has_topic { "=topic only" } else { "=nothing" }),
    }
}

/// The composed direction of hit `at`: `Some(true)` for toward. `None` for hits without one, and for those that
/// only govern a later hit.
fn direction(hits: &[Hit], at: usize) -> Option<bool> {
    let mut toward = match hits[at].role {
        Role::Toward => true,
        Role::Away => false,
        _ => return None,
    };
    if governed(hits, at).is_some() {
        return None;
    }
    // Up the chain of governors: each turns round what stands below it. One negator reaches a governor and
    // what it governs, but turns round only the upper of the two; none where it is part of the governor ("won't").
    let mut below = at;
    let in_reach =
        |below: usize| (0..below).rev().take_while(move |&j| hits[below].start <= hits[j].end + GOVERNS);
    while let Some(above) = in_reach(below).find(|&j| governed(hits, j) == Some(below)) {
        toward ^= true;
        toward ^= hits[below].negated && !hits[above].negated && !hits[above].negates;
        below = above;
    }
    toward ^= hits[below].negated;
    Some(toward)
}

/// The hit with a direction that hit `at` governs: the next one, close behind, in the same clause.
fn governed(hits: &[Hit], at: usize) -> Option<usize> {
    let hit = &hits[at];
    if !matches!(hit.role, Role::Away | Role::Shift) {
        return None;
    }
    let near = |h: &Hit| h.clause == hit.clause && h.start <= hit.end + GOVERNS;
    let is_passed_over = |h: &Hit| matches!(h.role, Role::Plain | Role::Mark | Role::Other);
    let rest = &hits[at + 1..];
    let next = rest.iter().take_while(|h| near(h)).position(|h| !is_passed_over(h))?;
    matches!(rest[next].role, Role::Toward | Role::Away | Role::Shift).then_some(at + 1 + next)
}

/// What the direction of hit `at` is about.
fn object(hits: &[Hit], at: usize, window: u32) -> Object {
    let hit = &hits[at];
    let in_clause = |h: &&Hit| h.clause == hit.clause;
    let after = hits[at + 1..].iter().take_while(|h| h.start <= hit.end + window).filter(in_clause);
    let before = hits[..at].iter().rev().take_while(|h| hit.start <= h.end + window).filter(in_clause);
    if hit.names_topic || after.clone().chain(before).any(|h| h.role == Role::Topic) {
        Object::Topic
    } else if after.clone().any(|h| h.role == Role::Other) {
        Object::Other
    } else {
        Object::None
    }
}
