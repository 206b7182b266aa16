"""Keys for what has no menu: the run's buttons, the pages, the panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from studio.gui.window import MainWindow

REASON = Qt.FocusReason.ShortcutFocusReason


class Keys(QObject):
    """Actions without a place on screen; the sheet of shortcuts lists them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._w = window
        self._add(self.tr("Pause or resume the run"), "Ctrl+P").triggered.connect(window.pause_button.click)
        self._add(self.tr("Stop the run"), "Ctrl+.").triggered.connect(window.stop_button.click)
        self._add(self.tr("Show the plots"), "Ctrl+1").triggered.connect(self._show_plots)
        self._add(self.tr("Show the runs"), "Ctrl+2").triggered.connect(self._show_runs)
        self._add(self.tr("Show the playground"), "Ctrl+3").triggered.connect(self._show_playground)
        self._add(self.tr("Find a setting"), "Ctrl+F").triggered.connect(window.setting_search.setFocus)
        self._add(self.tr("Next panel"), "F6").triggered.connect(self._next_panel)
        self._add(self.tr("Previous panel"), "Shift+F6").triggered.connect(self._previous_panel)
        self._add(self.tr("Close the message"), "Ctrl+D").triggered.connect(window.banner.hide)

    def _add(self, text: str, keys: str) -> QAction:
        action = QAction(text, self._w)
        action.setShortcut(keys)
        self._w.addAction(action)
        return action

    def _show_plots(self) -> None:
        self._w.show_page(self._w.dashboard)

    def _show_runs(self) -> None:
        self._w.show_page(self._w.runs_page)

    def _show_playground(self) -> None:
        self._w.show_page(self._w.playground)

    def _next_panel(self) -> None:
        self._move(1)

    def _previous_panel(self) -> None:
        self._move(-1)

    def enter(self, panel: QWidget) -> None:
        """Put the focus on a panel's first control."""
        first = _first_control(panel)
        if first is not None:
            first.setFocus(REASON)

    def _move(self, by: int) -> None:
        """Put the focus into the next panel: the model, the page in the centre, the plan, the buttons above."""
        w = self._w
        panels = [panel for panel in (w.main_bar, w.model_dock, w.pages, w.plan_dock) if panel.isVisible()]
        focus = QApplication.focusWidget()
        now = next(
            (number for number, panel in enumerate(panels) if focus is not None and panel.isAncestorOf(focus)), 0
        )
        self.enter(panels[(now + by) % len(panels)])


def _first_control(panel: QWidget) -> QWidget | None:
    """What Tab would reach first in a panel."""
    widget = panel.nextInFocusChain()
    while widget is not None and widget is not panel:
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        if reached and panel.isAncestorOf(widget):
            return widget
        widget = widget.nextInFocusChain()
    return None
