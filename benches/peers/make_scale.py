#!/usr/bin/env python3
"""A table of N short statements for scale runs, drawn from any labelled table; the same bytes for the same seed.

usage: make_scale.py SOURCE.csv OUT.csv N [--seed 1]
  SOURCE.csv has the columns `text` and `label`. A statement is one sentence, or two, of texts of one label (about 25 words),
  with up to two made-up words in it, so that the vocabulary keeps growing as it does in real text.
"""
import argparse
import csv
import random
import re

SYLLABLES = "ba cor den fi gra hol in jek kal lo mer nu or pra qui ros sta tu vel wen xi yor zan".split()
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|<br /><br />")


def made_up(rng):
    word = "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4)))
    return word.capitalize() if rng.random() < 0.5 else word


def sentences(path):
    """Label -> its texts, each a list of sentences."""
    out = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found = [s for s in SENTENCE_END.split(row["text"]) if s and len(s) > 1]
            if found:
                out.setdefault(row["label"], []).append(found)
    return out


def main():
    csv.field_size_limit(1 << 30)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("out")
    parser.add_argument("n", type=int)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    texts = sentences(args.source)
    labels = sorted(texts)
    shares = [len(texts[label]) for label in labels]
    with open(args.out, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "text", "label"])
        for number in range(args.n):
            label = rng.choices(labels, shares)[0]
            parts = [rng.choice(rng.choice(texts[label])) for _ in range(1 if rng.random() < 0.7 else 2)]
            for _ in range(rng.choice((0, 0, 1, 2))):
                parts.insert(rng.randrange(len(parts) + 1), made_up(rng))
            writer.writerow([f"s{number}", " ".join(parts), label])


if __name__ == "__main__":
    main()
