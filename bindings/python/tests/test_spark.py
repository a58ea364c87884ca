"""demarche.spark on a cluster of two executors on this machine, with a child and an executor killed on the way.

Needs pyspark, pyarrow, Java 17 and the program (DEMARCHE_PROGRAM, else the one installed); skipped where one is missing.
DEMARCHE_SPARK_ROWS rows (1,000,000) are scored.
"""

import importlib.util
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

pyspark = pytest.importorskip("pyspark", reason="needs pyspark")
pa = pytest.importorskip("pyarrow", reason="needs pyarrow")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("needs Java 17", allow_module_level=True)

import pyarrow.ipc  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402
from pyspark.sql import functions as sf  # noqa: E402
from pyspark.sql import types as st  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
N_ROWS = int(os.environ.get("DEMARCHE_SPARK_ROWS", "1000000"))
PARTITIONS = 16


def load_module():
    """The module from its file: it needs nothing else of the package."""
    path = HERE.parent / "python" / "demarche" / "spark.py"
    spec = importlib.util.spec_from_file_location("demarche_spark", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["demarche_spark"] = module
    spec.loader.exec_module(module)
    return module


demarche_spark = load_module()


def find_program():
    try:
        return demarche_spark._program(os.environ.get("DEMARCHE_PROGRAM"))
    except FileNotFoundError as error:
        pytest.skip(str(error), allow_module_level=True)


PROGRAM = find_program()

AGREEING = ["agreed to", "welcomed", "called for", "offered", "refused", "rejected", "walked out of", "postponed"]
ABOUT = ["talks", "a ceasefire", "the offer", "mediation", "the visit", "a second round"]
WHO = ["The minister", "The rebels", "Both sides", "The union", "Kyiv", "Nobody", "The envoy"]


def statement(n):
    """A short statement; some are missing, some blank."""
    if n % 1009 == 0:
        return None if n % 2 else "  "
    who, did, what = WHO[n % len(WHO)], AGREEING[n // 7 % len(AGREEING)], ABOUT[n // 56 % len(ABOUT)]
    return f"{who} {did} {what} on day {n % 9973}."


@pytest.fixture(scope="module")
def statements(tmp_path_factory):
    path = tmp_path_factory.mktemp("statements") / "statements.parquet"
    table = pa.table({"id": pa.array(range(N_ROWS), pa.int64()), "body": [statement(n) for n in range(N_ROWS)]})
    pq.write_table(table, path, row_group_size=50_000)
    return path


@pytest.fixture(scope="module")
def spark():
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_HOME", os.path.dirname(pyspark.__file__))
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    session = (
        SparkSession.builder.master("local-cluster[2,1,2048]")
        .appName("demarche")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "1g")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.files.maxPartitionBytes", "2m")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def children(name):
    """Pids of living processes whose command line has `name`."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if any(name.encode() in word for word in words) and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found


def filters():
    """Pids of the program as a filter of this test's executors."""
    digest = demarche_spark._sha256(PROGRAM)
    return children(f"demarche-{digest[:32]}")


def executors():
    """Pids of the executors that this process started."""
    mine = {os.getpid()}
    parent_of = {}
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parent_of[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    while more := {pid for pid, parent in parent_of.items() if parent in mine} - mine:
        mine |= more
    return [pid for pid in children("CoarseGrainedExecutorBackend") if pid in mine]


class Killer(threading.Thread):
    """Kills a child once there is one, then an executor once there is a child again."""

    def __init__(self):
        super().__init__(daemon=True)
        self.killed = []
        self.is_over = threading.Event()

    def run(self):
        for kind, victims in (("child", filters), ("executor", executors)):
            while not self.is_over.is_set():
                first = filters()
                alive = [pid for pid in victims() if first]
                if alive:
                    try:
                        os.kill(alive[0], signal.SIGKILL)
                    except ProcessLookupError:
                        continue
                    self.killed.append(kind)
                    break
                time.sleep(0.02)
            time.sleep(0.5)


def on_one_machine(statements, folder, *options):
    scored = folder / "scored.parquet"
    command = [PROGRAM, "classify", str(statements), "--text", "body", "-o", str(scored), *options]
    subprocess.run(command, check=True, capture_output=True)
    return pq.read_table(scored)


def test_kills_change_nothing(spark, statements, tmp_path):
    alone = on_one_machine(statements, tmp_path)
    df = spark.read.parquet(str(statements)).repartition(PARTITIONS)
    out = tmp_path / "out"
    killer = Killer()
    killer.start()
    demarche_spark.classify(df, text="body", program=PROGRAM).write.parquet(str(out))
    killer.is_over.set()
    killer.join()
    assert killer.killed == ["child", "executor"], "the job was over before both kills"
    together = pq.read_table(out).sort_by("id")
    assert together.num_rows == N_ROWS
    assert together["id"].equals(pa.chunked_array([range(N_ROWS)], pa.int64()))
    assert together.column_names == alone.column_names
    for name in alone.column_names:
        assert together[name].combine_chunks().equals(alone[name].combine_chunks()), name
    assert together["stance"].null_count == len(range(0, N_ROWS, 1009))
    assert set(together["stance"].unique().to_pylist()) == {"against", "neutral", "favor", None}


@pytest.fixture(scope="module")
def small(spark):
    rows = [(n, statement(n), [n, None], float(n)) for n in range(50)]
    return spark.createDataFrame(rows, "id long, text string, numbers array<long>, Stance double").repartition(3)


def test_columns_keep_their_order_and_kinds_and_new_names_give_way(small):
    scored = demarche_spark.classify(small, program=PROGRAM)
    assert scored.schema.fields[:4] == small.schema.fields
    assert scored.columns[4:7] == ["predicted_stance", "stance_score", "stance_against"]
    assert [f.dataType for f in scored.schema.fields[4:6]] == [st.StringType(), st.DoubleType()]
    rows = {row.id: row for row in scored.collect()}
    for row in small.collect():
        assert rows[row.id][:4] == row[:]
        assert (rows[row.id].predicted_stance is None) == (row.id == 0)


def test_empty_partitions_start_no_child_and_give_no_rows(spark, small):
    empty = spark.createDataFrame([], "text string")
    assert demarche_spark.classify(empty, program=PROGRAM).count() == 0
    few = demarche_spark.classify(small.limit(1).repartition(7), program=PROGRAM)
    assert few.count() == 1


def test_a_model_of_a_file_is_shipped_beside_one_that_is_known_by_name(small, tmp_path):
    table = tmp_path / "train.csv"
    table.write_text(
        "text,topic\nThey agreed to talks.,talks\nIt rained.,weather\nTalks were refused.,talks\nIt snowed.,weather\n",
        encoding="utf-8",
    )
    model = tmp_path / "topic.model"
    subprocess.run([PROGRAM, "train", table, "--label", "topic", "-o", model], check=True, capture_output=True)
    scored = demarche_spark.classify(small, model=[model, "sentiment"], program=PROGRAM)
    assert scored.columns[4:8] == ["topic", "topic_talks", "topic_weather", "sentiment"]
    assert {row.topic for row in scored.collect()} <= {"talks", "weather", None}


STANCES = ["con", "pro", "none"]


@pytest.fixture(scope="module")
def labeled(spark):
    """Labeled rows in seven partitions, one of them empty, whose order is theirs."""
    rows = [(statement(n) or "", STANCES[n % 8 % 3], f"c{n // 40}", None if n % 5 else ABOUT[n % 6]) for n in range(2000)]
    df = spark.createDataFrame(rows, "Body string, stance string, conflict string, about string")
    return df.repartition(6, "conflict").union(df.limit(0)).persist()


@pytest.mark.parametrize(
    ("settings", "flags"),
    [
        ({}, []),
        ({"group": "conflict", "target": "about", "learner": "nb-svm", "c": 0.5}, ["--group", "conflict", "--target", "about", "--learner", "nb-svm", "--c", "0.5"]),
        ({"features": "hashed-1-2", "learner": "naive-bayes", "seed": 3}, ["--features", "hashed-1-2", "--learner", "naive-bayes", "--seed", "3"]),
        ({"features": "a file", "compress": 0.5, "threads": 2}, ["--features", "a file", "--compress=0.5"]),
    ],
)
def test_training_makes_the_bytes_that_one_machine_makes_of_the_same_rows(labeled, tmp_path, settings, flags):
    (tmp_path / "my.toml").write_text(
        'name = "mine"\ngroups = [{ word_ngrams = [1, 1] }, { lexicon = { name = "mine", file = "mine.csv" } }]\n'
        "min_document_frequency = 2\n"
    )
    (tmp_path / "mine.csv").write_text("term,category,role\nceasefire,peace,plain\nrefused,war,plain\n")
    features = {"a file": str(tmp_path / "my.toml")}
    settings = {name: features.get(value, value) for name, value in settings.items()}
    labeled.toPandas().to_csv(tmp_path / "all.csv", index=False)
    command = [PROGRAM, "train", tmp_path / "all.csv", "--text", "body", "-o", tmp_path / "alone.model"]
    subprocess.run([*command, *(features.get(flag, flag) for flag in flags)], check=True, capture_output=True)
    (tmp_path / "counts").mkdir()
    said = demarche_spark.train(
        labeled, tmp_path / "spark.model", text="body", program=PROGRAM, folder=tmp_path / "counts", **settings
    )
    assert said.startswith(f"{tmp_path / 'spark.model'}: 2000 rows (against ")
    assert (tmp_path / "spark.model").read_bytes() == (tmp_path / "alone.model").read_bytes()
    assert not list((tmp_path / "counts").iterdir())


def test_training_refuses_what_the_program_refuses(spark, labeled, tmp_path):
    model = tmp_path / "m"
    for options, message in (
        ({"text": "txt"}, "column 'txt': expected a column of this name"),
        ({"label": "kind"}, "column 'kind': expected a column of this name"),
        ({"features": "no such set"}, "expected one of words-1, words-1-2"),
        ({"features": "claims"}, "the column that names what each statement is toward"),
        ({"c": -1}, "parameter `c`"),
    ):
        with pytest.raises(ValueError, match=message):
            demarche_spark.train(labeled, model, **{"text": "body", "program": PROGRAM, **options})
    empty = spark.createDataFrame([], "text string, stance string")
    with pytest.raises(ValueError, match="expected rows to learn from, found none"):
        demarche_spark.train(empty, model, program=PROGRAM)
    unlabeled = spark.createDataFrame([("a", "pro"), ("b", None)], "text string, stance string")
    with pytest.raises(Exception, match="expected a label, found an empty cell"):
        demarche_spark.train(unlabeled, model, program=PROGRAM)
    assert not model.exists()


def test_what_is_wrong_is_said_before_a_task_starts(small):
    for options, message in (
        ({"text": "txt"}, "column 'txt': expected a column of this name"),
        ({"text": "id"}, "column 'id': expected a column of strings, found bigint"),
        ({"threads": 0}, "threads: expected 1 or more"),
        ({"model": "no such.model"}, "no such.model"),
    ):
        with pytest.raises(ValueError, match=message):
            demarche_spark.classify(small, program=PROGRAM, **options)
    with pytest.raises(FileNotFoundError, match="expected the demarche program"):
        demarche_spark.classify(small, program="no such program")


def test_a_child_that_fails_fails_its_task_with_its_words(small, tmp_path):
    program = tmp_path / "fails"
    program.write_text(
        f'#!/bin/sh\nif [ "$DEMARCHE_DRIVER" ]; then exec "{PROGRAM}" "$@"; fi\n'
        'head -c 100 > /dev/null; echo "error: out of luck" >&2; exit 3\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    os.environ["DEMARCHE_DRIVER"] = "1"
    try:
        scored = demarche_spark.classify(small, program=program)
    finally:
        del os.environ["DEMARCHE_DRIVER"]
    with pytest.raises(Exception, match="demarche exited with 3: error: out of luck"):
        scored.collect()


def test_a_file_that_changed_on_its_way_is_refused(small, monkeypatch):
    ship = demarche_spark._ship
    monkeypatch.setattr(demarche_spark, "_ship", lambda context, path: (ship(context, path)[0], "0" * 64))
    with pytest.raises(Exception, match=f"expected the file with SHA-256 {'0' * 64}, found"):
        demarche_spark.classify(small, program=PROGRAM).collect()


def test_no_child_outlives_a_job_that_is_cancelled(spark, statements):
    df = spark.read.parquet(str(statements)).repartition(4)
    context = spark.sparkContext
    failure = []

    def work():
        context.setJobGroup("cancelled", "is cancelled", interruptOnCancel=True)
        try:
            demarche_spark.classify(df, text="body", program=PROGRAM).agg(sf.max("stance_score")).collect()
        except Exception as error:  # noqa: BLE001
            failure.append(error)

    from pyspark import InheritableThread

    worker = InheritableThread(target=work)
    worker.start()
    until(lambda: filters(), 60)
    context.cancelJobGroup("cancelled")
    worker.join(60)
    assert failure and not worker.is_alive()
    until(lambda: not filters(), 30)


def test_no_child_is_left_when_only_some_rows_are_taken(spark, statements):
    df = spark.read.parquet(str(statements)).repartition(2)
    assert len(demarche_spark.classify(df, text="body", program=PROGRAM).limit(5).collect()) == 5
    until(lambda: not filters(), 30)


def until(is_so, seconds):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "not so in time"
        time.sleep(0.05)
