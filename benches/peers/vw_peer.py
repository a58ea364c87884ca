#!/usr/bin/env python3
"""Vowpal Wabbit, the whole job in one process: words and pairs of words hashed to 2^22, logistic loss, 5 passes.

usage: vw_peer.py train TRAIN.csv MODEL
       vw_peer.py classify MODEL IN.csv OUT.csv

Its driver reads a file of its own format, which Python writes first: that is part of the job.
"""
import csv
import json
import os
import random
import re
import sys
import tempfile

words = re.compile(r"\w+(?:'\w+)?|[^\w\s:|]").findall


def read(path):
    csv.field_size_limit(1 << 30)
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def line(text):
    return "| " + " ".join(words(text.lower())) + "\n"


def train(path, model):
    from vowpalwabbit import pyvw

    rows = [(row["label"], row["text"]) for row in read(path)]
    labels = sorted({label for label, _ in rows})
    random.Random(1).shuffle(rows)
    is_binary = len(labels) == 2
    number = {label: str(2 * i - 1 if is_binary else i + 1) for i, label in enumerate(labels)}
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "train.vw")
        with open(data, "w", encoding="utf-8") as file:
            file.writelines(f"{number[label]} {line(text)}" for label, text in rows)
        options = "--ngram 2 -b 22 --passes 5 --loss_function logistic --holdout_off"
        classes = "" if is_binary else f" --oaa {len(labels)}"
        pyvw.Workspace(f"--quiet -d {data} --cache_file {data}.cache -k -f {model} {options}{classes}").finish()
    with open(model + ".labels", "w", encoding="utf-8") as file:
        json.dump(labels, file)


def classify(model, path, out):
    from vowpalwabbit import pyvw

    with open(model + ".labels", encoding="utf-8") as file:
        labels = json.load(file)
    is_binary = len(labels) == 2
    with tempfile.TemporaryDirectory() as folder:
        data, answers = os.path.join(folder, "in.vw"), os.path.join(folder, "answers")
        with open(data, "w", encoding="utf-8") as file:
            file.writelines(line(row["text"]) for row in read(path))
        raw = "-r" if is_binary else "-p"
        pyvw.Workspace(f"--quiet -t -i {model} -d {data} {raw} {answers}").finish()
        with open(answers, encoding="utf-8") as file, open(out, "w", newline="", encoding="utf-8") as table:
            writer = csv.writer(table)
            writer.writerow(["id", "predicted_label", "score"])
            for row, answer in zip(read(path), file):
                score = float(answer.split()[0])
                label = labels[score > 0] if is_binary else labels[int(score) - 1]
                writer.writerow([row.get("id", ""), label, score])


if __name__ == "__main__":
    {"train": train, "classify": classify}[sys.argv[1]](*sys.argv[2:])
