//! How far several people agree on labels.
//!
//! Comes in: [`Annotations`]. Goes out: an [`AgreementReport`] whose JSON is the one of `agreement --format json`.
//! An undefined number is null. Knows nothing of how it will look.

use serde::Serialize;

use super::answers::Estimate;
use super::report::Confusion;
use crate::corpus::{AnnotatedRow, Annotations};
use crate::label::Label;
use crate::metrics::{ConfusionMatrix, DRAWS, LEVEL, LabelPairs, Scale, Votes};
use crate::ordered::Ordered;

/// Most labels of which every pair is counted; where labels are names there may be thousands.
pub const MOST_LABELS: usize = 12;

/// Agreement between two coders or more.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgreementReport {
    /// Who gave the labels.
    pub coders: Vec<String>,
    /// What the labels are an answer to.
    pub label: String,
    /// Rows with two labels or more; the figures are about these.
    pub n: u64,
    /// Rows with one label, which cannot be compared.
    pub n_single: usize,
    /// Rows without a label.
    pub n_unlabeled: usize,
    /// Share of the bootstrap draws inside an interval.
    pub interval_level: f64,
    /// Bootstrap draws behind an interval.
    pub draws: usize,
    /// Share of equal labels among the pairs of labels on one row.
    pub agreement: Option<f64>,
    /// Krippendorff's alpha for nominal labels.
    pub alpha: Estimate,
    /// Krippendorff's alpha with labels placed by their polarity: favor is twice as far from against as from
    /// neutral, and distances are squared. Label sets with polarity only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alpha_by_polarity: Option<Estimate>,
    /// Agreement on each label that was given, in label order.
    pub per_class: Ordered<ClassAgreement>,
    /// Every two coders, in order.
    pub pairs: Vec<PairAgreement>,
    /// The rows on which labels differ, in row order.
    pub disagreements: Vec<Disagreement>,
}

/// Agreement on one label.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ClassAgreement {
    /// How often it was given, on rows with two labels or more.
    pub n: u64,
    /// The share of the pairs with this label in them whose other label is the same.
    pub agreement: Option<f64>,
}

/// Agreement of two coders.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairAgreement {
    /// The two.
    pub coders: [String; 2],
    /// Rows that both labeled.
    pub n: u64,
    /// Share of equal labels.
    pub agreement: Option<f64>,
    /// Cohen's kappa.
    pub kappa: Estimate,
    /// Counts; rows are the first coder's labels. Absent with more than [`MOST_LABELS`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confusion: Option<Confusion>,
}

/// A row on which labels differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Disagreement {
    /// The row's id.
    pub id: String,
    /// What each coder said.
    pub labels: Ordered<Option<String>>,
    /// The row's text, where a table has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Compares the labels of all coders, and of every two. Intervals resample rows.
pub fn agreement(annotations: &Annotations, seed: u64) -> AgreementReport {
    let Annotations { labels, coders, rows } = annotations;
    let votes = Votes::new(labels.len(), rows.iter().map(|row| row.votes.as_slice()));
    let alpha =
        |scale| Estimate { value: votes.alpha(scale), interval: votes.alpha_interval(scale, DRAWS, seed) };
    let classes = || (0..labels.len()).map(Label::from_index);
    let places: Option<Vec<f64>> = classes().map(|c| labels.polarity_of(c).map(f64::from)).collect();
    let n_votes = |row: &AnnotatedRow| row.votes.iter().flatten().count();
    let of_class = |class| {
        let agreement = ClassAgreement { n: votes.given(class), agreement: votes.class_agreement(class) };
        (labels.name_of(class).to_owned(), agreement)
    };
    let two = |a: usize| (a + 1..coders.len()).map(move |b| (a, b));
    AgreementReport {
        coders: coders.clone(),
        label: labels.name().to_owned(),
        n: votes.n_units(),
        n_single: rows.iter().filter(|row| n_votes(row) == 1).count(),
        n_unlabeled: rows.iter().filter(|row| n_votes(row) == 0).count(),
        interval_level: LEVEL,
        draws: DRAWS,
        agreement: votes.agreement(),
        alpha: alpha(Scale::Nominal),
        alpha_by_polarity: places.as_deref().map(|places| alpha(Scale::Interval(places))),
        per_class: classes().map(of_class).filter(|(_, class)| class.n > 0).collect(),
        pairs: (0..coders.len()).flat_map(two).map(|(a, b)| pair(annotations, a, b, seed)).collect(),
        disagreements: rows
            .iter()
            .filter(|row| differs(row))
            .map(|row| disagreement(annotations, row))
            .collect(),
    }
}

fn pair(annotations: &Annotations, a: usize, b: usize, seed: u64) -> PairAgreement {
    let (coders, labels) = (&annotations.coders, &annotations.labels);
    let both = || annotations.rows.iter().filter_map(|row| row.votes[a].zip(row.votes[b]));
    let pairs = LabelPairs::new(labels.len(), both());
    let confusion = || {
        let (first, second): (Vec<Label>, Vec<Label>) = both().unzip();
        let counts = ConfusionMatrix::from_labels(&first, &second, labels.len());
        Confusion { labels: labels.names().to_vec(), matrix: counts.rows().map(<[u64]>::to_vec).collect() }
    };
    PairAgreement {
        coders: [coders[a].clone(), coders[b].clone()],
        n: pairs.n_units(),
        agreement: pairs.agreement(),
        kappa: Estimate { value: pairs.kappa(), interval: pairs.kappa_interval(DRAWS, seed) },
        confusion: (labels.len() <= MOST_LABELS).then(confusion),
    }
}

fn differs(row: &AnnotatedRow) -> bool {
    let mut given = row.votes.iter().flatten();
    let first = given.next();
    given.any(|label| Some(label) != first)
}

fn disagreement(annotations: &Annotations, row: &AnnotatedRow) -> Disagreement {
    let name = |vote: &Option<Label>| vote.map(|label| annotations.labels.name_of(label).to_owned());
    Disagreement {
        id: row.id.clone(),
        labels: annotations.coders.iter().cloned().zip(row.votes.iter().map(name)).collect(),
        text: row.text.clone(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::label::LabelSet;

    /// Three coders on five rows; one row has a single label.
    pub(crate) fn small() -> AgreementReport {
        let votes = [
            [Some(2), Some(2), Some(2)],
            [Some(0), Some(0), None],
            [Some(1), Some(2), None],
            [Some(0), Some(0), Some(1)],
            [None, None, Some(1)],
        ];
        let row = |(number, votes): (usize, &[Option<u16>; 3])| AnnotatedRow {
            id: format!("r{}", number + 1),
            text: (number == 2).then(|| "They will \"study\" it.".to_owned()),
            votes: votes.iter().map(|v| v.map(Label)).collect(),
        };
        let annotations = Annotations {
            labels: LabelSet::stance(),
            coders: ["a.csv", "b.csv", "c.csv"].map(String::from).to_vec(),
            rows: votes.iter().enumerate().map(row).collect(),
        };
        agreement(&annotations, 7)
    }

    #[test]
    fn rows_with_fewer_than_two_labels_are_counted_apart() {
        let report = small();
        assert_eq!((report.n, report.n_single, report.n_unlabeled), (4, 1, 0));
        let agreement = report.agreement.unwrap();
        assert!((agreement - (1.0 + 1.0 + 0.0 + 1.0 / 3.0) / 4.0).abs() < 1e-12, "{agreement}");
        assert_eq!(report.per_class.get("neutral").map(|c| c.n), Some(2));
    }

    #[test]
    fn every_two_coders_are_compared_on_the_rows_of_both() {
        let report = small();
        let n: Vec<_> = report.pairs.iter().map(|p| (p.coders.join(" "), p.n, p.agreement)).collect();
        let expected = [("a.csv b.csv", 4, 0.75), ("a.csv c.csv", 2, 0.5), ("b.csv c.csv", 2, 0.5)];
        assert_eq!(n, expected.map(|(coders, n, share)| (coders.to_owned(), n, Some(share))));
        assert_eq!(report.pairs[1].confusion.as_ref().unwrap().matrix, [[0, 1, 0], [0, 0, 0], [0, 0, 1]]);
    }

    #[test]
    fn rows_that_differ_are_listed_with_what_each_said() {
        let report = small();
        let ids: Vec<&str> = report.disagreements.iter().map(|d| d.id.as_str()).collect();
        assert_eq!(ids, ["r3", "r4"]);
        assert_eq!(report.disagreements[0].labels.get("c.csv"), Some(&None));
    }

    #[test]
    fn polarity_makes_opposite_labels_worse_than_neighbours() {
        let report = small();
        assert!(report.alpha_by_polarity.unwrap().value > report.alpha.value);
    }
}
