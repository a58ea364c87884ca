//! Work shared out among threads, with its results in order.

use std::sync::atomic::{AtomicUsize, Ordering};

/// `work(0), ..., work(n - 1)`, in that order, done by at most `threads` threads.
pub(crate) fn in_order<T: Send>(n: usize, threads: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    if threads.min(n) <= 1 {
        return (0..n).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let items = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)).filter(|&i| i < n));
        items.map(|i| (i, work(i))).collect::<Vec<_>>()
    };
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads.min(n)).map(|_| scope.spawn(take)).collect();
        let mut done = take();
        for worker in workers {
            done.extend(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|&(i, _)| i);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_with_any_number_of_threads() {
        for threads in [0, 1, 2, 9] {
            assert_eq!(in_order(5, threads, |i| i * i), [0, 1, 4, 9, 16]);
            assert_eq!(in_order(0, threads, |i| i), [0; 0]);
        }
    }
}
