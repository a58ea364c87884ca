#!/usr/bin/env python3
"""Counts the work that hostile texts and pages make: it must grow with their length, not with its square.

    python3 tests/work.py target/release/demarche [SHAPE...]

Work is instructions executed, counted by valgrind, so that neither the machine nor its load matters. Each shape is classified at
one length and at four times that length; less what an empty run takes, four times the text may take five times the work. Lengths
are such that comparing all pieces with one another shows where a comparison takes about a hundred instructions. `LENGTH` is a
number of repetitions (300), `JOBS` how many are counted at a time (2).
"""
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# Four times the length may take so many times the work: sorting and growing tables take a little more than their share.
MOST_GROWTH = 5.0


def word(i):
    """A word of its own for each number."""
    letters = ""
    while True:
        letters += "bcdfghjklmnprstvwz"[i % 18] + "aeiou"[i // 18 % 5]
        i //= 90
        if i == 0:
            return letters + "n"


def name(i):
    return f"{word(i * 7 + 1).capitalize()} {word(i).capitalize()}"


def each(make):
    return lambda n: "".join(make(i) for i in range(n))


TEXTS = {
    "one paragraph of sentences all alike": lambda n: "They met the envoys on Monday. " * n,
    "one paragraph of different sentences": each(lambda i: f"They met the {word(i)} envoys on Monday. "),
    "paragraphs all alike": lambda n: "They met the envoys on Monday.\n\n" * n,
    "paragraphs all different": each(lambda i: f"They {word(i)} the {word(i * 3)} of {word(i * 5)} today.\n\n"),
    "paragraphs nearly alike": each(
        lambda i: f"The {word(i)} envoys met the union on Monday and agreed to resume talks on wages and hours.\n\n"),
    "headlines all different": each(lambda i: f"Envoys of {word(i).capitalize()} return today\n\n"),
    "pull-quotes of one long sentence": lambda n: " ".join(word(i) for i in range(6 * n)) + ".\n\n"
    + "".join("“" + " ".join(word(6 * i + k) for k in range(6)) + "”\n\n" for i in range(n)),
    "people all different": each(lambda i: f"President {name(i)} said talks would resume. "),
    "people of one surname": each(lambda i: f"President {word(i).capitalize()} Quill said talks would resume. "),
    "people without a title": each(lambda i: f"{name(i)} said that talks would resume.\n\n"),
    "unions all different": each(lambda i: f"The Union of {word(i).capitalize()} Workers refused. The union left. "),
    "groups of one word": each(lambda i: f"The {word(i).capitalize()} refused. The union left, its leader said. "),
    "offices all different": each(lambda i: f"The {word(i)} minister of {word(i).capitalize()} refused. "),
    "people named in one quotation": lambda n: "“" + each(lambda i: f"{name(i)} told me so. ")(n) + "”",
    "he and she": lambda n: "He said no. “Yes,” she said. " * n,
    "quotations and speakers": each(lambda i: f"“We refuse,” said {name(i % 50)}. "),
    "quotations that open": lambda n: "“He said " * n,
    "quotations that open in every paragraph": lambda n: "“We refuse and do not close\n\n" * n,
    "quotations in quotations": lambda n: "“‘([" * n + "a" + "])’”" * n,
    "brackets that open": lambda n: "(" * (8 * n),
    "initials": lambda n: "U.S. " * (4 * n),
    "initials of names": lambda n: "J. R. R. " * n,
    "hours that go on": lambda n: "At noon " + "3 p.m. Monday " * n,
    "one sentence of commas": lambda n: "the envoys and the union agreed, " * n,
    "he said that she said": lambda n: "Quill said that Tarn said that " * n,
    "the leader of the leader": lambda n: "the leader of the union of the " * n,
    "capitals": lambda n: "Quill Tarn Finch and " * n,
    "speakers of a transcript": lambda n: "QUILL: No.\nTARN: Yes.\n" * n,
    "list items": lambda n: "* item one\n" * n,
    "wrapped lines": lambda n: "they met and went on to talk of the wages and the hours of\n" * n,
    "addresses": lambda n: "https://a.b/c?d=e " * n,
    "stops": lambda n: "." * (16 * n),
    "ellipses": lambda n: "so … " * (4 * n),
    "white space": lambda n: " " * (32 * n) + "a",
    "line ends": lambda n: "a\n" * (4 * n),
    "apostrophes": lambda n: "'s" * (8 * n),
    "hyphens": lambda n: "a-" * (8 * n),
    "dashes": lambda n: "no — yes — " * n,
    "combining marks": lambda n: "e" + "\u0301" * (16 * n),
    "joined emoji": lambda n: "👨\u200d" * (4 * n),
    "one word": lambda n: "y" * (32 * n),
    "Arabic": lambda n: "سلام على " * n,
    "Chinese": lambda n: "和平谈判和平谈判" * n,
    "negators": lambda n: "not " * (4 * n),
}
PAGES = {
    # Beyond 2,000 elements they are left out.
    "nested elements": lambda n: "<div>" * (8 * n) + "<p>They agreed to talks.",
    "nested inline elements": lambda n: "<p>" + "<b>" * (8 * n) + "They agreed.",
    "formatting reopened in every paragraph": lambda n: "<p><b><i><u><s>They agreed." * n,
    "nested lists": lambda n: "<ul><li>a" * (8 * n),
    "nested tables": lambda n: "<table><tr><td>a" * (8 * n),
    "attributes": lambda n: "<p " + " ".join(f"a{i}=b" for i in range(4 * n)) + ">They agreed.",
    "classes": lambda n: "<p class='" + "c " * (8 * n) + "'>They agreed.",
    "end tags without start": lambda n: "<p>a</b></i></div>" * n,
    "comments": lambda n: "<!-- a --><p>b" * n,
    "entities": lambda n: "<p>" + "&amp;&#60;&notit" * n,
    "scripts": lambda n: "<script>a</script><p>b" * n,
    "links": lambda n: "<p><a href=/>They agreed to talks</a> on it." * n,
    "metadata": lambda n: "<meta name=a content=b>" * n + "<p>They agreed.",
    "headings": lambda n: "<h2>They agreed</h2><p>They agreed to talks on Monday." * n,
    "text without an end": lambda n: "<p>They agreed to talks " * n,
}


def instructions(program, folder, number, suffix, text):
    path = Path(folder) / f"{number}.{suffix}"
    path.write_text(text, encoding="utf-8")
    command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", program]
    # One model: half of what a run takes is the loading of them.
    command += ["classify", str(path), "--model", "stance", "--threads", "1", "--format", "jsonl", "-o", "/dev/null"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"I\s+refs:\s+([\d,]+)", run.stderr)
    if run.returncode not in (0, 2) or not found or "panicked" in run.stderr:
        sys.exit(f"{path}: exit {run.returncode}: {run.stderr[-2000:]}")
    return int(found[1].replace(",", ""))


def main():
    program, wanted = os.path.abspath(sys.argv[1]), sys.argv[2:]
    n = int(os.environ.get("LENGTH", "300"))
    shapes = [(k, "txt", v) for k, v in TEXTS.items()] + [(k, "html", v) for k, v in PAGES.items()]
    shapes = [s for s in shapes if not wanted or s[0] in wanted]
    with tempfile.TemporaryDirectory() as folder:
        idle = instructions(program, folder, "idle", "txt", "They met.")

        def grow(numbered):
            number, (_, suffix, make) = numbered
            html = "<!DOCTYPE html><title>a</title><body>" if suffix == "html" else ""
            lengths = [html + make(n), html + make(4 * n)]
            return [instructions(program, folder, f"{number}-{i}", suffix, t) - idle for i, t in enumerate(lengths)]

        print("| shape | work (million instructions) | of four times as much | growth |\n|---|---|---|---|")
        bad = []
        with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool:
            for (shape, suffix, _), (once, four) in zip(shapes, pool.map(grow, enumerate(shapes))):
                # Below ten million, what is counted is the noise of starting and of tables that grow.
                growth = four / max(once, 10_000_000)
                kind = "page of " if suffix == "html" else ""
                print(f"| {kind}{shape} | {once / 1e6:.1f} | {four / 1e6:.1f} | {growth:.2f} |", flush=True)
                if growth > MOST_GROWTH:
                    bad.append(shape)
    if bad:
        sys.exit(f"more than {MOST_GROWTH} times the work for four times the text: {', '.join(bad)}")


if __name__ == "__main__":
    main()
