//! Pages that nest deeper than any browser draws, and tags with more attributes than anybody writes.
//!
//! Comes in: HTML. Goes out: the same without the start tags beyond a depth and without the attributes of such tags, since a parser
//! looks through all open elements at each new one, and through all attributes, so that its time would grow with the square of their
//! number. Knows no elements but those that do not nest.

use std::borrow::Cow;

/// Elements that may be open at once; browsers stop at about 500.
const DEEPEST: usize = 2_000;

/// Attributes that a tag may have.
const MOST_ATTRIBUTES: usize = 512;

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
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let n_attributes = if is_end { 0 } else { attributes(html, &mut at) };
        let is_raw = RAW.contains(&name.as_str());
        let nests = !is_raw && !FLAT.contains(&name.as_str());
        let is_beyond = nests && depth >= deepest + usize::from(is_end);
        if nests {
            depth = if is_end { depth.saturating_sub(1) } else { depth + 1 };
        }
        if is_beyond {
            let end = html[at..].find('>').map_or(html.len(), |end| at + end + 1);
            out += &html[kept..start];
            (at, kept) = (end, end);
        } else if n_attributes > MOST_ATTRIBUTES {
            out += &html[kept..=start + name.len()];
            kept = at;
        }
        if is_raw && !is_end {
            at = html[at..].find("</").map_or(html.len(), |end| at + end);
        }
    }
    if kept == 0 {
        return Cow::Borrowed(html);
    }
    Cow::Owned(out + &html[kept..])
}

/// How many attributes, at most, a start tag has; `at`, which is where its name begins, becomes the place of its `>`. One in quotation
/// marks is none.
fn attributes(html: &str, at: &mut usize) -> usize {
    let (mut quote, mut before, mut n) = (None, b'=', 0);
    let parts = |byte: u8| byte.is_ascii_whitespace() || byte == b'/';
    for &byte in &html.as_bytes()[*at..] {
        match quote {
            Some(mark) if byte == mark => quote = None,
            Some(_) => {}
            None if byte == b'>' => break,
            None if before == b'=' && matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None => n += usize::from(!parts(byte) && (parts(before) || matches!(before, b'"' | b'\''))),
        }
        before = byte;
        *at += 1;
    }
    n
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
            ("<p a='>'><div x=\"<div><div>\">a", "<p a='>'><div x=\"<div><div>\">a"),
        ] {
            assert_eq!(limited_to(2, html), expected);
        }
        assert!(matches!(limited("<div>a</div>"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_tag_of_very_many_attributes_loses_them() {
        let tag = |n: usize| (0..n).fold("<p".to_owned(), |tag, i| tag + &format!(" a{i}='>'")) + ">b";
        assert_eq!(limited(&tag(512)), tag(512));
        let spaced = tag(512).replace(' ', "\n      ");
        assert_eq!(limited(&spaced), spaced);
        assert_eq!(limited(&tag(513)), "<p>b");
        assert_eq!(limited(&format!("a{}{}", tag(600), tag(700))), "a<p>b<p>b");
    }
}
