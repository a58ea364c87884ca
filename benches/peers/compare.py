#!/usr/bin/env python3
"""demarche against its fastest peers on the whole job, interleaved: each command once a round, round after round.

usage: compare.py TRAIN.csv TEST.csv [--demarche PATH] [--python PATH] [--rounds 5] [--json OUT.json]
  Tables have the columns `text` and `label` (`id` too, if you like). --python is one that has scikit-learn and vowpalwabbit
  (pip install scikit-learn vowpalwabbit); peers that are not installed are left out.

Prints medians. CPU s is user and system time of the whole process and its children, start-up included; peak MB is its largest
resident set. Peers get one thread (OMP_NUM_THREADS=1), demarche too unless a row says otherwise.
"""
import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

FOLDER = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = {**os.environ, **{f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}}


def measure(command):
    """Wall s, CPU s and peak MB of one run."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {process.returncode}: {errors.decode(errors='replace')[-400:]}")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024}


def has(python, module):
    return subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0


def jobs(args, folder):
    """Name -> (command of training, command of classifying, model, output), with the thread count in our names."""
    at = lambda name: os.path.join(folder, name)
    out = {}
    for features, name in (("words-1-2", "exact"), ("hashed-1-2", "hashed")):
        for threads in ("1", "2"):
            model, table = at(f"{name}{threads}.model"), at(f"{name}{threads}.csv")
            ours = [args.demarche]
            train = [*ours, "train", args.train, "--label", "label", "--features", features, "--threads", threads, "-o", model]
            classify = [*ours, "classify", args.test, "--model", model, "--threads", threads, "-o", table]
            out[f"demarche {name}, {threads} thread{'s' * (threads != '1')}"] = (train, classify, model, table)
    for name, module in (("sklearn", "sklearn"), ("vw", "vowpalwabbit")):
        if not has(args.python, module):
            print(f"{module} is not installed: left out", file=sys.stderr)
            continue
        script, model, table = os.path.join(FOLDER, f"{name}_peer.py"), at(f"{name}.model"), at(f"{name}.csv")
        train = [args.python, script, "train", args.train, model]
        out[name] = (train, [args.python, script, "classify", model, args.test, table], model, table)
    return out


def accuracy(test, table):
    csv.field_size_limit(1 << 30)
    with open(test, newline="", encoding="utf-8") as truth, open(table, newline="", encoding="utf-8") as answers:
        pairs = [(a["label"], b["predicted_label"]) for a, b in zip(csv.DictReader(truth), csv.DictReader(answers))]
    return 100 * sum(a == b for a, b in pairs) / len(pairs)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train")
    parser.add_argument("test")
    parser.add_argument("--demarche", default=os.path.join(FOLDER, "../../target/release/demarche"))
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        all_jobs = jobs(args, folder)
        runs = {(name, step): [] for name in all_jobs for step in ("train", "classify")}
        for _ in range(args.rounds):
            for name, (train, classify, _, _) in all_jobs.items():
                runs[name, "train"].append(measure(train))
                runs[name, "classify"].append(measure(classify))
        report = []
        for (name, step), found in runs.items():
            row = {"job": step, "tool": name, **{k: statistics.median(r[k] for r in found) for k in found[0]}}
            _, _, model, table = all_jobs[name]
            row["model"], row["accuracy"] = os.path.getsize(model) / 1e6, accuracy(args.test, table)
            report.append(row)
    peers = {(row["tool"], row["job"]): row["cpu"] for row in report if row["tool"] in ("sklearn", "vw")}
    print("| job | tool | CPU s | wall s | peak MB | model MB | accuracy | scikit-learn's CPU s / this | VW's / this |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
    for row in sorted(report, key=lambda row: row["job"], reverse=True):
        ratios = [peers.get((peer, row["job"])) for peer in ("sklearn", "vw")]
        ratios = [f"{peer / row['cpu']:.1f}x" if peer else "–" for peer in ratios]
        numbers = [f"{row['cpu']:.2f}", f"{row['wall']:.2f}", f"{row['peak']:.0f}", f"{row['model']:.1f}", f"{row['accuracy']:.2f}"]
        print("| " + " | ".join([row["job"], row["tool"], *numbers, *ratios]) + " |")
    if args.json:
        with open(args.json, "w", encoding="utf-8") as file:
            json.dump({"rounds": args.rounds, "rows": report}, file, indent=1)


if __name__ == "__main__":
    main()
