//! Words around what is said: nouns of stances and writings, and the stems of verbs that need or do without content.

use super::{stem_lists, word_lists};

word_lists! {
    /// Whether one speaks "by" it: "said by telephone".
    is_channel => [
        "e-mail", "email", "fax", "letter", "phone", "radio", "satellite", "saying", "telephone", "text",
        "video", "video-link",
    ];

    /// Whether the noun says where its owner stands: "Oman's readiness".
    is_stance => [
        "acceptance", "ambition", "answer", "appeal", "attempt", "attempts", "boycott", "call", "calls",
        "commitment", "decision", "demand", "demands", "desire", "determination", "efforts", "failure",
        "hope", "hopes", "insistence", "intention", "intransigence", "invitation", "offer", "openness",
        "opposition", "optimism", "plea", "pledge", "position", "proposal", "pursuit", "readiness",
        "refusal", "rejection", "reluctance", "reply", "request", "response", "silence", "stance",
        "support", "threat", "unwillingness", "vow", "walkout", "willingness", "withdrawal",
    ];

    /// Whether the participle after "is" leaves the subject the one who acts or feels: "is determined".
    is_active_participle => [
        "aimed", "believed", "cited", "committed", "concerned", "dedicated", "determined", "disappointed",
        "engaged", "expected", "fed", "inclined", "interested", "involved", "opposed", "pleased",
        "prepared", "quoted", "reported", "resigned", "resolved", "satisfied", "scheduled", "set",
        "supposed", "willing", "worried",
    ];

    /// Whether the participle describes the noun before it: "officials briefed on the talks".
    follows_noun => [
        "based", "briefed", "contacted", "interviewed", "involved", "reached",
    ];

    /// Whether the word is for a document that is someone's own words throughout: "letter".
    is_genre => [
        "address", "communique", "communiqué", "declaration", "letter", "message", "op-ed", "remarks",
        "speech", "statement", "testimony",
    ];

    /// Whether the noun or pronoun is what one denies in words: "the charge", not "entry".
    is_deniable => [
        "accusation", "accusations", "allegation", "allegations", "any", "being", "blame", "charge",
        "charges", "claim", "claims", "having", "involvement", "it", "knowledge", "report", "reports",
        "responsibility", "rumors", "rumours", "suggestion", "suggestions", "that", "this", "wrongdoing",
    ];

    /// Whether the noun is for a message that speaks in place of who sent it: "a statement from the ministry".
    is_message => [
        "communique", "communiqué", "letter", "message", "note", "post", "release", "statement",
    ];

    /// Whether the word is for what someone found out: "a survey by the bank", "United Nations figures".
    is_finding => [
        "analysis", "count", "data", "estimate", "estimates", "figures", "numbers", "poll", "polls", "report",
        "reports", "statistics", "study", "survey", "tally",
    ];

    /// Whether the word is for what speaks only as a figure of speech: "the report said".
    is_writing => [
        "account", "accounts", "agenda", "agreement", "all", "analysis", "announcement", "article",
        "assessment", "audit", "banner", "banners", "bill", "blueprint", "brochure", "bulletin", "calculation",
        "calculations", "calendar", "caption", "certificate", "chart", "clip", "communique", "communiques",
        "communiqué", "contract", "copy", "count", "data", "deal", "declaration", "decree", "document",
        "documents", "dossier", "draft", "estimate", "estimates", "everything", "excerpt", "excerpts",
        "figures", "file", "flyer", "footage", "graffiti", "graph", "headline", "images", "invoice", "it",
        "law", "leaflet", "leak", "leaks", "letter", "list", "manifesto", "map", "media", "memo", "memorandum",
        "message", "minutes", "motion", "mural", "news", "note", "nothing", "notice", "order", "paper",
        "papers", "petition", "placard", "plan", "plans", "poll", "polls", "poster", "presentation", "program",
        "programme", "proposal", "protocol", "readout", "receipt", "record", "recording", "records", "release",
        "report", "reports", "resolution", "review", "roadmap", "rules", "ruling", "rumor", "rumors", "rumour",
        "rumours", "schedule", "screenshot", "sign", "slide", "slides", "slogan", "slogans", "spreadsheet",
        "statement", "statements", "statistics", "story", "strike", "study", "survey", "terms", "text", "that",
        "there", "this", "timetable", "transcript", "transcripts", "treaty", "tweet", "video", "website",
        "what", "which", "who", "witness-list",
    ];

    /// Whether the word before a colon announces no speaker: "BREAKING:".
    is_notice => [
        "analysis", "breaking", "clarification", "comment", "correction", "exclusive", "explainer",
        "feature", "live", "more", "note", "opinion", "photo", "picture", "profile", "ps", "read",
        "related", "summary", "timeline", "update", "updated", "video", "warning", "watch",
    ];

    /// Whether the word makes a reproach one about negotiation.
    is_negotiation_word => [
        "armistice", "bad", "deal", "deals", "meant", "settlement", "swap", "table", "talk", "talks",
        "walkout",
    ];
}

stem_lists! {
    /// Whether the word begins like one that makes a reproach one about negotiation.
    is_negotiation_stem => [
        "accord", "agree", "bargain", "block", "break", "cease-fire", "ceasefire", "coalition", "compromis",
        "concession", "conciliat", "delay", "derail", "dialog", "dictat", "diploma", "drag", "evad",
        "haggl", "invit", "mediat", "meet", "negotiat", "obstruct", "offer", "peace", "proposal", "readi",
        "refus", "reject", "sabotag", "scuttl", "sign", "stall", "stonewall", "torpedo", "truce",
        "undermin", "walk", "willing", "wreck",
    ];

    /// Whether "on Monday" or "to reporters" may stand for what is said after the verb: not after "hint" or "point".
    tells_to => [
        "add", "announc", "comment", "complain", "confirm", "explain", "post", "remark", "repl", "report",
        "respond", "said", "say", "testif", "tweet", "writ", "wrote",
    ];

    /// Whether the verb takes a noun for what is said: "reaffirmed its claim".
    affirms => [
        "alleg", "announc", "confirm", "declar", "disclos", "disput", "emphasi", "estimat", "predict", "reaffirm", "reiterat",
        "reveal", "stress", "underlin", "underscor",
    ];

    /// Whether the verb tells an act as well: "answered with tariffs", "continued the siege", "asked for a loan".
    needs_content => [
        "answer", "bark", "challeng", "cheer", "continu", "cri", "cry", "jok", "laugh", "object", "pledg",
        "promis", "propos", "protest", "question", "repeat", "scream", "shar", "shout", "shriek", "speak",
        "spoke", "vow", "yell",
    ];

    /// Whether the verb is one of those who lead a body or speak for it.
    is_leading => [
        "chair", "command", "direct", "govern", "head", "lead", "led", "negotiat", "ran", "represent",
        "rul", "run", "speak", "spoke",
    ];
}

/// Whether the adjective at the end of "called the offer fair" judges what stands before it.
pub(in crate::article::attribution) fn judges(lower: &str) -> bool {
    const ENDINGS: &[&str] =
        &["able", "ible", "ful", "less", "ous", "tive", "ent", "ant", "ing", "tory", "ical", "istic"];
    const SHORT: &[&str] = &[
        "absurd",
        "bad",
        "better",
        "crucial",
        "dead",
        "done",
        "empty",
        "essential",
        "fair",
        "false",
        "final",
        "good",
        "great",
        "historic",
        "ideal",
        "illegal",
        "key",
        "legal",
        "modest",
        "naive",
        "necessary",
        "over",
        "premature",
        "ready",
        "real",
        "right",
        "rude",
        "serious",
        "shameful",
        "unfair",
        "unfit",
        "unreal",
        "vague",
        "vital",
        "void",
        "weak",
        "wise",
        "wrong",
    ];
    SHORT.contains(&lower) || ENDINGS.iter().any(|e| lower.len() > e.len() + 2 && lower.ends_with(e))
}

/// Whether the word makes a reproach one about negotiation: "accused Oman of stalling".
pub(in crate::article::attribution) fn is_negotiation(lower: &str) -> bool {
    is_negotiation_word(lower) || is_negotiation_stem(lower)
}
