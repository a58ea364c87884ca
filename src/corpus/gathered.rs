//! What a table says of its rows before all of their labels are known, and as a part of a file.
//!
//! Comes in: a table, or what was written of several. Goes out: a [`Labeling`], once no more rows are to come: what the labels mean shows
//! when all of them are known. Texts are handed on one by one, and no more is kept of them than their marks.

use std::io::{self, Read, Write};

use super::labeling::Labeling;
use super::marks::{Mark, TextMarker};
use super::read::ReadOptions;
use super::reader::{Row, TableReader};
use super::words::{First, Repeated, Words};
use crate::error::{Error, Place, Result, shown};
use crate::frames::{FrameReader, FrameWriter};
use crate::label::LabelSet;
use crate::text::Passage;

/// Of what is written of a table: whether its rows have groups, targets, ids.
const GROUPS: u8 = 1;
const TARGETS: u8 = 2;
const IDS: u8 = 4;

/// Of what is written of a row: whether its text has a key, and whether nothing can be seen in it.
const KEY: u8 = 1;
const BLANK: u8 = 2;

/// Rows whose labels are words as yet.
#[derive(Debug)]
pub(crate) struct Gathered {
    /// The tables that they come from.
    tables: Vec<String>,
    /// The column of labels.
    label: String,
    words: Words,
    texts: TextMarker,
    /// The mark of each text, where it will be written.
    marks: Option<Vec<Mark>>,
    ids: Vec<String>,
    has_ids: bool,
    groups: Option<Repeated>,
    targets: Option<Repeated>,
    kept: Vec<(String, Vec<String>)>,
    notes: Vec<String>,
}

impl Gathered {
    fn new(table: &str, label: &str) -> Self {
        Gathered {
            tables: vec![table.to_owned()],
            label: label.to_owned(),
            words: Words::default(),
            texts: TextMarker::default(),
            marks: None,
            ids: Vec::new(),
            has_ids: false,
            groups: None,
            targets: None,
            kept: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Reads what is left of a table; `is_part` of one that will be written ([`Gathered::write`]).
    pub(crate) fn read<R: Read>(
        reader: &mut TableReader<R>,
        options: &ReadOptions,
        is_part: bool,
        on_text: &mut dyn FnMut(Passage<'_>) -> Result<()>,
    ) -> Result<Self> {
        let columns = reader.columns();
        let mut rows = Gathered::new(columns.file(), &options.label);
        let (text, label) = (reader.text_column(&options.text)?, columns.find(&options.label)?);
        let id = options.id.as_deref().map_or(Ok(columns.position("id")), |c| columns.find(c).map(Some))?;
        let group = options.group.as_deref().map(|c| columns.find(c)).transpose()?;
        let target = options.target.as_deref().map(|c| columns.find(c)).transpose()?;
        let keep = options.keep.iter().map(|c| columns.find(c)).collect::<Result<Vec<_>>>()?;
        rows.marks = is_part.then(Vec::new);
        rows.has_ids = id.is_some();
        rows.groups = group.map(|_| Repeated::default());
        rows.targets = target.map(|_| Repeated::default());
        rows.kept = options.keep.iter().map(|c| (c.clone(), Vec::new())).collect();

        let mut row = Row::default();
        while reader.read(&mut row)? {
            let cell = |at: usize| &row.record[at];
            if cell(label).trim().is_empty() {
                let place = Place::file(&rows.tables[0]).line(row.line).column(&options.label);
                return Err(Error::table(place, "a label", "an empty cell"));
            }
            rows.words.push(cell(label), row.line);
            let mark = rows.texts.push(cell(text));
            rows.marks.as_mut().into_iter().for_each(|marks| marks.push(mark));
            rows.ids.push(id.map_or_else(|| rows.texts.len().to_string(), |at| cell(at).to_owned()));
            rows.groups.iter_mut().zip(group).for_each(|(groups, at)| groups.push(cell(at)));
            let target = target.map(|at| cell(at).trim());
            rows.targets.iter_mut().zip(target).for_each(|(targets, name)| targets.push(name));
            on_text(Passage::from(cell(text)).toward(target.filter(|name| !name.is_empty())))?;
            rows.kept.iter_mut().zip(&keep).for_each(|((_, values), &at)| values.push(cell(at).to_owned()));
        }
        rows.notes.extend(reader.remark());
        Ok(rows)
    }

    /// The rows with their labels, which are those of `labels`, or those that the words ask for.
    pub(crate) fn into_labeling(self, labels: Option<&LabelSet>) -> Result<Labeling> {
        let place =
            |at: First| Place::file(&self.tables[at.table as usize]).line(at.line).column(&self.label);
        let is_inferred = labels.is_none();
        let labels = labels.cloned().map_or_else(|| self.words.infer(&self.label, &self.tables[0]), Ok)?;
        let truth = self.words.parse(&labels, place)?;
        let odd = self.words.odd_label(&labels).filter(|_| is_inferred).map(|(at, word, set)| {
            let table = if self.tables.len() > 1 { format!("{}, ", self.tables[at.table as usize]) } else { String::new() };
            let (line, column, word, known) = (at.line, &self.label, shown(word), set.names().join(", "));
            format!("{table}line {line}, column {column:?}: {word} is none of {known}; all labels are taken as they are written, without a score")
        });
        let mut labeling = Labeling::new(labels, truth, self.texts.finish());
        labeling.notes = self.notes;
        labeling.notes.extend(odd);
        (labeling.ids, labeling.kept) = (self.ids, self.kept);
        if let Some(groups) = self.groups {
            labeling.set_groups(groups);
        }
        if let Some(targets) = self.targets {
            labeling.set_targets(targets);
        }
        Ok(labeling)
    }

    /// The number of rows.
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// What is odd about how the table was read.
    pub(crate) fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Writes rows of one table: its name, its column of labels, what its rows have; each label with its first line, each group and
    /// target; then, row by row, the numbers of these, and the marks of its text.
    ///
    /// # Panics
    /// If the rows were not read to be written.
    pub(crate) fn write<W: Write>(&self, out: &mut FrameWriter<W>) -> io::Result<()> {
        let marks = self.marks.as_ref().expect("the marks of rows that are written are kept");
        out.text(&self.tables[0])?;
        out.text(&self.label)?;
        let has = |is_so: bool, flag: u8| if is_so { flag } else { 0 };
        let ids = has(self.has_ids, IDS);
        out.raw(&[has(self.groups.is_some(), GROUPS) | has(self.targets.is_some(), TARGETS) | ids])?;
        let words = self.words.in_order();
        out.number(words.len() as u64)?;
        for (at, word) in words {
            out.text(word)?;
            out.number(at.line)?;
        }
        let named = [&self.groups, &self.targets];
        for column in named.into_iter().flatten() {
            let names = column.names();
            out.number(names.len() as u64)?;
            names.into_iter().try_for_each(|name| out.text(name))?;
        }
        out.number(marks.len() as u64)?;
        for (row, mark) in marks.iter().enumerate() {
            out.number(self.words.of_row()[row].into())?;
            out.raw(&[has(mark.key.is_some(), KEY) | has(mark.is_blank, BLANK)])?;
            out.raw(&mark.digest)?;
            mark.key.into_iter().try_for_each(|key| out.raw(&key.to_le_bytes()))?;
            for column in named.into_iter().flatten() {
                out.number(column.of_row()[row].into())?;
            }
            if self.has_ids {
                out.text(&self.ids[row])?;
            }
        }
        Ok(())
    }

    /// Adds the rows that were written of one more table, behind those of `rows`, and gives all of them.
    pub(crate) fn append<R: Read>(rows: Option<Self>, input: &mut FrameReader<R>) -> Result<Self> {
        let (table, label) = (input.text()?, input.text()?);
        let flags = input.byte()?;
        let mut rows = match rows {
            Some(mut rows) => {
                rows.check_columns(&label, flags, input)?;
                rows.tables.push(table);
                rows
            }
            None => {
                let column = |flag| (flags & flag > 0).then(Repeated::default);
                Gathered { groups: column(GROUPS), targets: column(TARGETS), ..Gathered::new(&table, &label) }
            }
        };
        let words = rows.append_words(input)?;
        let mut groups = NumbersOf::read(&mut rows.groups, input)?;
        let mut targets = NumbersOf::read(&mut rows.targets, input)?;
        for _ in 0..input.number()? {
            let word = input.number_below(words.len() as u64, "label")?;
            rows.words.push_number(words[word as usize]);
            let about = input.byte()?;
            let digest = input.array()?;
            let key = (about & KEY > 0).then(|| input.array().map(u128::from_le_bytes)).transpose()?;
            rows.texts.push_mark(Mark { digest, key, is_blank: about & BLANK > 0 });
            groups.push_row(input, "group")?;
            targets.push_row(input, "target")?;
            let id = if flags & IDS > 0 { input.text()? } else { rows.texts.len().to_string() };
            rows.ids.push(id);
        }
        Ok(rows)
    }

    /// Refuses rows that were read in another way than those before them.
    fn check_columns<R: Read>(&self, label: &str, flags: u8, input: &FrameReader<R>) -> Result<()> {
        let first = &self.tables[0];
        if self.label != label {
            let expected = format!("labels of the column {:?}, as of {first}", self.label);
            return Err(input.expected(expected, format!("labels of the column {label:?}")));
        }
        let columns =
            [(GROUPS, "groups", self.groups.is_some()), (TARGETS, "targets", self.targets.is_some())];
        match columns.into_iter().find(|(flag, _, is_here)| (flags & flag > 0) != *is_here) {
            Some((_, what, true)) => {
                Err(input.expected(format!("rows with {what}, as of {first}"), "rows without"))
            }
            Some((_, what, false)) => {
                Err(input
                    .expected(format!("rows without {what}, as of {first}"), format!("rows with {what}")))
            }
            None => Ok(()),
        }
    }

    /// The numbers here of the labels of a table.
    fn append_words<R: Read>(&mut self, input: &mut FrameReader<R>) -> Result<Vec<u32>> {
        let table = self.tables.len() as u32 - 1;
        let mut numbers = Vec::new();
        for _ in 0..input.number()? {
            let word = input.text()?;
            numbers.push(self.words.number(&word, table, input.number()?));
        }
        Ok(numbers)
    }
}

/// A column of names, where rows have one, with the numbers here of the names of a table.
struct NumbersOf<'a>(Option<(&'a mut Repeated, Vec<u32>)>);

impl<'a> NumbersOf<'a> {
    fn read<R: Read>(column: &'a mut Option<Repeated>, input: &mut FrameReader<R>) -> Result<Self> {
        let Some(column) = column else { return Ok(NumbersOf(None)) };
        let (mut numbers, mut name) = (Vec::new(), String::new());
        for _ in 0..input.number()? {
            input.text_into(&mut name)?;
            numbers.push(column.number(&name));
        }
        Ok(NumbersOf(Some((column, numbers))))
    }

    fn push_row<R: Read>(&mut self, input: &mut FrameReader<R>, what: &str) -> Result<()> {
        if let Some((column, numbers)) = &mut self.0 {
            let number = input.number_below(numbers.len() as u64, what)?;
            column.push_number(numbers[number as usize]);
        }
        Ok(())
    }
}
