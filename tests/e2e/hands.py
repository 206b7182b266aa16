"""Hands for a real window: wait, find, click, look. Used by the scripts that drive it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QWidget

Kind = TypeVar("Kind", bound=QWidget)


def wait_for(happened: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Turn the event loop until something has happened; fail with a sentence if it does not."""
    end = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain: {what}")
        QTest.qWait(20)


def find(window: QWidget, kind: type[Kind], name: str) -> Kind:
    """The control of that object name."""
    found = window.findChild(kind, name)
    assert found is not None, f"there is no {name}"
    return found


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """A real mouse click."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or widget.rect().center())


def answer_box(text: str) -> None:
    """Press a button of the question that is about to come up."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(50, press)
            return
        buttons: list[QAbstractButton] = box.buttons()
        match = [button for button in buttons if button.text().replace("&", "") == text]
        assert match, f"no button {text!r} among {[button.text() for button in buttons]}"
        match[0].click()

    QTimer.singleShot(50, press)


def picture(window: QWidget, path: Path) -> None:
    """A screenshot of the window."""
    path.parent.mkdir(parents=True, exist_ok=True)
    window.grab().save(str(path))
