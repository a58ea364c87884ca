"""Where the program is."""

from __future__ import annotations

import os
import sysconfig
from importlib import metadata
from pathlib import Path

from ._native import Error


def program() -> str:
    """The path of the program `demarche` that was installed with this package.

    It is a single file without dependencies besides the C library: copy it to another machine of the same kind, and it
    works there.

    Raises
    ------
    demarche.Error
        If it is not where the package put it.
    """
    name = "demarche.exe" if os.name == "nt" else "demarche"
    for place in _places(name):
        if place.is_file():
            return str(place)
    raise Error(f"expected the program {name} among the scripts of this environment, found none; install demarche again")


def _places(name: str) -> list[Path]:
    try:
        files = metadata.files("demarche") or []
    except metadata.PackageNotFoundError:
        files = []
    installed = [Path(str(file.locate())).resolve() for file in files if file.name == name]
    schemes = [sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user")]
    return installed + [Path(sysconfig.get_path("scripts", scheme)) / name for scheme in schemes]
