"""Articles: statements, spans, actors, and where an article may come from."""

from __future__ import annotations

import datetime
import gzip
import subprocess
import sys
from pathlib import Path

import demarche
import pytest
from conftest import ARTICLES
from demarche import Classifier

TEXT = """Séances à Genève

Der Außenminister 🕊 of Ruritania, Émile Ørsted, said on Monday: “We accept the offer of talks.”

The rebels refused to meet him. The rebels said they would fight on. “We accept the offer of talks.”
"""


def test_spans_are_what_python_slices_by_and_offsets_what_the_program_counts() -> None:
    article = demarche.read_article(TEXT)
    encoded = article.text.encode()
    assert article.statements and not article.text.isascii()
    for found in [*article.statements, *article.duplicates]:
        assert article.text[found.span] == found.text
        assert encoded[found.start : found.end].decode() == found.text
    assert any(found.span.start != found.start for found in article.statements)


def test_duplicates_have_spans_too() -> None:
    article = demarche.read_article(ARTICLES / "april_talks.txt")
    assert len(article.duplicates) == 8
    assert all(article.text[found.span] == found.text for found in article.duplicates)


def test_speakers_holders_and_actors_are_named() -> None:
    article = demarche.read_article(ARTICLES / "april_talks.txt")
    peskov = next(s for s in article.statements if s.speaker == "Dmitri S. Peskov")
    assert (peskov.holder, peskov.holders) == ("Russia", ["Russia"])
    assert set(peskov.answers) == {"stance", "sentiment"} and set(peskov.answers["stance"]["probabilities"]) == {
        "against",
        "neutral",
        "favor",
    }
    actors = {actor.name: actor for actor in article.actors}
    assert actors["Ukraine"].kind == "state" and "Volodymyr Zelensky" in actors["Ukraine"].speakers
    low, high = actors["Ukraine"].opinions["stance"]["interval"]
    assert low <= actors["Ukraine"].opinions["stance"]["score"] <= high
    assert [a.statements for a in article.actors] == sorted((a.statements for a in article.actors), reverse=True)


def test_an_article_may_be_a_text_a_file_or_its_bytes(tmp_path: Path) -> None:
    path = ARTICLES / "april_talks.txt"
    packed = tmp_path / "april_talks.txt.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    expected = demarche.read_article(path).statements
    for source in (path.read_text(encoding="utf-8"), path.read_bytes(), packed):
        found = demarche.read_article(source, name=str(path)).statements
        assert found == expected
    page = demarche.read_article(b"<html><title>Talks | Wire</title><nav>Home</nav><h1>Talks</h1><p>They met.<p>They ate.")
    assert page.title == "Talks" and [s.text for s in page.statements] == ["Talks", "They met.", "They ate."]
    latin = demarche.read_article("They met in Orléans.".encode("latin-1"))
    assert latin.encoding == "not UTF-8, read as windows-1252" and latin.statements[0].text == "They met in Orléans."


def test_what_is_known_from_outside_goes_first() -> None:
    for date in ("2024-05-06", datetime.date(2024, 5, 6), datetime.datetime(2024, 5, 6, 7, 8)):
        article = demarche.read_article("They met.", name="a", title="A meeting", date=date, byline="By Ann Roe")
        assert (article.document, article.title, article.byline) == ("a", "A meeting", "Ann Roe")
        assert article.date == datetime.date(2024, 5, 6)
    with pytest.raises(demarche.Error, match='parameter `date`: expected a date, such as 2019-01-24, found "soon"'):
        demarche.read_article("They met.", date="soon")


def test_one_model_answers_alone(stance: Classifier) -> None:
    article = stance.read_article(TEXT)
    assert all(set(s.answers) == {"stance"} for s in article.statements)
    assert [s.answers["stance"]["label"] for s in article.statements] == stance.predict(
        [s.text for s in article.statements]
    ).tolist()


def test_a_frame_has_a_row_a_statement() -> None:
    article = demarche.read_article(TEXT)
    frame = article.to_frame()
    assert len(frame) == len(article.statements) and frame["text"].tolist() == [s.text for s in article.statements]
    assert {"speaker", "holder", "stance", "stance_score", "stance_favor", "sentiment_positive"} <= set(frame)
    assert len(demarche.read_article("").to_frame()) == 0


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(demarche.Error, match=r"none\.txt: No such file"):
        demarche.read_article(tmp_path / "none.txt")
    with pytest.raises(demarche.Error, match="-:1: expected text, found binary data"):
        demarche.read_article(b"a\0b")


def test_actors_of_ones_own_are_added_before_the_first_article(tmp_path: Path) -> None:
    table = tmp_path / "actors.csv"
    table.write_text("name,kind,adjectives,aliases\nZubrowka,state,Zubrowkan,\n", encoding="utf-8")
    code = f"""if True:
        import demarche
        demarche.add_actors({str(table)!r})
        print(demarche.read_article("The Zubrowkan minister refused to meet.").statements[0].holder)
        try:
            demarche.add_actors({str(table)!r})
        except demarche.Error as error:
            print(error)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    holder, error = done.stdout.splitlines()
    assert holder == "Zubrowka" and "before the first article is read" in error
