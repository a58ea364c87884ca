//! Times training on synthetic text: columns as frequent as words are, rows of unit length, three classes.
//!
//! `cargo bench --bench solver`. Every run checks its answer: converged, after the known number of epochs.

use demarche::linear::{Learner, LinearParams, MultiClass};
use demarche::numeric::{Rng, exp, ln};
use demarche::{FeatureMatrix, Label};
use divan::Bencher;
use linfa::ParamGuard;

const N_FEATURES: usize = 300_000;
const NNZ: usize = 300;
const N_CLASSES: usize = 3;

fn main() {
    divan::main();
}

fn uniform(rng: &mut Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 / (1u64 << 53) as f64
}

/// About `NNZ` columns a row, the j-th with a frequency of about 1 / j; every column leans to one class, and a
/// row is of the class that its columns and some noise favour.
fn corpus(n_samples: usize) -> (FeatureMatrix, Vec<Label>) {
    let mut rng = Rng::new(1);
    let leanings: Vec<usize> = (0..N_FEATURES).map(|_| rng.below(N_CLASSES)).collect();
    // Neighbours in frequency are not neighbours in memory.
    let mut names: Vec<u32> = (0..N_FEATURES as u32).collect();
    rng.shuffle(&mut names);
    let mut x = FeatureMatrix::new(N_FEATURES);
    let mut y = Vec::with_capacity(n_samples);
    for _ in 0..n_samples {
        let rank = |rng: &mut Rng| (exp(uniform(rng) * ln(N_FEATURES as f64)) as usize).min(N_FEATURES - 1);
        let mut columns: Vec<u32> = (0..NNZ).map(|_| names[rank(&mut rng)]).collect();
        columns.sort_unstable();
        columns.dedup();
        let value = 1.0 / (columns.len() as f32).sqrt();
        let mut votes = [0.0; N_CLASSES];
        for &column in &columns {
            votes[leanings[column as usize]] += 1.0;
        }
        votes.iter_mut().for_each(|v| *v += 10.0 * uniform(&mut rng));
        let best = (0..N_CLASSES).fold(0, |best, c| if votes[c] > votes[best] { c } else { best });
        x.push_row(&columns, &vec![value; columns.len()]);
        y.push(Label::from_index(best));
    }
    (x, y)
}

fn bench(bencher: Bencher<'_, '_>, n_samples: usize, params: LinearParams, epochs: &[usize]) {
    let (x, y) = corpus(n_samples);
    let params = params.check().expect("parameters within their ranges");
    bencher.bench_local(|| {
        let model = params.fit_rows(&x, &y, N_CLASSES).expect("rows of three classes");
        assert!(model.convergence().iter().all(|c| c.converged));
        assert_eq!(model.convergence().iter().map(|c| c.epochs).collect::<Vec<_>>(), epochs);
        model
    });
}

mod logistic {
    use super::*;

    #[divan::bench(name = "one_vs_rest/6k/1e-3")]
    fn one_vs_rest_6k_rough(bencher: Bencher<'_, '_>) {
        bench(bencher, 6_277, LinearParams::new().tolerance(1e-3), &[4, 3, 3]);
    }

    #[divan::bench(name = "one_vs_rest/10k/1e-6")]
    fn one_vs_rest_10k_exact(bencher: Bencher<'_, '_>) {
        bench(bencher, 10_000, LinearParams::new().tolerance(1e-6), &[7, 7, 6]);
    }

    #[divan::bench(name = "one_vs_rest/10k")]
    fn one_vs_rest(bencher: Bencher<'_, '_>) {
        bench(bencher, 10_000, LinearParams::new(), &[5, 5, 4]);
    }

    #[divan::bench(name = "multinomial/10k")]
    fn multinomial(bencher: Bencher<'_, '_>) {
        bench(bencher, 10_000, LinearParams::new().multi_class(MultiClass::Multinomial), &[5]);
    }
}

mod svm {
    use super::*;

    #[divan::bench(name = "one_vs_rest/10k")]
    fn one_vs_rest(bencher: Bencher<'_, '_>) {
        bench(bencher, 10_000, LinearParams::new().learner(Learner::Svm), &[12, 13, 12]);
    }

    #[divan::bench(name = "naive_bayes_ratio/10k")]
    fn naive_bayes_ratio(bencher: Bencher<'_, '_>) {
        let params = LinearParams::new().learner(Learner::Svm).nb_ratio(Some(0.25));
        bench(bencher, 10_000, params, &[12, 12, 13]);
    }
}
