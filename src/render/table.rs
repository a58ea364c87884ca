//! Answers as columns on the right of a table.

use csv::StringRecord;

use super::decimal::push_four_digits;
use crate::article::{Answer, Models};
use crate::ordered::Ordered;
use crate::pipeline::{Pipeline, Score};

/// For each model its label, its score where it has one, a probability a class, and whose weights answered where
/// targets have some of their own.
pub fn answer_columns(models: &Models<'_>) -> Vec<String> {
    let mut out = Vec::new();
    for (name, pipeline) in models.iter() {
        out.push(name.to_owned());
        if pipeline.labels().has_polarity() {
            out.push(format!("{name}_score"));
        }
        out.extend(pipeline.labels().names().iter().map(|label| format!("{name}_{label}")));
        out.extend(pipeline.targets().next().map(|_| format!("{name}_weights")));
    }
    out
}

/// Cells for [`answer_columns`]; none where there is no answer.
pub fn answer_cells(answers: &Ordered<Answer>) -> StringRecord {
    let mut cells = StringRecord::new();
    for (_, answer) in answers.iter().filter(|(_, answer)| !answer.is_absent()) {
        let probabilities = answer.probabilities.iter().map(|(_, &p)| p);
        push_cells(&mut cells, &answer.label, answer.score, probabilities, answer.weights);
    }
    cells
}

/// Appends the cells of one model, whose answer is `score`: the same as [`answer_cells`] without an [`Answer`].
pub fn push_answer(cells: &mut StringRecord, pipeline: &Pipeline, score: &Score) {
    let label = pipeline.labels().name_of(score.label);
    let weights = pipeline.targets().next().map(|_| score.weights());
    push_cells(cells, label, score.score, score.probabilities.iter().copied(), weights);
}

fn push_cells(
    cells: &mut StringRecord,
    label: &str,
    score: Option<f64>,
    probabilities: impl Iterator<Item = f64>,
    weights: Option<&str>,
) {
    cells.push_field(label);
    let mut digits = String::with_capacity(8);
    for number in score.into_iter().chain(probabilities) {
        digits.clear();
        push_four_digits(&mut digits, number);
        cells.push_field(&digits);
    }
    if let Some(weights) = weights {
        cells.push_field(weights);
    }
}
