//! Pages that nest deeper than any browser draws.
//!
//! Comes in: HTML. Goes out: the same without the start tags beyond a depth, since a parser looks through all open elements at each new
//! one, so that its time would grow with the square of the depth. Knows no elements but those that do not nest.

use std::borrow::Cow;

/// Elements that may be open at once; browsers stop at about 500.
const DEEPEST: usize = 2_000;

/// Elements without an end tag, or that the next of their kind closes.
const FLAT: [&str; 26] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "optgroup",
    "option", "p", "param", "rp", "rt", "source", "tbody", "td", "th", "tr", "track", "wbr",
];

/// Elements whose content is text whatever it looks like.
const RAW: [&str; 6] = ["script", "style", "textarea", "title", "noscript", "xmp"];

/// Leaves out the tags of elements beyond [`DEEPEST`]; their text stays.
pub(super) fn limited(html: &str) -> Cow<'_, str> {
    limited_to(DEEPEST, html)
}

fn limited_to(deepest: usize, html: &str) -> Cow<'_, str> {
    let (mut depth, mut out, mut kept) = (0usize, String::new(), 0);
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start + 1..];
        if rest.starts_with("!--") {
            at = after(html, start + 4, "-->");
            continue;
        }
        let is_end = rest.starts_with('/');
        let name = &rest[usize::from(is_end)..];
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len()).min(16)];
        let name = name.to_ascii_lowercase();
        at = start + 1;
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || FLAT.contains(&name.as_str()) {
            continue;
        }
        if RAW.contains(&name.as_str()) {
            if !is_end {
                at = html[at..].find("</").map_or(html.len(), |end| at + end);
            }
            continue;
        }
        let is_beyond = depth >= deepest + usize::from(is_end);
        depth = if is_end { depth.saturating_sub(1) } else { depth + 1 };
        if is_beyond {
            let end = html[start..].find('>').map_or(html.len(), |end| start + end + 1);
            out += &html[kept..start];
            (at, kept) = (end, end);
        }
    }
    if kept == 0 {
        return Cow::Borrowed(html);
    }
    Cow::Owned(out + &html[kept..])
}

/// The position behind the next `end`, or the end of the text.
fn after(html: &str, from: usize, end: &str) -> usize {
    html.get(from..).and_then(|rest| rest.find(end)).map_or(html.len(), |found| from + found + end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_beyond_the_depth_are_left_out_and_their_text_stays() {
        for (html, expected) in [
            ("<div><div>a</div></div><div>b</div>", "<div><div>a</div></div><div>b</div>"),
            ("<div><div><b x>a</b><i>b</i></div></div><i>c</i>", "<div><div>ab</div></div><i>c</i>"),
            (
                "<p><p><p><br><li>a<!-- <div><div><div> --><b>b</b>",
                "<p><p><p><br><li>a<!-- <div><div><div> --><b>b</b>",
            ),
            ("<script>if (a<b) '<i><i><i>'</script><b>c", "<script>if (a<b) '<i><i><i>'</script><b>c"),
            ("<div><div><div", "<div><div>"),
            ("a < b <", "a < b <"),
        ] {
            assert_eq!(limited_to(2, html), expected);
        }
        assert!(matches!(limited("<div>a</div>"), Cow::Borrowed(_)));
    }
}
