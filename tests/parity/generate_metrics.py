"""Writes metrics.json: scores of scikit-learn 1.9.1 on small made-up predictions; and mcnemar.json: scipy's exact
two-sided binomial test of one half, which McNemar's test is.

    pip install scikit-learn==1.9.1
    python generate_metrics.py

Undefined scores are null: precision without predictions, recall without support, F1 without either, the Matthews
coefficient of a constant, for which scikit-learn says 0, ROC AUC of a class without rows or without others, and average
precision of a class without rows; means over classes are of those that have them. The expected calibration error is not in
scikit-learn; it is computed here from its definition (Guo et al. 2017), by bin edges.
"""

import json
import math
import pathlib
import warnings

import numpy as np
import sklearn
from scipy.stats import binomtest
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


def ranked(score, is_class, p):
    """The score of each class against the rest, and their mean."""
    n = is_class.sum(axis=0)
    least_others = 1 if score is m.roc_auc_score else 0
    defined = (n > 0) & (len(is_class) - n >= least_others)
    values = [float(score(is_class[:, c], p[:, c])) if d else None for c, d in enumerate(defined)]
    known = [v for v in values if v is not None]
    return values, (sum(known) / len(known) if known else None)


def case(name, truth, p):
    truth, predicted, k = np.asarray(truth), p.argmax(axis=1), p.shape[1]
    labels = list(range(k))
    precision, recall, f1, support = m.precision_recall_fscore_support(
        truth, predicted, labels=labels, zero_division=np.nan
    )
    constant = len(set(truth)) < 2 or len(set(predicted)) < 2
    one_hot = np.eye(k)[truth]
    auc, macro_auc = ranked(m.roc_auc_score, one_hot, p)
    precision_at, macro_precision_at = ranked(m.average_precision_score, one_hot, p)
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
        "roc_auc": auc,
        "average_precision": precision_at,
        "macro_roc_auc": macro_auc,
        "macro_average_precision": macro_precision_at,
    }


def with_zeros(p):
    """Certain predictions: 1 for the top class, 0 for the others."""
    return np.eye(p.shape[1])[p.argmax(axis=1)]


def never(p, k):
    """The same predictions with class k out of reach."""
    p = p.copy()
    p[:, k] *= 1e-3
    return p / p.sum(axis=1, keepdims=True)


def coarse(p):
    """Rounded to sixteenths, so that many rows tie; the last class takes what is left."""
    p = np.floor(p * 16) / 16
    p[:, -1] = 1 - p[:, :-1].sum(axis=1)
    return p


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
    case("two classes with ties", rng.integers(0, 2, 60), coarse(probabilities(60, 2, 1.0))),
    case("three classes with ties", rng.integers(0, 3, 60), coarse(probabilities(60, 3, 1.0))),
]
counts = [(0, 0), (0, 1), (1, 0), (1, 1), (0, 6), (5, 5), (4, 9), (12, 3), (30, 31), (20, 55), (150, 211), (1000, 1100)]
counts += [(4000, 4321), (50000, 50500)]


def exact(first, second):
    p = float(binomtest(first, first + second, 0.5).pvalue) if first + second else 1.0
    return {"only_first": first, "only_second": second, "p_value": p}


path = pathlib.Path(__file__).with_name("metrics.json")
path.write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
path = path.with_name("mcnemar.json")
path.write_text("[\n" + ",\n".join(json.dumps(exact(*c)) for c in counts) + "\n]\n")
