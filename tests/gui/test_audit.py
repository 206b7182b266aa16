"""Every page and every dialog, walked: what takes the focus has a name and a role, Tab reaches it, no two things share a key."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSplitterHandle,
    QTabBar,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from studio.gui.app import open_window
from studio.gui.data.data_window import DataWindow
from studio.gui.desktop.shortcut_sheet import ShortcutSheet
from studio.gui.export.wizard import ExportWizard
from studio.gui.fit_dialog import FitDialog
from studio.gui.model.ranks_dialog import RanksDialog
from studio.gui.window import MainWindow
from studio.plan.description import ModelDescription, ModuleInfo
from studio.plan.plan import Plan
from studio.runs.folder import create_run

CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit)
VAGUE = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, fake_worker: None, run_plan: Plan) -> Iterator[MainWindow]:
    """The real window on a small model, with one run in its list."""
    QSettings("lora-studio", "LoRA Studio").clear()
    create_run(run_plan, None)
    made = open_window(qapp)
    made.resize(1280, 800)
    qtbot.waitUntil(lambda: made.title.text() != "", timeout=10000)
    names = [f"model.layers.{layer}.self_attn.{part}_proj" for layer in range(2) for part in "qkvo"]
    modules = tuple(ModuleInfo(name, "linear", (16, 16), 256, True) for name in names)
    model = made.session.plan.model
    made.session.set_description(
        ModelDescription(
            model, model, "llama", 4096, modules, layers=2, hidden_size=16, intermediate_size=32, vocab_size=64,
            heads=2, kv_heads=2, head_dim=8, max_positions=256,
        )
    )  # fmt: skip
    yield made
    made.close()
    made.deleteLater()


def takes_focus(root: QWidget) -> Iterator[QWidget]:
    """What a user of the keyboard or of a screen reader meets: visible, and not a part of another control."""
    for widget in root.findChildren(QWidget):
        inside = isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QTabBar | QHeaderView)
        part = isinstance(widget, QHeaderView | QSplitterHandle) or widget.objectName().startswith("qt_")
        reached = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisibleTo(root)
        if reached and not inside and not part and widget.window() is root.window():
            yield widget


def told(widget: QWidget, what: QAccessible.Text) -> str:
    face = QAccessible.queryAccessibleInterface(widget)
    return face.text(what).strip() if face is not None else ""


def shown(widget: QWidget) -> str:
    return f"{type(widget).__name__} '{widget.objectName()}' in {type(widget.parent()).__name__}"


def silent(root: QWidget) -> list[str]:
    """Whatever would be read out as nothing."""
    nameless = [shown(w) for w in takes_focus(root) if not told(w, QAccessible.Text.Name)]
    vague = [
        f"{shown(w)}: no role"
        for w in takes_focus(root)
        if not isinstance(w, QLabel | QTabWidget) and QAccessible.queryAccessibleInterface(w).role() in VAGUE
    ]
    return nameless + vague


def empty_cells(root: QWidget) -> list[str]:
    """Cells of lists that would be read out as nothing."""
    found = []
    for view in root.findChildren(QAbstractItemView):
        model = view.model()
        if model is None or not view.isVisibleTo(root) or isinstance(view, QHeaderView):
            continue
        for column in range(model.columnCount(view.rootIndex())):
            for row in range(model.rowCount(view.rootIndex())):
                index = model.index(row, column, view.rootIndex())
                if not str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "").strip():
                    found.append(f"{shown(view)}: row {row}, column {column}")
    return found


def pages(window: MainWindow) -> dict[str, Callable[[], None]]:
    """Everything that the centre can show, with every tab of it."""
    ways: dict[str, Callable[[], None]] = {}
    for number in range(window.pages.count()):
        page = window.pages.widget(number)
        ways[type(page).__name__] = lambda page=page: window.show_page(page)
    for number in range(window.dashboard.tabs.count()):

        def show_tab(number: int = number) -> None:
            window.show_page(window.dashboard)
            window.dashboard.tabs.setCurrentIndex(number)

        ways[window.dashboard.tabs.tabText(number)] = show_tab
    return ways


def dialogs(window: MainWindow, tmp_path: Path, run_plan: Plan) -> list[QWidget]:
    run, description = create_run(run_plan, tmp_path / "exported"), window.session.description
    assert description is not None
    return [
        ShortcutSheet(window),
        ExportWizard(window.service, run, description, window),
        FitDialog(window),
        RanksDialog(window.session.plan, description, [], window),
        DataWindow(window),
    ]


def test_every_page_can_be_heard(window: MainWindow, qtbot: QtBot) -> None:
    found = []
    for name, show in pages(window).items():
        show()
        qtbot.wait(20)
        found += [f"{name}: {line}" for line in silent(window) + empty_cells(window)]
    assert sorted(set(found)) == []


def test_every_dialog_can_be_heard(window: MainWindow, tmp_path: Path, run_plan: Plan, qtbot: QtBot) -> None:
    found = []
    for dialog in dialogs(window, tmp_path, run_plan):
        dialog.show()
        qtbot.wait(20)
        found += [f"{type(dialog).__name__}: {line}" for line in silent(dialog)]
        for tabs in dialog.findChildren(QTabWidget):
            for number in range(tabs.count()):
                tabs.setCurrentIndex(number)
                found += [f"{type(dialog).__name__}, {tabs.tabText(number)}: {line}" for line in silent(dialog)]
        if not dialog.windowTitle():
            found.append(f"{type(dialog).__name__}: no title")
        dialog.close()
        dialog.deleteLater()
    assert sorted(set(found)) == []


def reached_by_tab(root: QWidget) -> set[QWidget]:
    """Where Tab leads from here, until it comes round. Pressed for real: a widget may keep the key to itself."""
    seen: set[QWidget] = set()
    for _ in range(400):
        widget = QApplication.focusWidget()
        if widget is None:
            break
        if widget in seen:
            # A text that takes Tab as a letter would hold it for ever; Ctrl+Tab is its way out.
            break
        seen.add(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    return seen


def test_tab_reaches_every_control(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    missed = []
    for name, show in pages(window).items():
        show()
        qtbot.wait(20)
        window.keys.enter(window.model_dock)
        reached = reached_by_tab(window)
        for widget in window.findChildren(QWidget):
            inside = isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QLineEdit | QTabBar | QHeaderView)
            part = isinstance(widget, QHeaderView | QSplitterHandle) or widget.objectName().startswith("qt_")
            control = isinstance(widget, CONTROLS) and widget.isVisible() and widget.isEnabled()
            proxy = widget.focusProxy()
            if control and not inside and not part and widget not in reached and proxy not in reached:
                missed.append(f"{name}: {shown(widget)} {told(widget, QAccessible.Text.Name)!r}")
    assert sorted(set(missed)) == []


def test_no_two_actions_share_a_key(window: MainWindow) -> None:
    taken: dict[str, str] = {}
    twice = []
    for action in window.actions():
        for key in action.shortcuts():
            text = key.toString()
            if text and text in taken:
                twice.append(f"{text}: {taken[text]}, {action.text()}")
            taken[text] = action.text()
    for button in window.findChildren(QAbstractButton):
        key = button.shortcut().toString()
        if key and key in taken:
            twice.append(f"{key}: {taken[key]}, {button.text()}")
    assert twice == []


def test_every_action_with_a_key_says_what_it_does(window: MainWindow) -> None:
    nameless = [
        a.shortcut().toString() for a in window.findChildren(QAction) if a.shortcut().toString() and not a.text()
    ]
    assert nameless == []


def test_what_is_off_says_why(window: MainWindow) -> None:
    window.session.set_description(None)
    assert not window.start_button.isEnabled()
    assert told(window.start_button, QAccessible.Text.Description)
