"""Sentences from below, as the window says them in its language."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.gui.banner import Banner
from studio.gui.desktop import sentences
from studio.gui.desktop.sentences import CONTEXT, HOLE, Book, Template, told, told_error
from studio.plan.errors import Failure, Refusal, StudioError
from studio.plan.planfile import load_plan, parse_plan
from studio.runs.places import resources_folder

ROOT = Path(__file__).parents[3]
FOLDER = resources_folder() / "translations"
KINDS = json.loads((FOLDER / "sentences.json").read_text(encoding="utf-8"))


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load("studio_de", str(FOLDER))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def filled(template: str) -> str:
    return HOLE.sub(lambda hole: f"«{hole[1]}»", template)


def refused(tree: dict[str, object]) -> StudioError:
    with pytest.raises(Refusal) as caught:
        parse_plan(tree)
    return caught.value


def test_every_template_is_found_again(german: None) -> None:
    """With values in its holes each is said in the words of its own translation."""
    wrong = []
    for template in KINDS:
        wanted = filled(QCoreApplication.translate(CONTEXT, template))
        if told(filled(template)) != wanted:
            wrong.append((template, told(filled(template)), wanted))
    assert wrong == []


def test_every_template_has_a_word_to_find_it_by() -> None:
    Book.of([Template(text, kinds) for text, kinds in KINDS.items()])
    with pytest.raises(ValueError, match="no word tells"):
        Book.of([Template("{1}: {2}", "vv")])


def test_a_template_has_as_many_kinds_as_holes() -> None:
    assert [text for text, kinds in KINDS.items() if len(HOLE.findall(text)) != len(kinds)] == []


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("the disk is full", "die Festplatte ist voll"),
        ("the loss is not finite at step 1,200", "der Verlust ist in Schritt 1,200 nicht endlich"),
        ("the gradient is not finite at step 7", "der Gradient ist in Schritt 7 nicht endlich"),
        ("the rank is larger than q_proj itself and 3 more", "der Rang ist größer als q_proj selbst und 3 weitere"),
        ("this line is a list, not an object: [1]", "diese Zeile ist eine Liste, kein Objekt: [1]"),
        (
            "about 3 min, within 20 %, corrected by 1 earlier run",
            "etwa 3 min, auf 20 % genau, nach 1 früherem Lauf berichtigt",
        ),
        ("All of: Checkpointing on; Rank 8", "Alles davon: Neu rechnen; Rang 8"),
        ("give 'auto' or a number of at least 1", "richtig wäre 'auto' oder eine Zahl von mindestens 1"),
        ("/tmp/x y.jsonl, line 7", "/tmp/x y.jsonl, Zeile 7"),
        (
            "3 of 90 rows are left out; the completion is empty (/d.jsonl, line 4)",
            "3 von 90 Zeilen bleiben weg; die Antwort ist leer (/d.jsonl, Zeile 4)",
        ),
    ],
)
def test_holes_are_kept_or_told(german: None, english: str, expected: str) -> None:
    assert told(english) == expected


def test_a_whole_sentence_is_told_clause_by_clause(german: None) -> None:
    """As it lies in a file, or comes in a description's problems."""
    error = Failure("disk-full", "the disk is full", where="/a (b)", now="free some space and resume the run")
    assert (
        told(error.sentence)
        == told_error(error)
        == "die Festplatte ist voll (/a (b)): Platz schaffen und den Lauf fortsetzen."
    )


@pytest.mark.parametrize(
    "text", ["", "something that nobody ever wrote", "KeyError: 'x'", "/a/path: with colons: in it", "mein Text", "."]
)
def test_what_is_not_known_stays(german: None, text: str) -> None:
    assert told(text) == text


def test_a_value_that_looks_like_a_sentence_stays(german: None) -> None:
    """A column may have any name: only holes that hold our texts are told."""
    assert told("there is no dtype rank") == "es gibt keinen Zahlentyp rank"


def test_without_a_translation_english_stays(qapp: QApplication) -> None:
    assert told("the disk is full") == "the disk is full"


def test_the_language_may_change(qapp: QApplication) -> None:
    """What was matched before is not kept in the words of another language."""
    translator = QTranslator()
    assert translator.load("studio_de", str(FOLDER))
    assert told("line 7") == "line 7"
    qapp.installTranslator(translator)
    assert told("line 7") == "Zeile 7"
    qapp.removeTranslator(translator)
    assert told("line 7") == "line 7"


def test_the_most_literal_template_wins_whatever_the_order() -> None:
    texts = {"{1} is not {2}": "vv", "the {1} is not {2}": "vv", "the file {1} is not here": "v"}
    for order in (texts, dict(reversed(texts.items()))):
        book = Book.of([Template(text, kinds) for text, kinds in order.items()])
        first = next(it for it in book.candidates("the file x is not here") if it.holes("the file x is not here"))
        assert first.text == "the file {1} is not here"


def test_few_templates_are_tried(german: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are; and a sentence that was matched once is not matched again."""
    tried: list[str] = []
    holes = Template.holes
    monkeypatch.setattr(Template, "holes", lambda self, text: (tried.append(self.text), holes(self, text))[1])
    sentences._match.cache_clear()
    for _ in range(100):
        told("model.layers.0 is no kind of layer that an adapter fits")
        told("a reason that is not known to anybody here")
    assert 0 < len(tried) < 40


def test_real_refusals_of_plans(german: None, tmp_path: Path) -> None:
    data = {"train": "rows.jsonl"}
    assert told_error(refused({"model": "m", "data": data, "lora": {"rank": 0}})) == (
        "lora.rank kann nicht 0 sein: richtig wäre eine Zahl von mindestens 1."
    )
    assert told_error(refused({"model": "m", "data": data, "training": {"learning_rat": 1}})) == (
        "training.learning_rat ist keine Einstellung: gemeint ist vielleicht training.learning_rate."
    )
    assert told_error(refused({"model": "m", "data": {}})) == "der Plan nennt data.train nicht: data.train hinzufügen."
    (tmp_path / "plan.yaml").write_text("a: [")
    with pytest.raises(Refusal) as caught:
        load_plan(tmp_path / "plan.yaml")
    assert told_error(caught.value) == (
        f"der Plan ist kein gültiges YAML ({tmp_path}/plan.yaml, Zeile 1): die Datei dort berichtigen."
    )


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("lora", {"rank": "x"}), ("lora", {"rank": 1.5}), ("lora", {"dropout": 2}), ("lora", {"alpha": 0}), ("lora", {"variant": "y"}),
        ("lora", {"targets": 3}), ("training", {"learning_rate": float("nan")}), ("training", {"device": "gpu"}), ("training", 7),
        ("training", {"follow_load": "perhaps"}), ("data", {"train": ""}), ("data", {"template": "x" * 70000}),
        ("data", {"columns": 3}), ("evaluation", {"prompts": 3}), ("lora", {"overrides": [{"match": "*"}]}),
        ("lora", {"init": "pissa", "final_rank": 4}), ("data", {"max_length": 2**30}), ("saving", {"every_steps": 0}),
    ],
)  # fmt: skip
def test_whatever_is_wrong_with_a_setting_is_told(german: None, section: str, values: object) -> None:
    tree: dict[str, object] = {"model": "m", "data": {"train": "rows.jsonl"}}
    held = tree.get(section)
    tree[section] = held | values if isinstance(held, dict) and isinstance(values, dict) else values
    error = refused(tree)
    said = told_error(error)
    assert not re.search(r"\b(give|number|least|most|cannot|text|list|mapping|changes|shrink)\b", said), said
    assert error.where is None or error.where in said


def test_the_banner_speaks_german(qtbot: QtBot, german: None) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_error(
        Refusal("run-exists", "there is already something at the run's folder", where="/r", now="name a new folder")
    )
    assert banner.text() == "wo der Ordner des Laufs hin soll, liegt schon etwas (/r): einen neuen Ordner nennen."
    banner.show_error(Refusal("x", "nobody wrote this", now="nor that"))
    assert banner.text() == "nobody wrote this: nor that."


def test_the_window_shows_no_sentence_untold() -> None:
    """Every error that a panel shows goes through `told_error`; what is compared, logged or kept in a file stays English."""
    kept = {"session.py", "draft.py", "queue_control.py", "sentences.py"}
    files = sorted((ROOT / "studio" / "gui").rglob("*.py"))
    assert [path.name for path in files if path.name not in kept and re.search(r"\.sentence\b", path.read_text())] == []
