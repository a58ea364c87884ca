"""Many Python threads share a model; none waits for the interpreter's lock while another scores; Ctrl-C stops."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import demarche
import numpy as np
import pytest
from conftest import ARTICLES, STATEMENTS
from demarche import Classifier


def test_many_threads_share_a_model(texts: list[str], stance: Classifier) -> None:
    expected = stance.score_statements(texts)
    model = Classifier.load(stance.to_bytes())

    def work(number: int) -> bool:
        start = number * 7
        scores = model.score_statements(texts[start:], threads=1 + number % 2)
        parts = model.explain(texts[number]).label == expected.label[number]
        same = np.array_equal(scores.probabilities, expected.probabilities[start:])
        return parts and same and scores.label.tolist() == expected.label[start:].tolist()

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(work, range(64)))


def test_the_number_of_threads_changes_no_bit(texts: list[str], stance: Classifier) -> None:
    many = texts * 8
    one = stance.predict_proba(many, threads=1)
    for threads in (2, 5):
        np.testing.assert_array_equal(stance.predict_proba(many, threads=threads), one)
    labels = stance.predict(texts)
    models = [Classifier.train(texts, labels, search=True, folds=2, threads=threads) for threads in (1, 3)]
    assert models[0].to_bytes() == models[1].to_bytes()


def steps_beside(work: Callable[[], object]) -> tuple[int, float]:
    """How often another thread gets to run while `work` does, and how long that takes in seconds."""
    started = threading.Event()

    def target() -> None:
        started.set()
        work()

    worker = threading.Thread(target=target)
    begin = time.monotonic()
    worker.start()
    started.wait()
    steps = 0
    while worker.is_alive():
        steps += 1
        time.sleep(0.001)
    return steps, time.monotonic() - begin


def test_others_run_while_a_thread_scores_trains_or_reads(texts: list[str], stance: Classifier) -> None:
    column = demarche._texts.column(texts * 150)
    labels = [f"l{at % 2}" for at in range(len(texts))]
    article = (ARTICLES / "april_talks.txt").read_text(encoding="utf-8") * 300
    few = demarche._texts.column(texts * 5)
    cases: list[Callable[[], object]] = [
        lambda: stance._model.score(column, None, 1),
        lambda: [stance._model.score(few, None, 1) for _ in range(100)],
        lambda: Classifier.train(texts, labels, search=True, threads=1),
        lambda: demarche._native.read_article(article, [stance._model]),
    ]
    for case in cases:
        steps, seconds = steps_beside(case)
        # A thread that kept the lock would leave one step or two.
        assert seconds > 0.02 and steps >= max(5, seconds * 100), (steps, seconds)


INTERRUPTED = """
    import csv, signal, threading, time
    # A job in the background begins with the signal ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    import demarche
    rows = list(csv.DictReader(open({table!r}, encoding="utf-8")))
    texts = [row["text"] for row in rows] * {copies}
    labels = [row["stance"] for row in rows] * {copies}
    model = demarche.Classifier.load("stance")
    column = demarche._texts.column(texts)
    print("ready", flush=True)
    try:
        while True:
            {work}
    except KeyboardInterrupt:
        print("stopped", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
@pytest.mark.parametrize(
    ("work", "copies"),
    [
        ("demarche.Classifier.train(texts, labels, search=True, threads=1)", 8),
        ("model._model.score(column, None, 1)", 400),
    ],
)
def test_ctrl_c_stops_long_work(work: str, copies: int) -> None:
    code = textwrap.dedent(INTERRUPTED.format(table=str(STATEMENTS), work=work, copies=copies))
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30)[0] == "stopped\n"
    finally:
        process.kill()
    assert process.returncode == 0
