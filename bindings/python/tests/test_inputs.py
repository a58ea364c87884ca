"""Whatever holds texts gives the same answers; what holds none is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import demarche
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from demarche import Classifier

TEXTS = ["They agreed to talks.", None, "Naïve “talks” will fail – again 🙂.", "", "We refuse.", " \u200b"]
MISSING = [1, 3, 5]


def strings(missing: object) -> list[Any]:
    return [missing if text is None else text for text in TEXTS]


def sliced(array: pa.Array) -> pa.Array:
    """The same values at an offset."""
    return pa.concat_arrays([pa.array(["before"], array.type), array, pa.array(["after"], array.type)]).slice(1, 6)


HOLDERS: dict[str, Callable[[], Any]] = {
    "list": lambda: TEXTS,
    "tuple": lambda: tuple(strings(float("nan"))),
    "generator": lambda: (text for text in TEXTS),
    "objects": lambda: np.array(strings(np.nan), dtype=object),
    "one column": lambda: np.array(TEXTS, dtype=object).reshape(-1, 1),
    "every other object": lambda: np.array([v for text in TEXTS for v in (text, "x")], dtype=object)[::2],
    "fixed width": lambda: np.array(strings("")),
    "Series": lambda: pd.Series(TEXTS, index=range(6, 0, -1)),
    "Series of NA": lambda: pd.Series(strings(pd.NA), dtype=object),
    "Series of string": lambda: pd.Series(TEXTS, dtype="string[python]"),
    "Series in Arrow": lambda: pd.Series(TEXTS, dtype="string[pyarrow]"),
    "Series of Arrow type": lambda: pd.Series(TEXTS, dtype=pd.ArrowDtype(pa.large_string())),
    "category": lambda: pd.Series(TEXTS, dtype="category"),
    "DataFrame": lambda: pd.DataFrame({"text": TEXTS}),
    "Index": lambda: pd.Index(TEXTS),
    "Arrow": lambda: pa.array(TEXTS),
    "large Arrow": lambda: pa.array(TEXTS, pa.large_string()),
    "Arrow views": lambda: pa.array(TEXTS, pa.string_view()),
    "sliced Arrow": lambda: sliced(pa.array(TEXTS)),
    "Arrow dictionary": lambda: pa.array(TEXTS).dictionary_encode(),
    "Arrow dictionary with null": lambda: pa.DictionaryArray.from_arrays(pa.array(range(6), pa.int8()), pa.array(TEXTS)),
    "chunks": lambda: pa.chunked_array([TEXTS[:2], [], TEXTS[2:]], pa.string()),
    "capsule": lambda: Capsule(pa.array(TEXTS)),
    "stream": lambda: Stream(pa.chunked_array([TEXTS[:4], TEXTS[4:]])),
}
if hasattr(np.dtypes, "StringDType"):
    HOLDERS["StringDType"] = lambda: np.array(strings(np.nan), dtype=np.dtypes.StringDType(na_object=np.nan))
    HOLDERS["StringDType of None"] = lambda: np.array(TEXTS, dtype=np.dtypes.StringDType(na_object=None))


class Capsule:
    """Holds an Arrow array, like a library that is not pyarrow."""

    def __init__(self, array: pa.Array) -> None:
        self._array = array

    def __arrow_c_array__(self, requested_schema: object = None) -> object:
        return self._array.__arrow_c_array__(requested_schema)


class Stream:
    """Holds Arrow chunks, like a library that is not pyarrow."""

    def __init__(self, chunks: pa.ChunkedArray) -> None:
        self._chunks = chunks

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._chunks.__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize("holder", HOLDERS)
def test_every_holder_of_texts_gives_the_same_answers(stance: Classifier, holder: str) -> None:
    expected = [None if text is None or not text.strip(" \u200b") else stance.predict([text])[0] for text in TEXTS]
    label, score, probabilities = stance.score_statements(HOLDERS[holder]())
    assert label.tolist() == expected and [at for at, one in enumerate(expected) if one is None] == MISSING
    assert label.dtype == object and score.dtype == probabilities.dtype == np.float64
    assert np.flatnonzero(np.isnan(score)).tolist() == MISSING
    assert np.flatnonzero(np.isnan(probabilities).any(axis=1)).tolist() == MISSING
    assert np.allclose(np.delete(probabilities, MISSING, axis=0).sum(axis=1), 1)


def test_shapes_and_one_pass(stance: Classifier) -> None:
    scores = stance.score_statements(TEXTS)
    assert stance.predict_proba(TEXTS).shape == scores.probabilities.shape == (6, 3)
    np.testing.assert_array_equal(stance.predict_score(TEXTS), scores.score)
    np.testing.assert_array_equal(stance.predict(TEXTS), scores.label)
    polarity = np.array(stance.polarity)
    np.testing.assert_allclose(scores.probabilities @ polarity, scores.score)
    for nothing in ([], np.array([], dtype=object), pa.array([], pa.string()), pa.chunked_array([], pa.string())):
        assert stance.predict_proba(nothing).shape == (0, 3) and stance.predict(nothing).shape == (0,)


def test_an_array_of_nulls_has_no_answers(stance: Classifier) -> None:
    for nulls in (pa.nulls(3), pa.nulls(3, pa.string()), pa.array([None] * 3, pa.dictionary(pa.int8(), pa.string()))):
        assert stance.predict(nulls).tolist() == [None] * 3


def test_what_is_no_column_of_texts_is_refused(stance: Classifier) -> None:
    cases: list[tuple[Any, type[Exception], str]] = [
        (["a", 3], TypeError, r"texts\[1\]: expected a str or a missing value, found int"),
        (["a", b"b"], TypeError, r"texts\[1\]: .*found bytes"),
        ("a text", TypeError, "found a single str; put it in a list"),
        (pd.Series([1, 2]), TypeError, r"texts\[0\]: .*found int"),
        (pa.array([1, 2]), TypeError, "expected strings, found an Arrow array of Int64"),
        (np.zeros((2, 2)), TypeError, r"expected one column, found an array of shape \(2, 2\)"),
        (["a", "\ud800"], demarche.Error, r"texts\[1\]: expected text, found a lone surrogate"),
        (3, TypeError, "int"),
    ]
    for values, kind, message in cases:
        with pytest.raises(kind, match=message):
            stance.predict(values)


def test_bytes_that_are_not_utf8_do_not_become_text(stance: Classifier) -> None:
    offsets, data = pa.py_buffer(np.array([0, 2], dtype=np.int32)), pa.py_buffer(b"\xff\xfe")
    with pytest.raises(demarche.Error, match="texts: expected a sound Arrow array, found: .*Invalid UTF8"):
        stance.predict(pa.StringArray.from_buffers(1, offsets, data))


def test_columns_are_as_long_as_each_other(stance: Classifier) -> None:
    with pytest.raises(demarche.Error, match="targets: expected 2 values, one for each of the texts, found 1"):
        stance.predict(["a", "b"], targets=["c"])
    with pytest.raises(demarche.Error, match="labels: expected 2 values"):
        Classifier.train(["a", "b"], ["c"])


def test_training_takes_what_tables_hold() -> None:
    texts = ["they agreed", "they refused", None, "we agreed", "we refused", "agreed"]
    plain = Classifier.train(["" if t is None else t for t in texts], ["1", "0", "0", "1", "0", "1"])
    labels = [1, 0, 0, 1, 0, 1]
    for held in (labels, np.array(labels), pd.Series(labels), pd.Series(labels, dtype="category"), pa.array(labels), pa.chunked_array([["1", "0"], ["0", "1", "0", "1"]])):
        assert Classifier.train(pd.Series(texts), held).to_bytes() == plain.to_bytes()
    assert plain.labels == ["0", "1"] and plain.name == "label" and plain.polarity is None
    halves = Classifier.train(texts, [label / 2 for label in labels])
    assert halves.labels == ["0.0", "0.5"]
    numbered = Classifier.train(texts, labels, groups=[1, 1, 2, 2, None, 3])
    assert numbered.to_bytes() == Classifier.train(texts, labels, groups=["1", "1", "2", "2", None, "3"]).to_bytes()


def test_training_refuses_what_it_cannot_learn_from() -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"texts": ["a", "b"], "labels": ["x", None]}, r"labels\[1\]: expected a label, found a missing value"),
        ({"texts": ["a", "b"], "labels": ["x", "x"]}, 'labels: expected two or more different labels, found "x" in every row'),
        ({"texts": [], "labels": []}, "parameter `labels`"),
        ({"texts": ["a", "b"], "labels": ["x", "y"], "learner": "forest"}, "parameter `learner`: expected one of logistic"),
        ({"texts": ["a", "b"], "labels": ["x", "y"], "calibration": "none"}, "parameter `calibration`"),
        ({"texts": ["a", "b"], "labels": ["x", "y"], "c": 1.0, "search": True}, "expected either c or search"),
        ({"texts": ["a", "b"], "labels": ["x", "y"], "features": "name = 1\n"}, "features: "),
    ]
    for arguments, message in cases:
        with pytest.raises(demarche.Error, match=message):
            Classifier.train(**arguments)


def test_a_table_without_the_column_is_refused() -> None:
    for table in (pd.DataFrame({"body": ["a"]}), pa.table({"body": ["a"]})):
        with pytest.raises(demarche.Error, match=r"data: expected a column 'text', found none \(columns: body\)"):
            demarche.classify(table)
        assert demarche.classify(table, "body", models=["stance"]).shape == (1, 6)
    with pytest.raises(TypeError, match="expected a pandas DataFrame or a pyarrow Table, found list"):
        demarche.classify(["a"])


def test_explaining_an_unknown_label_names_the_known_ones(stance: Classifier) -> None:
    assert stance.explain("They agreed.", "pro").label == "favor"
    with pytest.raises(demarche.Error, match='unknown label "maybe" .known: against, neutral, favor'):
        stance.explain("They agreed.", "maybe")
