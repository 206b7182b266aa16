import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from studio.gui.run.redraw_clock import RedrawClock
from studio.gui.run.sample_dialog import SampleDialog
from studio.gui.run.samples import SamplesModel
from studio.gui.run.samples_table import SamplesTable
from studio.plan.events import Sampled


def sampled(step, text, *, base=False, expected="42"):
    return Sampled(step=step, prompt="6 x 7", text=text, base=base, expected=expected)


def row_texts(model, row=0):
    return [model.index(row, column).data() for column in range(model.columnCount())]


def titles(model):
    return [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]


def test_a_column_for_each_sampled_step(qtmodeltester):
    model = SamplesModel()
    assert model.take([sampled(0, "dunno", base=True), sampled(10, "41"), sampled(20, "42 ")])
    assert titles(model) == ["Prompt", "Expected", "Base model", "Step 20", "Step 10"]
    assert row_texts(model) == ["6 x 7", "42", "dunno", "✓ 42 ", "≠ 41"]
    qtmodeltester.check(model)


def test_nothing_expected_nothing_marked():
    model = SamplesModel()
    model.take([sampled(10, "41", expected=None)])
    assert titles(model) == ["Prompt", "Base model", "Step 10"]
    assert row_texts(model) == ["6 x 7", "", "41"]


def test_a_resumed_run_answers_anew(started):
    model = SamplesModel()
    model.take([sampled(0, "a", base=True), sampled(10, "b"), sampled(20, "c")])
    model.take([started(step=15, resumed_from=15)])
    assert model.steps == [10]
    assert model.rows[0].base == "a"


@pytest.fixture
def table(qtbot):
    view = SamplesTable(RedrawClock())
    qtbot.addWidget(view)
    view.resize(500, 240)
    view.show()
    return view


def test_before_and_after_are_in_view_together_however_many_steps_there_are(qtbot, table):
    table.resize(620, 240)
    table.take([sampled(0, "dunno", base=True), *(sampled(step, "42") for step in range(10, 110, 10))])
    qtbot.wait(300)
    view = table.table
    shown = [
        column
        for column in range(table.model.columnCount())
        if view.columnViewportPosition(column) + view.columnWidth(column) <= view.viewport().width()
    ]
    assert [titles(table.model)[column] for column in shown] == ["Prompt", "Expected", "Base model", "Step 100"]
    assert view.horizontalScrollBar().maximum() > 0
    assert table.figure() == "step 100   1 of 1 as expected"


def test_empty_says_what_to_do(qtbot, table):
    assert "Sample now" in table._pages.currentWidget().text()
    table.take([sampled(10, "42")])
    qtbot.wait(300)
    assert table._pages.currentWidget() is table.table
    table.clear()
    assert "Sample now" in table._pages.currentWidget().text()


def test_enter_shows_a_sample_whole(qtbot, table):
    long = "word " * 500
    table.take([sampled(0, "dunno", base=True), sampled(10, long)])
    qtbot.wait(300)
    table.table.setCurrentIndex(table.model.index(0, 0))
    qtbot.keyClick(table.table, Qt.Key.Key_Return)
    dialog = table.findChild(SampleDialog)
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert shown == ["Prompt", "6 x 7", "Expected", "42", "Base model", "dunno", "Step 10", long]
    dialog.close()
