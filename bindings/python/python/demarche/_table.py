"""Tables: the answers as new columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import numpy as np

from . import _native
from ._classifier import Classifier
from ._texts import Column, column

Table = TypeVar("Table")


def classify(
    data: Table,
    text: str = "text",
    *,
    models: Iterable[Classifier | str] = ("stance", "sentiment"),
    target: str | None = None,
    threads: int | None = None,
) -> Table:
    """Scores the rows of a table: the same table with new columns on the right.

    Parameters
    ----------
    data
        A pandas DataFrame or a pyarrow Table; it is left as it is.
    text
        The column of texts.
    models
        Models, or names of those that are part of the package.
    target
        The column of targets, what the stance of each row is toward.
    threads
        By default one a processor.

    Returns
    -------
    The same kind of table
        Its columns and, for each model called NAME, `NAME` (the label), `NAME_score` in [-1, 1] where labels have polarity,
        `NAME_LABEL` in [0, 1] for each label and, for models with weights of targets, `NAME_weights`. Where a name is taken
        the new column is `predicted_NAME`. Rows without a text have no answer: None and NaN, nulls in Arrow.

    Raises
    ------
    demarche.Error
        If there is no such column.

    Examples
    --------
    >>> import pandas
    >>> table = classify(pandas.DataFrame({"text": ["They agreed to resume the talks."]}), models=["stance"])
    >>> table.columns.tolist(), table["stance"].tolist()
    (['text', 'stance', 'stance_score', 'stance_against', 'stance_neutral', 'stance_favor'], ['favor'])
    """
    loaded = [model if isinstance(model, Classifier) else Classifier.load(model) for model in models]
    taken = [str(name) for name in _columns(data)]
    rows = column(_find(data, text), text)
    toward = None if target is None else column(_find(data, target), target)
    added: list[Any] = []
    for model in loaded:
        added += _answers(model, rows, toward, threads)
    names = _native.free_names(taken, _native.answer_columns([model._model for model in loaded]))
    joined: Table = _joined(data, dict(zip(names, added, strict=True)))
    return joined


def _answers(model: Classifier, rows: _native.Texts, toward: _native.Texts | None, threads: int | None) -> list[Any]:
    codes, score, probabilities, own = model._model.score(rows, toward, threads)
    answers: list[Any] = [model._labels[codes]]
    if model.polarity is not None:
        answers.append(score)
    answers += [probabilities[:, at] for at in range(probabilities.shape[1])]
    if model.targets:
        answers.append(np.array(["shared", "own", None], dtype=object)[np.where(codes < 0, 2, own)])
    return answers


def _columns(data: Any) -> list[Any]:
    names = getattr(data, "column_names", None)
    if names is None:
        names = getattr(data, "columns", None)
    if names is None or not (hasattr(data, "assign") or hasattr(data, "append_column")):
        found = type(data).__name__
        raise TypeError(f"data: expected a pandas DataFrame or a pyarrow Table, found {found}; a Classifier takes lists")
    return list(names)


def _find(data: Any, name: str) -> Column:
    names = _columns(data)
    if names.count(name) != 1:
        found = "none" if name not in names else "several"
        known = ", ".join(str(known) for known in names)
        raise _native.Error(f"data: expected a column {name!r}, found {found} (columns: {known})")
    values: Column = data[name]
    return values


def _joined(data: Any, added: dict[str, Any]) -> Any:
    if hasattr(data, "assign"):
        return data.assign(**added)
    import pyarrow

    for name, values in added.items():
        kind = pyarrow.string() if values.dtype == object else pyarrow.float64()
        data = data.append_column(name, pyarrow.array(values, kind, from_pandas=True))
    return data
