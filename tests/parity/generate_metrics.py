"""Writes metrics.json: scores of scikit-learn 1.9.1 on small made-up predictions.

    pip install scikit-learn==1.9.1
    python generate_metrics.py

Undefined scores are null: precision without predictions, recall without support, F1 without either, and the
Matthews coefficient of a constant, for which scikit-learn says 0. The expected calibration error is not in
scikit-learn; it is computed here from its definition (Guo et al. 2017), by bin edges.
"""

import json
import math
import pathlib
import warnings

import numpy as np
import sklearn
from sklearn import metrics as m

assert sklearn.__version__ == "1.9.1"
warnings.filterwarnings("ignore")
rng = np.random.default_rng(7)


def probabilities(n, k, sharpness):
    logits = rng.normal(size=(n, k)) * sharpness
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


def null(x):
    x = float(x)
    return None if math.isnan(x) else x


def ece(truth, p, n_bins=15):
    top, right = p.max(axis=1), p.argmax(axis=1) == truth
    total = 0.0
    for i in range(n_bins):
        inside = (top > i / n_bins) & (top <= (i + 1) / n_bins)
        if inside.any():
            total += inside.sum() * abs(right[inside].mean() - top[inside].mean())
    return total / len(truth)


def case(name, truth, p):
    truth, predicted, k = np.asarray(truth), p.argmax(axis=1), p.shape[1]
    labels = list(range(k))
    precision, recall, f1, support = m.precision_recall_fscore_support(
        truth, predicted, labels=labels, zero_division=np.nan
    )
    constant = len(set(truth)) < 2 or len(set(predicted)) < 2
    one_hot = np.eye(k)[truth]
    return {
        "name": name,
        "truth": truth.tolist(),
        "probabilities": p.tolist(),
        "predicted": predicted.tolist(),
        "confusion": m.confusion_matrix(truth, predicted, labels=labels).tolist(),
        "accuracy": m.accuracy_score(truth, predicted),
        "balanced_accuracy": m.balanced_accuracy_score(truth, predicted),
        "precision": [null(x) for x in precision],
        "recall": [null(x) for x in recall],
        "f1": [null(x) for x in f1],
        "support": support.tolist(),
        "macro_f1": m.f1_score(truth, predicted, average="macro"),
        "micro_f1": m.f1_score(truth, predicted, average="micro"),
        "weighted_f1": m.f1_score(truth, predicted, average="weighted"),
        "mcc": None if constant else m.matthews_corrcoef(truth, predicted),
        "kappa": null(m.cohen_kappa_score(truth, predicted, labels=labels)),
        # The two-class default of brier_score_loss is half of the sum over classes.
        "brier": float(m.brier_score_loss(one_hot, p, scale_by_half=False))
        if k > 2
        else float(((p - one_hot) ** 2).sum(axis=1).mean()),
        "log_loss": m.log_loss(truth, p, labels=labels),
        "ece": ece(truth, p),
    }


def with_zeros(p):
    """Certain predictions: 1 for the top class, 0 for the others."""
    return np.eye(p.shape[1])[p.argmax(axis=1)]


def never(p, k):
    """The same predictions with class k out of reach."""
    p = p.copy()
    p[:, k] *= 1e-3
    return p / p.sum(axis=1, keepdims=True)


three = probabilities(40, 3, 1.5)
cases = [
    case("three classes", rng.integers(0, 3, 40), three),
    case("two classes", rng.integers(0, 2, 25), probabilities(25, 2, 2.0)),
    case("seven classes", rng.integers(0, 7, 60), probabilities(60, 7, 3.0)),
    case("a class never predicted", rng.integers(0, 3, 30), never(probabilities(30, 3, 1.0), 1)),
    case("a class never true", rng.integers(0, 2, 30), probabilities(30, 3, 1.0)),
    case("a class neither true nor predicted", rng.integers(0, 2, 30), never(probabilities(30, 3, 1.0), 2)),
    case("all right", three.argmax(axis=1), three),
    case("a constant truth", [1] * 12, probabilities(12, 3, 1.0)),
    case("certain and often wrong", rng.integers(0, 3, 20), with_zeros(probabilities(20, 3, 1.0))),
]
path = pathlib.Path(__file__).with_name("metrics.json")
path.write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
