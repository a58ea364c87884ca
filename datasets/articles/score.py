#!/usr/bin/env python3
"""Scores the program on the annotated articles: datasets/articles/score.py PROGRAM [FOLDER] [NAME...]

Without a FOLDER: the articles that the rules were written on, with floors below which it exits with 1. With "test": the held-out ones.
What the two annotators disagree about is not scored. Names are compared without case, articles and titles of courtesy.
"""
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
LABELS = ("against", "neutral", "favor")
# Below these something broke; the figures themselves are in docs/BENCHMARKS.md.
FLOORS = {"sentences": 0.97, "furniture": 0.73, "repeats": 0.90, "speakers": 0.87, "silent": 0.97, "holders": 0.72, "actors": 0.86}
TITLES = r"\b(the|a|an|mr|mrs|ms|dr|gen|col|maj|lt|capt|prof)\b"


def name(text):
    words = re.sub(r"[^\w ]", " ", (text or "").lower().replace("’", "'"))
    return " ".join(re.sub(TITLES, " ", words).split())


def split_names(text):
    return [part for part in re.split(r", | and ", text or "") if part]


def actors(text):
    return {name(part) for part in split_names(text) if name(part)}


def overlap(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def covers(span, others):
    return any(overlap(span, other) * 2 > span[1] - span[0] for other in others)


def run(program, path):
    command = [program, "classify", str(path), "--format", "json"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(output)["documents"][0]


def whole_sentences(found):
    """Spans of sentences: clauses of one sentence taken together, repeated ones too."""
    spans = {}
    for s in found["statements"]:
        start, end = spans.get(s["sentence"], (s["start"], s["end"]))
        spans[s["sentence"]] = (min(start, s["start"]), max(end, s["end"]))
    return [*spans.values(), *((d["start"], d["end"]) for d in found["duplicates"])]


def partner(sentence, sentences):
    """The sentence that a near-repeat repeats: the one that shares most of its words."""
    words = lambda s: set(re.findall(r"\w+", s["text"].lower()))
    own = words(sentence)
    others = [s for s in sentences if s is not sentence]
    return max(others, key=lambda s: len(own & words(s)) / max(len(own | words(s)), 1))


def trimmed(span, text):
    """Without list marker and quotation marks at the ends: conventions, not boundaries."""
    raw = text[span[0] : span[1]].decode()
    left = len(raw) - len(raw.lstrip("-*•–—“”\"'‘’ \n\t"))
    right = len(raw) - len(raw.rstrip("“”\"'‘’ \n\t"))
    return span[0] + len(raw[:left].encode()), span[1] - len(raw[len(raw) - right :].encode())


def boundaries(count, gold, found, text):
    prose = [(s["start"], s["end"]) for s in gold if not s["furniture"] and "furniture" not in s["disputed"]]
    other = [(s["start"], s["end"]) for s in gold if s["furniture"] or "furniture" in s["disputed"]]
    spans = [span for span in whole_sentences(found) if not covers(span, other)]
    prose = {trimmed(span, text) for span in prose}
    spans = {trimmed(span, text) for span in spans}
    count["boundaries right"] += 2 * len(prose & spans)
    count["boundaries"] += len(prose) + len(spans)
    stated = [(s["start"], s["end"]) for s in found["statements"]]
    furniture = [s for s in gold if s["furniture"] and "furniture" not in s["disputed"]]
    count["furniture"] += len(furniture)
    count["furniture left out"] += sum(not covers((s["start"], s["end"]), stated) for s in furniture)


def stances_of_actors(count, gold, found):
    """Recall of the holders, and whether the program's label is that of the annotated mean."""
    own = {name(a["name"]): a["stance"]["label"] for a in found["actors"]}
    for actor in gold:
        count["actors"] += 1
        label = own.get(name(actor["name"]))
        count["actors found"] += label is not None
        mean = actor["score"]
        truth = "favor" if mean > 0.25 else "against" if mean < -0.25 else "neutral"
        count["actors right"] += label == truth


def score(program, path):
    gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    sentences = gold["sentences"]
    found = run(program, path)
    count = Counter()
    boundaries(count, sentences, found, path.read_bytes())
    stances_of_actors(count, gold["actors"], found)
    spans = [((s["start"], s["end"]), s) for s in found["statements"]]
    repeated = [(d["start"], d["end"]) for d in found["duplicates"]]
    for sentence in sentences:
        span = (sentence["start"], sentence["end"])
        if sentence["duplicate_of"] is not None or sentence["near_duplicate"]:
            twin = partner(sentence, sentences)
            count["repeats"] += 1
            count["repeats found"] += covers(span, repeated) or covers((twin["start"], twin["end"]), repeated)
            continue
        if sentence["mixed"] or sentence["furniture"]:
            continue
        best = max(spans, key=lambda s: overlap(span, s[0]), default=None)
        if best is None or overlap(span, best[0]) * 2 <= max(span[1] - span[0], best[0][1] - best[0][0]):
            continue
        judge(count, sentence, best[1])
    return count


def judge(count, sentence, statement):
    disputed = sentence["disputed"]
    if "stance" not in disputed:
        count[sentence["stance"], statement["stance"]["label"]] += 1
    if "speaker" not in disputed and sentence["speaker"]:
        is_right = name(statement["speaker"]) == name(sentence["speaker"])
        count["speakers"] += 1
        count["speakers right"] += is_right
        count["speakers wrong"] += not is_right and statement["speaker"] is not None
    elif "speaker" not in disputed:
        count["silent"] += 1
        count["silent right"] += statement["speaker"] is None
    if not {"stance", "holder"} & set(disputed) and sentence["stance"] != "neutral":
        count["holders"] += 1
        count["holders right"] += bool(actors(statement["holder"]) & actors(sentence["holder"]))


def macro_f1(count):
    scores = []
    for label in LABELS:
        hits = count[label, label]
        total = sum(count[label, other] + count[other, label] for other in LABELS)
        if total:
            scores.append(2 * hits / total)
    return sum(scores) / max(len(scores), 1)


SHARES = {
    "sentences": ("boundaries right", "boundaries"),
    "furniture": ("furniture left out", "furniture"),
    "repeats": ("repeats found", "repeats"),
    "speakers": ("speakers right", "speakers"),
    "wrong": ("speakers wrong", "speakers"),
    "silent": ("silent right", "silent"),
    "holders": ("holders right", "holders"),
    "actors": ("actors found", "actors"),
    "actors' stance": ("actors right", "actors"),
}


def share(count, column):
    part, whole = SHARES[column]
    return count[part] / count[whole] if count[whole] else None


def line(article, count):
    cells = ["-" if share(count, c) is None else f"{share(count, c):.3f}" for c in SHARES]
    print(f"{article:24}", *(f"{cell:>{max(len(c), 9)}}" for c, cell in zip(SHARES, cells)), f"{macro_f1(count):>9.3f}")


if __name__ == "__main__":
    program, rest = sys.argv[1], sys.argv[2:]
    folder = HERE / rest.pop(0) if rest and (HERE / rest[0]).is_dir() else HERE
    paths = [folder / f"{n}.txt" for n in rest] or [p.with_suffix(".txt") for p in sorted(folder.glob("*.json"))]
    print(f"{'article':24}", *(f"{column:>9}" for column in SHARES), f"{'stance F1':>9}")
    total = Counter()
    for path in paths:
        count = score(program, path)
        line(path.stem, count)
        total += count
    line("all", total)
    low = [c for c, floor in FLOORS.items() if folder == HERE and not rest and share(total, c) < floor]
    for column in low:
        print(f"fault: {column} {share(total, column):.3f}, below {FLOORS[column]}")
    sys.exit(bool(low))
