#!/usr/bin/env python3
"""scikit-learn, the whole job in one process: TfidfVectorizer of words and pairs of words, LogisticRegression, defaults.

usage: sklearn_peer.py train TRAIN.csv MODEL
       sklearn_peer.py classify MODEL IN.csv OUT.csv
"""
import csv
import sys


def read(path):
    csv.field_size_limit(1 << 30)
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return rows, [row["text"] for row in rows]


def train(path, model):
    import joblib
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    rows, texts = read(path)
    vectorizer = TfidfVectorizer(ngram_range=(1, 2))
    x = vectorizer.fit_transform(texts)
    classifier = LogisticRegression(max_iter=1000).fit(x, [row["label"] for row in rows])
    joblib.dump((vectorizer, classifier), model)


def classify(model, path, out):
    import joblib

    vectorizer, classifier = joblib.load(model)
    rows, texts = read(path)
    x = vectorizer.transform(texts)
    probabilities = classifier.predict_proba(x)
    labels = classifier.classes_
    with open(out, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*rows[0], "predicted_label", *(f"label_{name}" for name in labels)])
        for row, p in zip(rows, probabilities):
            writer.writerow([*row.values(), labels[p.argmax()], *(f"{value:.4f}" for value in p)])


if __name__ == "__main__":
    {"train": train, "classify": classify}[sys.argv[1]](*sys.argv[2:])
