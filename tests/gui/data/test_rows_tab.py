"""The rows' tab: each choice makes the right plan, and shows what comes of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QPushButton, QTableView, QTextEdit
from pytestqt.qtbot import QtBot

from studio.gui.data.facts import refusal_of_rows
from studio.gui.data.rows_tab import RowsTab
from studio.plan.errors import Refusal
from studio.plan.plan import Plan
from tests.gui.data.answers import preview, statistics


@pytest.fixture
def plan() -> Plan:
    return Plan.model_validate({"model": "/m", "data": {"train": "/rows.jsonl"}})


@pytest.fixture
def tab(qtbot: QtBot, plan: Plan) -> RowsTab:
    made = RowsTab()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show_plan(plan)
    made.show_preview(preview())
    made.show()
    return made


def choose(box: QComboBox, text: str) -> None:
    index = box.findText(text)
    assert index >= 0, [box.itemText(at) for at in range(box.count())]
    box.setCurrentIndex(index)
    box.activated.emit(index)


def test_the_header_shows_and_sets_the_part_of_a_column(qtbot: QtBot, tab: RowsTab) -> None:
    assert tab.findChild(QComboBox, "role:question").currentText() == "prompt"
    assert tab.findChild(QComboBox, "role:id").currentText() == "(not used)"
    with qtbot.waitSignal(tab.planEdited) as edited:
        choose(tab.findChild(QComboBox, "role:id"), "prompt")
    plan, words = edited.args
    assert plan.data.columns == {"prompt": "id", "completion": "answer"}
    assert words == "column id as prompt"
    tab.show_plan(plan)
    assert tab.findChild(QComboBox, "role:question").currentText() == "(not used)"


def test_a_text_is_typed_for_a_part(qtbot: QtBot, tab: RowsTab) -> None:
    box = tab.findChild(QComboBox, "part:prompt")
    assert box.currentText() == "question"
    box.lineEdit().selectAll()
    qtbot.keyClicks(box.lineEdit(), "Translate: {question}")
    with qtbot.waitSignal(tab.planEdited) as edited:
        qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    assert edited.args[0].data.columns == {"prompt": "Translate: {question}", "completion": "answer"}
    tab.show_plan(edited.args[0])
    assert tab.findChild(QComboBox, "role:question").currentText() == "in prompt"


def test_a_guess_is_confirmed(qtbot: QtBot, tab: RowsTab) -> None:
    guess, confirm = tab.findChild(QLabel, "formatGuess"), tab.findChild(QPushButton, "confirmFormat")
    assert "Guessed" in guess.text()
    assert "prompt → completion" in guess.text()
    with qtbot.waitSignal(tab.planEdited) as edited:
        confirm.click()
    assert edited.args[0].data.format == "prompt-completion"
    assert edited.args[0].data.columns == {"prompt": "question", "completion": "answer"}
    tab.show_plan(edited.args[0])
    assert "Guessed" not in guess.text()
    assert not confirm.isVisible()


def test_another_format_asks_for_its_parts(qtbot: QtBot, tab: RowsTab) -> None:
    with qtbot.waitSignal(tab.planEdited) as edited:
        choose(tab.findChild(QComboBox, "windowFormat"), "alpaca")
    assert edited.args[0].data.format == "alpaca"
    tab.show_plan(edited.args[0])
    for name in ("instruction", "output", "input"):
        assert tab.findChild(QComboBox, f"part:{name}").currentText() == ""


def test_what_is_learnt_from_is_chosen(qtbot: QtBot, tab: RowsTab) -> None:
    with qtbot.waitSignal(tab.planEdited) as edited:
        choose(tab.findChild(QComboBox, "windowLossOn"), "all")
    assert edited.args[0].data.loss_on == "all"


def test_a_template_is_chosen_by_name(qtbot: QtBot, tab: RowsTab) -> None:
    with qtbot.waitSignal(tab.planEdited) as edited:
        choose(tab.findChild(QComboBox, "templateChoice"), "chatml")
    assert (edited.args[0].data.template, edited.args[1]) == ("chatml", "template chatml")


def test_an_own_template_is_tried_before_it_is_kept(qtbot: QtBot, tab: RowsTab) -> None:
    edited: list[Plan] = []
    tab.planEdited.connect(lambda plan, _words: edited.append(plan))
    editor, use = tab.findChild(QPlainTextEdit, "templateEdit"), tab.findChild(QPushButton, "templateUse")
    assert not editor.isVisible()
    choose(tab.findChild(QComboBox, "templateChoice"), "Your own…")
    assert editor.isVisible()
    with qtbot.waitSignal(tab.draftChanged) as tried:
        editor.setPlainText("{% for message in messages %}")
    assert tried.args[0].data.template == "{% for message in messages %}"
    tab.show_draft(None, Refusal("template", "the template ends inside a for", now="close it"))
    problem = tab.findChild(QLabel, "templateProblem")
    assert problem.isVisible()
    assert problem.text() == "the template ends inside a for: close it."
    assert not use.isEnabled()

    with qtbot.waitSignal(tab.draftChanged):
        editor.setPlainText("right")
    rows = [{"place": "line 1", "segments": [{"text": "drafted", "trained": True}], "problem": None}]
    tab.show_draft(preview(rows=rows), None)
    assert not problem.isVisible()
    assert tab.findChild(QTextEdit, "rowAsRead").toPlainText() == "drafted"
    tab.show_preview(preview())  # of the plan, which comes in between
    assert editor.toPlainText() == "right"
    assert edited == []
    use.click()
    assert [plan.data.template for plan in edited] == ["right"]
    tab.show_plan(edited[0])
    assert not use.isEnabled()
    assert tab.findChild(QComboBox, "templateChoice").currentText() == "Your own…"


def test_a_template_that_no_plan_can_hold_is_refused_in_words(qtbot: QtBot, tab: RowsTab) -> None:
    choose(tab.findChild(QComboBox, "templateChoice"), "Your own…")
    tab.findChild(QPlainTextEdit, "templateEdit").setPlainText("x" * 70_000)
    problem = tab.findChild(QLabel, "templateProblem")
    qtbot.waitUntil(problem.isVisible)
    assert problem.text()


def test_the_chosen_row_is_shown_as_the_model_reads_it(tab: RowsTab) -> None:
    view = tab.findChild(QTextEdit, "rowAsRead")
    assert view.toPlainText() == "q1a1"
    tab.findChild(QTableView, "rowsTable").selectRow(2)
    assert view.toPlainText() == "q3a3"


def test_rows_stay_in_sight_where_only_their_reading_failed(tab: RowsTab, plan: Plan) -> None:
    table = tab.findChild(QTableView, "rowsTable")
    tab.show_preview({})
    tab.show_problem(Refusal("data-columns", "no format fits the columns a, b", field="data.columns"))
    assert table.model().rowCount() == 3
    assert "no format fits the columns a, b." in [label.text() for label in tab.findChildren(QLabel)]
    unfit = refusal_of_rows(statistics(), skipped=False)
    tab.show_problem(unfit)
    assert unfit.sentence not in [label.text() for label in tab.findChildren(QLabel)]
    tab.show_plan(plan.with_values(data=plan.data.with_values(train="/other.jsonl")))
    assert table.model().rowCount() == 0


def test_a_preview_without_format_and_roles_can_still_be_mapped(qtbot: QtBot, tab: RowsTab, plan: Plan) -> None:
    tab.show_plan(plan.with_values(data=plan.data.with_values(train="/strange.jsonl")))
    tab.show_preview({"columns": ["a", "b"], "rows": preview()["rows"], "format": None})
    assert tab.findChild(QLabel, "formatGuess").text().startswith("No format was found.")
    with qtbot.waitSignal(tab.planEdited) as edited:
        choose(tab.findChild(QComboBox, "role:b"), "completion")
    assert edited.args[0].data.columns == {"completion": "b"}


def test_an_old_preview_without_the_newer_keys_is_shown(qtbot: QtBot, plan: Plan) -> None:
    tab = RowsTab()
    qtbot.addWidget(tab)
    tab.show_plan(plan)
    old = {key: value for key, value in preview().items() if key in ("format", "total_rows", "rows")}
    tab.show_preview(old)
    assert tab.findChild(QTableView, "rowsTable").model().columnCount() == 3
