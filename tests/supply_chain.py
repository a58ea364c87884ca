#!/usr/bin/env python3
"""Checks what is built in: licences, sources and versions of all dependencies, by the rules of deny.toml.

    python3 tests/supply_chain.py

It needs cargo and Cargo.lock alone. `cargo deny check` says more (texts of licences, known weaknesses) and takes its installing.
"""
import json
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REGISTRIES = ("registry+https://github.com/rust-lang/crates.io-index", "sparse+https://index.crates.io/")


def is_allowed(expression, allowed):
    """Whether an SPDX expression can be met with the licences allowed; "/" is an old way to write OR."""
    tokens = re.findall(r"\(|\)|[^\s()/]+|/", expression)

    def any_of():
        result = all_of()
        while tokens and tokens[0] in ("OR", "/"):
            tokens.pop(0)
            result = all_of() or result
        return result

    def all_of():
        result = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            result = one() and result
        return result

    def one():
        token = tokens.pop(0)
        if token == "(":
            result = any_of()
            tokens.pop(0)
            return result
        if tokens[:1] == ["WITH"]:
            token = f"{token} WITH {tokens[1]}"
            del tokens[:2]
        return token in allowed

    return any_of() and not tokens


def packages(manifest):
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features", "--manifest-path", manifest]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["packages"]


def check(manifest, allowed):
    bad, versions = [], defaultdict(list)
    found = packages(manifest)
    for package in found:
        name = f"{package['name']} {package['version']}"
        versions[package["name"]].append(package["version"])
        if package["source"] is not None and not package["source"].startswith(REGISTRIES):
            bad.append(f"{name}: expected crates.io, found {package['source']}")
        if not is_allowed(package["license"] or "none", allowed):
            bad.append(f"{name}: expected a licence that deny.toml allows, found {package['license']}")
        if package["source"] is None:
            wild = [d["name"] for d in package["dependencies"] if d["req"] == "*" and d["path"] is None]
            bad += [f"{name}: expected a version for {w}, found *" for w in wild]
    twice = [f"{name} {', '.join(v)}" for name, v in sorted(versions.items()) if len(v) > 1]
    print(f"{manifest.relative_to(ROOT)}: {len(found)} packages; in several versions: {'; '.join(twice) or 'none'}")
    return bad


def main():
    allowed = set(tomllib.loads((ROOT / "deny.toml").read_text())["licenses"]["allow"])
    # The check can fail.
    assert is_allowed("(MIT OR X) AND Apache-2.0 WITH LLVM-exception", allowed) and is_allowed("X/MIT", allowed)
    assert not any(is_allowed(e, allowed) for e in ("GPL-3.0-only", "MIT AND X", "(X OR Y) AND MIT", "MIT WITH X", "none"))
    bad = [line for manifest in ("Cargo.toml", "fuzz/Cargo.toml") for line in check(ROOT / manifest, allowed)]
    if bad:
        sys.exit("\n".join(bad))


if __name__ == "__main__":
    main()
