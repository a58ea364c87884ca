"""The estimator does what scikit-learn expects of one that takes texts."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import demarche
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from demarche.sklearn import DemarcheClassifier
from sklearn.base import clone, is_classifier
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import VotingClassifier
from sklearn.exceptions import NotFittedError
from sklearn.metrics import f1_score
from sklearn.model_selection import GridSearchCV, StratifiedKFold, cross_val_predict, cross_val_score
from sklearn.pipeline import FunctionTransformer, Pipeline, make_pipeline
from sklearn.utils import estimator_checks


@pytest.fixture(scope="module")
def labeled(rows: list[dict[str, str]]) -> tuple[list[str], list[str]]:
    return [row["text"] for row in rows], [row["stance"] for row in rows]


def fast(**settings: Any) -> DemarcheClassifier:
    return DemarcheClassifier("words-1", calibration="softmax", **settings)


@pytest.mark.parametrize(
    "check",
    [
        estimator_checks.check_do_not_raise_errors_in_init_or_set_params,
        estimator_checks.check_estimator_cloneable,
        estimator_checks.check_estimator_repr,
        estimator_checks.check_estimator_tags_renamed,
        estimator_checks.check_get_params_invariance,
        estimator_checks.check_mixin_order,
        estimator_checks.check_no_attributes_set_in_init,
        estimator_checks.check_parameters_default_constructible,
        estimator_checks.check_set_params,
        estimator_checks.check_valid_tag_types,
    ],
    ids=lambda check: check.__name__,
)
def test_the_checks_of_scikit_learn_that_need_no_numbers_pass(check: Callable[..., None]) -> None:
    check("DemarcheClassifier", DemarcheClassifier())


def test_settings_are_read_and_written_and_cloned() -> None:
    model = DemarcheClassifier(features="stems-1-2", c=0.5, balanced=True)
    assert clone(model).get_params() == model.get_params()
    assert model.set_params(c=2.0, learner="svm") is model and (model.c, model.learner) == (2.0, "svm")
    with pytest.raises(ValueError, match="Invalid parameter 'depth'"):
        model.set_params(depth=3)
    assert "c=2.0" in repr(model) and is_classifier(model)


def test_classes_are_sorted_and_columns_follow_them(labeled: tuple[list[str], list[str]]) -> None:
    texts, labels = labeled
    model = DemarcheClassifier().fit(texts, labels)
    assert model.classes_.tolist() == ["against", "favor", "neutral"] != model.classifier_.labels
    probabilities = model.predict_proba(texts)
    assert probabilities.shape == (len(texts), 3) == model.decision_function(texts).shape
    assert model.classes_[probabilities.argmax(axis=1)].tolist() == model.predict(texts).tolist()
    assert model.predict(texts).tolist() == model.classifier_.predict(texts).tolist()
    assert model.score(texts, labels) == np.mean(model.predict(texts) == labels) > 0.9
    np.testing.assert_allclose(np.exp(model.predict_log_proba(texts)), probabilities)
    assert model.n_features_in_ == 1 and model.classifier_.to_bytes() == demarche.Classifier.train(texts, labels).to_bytes()


@pytest.mark.parametrize(
    ("classes", "kind"),
    [((0, 1), int), ((-1, 10, 9), int), ((False, True), bool), (("pro", "con"), str), (("Z", "a", "B"), str)],
)
def test_classes_keep_their_kind_and_spelling(classes: tuple[Any, ...], kind: type) -> None:
    texts = ["agreed", "refused", "rained"][: len(classes)] * 4
    y = list(classes) * 4
    model = fast().fit(texts, y)
    assert model.predict(texts).tolist() == y and isinstance(model.predict(texts).tolist()[0], kind)
    assert model.classes_.tolist() == sorted(classes) and model.score(texts, y) == 1.0
    decisions = model.decision_function(texts)
    if len(classes) == 2:
        assert decisions.shape == (len(texts),)
        assert model.classes_[(decisions > 0).astype(int)].tolist() == y
    else:
        assert model.classes_[decisions.argmax(axis=1)].tolist() == y


def test_it_works_in_pipelines_and_searches(labeled: tuple[list[str], list[str]]) -> None:
    texts, labels = labeled
    lower = FunctionTransformer(lambda column: [text.lower() for text in column])
    pipeline = Pipeline([("lower", lower), ("model", fast())])
    search = GridSearchCV(pipeline, {"model__c": [0.01, 1.0], "model__learner": ["logistic", "nb-svm"]}, cv=3, scoring="f1_macro")
    search.fit(texts, labels)
    assert search.best_params_["model__c"] == 1.0 and search.predict(texts[:3]).shape == (3,)
    scores = search.cv_results_["mean_test_score"]
    assert scores.max() > scores.min() and scores.max() > 0.5


def test_cross_validation_agrees_with_fits_by_hand(labeled: tuple[list[str], list[str]]) -> None:
    texts, labels = np.array(labeled[0], dtype=object), np.array(labeled[1])
    folds = StratifiedKFold(3)
    by_hand = []
    for fit, held_out in folds.split(texts, labels):
        model = fast().fit(texts[fit], labels[fit])
        by_hand.append(f1_score(labels[held_out], model.predict(texts[held_out]), average="macro"))
    scores = cross_val_score(fast(), texts, labels, cv=folds, scoring="f1_macro")
    np.testing.assert_allclose(scores, by_hand)
    assert cross_val_score(fast(), pd.Series(texts), pd.Series(labels), cv=folds, n_jobs=2).mean() > 0.5
    assert cross_val_predict(fast(), texts, labels, cv=folds, method="predict_proba").shape == (len(texts), 3)
    assert cross_val_score(fast(), texts, labels, cv=folds, scoring="neg_log_loss").max() < 0


def test_it_works_beside_others(labeled: tuple[list[str], list[str]]) -> None:
    texts, labels = labeled[0][:200], labeled[1][:200]
    vote = VotingClassifier([("a", fast()), ("b", fast(learner="naive-bayes"))], voting="soft").fit(texts, labels)
    assert vote.score(texts, labels) > 0.8
    column = ColumnTransformer([("text", "passthrough", ["text"])])
    assert make_pipeline(column, fast()).fit(pd.DataFrame({"text": texts, "n": 1}), labels).score(
        pd.DataFrame({"text": texts, "n": 1}), labels
    ) > 0.8
    calibrated = CalibratedClassifierCV(fast(), cv=2).fit(np.array(texts, dtype=object), labels)
    assert calibrated.predict_proba(np.array(texts, dtype=object)).shape == (200, 3)


def test_texts_may_be_in_arrow(labeled: tuple[list[str], list[str]]) -> None:
    texts, labels = labeled
    plain, arrow = fast().fit(texts, labels), fast().fit(pa.array(texts), pa.array(labels))
    assert plain.classifier_.to_bytes() == arrow.classifier_.to_bytes()
    assert arrow.predict(pd.Series(texts, dtype="string[pyarrow]")).tolist() == plain.predict(texts).tolist()


def test_it_is_pickled_and_groups_stay_together(labeled: tuple[list[str], list[str]], rows: list[dict[str, str]]) -> None:
    texts, labels = labeled
    groups = [row["conflict"] for row in rows]
    model = DemarcheClassifier("words-1").fit(texts, labels, groups=groups)
    again = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(again.predict_proba(texts), model.predict_proba(texts))
    assert model.classifier_.to_bytes() == demarche.Classifier.train(texts, labels, groups=groups, features="words-1").to_bytes()


def test_what_is_missing_is_an_error_and_what_is_empty_is_not() -> None:
    model = fast().fit(["agreed", "refused"] * 3, [1, 0] * 3)
    assert set(model.predict(["", " "]).tolist()) <= {0, 1} and not np.isnan(model.predict_proba([""])).any()
    for X in (["a", None], pd.Series(["a", np.nan]), pa.array(["a", None])):
        with pytest.raises(demarche.Error, match=r"X\[1\]: expected a text, found a missing value"):
            model.predict(X)
        with pytest.raises(demarche.Error, match=r"X\[1\]"):
            fast().fit(X, [0, 1])
    for y in ([1, None], ["a", np.nan]):
        with pytest.raises(ValueError, match="missing value|NaN"):
            fast().fit(["a", "b"], np.array(y, dtype=object))
    with pytest.raises(demarche.Error, match="expected two or more classes, found 1"):
        fast().fit(["a", "b"], [1, 1])
    with pytest.raises(demarche.Error, match="expected classes that differ in meaning"):
        fast().fit(["a", "b", "c"], ["favor", "Favor", "against"])
    with pytest.raises(ValueError, match="continuous"):
        fast().fit(["a", "b"], [0.25, 1.5])
    with pytest.raises(NotFittedError):
        fast().predict(["a"])
