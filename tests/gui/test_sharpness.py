"""Scale 3: whatever the window paints itself has the detail of the screen, lies where it lay, and keeps its lines."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

from studio.gui.data.token_lens import TokenLens
from studio.gui.model.matrix_colours import rank_scale
from studio.gui.model.matrix_grid import MatrixGrid
from studio.gui.model.matrix_legend import MatrixLegend
from studio.gui.run.dashboard import Dashboard
from studio.gui.run.export import image_of
from studio.gui.run.legend import Legend, LegendEntry
from studio.gui.runs.runs_model import LOSSES_ROLE
from studio.gui.runs.sparkline import SparklineDelegate
from studio.gui.theme import LIGHT
from studio.plan.description import ModelDescription, ModuleInfo
from studio.plan.targets import TargetSetting

SCALE = 3
NAMES = [f"model.layers.{layer}.self_attn.{part}_proj" for layer in range(6) for part in "qkvo"]
RANKS = {name: TargetSetting(4 * (1 + index % 4), 16.0, 0.0) for index, name in enumerate(NAMES)}


def matrix() -> QWidget:
    grid = MatrixGrid()
    modules = tuple(ModuleInfo(name, "linear", (16, 16), 256, True) for name in NAMES)
    grid.show_description(
        ModelDescription(
            "/m", "/m", "llama", 4096, modules, layers=6, hidden_size=16, intermediate_size=32, vocab_size=64,
            heads=2, kv_heads=2, head_dim=8, max_positions=256,
        )
    )  # fmt: skip
    grid.show_targets(RANKS)
    return grid


def heat_legend() -> QWidget:
    legend = MatrixLegend()
    legend.show_scale("rank", rank_scale(RANKS))
    return legend


def line_legend() -> QWidget:
    legend = Legend()
    pens = [QPen(QColor(LIGHT.loss), 1), QPen(QColor(LIGHT.evaluation), 1.5, Qt.PenStyle.DashLine)]
    entries = [LegendEntry("each step", pens[0]), LegendEntry("evaluation", pens[1], marker=True)]
    legend.show_entries(entries, QColor(LIGHT.secondary))
    return legend


def sparkline() -> QWidget:
    table, model = QTableView(), QStandardItemModel(1, 1)
    item = QStandardItem()
    item.setData([3.0, 2.0, 2.4, 1.0, 1.1, 0.4], LOSSES_ROLE)
    model.setItem(0, 0, item)
    model.setParent(table)
    table.setModel(model)
    delegate = SparklineDelegate()
    delegate.setParent(table)
    table.setItemDelegate(delegate)
    return table


def token_lens() -> QWidget:
    lens = TokenLens()
    texts = ["On", " Monday", " at", " the", " tower"]
    tokens = [
        [number, text, "trained" if number > 1 else "masked", False, 0, number] for number, text in enumerate(texts)
    ]
    lens.show_row({"tokens": tokens}, packed=False)
    return lens


def picture(widget: QWidget, scale: int) -> NDArray[np.int_]:
    """(height, width, 3), in pixels of a screen of this scale."""
    image = QImage(widget.size() * scale, QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    widget.render(painter, QPoint(), QRect(QPoint(), widget.size()))
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(int)


@pytest.mark.parametrize("make", [matrix, heat_legend, line_legend, sparkline, token_lens])
def test_what_is_painted_by_hand_is_sharp_and_in_its_place(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    widget = make()
    qtbot.addWidget(widget)
    widget.resize(260, max(widget.minimumHeight(), 120))
    widget.show()
    qtbot.wait(20)
    small, large = picture(widget, 1), picture(widget, SCALE)
    blocks = large.reshape(small.shape[0], SCALE, small.shape[1], SCALE, 3)
    assert np.ptp(small, axis=(0, 1)).max() > 100, "there is something to see"
    detail = np.ptp(blocks, axis=(1, 3)).max(axis=-1) > 40  # a blown up pixmap has nothing within the pixels of scale 1
    assert detail.sum() > 100
    flat = ~detail & (np.abs(blocks.mean(axis=(1, 3)) - small).max(axis=-1) > 60)
    assert flat.mean() < 0.02, "nothing has moved"


def test_lines_of_plots_keep_their_width(qtbot: QtBot, started: Callable, stepped: Callable) -> None:
    board = Dashboard()
    qtbot.addWidget(board)
    board.show()
    board.take([started(), stepped(1), stepped(2, 3.0)])
    plot = board.loss
    drawn = (plot.canvas.x_axis.pen, plot.canvas.y_axis.tickPen, lambda: plot.canvas.reading.pen)
    drawn += (lambda: plot.raw.opts["pen"], lambda: plot.best_line.pen)
    before = [pen().widthF() for pen in drawn]
    with plot._drawn_at(SCALE):
        assert [pen().widthF() for pen in drawn] == [SCALE * width for width in before]
        assert image_of(plot, QColor("white")).devicePixelRatio() == 2
    assert [pen().widthF() for pen in drawn] == before
