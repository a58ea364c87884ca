"""Writes linear.json: scikit-learn's weights and probabilities on small problems.

    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1
    venv/bin/python tests/parity/generate_linear.py > tests/parity/linear.json

Each entry of "fits" holds our settings ("spec", "n_classes") and the weights that scikit-learn finds for the same
objective on the rows "x" (their absolute values for naive Bayes) with labels "y" (cut off at n_classes - 1). Where the objectives differ, the difference is made up for here: a penalised intercept is a constant
column, balanced one-vs-rest weights are sample weights of the row's own class.
"""

import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.calibration import CalibratedClassifierCV
from sklearn.exceptions import ConvergenceWarning
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.svm import LinearSVC
from sklearn.utils.class_weight import compute_sample_weight

N_SAMPLES, N_FEATURES, N_CLASSES = 40, 8, 3
TOLERANCE, MAX_ITERATIONS = 1e-10, 1_000_000
warnings.simplefilter("error", ConvergenceWarning)

rng = np.random.default_rng(7)
# Multiples of 1/8, so that f32 holds them exactly; half of them 0.
X = np.round(rng.normal(size=(N_SAMPLES, N_FEATURES)) * 8) / 8
X *= rng.random(X.shape) < 0.5
planted = rng.normal(size=(N_CLASSES, N_FEATURES))
Y = np.argmax(X @ planted.T + rng.normal(size=(N_SAMPLES, N_CLASSES)) + [0.8, 0.0, -0.3], axis=1)


def binary(spec, x, inside, weights):
    """Weights and intercept of one class against the rest, by LIBLINEAR."""
    settings = dict(
        C=spec["c"],
        dual=True,
        tol=TOLERANCE,
        max_iter=MAX_ITERATIONS,
        fit_intercept=spec["intercept"],
        intercept_scaling=spec["intercept_scaling"],
        random_state=1,
    )
    if spec["learner"] == "svm":
        model = LinearSVC(loss="squared_hinge", **settings)
    else:
        model = LogisticRegression(solver="liblinear", **settings)
    model.fit(x, inside, sample_weight=weights)
    return model.coef_[0], float(np.ravel(model.intercept_)[0])


def nb_ratio(spec, x, inside, weights):
    """Wang & Manning 2012, the ratio over binarised columns, with the intercept interpolated too."""
    p, q = ((x[mask] != 0).sum(axis=0) + spec["smoothing"] for mask in (inside, ~inside))
    r = np.log(p / p.sum()) - np.log(q / q.sum())
    coef, intercept = binary(spec, x * r, inside, weights)
    beta, mean = spec["nb_ratio"], np.abs(coef).mean()
    prior = np.log(weights[inside].sum() / weights[~inside].sum())
    return r * ((1 - beta) * mean + beta * coef), (1 - beta) * mean * prior + beta * intercept


def one_vs_rest(spec, x, y, n_classes, weights):
    solve = nb_ratio if "nb_ratio" in spec else binary
    if n_classes == 2:
        coef, intercept = solve(spec, x, y == 1, weights)
        return [-coef, coef], [-intercept, intercept]
    solved = [solve(spec, x, y == c, weights) for c in range(n_classes)]
    return [s[0] for s in solved], [s[1] for s in solved]


def multinomial(spec, x, y, n_classes, weights):
    constant = np.full((len(x), 1), spec["intercept_scaling"] if spec["intercept"] else 0.0)
    model = LogisticRegression(
        solver="newton-cg", C=spec["c"], fit_intercept=False, tol=1e-11, max_iter=MAX_ITERATIONS
    )
    model.fit(np.hstack([x, constant]), y, sample_weight=weights)
    assert len(model.coef_) == n_classes, "scikit-learn fits two classes with another objective"
    return model.coef_[:, :-1], model.coef_[:, -1] * spec["intercept_scaling"]


def naive_bayes(spec, x, y, n_classes, weights):
    model = MultinomialNB(alpha=spec["smoothing"]).fit(x, y, sample_weight=weights)
    coef, intercept = model.feature_log_prob_, model.class_log_prior_
    return coef - coef.mean(axis=0), intercept - intercept.mean()


def fit(name, learner, n_classes=N_CLASSES, **changes):
    spec = dict(learner=learner, c=1.0, class_weight="none", intercept=True, intercept_scaling=1.0, smoothing=1.0)
    spec |= changes
    x = np.abs(X) if learner == "naive-bayes" else X
    y = np.minimum(Y, n_classes - 1)
    balanced = "balanced" if spec["class_weight"] == "balanced" else None
    weights = compute_sample_weight(balanced, y)
    solve = one_vs_rest
    if learner == "naive-bayes":
        solve = naive_bayes
    elif spec.get("multi_class") == "multinomial":
        solve = multinomial
    coef, intercept = solve(spec, x, y, n_classes, weights)
    return dict(
        name=name,
        spec=spec,
        n_classes=n_classes,
        coef=np.asarray(coef).tolist(),
        intercept=np.asarray(intercept).tolist(),
    )


class Decisions(ClassifierMixin, BaseEstimator):
    """A fitted classifier whose decision values are its input."""

    classes_ = np.arange(N_CLASSES)

    def __sklearn_is_fitted__(self):
        return True

    def fit(self, x, y):
        return self

    def decision_function(self, x):
        return x

    def predict(self, x):
        return np.argmax(x, axis=1)


def calibrate(kind):
    # Some decision values repeat; the new ones reach beyond the old.
    decisions = np.round((X @ planted.T) * 4) / 4
    new = np.round(rng.normal(size=(12, N_CLASSES)) * 16) / 4
    model = CalibratedClassifierCV(FrozenEstimator(Decisions()), method=kind, ensemble=False, cv=2)
    model.fit(decisions, Y)
    return dict(
        kind=kind,
        decisions=decisions.tolist(),
        truth=Y.tolist(),
        new=new.tolist(),
        probabilities=model.predict_proba(new).tolist(),
    )


svm, logistic = "svm", "logistic"
result = dict(
    generator=f"scikit-learn {sklearn.__version__}",
    x=X.tolist(),
    y=Y.tolist(),
    fits=[
        fit("logistic, two classes", logistic, n_classes=2),
        fit("logistic, one-vs-rest", logistic),
        fit("logistic, strong losses, large constant", logistic, c=10.0, intercept_scaling=4.0),
        fit("logistic, balanced", logistic, c=0.5, class_weight="balanced"),
        fit("logistic, no intercept", logistic, intercept=False),
        fit("svm, two classes", svm, n_classes=2),
        fit("svm, one-vs-rest, small constant", svm, intercept_scaling=0.5),
        fit("svm, balanced, strong losses", svm, c=5.0, class_weight="balanced"),
        fit("svm on naive Bayes ratios", svm, nb_ratio=0.25),
        fit("logistic on naive Bayes ratios, balanced", logistic, nb_ratio=0.5, class_weight="balanced", smoothing=0.5),
        fit("multinomial", logistic, multi_class="multinomial"),
        fit("multinomial, balanced, strong losses", logistic, multi_class="multinomial", c=10.0, class_weight="balanced"),
        fit("naive Bayes", "naive-bayes"),
        fit("naive Bayes, balanced, little smoothing", "naive-bayes", class_weight="balanced", smoothing=0.1),
    ],
    calibrations=[calibrate("sigmoid"), calibrate("isotonic")],
)
json.dump(result, sys.stdout, separators=(",", ":"))
print()
