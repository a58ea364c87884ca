//! Verb forms and what they tell about who speaks and whose stance it is.
//!
//! Comes in: a word in lower case. Goes out: the verb that it can be, by class and form. Whether it is one in its
//! sentence is for `clause` to say.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a verb does to attribution; the classes are explained in `verbs.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Report,
    Think,
    Opine,
    Speak,
    Blame,
    Act,
    Be,
    Have,
    Modal,
    Do,
}

impl Class {
    /// Whether it stands before the verb that matters.
    pub(super) fn is_auxiliary(self) -> bool {
        matches!(self, Class::Be | Class::Have | Class::Modal | Class::Do)
    }

    /// Whether a clause can follow whose subject is the actor.
    pub(super) fn takes_clause(self) -> bool {
        matches!(self, Class::Report | Class::Think | Class::Opine)
    }

    /// Whether the subject utters something.
    pub(super) fn is_speech(self) -> bool {
        matches!(self, Class::Report | Class::Opine | Class::Speak | Class::Blame)
    }
}

/// Which form of the verb it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Base,
    Third,
    Past,
    Participle,
    Ing,
}

/// A known verb form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verb {
    pub(super) class: Class,
    pub(super) form: Form,
}

static VERBS: LazyLock<HashMap<String, Verb>> = LazyLock::new(|| read(include_str!("verbs.txt")));

/// The verb that a word in lower case can be; the first class of `verbs.txt` that lists it.
pub(super) fn lookup(lower: &str) -> Option<Verb> {
    VERBS.get(lower).copied()
}

fn read(table: &str) -> HashMap<String, Verb> {
    let mut verbs = HashMap::new();
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let (class, words) = line.split_once(": ").expect("a line of the verb table is `class: words`");
        let class = match class {
            "report" => Class::Report,
            "think" => Class::Think,
            "opine" => Class::Opine,
            "speak" => Class::Speak,
            "blame" => Class::Blame,
            "act" => Class::Act,
            "be" => Class::Be,
            "have" => Class::Have,
            "modal" => Class::Modal,
            "do" => Class::Do,
            other => panic!("unknown verb class {other:?}"),
        };
        for word in words.split(' ') {
            for (word, form) in forms(word, class) {
                verbs.entry(word).or_insert(Verb { class, form });
            }
        }
    }
    verbs
}

/// The forms of an entry, "base/past/participle/ing", those that are regular left out; an auxiliary is its only form.
fn forms(entry: &str, class: Class) -> Vec<(String, Form)> {
    if class.is_auxiliary() {
        return vec![(entry.to_owned(), Form::Third)];
    }
    let mut given = entry.split('/');
    let base = given.next().unwrap_or_default();
    let mut forms = vec![(third(base), Form::Third)];
    forms.push((given.next().map_or_else(|| past(base), str::to_owned), Form::Past));
    forms.extend(given.next().map(|participle| (participle.to_owned(), Form::Participle)));
    forms.push((given.next().map_or_else(|| ing(entry, base), str::to_owned), Form::Ing));
    forms.push((base.to_owned(), Form::Base));
    forms
}

fn third(base: &str) -> String {
    match base.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if base.ends_with(['s', 'x', 'z'])
            || base.ends_with("ch")
            || base.ends_with("sh")
            || base == "go" =>
        {
            format!("{base}es")
        }
        _ => format!("{base}s"),
    }
}

fn past(base: &str) -> String {
    match base.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ied"),
        _ => with_suffix(base, "ed"),
    }
}

fn with_suffix(base: &str, suffix: &str) -> String {
    format!("{}{suffix}", base.strip_suffix('e').unwrap_or(base))
}

/// A doubled consonant in the past is doubled here as well: "stopped", "stopping".
fn ing(word: &str, base: &str) -> String {
    let past = word.split('/').nth(1).unwrap_or_default();
    let doubled = base.chars().last().is_some_and(|c| past.starts_with(&format!("{base}{c}ed")));
    match base.chars().last() {
        Some(last) if doubled => format!("{base}{last}ing"),
        _ if base.ends_with("ee") => format!("{base}ing"),
        _ => with_suffix(base, "ing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_made_from_the_base() {
        for (word, class, form) in [
            ("says", Class::Report, Form::Third),
            ("denied", Class::Report, Form::Past),
            ("urging", Class::Speak, Form::Ing),
            ("accused", Class::Blame, Form::Past),
            ("suspends", Class::Act, Form::Third),
            ("stopping", Class::Act, Form::Ing),
            ("agreed", Class::Act, Form::Past),
            ("agreeing", Class::Act, Form::Ing),
            ("must", Class::Modal, Form::Third),
        ] {
            assert_eq!(lookup(word), Some(Verb { class, form }), "{word}");
        }
        assert_eq!(lookup("cease-fire"), None);
    }
}
