#!/usr/bin/env python3
"""Checks datasets/negotiation: schema, counts, balance, duplicates within and across splits. Exits with 1 on a fault."""
import csv
import re
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent / "negotiation"
COLUMNS = ["id", "text", "stance", "sentiment", "holder", "conflict", "genre", "difficulty", "split_kind"]
VALUES = {
    "stance": {"against", "neutral", "favor"},
    "sentiment": {"negative", "neutral", "positive"},
    "genre": {"wire", "headline", "background", "official", "social", "opinion"},
    "difficulty": {"plain", "hard"},
    "split_kind": {"seen", "unseen"},
}
SHINGLE, OVERLAP = 5, 0.3
faults = []


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


rows = []
for split in ("train", "dev", "test"):
    with open(HERE / f"{split}.csv", newline="", encoding="utf-8") as f:
        reader = csv.DictReader(f)
        if reader.fieldnames != COLUMNS:
            faults.append(f"{split}.csv: columns {reader.fieldnames}")
        for row in reader:
            rows.append({**row, "split": split})
for row in rows:
    for column, allowed in VALUES.items():
        if row[column] not in allowed:
            faults.append(f"{row['id']}: {column} {row[column]!r}")
    if not 4 <= len(row["text"].split()) <= 75:
        faults.append(f"{row['id']}: {len(row['text'].split())} words")
    if row["stance"] != "neutral" and not row["holder"]:
        faults.append(f"{row['id']}: a stance without a holder")
for what in ("id", "text"):
    for value, n in Counter(row[what] for row in rows).items():
        if n > 1:
            faults.append(f"{what} {value!r} stands {n} times")

train_conflicts = {row["conflict"] for row in rows if row["split"] == "train"}
for row in rows:
    if (row["split_kind"] == "seen") != (row["conflict"] in train_conflicts):
        faults.append(f"{row['id']}: {row['split_kind']} although {row['conflict']} is another")
home = {}
for row in rows:
    own = shingles(row["text"])
    shared = Counter(home[s] for s in own if s in home)
    for other, n in shared.most_common(1):
        if n >= max(3, OVERLAP * len(own)):
            faults.append(f"{row['id']} nearly repeats {other}")
    for s in own:
        home.setdefault(s, row["id"])

stances = Counter(row["stance"] for row in rows)
cells = Counter((row["stance"], row["sentiment"]) for row in rows)
for stance, n in stances.items():
    if not 0.28 <= n / len(rows) <= 0.40:
        faults.append(f"{stance}: {n / len(rows):.3f} of the rows")
for cell in ((a, b) for a in VALUES["stance"] for b in VALUES["sentiment"]):
    if cells[cell] / len(rows) < 0.04:
        faults.append(f"{cell}: {cells[cell] / len(rows):.3f} of the rows")

print(f"{len(rows)} rows:", dict(Counter(row["split"] for row in rows)), dict(stances))
for fault in faults:
    print("fault:", fault)
sys.exit(bool(faults))
