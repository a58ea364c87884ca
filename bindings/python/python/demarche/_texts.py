"""Columns of texts, from whatever holds them, to the native module: strings are read where they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ._native import Texts

Column = Iterable[Any] | Texts
"""A list, tuple, NumPy array, pandas Series, pyarrow Array or ChunkedArray, or anything with the Arrow PyCapsule interface."""


def column(values: Column, name: str = "texts") -> Texts:
    """The texts of `values`; `name` stands for them in messages."""
    if isinstance(values, Texts):
        return values
    if isinstance(values, (list, tuple)):
        return Texts.of_strings(name, values)
    if isinstance(values, (str, bytes)):
        found = type(values).__name__
        raise TypeError(f"{name}: expected a list, an array or a Series, found a single {found}; put it in a list")
    arrays = _arrow(values)
    if arrays is not None:
        return Texts.of_arrays(name, arrays)
    return Texts.of_strings(name, _listed(values, name))


def words(values: Column, name: str) -> Texts:
    """The same of labels and groups, where numbers and other values stand for their names."""
    if hasattr(values, "to_pylist"):
        values = values.to_pylist()
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        return column(values, name)
    return column([value if _is_word(value) else str(value) for value in _listed(values, name)], name)


def _is_word(value: Any) -> bool:
    """Whether it is a str or missing."""
    is_nan = isinstance(value, float) and value != value
    return value is None or is_nan or isinstance(value, str) or type(value).__name__ in ("NAType", "NaTType")


def _arrow(values: Any) -> list[Any] | None:
    """The Arrow arrays that hold `values`; None where something else holds them."""
    inner: Any = getattr(values, "array", None)
    if hasattr(inner, "__arrow_array__") and hasattr(inner, "_pa_array"):
        values = inner.__arrow_array__()
    elif type(values).__module__.partition(".")[0] == "pandas":
        return None
    if hasattr(values, "__arrow_c_array__"):
        return [values]
    if hasattr(values, "__arrow_c_stream__"):
        if not hasattr(values, "chunks"):
            values = _chunked(values)
        return None if values is None else list(values.chunks)
    return None


def _chunked(values: Any) -> Any:
    try:
        import pyarrow
    except ImportError:
        return None
    return pyarrow.chunked_array(values)


def _listed(values: Any, name: str) -> list[Any]:
    shape = getattr(values, "shape", None)
    if shape is not None and len(shape) != 1:
        if len(shape) != 2 or shape[1] != 1:
            raise TypeError(f"{name}: expected one column, found an array of shape {shape}")
        values = values.iloc[:, 0] if hasattr(values, "iloc") else values[:, 0]
    listed = values.tolist() if hasattr(values, "tolist") else list(values)
    assert isinstance(listed, list)
    return listed
