"""Classify a Spark DataFrame, or train on one, with the unchanged program as a filter of Arrow batches.

    from demarche.spark import classify, train

    scored = classify(df, text="body")                      # the shipped stance and sentiment models
    scored = classify(df, text="body", model="my.model")    # a model of your own
    train(labeled, "my.model", text="body", label="stance")

Each task starts ``demarche classify --format arrow`` once, writes the partition's batches to it and reads the answers,
so that labels and scores are those of the program on one machine, bit for bit. Program and models are shipped with
``addFile`` under names that hold their SHA-256, which every task checks. Executors need Python with pyarrow, as for any
``mapInArrow``, but not this package.

A child that fails fails its task, with what it said on standard error, and Spark tries the task again.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import threading
from typing import TYPE_CHECKING, Iterable, Iterator, List, Optional, Sequence, Tuple, Union

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

__all__ = ["classify", "train"]

#: Models that are part of the program and go by name.
BUILT_IN = ("stance", "sentiment")

#: Columns of labels where none is named.
LABELS = ("stance", "label", "sentiment")

#: Bytes of counts that travel as one row.
CHUNK = 1 << 20

#: Bytes of a child's standard error that an exception shows.
SHOWN = 4000

#: Seconds in which a child whose streams are closed is to be gone.
PATIENCE = 10

Path = Union[str, "os.PathLike[str]"]
#: Name of a shipped file, and its SHA-256 in hexadecimal digits.
Shipped = Tuple[str, str]


def classify(
    df: "DataFrame",
    text: str = "text",
    model: Union[None, Path, Sequence[Path]] = None,
    program: Optional[Path] = None,
    threads: int = 1,
    target: Optional[str] = None,
) -> "DataFrame":
    """The rows of ``df`` with the answers of each model in new columns on the right.

    Shape: (n rows, c columns) -> (n rows, c + new columns): per model its label (string), its score where labels have
    polarity (double, in [-1, 1]) and a probability a class (double, in [0, 1]), named as ``demarche classify`` names them
    in a table; a name that is taken becomes ``predicted_...``. Rows whose text is null or blank get nulls.

    text: the column of texts, of type string.
    model: a model file, several, or names of shipped models; by default the shipped stance and sentiment models.
    program: the demarche program for the executors' kind of machine; by default the one installed here.
    threads: threads of each task's child; give ``spark.task.cpus`` the same number.
    target: the column of targets, for models that read them.

    Raises ValueError if a column is missing or no string, or the program refuses a model, FileNotFoundError if there is
    no program. All of that is known before any task starts.
    """
    from pyspark import cloudpickle
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType

    _check_threads(threads)
    for column in (text, target):
        if column is not None:
            _check_strings(_field(df.schema, column))
    context = _context(df, "classify")
    here = _program(program)
    models = _models(model)
    options = ["--text", text, "--threads", str(threads)]
    if target is not None:
        options += ["--target", target]
    known = {"string": StringType(), "double": DoubleType()}
    new = [
        StructField(field.name, known[str(field.type)], True)
        for field in _new_fields(here, df.columns, options, models)
    ]

    shipped_program = _ship(context, here)
    shipped_models = [name if name in BUILT_IN else _ship(context, name) for name in models]
    # Executors need not have this package: its functions travel with the task.
    cloudpickle.register_pickle_by_value(sys.modules[__name__])

    def filtered(batches: Iterator["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
        return _filter(batches, shipped_program, shipped_models, options)

    return df.mapInArrow(filtered, StructType(df.schema.fields + new))


def train(
    df: "DataFrame",
    model: Path,
    text: str = "text",
    label: Optional[str] = None,
    group: Optional[str] = None,
    target: Optional[str] = None,
    features: Path = "words-1-2",
    program: Optional[Path] = None,
    threads: int = 1,
    *,
    learner: Optional[str] = None,
    c: Optional[float] = None,
    search: bool = False,
    balanced: bool = False,
    calibration: Optional[str] = None,
    compress: Optional[float] = None,
    max_memory: Optional[int] = None,
    folds: Optional[int] = None,
    seed: Optional[int] = None,
    folder: Optional[Path] = None,
) -> str:
    """Trains on the rows of ``df``, writes the model file here, and returns what the program reports.

    The tasks count the features of their partitions, this machine merges the counts in the order of the partitions and fits: the
    bytes that ``demarche train`` makes of one table with the same rows in the same order. No text leaves the executors, but the
    words and other features that occur do.

    model: where to write the model file.
    text: the column of texts, of type string.
    label: the column of labels; by default stance, else label, else sentiment.
    group, target: the columns of groups and of targets.
    features: a built-in feature set, or a TOML file with a feature set or a whole pipeline.
    program: the demarche program, for this machine and the executors' kind; by default the one installed here.
    threads: threads of each task's child; give ``spark.task.cpus`` the same number.
    learner, c, search, balanced, calibration, compress, max_memory, folds, seed: as of ``demarche train``; max_memory in bytes.
    folder: where to keep the counts until the model is fitted; by default that of temporary files. One to four times the size of the texts.

    Raises ValueError if a column is missing or the program refuses a setting or the rows, FileNotFoundError if there is no program.
    """
    from pyspark import StorageLevel, cloudpickle
    from pyspark.sql.types import BinaryType, IntegerType, StructField, StructType

    _check_threads(threads)
    label = label or next((name for name in LABELS if _has(df.schema, name)), LABELS[0])
    wanted = [name for name in (text, label, group, target) if name is not None]
    fields = [_field(df.schema, name) for name in wanted]
    _check_strings(fields[0])
    context = _context(df, "train")
    here = _program(program)
    options = ["--text", text, "--label", label, "--threads", str(threads)]
    options += [part for name, value in (("--group", group), ("--target", target)) if value for part in (name, value)]
    typed = _typed(learner, c, search, balanced, calibration, compress, max_memory, folds, seed)

    with tempfile.TemporaryDirectory(prefix="demarche-counts-", dir=folder) as counts:
        # Counts of a row that nobody wrote tell the tasks of the features, whatever files they are spelt in.
        spec = os.path.join(counts, "spec.counts")
        _run([here, "count", "-", "--features", os.fspath(features), *options, "-o", spec], _stream(wanted, ["-"]))
        shipped_spec = _ship(context, spec, ".counts")
        os.remove(spec)
        shipped_program = _ship(context, here)
        cloudpickle.register_pickle_by_value(sys.modules[__name__])

        def counted(batches: Iterator["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
            return _count(batches, shipped_program, shipped_spec, options)

        number = StructField("partition", IntegerType(), False)
        chunk = StructField("counts", BinaryType(), False)
        columns = ["`" + name.replace("`", "``") + "`" for name in dict.fromkeys(field.name for field in fields)]
        parts = df.select(*columns).mapInArrow(counted, StructType([number, chunk]))
        # All tasks at once, then one partition after another to here.
        parts = parts.persist(StorageLevel.DISK_ONLY)
        try:
            parts.count()
            _gather(parts.toLocalIterator(), counts)
        finally:
            parts.unpersist()
        if not os.listdir(counts):
            raise ValueError("expected rows to learn from, found none")
        return _run([here, "train", "--features-from", counts, "-o", os.fspath(model), *typed])


def _typed(learner, c, search, balanced, calibration, compress, max_memory, folds, seed) -> List[str]:
    """Settings as the program's flags."""
    values = {"learner": learner, "c": c, "calibration": calibration, "folds": folds, "seed": seed, "compress": compress}
    typed = [f"--{name}={value}" for name, value in values.items() if value is not None]
    typed += [f"--max-memory={max_memory}"] if max_memory is not None else []
    return typed + [f"--{name}" for name, is_set in (("search", search), ("balanced", balanced)) if is_set]


def _gather(rows: Iterable, folder: str) -> None:
    """Writes the chunks of each partition to a file of its own, whose names are in the order of the partitions."""
    last = -1
    for row in rows:
        if row.partition < last:
            raise RuntimeError(f"expected partitions in order, found {row.partition} behind {last}")
        last = row.partition
        with open(os.path.join(folder, f"{row.partition:010}.counts"), "ab") as file:
            file.write(row.counts)


def _check_threads(threads: int) -> None:
    if threads < 1:
        raise ValueError(f"threads: expected 1 or more, found {threads}")


def _fields_called(schema, name: str) -> List:
    folded = name.strip().lower()
    return [field for field in schema.fields if field.name == name] or [
        field for field in schema.fields if field.name.strip().lower() == folded
    ]


def _has(schema, name: str) -> bool:
    return bool(_fields_called(schema, name))


def _field(schema, name: str):
    fields = _fields_called(schema, name)
    if not fields:
        raise ValueError(f"column {name!r}: expected a column of this name, found {', '.join(schema.names)}")
    return fields[0]


def _check_strings(field) -> None:
    if field.dataType.typeName() not in ("string", "varchar", "char"):
        found = field.dataType.simpleString()
        raise ValueError(f"column {field.name!r}: expected a column of strings, found {found}")


def _context(df: "DataFrame", what: str):
    from pyspark.errors import PySparkException

    try:
        return df.sparkSession.sparkContext
    except (AttributeError, PySparkException) as error:
        raise NotImplementedError(f"demarche.spark.{what} needs a classic Spark session, found Spark Connect") from error


def _program(program: Optional[Path]) -> str:
    """The path of the program: the one given, else the one of this environment, else the one on PATH."""
    if program is not None:
        if not os.path.isfile(program):
            raise FileNotFoundError(f"{os.fspath(program)}: expected the demarche program, found no file")
        return os.fspath(program)
    name = "demarche.exe" if os.name == "nt" else "demarche"
    for folder in (sysconfig.get_path("scripts"), os.path.dirname(sys.executable)):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
    path = shutil.which(name)
    if path is None:
        raise FileNotFoundError("expected the program `demarche` on PATH or as the argument `program`, found none")
    return path


def _models(model: Union[None, Path, Sequence[Path]]) -> List[str]:
    if model is None:
        return []
    if isinstance(model, (str, os.PathLike)):
        model = [model]
    return [os.fspath(name) for name in model]


def _command(program: str, options: List[str], models: Iterable[str]) -> List[str]:
    typed = [part for name in models for part in ("--model", name)]
    return [program, "classify", "-", "--format", "arrow", *options, *typed]


def _new_fields(program: str, columns: List[str], options: List[str], models: List[str]) -> List["pa.Field"]:
    """The columns that the program adds, by its own word: its answer to a stream without rows."""
    import pyarrow as pa

    answered = pa.ipc.open_stream(_answer(_command(program, options, models), _stream(columns, []))).schema
    return [answered.field(at) for at in range(len(columns), len(answered))]


def _stream(columns: Sequence[str], cells: List[str]) -> bytes:
    """A stream with these columns of strings, each of which has these cells."""
    import pyarrow as pa

    table = pa.table([pa.array(cells, pa.string()) for _ in columns], names=list(columns))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()


def _answer(command: List[str], given: bytes = b"") -> bytes:
    """What a child on this machine prints, if it succeeds."""
    run = subprocess.run(command, input=given, capture_output=True, check=False)
    if run.returncode != 0:
        raise ValueError(_complaint(run.returncode, run.stderr.decode(errors="replace")))
    return run.stdout


def _run(command: List[str], given: bytes = b"") -> str:
    return _answer(command, given).decode(errors="replace")


def _complaint(code: int, stderr: str) -> str:
    ended = f"was ended by signal {-code}" if code < 0 else f"exited with {code}"
    said = stderr.strip()[-SHOWN:]
    return f"demarche {ended}: {said}" if said else f"demarche {ended}"


# What is shipped.

_copies: Optional[str] = None
_lock = threading.Lock()


def _ship(context, path: str, suffix: str = "") -> Shipped:
    """Ships a file under a name that tells its content: another file of that name, or another state of this one, is another."""
    global _copies
    digest = _sha256(path)
    name = f"demarche-{digest[:32]}{suffix}"
    with _lock:
        if _copies is None:
            # Executors fetch from here as long as the application runs.
            _copies = tempfile.mkdtemp(prefix="demarche-spark-")
            atexit.register(shutil.rmtree, _copies, ignore_errors=True)
        copy = os.path.join(_copies, name)
        if not os.path.exists(copy):
            shutil.copyfile(path, copy + ".part")
            os.chmod(copy + ".part", 0o755)
            os.rename(copy + ".part", copy)
        context.addFile(copy)
    return name, digest


def _sha256(path: str) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def _arrived(shipped: Shipped) -> str:
    """The path of a shipped file on this executor, if its content is what was sent."""
    from pyspark import SparkFiles

    name, digest = shipped
    path = SparkFiles.get(name)
    found = _sha256(path)
    if found != digest:
        raise RuntimeError(f"{path}: expected the file with SHA-256 {digest}, found {found}")
    return path


# The work of a task.


def _filter(
    batches: Iterator["pa.RecordBatch"],
    program: Shipped,
    models: Sequence[Union[str, Shipped]],
    options: List[str],
) -> Iterator["pa.RecordBatch"]:
    """The batches of one partition with their answers; no child for a partition without batches."""
    first = next(batches, None)
    if first is None:
        return
    names = [model if isinstance(model, str) else _arrived(model) for model in models]
    child = _Child(_command(_arrived(program), options, names), first, batches)
    try:
        yield from child.answers()
    finally:
        child.end()


def _count(
    batches: Iterator["pa.RecordBatch"], program: Shipped, spec: Shipped, options: List[str]
) -> Iterator["pa.RecordBatch"]:
    """The counts of one partition, a chunk a batch; nothing of a partition without rows."""
    import pyarrow as pa
    from pyspark import TaskContext

    batches = (batch for batch in batches if batch.num_rows > 0)
    first = next(batches, None)
    if first is None:
        return
    number = pa.array([TaskContext.get().partitionId()], pa.int32())
    command = [_arrived(program), "count", "-", "--features", _arrived(spec), *options, "-o", "-"]
    child = _Child(command, first, batches)
    try:
        for chunk in child.chunks():
            yield pa.RecordBatch.from_arrays([number, pa.array([chunk], pa.binary())], ["partition", "counts"])
    finally:
        child.end()


class _Child:
    """The program, fed by a thread of its own, so that neither of two full pipes waits for the other."""

    def __init__(self, command: List[str], first: "pa.RecordBatch", rest: Iterator["pa.RecordBatch"]):
        # A file takes whatever is said; a third pipe would have to be emptied, too.
        self._stderr = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr
        )
        self._failure: Optional[BaseException] = None
        self._n_sent = 0
        self._writer = threading.Thread(target=self._feed, args=(first, rest), daemon=True)
        self._writer.start()

    def _feed(self, first: "pa.RecordBatch", rest: Iterator["pa.RecordBatch"]) -> None:
        import pyarrow as pa

        stdin = self._process.stdin
        try:
            with stdin, pa.ipc.new_stream(stdin, first.schema) as stream:
                stream.write_batch(first)
                self._n_sent += first.num_rows
                for batch in rest:
                    stream.write_batch(batch)
                    self._n_sent += batch.num_rows
        except BrokenPipeError:
            pass  # the child is gone; its exit code says why
        except BaseException as failure:  # noqa: B902: handed to the task's own thread
            self._failure = failure
            self._process.kill()

    def answers(self) -> Iterator["pa.RecordBatch"]:
        """What the child says, to its end; it must be a good one, and about every row."""
        import pyarrow as pa

        n_received = 0
        cut: Optional[Exception] = None
        try:
            with pa.ipc.open_stream(self._process.stdout) as stream:
                for batch in stream:
                    n_received += batch.num_rows
                    yield batch
        except (pa.ArrowInvalid, OSError) as error:
            cut = error
        self._check_end(cut)
        if cut is not None or n_received != self._n_sent:
            raise RuntimeError(
                f"demarche: expected answers to {self._n_sent} rows, found {n_received}: {cut or 'too few'}"
            ) from cut

    def chunks(self) -> Iterator[bytes]:
        """What the child says, to its end, which must be a good one."""
        yield from iter(lambda: self._process.stdout.read(CHUNK), b"")
        self._check_end()

    def _check_end(self, cut: Optional[Exception] = None) -> None:
        self._process.stdout.close()
        self._writer.join()
        code = self._process.wait()
        if self._failure is not None:
            raise self._failure
        if code != 0:
            raise RuntimeError(_complaint(code, self._said())) from cut

    def _said(self) -> str:
        self._stderr.seek(0)
        return self._stderr.read().decode(errors="replace")

    def end(self) -> None:
        """Leaves nothing behind, be the partition done, given up or cancelled.

        Where the worker itself is killed, its ends of the pipes close, and the child finds no more to read or nobody to
        write to.
        """
        self._process.kill()
        self._process.stdout.close()
        self._process.wait()
        self._writer.join(PATIENCE)
        self._stderr.close()
