import csv
import math
import sys

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QWidget

from studio.gui.run.dashboard import Dashboard
from studio.gui.theme import CONTRAST, DARK, LIGHT
from studio.plan.events import Evaluated, Sampled

PERIOD = 350  # milliseconds: more than a period of the drawing clock, and two rounds of all views


@pytest.fixture
def dashboard(qtbot):
    view = Dashboard()
    qtbot.addWidget(view)
    view.resize(720, 700)
    view.show()
    return view


def drawn(curve):
    x, y = curve.getOriginalDataset()
    return x, y


def test_the_plots_show_what_the_events_said(qtbot, dashboard, started, stepped):
    losses = np.linspace(4, 1, 50)
    dashboard.take([started(), *(stepped(step, loss) for step, loss in enumerate(losses, 1))])
    dashboard.take([Evaluated(step=25, loss=2.6, best=True), Evaluated(step=50, loss=1.1, best=True)])
    qtbot.wait(PERIOD)
    x, y = drawn(dashboard.loss.raw)
    np.testing.assert_array_equal(x, np.arange(1, 51))
    np.testing.assert_array_equal(y, losses)
    np.testing.assert_array_equal(drawn(dashboard.loss.evaluation)[1], [2.6, 1.1])
    assert dashboard.loss.best_line.value() == 50
    assert dashboard.loss.figure().startswith("step 50 ")
    assert "eval 1.100" in dashboard.loss.figure()
    np.testing.assert_allclose(drawn(dashboard.memory.used)[1], 6.1)
    assert dashboard.memory.figure() == "6.1 GB now"
    assert dashboard.memory.limit_line.value() == pytest.approx(8.0)
    assert dashboard.memory.canvas.y_axis.title == "GB"


def test_device_memory_is_shown_where_there_is_a_device(qtbot, dashboard, started, stepped):
    memory = {"rss": 1_000_000_000, "allocated": 3_000_000_000, "reserved": 4_000_000_000}
    dashboard.take([started(limit_bytes=80_000_000_000), stepped(1, memory=memory), stepped(2, memory=memory)])
    qtbot.wait(PERIOD)
    np.testing.assert_allclose(drawn(dashboard.memory.used)[1], 3.0)
    np.testing.assert_allclose(drawn(dashboard.memory.reserved)[1], 4.0)
    assert dashboard.memory.figure().startswith("4.0 GB now")
    # A limit far above would press the curves to the ground: the legend names it instead.
    assert [entry.name for entry in dashboard.memory.legend.entries][-1] == "limit 80.0 GB, above"
    assert dashboard.memory.canvas.view.viewRange()[1][1] < 10


def test_gaps_in_the_loss_do_not_harm(qtbot, dashboard, started, stepped):
    losses = [2.0, math.nan, math.inf, 1.0, -math.inf, 1.5]
    dashboard.take([started(), *(stepped(step, loss) for step, loss in enumerate(losses, 1))])
    qtbot.wait(PERIOD)
    low, high = dashboard.loss.canvas.view.viewRange()[1]
    assert 0.5 < low < 1.0
    assert 2.0 < high < 2.5
    dashboard.loss.log_button.click()
    qtbot.wait(PERIOD)
    low, high = dashboard.loss.canvas.view.viewRange()[1]
    assert low == pytest.approx(0, abs=0.1)
    assert high == pytest.approx(math.log10(2), abs=0.1)


def test_a_zoom_holds_while_data_arrive_until_the_view_is_reset(qtbot, dashboard, started, stepped):
    dashboard.take([started(), *(stepped(step) for step in range(1, 101))])
    qtbot.wait(PERIOD)
    loss = dashboard.loss
    assert not loss.reset_button.isVisible()
    loss.canvas.view.setRange(xRange=(20, 40), yRange=(0.5, 2), padding=0)
    loss.canvas.view.sigRangeChangedManually.emit([True, True])
    dashboard.take([stepped(step, 9.0) for step in range(101, 201)])
    qtbot.wait(PERIOD)
    assert loss.canvas.view.viewRange() == [[20, 40], [0.5, 2]]
    assert dashboard.memory.canvas.x_range == (20, 40)
    assert loss.reset_button.isVisible()
    qtbot.mouseClick(loss.reset_button, Qt.MouseButton.LeftButton)
    qtbot.wait(PERIOD)
    assert loss.canvas.x_range[0] == 0
    assert loss.canvas.x_range[1] >= 200
    assert not loss.reset_button.isVisible()


def test_the_plots_stand_still_on_hold_and_go_on_after_it(qtbot, dashboard, started, stepped):
    loss = dashboard.loss
    loss.redraw()
    assert not loss.hold_action.isEnabled()  # nothing to hold
    dashboard.take([started(), *(stepped(step) for step in range(1, 101))])
    qtbot.wait(PERIOD)
    seen = loss.canvas.view.viewRange(), dashboard.memory.canvas.x_range
    assert loss.hold_action in loss.menu_button.menu().actions()
    loss.hold_action.trigger()
    dashboard.take([stepped(step, 9.0) for step in range(101, 201)])
    qtbot.wait(PERIOD)
    assert (loss.canvas.view.viewRange(), dashboard.memory.canvas.x_range) == seen
    assert (loss.hold_action.isChecked(), loss.reset_button.isHidden()) == (True, False)
    qtbot.keyClick(dashboard.memory.canvas, Qt.Key.Key_Space)
    qtbot.wait(PERIOD)
    assert loss.canvas.x_range[1] >= 200
    qtbot.keyClick(loss.canvas, Qt.Key.Key_Space)
    assert dashboard.link.window == loss.canvas.x_range


def test_keys_zoom_and_read(qtbot, dashboard, started, stepped):
    dashboard.take([started(), *(stepped(step) for step in range(1, 101))])
    qtbot.wait(PERIOD)
    canvas = dashboard.loss.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert dashboard.link.hovered is not None
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert dashboard.link.window is not None
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert dashboard.link.hovered is None
    assert dashboard.link.window is None


def test_the_pointer_reads_all_plots_at_the_same_step(qtbot, dashboard, started, stepped):
    dashboard.take([started(), *(stepped(step, step / 100) for step in range(1, 101))])
    qtbot.wait(PERIOD)
    canvas = dashboard.loss.canvas
    place = canvas.mapFromScene(canvas.view.mapViewToScene(QPointF(40.2, 0.4)))
    qtbot.mouseMove(canvas.viewport(), place)
    canvas.pointed.emit(40.2)
    assert dashboard.link.hovered == 40
    assert dashboard.loss.figure().startswith("step 40   0.400")
    assert dashboard.memory.figure() == "step 40   6.1 GB"
    assert dashboard.memory.canvas.reading.isVisible()
    canvas.pointed.emit(None)
    assert dashboard.memory.figure() == "6.1 GB now"


def test_a_burst_costs_few_redraws_and_a_hidden_plot_none(qtbot, dashboard, started, stepped, monkeypatch):
    qtbot.wait(PERIOD)
    counts = {"loss": 0, "speed": 0}
    for name, plot in (("loss", dashboard.loss), ("speed", dashboard.speed)):
        draw = plot.redraw

        def count(name=name, draw=draw):
            counts[name] += 1
            draw()

        monkeypatch.setattr(plot, "redraw", count)
    dashboard.take([started(steps=100_000)])
    for burst in range(100):
        dashboard.take([stepped(burst * 1000 + step) for step in range(1, 1001)])
    assert counts == {"loss": 0, "speed": 0}  # nothing is drawn before the event loop runs
    qtbot.wait(PERIOD)
    assert counts["loss"] == 1
    assert counts["speed"] == 0  # its tab is not in front
    dashboard.tabs.setCurrentWidget(dashboard.speed)
    qtbot.wait(PERIOD)
    assert counts["speed"] >= 1
    assert len(drawn(dashboard.speed.curve)[0]) == 100_000
    shown, _ = dashboard.loss.raw.getData()
    assert len(shown) < 5000  # thinned to what the screen can show


def test_a_plot_goes_out_as_table_and_image(qtbot, dashboard, started, stepped, tmp_path):
    dashboard.take(
        [started(), stepped(1, 2.0), stepped(2, math.nan), stepped(3, 1.0), Evaluated(step=3, loss=1.5, best=True)]
    )
    dashboard.loss.save(tmp_path / "loss.csv")
    rows = list(csv.reader((tmp_path / "loss.csv").read_text().splitlines()))
    assert rows[0] == ["step", "loss", "smoothed_loss", "evaluation_loss"]
    assert [row[:2] for row in rows[1:]] == [["1", "2.0"], ["2", ""], ["3", "1.0"]]
    assert [row[3] for row in rows[1:]] == ["", "", "1.5"]
    dashboard.loss.save(tmp_path / "loss.png")
    assert QImage(str(tmp_path / "loss.png")).width() > 400
    dashboard.loss.save(tmp_path / "loss.svg")
    assert (tmp_path / "loss.svg").read_bytes().lstrip().startswith(b"<?xml")


def test_themes_colour_the_plots(qtbot, dashboard):
    for theme in (DARK, CONTRAST, LIGHT):
        dashboard.set_theme(theme)
        assert dashboard.loss.smoothed.opts["pen"].color().name().upper() == theme.loss.upper()
        assert dashboard.loss.canvas.backgroundBrush().color().name().upper() == theme.card.upper()


def test_parameters_are_shown_before_a_run(qtbot, dashboard):
    dashboard.show_targets({"m.layers.0.self_attn.q_proj": 2_000, "m.layers.1.mlp.up_proj": 6_000})
    qtbot.wait(PERIOD)
    assert [bar.total for bar in dashboard.parameters.bars] == [2_000, 6_000]
    assert dashboard.parameters.figure() == "8 K"
    np.testing.assert_allclose(dashboard.parameters.items["mlp"].opts["height"], [0, 6])


def test_clearing_forgets_the_run(qtbot, dashboard, started, stepped):
    dashboard.take([started(), stepped(1), Sampled(step=1, prompt="a", text="b")])
    qtbot.wait(PERIOD)
    dashboard.clear()
    qtbot.wait(PERIOD)
    assert len(drawn(dashboard.loss.raw)[0] if drawn(dashboard.loss.raw)[0] is not None else ()) == 0
    assert dashboard.loss.figure() == ""
    assert dashboard.samples.model.rows == []


def test_everything_that_takes_the_keyboard_has_a_name(qtbot, dashboard):
    for widget in dashboard.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            assert name, f"{type(widget).__name__} {widget.objectName()} in {widget.parent()} has no accessible name"


def test_the_fixed_object_names_are_there(dashboard):
    for name in ("lossPlot", "memoryPlot", "parametersPlot"):
        assert dashboard.findChild(QWidget, name) is not None


class Sender(QObject):
    sent = Signal(bool)


def test_five_thousand_signals_do_not_eat_references(qtbot):
    """PySide6 6.12.0 on Python 3.11 drops a reference to True at each emit, and aborts after some hundreds."""
    sender = Sender()
    received = []
    sender.sent.connect(received.append)
    before = sys.getrefcount(True)
    for _ in range(5000):
        sender.sent.emit(True)
    assert len(received) == 5000
    received.clear()
    assert sys.getrefcount(True) >= before - 50


def small_plots(dashboard):
    return (dashboard.learning_rate, dashboard.gradient, dashboard.speed)


def in_sight(view):
    return view.isVisible() and not view.visibleRegion().isEmpty()


def test_all_plots_can_be_seen_at_once_and_put_back(qtbot, dashboard, started, stepped):
    dashboard.set_matrix(QWidget())
    dashboard.resize(720, 760)
    dashboard.take([started(), *(stepped(step) for step in range(1, 11))])
    names = [dashboard.tabs.tabText(number) for number in range(dashboard.tabs.count())]
    assert not any(map(in_sight, small_plots(dashboard)))
    dashboard.all_action.trigger()
    qtbot.wait(PERIOD)
    every = (dashboard.loss, dashboard.memory, dashboard.parameters, *small_plots(dashboard), dashboard.samples)
    assert all(map(in_sight, every))
    assert dashboard.tabs.count() == 2
    np.testing.assert_array_equal(drawn(dashboard.speed.curve)[0], np.arange(1, 11))
    dashboard.reset_layout()
    assert not dashboard.all_action.isChecked()
    assert [dashboard.tabs.tabText(number) for number in range(dashboard.tabs.count())] == names
    assert not any(map(in_sight, small_plots(dashboard)))


def test_what_is_too_low_for_all_plots_scrolls_and_nothing_is_pressed_together(qtbot, dashboard, started, stepped):
    dashboard.take([started(), stepped(1)])
    dashboard.all_action.trigger()
    dashboard.resize(400, 500)
    qtbot.wait(PERIOD)
    for plot in (dashboard.loss, dashboard.memory, *small_plots(dashboard)):
        assert plot.height() >= plot.minimumSizeHint().height()
        assert plot.canvas.geometry().top() >= plot.legend.geometry().bottom() or plot.legend.isHidden()
    tops = [plot.mapTo(dashboard, plot.rect().topLeft()).y() for plot in small_plots(dashboard)]
    assert tops == sorted(set(tops)), "one above the other where there is no room beside each other"


def test_a_narrow_card_leaves_out_words_of_its_figure_not_digits(qtbot, dashboard, started, stepped):
    dashboard.take([started(), stepped(1, tokens_per_second=10360.0)])
    dashboard.all_action.trigger()
    qtbot.wait(PERIOD)
    assert dashboard.speed.figure() == "10,360 tokens/s"
    assert dashboard.speed.short_figures(0) == ("10,360 tokens/s", "10,360", "10,360")
    assert dashboard.learning_rate.short_figures(None) == ("2.00e-04", "2.0e-4", "2e-4")
    assert dashboard.loss.short_figures(0) == ("step 1   1.000", "1.000")
    assert dashboard.memory.short_figures(None) == ("6.1 GB",)


def test_the_title_of_an_axis_is_whole_or_not_there(qtbot, dashboard, started, stepped):
    dashboard.take([started(), stepped(1)])
    axis = dashboard.loss.canvas.y_axis
    for height, seen in ((700, True), (92, False)):
        dashboard.loss.canvas.setFixedHeight(height)
        qtbot.wait(PERIOD)
        assert axis.label.isVisible() is seen
