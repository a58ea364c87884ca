"""Articles: who says what, and where each actor stands."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import _native

if TYPE_CHECKING:
    import pandas

    from ._classifier import Classifier


@dataclass(frozen=True)
class Statement:
    """One statement of an article, and what the models say of it."""

    document: str
    """The article's name."""
    index: int
    """0-based number of the statement in its article."""
    sentence: int
    """0-based number of the sentence; statements split out of one sentence share it."""
    text: str
    """The words."""
    span: slice
    """Where they stand, in code points, as Python counts: `article.text[statement.span] == statement.text`."""
    start: int
    """Where they begin, in UTF-8 bytes, as the program counts."""
    end: int
    """One past their last byte."""
    speaker: str | None
    """Who says it; None where nobody is found."""
    holder: str | None
    """Whose stance it is, as one name: "Russia and Ukraine"."""
    holders: list[str]
    """The same, one by one."""
    answers: Mapping[str, Mapping[str, Any]]
    """By model, such as "stance": `label`, `score` and `probabilities`."""


@dataclass(frozen=True)
class Duplicate:
    """A sentence that repeats an earlier one and is not scored again."""

    text: str
    """The words."""
    span: slice
    """Where they stand, in code points."""
    start: int
    """Where they begin, in UTF-8 bytes."""
    end: int
    """One past their last byte."""


@dataclass(frozen=True)
class Actor:
    """Someone who speaks or holds a stance in an article, with the statements taken together."""

    name: str
    """The fullest name that the article gives."""
    kind: str
    """"person", "state" or "group"."""
    represents: str | None
    """The actor in whose name this one holds office or acts."""
    statements: int
    """How many statements are this actor's."""
    speakers: list[str]
    """Who makes them, in order of appearance."""
    opinions: Mapping[str, Mapping[str, Any]]
    """By model, such as "stance": `label`, `score`, `interval` and more, as in the program's JSON."""


@dataclass(frozen=True)
class Article:
    """An article, read and scored."""

    document: str
    """Its name."""
    title: str | None
    """The headline."""
    date: datetime.date | None
    """When it was published."""
    byline: str | None
    """Who wrote it."""
    text: str = field(repr=False)
    """The text that spans point into: the file decoded or, of a page, its main text."""
    statements: list[Statement] = field(repr=False)
    """What was scored, in document order."""
    duplicates: list[Duplicate] = field(repr=False)
    """What is printed twice."""
    actors: list[Actor] = field(repr=False)
    """Who stands where; most statements first."""
    encoding: str | None = None
    """How the bytes were taken, where that was not plain UTF-8."""
    _json: str = field(default="", repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The article as the program prints it: an element of `documents` in `classify --format json`."""
        whole: dict[str, Any] = json.loads(self._json)
        return whole

    def to_frame(self) -> pandas.DataFrame:
        """The statements as a pandas DataFrame, a row each, with the columns that a table gets from `demarche.classify`."""
        import pandas

        rows = [_row(statement) for statement in self.statements]
        return pandas.DataFrame(rows, columns=None if rows else ["document", "index", "text", "speaker", "holder"])


def read_article(
    source: str | bytes | os.PathLike[str],
    *,
    models: Iterable[Classifier | str] = ("stance", "sentiment"),
    name: str | None = None,
    title: str | None = None,
    date: datetime.date | str | None = None,
    byline: str | None = None,
) -> Article:
    """Cuts an article into statements, finds who makes them and whose stance they tell, and scores them.

    Parameters
    ----------
    source
        A str is the text itself; a path (`pathlib.Path`) names a file with text or an HTML page, packed or not; bytes are
        what such a file holds.
    models
        Models, or names of those that are part of the package. Each answers under the name of its labels.
    name
        What the article is called; by default its path, or "-".
    title, date, byline
        Where they are known from outside; otherwise they are looked for in the text.

    Raises
    ------
    demarche.Error
        If the file cannot be read, or is no text.

    Examples
    --------
    >>> article = read_article("“We accept the offer of talks,” said Ada B. Quill, the islands’ premier, on Monday.")
    >>> first = article.statements[0]
    >>> first.speaker, first.answers["stance"]["label"], article.text[first.span] == first.text
    ('Ada B. Quill', 'favor', True)
    """
    from ._classifier import Classifier

    loaded = [model if isinstance(model, Classifier) else Classifier.load(model) for model in models]
    written = date.isoformat() if isinstance(date, datetime.date) else date
    native = _native.read_article(source, [model._model for model in loaded], name, title, written, byline)
    whole = json.loads(native.json)
    spans = [slice(*span) for span in native.statements]
    repeated = [slice(*span) for span in native.duplicates]
    published = whole["date"]
    return Article(
        document=whole["document"],
        title=whole["title"],
        date=None if published is None else datetime.date.fromisoformat(published),
        byline=whole["byline"],
        text=native.text,
        statements=[_statement(fields, span) for fields, span in zip(whole["statements"], spans, strict=True)],
        duplicates=[Duplicate(span=span, **fields) for fields, span in zip(whole["duplicates"], repeated, strict=True)],
        actors=[_actor(fields) for fields in whole["actors"]],
        encoding=native.encoding,
        _json=native.json,
    )


def add_actors(path: str | os.PathLike[str]) -> None:
    """Adds actors of your own to the table in which names are looked up: once, before the first article is read.

    Parameters
    ----------
    path
        CSV with the columns name,kind,adjectives,aliases; kind is state or group, several adjectives or aliases are divided
        by |.
    """
    _native.add_actors(path)


_STATEMENT = ("document", "index", "sentence", "start", "end", "text", "speaker", "holder", "holders")
_ACTOR = ("name", "kind", "represents", "statements", "speakers")
_ACTOR_ONLY = (*_ACTOR, "self_stated", "reported", "documents", "first", "last")


def _statement(fields: dict[str, Any], span: slice) -> Statement:
    answers = {name: answer for name, answer in fields.items() if name not in _STATEMENT}
    return Statement(span=span, answers=answers, **{name: fields[name] for name in _STATEMENT})


def _actor(fields: dict[str, Any]) -> Actor:
    opinions = {name: opinion for name, opinion in fields.items() if name not in _ACTOR_ONLY}
    return Actor(opinions=opinions, **{name: fields[name] for name in _ACTOR})


def _row(statement: Statement) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(statement, name) for name in _STATEMENT if name != "holders"}
    for name, answer in statement.answers.items():
        row[name] = answer["label"]
        if answer["score"] is not None:
            row[f"{name}_score"] = answer["score"]
        row.update({f"{name}_{label}": probability for label, probability in answer["probabilities"].items()})
    return row
