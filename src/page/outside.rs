//! Elements that stand outside the article, told by their names, roles and classes.

use scraper::node::Element;

/// Elements whose text is never shown as text of the page.
pub(super) fn is_never_text(element: &Element) -> bool {
    const NAMES: &[&str] = &[
        "audio", "button", "canvas", "datalist", "head", "iframe", "map", "math", "noscript", "object",
        "option", "rp", "rt", "script", "select", "style", "svg", "template", "textarea", "title", "video",
    ];
    NAMES.binary_search(&element.name()).is_ok()
}

/// Elements that begin and end a paragraph.
pub(super) fn is_block(element: &Element) -> bool {
    const NAMES: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ];
    NAMES.binary_search(&element.name()).is_ok()
}

/// Whether the element says of itself that it is not part of the article.
pub(super) fn is_outside(element: &Element) -> bool {
    const NAMES: &[&str] =
        &["aside", "dialog", "figcaption", "figure", "footer", "form", "label", "menu", "nav"];
    const ROLES: &[&str] = &[
        "alertdialog",
        "banner",
        "complementary",
        "contentinfo",
        "dialog",
        "menu",
        "menubar",
        "navigation",
        "search",
        "tablist",
        "toolbar",
    ];
    let is_hidden = || {
        let style = element.attr("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
        element.attr("hidden").is_some()
            || element.attr("aria-hidden") == Some("true")
            || style.contains("display:none")
            || style.contains("visibility:hidden")
    };
    NAMES.contains(&element.name())
        || element.attr("role").is_some_and(|role| ROLES.contains(&role))
        || is_hidden()
        || (is_block(element) && is_named_outside(element))
        || (element.name() == "a" && is_link_mark(element))
}

/// The small link beside a heading or a time.
fn is_link_mark(element: &Element) -> bool {
    element.classes().any(|class| matches!(class, "anchor" | "headerlink" | "permalink"))
}

/// Whether a class or the id has a word such as "newsletter", or a pair such as "read-more".
fn is_named_outside(element: &Element) -> bool {
    let names = element.classes().chain(element.id());
    names.into_iter().any(|name| {
        let words = words(name);
        let is_word = |w: &String| WORDS.binary_search(&w.as_str()).is_ok();
        let is_pair = |pair: &[String]| {
            PAIRS
                .iter()
                .any(|(a, b)| pair[0] == *a && (pair[1] == *b || pair[1].starts_with(&format!("{b}s"))))
        };
        words.iter().any(is_word) || words.windows(2).any(is_pair)
    })
}

/// "relatedPosts-box" as "related", "posts", "box".
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut was_lower = false;
    for c in name.chars().chain(['-']) {
        let begins = c.is_uppercase() && was_lower;
        if (begins || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
    }
    words
}

/// Sorted for bisection.
const WORDS: &[&str] = &[
    "ad",
    "ads",
    "adslot",
    "adunit",
    "advert",
    "advertisement",
    "advertising",
    "adverts",
    "author",
    "authors",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "bylines",
    "caption",
    "captions",
    "comment",
    "commentlist",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "credit",
    "credits",
    "disqus",
    "embed",
    "footer",
    "gallery",
    "gdpr",
    "hidden",
    "instagram",
    "login",
    "masthead",
    "menu",
    "meta",
    "modal",
    "mostread",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "newsletters",
    "outbrain",
    "pager",
    "pagination",
    "paywall",
    "permalink",
    "popular",
    "popup",
    "promo",
    "promos",
    "promotion",
    "recirc",
    "recirculation",
    "recommendations",
    "recommended",
    "registration",
    "related",
    "relatedposts",
    "respond",
    "screenreader",
    "share",
    "sharedaddy",
    "sharing",
    "sidebar",
    "signup",
    "skip",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tags",
    "timestamp",
    "toc",
    "toolbar",
    "tooltip",
    "trending",
    "tweet",
    "utility",
    "widget",
    "yarpp",
];

/// Words that tell only together; the second also with an "s".
const PAIRS: &[(&str, &str)] = &[
    ("back", "top"),
    ("jp", "related"),
    ("load", "more"),
    ("more", "on"),
    ("more", "storie"),
    ("most", "read"),
    ("post", "info"),
    ("read", "also"),
    ("read", "more"),
    ("read", "next"),
    ("screen", "reader"),
    ("see", "also"),
    ("site", "description"),
    ("site", "title"),
    ("sr", "only"),
    ("tag", "list"),
    ("visually", "hidden"),
    ("you", "may"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(WORDS.is_sorted());
    }

    #[test]
    fn classes_are_read_word_by_word() {
        assert_eq!(words("relatedPosts-box__item2"), ["related", "posts", "box", "item2"]);
        assert!(words("shadowed") == ["shadowed"] && words("header") == ["header"]);
    }
}
