"""A scikit-learn estimator: texts in, labels out, in pipelines, searches and cross-validation.

>>> from demarche.sklearn import DemarcheClassifier
>>> texts = ["they agreed", "they refused", "we agreed", "we refused"] * 3
>>> model = DemarcheClassifier(features="words-1").fit(texts, [1, 0, 1, 0] * 3)
>>> model.predict(["nobody refused"]).tolist()
[0]
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, column_or_1d

from . import _native
from ._classifier import Classifier
from ._texts import Column, column

__all__ = ["DemarcheClassifier"]


class DemarcheClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Words to features to a linear model with calibrated probabilities, as `demarche.Classifier.train`.

    Takes texts as they are, without a vectorizer before it. A text that is missing is an error, as it is for the vectorizers
    of scikit-learn; an empty one gets the answer that the model has without any feature.

    Parameters
    ----------
    features : str, default="words-1-2"
        A built-in feature set, or a file or text in TOML.
    learner : {"logistic", "svm", "nb-svm", "naive-bayes", "prior"}, default=None
        None is logistic, or what the pipeline file says.
    c : float, default=None
        Weight of the losses against the penalty; None is 1, or what the pipeline file says.
    search : bool, default=False
        Choose C by a cross-validation of its own inside each fit.
    balanced : bool, default=False
        Give every class the same total weight.
    calibration : {"sigmoid", "temperature", "isotonic", "softmax"}, default=None
        How decision values become probabilities; None is temperature. "softmax" saves the cross-validation that the others
        need, for searches that look at labels alone.
    folds : int, default=None
        Folds of the cross-validation behind calibration and search; None is 5.
    seed : int, default=None
        Of everything random; None is 7.
    compress : float, default=None
        Leave features out while accuracy on rows held out falls by no more than this, in hundredths; None keeps all.
    max_memory : int, default=None
        Bytes that training may take besides the texts; where columns with names would take more, they are hashed, with a
        UserWarning. None is as many as it takes.
    threads : int, default=None
        None is one a processor; take 1 under `n_jobs`.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
        The classes of `y`, sorted.
    classifier_ : demarche.Classifier
        The model, to save, explain or read articles with.
    n_features_in_ : int
        1: the column of texts.
    """

    def __init__(
        self,
        features: str = "words-1-2",
        *,
        learner: str | None = None,
        c: float | None = None,
        search: bool = False,
        balanced: bool = False,
        calibration: str | None = None,
        folds: int | None = None,
        seed: int | None = None,
        compress: float | None = None,
        max_memory: int | None = None,
        threads: int | None = None,
    ) -> None:
        self.features = features
        self.learner = learner
        self.c = c
        self.search = search
        self.balanced = balanced
        self.calibration = calibration
        self.folds = folds
        self.seed = seed
        self.compress = compress
        self.max_memory = max_memory
        self.threads = threads

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.no_validation = True
        return tags

    def fit(self, X: Column, y: Column, groups: Column | None = None) -> DemarcheClassifier:
        """Learns from texts of shape (n_samples,) and their classes; rows of one group never straddle an inner fold."""
        texts = _rows(X)
        classes, codes = np.unique(_classes(y), return_inverse=True)
        if len(classes) < 2:
            raise _native.Error(f"y: expected two or more classes, found {len(classes)}")
        names = [str(name) for name in classes.tolist()]
        self.classifier_ = Classifier.train(
            texts,
            [names[code] for code in codes],
            groups=groups,
            **{name: value for name, value in self.get_params(deep=False).items() if name != "threads"},
            threads=self.threads,
        )
        order = [self.classifier_._model.code_of(name) for name in names]
        if len(set(order)) != len(names):
            raise _native.Error(f"y: expected classes that differ in meaning, found {', '.join(names)}")
        self._order = np.array(order)
        self._class_of = np.argsort(self._order)
        self.classes_ = classes
        self.n_features_in_ = 1
        return self

    def predict(self, X: Column) -> npt.NDArray[Any]:
        """The most probable class of each text. Shape: (n_samples,)."""
        codes = self._score(X)[0]
        predicted: npt.NDArray[Any] = self.classes_[self._class_of[codes]]
        return predicted

    def predict_proba(self, X: Column) -> npt.NDArray[np.float64]:
        """The probability of each class. Shape: (n_samples, n_classes), in the order of `classes_`."""
        probabilities: npt.NDArray[np.float64] = self._score(X)[2][:, self._order]
        return probabilities

    def predict_log_proba(self, X: Column) -> npt.NDArray[np.float64]:
        """The logarithm of `predict_proba`."""
        with np.errstate(divide="ignore"):
            return np.log(self.predict_proba(X))

    def decision_function(self, X: Column) -> npt.NDArray[np.float64]:
        """The decision values, before calibration: larger means more likely, unitless.

        Shape: (n_samples, n_classes), in the order of `classes_`; (n_samples,) for two classes, above 0 for the second.
        """
        check_is_fitted(self)
        values = self.classifier_._model.decisions(_rows(X), None, self.threads, True)[:, self._order]
        if values.shape[1] == 2:
            return (values[:, 1] - values[:, 0]) / 2
        return values

    def _score(self, X: Column) -> Any:
        check_is_fitted(self)
        return self.classifier_._model.score(_rows(X), None, self.threads, True)


def _rows(X: Column) -> _native.Texts:
    """The texts, none of which may be missing."""
    rows = column(X, "X")
    missing = rows.first_missing()
    if missing is not None:
        raise _native.Error(f"X[{missing}]: expected a text, found a missing value; drop or fill such rows first")
    return rows


def _classes(y: Column) -> npt.NDArray[Any]:
    """Classes as an array that can be sorted."""
    classes: npt.NDArray[Any] = column_or_1d(np.asarray(y), warn=True)
    if classes.dtype.kind == "O" and any(value is None or value != value for value in classes):
        raise _native.Error("y: expected a class for each text, found a missing value")
    if classes.dtype.kind == "f":
        check_classification_targets(classes)
    return classes
