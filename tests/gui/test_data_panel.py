"""The data panel: the file, and each row as the model reads it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QLabel, QTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from studio.gui.data_panel import DataPanel
from studio.plan.errors import Refusal
from studio.plan.plan import Plan

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


def test_learnt_text_is_told_apart_by_more_than_colour(panel: DataPanel) -> None:
    panel.show_preview(PREVIEW)
    view = panel.findChild(QTextEdit, "dataPreview")
    assert view.toPlainText() == "One?\nTwo</s>"
    cursor = view.textCursor()
    underlined = ""
    for place in range(len("One?\nTwo</s>")):
        cursor.setPosition(place + 1)
        if cursor.charFormat().fontUnderline():
            underlined += "One?\nTwo</s>"[place]
    assert underlined.strip() == "Two</s>"  # the line break itself has no look
    assert "2,000 rows · longest 40 tokens · 1 cut · 25% of tokens learnt · seen in the first 2" in texts(panel)


def test_the_rows_are_walked_through(panel: DataPanel) -> None:
    panel.show_preview(PREVIEW)
    back, on = panel.findChildren(QToolButton)
    assert not back.isEnabled()
    on.click()
    assert "nothing to learn" in panel.findChild(QTextEdit, "dataPreview").toPlainText()
    assert not on.isEnabled()


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
