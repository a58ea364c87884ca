//! Lines that stand around an article and are nobody's statement.
//!
//! Comes in: one line. Goes out: whether it is furniture (captions, calls to the reader, buttons, credits, marks of time),
//! and the names in a byline. It refuses to know where the line stands, and what is prose.

use crate::date;

/// Whether `line` is a caption, a call to the reader, a button, a credit, a mark of time or a separator.
pub fn is_furniture(line: &str) -> bool {
    let line = line.trim();
    let folded = line.to_lowercase();
    let inner = folded.trim_matches(|c: char| !c.is_alphanumeric());
    inner.is_empty()
        || (line.starts_with("<!--") && line.ends_with("-->"))
        || line.starts_with(|c: char| c == '©' || ('\u{2580}'..='\u{25ff}').contains(&c))
        || (is_open_ended(line) && BUTTONS.binary_search(&inner).is_ok())
        || is_caption(inner)
        || is_credit(inner)
        || is_call(inner, line)
        || is_time(inner)
        || is_end_mark(line)
        || is_stage_direction(line)
        || is_contact(&folded)
        || is_sign_off(line)
}

/// The names in a byline: "By Hanne Terlouw and Milo R. Castens", "Farah Lindqvist, Vienna correspondent".
///
/// `None` for prose that begins in the same way ("By Monday, both had signed.").
pub fn byline(line: &str) -> Option<String> {
    let line = line.trim();
    // First: names in a long line would be looked for from each of them on.
    if line.len() > LONGEST_BYLINE {
        return None;
    }
    let by = ["By ", "BY ", "By: ", "by "].iter().find_map(|by| line.strip_prefix(by));
    let (names, rest) = split_names(by.unwrap_or(line).trim_start());
    let ends_as_prose = line.ends_with(['!', '?', ':', ';', ',', '"', '”'])
        || (line.ends_with('.') && !line.ends_with("Jr.") && !line.ends_with("Sr."));
    if ends_as_prose || names.is_empty() {
        return None;
    }
    let is_role = |words: &str| {
        let last = words.rsplit(' ').next().unwrap_or_default();
        ["columnist", "correspondent", "desk", "editor", "reporter", "staff", "writer"].contains(&last)
    };
    let lower = rest.to_lowercase();
    let is_named = if by.is_some() {
        rest.split_whitespace().count() <= 8 && !rest.contains(['.', ':'])
    } else {
        line.contains(", ")
            && is_role(&lower)
            && !["a ", "an ", "the "].iter().any(|a| lower.starts_with(a))
            && rest.split_whitespace().count() <= 4
    };
    (is_named && names.iter().all(|name| is_name(name))).then(|| names.join(", "))
}

/// Names parted by commas and "and", as far as they are names, and what follows them.
fn split_names(line: &str) -> (Vec<&str>, &str) {
    let mut names = Vec::new();
    let mut rest = line;
    loop {
        let end = [", ", " and ", " & ", " | ", " for ", " in ", " at "]
            .iter()
            .filter_map(|mark| rest.find(mark).map(|at| (at, *mark)))
            .min();
        let (name, mark) = end.map_or((rest, ""), |(at, mark)| (&rest[..at], mark));
        if !names.is_empty() && (name.split(' ').count() < 2 || !is_name(name)) {
            return (names, rest);
        }
        names.push(name.trim_end_matches(','));
        rest = &rest[(name.len() + mark.len()).min(rest.len())..];
        if !matches!(mark, ", " | " and " | " & ") {
            return (names, rest);
        }
    }
}

/// One to five capitalised words, none of them a day or a month.
fn is_name(words: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "al", "bin", "da", "de", "del", "den", "der", "di", "dos", "ibn", "la", "le", "staff", "van", "von",
        "y",
    ];
    let is_part = |w: &str| {
        let is_name = w.starts_with(char::is_uppercase) && !w.chars().any(|c| c.is_ascii_digit());
        (is_name && !date::is_time_word(w) && !date::is_month(w)) || PARTICLES.contains(&w)
    };
    let mut parts = words.split_whitespace();
    (1..=5).contains(&words.split_whitespace().count())
        && words.starts_with(char::is_uppercase)
        && parts.all(is_part)
}

/// Whether the line does not end like a sentence.
fn is_open_ended(line: &str) -> bool {
    !line.ends_with(['.', '!', '?', '"', '”', '’', ','])
}

/// "photograph: ...", "pictured: ...", "file photo of ...".
fn is_caption(folded: &str) -> bool {
    const KINDS: &[&str] = &[
        "above",
        "caption",
        "chart",
        "credit",
        "graphic",
        "graphics",
        "illustration",
        "image",
        "images",
        "image caption",
        "image credit",
        "infographic",
        "listen",
        "map",
        "photo",
        "photo credit",
        "photograph",
        "photographs",
        "photos",
        "pictured",
        "picture",
        "video",
        "watch",
    ];
    let has_kind = folded.split_once(':').is_some_and(|(kind, _)| KINDS.contains(&kind.trim_end()));
    let starts = [
        "image caption",
        "image source",
        "listen •",
        "file photo",
        "file picture",
        "photo by ",
        "photograph by ",
        "picture by ",
        "photo courtesy",
    ];
    let is_credited = ["(photo: ", "(image: ", "(photo by "].iter().any(|credit| folded.contains(credit));
    folded.len() <= LONGEST_CAPTION
        && (has_kind || is_credited || starts.iter().any(|s| folded.starts_with(s)))
}

/// "reporting by ...; editing by ...".
fn is_credit(folded: &str) -> bool {
    let starts = [
        "reporting by ",
        "additional reporting by ",
        "editing by ",
        "writing by ",
        "compiled by ",
        "source: ",
        "sources: ",
        "translated from ",
        "with reporting by ",
    ];
    folded.len() <= LONGEST_CAPTION && starts.iter().any(|s| folded.starts_with(s))
}

/// What asks the reader to do something.
fn is_call(folded: &str, line: &str) -> bool {
    const ALWAYS: &[&str] = &[
        "a version of this article",
        "accept all",
        "all rights reserved",
        "also read:",
        "also read |",
        "article continues",
        "by clicking “accept",
        "by clicking \"accept",
        "click here",
        "copyright ",
        "click to ",
        "continue reading",
        "contact: ",
        "download our",
        "email your ",
        "follow us",
        "follow this topic",
        "for more ",
        "get our ",
        "got a story",
        "got a tip",
        "join our ",
        "join the conversation",
        "latest updates from",
        "leave a comment",
        "listen to the full",
        "listen to this",
        "manage cookies",
        "manage preferences",
        "more on this",
        "more stories",
        "most read",
        "posted in ",
        "read also",
        "read: ",
        "read more",
        "read next",
        "read our",
        "recommended for you",
        "related:",
        "related articles",
        "related stories",
        "related topics",
        "see also:",
        "share on ",
        "share this",
        "skip to ",
        "story continues",
        "support our journalism",
        "thanks for reading",
        "this article appears in",
        "this article first appeared",
        "this entry was posted",
        "this live page is",
        "this page is no longer",
        "this site uses cookies",
        "unsubscribe",
        "view comments",
        "we use cookies",
        "whatsapp our",
        "your email address",
        "you may also like",
    ];
    // These also begin prose; a word of the trade or the lack of a final stop tells.
    const SOMETIMES: &[&str] = &[
        "sign up",
        "then sign up",
        "would you like",
        "get the",
        "subscribe",
        "register",
        "log in",
        "already a subscriber",
        "support",
    ];
    const TRADE: &[&str] = &[
        "alerts",
        "app",
        "article",
        "briefing",
        "email",
        "e-mail",
        "free",
        "here",
        "inbox",
        "journalism",
        "log in",
        "newsletter",
        "subscriber",
        "updates",
    ];
    let starts = |list: &[&str]| list.iter().any(|call| folded.starts_with(call));
    let begins_sometimes = SOMETIMES
        .iter()
        .any(|call| folded.strip_prefix(call).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)));
    let is_open = line.ends_with(char::is_alphanumeric) && (2..=5).contains(&folded.split(' ').count());
    line.len() <= LONGEST_CALL
        && (starts(ALWAYS)
            || (begins_sometimes && (is_open || TRADE.iter().any(|word| folded.contains(word)))))
}

/// "7:30 p.m.", "Published 9:40 a.m., updated 2:15 p.m.", "5 min read".
fn is_time(folded: &str) -> bool {
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let is_read = folded.ends_with("min read") || folded.ends_with("minute read") || folded.ends_with(" ago");
    folded.contains(|c: char| c.is_ascii_digit())
        && folded.len() <= LONGEST_LABEL
        && (words.all(|w| date::is_time_word(w) || date::is_month(w) || matches!(w, "eat" | "on" | "wat"))
            || (is_read && folded.split(' ').count() <= 4))
}

/// "(CLIP: ROE, 0:17)", "(The briefing was concluded at 12:31 p.m.)", "(ATTN: UPDATES with comments)".
fn is_stage_direction(line: &str) -> bool {
    let Some(inside) = line.strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(inside, _)| inside)
    else {
        return false;
    };
    let first = inside.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_shouted = first.len() > 3 && first.chars().all(char::is_uppercase);
    let starts = [
        "The briefing was",
        "The briefing ended",
        "End of ",
        "Laughter",
        "Applause",
        "Inaudible",
        "Crosstalk",
    ];
    let closes = inside.len() + 12 >= line.len();
    closes && (is_shouted || starts.iter().any(|start| inside.starts_with(start)))
}

/// "Contact Ann Roe at 555-0142", "Press desk: +41 22 555 01 44", "desk@news.example".
fn is_contact(folded: &str) -> bool {
    let starts = [
        "contact ",
        "media contact",
        "press contact",
        "press desk",
        "press office:",
        "write to ",
        "e-mail: ",
        "email: ",
    ];
    let n_digits = folded.bytes().filter(u8::is_ascii_digit).count();
    let is_address = folded.contains('@') && folded.contains('.');
    folded.len() <= LONGEST_CAPTION
        && ((starts.iter().any(|s| folded.starts_with(s)) && (n_digits >= 6 || is_address))
            || (is_address && !folded.contains(' ')))
}

/// "Ann Roe reported from Lagos.", "Bob Doe contributed to this report.", "Carl Poe covers water for the Sentinel."
fn is_sign_off(line: &str) -> bool {
    let acts = [
        " reported from ",
        " contributed to this ",
        " contributed reporting",
        " covers ",
        " writes about ",
        " is a reporter ",
    ];
    let Some((names, _)) = acts.iter().find_map(|act| line.split_once(act)) else { return false };
    line.len() <= LONGEST_BYLINE
        && names
            .split([',', '&'])
            .flat_map(|n| n.split(" and "))
            .all(|n| n.split_whitespace().count() > 1 && is_name(n.trim()))
}

/// "ENDS", "END 4:41 p.m. EAT", "-30-".
fn is_end_mark(line: &str) -> bool {
    let is_zone = |w: &str| w.len() <= 4 && w.chars().all(|c| c.is_ascii_uppercase());
    let mut words = line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    matches!(words.next(), Some("END" | "ENDS" | "30")) && words.all(|w| date::is_time_word(w) || is_zone(w))
}

const LONGEST_BYLINE: usize = 120;
const LONGEST_CALL: usize = 200;
const LONGEST_CAPTION: usize = 300;
const LONGEST_LABEL: usize = 80;

/// Whole lines, folded, without marks around them; sorted for bisection.
const BUTTONS: &[&str] = &[
    "accept",
    "ad",
    "ad feedback",
    "advert",
    "advertisement",
    "analysis",
    "archives",
    "at a glance",
    "back to top",
    "background",
    "bookmark",
    "breaking news",
    "close",
    "comment",
    "comments",
    "copied",
    "copy link",
    "email",
    "explainer",
    "facebook",
    "follow",
    "for immediate release",
    "for immediate use",
    "home",
    "in brief",
    "key events",
    "key points",
    "linkedin",
    "live",
    "live blog",
    "live feed",
    "live updates",
    "load more",
    "loading",
    "log in",
    "menu",
    "more",
    "more to follow",
    "most popular",
    "most read",
    "next",
    "note to editors",
    "notes to editors",
    "office of the press secretary",
    "office of the spokesperson",
    "opinion",
    "pause",
    "permalink",
    "pinterest",
    "play",
    "press release",
    "press release – for immediate release",
    "press release – for immediate use",
    "previous",
    "print",
    "print this page",
    "privacy",
    "privacy policy",
    "promoted",
    "read more",
    "read on",
    "related",
    "reply",
    "save",
    "search",
    "share",
    "share article",
    "sign in",
    "skip",
    "sponsored",
    "subscribe",
    "subscribe now",
    "tags",
    "terms",
    "terms of use",
    "the white house",
    "top stories",
    "trending",
    "tweet",
    "twitter",
    "what we know",
    "whatsapp",
    "x",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_an_article_is_furniture() {
        for line in [
            "###",
            "* * *",
            "<!-- -->",
            "██ Forces of the north",
            "7:30 p.m.",
            "12.05am",
            "Published 9:40 a.m., updated 2:15 p.m.",
            "5 min read",
            "2 hours ago",
            "Published On 9 Apr",
            "Sept. 26 at 6:42 p.m. ET",
            "(CLIP: ROE, through interpreter, 0:12)",
            "(The briefing was concluded at 12:31 p.m.)",
            "Contact Ann Roe at 555-0142 for updates.",
            "desk@dunepost.example",
            "Ann Roe reported from Lagos, and Bob Doe from Minsk.",
            "Carl Poe covers water for the Dune Post.",
            "Would you like the week's stories in your inbox?",
            "Image source, Dune Ferries",
            "READ: Army, front trade blame",
            "Office of the Press Secretary",
            "Photograph: Reporters asleep under the portrait of Gen. Oswin Haldt, 10 p.m. (Rik D.)",
            "Pictured: Women cook at the blockade. (Photo: C. Banda)",
            "(Photo: C. Banda)",
            "File photo of the ferry",
            "Read more: Who gets which ministry?",
            "Sign up for The Evening Desk, our newsletter, before 6 p.m.",
            "Got a story? WhatsApp our newsroom.",
            "Share",
            "KEY EVENTS",
            "Image caption, Soldiers outside the palace on Sunday",
            "SOURCE: NEWS AGENCIES",
            "This article appears in the June issue.",
            "Advertisement",
            "© 2022 The Harbour Courier. All rights reserved.",
            "We use cookies to improve your visit.",
            "(Reporting by Selin K. in Istanbul; editing by Tom A.)",
            "ENDS",
            "END 4:41 p.m. EAT",
            "-30-",
            "Subscribe to continue reading",
        ] {
            assert!(is_furniture(line), "{line}");
        }
    }

    #[test]
    fn prose_is_not_furniture() {
        for line in [
            "Sign up to the truce or leave, the general told them.",
            "Subscribers to the peace plan are few.",
            "Support for the talks is growing.",
            "Support",
            "Share the river, they said.",
            "They left at 7:30 p.m.",
            "Watch what they do, the envoy said.",
            "Correction: An earlier version of this story misspelled the name of the camp.",
            "Editing the draft took all night.",
            "End the war, they shouted.",
            "More than 300 came.",
            "Homes burned.",
            "Yes.",
            "Home.",
            "Image matters to both sides.",
            "(They have met before.)",
            "(Both sides) agreed to talk again in May.",
            "Contact between the two sides was cut in 2019.",
            "The deal covers fish.",
            "Get the ships out first, she said.",
            "On May 5 they met.",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn a_byline_gives_its_names_and_prose_gives_none() {
        for (line, names) in [
            ("By Hanne Terlouw and Milo R. Castens", Some("Hanne Terlouw, Milo R. Castens")),
            ("By Iona MacSween, harbour correspondent", Some("Iona MacSween")),
            ("By Meridian staff in Chiang Mai, Yangon and Washington", Some("Meridian staff")),
            ("By Staff Reporter, Solwezi", Some("Staff Reporter")),
            ("By Nadia R. Whitcombe, European desk", Some("Nadia R. Whitcombe")),
            ("By Ann Roe, Bo Poe and Cy Doe", Some("Ann Roe, Bo Poe, Cy Doe")),
            ("By Ludwig van der Berg", Some("Ludwig van der Berg")),
            ("Farah Lindqvist, Vienna correspondent", Some("Farah Lindqvist")),
            ("By Monday, both had signed.", None),
            ("By Monday, both had signed", None),
            ("By noon they had left", None),
            ("By May Day talks had stalled", None),
            ("Mr. Doe, a retired editor", None),
            ("By Jove!", None),
            ("We met the envoy, a Vienna correspondent", None),
        ] {
            assert_eq!(byline(line).as_deref(), names, "{line}");
        }
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(BUTTONS.is_sorted());
    }
}
