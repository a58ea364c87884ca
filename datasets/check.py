#!/usr/bin/env python3
"""Checks the data sets: schema, counts, balance, splits, near-repetition, word cues, names, annotated articles.

Prints what it found, with the words that point to one label; exits with 1 on a fault.
"""
import csv
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
COLUMNS = "id text stance sentiment holder conflict genre difficulty split_kind batch".split()
VALUES = {
    "stance": {"against", "neutral", "favor"},
    "sentiment": {"negative", "neutral", "positive"},
    "genre": {"wire", "headline", "background", "official", "social", "opinion"},
    "difficulty": {"plain", "hard"},
    "split_kind": {"seen", "unseen"},
}
# Two texts nearly repeat one another if they share runs of so many words, and those are this share of the shorter's runs.
RUN, OVERLAP = 5, 1 / 3
# A family of templates: this many rows whose function words are the same, at least that many of them.
FAMILY, SKELETON = 3, 9
# A cue: a word in so many rows, so often with one label, that is no word of stance, scorn or news that takes no side.
CUE_ROWS, CUE_PRECISION = 15, 0.9
GENUINE = set(
    "butchers comment cowards filthy liars lies proposes quit shameful so-called thieves urged whether".split()
)
# Surnames of heads of state and government, ministers and negotiators of these years; whoever bears one is not quoted here.
LIVING = set(
    """Abiy Aliyev Araghchi Assad Barak Barrot Ben-Gvir Biden Blinken Boluarte Borrell Burhan Cameron Carney Clinton Duda
    Erdogan Fidan Fico Gallant Ghalibaf Grossi Guterres Hemedti Johnson Kagame Kallas Karzai Khamenei Kirby Kuleba Lavrov Lukashenko Lula Macron
    Maduro Medvedev Meloni Merkel Milei Modi Mogherini Netanyahu Obama Orban Pashinyan Pedersen Peskov Petro Pezeshkian Pompeo Psaki Putin
    Rouhani Rubio Ruto Rutte Salvini Sarkozy Scholz Sharif Shoigu Smotrich Starmer Steinmeier Stoltenberg Stubb Sullivan Sunak
    Trump Tshisekedi Tusk Umerov Vance Vucic Witkoff Yermak Zakharova Zarif Zelensky Zelenskyy""".split()
)
FUNCTION = set(
    """a an the of to in on at by for from with without and or but if unless until that which who whose it its he she they we you i his her
    their our is are was were be been has have had do does did not no never will would could should must may might can there this these
    than as after before while because although when where whether also only more any all into over under between against about""".split()
)
faults = []


def words(text):
    return re.findall(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d+", text.lower())


def runs(text):
    tokens = re.findall(r"\w+", text.lower())
    return {tuple(tokens[i : i + RUN]) for i in range(len(tokens) - RUN + 1)}


def read():
    rows = []
    for split in ("train", "dev", "test"):
        with open(HERE / "negotiation" / f"{split}.csv", newline="", encoding="utf-8") as f:
            reader = csv.DictReader(f)
            if reader.fieldnames != COLUMNS:
                faults.append(f"{split}.csv: columns {reader.fieldnames}")
            rows += [{**row, "split": split} for row in reader]
    return rows


def check_rows(rows):
    for row in rows:
        for column, allowed in VALUES.items():
            if row[column] not in allowed:
                faults.append(f"{row['id']}: {column} {row[column]!r}")
        if not 4 <= len(row["text"].split()) <= 70:
            faults.append(f"{row['id']}: {len(row['text'].split())} words")
        if row["stance"] != "neutral" and not row["holder"]:
            faults.append(f"{row['id']}: a stance without a holder")
        for name in LIVING & set(re.findall(r"[A-Z][\w-]+", row["text"])):
            faults.append(f"{row['id']}: names {name}")
    for what in ("id", "text"):
        for value, n in Counter(row[what] for row in rows).items():
            if n > 1:
                faults.append(f"{what} {value!r} stands {n} times")


def check_splits(rows):
    batches = defaultdict(set)
    for row in rows:
        batches[row["batch"]].add(row["split"])
    for batch, splits in batches.items():
        if len(splits) > 1:
            faults.append(f"batch {batch} is in {sorted(splits)}")
    trained = {row["conflict"] for row in rows if row["split"] == "train"}
    for row in rows:
        if (row["split_kind"] == "seen") != (row["conflict"] in trained):
            faults.append(f"{row['id']}: {row['split_kind']} although {row['conflict']} is another")
    owners, size = defaultdict(list), {}
    for row in rows:
        own = runs(row["text"])
        size[row["id"]] = len(own)
        for other, n in Counter(other for run in own for other in owners[run]).items():
            if n >= max(3, OVERLAP * min(len(own), size[other])):
                faults.append(f"{row['id']} nearly repeats {other}")
        for run in own:
            owners[run].append(row["id"])


def check_balance(rows):
    n = len(rows)
    counts = {column: Counter(row[column] for row in rows) for column in ("stance", "genre", "difficulty")}
    limits = [("stance", stance, 0.28, 0.40) for stance in VALUES["stance"]] + [("difficulty", "hard", 0.25, 0.33)]
    for column, value, low, high in limits:
        if not low <= counts[column][value] / n <= high:
            faults.append(f"{value}: {counts[column][value] / n:.3f} of the rows")
    cells = Counter((row["stance"], row["sentiment"]) for row in rows)
    for cell in ((a, b) for a in sorted(VALUES["stance"]) for b in sorted(VALUES["sentiment"])):
        if cells[cell] / n < 0.04:
            faults.append(f"{cell}: {cells[cell] / n:.3f} of the rows")
    lengths = sorted(len(row["text"].split()) for row in rows)
    if not 22 <= lengths[n // 2] <= 28:
        faults.append(f"median length {lengths[n // 2]}")
    sizes = Counter(row["split"] for row in rows)
    print(f"{n} rows {dict(sizes)}, {dict(counts['stance'])}, {len({r['conflict'] for r in rows})} conflicts, median {lengths[n // 2]} words")


def check_skeletons(rows):
    families = defaultdict(list)
    for row in rows:
        skeleton = tuple(w if w in FUNCTION else "_" for w in words(row["text"]))
        if sum(w != "_" for w in skeleton) >= SKELETON:
            families[skeleton].append(row["id"])
    for ids in families.values():
        if len(ids) >= FAMILY:
            faults.append(f"one template: {', '.join(ids)}")


def check_cues(rows):
    labels = defaultdict(Counter)
    for row in rows:
        for word in set(words(row["text"])):
            labels[word, "word"][row["stance"]] += 1
        if row["holder"] and row["stance"] != "neutral":
            labels[row["holder"], "holder"][row["stance"]] += 1
    for (what, kind), counts in sorted(labels.items()):
        (label, hits), n = counts.most_common(1)[0], sum(counts.values())
        if n >= CUE_ROWS and hits / n > CUE_PRECISION and len(what) > 1 and not what.isdigit():
            print(f"cue: {kind} {what}: {label} in {hits} of {n}")
            if kind == "holder" or what not in GENUINE:
                faults.append(f"{kind} {what} gives {label} away")


def check_annotations(rows):
    with open(HERE / "negotiation" / "annotations.csv", newline="", encoding="utf-8") as f:
        twice = {row["id"]: row for row in csv.DictReader(f)}
    for row in rows:
        second = twice.get(row["id"])
        if second is None or second["kept"] != "yes":
            faults.append(f"{row['id']}: not labelled twice")
            continue
        for column in ("stance", "sentiment"):
            given = {row[column], second[f"{column}_1"], second[f"{column}_2"], second[f"{column}_3"] or row[column]}
            if len(given) > 1:
                faults.append(f"{row['id']}: kept although labels of {column} differ")
        if row["split"] != "train" and not second["stance_3"]:
            faults.append(f"{row['id']}: not labelled a third time")


def check_articles():
    with open(HERE / "articles" / "annotations.csv", newline="", encoding="utf-8") as f:
        given = {row["id"]: row for row in csv.DictReader(f)}
    paths = sorted((HERE / "articles").glob("*.json")) + sorted((HERE / "articles" / "test").glob("*.json"))
    if len({path.stem for path in paths}) < len(paths):
        faults.append("articles: a name stands for two articles")
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_bytes()
        at = 0
        for sentence in gold["sentences"]:
            place = f"{path.name}: sentence {sentence['index']}"
            if text[at : sentence["start"]].decode().strip(" \n•*-–—"):
                faults.append(f"{place}: text before it belongs to none")
            at = sentence["end"]
            if text[sentence["start"] : at].decode() != sentence["text"]:
                faults.append(f"{place}: bytes {sentence['start']} to {at} say something else")
            first = sentence["duplicate_of"]
            if sentence["stance"] not in VALUES["stance"] or sentence["sentiment"] not in VALUES["sentiment"]:
                faults.append(f"{place}: a label that is none")
            if sentence["stance"] != "neutral" and not sentence["holder"]:
                faults.append(f"{place}: a stance without a holder")
            labels = given[f"{path.stem}:{sentence['index']}"]
            if sentence["furniture"] and (sentence["speaker"] or sentence["holder"] or sentence["stance"] != "neutral"):
                faults.append(f"{place}: furniture with a speaker, holder or stance")
            if any(sentence[c] not in (labels[f"{c}_1"], labels[f"{c}_2"]) for c in ("stance", "sentiment")):
                faults.append(f"{place}: a label that no annotator gave")
            if first is not None and first >= sentence["index"]:
                faults.append(f"{place}: repeats a later sentence")
        if text[at:].decode().strip():
            faults.append(f"{path.name}: text after the last sentence")
        if not 250 <= len(text.decode().split()) <= 660:
            faults.append(f"{path.name}: {len(text.decode().split())} words")


rows = read()
check_rows(rows)
check_splits(rows)
check_balance(rows)
check_skeletons(rows)
check_cues(rows)
check_annotations(rows)
check_articles()
for fault in faults:
    print("fault:", fault)
sys.exit(bool(faults))
