"""The data window as a whole: named, reachable, in every theme and size."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from studio.gui.data.data_window import DataWindow
from studio.gui.data.token_lens import TokenLens
from studio.gui.theme import CONTRAST, DARK, LIGHT, Theme, apply_theme
from studio.plan.plan import Plan
from tests.gui.data.answers import lens, preview, statistics


@pytest.fixture
def window(qtbot: QtBot) -> DataWindow:
    plan = Plan.model_validate({"model": "/m", "data": {"train": "/data/rows.jsonl", "packing": "pack"}})
    made = DataWindow()
    qtbot.addWidget(made)
    made.show_plan(plan)
    made.show_preview(preview())
    made.show_statistics(statistics())
    made.show_lens(lens())
    made.show()
    return made


def test_everything_that_takes_the_focus_has_a_name(window: DataWindow) -> None:
    kinds = (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit, QAbstractItemView, TokenLens)
    tabs = window.findChild(QTabWidget, "dataTabs")
    silent, seen = [], 0
    for index in range(tabs.count()):
        tabs.setCurrentIndex(index)
        for widget in window.findChildren(QWidget):
            inside = isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QTabBar)
            if (
                isinstance(widget, kinds)
                and widget.isVisible()
                and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
                and not inside
            ):
                seen += 1
                if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip():
                    silent.append(f"{type(widget).__name__} {widget.objectName()} in {widget.parent()}")
    assert silent == []
    assert seen > 20


def test_no_key_means_two_things(window: DataWindow) -> None:
    tabs = window.findChild(QTabWidget, "dataTabs")
    keys = [shortcut.key().toString() for shortcut in window.findChildren(QShortcut)]
    keys += [f"Alt+{tabs.tabText(index).split('&')[1][0]}" for index in range(tabs.count())]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=lambda theme: theme.name)
def test_every_tab_in_every_theme_at_every_size(
    qtbot: QtBot, qapp: QApplication, window: DataWindow, theme: Theme
) -> None:
    apply_theme(qapp, theme)
    window.set_theme(theme)
    tabs = window.findChild(QTabWidget, "dataTabs")
    for size in ((1280, 800), (780, 540)):
        window.resize(*size)
        for index in range(tabs.count()):
            tabs.setCurrentIndex(index)
            qtbot.wait(20)
            assert (window.width(), window.height()) == size, "the window cannot be made as small as this"
            assert not window.grab().isNull()


def test_other_data_leave_nothing_of_the_old_in_sight(window: DataWindow) -> None:
    window.show_plan(Plan.model_validate({"model": "/m", "data": {"train": "hub:owner/name"}}))
    window.show_statistics(None)
    assert window.findChild(QLabel, "dataWindowFacts").text() == ""
    assert "hub:owner/name" in [label.text() for label in window.findChildren(QLabel)]
    assert window.findChild(TokenLens, "tokenLens").tokens == []


def test_escape_closes_it(qtbot: QtBot, window: DataWindow) -> None:
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
