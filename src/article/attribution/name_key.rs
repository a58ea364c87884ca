//! Spellings of one name: the key by which two of them are compared.
//!
//! Comes in: a name as written. Goes out: its parts, folded. It refuses to know whose name it is.

pub(super) fn starts_alike(a: &str, b: &str) -> bool {
    a == b || (a.chars().count() == 1 && b.starts_with(a)) || (b.chars().count() == 1 && a.starts_with(b))
}

/// The parts of a name by which it is compared: folded, without initials in the middle and generation suffixes.
pub(super) fn key(name: &str) -> Vec<String> {
    let parts: Vec<String> = name.split_whitespace().map(fold).collect();
    let is_suffix = |p: &String| matches!(p.as_str(), "jr" | "sr" | "ii" | "iii" | "iv");
    let mut parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty() && !is_suffix(p)).collect();
    // "De Roe" for "Ann de Roe"
    while parts.len() > 1 && matches!(parts[0].as_str(), "de" | "della" | "di" | "da" | "du" | "von") {
        parts.remove(0);
    }
    let last = parts.len().saturating_sub(1);
    let is_kept = |(i, p): &(usize, String)| *i == 0 || *i == last || p.chars().count() > 1;
    parts.into_iter().enumerate().filter(is_kept).map(|(_, p)| p).collect()
}

/// Lower case, plain Latin letters, doubled letters once: spellings of one name in different transcriptions meet.
fn fold(part: &str) -> String {
    let mut folded = String::new();
    for c in part.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
            'ç' | 'ć' | 'č' => 'c',
            'ď' | 'đ' => 'd',
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
            'ğ' => 'g',
            'ì'..='ï' | 'ī' | 'ı' => 'i',
            'ł' => 'l',
            'ñ' | 'ń' | 'ň' => 'n',
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
            'ř' => 'r',
            'ś' | 'ş' | 'š' | 'ș' => 's',
            'ţ' | 'ť' | 'ț' => 't',
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
            'ý' | 'ÿ' => 'y',
            'ź' | 'ż' | 'ž' => 'z',
            '-' if !matches!(folded.as_str(), "al" | "el" | "ad" | "as" | "ar" | "an") => '-',
            '-' => {
                folded.clear();
                continue;
            }
            c if c.is_alphanumeric() => c,
            _ => continue,
        };
        if !folded.ends_with(plain) {
            folded.push(plain);
        }
    }
    folded
}
