//! Counts in a square, the darker the more.

use maud::{Markup, html};

use super::{CHARACTER, Width, drawing, fitting, unit};

const TOP: f64 = 46.0;

/// A cell for each count, with its number in it; the colour is the share of the row that it holds, so that rows of
/// different sizes can be compared. `sides` name the rows and the columns.
///
/// # Panics
/// If the matrix is not square in the number of labels.
pub fn heat_map(name: &str, sides: [&str; 2], labels: &[String], matrix: &[Vec<u64>]) -> Markup {
    assert!(
        matrix.len() == labels.len() && matrix.iter().all(|r| r.len() == labels.len()),
        "counts against labels"
    );
    let (width, n) = (Width::Narrow, labels.len().max(1) as f64);
    let longest = labels.iter().map(|l| l.chars().count()).max().unwrap_or(0) as f64;
    let left = 24.0 + (longest * CHARACTER + 10.0).clamp(30.0, 130.0);
    let (across, down) = ((width.units() - left - 4.0) / n, ((width.units() - left) / n).clamp(24.0, 64.0));
    let bottom = TOP + down * n;
    let has_shares = across >= 74.0 && down >= 44.0;
    let cell = |row: usize, column: usize| {
        let (count, all) = (matrix[row][column], matrix[row].iter().sum::<u64>());
        let share = if all == 0 { 0.0 } else { count as f64 / all as f64 };
        let (x, y) = (left + across * column as f64, TOP + down * row as f64);
        let ink = if share > 0.55 { "on-strong" } else { "" };
        let (middle, line) = (unit(x + across / 2.0), y + down / 2.0 + if has_shares { -2.0 } else { 4.5 });
        html! {
            g {
                title { (labels[row]) " taken for " (labels[column]) ": " (count) " of " (all) }
                rect.fill1 fill-opacity=(format!("{:.3}", 0.03 + 0.92 * share))
                    x=(unit(x + 1.0)) y=(unit(y + 1.0)) width=(unit(across - 2.0)) height=(unit(down - 2.0)) rx="3" {}
                text.(ink).strong x=(middle) y=(unit(line)) text-anchor="middle" { (count) }
                @if has_shares && all > 0 {
                    text.(ink) x=(middle) y=(unit(line + 17.0)) text-anchor="middle" { (format!("{:.0} %", share * 100.0)) }
                }
            }
        }
    };
    let content = html! {
        text.soft x=(unit((left + width.units()) / 2.0)) y="14" text-anchor="middle" { (sides[1]) }
        text.soft transform={ "translate(14 " (unit((TOP + bottom) / 2.0)) ") rotate(-90)" } text-anchor="middle" { (sides[0]) }
        @for (i, label) in labels.iter().enumerate() {
            text x=(unit(left + across * (i as f64 + 0.5))) y=(unit(TOP - 10.0)) text-anchor="middle" {
                (fitting(label, across)) title { (label) }
            }
            text x=(unit(left - 8.0)) y=(unit(TOP + down * (i as f64 + 0.5) + 4.5)) text-anchor="end" {
                (fitting(label, left - 30.0)) title { (label) }
            }
        }
        @for row in 0..labels.len() { @for column in 0..labels.len() { (cell(row, column)) } }
    };
    drawing(name, width, bottom + 4.0, &content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colour_is_the_share_of_the_row_and_the_note_says_what_was_taken_for_what() {
        let labels = ["<a>", "b"].map(String::from);
        let svg =
            heat_map("Confusion", ["truth", "predicted"], &labels, &[vec![3, 1], vec![0, 0]]).into_string();
        let opacity = |share: f64| format!("fill-opacity=\"{:.3}\"", 0.03 + 0.92 * share);
        assert!(svg.contains(&opacity(0.75)) && svg.contains(&opacity(0.25)), "{svg}");
        assert_eq!(svg.matches(&opacity(0.0)).count(), 2);
        assert!(svg.contains("<title>&lt;a&gt; taken for b: 1 of 4</title>"), "{svg}");
    }
}
