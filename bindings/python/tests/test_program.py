"""The package and the program say the same."""

from __future__ import annotations

import json
from pathlib import Path

import demarche
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from conftest import ARTICLES, REPOSITORY, STATEMENTS, Run, lines
from demarche import Classifier


def test_the_program_is_the_one_of_this_package(run: Run) -> None:
    assert run("--version").split() == ["demarche", demarche.__version__]


def test_labels_and_probabilities_are_those_of_the_program_to_the_last_bit(
    run: Run, texts: list[str], stance: Classifier, sentiment: Classifier
) -> None:
    answers = lines(run("classify", STATEMENTS, "--format", "jsonl"))
    assert len(answers) == len(texts) > 500
    for model in (stance, sentiment):
        scores = model.score_statements(texts)
        expected = [answer[model.name] for answer in answers]
        assert scores.label.tolist() == [answer["label"] for answer in expected]
        assert scores.score.tolist() == [answer["score"] for answer in expected]
        assert scores.probabilities.tolist() == [list(answer["probabilities"].values()) for answer in expected]
        assert list(expected[0]["probabilities"]) == model.labels


@pytest.mark.parametrize("kind", ["pandas", "arrow"])
def test_a_table_gets_the_columns_that_the_program_gives_it(run: Run, tmp_path: Path, kind: str) -> None:
    table = pd.read_csv(STATEMENTS, dtype=str).head(50)
    table.loc[3, "text"] = None
    table.to_csv(tmp_path / "table.csv", index=False)
    expected = pd.read_csv(pd.io.common.StringIO(run("classify", tmp_path / "table.csv")))
    given = table if kind == "pandas" else pa.Table.from_pandas(table)
    scored = demarche.classify(given)
    found = scored if isinstance(scored, pd.DataFrame) else scored.to_pandas()
    assert type(scored) is type(given) and found.columns.tolist() == expected.columns.tolist()
    assert "predicted_stance" in found and "stance_score" in found
    for name in found.columns[len(table.columns) :]:
        if found[name].dtype == object:
            assert found[name].fillna("").tolist() == expected[name].fillna("").tolist(), name
        else:
            assert np.allclose(found[name], expected[name], atol=5.1e-5, equal_nan=True), name
            assert np.isnan(found[name][3])


@pytest.mark.parametrize(
    ("settings", "flags"),
    [
        ({}, []),
        ({"learner": "nb-svm", "c": 0.5, "seed": 3}, ["--learner", "nb-svm", "--c", "0.5", "--seed", "3"]),
        (
            {"features": "stems-1-2", "search": True, "balanced": True, "folds": 3, "calibration": "sigmoid"},
            ["--features", "stems-1-2", "--search", "--balanced", "--folds", "3", "--calibration", "sigmoid"],
        ),
        ({"features": "words-1", "compress": 0.5}, ["--features", "words-1", "--compress=0.5"]),
        ({"features": "words-1", "max_memory": 10**9}, ["--features", "words-1", "--max-memory", "1G"]),
    ],
)
def test_training_makes_the_bytes_that_the_program_makes(
    run: Run, tmp_path: Path, rows: list[dict[str, str]], settings: dict[str, object], flags: list[str]
) -> None:
    run("train", STATEMENTS, "--label", "sentiment", "--group", "conflict", *flags, "-o", tmp_path / "its.model")
    columns = {name: [row[name] for row in rows] for name in ("text", "sentiment", "conflict")}
    model = Classifier.train(columns["text"], columns["sentiment"], groups=columns["conflict"], **settings)
    assert model.to_bytes() == (tmp_path / "its.model").read_bytes()
    model.save(tmp_path / "ours.model")
    assert (tmp_path / "ours.model").read_bytes() == model.to_bytes()
    assert "n_features" in run("inspect", tmp_path / "ours.model", "--format", "json")


def test_names_that_take_too_much_memory_are_hashed_with_a_warning(run: Run, tmp_path: Path) -> None:
    table = pd.DataFrame({"text": [f"w{at % 30000:040}" for at in range(60000)], "label": ["pro", "con"] * 30000})
    table.to_csv(tmp_path / "table.csv", index=False)
    settings = {"features": "words-1", "calibration": "softmax"}
    with pytest.warns(UserWarning, match=r"more than 22 MB after .* rows.*; columns are hashed to 2\^22, without names"):
        model = Classifier.train(table["text"], table["label"], max_memory=22_000_000, **settings)
    flags = ["--label", "label", "--features", "words-1", "--calibration", "softmax", "--max-memory", "22M"]
    run("train", tmp_path / "table.csv", *flags, "-o", tmp_path / "its.model")
    assert model.to_bytes() == (tmp_path / "its.model").read_bytes()
    with pytest.raises(demarche.Error, match="training would take more than 17 MB"):
        Classifier.train(table["text"], table["label"], max_memory=17_000_000, **settings)
    with pytest.raises(demarche.Error, match="max_memory: expected a number of bytes above 0, found 0"):
        Classifier.train(table["text"], table["label"], max_memory=0)


def test_labels_that_are_no_stances_have_no_score_and_the_name_of_their_column(
    run: Run, tmp_path: Path, rows: list[dict[str, str]]
) -> None:
    run("train", STATEMENTS, "--label", "genre", "-o", tmp_path / "its.model")
    texts = [row["text"] for row in rows]
    model = Classifier.train(texts, [row["genre"] for row in rows], name="genre")
    assert model.to_bytes() == (tmp_path / "its.model").read_bytes()
    assert model.polarity is None and np.isnan(model.score_statements(texts).score).all()
    with pytest.raises(demarche.Error, match="expected labels with polarity"):
        model.predict_score(texts)
    table = demarche.classify(pd.DataFrame(rows), models=[model])
    assert "genre_score" not in table and table["predicted_genre"].tolist() == model.predict(texts).tolist()


def test_targets_have_weights_of_their_own_as_in_the_program(
    run: Run, tmp_path: Path, rows: list[dict[str, str]]
) -> None:
    table = pd.DataFrame(rows).assign(toward=["the talks" if at % 2 else " a truce " for at in range(len(rows))])
    table.to_csv(tmp_path / "table.csv", index=False)
    run("train", tmp_path / "table.csv", "--target", "toward", "-o", tmp_path / "its.model")
    texts, targets = table["text"], table["toward"]
    model = Classifier.train(texts, table["stance"], targets=targets)
    assert model.to_bytes() == (tmp_path / "its.model").read_bytes() and model.targets == ["a truce", "the talks"]
    files = [tmp_path / "table.csv", "--model", tmp_path / "its.model"]
    answers = lines(run("classify", *files, "--target", "toward", "--format", "jsonl"))
    scores = model.score_statements(texts, targets=targets)
    assert scores.score.tolist() == [answer["stance"]["score"] for answer in answers]
    assert (scores.score != model.predict_score(texts)).mean() > 0.5
    scored = demarche.classify(table, models=[model], target="toward")
    assert scored["stance_weights"].tolist() == [answer["stance"]["weights"] for answer in answers]


@pytest.mark.parametrize("article", ["april_talks.txt", "doha_captives_wire.txt", "island_truce.txt"])
def test_an_article_is_what_the_program_prints(run: Run, article: str) -> None:
    path = ARTICLES / article
    [expected] = json.loads(run("classify", path, "--format", "json"))["documents"]
    assert demarche.read_article(path).to_dict() == expected


def test_explanations_and_inspections_are_the_programs(run: Run, stance: Classifier, sentiment: Classifier) -> None:
    text = "They will never agree to sit down with the junta."
    printed = json.loads(run("explain", text, "--format", "json"))
    found = stance.explain(text)
    expected = next(e for e in _explanations(printed) if e["label"] == found.label)
    assert found.decision == expected["decision"] and found.intercept == expected["intercept"]
    for part, printed_part in zip(found.features, expected["features"], strict=True):
        # Values are 32 bits wide, which JSON spells with fewer digits.
        assert part._replace(value=0) == (*{**printed_part, "value": 0}.values(),)
        assert np.float32(part.value) == np.float32(printed_part["value"])
    assert found.decision == pytest.approx(found.intercept + sum(f.contribution for f in found.features))
    printed = json.loads(run("inspect", "sentiment", "--format", "json", "--top", "5"))
    assert sentiment.inspect(5) == printed and len(printed["top_features"]["positive"]) == 5


def _explanations(printed: object) -> list[dict[str, object]]:
    """All objects with a decision in what `explain` prints."""
    if isinstance(printed, dict):
        own = [printed] if "decision" in printed else []
        return own + [e for value in printed.values() for e in _explanations(value)]
    if isinstance(printed, list):
        return [e for value in printed for e in _explanations(value)]
    return []


def test_refusals_have_the_words_of_the_program(refusal: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.model").write_bytes(b"no model")
    for path in (tmp_path / "bad.model", tmp_path / "none.model"):
        with pytest.raises(demarche.Error) as error:
            Classifier.load(path)
        assert str(error.value) == refusal("inspect", path)
    with pytest.raises(demarche.Error) as error:
        Classifier.train(["a", "b"], ["x", "y"], features="no-such-set")
    assert str(error.value) == refusal("train", STATEMENTS, "-o", tmp_path / "m", "--features", "no-such-set")
    with pytest.raises(demarche.Error) as error:
        Classifier.train(["a", "b"], ["x", "y"], c=-1.0)
    assert str(error.value) == refusal("train", STATEMENTS, "-o", tmp_path / "m", "--c=-1")
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04")
    with pytest.raises(demarche.Error) as error:
        demarche.read_article(tmp_path / "a.docx")
    assert str(error.value) == refusal("classify", tmp_path / "a.docx")


def test_a_shipped_model_is_its_file(stance: Classifier, sentiment: Classifier) -> None:
    for model in (stance, sentiment):
        path = REPOSITORY / "models" / model.name / "model.safetensors"
        assert model.to_bytes() == path.read_bytes()
        assert Classifier.load(path).labels == model.labels
