"""The automatic encoder: the model where it is quick and reads the language, its student where not, words elsewhere."""

from collections.abc import Sequence

import numpy as np
import pytest

from segment_core.artifacts import Fidelity, Progress, Step, Vectors, silent
from segment_core.encoders import automatic, full, models, onnx_int8, student
from segment_core.encoders.automatic import AutomaticOptions, encode
from segment_core.encoders.student import StudentOptions
from segment_core.errors import OptionError
from segment_core.messages import say

ENGLISH = ["The delivery was late and nobody told me.", "I love this coat, it is so warm.", "It was good value for me."]
CHINESE = ["味道不错，送得很快，会再来", "等了两个小时，饭都凉了", "分量很足，非常好吃"]
DUTCH = [
    "De levering was te laat en het was niet wat we hadden besteld.",
    "Ik was blij met de jas, die is warm en fijn.",
]
GERMAN = ["Die Lieferung kam viel zu spät an", "Eine sehr warme Jacke für den Winter", "Ich bin sehr zufrieden damit"]
MANY = [f"The delivery number {n} was late and nobody told me why." for n in range(6000)]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the full model take 90 s for MANY texts, and answer at once."""
    seconds = {True: 900.0, False: 90.0}
    monkeypatch.setattr(full, "tried", lambda texts, model=None: ("onnx_int8", seconds[len(texts[0].split()) > 40]))
    monkeypatch.setattr(onnx_int8, "encode", lambda texts, progress=silent: read("onnx_int8", texts, None))


def read(name: str, texts: Sequence[str], similarity: float | None) -> Vectors:
    found = None if similarity is None else Fidelity(3200, 800, similarity, 0.5, 0.5, 0.6)
    return Vectors(np.ones((len(texts), 2), dtype=np.float32), Step(name), say("Read."), found)


def taught(monkeypatch: pytest.MonkeyPatch, similarity: float) -> list[StudentOptions]:
    """Put a student of this fidelity in the place of ours, and return the list of what is asked of it."""
    asked: list[StudentOptions] = []

    def encode_(texts: Sequence[str], options: StudentOptions, progress: Progress = silent) -> Vectors:
        asked.append(options)
        return read("student", texts, similarity)

    monkeypatch.setattr(student, "encode", encode_)
    return asked


def test_english_is_read_by_the_model_and_its_time_is_told() -> None:
    made = encode(ENGLISH)
    assert made.made_by.name == "onnx_int8"
    assert str(made.reason) == (
        "3 texts in English: the full model, about 1 s, within the limit of 60 s; there are too few for a student."
    )
    assert 0 < made.seconds["onnx_int8"] < 60
    assert made.fidelity is None


@pytest.mark.usefixtures("slow")
def test_both_times_are_told_also_where_the_model_is_quick_enough() -> None:
    made = encode(MANY, AutomaticOptions(limit=100.0))
    assert made.made_by.name == "onnx_int8"
    assert made.seconds == pytest.approx({"onnx_int8": 90.0, "student": 64.6})
    assert str(made.reason) == (
        "6,000 texts in English: the full model, about 90 s, within the limit of 100 s; the student would take about "
        "65 s."
    )


def test_a_few_texts_are_read_by_the_model_however_little_time_there_is() -> None:
    made = encode(ENGLISH, AutomaticOptions(limit=0.0))
    assert made.made_by.name == "onnx_int8"
    assert str(made.reason) == (
        "3 texts in English: the full model, about 0 seconds; a student would hardly be quicker."
    )


@pytest.mark.usefixtures("slow")
def test_many_texts_are_read_by_the_student_and_both_times_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = taught(monkeypatch, 0.88)
    made = encode(MANY, AutomaticOptions(seed=7))
    assert made.made_by.name == "student"
    assert asked == [StudentOptions(opening=0, seed=7)]
    assert set(made.seconds) == {"onnx_int8", "student"}
    assert str(made.reason) == (
        "6,000 texts: the student, 88 % faithful, 65 seconds; the full model would take about 1.5 minutes."
    )


@pytest.mark.usefixtures("slow")
def test_the_student_is_given_the_openings_of_long_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = taught(monkeypatch, 0.8)
    made = encode([f"{text} It was the worst that I had in a year. {text} {text} {text}" for text in MANY])
    assert [options.opening for options in asked] == [student.OPENING]
    assert str(made.reason).startswith("6,000 long texts: the student, 80 % faithful, 695 seconds;")


@pytest.mark.usefixtures("slow")
def test_a_student_that_learned_too_little_does_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    taught(monkeypatch, 0.31)
    made = encode(MANY)
    assert made.made_by.name == "onnx_int8"
    assert made.fidelity is None
    assert str(made.reason) == (
        "6,000 texts: the full model, because a student of it would be only 31 % faithful; "
        "it takes about 1.5 minutes, the student 65 seconds."
    )


@pytest.mark.parametrize(
    "texts, said",
    [(CHINESE, "in Chinese"), (GERMAN, "do not look English"), (DUTCH, "do not look English")],
    ids=["zh", "de", "nl"],
)
@pytest.mark.parametrize("english", ["", "student"])
def test_other_languages_are_read_by_their_words(
    texts: list[str], said: str, english: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full, "tried", lambda *_: pytest.fail("the model need not be tried"))
    made = encode(texts, AutomaticOptions(english=english))
    assert made.made_by.name == "tfidf"
    assert said in str(made.reason)
    assert str(made.reason).endswith("the bundled model reads English.")


def test_many_texts_in_another_language_are_read_by_what_their_words_are_used_for() -> None:
    texts = [f"{GERMAN[n % 3]} {n}" for n in range(automatic.MANY)]
    made = encode(texts)
    assert made.made_by.name == "word2vec"
    assert "do not look English" in str(made.reason)


def test_what_english_is_read_by_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(full, "tried", lambda *_: pytest.fail("nothing is left to choose"))
    for name in ("onnx_int8", "sentence_transformer", "student", "tfidf"):
        assert encode(ENGLISH, AutomaticOptions(english=name)).made_by.name == name
    with pytest.raises(OptionError, match="there are: onnx_int8"):
        encode(ENGLISH, AutomaticOptions(english="nobody"))


def test_without_the_package_words_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automatic, "has", lambda package: False)
    made = encode(ENGLISH)
    assert (made.made_by.name, str(made.reason)) == (
        "tfidf",
        "Read by their words: sentence-transformers is not installed.",
    )


def test_without_the_bundled_model_words_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "BUNDLED_PACKAGE", "no_such_package")
    made = encode(ENGLISH)
    assert made.made_by.name == "tfidf"
    assert "pip install" in str(made.reason)


def test_the_seed_is_passed_on() -> None:
    assert encode(CHINESE, AutomaticOptions(seed=7)).made_by.options["seed"] == 7


def test_one_student_is_chosen_for_the_same_texts() -> None:
    assert student.fitted(MANY, StudentOptions()) == student.fitted(MANY[::-1], StudentOptions())
