"""The tab of all rows: the cut-off line, what it costs, what is padding, what is wrong."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSpinBox, QTreeWidget
from pytestqt.qtbot import QtBot

from studio.gui.data.lengths_plot import LengthsPlot
from studio.gui.data.lengths_tab import LengthsTab
from studio.plan.plan import Plan
from tests.gui.data.answers import FIRST_LEARNT, LENGTHS, statistics


@pytest.fixture
def plan() -> Plan:
    return Plan.model_validate({"model": "/m", "data": {"train": "/rows.jsonl", "max_length": 64}})


@pytest.fixture
def tab(qtbot: QtBot, plan: Plan) -> LengthsTab:
    made = LengthsTab()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show_plan(plan)
    made.show_statistics(statistics())
    made.show()
    made.findChild(LengthsPlot).redraw()
    return made


def text(tab: LengthsTab, name: str) -> str:
    return tab.findChild(QLabel, name).text().replace("\u00a0", " ")


def drag(tab: LengthsTab, cut: int) -> None:
    """What pyqtgraph does while the line is dragged to the end of the bar of `cut` tokens."""
    line = tab.findChild(LengthsPlot).line
    line.setValue(cut + 1)
    line.sigDragged.emit(line)


def test_the_cost_follows_the_line_and_letting_go_sets_the_length(qtbot: QtBot, tab: LengthsTab) -> None:
    edited: list[tuple[Plan, str]] = []
    tab.planEdited.connect(lambda plan, words: edited.append((plan, words)))
    for cut in (8, 12, 19, 20, 40, 69, 70, 89):
        drag(tab, cut)
        said = text(tab, "cutCost")
        cut_rows = sum(length > cut for length in LENGTHS)
        lost = sum(max(length - cut, 0) for length in LENGTHS)
        emptied = sum(first >= cut for first in FIRST_LEARNT)
        assert said.startswith(f"{cut_rows} row{'s' * (cut_rows > 1)} cut")
        assert f" {lost} token{'s' * (lost > 1)} lost" in said
        if emptied:
            assert f"{emptied} row{'s' * (emptied > 1)} with nothing left" in said
        else:
            assert "nothing left" not in said
    drag(tab, 90)
    assert text(tab, "cutCost") == "No row is cut."
    drag(tab, 30)
    assert edited == []
    line = tab.findChild(LengthsPlot).line
    line.sigPositionChangeFinished.emit(line)
    ((plan, words),) = edited
    assert (plan.data.max_length, words) == (30, "length 64 to 30")


def test_the_line_stops_where_plans_do(tab: LengthsTab) -> None:
    cuts: list[int] = []
    tab.findChild(LengthsPlot).cutMoved.connect(cuts.append)
    drag(tab, 12)
    assert tab.findChild(LengthsPlot).label.toPlainText() == "12"
    drag(tab, 1)
    assert cuts == [12, 8]
    assert tab.findChild(LengthsPlot).label.toPlainText() == "8"


def test_bars_are_those_of_the_rows_and_those_behind_the_line_are_cut(tab: LengthsTab) -> None:
    plot = tab.findChild(LengthsPlot)
    kept, cut = plot.kept_bars.opts, plot.cut_bars.opts
    assert (int(sum(kept["height"])), int(sum(cut["height"]))) == (4, 2)
    assert max(kept["x0"]) + kept["width"] <= min(cut["x0"])
    assert (plot.canvas.x_axis.title, plot.canvas.y_axis.title) == ("tokens in a row", "rows")
    assert set(plot.columns()) == {"tokens", "rows"}


def test_a_line_far_beyond_the_rows_stands_at_the_edge(tab: LengthsTab, plan: Plan) -> None:
    tab.show_plan(plan.with_values(data=plan.data.with_values(max_length=4096)))
    plot = tab.findChild(LengthsPlot)
    plot.redraw()
    assert plot.line.value() < plot.canvas.x_range[1]
    assert plot.canvas.x_range[1] < 130
    assert plot.label.toPlainText() == "4,096 →"
    assert text(tab, "cutCost") == "No row is cut."


def test_the_length_is_typed_or_set_to_keep_all(qtbot: QtBot, tab: LengthsTab) -> None:
    with qtbot.waitSignal(tab.planEdited) as edited:
        tab.findChild(QSpinBox, "cutOff").setValue(48)
    assert edited.args[0].data.max_length == 48
    tab.show_plan(edited.args[0])
    with qtbot.waitSignal(tab.planEdited) as edited:
        tab.findChild(QPushButton, "keepAll").click()
    assert edited.args[0].data.max_length == 90
    tab.show_plan(edited.args[0])
    assert not tab.findChild(QPushButton, "keepAll").isEnabled()


def test_what_is_learnt_and_padded_stands_in_words(tab: LengthsTab, plan: Plan) -> None:
    assert text(tab, "learntShare") == "90 of 200 tokens are learnt, 45 %; the others are read only."
    said = text(tab, "paddingShare")
    assert all(share in said for share in ("38 %", "12 %", "4 %, 2.0× fewer rows"))
    assert said.index("✓") < said.index("auto:")
    tab.show_plan(plan.with_values(data=plan.data.with_values(packing="pack")))
    said = text(tab, "paddingShare")
    assert said.index("auto:") < said.index("✓") < said.index("pack:")


def test_bad_rows_are_refused_or_left_out(qtbot: QtBot, tab: LengthsTab) -> None:
    assert text(tab, "badRows") == "3 rows cannot be learnt: a run does not start with them"
    box = tab.findChild(QComboBox, "windowBadRows")
    with qtbot.waitSignal(tab.planEdited) as edited:
        box.setCurrentIndex(box.findData("skip"))
    assert edited.args[0].data.bad_rows == "skip"
    tab.show_plan(edited.args[0])
    assert text(tab, "badRows") == "3 rows cannot be learnt, left out"


def test_what_was_found_is_listed_and_leads_to_its_rows(qtbot: QtBot, tab: LengthsTab) -> None:
    found = tab.findChild(QTreeWidget, "findings")
    items = [found.topLevelItem(index) for index in range(found.topLevelItemCount())]
    assert [(item.text(0), item.text(1)) for item in items] == [
        ("! The row has nothing to learn", "2"),
        ("! Nothing is left after the cut", "1"),
        ("The row holds odd characters", "101"),
        ("Rows that teach the same as an earlier one", "1"),
        ("! Evaluation rows, of 3, that are also learnt from", "1"),
    ]
    assert items[0].toolTip(0) == "The row has nothing to learn.\nLeave it out."
    assert items[2].child(1).text(0) == "and 100 more"
    for item, row in ((items[0], 4), (items[0].child(1), 2), (items[3].child(0), 2)):
        with qtbot.waitSignal(tab.rowChosen) as asked:
            found.itemClicked.emit(item, 0)
        assert asked.args == [row]
    found.setCurrentItem(items[1])
    with qtbot.waitSignal(tab.rowChosen) as asked:
        qtbot.keyClick(found, Qt.Key.Key_Return)
    assert asked.args == [5]


def test_bad_evaluation_rows_and_warnings_are_listed_without_leading_anywhere(qtbot: QtBot, tab: LengthsTab) -> None:
    none = {"rows": 0, "first": []}
    bad = {"what": "the row has nothing to learn", "now": "leave it out", "rows": 1, "first": [[0, "line 1"]]}
    tab.show_statistics(
        statistics(problems=[], notes=[], duplicates=none, overlap=None, eval_problems=[bad], warnings=["odd template"])
    )
    found = tab.findChild(QTreeWidget, "findings")
    items = [found.topLevelItem(index) for index in range(found.topLevelItemCount())]
    assert [(item.text(0), item.text(1)) for item in items] == [
        ("! In the evaluation data: the row has nothing to learn", "1"),
        ("Odd template", ""),
    ]
    assert items[0].child(0).text(0) == "line 1"
    with qtbot.assertNotEmitted(tab.rowChosen):
        found.itemClicked.emit(items[0].child(0), 0)


def test_nothing_found_is_said(tab: LengthsTab) -> None:
    none = {"rows": 0, "first": []}
    tab.show_statistics(statistics(problems=[], notes=[], duplicates=none, overlap=None))
    assert not tab.findChild(QTreeWidget, "findings").isVisible()
    assert text(tab, "noFindings") == "Nothing is wrong with the rows."
    assert not tab.findChild(QLabel, "badRows").isVisible()


def test_the_cache_is_shown_and_cleared(qtbot: QtBot, tab: LengthsTab) -> None:
    assert text(tab, "cacheSize") == "Prepared data on the disk: 2.0 kB of these rows, 5.0 MB in all."
    with qtbot.waitSignal(tab.clearRequested):
        tab.findChild(QPushButton, "clearCache").click()
    assert not tab.findChild(QPushButton, "clearCache").isEnabled()
    tab.show_cleared(5_000_000)
    assert text(tab, "cacheSize").startswith("5.0 MB freed.")


def test_before_all_rows_are_read_the_tab_says_so(tab: LengthsTab) -> None:
    tab.show_statistics(None)
    assert text(tab, "learntShare") == "Known once all rows are read."
    assert not tab.findChild(QLabel, "cutCost").isVisible()
    assert not tab.findChild(QPushButton, "clearCache").isEnabled()
    assert tab.findChild(LengthsPlot).is_empty()
