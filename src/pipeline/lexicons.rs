//! Lexicons on their way into a model file and out of it.
//!
//! Thousands of terms as JSON take longer to read than everything else in the file. They travel as a table, with the keys
//! of their words beside it, so that loading neither parses nor stems them.

use serde::{Deserialize, Serialize};

use super::PipelineSpec;
use crate::features::{Entry, LexiconSpec, MOST_ENTRIES, Role, TermKeys, Vectorizer};

/// How many entries the lexicon of a group has in [`Packed`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    group: usize,
    entries: usize,
}

/// The lexicons of a spec, one after the other.
#[derive(Debug, Default)]
pub(super) struct Packed {
    /// `term`, `category` and `role` of an entry, with tabs between them, a line each.
    pub(super) table: String,
    pub(super) keys: TermKeys,
}

/// Takes the entries out of a spec; a lexicon whose words have tabs or line ends in them stays.
pub(super) fn pack(spec: &mut PipelineSpec, vectorizer: &Vectorizer) -> (Vec<Place>, Packed) {
    let (mut places, mut packed) = (Vec::new(), Packed::default());
    for (group, spec) in spec.features.groups.iter_mut().enumerate() {
        let (Some(lexicon), Some(keys)) = (&mut spec.lexicon, vectorizer.term_keys(group)) else { continue };
        let is_cell = |text: &str| !text.contains(['\t', '\n']);
        if !lexicon.entries.iter().all(|entry| is_cell(&entry.term) && is_cell(&entry.category)) {
            continue;
        }
        for entry in lexicon.entries.iter() {
            for cell in [&entry.term, "\t", &entry.category, "\t", entry.role.name(), "\n"] {
                packed.table += cell;
            }
        }
        packed.keys.keys.extend_from_slice(&keys.keys);
        packed.keys.words.extend_from_slice(&keys.words);
        places.push(Place { group, entries: std::mem::take(&mut lexicon.entries).len() });
    }
    (places, packed)
}

/// Puts the entries back, and gives the keys of the terms of each group.
///
/// # Errors
/// A sentence about the first thing that does not fit.
pub(super) fn unpack(
    spec: &mut PipelineSpec,
    places: &[Place],
    table: &str,
    keys: &TermKeys,
) -> Result<Vec<Option<TermKeys>>, String> {
    if keys.words.len() > MOST_ENTRIES {
        return Err(format!("{} entries of lexicons, more than {MOST_ENTRIES}", keys.words.len()));
    }
    let groups = &mut spec.features.groups;
    let mut out = vec![None; groups.len()];
    let (mut lines, mut words, mut keys) =
        (pieces(table, b'\n'), keys.words.as_slice(), keys.keys.as_slice());
    for place in places {
        let lexicon = groups.get_mut(place.group).and_then(|group| group.lexicon.as_mut());
        let lexicon = lexicon.filter(|lexicon| lexicon.entries.is_empty());
        let lexicon =
            lexicon.ok_or_else(|| format!("entries for group {}, which takes none", place.group))?;
        read_entries(lexicon, lines.by_ref().take(place.entries.min(words.len() + 1)))?;
        let cut = |what| format!("lexicon {:?} has fewer {what} than entries", lexicon.name);
        let (own, others) = words.split_at_checked(lexicon.entries.len()).ok_or_else(|| cut("words"))?;
        let n_keys = own.iter().map(|&n| n as usize).sum();
        let (own_keys, other_keys) = keys.split_at_checked(n_keys).ok_or_else(|| cut("keys"))?;
        (words, keys) = (others, other_keys);
        out[place.group] = Some(TermKeys { keys: own_keys.to_vec(), words: own.to_vec() });
    }
    match (lines.next(), words, keys) {
        (None, [], []) => Ok(out),
        _ => Err("more entries of lexicons than groups for them".into()),
    }
}

/// What stands between marks, and behind the last one if anything does. The standard library's search for a character pays by the call,
/// which is what thousands of short cells are made of.
fn pieces(text: &str, mark: u8) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = memchr::memchr_iter(mark, text.as_bytes());
    let ends = ends.chain((!text.is_empty() && !text.ends_with(mark as char)).then_some(text.len()));
    ends.map(move |end| &text[std::mem::replace(&mut start, end + 1)..end])
}

fn read_entries<'t>(lexicon: &mut LexiconSpec, lines: impl Iterator<Item = &'t str>) -> Result<(), String> {
    let entry = |line: &str| {
        let mut cells = pieces(line, b'\t');
        let entry = (|| {
            let (term, category) = (cells.next()?.to_owned(), cells.next()?.to_owned());
            Some(Entry { term, category, role: Role::named(cells.next()?)? })
        })();
        entry.ok_or_else(|| format!("lexicon {:?}: no entry in {line:?}", lexicon.name))
    };
    lexicon.entries = lines.map(entry).collect::<Result<_, String>>()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Corpus;
    use crate::features::FeatureSet;
    use crate::label::{Label, LabelSet};
    use crate::pipeline::Pipeline;

    fn pipeline(term: &str) -> Pipeline {
        let entries = format!(
            "{{ term = \"refuse to\", category = \"refuse\", role = \"away\" }}, {{ term = \"{term}\", category = \"talks\" }}"
        );
        let groups = format!(
            "groups = [{{ word_ngrams = [1, 1] }}, {{ lexicon = {{ name = \"x\", entries = [{entries}] }} }}]"
        );
        let set = FeatureSet::from_toml(&format!("name = \"t\"\n{groups}"), "t").unwrap();
        let texts = ["they refuse to sign", "talks went on", "we refuse to go", "more talks"];
        let truth = vec![Label(0), Label(2), Label(0), Label(2)];
        let corpus = Corpus::new(LabelSet::stance(), texts.map(String::from).to_vec(), truth);
        PipelineSpec::new(set).fit(&corpus).unwrap()
    }

    fn packed(pipeline: &Pipeline) -> (PipelineSpec, Vec<Place>, Packed) {
        let mut spec = pipeline.spec().clone();
        let (places, packed) = pack(&mut spec, pipeline.vectorizer());
        (spec, places, packed)
    }

    #[test]
    fn a_lexicon_comes_back_with_the_keys_of_its_terms() {
        let pipeline = pipeline("=talks");
        let (mut spec, places, packed) = packed(&pipeline);
        assert_ne!(&spec, pipeline.spec());
        assert_eq!(packed.table, "refuse to\trefuse\taway\n=talks\ttalks\tplain\n");
        assert_eq!(packed.keys.words, [2, 1]);
        let keys = unpack(&mut spec, &places, &packed.table, &packed.keys).unwrap();
        assert_eq!((&spec, keys), (pipeline.spec(), vec![None, Some(packed.keys)]));
    }

    #[test]
    fn a_term_that_would_break_the_table_stays_in_the_spec() {
        let pipeline = pipeline("talks\\tnow");
        let (spec, places, packed) = packed(&pipeline);
        assert!(places.is_empty() && packed.table.is_empty());
        assert_eq!(&spec, pipeline.spec());
        let bytes = pipeline.to_bytes();
        assert_eq!(Pipeline::from_bytes(&bytes, "m").unwrap().to_bytes(), bytes);
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        let (spec, places, packed) = packed(&pipeline("talks"));
        let refused = |places: &[Place], table: &str, keys: &TermKeys| {
            unpack(&mut spec.clone(), places, table, keys).is_err()
        };
        let cut = |keys: &[u64], words: &[u32]| TermKeys { keys: keys.to_vec(), words: words.to_vec() };
        let TermKeys { keys, words } = &packed.keys;
        assert!(!refused(&places, &packed.table, &packed.keys));
        assert!(refused(&places, "refuse to\trefuse\taway\n", &packed.keys));
        assert!(refused(&places, &packed.table.replace("plain", "odd"), &packed.keys));
        assert!(refused(&places, &packed.table, &cut(&keys[1..], words)));
        assert!(refused(&places, &packed.table, &cut(keys, &words[1..])));
        assert!(refused(&[Place { group: 0, ..places[0] }], &packed.table, &packed.keys));
        assert!(refused(&[Place { group: 9, ..places[0] }], &packed.table, &packed.keys));
        assert!(refused(&[], &packed.table, &packed.keys));
    }
}
