#!/usr/bin/env python3
"""Tables that pyarrow, pandas, polars and DuckDB write are read, and what the program writes they read: run with the
program's path and the packages of requirements.txt."""

import io
import os
import pathlib
import subprocess
import sys
import tempfile

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

PROGRAM = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "target/release/demarche").resolve()

TEXTS = ["They agreed to resume the talks.", None, "They refused the offer.", " ", "It rained, “all day”, in Genève."] * 40
LABELS = ["favor", "neutral", "against", "neutral", "neutral"] * 40
TABLE = pa.table({"id": pa.array(range(200), pa.int64()), "text": TEXTS, "stance": LABELS})
NEW = "stance_score stance_against stance_neutral stance_favor sentiment sentiment_score".split()

n_checks = 0


def check(is_so, what):
    global n_checks
    n_checks += 1
    if not is_so:
        sys.exit(f"0 passed, 1 failed\n{what}")


def run(*args, stdin=b"", code=0):
    done = subprocess.run([PROGRAM, *args], input=stdin, capture_output=True, check=False)
    check(done.returncode == code, f"{args}: exited with {done.returncode}: {done.stderr.decode()}")
    return done


def stream(table, options=None, rows=64):
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table, max_chunksize=rows)
    return sink.getvalue()


def filtered(table, *args):
    done = run("classify", "--format", "arrow", *args, stdin=stream(table))
    reader = pa.ipc.open_stream(done.stdout)
    batches = list(reader)
    check([b.num_rows for b in batches] == [b.num_rows for b in table.to_batches(64)], "a batch for each batch")
    return pa.Table.from_batches(batches, reader.schema)


def like(found, wanted, what):
    """The same answers, whatever the layout of the columns that came in."""
    for name in ["predicted_stance", *NEW]:
        check(found[name].combine_chunks().equals(wanted[name].combine_chunks()), f"{what}: {name}")
    check(found["text"].to_pylist() == TEXTS and found["id"].to_pylist() == list(range(200)), what)


def main(folder):
    wanted = filtered(TABLE)
    check(wanted["predicted_stance"].null_count == 80, "missing and blank texts have no answers")
    check(wanted.schema.field("stance_score").type == pa.float64(), "scores are doubles")
    check(wanted.schema.field("predicted_stance").type == pa.string(), "labels are strings")

    for kind in (pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        table = TABLE.set_column(1, "text", TABLE["text"].cast(pa.string()).combine_chunks().cast(kind)) \
            if not pa.types.is_dictionary(kind) else TABLE.set_column(1, "text", TABLE["text"].dictionary_encode())
        found = filtered(table)
        check(found.schema.field("text").type == table.schema.field("text").type, f"{kind} stays")
        like(found, wanted, str(kind))

    frame = TABLE.to_pandas()
    like(filtered(pa.Table.from_pandas(frame)), wanted, "pandas metadata")
    check(filtered(pa.Table.from_pandas(frame)).to_pandas().shape[1] == 3 + 10, "back in pandas")

    files = {name: folder / f"{name}.parquet" for name in "pyarrow pandas polars duckdb".split()}
    for codec in ("none", "snappy", "gzip", "zstd", "lz4"):
        files[codec] = folder / f"{codec}.parquet"
        pq.write_table(TABLE, files[codec], compression=codec, row_group_size=70)
    files["v2"] = folder / "v2.parquet"
    pq.write_table(TABLE, files["v2"], data_page_version="2.0", column_encoding={"text": "DELTA_BYTE_ARRAY"}, use_dictionary=["stance"])
    pq.write_table(TABLE, files["pyarrow"])
    frame.to_parquet(files["pandas"])
    pl.from_arrow(TABLE).write_parquet(files["polars"])
    duckdb.from_arrow(TABLE).write_parquet(str(files["duckdb"]))
    for name, path in files.items():
        out = folder / "out.parquet"
        run("classify", path, "-o", out)
        like(pq.read_table(out), wanted, name)
        run("train", path, "--features", "words-1", "-o", folder / f"{name}.model")
        same = (folder / f"{name}.model").read_bytes() == (folder / "none.model").read_bytes() if (folder / "none.model").exists() else True
        check(same, f"{name}: the same model")

    # What the program wrote.
    like(pa.Table.from_pandas(pd.read_parquet(out)), wanted, "read by pandas")
    like(pl.read_parquet(out).to_arrow().cast(wanted.schema), wanted, "read by polars")
    rows = duckdb.sql(f"select predicted_stance, count(*) from '{out}' group by 1 order by 1").fetchall()
    counts = wanted["predicted_stance"].value_counts().to_pylist()
    check(dict(rows) == {c["values"]: c["counts"] for c in counts}, f"counted by DuckDB: {rows}")

    from_csv = folder / "t.csv"
    frame.fillna("").to_csv(from_csv, index=False)
    run("classify", from_csv, "-o", folder / "csv.parquet")
    found = pq.read_table(folder / "csv.parquet")
    for name in ["predicted_stance", *NEW]:
        check(found[name].combine_chunks().equals(wanted[name].combine_chunks()), f"from CSV: {name}")

    for codec in ("uncompressed", "lz4", "zstd"):
        feather = folder / f"{codec}.feather"
        pa.feather.write_feather(TABLE, str(feather), compression=codec)
        run("classify", feather, "-o", folder / "feather.parquet")
        like(pq.read_table(folder / "feather.parquet"), wanted, f"feather, {codec}")
    for codec in ("lz4", "zstd"):
        packed = stream(TABLE, pa.ipc.IpcWriteOptions(compression=codec))
        scored = pa.ipc.open_stream(run("classify", "--format", "arrow", stdin=packed).stdout).read_all()
        like(scored, wanted, f"a stream, {codec}")
    job_array(folder, wanted)
    print(f"{n_checks} passed, 0 failed")


def job_array(folder, wanted):
    """The recipe for Slurm, with the variables that Slurm sets: two tasks, of which one is run again."""
    parts, out = folder / "parts" / "by day", folder / "scored"
    parts.mkdir(parents=True)
    for number in range(5):
        pq.write_table(TABLE.slice(number * 40, 40), parts / f"part-{number}.parquet")
    path = {"PATH": f"{PROGRAM.parent}:{os.environ['PATH']}", "SLURM_ARRAY_TASK_COUNT": "2", "SLURM_CPUS_PER_TASK": "1"}
    script = pathlib.Path(__file__).resolve().parents[2] / "examples" / "job_array.sh"
    for task in (0, 1, 1):
        env = {**os.environ, **path, "SLURM_ARRAY_TASK_ID": str(task)}
        done = subprocess.run([script, parts.parent, out, "text"], env=env, capture_output=True, check=False)
        check(done.returncode == 0, f"job array: {done.stderr.decode()}")
        said = done.stderr.decode().count("texts are empty")
        check(len(list(out.iterdir())) == (3 if task == 0 else 5), "job array: the files of the task")
    check(said == 0, "job array: what is there is not done again")
    like(pq.read_table(out), wanted, "job array")


if __name__ == "__main__":
    import pyarrow.feather  # noqa: F401

    with tempfile.TemporaryDirectory() as name:
        main(pathlib.Path(name))
