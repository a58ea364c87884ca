//! One binary problem a class, in groups shared out among threads.
//!
//! Comes in: a problem of any number of classes and a binary solver. Goes out: a model whose rows are the
//! solutions. Which classes are solved side by side depends on their number alone, so the number of threads
//! changes no bit.

use std::ops::Range;

use ndarray::{Array1, Array2};

use crate::linear::solver::{BinaryProblems, BinarySolution, BinarySolver, Problem};
use crate::linear::{Convergence, LinearModel};
use crate::threads::in_order;

/// Most classes solved side by side: their weights of one column fill half a cache line.
const LANES: usize = 4;

/// Solves every class against the rest; two classes once, the rows of the first being the negatives of the
/// second's. A row costs c times its own sample weight in each problem.
pub(super) fn one_vs_rest(problem: &Problem<'_>, solver: &impl BinarySolver, threads: usize) -> LinearModel {
    let costs: Vec<f64> = problem.sample_weights.iter().map(|w| problem.c * w).collect();
    if problem.n_classes == 2 {
        let [second] = solve_group::<1>(problem, &costs, solver, 1);
        return mirrored(second);
    }
    let groups = even_groups(problem.n_classes, LANES);
    let solved: Vec<Vec<BinarySolution>> = in_order(groups.len(), threads, |g| {
        let first = groups[g].start;
        match groups[g].len() {
            1 => solve_group::<1>(problem, &costs, solver, first).into(),
            2 => solve_group::<2>(problem, &costs, solver, first).into(),
            3 => solve_group::<3>(problem, &costs, solver, first).into(),
            _ => solve_group::<LANES>(problem, &costs, solver, first).into(),
        }
    });
    let solutions: Vec<BinarySolution> = solved.into_iter().flatten().collect();
    let convergence = solutions.iter().map(|s| s.convergence).collect();
    stacked(solutions, convergence)
}

/// Solves the `N` classes from `first` on.
fn solve_group<const N: usize>(
    problem: &Problem<'_>,
    costs: &[f64],
    solver: &impl BinarySolver,
    first: usize,
) -> [BinarySolution; N] {
    let sign = |y: usize, class: usize| if y == class { 1.0 } else { -1.0 };
    let signs: Vec<[f64; N]> =
        problem.y.iter().map(|&y| std::array::from_fn(|lane| sign(y, first + lane))).collect();
    let Problem { x, intercept_scaling, .. } = *problem;
    solver.solve(&BinaryProblems { x, signs: &signs, costs, intercept_scaling })
}

/// `0..n` in the fewest ranges of at most `most`, their lengths differing by at most 1.
fn even_groups(n: usize, most: usize) -> Vec<Range<usize>> {
    let groups = n.div_ceil(most);
    (0..groups).map(|g| g * n / groups..(g + 1) * n / groups).collect()
}

fn mirrored(second: BinarySolution) -> LinearModel {
    let first = BinarySolution {
        coef: second.coef.iter().map(|w| -w).collect(),
        intercept: -second.intercept,
        convergence: second.convergence,
    };
    let convergence = vec![second.convergence];
    stacked(vec![first, second], convergence)
}

fn stacked(solutions: Vec<BinarySolution>, convergence: Vec<Convergence>) -> LinearModel {
    let shape = (solutions.len(), solutions[0].coef.len());
    let intercept: Array1<f64> = solutions.iter().map(|s| s.intercept).collect();
    let coef: Vec<f64> = solutions.into_iter().flat_map(|s| s.coef).collect();
    let coef = Array2::from_shape_vec(shape, coef).expect("solutions have as many weights as columns");
    LinearModel::from_parts(coef, intercept, convergence)
}
