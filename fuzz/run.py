#!/usr/bin/env python3
"""Runs every target of fuzz/ under libFuzzer in turns, and counts executions and processor minutes.

    python3 fuzz/run.py --minutes 30      until each target has had 30 processor minutes, in all runs together
    python3 fuzz/run.py --report          the figures so far

It may be stopped at any time (Ctrl-C, SIGTERM); SIGSTOP and SIGCONT pause a target. Figures are added to fuzz/out/turns.jsonl,
logs lie beside it, what crashes a target or is slow in fuzz/artifacts/TARGET/, what was found to be interesting in
fuzz/corpus/TARGET/.
"""
import argparse
import concurrent.futures
import json
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE / "out"
TURNS = OUT / "turns.jsonl"
# Target -> longest input in bytes: longer ones only make it slow.
TARGETS = {"table": 4096, "text": 4096, "html": 8192, "model": 65536, "spec": 4096}
# Further folders of inputs.
INPUTS = {"html": "tests/data/pages", "model": "tests/fixtures"}
TURN_SECONDS = 3600
# An input that takes so long by the clock hangs. A paused process goes on being timed, hence so long.
HANGS_SECONDS = 3600
LOCK = threading.Lock()
PROCESSES = set()
STOPPED = threading.Event()


def turns():
    if not TURNS.exists():
        return []
    return [json.loads(line) for line in TURNS.read_text().splitlines()]


def minutes_of(target):
    return sum(turn["cpu_seconds"] for turn in turns() if turn["target"] == target) / 60


def build():
    command = ["cargo", "fuzz", "build", "--sanitizer", "none", "--fuzz-dir", str(HERE)]
    # libFuzzer needs the compiler's coverage pass, which it offers on stable Rust under this name only.
    subprocess.run(command, check=True, cwd=HERE, env={**os.environ, "RUSTC_BOOTSTRAP": "1"})


def binary(target):
    folder = Path(os.environ.get("CARGO_TARGET_DIR", HERE / "target"))
    return folder / "x86_64-unknown-linux-gnu" / "release" / target


def turn(target):
    """One run of libFuzzer; its figures."""
    corpus, artifacts = HERE / "corpus" / target, HERE / "artifacts" / target
    for folder in (corpus, artifacts, OUT):
        folder.mkdir(parents=True, exist_ok=True)
    more = [str(HERE.parent / INPUTS[target])] if target in INPUTS else []
    command = [
        str(binary(target)), str(corpus), str(HERE / "seeds" / target), *more, f"-artifact_prefix={artifacts}/",
        f"-dict={HERE / 'dict' / target}.dict", f"-max_len={TARGETS[target]}", f"-max_total_time={TURN_SECONDS}",
        f"-timeout={HANGS_SECONDS}", "-rss_limit_mb=2048", "-print_final_stats=1",
    ]
    log = OUT / f"{target}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
        with LOCK:
            PROCESSES.add(process)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        with LOCK:
            PROCESSES.discard(process)
    text = log.read_text(errors="replace")
    executed = re.search(r"number_of_executed_units: (\d+)", text)
    cov = re.findall(r"cov: (\d+)", text)
    written = [Path(path).name for path in re.findall(r"Test unit written to (\S+)", text)]
    crashes = [name for name in written if not name.startswith("slow-unit-")]
    return {
        "target": target,
        "executions": int(executed[1]) if executed else 0,
        "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 1),
        "edges": int(cov[-1]) if cov else 0,
        "peak_mb": usage.ru_maxrss // 1024,
        "crash": crashes[-1] if crashes else None,
    }


def work(target):
    result = turn(target)
    with LOCK, TURNS.open("a") as out:
        print(json.dumps(result), file=out)
    if result["crash"]:
        (OUT / f"{target}.{result['crash']}.log").write_bytes((OUT / f"{target}.log").read_bytes())
        print(f"{target}: {result['crash']}", file=sys.stderr)


def stop(*_):
    STOPPED.set()
    for process in list(PROCESSES):
        process.send_signal(signal.SIGINT)


def run(minutes, at_once):
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        running = {}
        while not STOPPED.is_set():
            waiting = [t for t in TARGETS if t not in running.values() and minutes_of(t) < minutes]
            waiting.sort(key=minutes_of)
            for target in waiting[: at_once - len(running)]:
                running[pool.submit(work, target)] = target
            if not running:
                return
            done, _ = concurrent.futures.wait(running, timeout=5, return_when="FIRST_COMPLETED")
            for future in done:
                del running[future]
                future.result()


def report():
    print("| target | executions | processor minutes | edges reached | most memory (MB) | crashes |")
    print("|---|---|---|---|---|---|")
    for target in TARGETS:
        own = [t for t in turns() if t["target"] == target]
        executions = sum(t["executions"] for t in own)
        edges = max((t["edges"] for t in own), default=0)
        memory = max((t["peak_mb"] for t in own), default=0)
        crashes = sum(t["crash"] is not None for t in own)
        print(f"| {target} | {executions:,} | {minutes_of(target):.1f} | {edges:,} | {memory} | {crashes} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30, help="processor minutes for each target (30)")
    parser.add_argument("--at-once", type=int, default=2, help="processes at a time (2)")
    parser.add_argument("--built", action="store_true", help="run what was built before")
    parser.add_argument("--report", action="store_true", help="only print the figures")
    args = parser.parse_args()
    if not args.report:
        if not args.built:
            build()
        run(args.minutes, args.at_once)
    report()


if __name__ == "__main__":
    main()
