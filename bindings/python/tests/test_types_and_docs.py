"""Types hold, and what the documentation shows is what happens."""

from __future__ import annotations

import doctest
import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY

PACKAGE = REPOSITORY / "bindings" / "python"


@pytest.mark.parametrize("name", ["demarche", "demarche._article", "demarche._classifier", "demarche._table", "demarche.sklearn"])
def test_examples_in_docstrings(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name))
    assert results.attempted > 0 and results.failed == 0


@pytest.mark.parametrize("path", [PACKAGE / "README.md", REPOSITORY / "docs" / "PYTHON.md"], ids=lambda path: path.name)
def test_the_code_of_a_page_runs_and_prints_what_stands_below_it(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(REPOSITORY)
    names: dict[str, Any] = {"__name__": "__main__"}

    def printed(block: re.Match[str]) -> str:
        exec(compile(block[1].replace("/tmp/", f"{tmp_path}/"), path.name, "exec"), names)
        output = capsys.readouterr().out.rstrip()
        return f"```python\n{block[1]}```\n" + (f"\n```text\n{output}\n```\n" if output else "")

    written = path.read_text(encoding="utf-8")
    run, n_blocks = BLOCK.subn(printed, written)
    if os.environ.get("UPDATE_DOCS"):
        path.write_text(run, encoding="utf-8")
    else:
        assert n_blocks > 0 and written == run


# Code and, if something is printed, what.
BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:\n```text\n.*?^```\n)?", re.MULTILINE | re.DOTALL)


def test_the_commands_of_the_readme_are_those_that_were_run() -> None:
    commands = re.findall(r"^    (pip|python) (.*)$", (PACKAGE / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [command[0] for command in commands[:2]] == ["pip", "python"]
    code = commands[1][1].removeprefix('-c "').removesuffix('"')
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY, check=True)
    assert "favor" in done.stdout and "against" in done.stdout


def test_types_hold(tmp_path: Path) -> None:
    settings = ["--config-file", str(PACKAGE / "pyproject.toml"), "--cache-dir", str(tmp_path)]
    check(["mypy", *settings, "-p", "demarche"], tmp_path)


def test_the_stubs_are_what_the_native_module_has(tmp_path: Path) -> None:
    check(["mypy.stubtest", "demarche._native", "--ignore-disjoint-bases"], tmp_path)


def check(command: list[str], folder: Path) -> None:
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
