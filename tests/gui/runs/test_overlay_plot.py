from itertools import pairwise

import pytest
from PySide6.QtCore import Qt

from studio.gui.run.redraw_clock import RedrawClock
from studio.gui.runs.overlay_plot import MOST_RUNS, OverlayPlot
from studio.gui.theme import LIGHT
from studio.runs.curve import Curve

SHORT = Curve((1, 2, 3), (4.0, 4.0, 4.0), (100.0, 200.0, 300.0), (0.0, 1.0, 2.0))
LONG = Curve((1, 2, 3, 4), (2.0, 2.0, 2.0, 2.0), (50.0, 100.0, 150.0, 200.0), (0.0, 10.0, 20.0, 30.0), thinned=True)


@pytest.fixture
def plot(qtbot, qapp):
    view = OverlayPlot(RedrawClock(qapp))
    view.set_theme(LIGHT)
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show()
    return view


def test_empty_it_says_what_to_do(plot):
    plot.show_curves([("unbegun", Curve())])
    plot.redraw()
    assert plot.is_empty()
    assert "Select one run" in plot.canvas._hint.text()


def test_every_run_has_a_colour_and_a_dash_of_its_own(plot):
    plot.show_curves([(str(number), SHORT) for number in range(MOST_RUNS + 3)])
    plot.redraw()
    pens = [entry.pen for entry in plot.legend.entries]
    assert len(pens) == MOST_RUNS
    assert len({(pen.color().name(), pen.style()) for pen in pens}) == MOST_RUNS
    for before, after in pairwise(pens):
        assert before.color() != after.color()
        assert before.style() != after.style()
    assert pens[0].style() == Qt.PenStyle.SolidLine


@pytest.mark.parametrize(("place", "title", "end"), [(0, "step", 4), (1, "tokens", 300), (2, "seconds since", 30)])
def test_runs_are_lined_up_by_step_tokens_or_time(plot, place, title, end):
    plot.show_curves([("short", SHORT), ("long", LONG)])
    plot.by.setCurrentIndex(place)
    plot.redraw()
    assert plot.canvas.x_axis.title.startswith(title)
    assert plot.canvas.x_range == (0, pytest.approx(end * 1.02))


def test_values_are_read_under_the_pointer(plot):
    plot.show_curves([("short", SHORT), ("long", LONG)])
    plot.redraw()
    assert "evenly spread" in plot.figure()
    plot.canvas.pointed.emit(2.0)
    assert plot.figure() == "step 2   4.000   2.000"
    plot.canvas.pointed.emit(4.0)
    assert plot.figure() == "step 4   —   2.000"


def test_a_zoom_holds_until_it_is_reset(plot):
    plot.show_curves([("short", SHORT)])
    plot.redraw()
    plot.canvas.view.setXRange(1, 2, padding=0)
    plot.canvas.moved.emit()
    plot.show_curves([("short", SHORT), ("long", LONG)])
    plot.redraw()
    assert plot.canvas.x_range == (1, 2)
    plot.reset_button.click()
    plot.redraw()
    assert plot.canvas.x_range == (0, pytest.approx(4.08))


def test_the_values_leave_as_columns(plot, tmp_path):
    plot.show_curves([("short", SHORT), ("long", LONG)])
    plot.redraw()
    plot.save(tmp_path / "overlay.csv")
    lines = (tmp_path / "overlay.csv").read_text().splitlines()
    assert lines[0].startswith("short steps,short tokens,short seconds,short losses,long steps")
    assert len(lines) == 5
