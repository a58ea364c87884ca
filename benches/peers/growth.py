#!/usr/bin/env python3
"""How time and memory grow with the rows of a table, as an SVG plot and a Markdown table.

usage: growth.py SOURCE.csv PLOT.svg [--demarche PATH] [--rows 10000,100000,1000000] [--threads 2]
  Tables of short statements are drawn from SOURCE.csv (`text`, `label`) by make_scale.py. Trained: words-1-2 and hashed-1-2.
  Classified: with the models of the smallest table, so that the model is the same for all.
"""
import argparse
import math
import os
import subprocess
import sys
import tempfile

from compare import FOLDER, measure

SERIES = [
    ("train, exact", "#2563eb"),
    ("train, hashed", "#93b4f5"),
    ("classify, exact", "#c2410c"),
    ("classify, hashed", "#f0a882"),
]


def measured(args, folder):
    """(series, rows) -> what was measured."""
    found = {}
    models = {}
    for n in args.rows:
        table = os.path.join(folder, "rows.csv")
        subprocess.run([sys.executable, os.path.join(FOLDER, "make_scale.py"), args.source, table, str(n)], check=True)
        for name, features in (("exact", "words-1-2"), ("hashed", "hashed-1-2")):
            model = os.path.join(folder, f"{name}.{n}")
            threads = ["--threads", str(args.threads)]
            train = [args.demarche, "train", table, "--label", "label", "--features", features, *threads, "-o", model]
            found[f"train, {name}", n] = measure(train)
            first = models.setdefault(name, model)
            out = os.path.join(folder, "out.csv")
            found[f"classify, {name}", n] = measure([args.demarche, "classify", table, "--model", first, *threads, "-o", out])
        os.unlink(table)
    return found


def panel(found, rows, key, title, left):
    """One log-log chart, 360 wide."""
    values = [run[key] for run in found.values()]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(rows[0]), math.log10(rows[-1])
    x = lambda n: left + 60 + 270 * (math.log10(n) - first) / max(last - first, 1e-9)
    y = lambda v: 250 - 200 * (math.log10(v) - low) / max(high - low, 1)
    out = [f'<text x="{left + 60}" y="30" font-weight="600">{title}</text>']
    for power in range(low, high + 1):
        at = y(10.0**power)
        out.append(f'<line x1="{left + 60}" x2="{left + 330}" y1="{at:.1f}" y2="{at:.1f}" stroke="#8884"/>')
        out.append(f'<text x="{left + 54}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    for n in rows:
        out.append(f'<text x="{x(n):.1f}" y="270" text-anchor="middle">{n:,}</text>')
    for name, colour in SERIES:
        points = [(x(n), y(found[name, n][key])) for n in rows]
        path = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in points]
    return out


def plot(found, rows):
    body = panel(found, rows, "cpu", "CPU time, s", 0) + panel(found, rows, "peak", "peak memory, MB", 360)
    for i, (name, colour) in enumerate(SERIES):
        at = 60 + 165 * i
        body.append(f'<rect x="{at}" y="290" width="12" height="12" fill="{colour}"/><text x="{at + 18}" y="300">{name}</text>')
    style = "font: 12px system-ui, sans-serif; fill: #888"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 315" style="{style}">\n' + "\n".join(body) + "\n</svg>\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("plot")
    parser.add_argument("--demarche", default=os.path.join(FOLDER, "../../target/release/demarche"))
    parser.add_argument("--rows", type=lambda text: [int(n) for n in text.split(",")], default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measured(args, folder)
    with open(args.plot, "w", encoding="utf-8") as file:
        file.write(plot(found, args.rows))
    print("| rows | " + " | ".join(f"{name}: CPU s, wall s, MB" for name, _ in SERIES) + " |")
    print("|---:|" + "---:|" * len(SERIES))
    for n in args.rows:
        runs_of = [found[name, n] for name, _ in SERIES]
        cells = [f"{run['cpu']:.2f}, {run['wall']:.2f}, {run['peak']:.0f}" for run in runs_of]
        print(f"| {n:,} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
