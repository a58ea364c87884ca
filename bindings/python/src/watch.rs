//! Long work without the interpreter's lock, which Ctrl-C stops.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use pyo3::prelude::*;

/// How long a signal may wait.
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// Runs `work` on a thread of its own while this one looks for signals. `work` is told by its argument when to stop, and
/// what it returns then is dropped in favour of the signal's exception.
pub(crate) fn watched<R: Send>(py: Python<'_>, work: impl FnOnce(&AtomicBool) -> R + Send) -> PyResult<R> {
    let is_stopped = &AtomicBool::new(false);
    py.detach(|| {
        std::thread::scope(|scope| {
            // Nothing is ever sent: the worker's end is gone when it is done, even by a panic.
            let (worker_is_here, news) = channel::<()>();
            let worker = scope.spawn(move || {
                let _until_done = worker_is_here;
                work(is_stopped)
            });
            let mut signal = Ok(());
            while let Err(RecvTimeoutError::Timeout) = news.recv_timeout(BETWEEN_LOOKS) {
                if signal.is_ok() {
                    signal = Python::attach(|py| py.check_signals());
                    is_stopped.store(signal.is_err(), Ordering::Relaxed);
                }
            }
            let result = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            signal.map(|()| result)
        })
    })
}
