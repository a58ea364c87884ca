"""Writes student_t.json: tails and quantiles of Student's t distribution by scipy 1.17.1.

The tails are taken from the complement of the incomplete beta function: scipy.stats.t.sf is off by 3e-11 near 0, as the
arcus tangent shows for one degree of freedom.

    pip install scipy==1.17.1
    python generate_student_t.py
"""

import json
import pathlib

import scipy
from scipy import special, stats

assert scipy.__version__ == "1.17.1"
DF = (1, 1.5, 2, 4, 9, 14, 29, 99, 1000, 20000)


def two_sided(df, t):
    return special.betaincc(0.5, df / 2, t * t / (df + t * t))


def below(df, t):
    return two_sided(df, t) / 2 if t < 0 else 1 - two_sided(df, t) / 2


tails = [
    [df, t, two_sided(df, t), below(df, t)]
    for df in DF
    for t in (-30.0, -2.5, -0.3, 1e-6, 0.01, 0.5, 1.0, 1.9599, 4.2, 12.0)
]
quantiles = [
    [df, p, stats.t.ppf(p, df)]
    for df in DF
    for p in (0.0001, 0.025, 0.2, 0.4, 0.7, 0.95, 0.975, 0.9995)
]


def rows(table):
    return "[\n" + ",\n".join(json.dumps([float(x) for x in row]) for row in table) + "\n]"


path = pathlib.Path(__file__).with_name("student_t.json")
path.write_text(f'{{"tails": {rows(tails)}, "quantiles": {rows(quantiles)}}}\n')
