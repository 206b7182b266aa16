"""Forms: a setting's declaration as an input, and an edit as a new plan."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from studio.gui.form import Form
from studio.gui.settings_panel import SettingsPanel
from studio.plan.plan import Plan
from studio.plan.settings import settings


@pytest.fixture
def plan() -> Plan:
    return Plan.model_validate({"model": "/m", "data": {"train": "/d.jsonl"}})


def make(qtbot: QtBot, plan: Plan, *keys: str) -> tuple[Form, list[tuple[Plan, str]], list[tuple[str, object]]]:
    form = Form(keys)
    qtbot.addWidget(form)
    edits: list[tuple[Plan, str]] = []
    problems: list[tuple[str, object]] = []
    form.planEdited.connect(lambda new, text: edits.append((new, text)))
    form.problemChanged.connect(lambda key, problem: problems.append((key, problem)))
    form.show_plan(plan)
    form.show()
    return form, edits, problems


def type_into(widget: QWidget, text: str) -> None:
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Return)


@pytest.mark.parametrize("key", settings())
def test_every_setting_can_be_shown_without_an_edit(qtbot: QtBot, plan: Plan, key: str) -> None:
    form, edits, problems = make(qtbot, plan, key)
    form.show_plan(plan.with_values(training=plan.training.with_values(epochs=1.5, max_steps=7, learning_rate=3e-5)))
    assert (edits, problems) == ([], [])


def test_a_number_in_powers_of_ten(qtbot: QtBot, plan: Plan) -> None:
    form, edits, _ = make(qtbot, plan, "training.learning_rate")
    line = form.findChild(QLineEdit, "training.learning_rate")
    type_into(line, "3e-3")
    assert edits[-1][0].training.learning_rate == 3e-3
    assert edits[-1][1] == "learning rate 2e-4 to 0.003"


@pytest.mark.parametrize(
    ("key", "text", "word"),
    [
        ("training.learning_rate", "nan", "finite"),
        ("training.learning_rate", "-1", "above 0"),
        ("training.batch_size", "0", "at least 1"),
        ("training.batch_size", "two", "whole number"),
        ("data.max_length", "", "whole number"),
        ("evaluation.every_steps", "0", "auto"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_the_plan_stays(
    qtbot: QtBot, plan: Plan, key: str, text: str, word: str
) -> None:
    form, edits, problems = make(qtbot, plan, key)
    line = form.findChild(QLineEdit, key)
    if text:
        type_into(line, text)
    else:
        line.clear()
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert edits == []
    assert problems[-1][0] == key
    assert word in problems[-1][1].sentence  # type: ignore[attr-defined]
    type_into(line, "12" if key != "training.learning_rate" else "0.001")
    assert problems[-1] == (key, None)
    assert len(edits) == 1


def test_an_empty_line_is_none_where_none_is_allowed(qtbot: QtBot, plan: Plan) -> None:
    form, edits, _ = make(qtbot, plan, "training.max_steps")
    line = form.findChild(QLineEdit, "training.max_steps")
    type_into(line, "40")
    line.clear()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert [new.training.max_steps for new, _ in edits] == [40]  # back to the shown plan: no edit
    form.show_plan(edits[0][0])
    line.clear()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert edits[-1][0].training.max_steps is None


def test_choices_and_steppers(qtbot: QtBot, plan: Plan) -> None:
    form, edits, _ = make(qtbot, plan, "training.scheduler", "lora.rank")
    form.findChild(QComboBox, "training.scheduler").setCurrentText("constant")
    form.findChild(QSpinBox, "lora.rank").setValue(8)
    assert edits[0][0].training.scheduler == "constant"
    assert edits[1][0].lora.rank == 8


def test_the_wheel_changes_nothing_that_is_not_focused(qtbot: QtBot, plan: Plan) -> None:
    form, edits, _ = make(qtbot, plan, "training.scheduler", "lora.rank", "lora.dropout")
    for name in ("training.scheduler", "lora.rank", "lora.dropout"):
        widget = form.findChild(QWidget, name)
        widget.clearFocus()
        event = QWheelEvent(
            QPointF(5, 5), widget.mapToGlobal(QPointF(5, 5)), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        widget.wheelEvent(event)
    assert edits == []


def test_the_panel_counts_what_differs_and_shows_what_it_comes_to(qtbot: QtBot, plan: Plan) -> None:
    panel = SettingsPanel()
    qtbot.addWidget(panel)
    changed = plan.with_values(training=plan.training.with_values(batch_size=4, seed=3))
    panel.show_plan(changed)
    panel.show_resolved(None, 200)
    texts = [label.text() for label in panel.findChildren(QWidget) if hasattr(label, "text")]
    assert "2 changed" in texts
    assert "× 4 = 32 rows" in texts
    assert "= 6 steps" in texts
    assert panel.findChild(QSpinBox, "rankSpin").value() == 16


def test_reset_puts_a_card_back_in_one_edit(qtbot: QtBot, plan: Plan) -> None:
    form, edits, _ = make(qtbot, plan, "lora.rank", "lora.alpha", "lora.init")
    assert form.changed() == []
    form.show_plan(plan.with_values(lora=plan.lora.with_values(rank=4, init="pissa")))
    assert form.changed() == ["lora.rank", "lora.init"]
    form.reset()
    ((made, text),) = edits
    assert made.lora == plan.lora
    assert text == "2 settings to default"
    form.show_plan(plan.with_values(lora=plan.lora.with_values(rank=4)))
    form.reset()
    assert edits[-1][1] == "rank to default"
