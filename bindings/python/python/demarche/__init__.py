"""Stance and sentiment classification: who stands where toward negotiation, how strongly, and why.

>>> import demarche
>>> stance = demarche.Classifier.load("stance")
>>> stance.predict(["They agreed to resume the talks.", "We will never sit down with them."]).tolist()
['favor', 'against']

The same models, labels and numbers as the program `demarche`, whose path is `demarche.program()`.
"""

from ._article import Actor, Article, Duplicate, Statement, add_actors, read_article
from ._classifier import Classifier, Contribution, Explanation, Scores
from ._native import Error, __version__
from ._program import program
from ._table import classify

__all__ = [
    "Actor",
    "Article",
    "Classifier",
    "Contribution",
    "Duplicate",
    "Error",
    "Explanation",
    "Scores",
    "Statement",
    "__version__",
    "add_actors",
    "classify",
    "program",
    "read_article",
]
