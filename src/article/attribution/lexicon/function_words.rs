//! Small words: those that join, point, count and date, and never are names.

use super::word_lists;

word_lists! {
    /// Whether the word is a preposition.
    is_preposition => [
        "about", "above", "across", "after", "against", "along", "alongside", "amid", "among", "around",
        "as", "at", "before", "behind", "between", "beyond", "by", "despite", "down", "during", "following",
        "for", "from", "in", "inside", "into", "near", "of", "off", "on", "over", "since", "through",
        "throughout", "to", "toward", "towards", "under", "unlike", "until", "upon", "via", "with",
        "within", "without",
    ];

    /// Whether the preposition can open a clause of time: "after the talks failed".
    is_temporal => [
        "after", "as", "before", "once", "since", "until", "when", "while",
    ];

    /// Whether the word opens a clause inside another.
    is_subordinator => [
        "although", "because", "but", "if", "lest", "once", "so", "than", "that", "though", "unless",
        "what", "when", "where", "whereas", "whether", "which", "while", "who", "whom", "whose", "why",
    ];

    /// Whether the word is an article or another determiner.
    is_determiner => [
        "a", "all", "an", "any", "both", "each", "either", "every", "her", "his", "its", "many", "most",
        "my", "neither", "no", "one", "our", "several", "some", "such", "that", "the", "their", "these",
        "this", "those", "two", "your",
    ];

    /// Whether the determiner can be a subject of its own: "this shows".
    can_stand_alone => [
        "all", "both", "each", "either", "many", "neither", "one", "some", "that", "these", "this", "those",
    ];

    /// Whether the word is a pronoun that can be a subject.
    is_pronoun => [
        "everybody", "everyone", "he", "i", "it", "nobody", "she", "there", "they", "we", "you",
    ];

    /// Whether the word is a pronoun that is never a subject, or one that begins no subject.
    never_begins_subject => [
        "at", "by", "him", "in", "me", "nothing", "of", "on", "so", "something", "them", "to", "us",
    ];

    /// Whether the word counts people: "two", "dozens".
    is_count => [
        "both", "dozens", "eight", "eleven", "five", "four", "hundreds", "nine", "seven", "six", "ten", "three",
        "twelve", "two",
    ];

    /// Whether the noun may be anyone's: "people".
    is_anyone => [
        "man", "men", "people", "person", "source", "sources", "woman", "women",
    ];

    /// Whether the word is a day, a month or another word for a time.
    is_calendar => [
        "april", "august", "december", "evening", "february", "friday", "january", "july", "june", "march",
        "may", "monday", "month", "morning", "night", "november", "october", "saturday", "september",
        "sunday", "thursday", "today", "tomorrow", "tonight", "tuesday", "wednesday", "week", "year",
        "yesterday",
    ];

    /// Whether the word is an adverb without the ending of one.
    is_listed_adverb => [
        "again", "ago", "almost", "already", "also", "always", "earlier", "even", "ever", "far", "first",
        "further", "furthermore", "here", "however", "indeed", "instead", "just", "late", "later",
        "likewise", "meanwhile", "moreover", "never", "nevertheless", "nonetheless", "not", "now", "often",
        "once", "only", "otherwise", "perhaps", "rather", "really", "respectively", "simply", "since",
        "soon", "still", "then", "there", "thereby", "thus", "too", "twice", "well", "yes", "yet",
    ];

    /// Whether the word ends like an adverb and is none.
    is_noun_or_verb_in_ly => [
        "ally", "apply", "assembly", "comply", "family", "imply", "italy", "july", "monopoly", "rally",
        "reply", "supply",
    ];

    /// Whether the word is a small one inside a name: "Ann van Roe".
    is_particle => [
        "abu", "af", "ag", "al", "av", "ben", "bin", "bint", "da", "das", "de", "del", "den", "der", "di", "do", "dos",
        "du", "e", "el", "ibn", "la", "le", "ould", "ter", "ul", "van", "vom", "von", "y", "zu",
    ];

    /// Whether the word is a small one of no other list.
    is_other_function_word => [
        "according", "and", "another", "everyone", "how", "let", "no", "nobody", "none", "nor", "or", "others",
        "per", "someone", "thank", "whatever", "whenever", "wherever", "whichever", "whoever", "yes",
    ];
}

/// Whether the noun can head a phrase that several adjectives with "and" describe: "officials".
pub(in crate::article::attribution) fn is_plural_noun(lower: &str) -> bool {
    lower.ends_with('s') && !lower.ends_with("ss")
}

/// Whether the word is an adverb: a listed one or any in "-ly".
pub(in crate::article::attribution) fn is_adverb(lower: &str) -> bool {
    is_listed_adverb(lower) || (lower.ends_with("ly") && !is_noun_or_verb_in_ly(lower))
}

/// Whether the word never begins or continues a name, though it may be capitalised at the start of a sentence.
pub(in crate::article::attribution) fn is_function_word(lower: &str) -> bool {
    is_preposition(lower)
        || is_subordinator(lower)
        || is_determiner(lower)
        || is_adverb(lower)
        || is_pronoun(lower)
        || is_other_function_word(lower)
}
