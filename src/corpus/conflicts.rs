//! Rows that contradict one another.
//!
//! Comes in: a labeling. Goes out: rows of one text that have different labels, and groups that keep such rows together.

use super::labeling::Labeling;

impl Labeling {
    /// Rows with the same text (but for case and white space) toward the same target, among whose labels are different ones;
    /// ascending, without empty texts.
    pub fn conflicts(&self) -> &[Vec<usize>] {
        self.conflicts.get_or_init(|| {
            let target = |row: usize| self.targets().and_then(|targets| targets[row]);
            let texts = self.texts.keys().iter().enumerate();
            let mut keys: Vec<_> = texts.filter_map(|(row, key)| Some(((*key)?, target(row), row))).collect();
            keys.sort_unstable();
            let same = keys.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1));
            let is_conflict = |keys: &&[(u128, _, usize)]| {
                keys.iter().any(|key| self.truth[key.2] != self.truth[keys[0].2])
            };
            let rows = same.filter(is_conflict).map(|keys| keys.iter().map(|key| key.2).collect());
            let mut out: Vec<Vec<usize>> = rows.collect();
            out.sort_unstable();
            out
        })
    }

    /// What must not straddle a split of `rows`, a group for each: [`Labeling::groups`], joined where rows contradict one another. A model
    /// that is tested on a text has not learnt the opposite of it. Only a text that is a third of all rows is parted: no fold could hold
    /// it. `None` where any rows may be parted. Rows that are not among `rows` have no say.
    ///
    /// # Panics
    /// If a row is out of range.
    pub fn fold_groups(&self, rows: &[usize]) -> Option<Vec<u32>> {
        let mut is_in = vec![false; self.len()];
        rows.iter().for_each(|&row| is_in[row] = true);
        let most = (rows.len() / 3).max(2);
        let among =
            self.conflicts().iter().map(|same| same.iter().copied().filter(|&row| is_in[row]).collect());
        let is_joined = |same: &Vec<usize>| {
            same.len() <= most && same.iter().any(|&row| self.truth[row] != self.truth[same[0]])
        };
        let conflicts: Vec<Vec<usize>> = among.filter(is_joined).collect();
        if conflicts.is_empty() {
            return self.groups().map(|groups| rows.iter().map(|&row| groups[row]).collect());
        }
        let of_row = |row: usize| u32::try_from(row).expect("a corpus has fewer than 2^32 rows");
        let group = |row: usize| self.groups().map_or_else(|| of_row(row), |groups| groups[row]);
        let highest = rows.iter().map(|&row| group(row)).max().unwrap_or(0);
        // Each group points to one that it joins, the lowest of all to itself.
        let mut joined: Vec<u32> = (0..=highest).collect();
        for same in &conflicts {
            for &row in &same[1..] {
                let (a, b) = (root(&joined, group(same[0])), root(&joined, group(row)));
                joined[a.max(b) as usize] = a.min(b);
            }
        }
        Some(rows.iter().map(|&row| root(&joined, group(row))).collect())
    }
}

fn root(joined: &[u32], mut group: u32) -> u32 {
    while joined[group as usize] != group {
        group = joined[group as usize];
    }
    group
}

#[cfg(test)]
mod tests {
    use crate::corpus::Corpus;
    use crate::label::{Label, LabelSet};

    fn corpus(texts: &[&str], truth: &[u16]) -> Corpus {
        let texts = texts.iter().map(|&text| text.to_owned()).collect();
        Corpus::new(LabelSet::stance(), texts, truth.iter().map(|&label| Label(label)).collect())
    }

    #[test]
    fn one_text_with_two_labels_is_a_conflict_and_two_targets_are_none() {
        let found =
            corpus(&["They met.", "a", " they  MET. ", "a", "", " ", "They met."], &[0, 1, 2, 1, 0, 2, 0]);
        assert_eq!(found.conflicts(), [[0, 2, 6]]);
        let targets = ["x", "", "y", "", "", "", "x"].map(String::from);
        assert!(found.with_targets(&targets).conflicts().is_empty());
    }

    #[test]
    fn rows_that_contradict_one_another_are_in_one_group_with_those_of_their_groups() {
        let plain = corpus(&["a", "b", "A", "c"], &[0, 0, 1, 1]);
        assert_eq!(plain.fold_groups(&[0, 1, 2, 3]), Some(vec![0, 1, 0, 3]));
        assert_eq!(plain.fold_groups(&[2, 1]), None, "the row that contradicts is not there");
        let grouped = plain.with_groups(&["g", "h", "h", "i"].map(String::from));
        assert_eq!(grouped.fold_groups(&[3, 2, 1, 0]), Some(vec![2, 0, 0, 0]));
        assert_eq!(grouped.fold_groups(&[3, 2, 1]), Some(vec![2, 1, 1]));
        assert_eq!(corpus(&["a", "b"], &[0, 1]).fold_groups(&[0, 1]), None);
        let same = corpus(&["a"; 9], &[0, 1, 2, 0, 1, 2, 0, 1, 2]);
        assert_eq!(same.fold_groups(&[0, 1, 2, 3, 4, 5, 6, 7, 8]), None, "no fold could hold all");
    }
}
