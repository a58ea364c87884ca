//! What can be typed. Nothing here reads a file or knows a default that the library has.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand, ValueEnum};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Stance and sentiment classification: who stands where toward negotiation, how strongly, and why.
///
/// Without a model of your own, the shipped stance and sentiment models are used; they are part of this program.
#[derive(Debug, Parser)]
#[command(version, styles = STYLES, max_term_width = 100, after_help = "\
Examples:
  demarche classify article.txt                        who says what, and where each actor stands
  demarche classify statements.csv --text body         a table with the answers in new columns
  demarche train labeled.csv -o my.model --search      a model of your own
  demarche evaluate held_out.csv --model my.model      how good it is, with intervals
  demarche benchmark labeled.csv                       which features and learner suit your data best
  demarche explain \"We will never leave the table.\"    which words decided

Exit codes: 0 success, 1 a requested threshold was missed, 2 an error.")]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What `classify` writes.
#[cfg(feature = "arrow")]
const CLASSIFY_FORMATS: [&str; 8] = ["table", "json", "jsonl", "csv", "md", "html", "arrow", "parquet"];
#[cfg(not(feature = "arrow"))]
const CLASSIFY_FORMATS: [&str; 6] = ["table", "json", "jsonl", "csv", "md", "html"];

/// Commands with a manual page of their own.
const COMMANDS: [&str; 10] = [
    "train",
    "count",
    "classify",
    "evaluate",
    "benchmark",
    "agreement",
    "explain",
    "inspect",
    "completions",
    "man",
];

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Train(TrainArgs),
    Count(CountArgs),
    Classify(ClassifyArgs),
    Evaluate(EvaluateArgs),
    Benchmark(BenchmarkArgs),
    Agreement(AgreementArgs),
    Explain(ExplainArgs),
    Inspect(InspectArgs),
    /// Print a completion script for a shell
    #[command(after_help = "Example: demarche completions bash > /etc/bash_completion.d/demarche")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print a manual page
    #[command(after_help = "\
Examples:
  demarche man > demarche.1
  demarche man train > demarche-train.1")]
    Man {
        /// The command that the page is about [default: the program]
        #[arg(value_parser = PossibleValuesParser::new(COMMANDS))]
        command: Option<String>,
    },
}

/// Train a model on a table of labeled statements
///
/// Labels may be any words. A column of stances (against, neutral, favor) or sentiments (negative, neutral,
/// positive) gets polarity, hence a score; so do their usual spellings (pro, con, favour ...).
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  demarche train labeled.csv -o my.model
  demarche train tweets.tsv --text tweet --label opinion --learner nb-svm -o my.model
  demarche train talks.csv --group conflict --features stance --search -o my.model
  demarche train claims.csv --features claims --target claim -o my.model
  demarche train talks.csv --features my_features.toml -o my.model
  demarche train --features-from part_1.counts part_2.counts -o my.model     what `demarche count` made of two parts")]
pub(crate) struct TrainArgs {
    /// Table of statements: CSV, TSV, semicolons, JSONL, Parquet or Arrow; - for standard input
    #[arg(required_unless_present = "features_from")]
    pub(crate) data: Option<PathBuf>,
    /// Instead of a table, what `demarche count` made of its parts, in their order, or a folder of *.counts, in the order of their
    /// names: the model is, byte for byte, that of the whole table
    #[arg(long, value_name = "COUNTS", num_args = 1.., conflicts_with_all = ["data", "text", "label", "group", "target"])]
    pub(crate) features_from: Vec<PathBuf>,
    /// Where to write the model; the file appears whole or not at all; - for standard output
    #[arg(short, long, value_name = "MODEL")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) columns: LabeledColumns,
    /// A built-in feature set (words-1, words-1-2, stems-1-2, hashed-1-2, sentiment, stance, claims), a TOML file with a
    /// feature set, or a TOML file with a whole pipeline [default: words-1-2, or what the counts were made for]
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) features: Option<String>,
    /// How weights are learnt [default: logistic, or what the pipeline file says]
    #[arg(long)]
    pub(crate) learner: Option<LearnerArg>,
    /// Weight of the losses against the penalty [default: 1]
    #[arg(long, value_name = "NUMBER", conflicts_with = "search")]
    pub(crate) c: Option<f64>,
    /// Choose C by cross-validation: 8 values from 0.03 to 100
    #[arg(long)]
    pub(crate) search: bool,
    /// Give every class the same total weight
    #[arg(long)]
    pub(crate) balanced: bool,
    /// How decision values become probabilities [default: temperature, or what the pipeline file says]
    #[arg(long)]
    pub(crate) calibration: Option<CalibrationArg>,
    /// Leave features out, half of them at a time, while accuracy on rows held out falls by no more than this, in hundredths
    /// [without a number: 0.1]
    #[arg(long, value_name = "POINTS", num_args = 0..=1, require_equals = true, default_missing_value = "0.1")]
    pub(crate) compress: Option<f64>,
    /// Most memory that training may take, such as 500M or 2G, as far as it can be foreseen; where columns with names would take
    /// more, they are hashed to 2^22 without names instead, and a note says so [default: as much as it takes]
    #[arg(long, value_name = "SIZE", value_parser = bytes)]
    pub(crate) max_memory: Option<usize>,
    /// Folds of the cross-validation [default: 5]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) folds: Option<usize>,
    /// Seed of everything random [default: 7]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) seed: Option<u64>,
    #[command(flatten)]
    pub(crate) threads: Threads,
}

/// Count the features of a part of a table, for a model that is trained where all parts meet
///
/// Where one machine is too slow to read all rows, or they lie on several: each counts its part, and `demarche train
/// --features-from` fits on all of them. The model is, byte for byte, that of the whole table in the order of the parts.
/// What is written holds no texts, but the words and other features that occur in them.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  demarche count part_1.csv --features words-1-2 -o part_1.counts
  demarche count part_2.csv --features words-1-2 -o part_2.counts
  demarche train --features-from part_1.counts part_2.counts -o my.model")]
pub(crate) struct CountArgs {
    /// Table of statements: CSV, TSV, semicolons, JSONL, Parquet or Arrow; - for standard input
    pub(crate) data: PathBuf,
    /// Where to write the counts; the file appears whole or not at all; - for standard output
    #[arg(short, long, value_name = "COUNTS")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) columns: LabeledColumns,
    /// A built-in feature set, a TOML file with a feature set or a whole pipeline, or FILE.counts for those of that file; the same
    /// for all parts
    #[arg(long, value_name = "NAME|FILE", default_value = "words-1-2")]
    pub(crate) features: String,
    #[command(flatten)]
    pub(crate) threads: Threads,
}

/// Which columns are learnt from.
#[derive(Debug, Parser)]
pub(crate) struct LabeledColumns {
    /// Column of texts
    #[arg(long, default_value = "text", value_name = "COLUMN")]
    pub(crate) text: String,
    /// Column of labels [default: stance, else label, else sentiment]
    #[arg(long, value_name = "COLUMN")]
    pub(crate) label: Option<String>,
    /// Column of groups: rows of one group never straddle a fold
    #[arg(long, value_name = "COLUMN")]
    pub(crate) group: Option<String>,
    /// Column of targets, what the stance of each row is toward: each gets weights of its own, or with claims is read itself
    #[arg(long, value_name = "COLUMN")]
    pub(crate) target: Option<String>,
}

/// Score the statements of articles, or the rows of a table
///
/// An article is cut into sentences; each is attributed to its speaker and to the actor whose stance it is.
/// Repeated headlines and paragraphs are scored once. A table keeps its rows and columns and gets new columns.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  demarche classify article.txt
  demarche classify articles/ --format html -o page.html       a page: actors over time, every sentence
  demarche classify articles/ --format jsonl -o statements.jsonl --actors actors.csv
  demarche classify statements.csv --text body -o scored.csv
  demarche classify statements.parquet --text body -o scored.parquet
  cat article.txt | demarche classify - --format json")]
pub(crate) struct ClassifyArgs {
    /// Articles (.txt, .md, .html, .gz or .zst of these), folders of articles, tables (.csv, .tsv, .jsonl, Parquet, Arrow), or - for standard input;
    /// a .jsonl whose lines have a title or a text of paragraphs is read as an article a line
    #[arg(default_value = "-")]
    pub(crate) input: Vec<PathBuf>,
    /// Model file; may be repeated [default: the shipped stance and sentiment models]
    #[arg(long, value_name = "MODEL")]
    pub(crate) model: Vec<PathBuf>,
    /// The inputs are tables, and this column holds the texts [default for tables: text]
    #[arg(long, value_name = "COLUMN")]
    pub(crate) text: Option<String>,
    /// Column of targets, what the stance of each row of a table is toward; a target that the model does not know gets the
    /// shared weights
    #[arg(long, value_name = "COLUMN")]
    pub(crate) target: Option<String>,
    /// Output format [default: table; csv where the input is a table; parquet for an output named .parquet]; arrow is a
    /// stream of record batches, each written as soon as its rows are scored
    #[arg(long, value_parser = PossibleValuesParser::new(CLASSIFY_FORMATS))]
    pub(crate) format: Option<String>,
    /// Also write the table of actors here, a row an actor, model and period, over all articles; .csv or .jsonl
    #[arg(long, value_name = "FILE")]
    pub(crate) actors: Option<PathBuf>,
    /// Actors of your own, for names that the shipped table of states, capitals, demonyms and groups lacks: CSV with the
    /// columns name,kind,adjectives,aliases; kind is state or group, several adjectives or aliases are divided by |
    #[arg(long, value_name = "FILE")]
    pub(crate) actor_names: Option<PathBuf>,
    /// In CSV for spreadsheets, put ' before cells that begin like a formula (= + - @) and are no numbers
    #[arg(long)]
    pub(crate) excel_safe: bool,
    /// Time of an actor's course over several articles [default: day up to three weeks, month beyond two years, else
    /// week]
    #[arg(long, value_name = "UNIT")]
    pub(crate) by_time: Option<TimeUnitArg>,
    /// Where to write the result; the file appears whole or not at all [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) threads: Threads,
}

/// Measure a model on labeled statements that it has not seen
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  demarche evaluate test.csv --model my.model
  demarche evaluate test.csv --model my.model --by conflict --by genre --format md
  demarche evaluate test.csv --model my.model --errors 20 --format html -o report.html
  demarche evaluate test.csv --model my.model --versus stance         is it better than that one?
  demarche evaluate test.csv --model my.model --min-macro-f1 0.75     exits with 1 below 0.75")]
pub(crate) struct EvaluateArgs {
    /// Table of labeled statements; - for standard input
    pub(crate) data: PathBuf,
    /// Model file [default: the shipped model for the label column]
    #[arg(long, value_name = "MODEL")]
    pub(crate) model: Option<PathBuf>,
    /// Column of texts
    #[arg(long, default_value = "text", value_name = "COLUMN")]
    pub(crate) text: String,
    /// Column of labels [default: the name of the model's label set, else label]
    #[arg(long, value_name = "COLUMN")]
    pub(crate) label: Option<String>,
    /// Column of groups: intervals resample whole groups instead of rows
    #[arg(long, value_name = "COLUMN")]
    pub(crate) group: Option<String>,
    /// Column of targets, what the stance of each row is toward: takes their own weights where the model has them,
    /// and adds the figures by target and favor/against F1 averaged over targets
    #[arg(long, value_name = "COLUMN")]
    pub(crate) target: Option<String>,
    /// Break the figures down by the values of this column; may be repeated
    #[arg(long, value_name = "COLUMN")]
    pub(crate) by: Vec<String>,
    /// Compare with this model on the same rows: a file, or the name of a shipped model (stance, sentiment)
    #[arg(long, value_name = "MODEL")]
    pub(crate) versus: Option<PathBuf>,
    /// Score the rows whose label has at least this probability apart, a number from 0 to 1
    #[arg(long, value_name = "NUMBER", value_parser = fraction)]
    pub(crate) threshold: Option<f64>,
    /// Show this many of the most confident mistakes, and what led to them [default: 0]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) errors: Option<usize>,
    /// Exit with 1 if macro F1 is below this, a number from 0 to 1
    #[arg(long, value_name = "NUMBER", value_parser = fraction)]
    pub(crate) min_macro_f1: Option<f64>,
    /// Seed of the bootstrap
    #[arg(long, default_value_t = 7, value_name = "NUMBER")]
    pub(crate) seed: u64,
    /// Output format
    #[arg(long, default_value = "table", value_parser = PossibleValuesParser::new(["table", "json", "md", "html"]))]
    pub(crate) format: String,
    /// Where to write the result; the file appears whole or not at all [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) threads: Threads,
}

/// Compare feature sets and learners on the same folds of labeled statements
///
/// Every entry is fitted in every fold, its words, weights and C on the training rows alone. Prints macro F1 and
/// accuracy with intervals, the difference to the best entry with its p-value, and what each entry costs. Results are
/// kept: a run that was interrupted goes on where it stopped.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  demarche benchmark labeled.csv
  demarche benchmark talks.csv --group conflict --format md
  demarche benchmark talks.csv --feature-sets my_sets/ --feature-sets stance --learners logistic,nb-svm
  demarche benchmark talks.csv --leave-one-group-out conflict --mask-names --learning-curve")]
pub(crate) struct BenchmarkArgs {
    /// Table of labeled statements; - for standard input
    pub(crate) data: PathBuf,
    /// Column of texts
    #[arg(long, default_value = "text", value_name = "COLUMN")]
    pub(crate) text: String,
    /// Column of labels [default: stance, else label, else sentiment]
    #[arg(long, value_name = "COLUMN")]
    pub(crate) label: Option<String>,
    /// Column of targets, what the stance of each row is toward: each gets weights of its own
    #[arg(long, value_name = "COLUMN")]
    pub(crate) target: Option<String>,
    /// Column of groups: rows of one group never straddle a fold
    #[arg(long, value_name = "COLUMN")]
    pub(crate) group: Option<String>,
    /// An entry: a built-in feature set, a TOML file with a feature set or a whole pipeline, or a folder of such
    /// files; may be repeated [default: a ladder of twelve, from single words to all kinds of features]
    #[arg(long, value_name = "NAME|FILE|FOLDER")]
    pub(crate) feature_sets: Vec<String>,
    /// Learners, separated by commas; each entry is run with each of them, unless its file names one
    #[arg(long, value_delimiter = ',', default_value = "logistic")]
    pub(crate) learners: Vec<LearnerArg>,
    /// Folds
    #[arg(long, default_value_t = 5, value_name = "NUMBER")]
    pub(crate) folds: usize,
    /// Repeats, each with folds of its own
    #[arg(long, default_value_t = 3, value_name = "NUMBER")]
    pub(crate) repeats: usize,
    /// Weight of the losses against the penalty, unless an entry's file says it [default: chosen in every fold by 3
    /// inner folds among 0.1, 1, 10, 100]
    #[arg(long, value_name = "NUMBER", conflicts_with = "search")]
    pub(crate) c: Option<f64>,
    /// Choose C among 8 values from 0.03 to 100 instead
    #[arg(long)]
    pub(crate) search: bool,
    /// Fit on 10, 25 and 50 % of each fold's training rows too
    #[arg(long)]
    pub(crate) learning_curve: bool,
    /// Hold out each value of this column once, with the median C of the folds
    #[arg(long, value_name = "COLUMN")]
    pub(crate) leave_one_group_out: Option<String>,
    /// Run each entry with names hidden too: how far does it lean on them? Features of characters still see them
    #[arg(long)]
    pub(crate) mask_names: bool,
    /// Folder in which results are kept between runs [default: demarche/benchmark in the user's cache]
    #[arg(long, value_name = "FOLDER", conflicts_with = "no_cache")]
    pub(crate) cache: Option<PathBuf>,
    /// Keep no results and use none that are kept
    #[arg(long)]
    pub(crate) no_cache: bool,
    /// Seed of everything random
    #[arg(long, default_value_t = 7, value_name = "NUMBER")]
    pub(crate) seed: u64,
    /// Output format
    #[arg(long, default_value = "table", value_parser = PossibleValuesParser::new(["table", "json", "csv", "md", "html"]))]
    pub(crate) format: String,
    /// Where to write the result; the file appears whole or not at all [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) threads: Threads,
}

/// Measure how far people agree who labeled the same statements
///
/// Each table, or each of several columns of one table, holds the labels of one person; an empty cell is a label not
/// given. Prints Krippendorff's alpha, Cohen's kappa for every two, agreement by label, and the rows that differ.
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  demarche agreement anna.csv ben.csv
  demarche agreement anna.csv ben.csv chris.csv --label sentiment --format md
  demarche agreement annotations.csv --label stance_1 --label stance_2 --show 50
  demarche agreement anna.csv ben.csv --min-alpha 0.8          exits with 1 below 0.8")]
pub(crate) struct AgreementArgs {
    /// Tables of labels; - for standard input
    #[arg(required = true, value_name = "TABLE")]
    pub(crate) input: Vec<PathBuf>,
    /// Column of labels, one for all tables or one for each; several for one table [default: stance, else label,
    /// else sentiment]
    #[arg(long, value_name = "COLUMN")]
    pub(crate) label: Vec<String>,
    /// Column by which rows are matched [default: id where a table has one, else the row number]
    #[arg(long, value_name = "COLUMN")]
    pub(crate) id: Option<String>,
    /// Column of texts, shown where labels differ
    #[arg(long, default_value = "text", value_name = "COLUMN")]
    pub(crate) text: String,
    /// Rows that differ to show; JSON has all of them
    #[arg(long, default_value_t = 20, value_name = "NUMBER")]
    pub(crate) show: usize,
    /// Exit with 1 if alpha is below this, a number from 0 to 1
    #[arg(long, value_name = "NUMBER", value_parser = fraction)]
    pub(crate) min_alpha: Option<f64>,
    /// Seed of the bootstrap
    #[arg(long, default_value_t = 7, value_name = "NUMBER")]
    pub(crate) seed: u64,
    /// Output format
    #[arg(long, default_value = "table", value_parser = PossibleValuesParser::new(["table", "json", "md"]))]
    pub(crate) format: String,
}

/// Show which words decided the label of one statement
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  demarche explain \"They never ruled out talks.\"
  echo \"They never ruled out talks.\" | demarche explain - --format json")]
pub(crate) struct ExplainArgs {
    /// The statement; - for standard input
    #[arg(default_value = "-")]
    pub(crate) text: String,
    /// Model file [default: the shipped stance model]
    #[arg(long, value_name = "MODEL")]
    pub(crate) model: Option<PathBuf>,
    /// What the statement is about: takes that target's own weights
    #[arg(long, value_name = "NAME")]
    pub(crate) target: Option<String>,
    /// Explain this label instead of the one that the statement gets
    #[arg(long, value_name = "LABEL")]
    pub(crate) label: Option<String>,
    /// Features to show
    #[arg(long, default_value_t = 15, value_name = "NUMBER")]
    pub(crate) top: usize,
    /// Output format
    #[arg(long, default_value = "table", value_parser = PossibleValuesParser::new(["table", "json"]))]
    pub(crate) format: String,
}

/// Show what is in a model file
#[derive(Debug, Parser)]
#[command(after_help = "\
Examples:
  demarche inspect my.model
  demarche inspect stance --top 40          a shipped model by its name")]
pub(crate) struct InspectArgs {
    /// Model file, or the name of a shipped model (stance, sentiment)
    pub(crate) model: PathBuf,
    /// Show the weights of this target instead of the shared ones
    #[arg(long, value_name = "NAME")]
    pub(crate) target: Option<String>,
    /// Heaviest features to show for each label
    #[arg(long, default_value_t = 20, value_name = "NUMBER")]
    pub(crate) top: usize,
    /// Output format
    #[arg(long, default_value = "table", value_parser = PossibleValuesParser::new(["table", "json"]))]
    pub(crate) format: String,
}

fn fraction(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err("expected a number from 0 to 1".to_owned()),
    }
}

/// A number of bytes, perhaps in K, M or G: thousands, millions, thousands of millions.
fn bytes(text: &str) -> Result<usize, String> {
    let size = text.trim().trim_end_matches(['b', 'B']);
    let units = [(['k', 'K'], 1e3), (['m', 'M'], 1e6), (['g', 'G'], 1e9)];
    let unit = units.into_iter().find(|(letters, _)| size.ends_with(*letters));
    let (number, unit) = unit.map_or((size, 1.0), |(letters, unit)| (size.trim_end_matches(letters), unit));
    let bytes = number.trim().parse::<f64>().ok().map(|number| number * unit);
    let bytes = bytes.filter(|bytes| bytes.is_finite() && *bytes >= 1.0);
    bytes.map(|bytes| bytes as usize).ok_or_else(|| "expected a size such as 500M or 2G".to_owned())
}

#[derive(Debug, Parser)]
pub(crate) struct Threads {
    /// Threads to use, at most 1,024; the result is the same with any number [default: all cores]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl Threads {
    pub(crate) fn get(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        self.threads.map_or_else(cores, usize::from)
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum TimeUnitArg {
    /// Calendar days
    Day,
    /// ISO weeks, Monday to Sunday
    Week,
    /// Calendar months
    Month,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum LearnerArg {
    /// L2-penalised logistic regression
    Logistic,
    /// Linear support vector machine with squared hinge loss
    Svm,
    /// The same on columns scaled by naive Bayes log-count ratios
    NbSvm,
    /// Multinomial naive Bayes
    NaiveBayes,
    /// The class frequencies, whatever the text says
    Prior,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum CalibrationArg {
    /// A logistic curve for each class (Platt)
    Sigmoid,
    /// One scale for all decision values and a bias for each class
    Temperature,
    /// A rising step curve for each class
    Isotonic,
    /// None: softmax of the decision values as they are; saves the cross-validation
    Softmax,
}
