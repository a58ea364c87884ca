//! `demarche count`

use std::time::Instant;

use anyhow::Result;
use demarche::pipeline::Progress;

use super::{open_spec, open_training};
use crate::args::CountArgs;
use crate::output::{self, Output};

pub(crate) fn run(args: CountArgs) -> Result<bool> {
    let spec = open_spec(&args.features)?;
    let mut output = Output::open(Some(&args.output), [&args.data])?;
    let (mut table, columns) = open_training(&args.data, &args.columns)?;

    let started = Instant::now();
    let reading = output::counter("rows read");
    let on_progress = |progress| {
        if let Progress::Reading(done) = progress {
            reading.set_position(done as u64);
        }
    };
    let is_file = output.is_file();
    let (rows, notes) =
        spec.write_counts(&mut table, &columns, args.threads.get(), &mut output, &on_progress)?;
    reading.finish_and_clear();
    output.finish()?;
    for note in notes {
        output::note(&format!("{}: {note}", args.data.display()));
    }
    let seconds = started.elapsed().as_secs_f64();
    let report =
        format!("{}: {rows} rows counted, {:?}, {seconds:.2} s\n", args.output.display(), spec.features.name);
    if is_file {
        output::print(&report)?;
    } else {
        output::note(report.trim_end());
    }
    Ok(true)
}
