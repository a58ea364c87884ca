//! What is told on standard error of how articles were read.

use demarche::page::Reading;

use crate::output;

/// Counts over all articles of a run.
#[derive(Default)]
pub(crate) struct Tally {
    n_articles: usize,
    n_pages: usize,
    /// Bytes of text on pages: kept, and of all.
    kept: usize,
    of: usize,
    page: String,
    n_encodings: usize,
    /// The first text that was not UTF-8, and how it was read.
    encoding: String,
}

impl Tally {
    pub(crate) fn add(&mut self, reading: &Reading) {
        self.n_articles += 1;
        let document = &reading.document;
        if let Some(n_bytes) = reading.page_bytes {
            self.n_pages += 1;
            self.kept += document.text.len();
            self.of += n_bytes;
            self.page.clone_from(&document.name);
        }
        if let Some(encoding) = &reading.encoding {
            if self.n_encodings == 0 {
                self.encoding = format!("{}: {encoding}", document.name);
            }
            self.n_encodings += 1;
        }
    }

    pub(crate) fn tell(&self) {
        match self.n_encodings {
            0 => {}
            1 => output::note(&self.encoding),
            n => output::note(&format!("{n} texts are not plain UTF-8; the first is {}", self.encoding)),
        }
        let kb = |bytes: usize| bytes as f64 / 1000.0;
        let kept = format!("kept {:.1} of {:.1} kB of text", kb(self.kept), kb(self.of));
        match self.n_pages {
            0 => {}
            1 if self.n_articles == 1 => output::note(&format!("{}: {kept}", self.page)),
            1 => output::note(&format!("1 page: {kept}")),
            n => output::note(&format!("{n} pages: {kept}")),
        }
    }
}
