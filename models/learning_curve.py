#!/usr/bin/env python3
"""Learning curve of the shipped stance model: models/learning_curve.py PROGRAM [REAL.csv] > table

Trains with models/stance/pipeline.toml on shares of train, each the mean of five random draws by row, and scores on dev,
test and a table of other text where one is given. Macro F1. Prints Markdown.
"""
import csv
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "datasets" / "negotiation"
SHARES, DRAWS = (0.1, 0.25, 0.5, 1.0), 5
program, tables = Path(sys.argv[1]).resolve(), [DATA / "dev.csv", DATA / "test.csv", *sys.argv[2:3]]


def run(*args):
    return subprocess.run([program, *map(str, args)], check=True, capture_output=True, text=True).stdout


with open(DATA / "train.csv", newline="", encoding="utf-8") as f:
    rows = list(csv.DictReader(f))
print("| share of train | rows | dev | test |" + (" other text |" if len(tables) > 2 else ""))
print("|---:|---:|---:|---:|" + ("---:|" if len(tables) > 2 else ""))
for share in SHARES:
    n, sums = round(share * len(rows)), [0.0] * len(tables)
    draws = 1 if share == 1 else DRAWS
    for seed in range(draws):
        with tempfile.TemporaryDirectory() as folder:
            part, model = Path(folder) / "part.csv", Path(folder) / "model"
            with open(part, "w", newline="", encoding="utf-8") as f:
                writer = csv.DictWriter(f, rows[0].keys())
                writer.writeheader()
                writer.writerows(random.Random(seed).sample(rows, n))
            run("train", part, "-o", model, "--label", "stance", "--group", "conflict", "--features", ROOT / "models/stance/pipeline.toml")
            for i, table in enumerate(tables):
                report = json.loads(run("evaluate", table, "--model", model, "--label", "stance", "--format", "json"))
                sums[i] += report["macro_f1"]["value"] / draws
    print(f"| {share:.0%} | {n:,} | " + " | ".join(f"{s:.3f}" for s in sums) + " |", flush=True)
