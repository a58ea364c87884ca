"""Builds the program, puts it among the wheel's scripts, and leaves the rest to maturin.

maturin packs either a module or a program; users get both, so that `demarche` is on PATH after `pip install` and a
cluster can be sent the very program that belongs to the module.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import maturin

_HERE = Path(__file__).resolve().parent.parent
_PROGRAM = "demarche.exe" if os.name == "nt" else "demarche"

get_requires_for_build_wheel = maturin.get_requires_for_build_wheel
get_requires_for_build_sdist = maturin.get_requires_for_build_sdist
get_requires_for_build_editable = maturin.get_requires_for_build_editable
build_sdist = maturin.build_sdist


def prepare_metadata_for_build_wheel(
    metadata_directory: str, config_settings: Mapping[str, Any] | None = None
) -> str:
    _scripts()
    return maturin.prepare_metadata_for_build_wheel(metadata_directory, config_settings)


def prepare_metadata_for_build_editable(
    metadata_directory: str, config_settings: Mapping[str, Any] | None = None
) -> str:
    _scripts()
    return maturin.prepare_metadata_for_build_editable(metadata_directory, config_settings)


def build_wheel(
    wheel_directory: str,
    config_settings: Mapping[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    _add_program()
    return maturin.build_wheel(wheel_directory, config_settings, metadata_directory)


def build_editable(
    wheel_directory: str,
    config_settings: Mapping[str, Any] | None = None,
    metadata_directory: str | None = None,
) -> str:
    _add_program()
    return maturin.build_editable(wheel_directory, config_settings, metadata_directory)


def _add_program() -> None:
    """Builds the program and copies it to where maturin looks for scripts."""
    manifest = _HERE.parent.parent / "Cargo.toml"
    of_manifest = ["--manifest-path", str(manifest)]
    # Both packages are named so that maturin, which builds the module, finds the library built with the same features.
    packages = ["--package", "demarche", "--package", "demarche-python"]
    subprocess.run(["cargo", "build", "--release", "--locked", "--bin", "demarche", *packages, *of_manifest], check=True)
    metadata = ["cargo", "metadata", "--format-version", "1", "--no-deps", *of_manifest]
    target = Path(json.loads(subprocess.run(metadata, check=True, capture_output=True).stdout)["target_directory"])
    shutil.copy2(target / "release" / _PROGRAM, _scripts() / _PROGRAM)


def _scripts() -> Path:
    """The folder whose files become scripts; maturin wants it to be there, also for metadata alone."""
    scripts = _HERE / "demarche.data" / "scripts"
    scripts.mkdir(parents=True, exist_ok=True)
    return scripts
