"""Writes agreement.json: Krippendorff's alpha of the package krippendorff 0.9.0 on small made-up labels.

    pip install krippendorff==0.9.0
    python generate_agreement.py

Agreement overall and by class is counted here, pair by pair, from its definition. Undefined figures are null.
"""

import itertools
import json
import pathlib

import krippendorff
import numpy as np

rng = np.random.default_rng(7)


def alpha(units, level, k):
    data = np.array([[np.nan if v is None else v for v in unit] for unit in units], dtype=float).T
    paired = [unit for unit in units if sum(v is not None for v in unit) >= 2]
    if len({v for unit in paired for v in unit if v is not None}) < 2:
        return None
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement=level, value_domain=list(range(k))))


def case(name, units, k):
    shares, equal, all_ = [], [0.0] * k, [0.0] * k
    for unit in units:
        labels = [v for v in unit if v is not None]
        if len(labels) < 2:
            continue
        pairs = list(itertools.permutations(labels, 2))
        shares.append(sum(a == b for a, b in pairs) / len(pairs))
        for a, b in pairs:
            all_[a] += 1 / (len(labels) - 1)
            equal[a] += (a == b) / (len(labels) - 1)
    return {
        "name": name,
        "n_classes": k,
        "units": units,
        "nominal": alpha(units, "nominal", k),
        "interval": alpha(units, "interval", k),
        "agreement": sum(shares) / len(shares) if shares else None,
        "class_agreement": [e / a if a else None for e, a in zip(equal, all_)],
    }


def random(n, coders, k, noise, gaps):
    units = []
    for truth in rng.integers(k, size=n):
        unit = [int(rng.integers(k)) if rng.random() < noise else int(truth) for _ in range(coders)]
        units.append([None if rng.random() < gaps else v for v in unit])
    return units


# Four coders, twelve units, with gaps.
gaps = [
    [0, 0, None, 0], [1, 1, 2, 1], [2, 2, 2, 2], [2, 2, 2, 2], [1, 1, 1, 1], [0, 1, 2, 3],
    [3, 3, 3, 3], [0, 0, 1, 0], [1, 1, 1, 1], [None, 4, 4, 4], [None, None, 0, 0], [None, None, 2, None],
]  # fmt: skip
cases = [
    case("gaps", gaps, 5),
    case("two coders", random(40, 2, 3, 0.3, 0.0), 3),
    case("two coders, two classes", random(25, 2, 2, 0.2, 0.0), 2),
    case("five coders with gaps", random(60, 5, 4, 0.5, 0.3), 4),
    case("chance", random(50, 2, 3, 1.0, 0.0), 3),
    case("all agree", [[i % 3, i % 3] for i in range(9)], 3),
    case("one label", [[1, 1], [1, 1]], 3),
    case("opposed", [[0, 2], [2, 0], [0, 2]], 3),
]
path = pathlib.Path(__file__).with_name("agreement.json")
path.write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
