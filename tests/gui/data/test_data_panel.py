"""The data panel: the file, and each row as the model reads it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QTextCharFormat
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton, QTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from studio.gui.data.data_panel import DataPanel
from studio.gui.data.facts import refusal_of_rows
from studio.plan.errors import Refusal
from studio.plan.plan import Plan
from tests.gui.data.answers import statistics

PREVIEW = {
    "format": "prompt-completion",
    "total_rows": 2000,
    "longest_tokens": 40,
    "truncated_rows": 1,
    "rows": [
        {"place": "line 1", "segments": [{"text": "One?\n", "trained": False}, {"text": "Two</s>", "trained": True}],
         "tokens": 8, "trained_tokens": 2, "truncated": False, "problem": None},
        {"place": "line 2", "segments": [], "tokens": 0, "trained_tokens": 0, "truncated": False, "problem": "nothing to learn"},
    ],
}  # fmt: skip


@pytest.fixture
def plan() -> Plan:
    return Plan.model_validate(
        {"model": "/m", "data": {"train": "/data/first.jsonl", "format": "chat", "columns": {"a": "b"}}}
    )


@pytest.fixture
def panel(qtbot: QtBot, plan: Plan) -> DataPanel:
    made = DataPanel()
    qtbot.addWidget(made)
    made.show_plan(plan)
    made.show_choices(["/data/first.jsonl", "/data/second.csv"])
    return made


def texts(panel: DataPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if not label.isHidden()]


def formats(view: QTextEdit) -> dict[str, QTextCharFormat]:
    """The look of each run of letters, by its text."""
    found = {}
    block = view.document().begin()
    while block.isValid():
        for piece in block:
            found[piece.fragment().text()] = piece.fragment().charFormat()
        block = block.next()
    return found


def test_learnt_read_and_cut_are_told_apart_by_more_than_colour(panel: DataPanel) -> None:
    row = PREVIEW["rows"][0] | {
        "segments": [
            {"text": "<s>", "trained": False, "special": True},
            {"text": "One?\n", "trained": False},
            {"text": "Two", "trained": True},
            {"text": "three", "trained": True, "cut": True},
        ]
    }
    panel.show_preview(PREVIEW | {"rows": [row]})
    view = panel.findChild(QTextEdit, "dataPreview")
    assert view.toPlainText() == "<s>One?⏎\nTwothree"
    looks = formats(view)
    assert {text for text, look in looks.items() if look.fontUnderline()} == {"Two"}
    assert {text for text, look in looks.items() if look.fontStrikeOut()} == {"three"}
    assert {text for text, look in looks.items() if look.background().style() != Qt.BrushStyle.NoBrush} == {"<s>"}


def test_the_first_rows_are_the_facts_until_all_are_read(panel: DataPanel) -> None:
    panel.show_preview(PREVIEW)
    first = "2,000 rows · longest 40 tokens · 1 cut · 25\u00a0% of tokens learnt · seen in the first 2"
    assert first in texts(panel)
    panel.show_statistics(statistics())
    assert "7 rows · longest 90 tokens · 2 cut · 45\u00a0% of tokens learnt" in texts(panel)
    panel.show_statistics(None)
    assert first in texts(panel)


def test_rows_that_cannot_be_learnt_are_a_link_to_the_first_of_them(qtbot: QtBot, panel: DataPanel, plan: Plan) -> None:
    panel.show_preview(PREVIEW)
    panel.show_statistics(statistics())
    link = panel.findChild(QLabel, "badRowsLink")
    assert "3 rows cannot be learnt" in link.text()
    panel.show_problem(refusal_of_rows(statistics(), skipped=False))
    assert sum("cannot be learnt" in text for text in texts(panel)) == 1
    with qtbot.waitSignal(panel.lensRequested) as asked:
        link.linkActivated.emit("#rows")
    assert asked.args == [2]
    panel.show_plan(plan.with_values(data=plan.data.with_values(bad_rows="skip")))
    assert "3 rows cannot be learnt, left out" in link.text()


def test_the_button_opens_the_data_window_as_it_stands(qtbot: QtBot, panel: DataPanel) -> None:
    with qtbot.waitSignal(panel.lensRequested) as asked:
        panel.findChild(QPushButton, "lensButton").click()
    assert asked.args == [None]


def test_the_rows_are_walked_through(panel: DataPanel) -> None:
    panel.show_preview(PREVIEW)
    back, on = panel.findChildren(QToolButton)
    assert not back.isEnabled()
    on.click()
    assert "nothing to learn" in panel.findChild(QTextEdit, "dataPreview").toPlainText()
    assert not on.isEnabled()


def test_reading_again_leaves_the_row_in_sight(panel: DataPanel, plan: Plan) -> None:
    panel.show_preview(PREVIEW)
    panel.show_plan(plan.with_values(data=plan.data.with_values(max_length=64)))
    panel.show_preview(None)
    assert panel.findChild(QTextEdit, "dataPreview").toPlainText() != ""
    panel.show_plan(plan.with_values(data=plan.data.with_values(train="/data/other.jsonl")))
    panel.show_preview(None)
    assert panel.findChild(QTextEdit, "dataPreview").toPlainText() == ""
    assert "Reading the data…" in texts(panel)


def test_a_data_set_of_the_hub_is_typed(qtbot: QtBot, panel: DataPanel) -> None:
    picker, edit = panel.findChild(QComboBox, "datasetPicker"), panel.findChild(QLineEdit, "datasetHubEdit")
    assert edit.isHidden()
    picker.activated.emit(picker.findText("Type a Hub data set…"))
    assert not edit.isHidden()
    edit.setText("owner/name:train")
    with qtbot.waitSignal(panel.planEdited) as edited:
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edited.args[0].data.train == "hub:owner/name:train"
    panel.show_plan(edited.args[0])
    assert picker.currentText() == "hub:owner/name:train"


def test_a_folder_is_chosen(qtbot: QtBot, panel: DataPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    picker = panel.findChild(QComboBox, "datasetPicker")
    with qtbot.waitSignal(panel.planEdited) as edited:
        picker.activated.emit(picker.findText("Choose a folder…"))
    assert edited.args[0].data.train == str(tmp_path)


def test_choosing_a_file_forgets_what_belonged_to_the_old_one(qtbot: QtBot, panel: DataPanel) -> None:
    picker = panel.findChild(QComboBox, "datasetPicker")
    with qtbot.waitSignal(panel.planEdited) as edited:
        picker.setCurrentIndex(1)
        picker.activated.emit(1)
    plan, text = edited.args
    assert (plan.data.train, plan.data.format, plan.data.columns) == ("/data/second.csv", "auto", {})
    assert text == "data second.csv"


def test_a_dropped_file_becomes_the_data(qtbot: QtBot, panel: DataPanel, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "rows.txt"))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(panel.planEdited) as edited:
        panel.dropEvent(event)
    assert edited.args[0].data.train == str(tmp_path / "rows.txt")


def test_a_problem_stands_under_the_picker_as_plain_text(panel: DataPanel) -> None:
    panel.show_problem(Refusal("data-missing", "there is no <b>file</b>", where="/x", now="check the path"))
    assert "there is no <b>file</b> (/x): check the path." in texts(panel)
    panel.show_problem(None)
    assert "there is no <b>file</b> (/x): check the path." not in texts(panel)
