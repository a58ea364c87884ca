//! How far a fit has come, and whether it is still wanted.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Result};

/// How far a fit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Statements read.
    Reading(usize),
    /// Fits done, of how many.
    Fitting(usize, usize),
}

/// A caller that hears how far a fit has come and may stop it.
pub(super) struct Watched<'a> {
    on_progress: &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync),
    is_stopped: AtomicBool,
}

impl<'a> Watched<'a> {
    pub(super) fn by(on_progress: &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync)) -> Self {
        Watched { on_progress, is_stopped: AtomicBool::new(false) }
    }

    /// # Errors
    /// [`Error::Interrupted`] if the caller breaks now or did so before.
    pub(super) fn tell(&self, progress: Progress) -> Result<()> {
        if (self.on_progress)(progress).is_break() {
            self.is_stopped.store(true, Ordering::Relaxed);
        }
        self.check()
    }

    pub(super) fn check(&self) -> Result<()> {
        if self.is_stopped.load(Ordering::Relaxed) { Err(Error::Interrupted) } else { Ok(()) }
    }
}

/// A caller that only listens.
pub(super) fn listening(
    on_progress: &(dyn Fn(Progress) + Sync),
) -> impl Fn(Progress) -> ControlFlow<()> + Sync {
    move |progress| {
        on_progress(progress);
        ControlFlow::Continue(())
    }
}
