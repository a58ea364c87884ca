#!/usr/bin/env python3
"""What Spark adds: the same statements through the program alone and through an engine around it.

    benches/spark.py target/release/demarche --rows 10000000 --cores 2

Needs pyspark 4, Java 17, pyarrow and pandas below 3. Prints, for each step, rows, wall and CPU seconds, CPU seconds a million rows, and of the program alone its
peak memory. CPU is that of the whole tree of processes: Spark's own, its Python workers and the program in them. The table (about 100 bytes a row), what is scored
and what is counted stand in --folder, which is made and left for another run. Statements are those of datasets/negotiation/train.csv, numbered.

Steps: `alone` classifies Parquet to Parquet; `engine` has Spark read and write the same rows through Arrow batches that Python passes on; `spark` is the engine with
the program in it, so that the engine's share is what is left; `train alone` and `train parts` are training from the table, and from counts of 8 parts.
"""

import argparse
import csv
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
TICK = os.sysconf("SC_CLK_TCK")
STEPS = ("alone", "engine", "spark", "train alone", "train parts")
PARTS = 8
GROUP = 50_000


def statements():
    with (ROOT / "datasets/negotiation/train.csv").open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["stance"]) for row in csv.DictReader(file)]


def write_table(path, n):
    """`n` statements, no two the same, in row groups of 50,000."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    known = statements()
    schema = pa.schema([("id", pa.int64()), ("text", pa.string()), ("stance", pa.string())])
    with pq.ParquetWriter(path.with_suffix(".part"), schema, compression="zstd") as writer:
        for start in range(0, n, GROUP):
            ids = range(start, min(start + GROUP, n))
            rows = [known[i % len(known)] for i in ids]
            texts = [f"{text} ({i // len(known)})" for i, (text, _) in zip(ids, rows)]
            writer.write_table(pa.table([list(ids), texts, [label for _, label in rows]], schema=schema))
    path.with_suffix(".part").rename(path)


def program(*command):
    """Wall and CPU seconds and peak MB of a child that must succeed."""
    started = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command[0]} failed")
    return time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def tree_cpu():
    """CPU seconds of this process and all that it started, those that are over included."""
    parent_of, ticks = {}, {}
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parent_of[int(folder.name)] = int(fields[1])
        ticks[int(folder.name)] = sum(map(int, fields[11:15]))
    tree = {os.getpid()}
    while more := {pid for pid, parent in parent_of.items() if parent in tree} - tree:
        tree |= more
    return sum(ticks.get(pid, 0) for pid in tree) / TICK


def spark_job(options, step, table, out):
    """Wall and CPU seconds of a Spark application around the rows, the start of the engine included."""
    before, started = tree_cpu(), time.monotonic()
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    sys.path.insert(0, str(ROOT / "bindings/python/python/demarche"))
    import spark as demarche_spark
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master(f"local[{options.cores}]").config("spark.ui.enabled", "false")
    session = session.config("spark.driver.memory", options.memory).config("spark.driver.host", "127.0.0.1")
    session = session.config("spark.sql.files.maxPartitionBytes", options.partition).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    df = session.read.parquet(str(table))
    if step == "spark":
        done = demarche_spark.classify(df, text="text", program=options.program)
    else:
        done = df.mapInArrow(lambda batches: batches, df.schema)
    done.write.mode("overwrite").parquet(str(out))
    wall, cpu = time.monotonic() - started, tree_cpu() - before
    session.stop()
    return wall, cpu, None


def count_parts(options, table, folder):
    """Counts of parts of the table and training on them, one after another: the CPU of all, the peak of the greatest."""
    import pyarrow.parquet as pq

    source, counts = pq.ParquetFile(table), folder / "counts"
    shutil.rmtree(counts, ignore_errors=True)
    counts.mkdir()
    groups = list(range(source.num_row_groups))
    spent = []
    for part in range(min(PARTS, len(groups))):
        mine = groups[part * len(groups) // PARTS : (part + 1) * len(groups) // PARTS]
        if mine:
            path = counts / f"{part}.parquet"
            pq.write_table(source.read_row_groups(mine), path)
            spent.append(program(options.program, "count", path, "--features", options.features, "--threads", 1, "-o", counts / f"{part}.counts"))
            path.unlink()
    size = sum(file.stat().st_size for file in counts.iterdir())
    print(f"  counted in {len(spent)} parts: {sum(s[1] for s in spent):.1f} CPU s, {size / 1e6:.0f} MB, at most {max(s[2] for s in spent):.0f} MB of memory", flush=True)
    fitted = program(options.program, "train", "--features-from", counts, "-o", folder / "parts.model", "--threads", options.cores)
    print(f"  merged and fitted: {fitted[0]:.1f} s, {fitted[1]:.1f} CPU s, {fitted[2]:.0f} MB", flush=True)
    if (folder / "alone.model").exists() and (folder / "alone.model").read_bytes() != (folder / "parts.model").read_bytes():
        sys.exit("the models differ")
    spent.append(fitted)
    return sum(s[0] for s in spent), sum(s[1] for s in spent), max(s[2] for s in spent)


def run(step, options, table, folder):
    if step == "alone":
        return program(options.program, "classify", table, "--text", "text", "--threads", options.cores, "-o", folder / "alone.parquet")
    if step == "train alone":
        return program(options.program, "train", table, "--features", options.features, "--threads", options.cores, "-o", folder / "alone.model")
    if step == "train parts":
        return count_parts(options, table, folder)
    return spark_job(options, step, table, folder / step)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--memory", default="2g", help="of Spark")
    parser.add_argument("--partition", default="32m", help="bytes of Parquet that a task reads")
    parser.add_argument("--features", default="words-1-2", help="of training")
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("/tmp/demarche-spark-bench"))
    parser.add_argument("--step", action="append", choices=STEPS, help="may be repeated; by default all")
    options = parser.parse_args()
    options.program = options.program.resolve()
    options.folder.mkdir(parents=True, exist_ok=True)
    table = options.folder / f"{options.rows}.parquet"
    if not table.exists():
        write_table(table, options.rows)
    print(f"{options.rows} rows, {table.stat().st_size / 1e6:.0f} MB of Parquet, {options.cores} cores", flush=True)
    for step in options.step or STEPS:
        wall, cpu, peak = run(step, options, table, options.folder)
        memory = "" if peak is None else f", {peak:.0f} MB"
        print(f"{step}: {wall:.1f} s, {cpu:.1f} CPU s, {cpu * 1e6 / options.rows:.1f} CPU s a million{memory}", flush=True)


if __name__ == "__main__":
    main()
