//! Work that is taken up and handed on in order, and done in between by several threads.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use anyhow::{Result, bail};

/// On each of `threads` threads, with a worker and a batch of its own, again and again: `read` the next batch, work on
/// it, `write` it. One thread at a time reads, and one writes, in the order of reading: whoever is done early waits for
/// its turn. Memory is that of one batch a thread, however many there are.
///
/// # Errors
/// The first of `read` or `write` in the order of batches; those before it are written.
pub(crate) fn in_turns<B: Default, W: FnMut(&mut B)>(
    threads: usize,
    read: impl FnMut(&mut B) -> Result<bool> + Send,
    worker: impl Fn() -> W + Sync,
    write: impl FnMut(&mut B) -> Result<()> + Send,
) -> Result<()> {
    let turns = Turns {
        reading: Mutex::new(Reading { read, next: 0, is_over: false }),
        writing: Mutex::new(Writing { write, turn: 0, outcome: Ok(()) }),
        moved_on: Condvar::new(),
    };
    std::thread::scope(|scope| {
        let work = || turns.work(worker());
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    turns.writing.into_inner().unwrap_or_else(PoisonError::into_inner).outcome
}

struct Turns<R, W> {
    reading: Mutex<Reading<R>>,
    writing: Mutex<Writing<W>>,
    moved_on: Condvar,
}

struct Reading<R> {
    read: R,
    /// Number of the next batch.
    next: usize,
    is_over: bool,
}

struct Writing<W> {
    write: W,
    /// Number of the batch that is to be written.
    turn: usize,
    outcome: Result<()>,
}

impl<R, W> Turns<R, W> {
    fn work<B: Default>(&self, mut work: impl FnMut(&mut B))
    where
        R: FnMut(&mut B) -> Result<bool>,
        W: FnMut(&mut B) -> Result<()>,
    {
        let _watch = Watch(self);
        let mut batch = B::default();
        while let Some((number, outcome)) = self.read(&mut batch) {
            if outcome.is_ok() {
                work(&mut batch);
            }
            let is_waiting = |w: &mut Writing<W>| w.turn != number && w.outcome.is_ok();
            let waited = self.moved_on.wait_while(lock(&self.writing), is_waiting);
            let mut writing = waited.unwrap_or_else(PoisonError::into_inner);
            if writing.outcome.is_err() {
                return;
            }
            writing.outcome = outcome.and_then(|()| (writing.write)(&mut batch));
            writing.turn += 1;
            let is_stopped = writing.outcome.is_err();
            drop(writing);
            self.moved_on.notify_all();
            if is_stopped {
                lock(&self.reading).is_over = true;
            }
        }
    }

    /// The number of the batch that was read, or of the one that could not be; `None` if there is no more.
    fn read<B>(&self, batch: &mut B) -> Option<(usize, Result<()>)>
    where
        R: FnMut(&mut B) -> Result<bool>,
    {
        let mut reading = lock(&self.reading);
        if reading.is_over {
            return None;
        }
        let outcome = (reading.read)(batch);
        reading.is_over = !matches!(outcome, Ok(true));
        if matches!(outcome, Ok(false)) {
            return None;
        }
        reading.next += 1;
        Some((reading.next - 1, outcome.map(drop)))
    }
}

/// Lets the others go when its thread panics; the scope then passes the panic on.
struct Watch<'a, R, W>(&'a Turns<R, W>);

impl<R, W> Drop for Watch<'_, R, W> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(&self.0.writing).outcome = (|| bail!("a thread panicked"))();
            self.0.moved_on.notify_all();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Squares 0 to 99, then fails to read where `bad` says; what was written, and how it ended.
    fn squares(threads: usize, bad: usize, full: usize) -> (Vec<usize>, Result<()>) {
        let (mut next, mut written) = (0, Vec::new());
        let read = |batch: &mut usize| {
            if next == bad {
                bail!("cannot read {bad}");
            }
            (*batch, next) = (next, next + 1);
            Ok(*batch < 100)
        };
        let write = |batch: &mut usize| {
            if written.len() == full {
                bail!("full");
            }
            written.push(*batch);
            Ok(())
        };
        let outcome = in_turns(threads, read, || |batch: &mut usize| *batch *= *batch, write);
        (written, outcome)
    }

    #[test]
    fn what_is_read_is_written_in_order_by_any_number_of_threads() {
        for threads in [1, 2, 7] {
            let (written, outcome) = squares(threads, usize::MAX, usize::MAX);
            assert!(outcome.is_ok() && written.into_iter().eq((0..100).map(|n| n * n)));
        }
    }

    #[test]
    fn an_error_comes_after_what_was_read_before_it_and_ends_the_work() {
        for threads in [1, 2, 7] {
            let (written, outcome) = squares(threads, 40, usize::MAX);
            assert_eq!((written.len(), outcome.unwrap_err().to_string()), (40, "cannot read 40".into()));
            let (written, outcome) = squares(threads, usize::MAX, 9);
            assert_eq!((written.len(), outcome.unwrap_err().to_string()), (9, "full".into()));
        }
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_leaves_nobody_waiting() {
        let mut left = 50;
        let read = |_: &mut usize| {
            left -= 1;
            Ok(left > 0)
        };
        let main = std::thread::current().id();
        let work = || move |_: &mut usize| assert!(std::thread::current().id() == main);
        let _ = in_turns(3, read, work, |_| {
            std::thread::sleep(std::time::Duration::from_millis(1));
            Ok(())
        });
    }
}
