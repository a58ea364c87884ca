"""A model travels as the bytes of its file."""

from __future__ import annotations

import copy
import io
import multiprocessing
import pickle
from pathlib import Path

import demarche
import joblib
import pytest
from demarche import Classifier


def predict(job: tuple[Classifier, list[str]]) -> list[object]:
    model, texts = job
    labels: list[object] = model.predict(texts).tolist()
    return labels


def test_pickle_joblib_and_copies_are_the_same_model(stance: Classifier, texts: list[str]) -> None:
    file = io.BytesIO()
    joblib.dump(stance, file)
    pickled = [pickle.loads(pickle.dumps(stance, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
    for model in [*pickled, joblib.load(io.BytesIO(file.getvalue())), copy.copy(stance), copy.deepcopy(stance)]:
        assert model.to_bytes() == stance.to_bytes()
        assert model.predict(texts[:20]).tolist() == stance.predict(texts[:20]).tolist()


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_get_the_model(stance: Classifier, texts: list[str], method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip("not on this system")
    with multiprocessing.get_context(method).Pool(2) as pool:
        answers = pool.map(predict, [(stance, texts[:30]), (stance, texts[30:60])])
    assert answers[0] + answers[1] == stance.predict(texts[:60]).tolist()


def test_errors_travel_too() -> None:
    with pytest.raises(demarche.Error) as error:
        Classifier.load(b"no model")
    again = pickle.loads(pickle.dumps(error.value))
    assert type(again) is demarche.Error and str(again) == str(error.value)
    assert isinstance(again, ValueError)


def test_a_model_is_saved_whole_or_not_at_all(stance: Classifier, tmp_path: Path) -> None:
    stance.save(tmp_path / "a.model")
    assert Classifier.load(tmp_path / "a.model").to_bytes() == Classifier.load(str(tmp_path / "a.model")).to_bytes()
    with pytest.raises(demarche.Error, match="No such file"):
        stance.save(tmp_path / "nowhere" / "a.model")
    damaged = bytearray(stance.to_bytes())
    damaged[-1] ^= 1
    with pytest.raises(demarche.Error, match="model: not a usable model file: "):
        Classifier.load(bytes(damaged))
    with pytest.raises(TypeError, match=r"comes from Classifier\.load or Classifier\.train"):
        Classifier(stance)  # type: ignore[arg-type]
