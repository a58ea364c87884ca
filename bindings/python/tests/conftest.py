"""What all tests share: the program, a table of statements, models."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import demarche
import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
STATEMENTS = REPOSITORY / "datasets" / "negotiation" / "test.csv"
ARTICLES = REPOSITORY / "datasets" / "articles"

Run = Callable[..., str]


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs the program that was installed; returns what it prints."""

    def run(*arguments: object, **options: Any) -> str:
        command = [demarche.program(), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **options)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def refusal() -> Run:
    """Runs the program, which must refuse its input; returns its reason."""

    def refusal(*arguments: object) -> str:
        command = [demarche.program(), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 2, done.stdout
        return done.stderr.strip().removeprefix("error: ")

    return refusal


@pytest.fixture(scope="session")
def rows() -> list[dict[str, str]]:
    """The rows of a table of statements."""
    with STATEMENTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def texts(rows: list[dict[str, str]]) -> list[str]:
    return [row["text"] for row in rows]


@pytest.fixture(scope="session")
def stance() -> demarche.Classifier:
    return demarche.Classifier.load("stance")


@pytest.fixture(scope="session")
def sentiment() -> demarche.Classifier:
    return demarche.Classifier.load("sentiment")


def lines(jsonl: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in jsonl.splitlines()]
