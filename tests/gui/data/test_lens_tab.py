"""The lens' tab: ways from row to row."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from studio.gui.data.lens_tab import LensTab
from studio.gui.data.token_lens import TokenLens
from studio.plan.plan import Plan
from tests.gui.data.answers import lens


@pytest.fixture
def plan() -> Plan:
    return Plan.model_validate({"model": "/m", "data": {"train": "/rows.jsonl", "packing": "pack"}})


@pytest.fixture
def tab(qtbot: QtBot, plan: Plan) -> LensTab:
    made = LensTab()
    qtbot.addWidget(made)
    made.show_plan(plan)
    made.resize(800, 500)
    made.show()
    return made


@pytest.fixture
def shown(qtbot: QtBot, tab: LensTab) -> LensTab:
    with qtbot.waitSignal(tab.lensWanted):
        tab.show_known(True)
    tab.show_row(lens())
    return tab


def press(tab: LensTab, name: str) -> None:
    tab.findChild(QPushButton, name).click()


def test_nothing_is_asked_before_all_rows_are_read(qtbot: QtBot, tab: LensTab) -> None:
    asked: list[object] = []
    tab.lensWanted.connect(lambda *row: asked.append(row))
    qtbot.wait(60)
    assert asked == []
    assert not tab.findChild(QPushButton, "nextRow").isEnabled()
    tab.show_known(True)
    assert asked == [(0, 0, False)]


def test_a_row_is_shown_with_its_facts(shown: LensTab) -> None:
    assert shown.findChild(QLabel, "rowFacts").text() == "line 3 · 6 tokens · 4 kept · 2 learnt"
    assert shown.findChild(QSpinBox, "rowNumber").value() == 3
    assert len(shown.findChild(TokenLens, "tokenLens").tokens) == 6
    problem = shown.findChild(QLabel, "rowProblem")
    assert not problem.isVisible()
    shown.show_row(lens(problem="the row has nothing to learn: leave it out.", tokens=[], length=0, kept=0, shown=0))
    assert problem.isVisible()
    assert problem.text() == "the row has nothing to learn: leave it out."


def test_next_previous_and_a_number(qtbot: QtBot, shown: LensTab) -> None:
    for way, row in (
        (lambda: press(shown, "nextRow"), 3),
        (lambda: press(shown, "previousRow"), 2),
        (lambda: qtbot.keyClick(shown, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier), 3),
        (lambda: shown.findChild(QSpinBox, "rowNumber").setValue(7), 6),
    ):
        with qtbot.waitSignal(shown.lensWanted) as asked:
            way()
        assert asked.args[::2] == [row, False]
        shown.show_row(lens(row=row))
    assert not shown.findChild(QPushButton, "nextRow").isEnabled()


def test_a_held_key_asks_only_where_it_rests(qtbot: QtBot, shown: LensTab) -> None:
    asked: list[int] = []
    shown.lensWanted.connect(lambda row, *_: asked.append(row))
    for _ in range(3):
        press(shown, "nextRow")
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [5]


@pytest.mark.parametrize(
    ("name", "jump"), [("longestRow", "longest"), ("shortestRow", "shortest"), ("nextProblem", "next-problem")]
)
def test_jumps_begin_at_the_row_in_sight(qtbot: QtBot, shown: LensTab, name: str, jump: str) -> None:
    with qtbot.waitSignal(shown.lensWanted) as asked:
        press(shown, name)
    assert asked.args == [jump, 2, False]


def test_packed_rows_are_looked_at_where_the_plan_packs(qtbot: QtBot, shown: LensTab, plan: Plan) -> None:
    box = shown.findChild(QCheckBox, "packedView")
    with qtbot.waitSignal(shown.lensWanted) as asked:
        box.click()
    assert asked.args == [0, 0, True]
    shown.show_row(lens(row=0, rows=2, place="3 documents"))
    assert not shown.findChild(QPushButton, "nextProblem").isEnabled()
    with qtbot.waitSignal(shown.lensWanted) as asked:
        shown.go_to_unpacked(5)
    assert asked.args == [5, 5, False]
    with qtbot.waitSignal(shown.lensWanted) as asked:
        box.click()
    shown.show_plan(plan.with_values(data=plan.data.with_values(packing="auto")))
    assert not box.isVisible()
    assert not box.isChecked()


def test_a_row_that_is_not_there_is_said_and_the_old_one_stays(shown: LensTab) -> None:
    shown.show_problem("no row has a problem: all rows can be learnt from.")
    assert shown.findChild(QLabel, "rowProblem").isVisible()
    assert len(shown.findChild(TokenLens, "tokenLens").tokens) == 6


def test_rows_that_are_no_longer_known_leave_the_lens(shown: LensTab) -> None:
    shown.show_known(False)
    assert shown.findChild(TokenLens, "tokenLens").tokens == []
    assert not shown.findChild(QAbstractSpinBox, "rowNumber").isEnabled()
