#!/usr/bin/env python3
"""Compares feature sets for the stance model: models/ablate.py PROGRAM [REAL.csv] > table

Each set of benches/feature_sets, and the built-in sets stems-1-2 and stance (or those named in SETS), is fitted with logistic regression at C, its columns and weights on
training rows only. Scored on dev, by leaving out one conflict of train after the other, and on a table of other text
where one is given; never on test. Prints Markdown.
"""
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "datasets" / "negotiation"
C = os.environ.get("C", "1")
program, real = Path(sys.argv[1]).resolve(), sys.argv[2:3]
SETS = ROOT / "benches" / "feature_sets"
names = os.environ.get("SETS", "").split() or sorted(["stems-1-2", "stance", *(p.stem for p in SETS.glob("*.toml"))])


def run(*args):
    return subprocess.run([program, *map(str, args)], check=True, capture_output=True, text=True).stdout


def fit(data, features, model, *more):
    run("train", data, "-o", model, "--label", "stance", "--features", features, "--c", C, "--threads", "1", *more)


def evaluate(data, model):
    return json.loads(run("evaluate", data, "--model", model, "--label", "stance", "--format", "json", "--threads", "1"))


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as f:
        writer = csv.DictWriter(f, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def macro_f1(matrix):
    hits = [matrix[i][i] for i in range(len(matrix))]
    totals = [sum(matrix[i]) + sum(row[i] for row in matrix) for i in range(len(matrix))]
    return sum(2 * h / t for h, t in zip(hits, totals)) / len(matrix)


def left_out(folder, features):
    """Confusion counts over all conflicts of train, each predicted by a model that has not seen it."""
    with open(DATA / "train.csv", newline="", encoding="utf-8") as f:
        rows = list(csv.DictReader(f))
    groups = defaultdict(list)
    for row in rows:
        groups[row["conflict"]].append(row)

    def one(conflict):
        paths = [folder / f"{conflict}.{kind}" for kind in ("rest.csv", "own.csv", "model")]
        write(paths[0], [row for row in rows if row["conflict"] != conflict])
        write(paths[1], groups[conflict])
        fit(paths[0], features, paths[2], "--calibration", "softmax")
        matrix = evaluate(paths[1], paths[2])["confusion"]["matrix"]
        for path in paths:
            path.unlink()
        return matrix

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        matrices = list(pool.map(one, sorted(groups)))
    return [[sum(m[i][j] for m in matrices) for j in range(3)] for i in range(3)]


print("| features | columns | dev: macro F1 | dev: log loss | conflicts left out: macro F1 |" + (" other text: macro F1 |" if real else ""))
print("|---|---:|---:|---:|---:|" + ("---:|" if real else ""))
for name in names:
    features = SETS / f"{name}.toml"
    features = features if features.exists() else name
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model"
        fit(DATA / "train.csv", features, model, "--group", "conflict")
        columns = json.loads(run("inspect", model, "--format", "json"))["n_features"]
        dev = evaluate(DATA / "dev.csv", model)
        cells = [name, f"{columns:,}", f"{dev['macro_f1']['value']:.3f}", f"{dev['calibration']['log_loss']:.3f}"]
        cells.append(f"{macro_f1(left_out(Path(folder), features)):.3f}")
        cells += [f"{evaluate(table, model)['macro_f1']['value']:.3f}" for table in real]
    print("| " + " | ".join(cells) + " |", flush=True)
