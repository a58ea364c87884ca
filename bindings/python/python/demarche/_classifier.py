"""A model: what it says of texts, why, and how it is made of labeled ones."""

from __future__ import annotations

import json
import os
from typing import Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from . import _native
from ._article import Article, read_article
from ._texts import Column, column, words

Labels = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]


class Scores(NamedTuple):
    """What a model says of many texts: one row each, in their order."""

    label: Labels
    """Shape (n_samples,): the most probable label, a str; None where there is no text."""
    score: Floats
    """Shape (n_samples,): probability times polarity, summed, in [-1, 1]; NaN without a text or without polarity."""
    probabilities: Floats
    """Shape (n_samples, n_classes): in [0, 1], in the order of `Classifier.labels`; NaN where there is no text."""


class Contribution(NamedTuple):
    """The part that one feature has in a decision."""

    feature: str
    """Its name, for example `word:no_negoti`."""
    value: float
    """Its value in the text."""
    weight: float
    """Its weight in the model."""
    contribution: float
    """Value times weight."""


class Explanation(NamedTuple):
    """The decision value of one label, taken apart."""

    label: str
    """The label explained."""
    decision: float
    """The intercept and all contributions, added up."""
    intercept: float
    """What is there before any feature."""
    features: list[Contribution]
    """The features of the text that the model knows, largest contribution first."""


class Classifier:
    """A fitted model; immutable, may be shared between threads, pickled as the bytes of its file.

    Texts may come as a list or tuple of str, a NumPy array (of objects or `StringDType`), a pandas Series of any kind of
    string, a pyarrow Array or ChunkedArray, or anything with the Arrow PyCapsule interface; strings are read where they are.
    None, NaN and `pandas.NA`, and texts in which nothing can be seen, get no label: None and NaN.

    Scoring and training release the interpreter's lock and stop on Ctrl-C.

    Examples
    --------
    >>> model = Classifier.train(
    ...     ["they agreed to talks", "they refused talks", "we agreed", "never, we refused", "it rained", "it snowed"],
    ...     ["favor", "against", "favor", "against", "neutral", "neutral"],
    ... )
    >>> model.predict(["both sides agreed", None]).tolist()
    ['favor', None]
    """

    __slots__ = ("_labels", "_model")

    def __init__(self, model: _native.Model) -> None:
        if not isinstance(model, _native.Model):
            raise TypeError("a Classifier comes from Classifier.load or Classifier.train")
        self._model = model
        # One more for what has no label.
        self._labels = np.array([*model.labels, None], dtype=object)

    @staticmethod
    def load(source: str | bytes | os.PathLike[str]) -> Classifier:
        """Reads a model.

        Parameters
        ----------
        source
            The path of a model file, its bytes, or the name of a model that is part of the package: "stance" (toward
            negotiation) or "sentiment". A file of that name goes first.

        Raises
        ------
        demarche.Error
            If it is no model, or damaged.
        """
        if isinstance(source, (bytes, bytearray, memoryview)):
            return Classifier(_native.Model.from_bytes(bytes(source), "model"))
        if isinstance(source, str) and not os.path.exists(source):
            shipped = _native.Model.shipped(source)
            if shipped is not None:
                return Classifier(shipped)
        return Classifier(_native.Model.from_path(source))

    @staticmethod
    def train(
        texts: Column,
        labels: Column,
        *,
        groups: Column | None = None,
        targets: Column | None = None,
        features: str | os.PathLike[str] = "words-1-2",
        learner: str | None = None,
        c: float | None = None,
        search: bool = False,
        balanced: bool = False,
        calibration: str | None = None,
        folds: int | None = None,
        seed: int | None = None,
        compress: float | None = None,
        max_memory: int | None = None,
        name: str = "label",
        threads: int | None = None,
    ) -> Classifier:
        """Trains a model: the bytes that `demarche train` makes of a table with these columns.

        Parameters
        ----------
        texts
            Shape (n_samples,). A missing text is an empty one, as an empty cell of a table is.
        labels
            Shape (n_samples,). Any words; stances (against, neutral, favor) and sentiments (negative, neutral, positive)
            and their usual spellings get polarity, hence a score. Numbers stand for their names.
        groups
            Shape (n_samples,). Rows of one group never straddle a fold; a missing one is a group of its own.
        targets
            Shape (n_samples,). What each stance is toward: each target gets weights of its own, or is read itself where the
            feature set says so.
        features
            A built-in feature set (words-1, words-1-2, stems-1-2, hashed-1-2, sentiment, stance, claims), the path of a
            .toml file with a feature set or a whole pipeline, or such a text of several lines.
        learner
            "logistic", "svm", "nb-svm", "naive-bayes" or "prior"; by default logistic, or what the pipeline file says.
        c
            Weight of the losses against the penalty; by default 1.
        search
            Choose C by cross-validation: 8 values from 0.03 to 100.
        balanced
            Give every class the same total weight.
        calibration
            How decision values become probabilities: "sigmoid", "temperature" (the default), "isotonic" or "softmax".
        folds
            Folds of the cross-validation; by default 5.
        seed
            Of everything random; by default 7.
        compress
            Leave features out, half of them at a time, while accuracy on rows held out falls by no more than this, in
            hundredths of accuracy: 0.1 is what `demarche train --compress` takes. By default all are kept.
        max_memory
            Bytes that training may take besides the texts, as far as they can be foreseen. Where columns with names would take
            more, they are hashed to 2^22 without names, with a UserWarning. By default as many as it takes.
        name
            What the labels answer, where they are neither stances nor sentiments; the name of the column of labels.
        threads
            By default one a processor. The model is the same with any number.

        Raises
        ------
        demarche.Error
            On a setting out of range, or data that cannot support the fit.
        """
        if search and c is not None:
            raise _native.Error("expected either c or search, found both")
        if max_memory is not None and max_memory < 1:
            raise _native.Error(f"max_memory: expected a number of bytes above 0, found {max_memory}")
        settings = {
            "features": os.fspath(features),
            "learner": learner,
            "c": c,
            "search": search,
            "balanced": balanced,
            "calibration": calibration,
            "folds": folds,
            "seed": seed,
            "compress": compress,
            "max_memory": max_memory,
        }
        return Classifier(
            _native.train(
                column(texts),
                words(labels, "labels"),
                None if groups is None else words(groups, "groups"),
                None if targets is None else column(targets, "targets"),
                name,
                settings,
                threads,
            )
        )

    @property
    def name(self) -> str:
        """What the labels answer: "stance", "sentiment", or the name given in training."""
        return self._model.name

    @property
    def labels(self) -> list[str]:
        """The labels, in the order of the columns of `predict_proba`."""
        return self._model.labels

    @property
    def polarity(self) -> list[int] | None:
        """-1, 0 or 1 a label; None where labels have none, and then there is no score."""
        return self._model.polarity

    @property
    def targets(self) -> list[str]:
        """The targets that have weights of their own, sorted."""
        return self._model.targets

    @property
    def n_features(self) -> int:
        """Columns of the model."""
        return self._model.n_features

    def predict(self, texts: Column, *, targets: Column | None = None, threads: int | None = None) -> Labels:
        """The most probable label of each text.

        Parameters
        ----------
        texts
            Shape (n_samples,).
        targets
            Shape (n_samples,): what each stance is toward, for a model that was trained with targets.
        threads
            By default one a processor.

        Returns
        -------
        numpy.ndarray
            Shape (n_samples,), of str; None where there is no text.
        """
        return self.score_statements(texts, targets=targets, threads=threads).label

    def predict_proba(self, texts: Column, *, targets: Column | None = None, threads: int | None = None) -> Floats:
        """The probability of each label.

        Returns
        -------
        numpy.ndarray
            Shape (n_samples, n_classes), float64, in the order of `labels`; rows sum to 1, and are NaN where there is no
            text.
        """
        return self.score_statements(texts, targets=targets, threads=threads).probabilities

    def predict_score(self, texts: Column, *, targets: Column | None = None, threads: int | None = None) -> Floats:
        """The score of each text: the sum of probability times polarity.

        Returns
        -------
        numpy.ndarray
            Shape (n_samples,), in [-1, 1]: 1 for favor or positive, -1 for against or negative; NaN where there is no text.

        Raises
        ------
        demarche.Error
            If the labels have no polarity.
        """
        if self.polarity is None:
            known = ", ".join(self.labels)
            raise _native.Error(f"expected labels with polarity, such as against, neutral, favor; found {known}")
        return self.score_statements(texts, targets=targets, threads=threads).score

    def score_statements(self, texts: Column, *, targets: Column | None = None, threads: int | None = None) -> Scores:
        """Label, score and probabilities of each text, in one pass.

        Returns
        -------
        Scores
            `label` (n_samples,), `score` (n_samples,), `probabilities` (n_samples, n_classes).
        """
        rows = column(texts)
        toward = None if targets is None else column(targets, "targets")
        codes, score, probabilities, _ = self._model.score(rows, toward, threads)
        return Scores(self._labels[codes], score, probabilities)

    def explain(self, text: str, label: str | None = None, *, target: str | None = None) -> Explanation:
        """Which features moved a decision, and by how much.

        Parameters
        ----------
        text
            The statement.
        label
            The label whose decision value is taken apart; by default the one that the text gets.
        target
            What the stance is toward.
        """
        found, decision, intercept, features = self._model.explain(text, label, target)
        return Explanation(found, decision, intercept, [Contribution(*feature) for feature in features])

    def inspect(self, top: int = 20, *, target: str | None = None) -> dict[str, Any]:
        """What is in the model: labels, the `top` heaviest features of each, training, the whole spec.

        The same as `demarche inspect --format json`.
        """
        return cast("dict[str, Any]", json.loads(self._model.inspect(self.name, top, target)))

    def read_article(
        self,
        source: str | bytes | os.PathLike[str],
        *,
        name: str | None = None,
        title: str | None = None,
        date: Any = None,
        byline: str | None = None,
    ) -> Article:
        """Reads an article with this model alone: see `demarche.read_article`."""
        return read_article(source, models=[self], name=name, title=title, date=date, byline=byline)

    def to_bytes(self) -> bytes:
        """The bytes of the model file: the same for the same data, spec and seed."""
        return self._model.to_bytes()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the model file, whole or not at all; the program reads it too."""
        self._model.save(path)

    def __repr__(self) -> str:
        return f"<demarche.Classifier {self.name}: {', '.join(self.labels)}; {self.n_features} features>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Classifier.load, (self.to_bytes(),)

    def __copy__(self) -> Classifier:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Classifier:
        return self
