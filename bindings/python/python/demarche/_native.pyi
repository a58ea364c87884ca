"""The native half of the package: not part of its interface."""

import os
from typing import Any, final

import numpy as np
import numpy.typing as npt

__all__ = [
    "Article",
    "Error",
    "Model",
    "Texts",
    "__version__",
    "add_actors",
    "answer_columns",
    "free_names",
    "read_article",
    "train",
]

__version__: str

class Error(ValueError):
    """Input, settings or a file that demarche refuses, in the words of the program."""

@final
class Texts:
    @staticmethod
    def of_strings(name: str, values: list[Any] | tuple[Any, ...]) -> Texts: ...
    @staticmethod
    def of_arrays(name: str, arrays: list[Any]) -> Texts: ...
    def __len__(self) -> int: ...
    def first_missing(self) -> int | None: ...

@final
class Model:
    @staticmethod
    def from_bytes(data: bytes, place: str) -> Model: ...
    @staticmethod
    def from_path(path: str | os.PathLike[str]) -> Model: ...
    @staticmethod
    def shipped(name: str) -> Model | None: ...
    def to_bytes(self) -> bytes: ...
    def save(self, path: str | os.PathLike[str]) -> None: ...
    @property
    def name(self) -> str: ...
    @property
    def labels(self) -> list[str]: ...
    @property
    def polarity(self) -> list[int] | None: ...
    @property
    def targets(self) -> list[str]: ...
    @property
    def n_features(self) -> int: ...
    def code_of(self, word: str) -> int | None: ...
    def score(
        self,
        texts: Texts,
        targets: Texts | None = None,
        n_threads: int | None = None,
        with_blank: bool = False,
    ) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.bool_]]: ...
    def decisions(
        self,
        texts: Texts,
        targets: Texts | None = None,
        n_threads: int | None = None,
        with_blank: bool = False,
    ) -> npt.NDArray[np.float64]: ...
    def explain(
        self, text: str, label: str | None = None, target: str | None = None
    ) -> tuple[str, float, float, list[tuple[str, float, float, float]]]: ...
    def inspect(self, name: str, top: int, target: str | None = None) -> str: ...

@final
class Article:
    @property
    def text(self) -> str: ...
    @property
    def json(self) -> str: ...
    @property
    def statements(self) -> list[tuple[int, int]]: ...
    @property
    def duplicates(self) -> list[tuple[int, int]]: ...
    @property
    def encoding(self) -> str | None: ...

def train(
    texts: Texts,
    labels: Texts,
    groups: Texts | None,
    targets: Texts | None,
    name: str,
    settings: dict[str, Any],
    n_threads: int | None = None,
) -> Model: ...
def read_article(
    source: str | bytes | os.PathLike[str],
    models: list[Model],
    name: str | None = None,
    title: str | None = None,
    date: str | None = None,
    byline: str | None = None,
) -> Article: ...
def add_actors(path: str | os.PathLike[str]) -> None: ...
def answer_columns(models: list[Model]) -> list[str]: ...
def free_names(taken: list[str], added: list[str]) -> list[str]: ...
