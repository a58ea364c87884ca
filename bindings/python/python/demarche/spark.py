"""Classify a Spark DataFrame with the unchanged program as a filter of Arrow batches.

    from demarche.spark import classify

    scored = classify(df, text="body")                      # the shipped stance and sentiment models
    scored = classify(df, text="body", model="my.model")    # a model of your own

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

__all__ = ["classify"]

#: Models that are part of the program and go by name.
BUILT_IN = ("stance", "sentiment")

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

    if threads < 1:
        raise ValueError(f"threads: expected 1 or more, found {threads}")
    for column in (text, target):
        if column is not None:
            _check_column(df.schema, column)
    context = _context(df)
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


def _check_column(schema, name: str) -> None:
    folded = name.strip().lower()
    fields = [field for field in schema.fields if field.name == name] or [
        field for field in schema.fields if field.name.strip().lower() == folded
    ]
    if not fields:
        raise ValueError(f"column {name!r}: expected a column of this name, found {', '.join(schema.names)}")
    if fields[0].dataType.typeName() not in ("string", "varchar", "char"):
        found = fields[0].dataType.simpleString()
        raise ValueError(f"column {name!r}: expected a column of strings, found {found}")


def _context(df: "DataFrame"):
    from pyspark.errors import PySparkException

    try:
        return df.sparkSession.sparkContext
    except (AttributeError, PySparkException) as error:
        raise NotImplementedError("demarche.spark.classify needs a classic Spark session, found Spark Connect") from error


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

    schema = pa.schema([pa.field(name, pa.string()) for name in columns])
    sink = pa.BufferOutputStream()
    pa.ipc.new_stream(sink, schema).close()
    run = subprocess.run(
        _command(program, options, models), input=sink.getvalue().to_pybytes(), capture_output=True, check=False
    )
    if run.returncode != 0:
        raise ValueError(_complaint(run.returncode, run.stderr.decode(errors="replace")))
    answered = pa.ipc.open_stream(run.stdout).schema
    return [answered.field(at) for at in range(len(columns), len(answered))]


def _complaint(code: int, stderr: str) -> str:
    ended = f"was ended by signal {-code}" if code < 0 else f"exited with {code}"
    said = stderr.strip()[-SHOWN:]
    return f"demarche {ended}: {said}" if said else f"demarche {ended}"


# What is shipped.

_copies: Optional[str] = None
_lock = threading.Lock()


def _ship(context, path: str) -> Shipped:
    """Ships a file under a name that tells its content: another file of that name, or another state of this one, is another."""
    global _copies
    digest = _sha256(path)
    name = f"demarche-{digest[:32]}"
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
        self._process.stdout.close()
        self._writer.join()
        code = self._process.wait()
        if self._failure is not None:
            raise self._failure
        if code != 0:
            raise RuntimeError(_complaint(code, self._said())) from cut
        if cut is not None or n_received != self._n_sent:
            raise RuntimeError(
                f"demarche: expected answers to {self._n_sent} rows, found {n_received}: {cut or 'too few'}"
            ) from cut

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
