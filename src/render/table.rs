//! Answers as columns on the right of a table.

use crate::article::{Answer, Models};
use crate::ordered::Ordered;

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
pub fn answer_cells(answers: &Ordered<Answer>) -> Vec<String> {
    let mut out = Vec::new();
    for (_, answer) in answers.iter().filter(|(_, answer)| !answer.is_absent()) {
        out.push(answer.label.clone());
        out.extend(answer.score.map(|score| format!("{score:.4}")));
        out.extend(answer.probabilities.iter().map(|(_, p)| format!("{p:.4}")));
        out.extend(answer.weights.map(str::to_owned));
    }
    out
}
