"""Random hands on the real window: keys, clicks, wheels, drops, sizes, themes. Any exception or Qt warning is a find.

    python tests/e2e/monkey.py REPORT.json [SEED] [EVENTS]      default: seed 0, 50,000 events

The report: the seed, events by kind, finds, what took long, processes left behind. The exit code is 1 after a find. Workers are fake
ones that answer without torch; everything happens in a home folder that is thrown away.
"""

import json
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

import psutil
from playpen import describe, fence, furnish
from PySide6.QtCore import (
    QEvent,
    QMessageLogContext,
    QMimeData,
    QPoint,
    QPointF,
    QSize,
    Qt,
    QTimer,
    QtMsgType,
    QUrl,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from stopwatch import Stopwatch

from studio.gui.app import open_window
from studio.gui.window import MainWindow

WORKER = Path(__file__).parents[1] / "gui" / "fake_worker.py"
NOTES = "This plugin does not support"  # what a screen without frames and keyboards has to say
KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete),
    *(
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageDown,
    ),
    *(Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F6, Qt.Key.Key_Backspace, Qt.Key.Key_Plus, Qt.Key.Key_Minus),
)
LETTERS = "abcnrstz0123456789.-*[/ "
PLAIN, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
BUTTONS = (Qt.MouseButton.LeftButton,) * 6 + (Qt.MouseButton.RightButton,)
BREATH = 20  # events between two turns of the event loop that are long enough for workers and clocks


class Monkey:
    """Does one random thing at a time to whatever is in front: the window, a dialog or a menu."""

    def __init__(self, window: MainWindow, home: Path, seed: int, events: int) -> None:
        self._window = window
        self._home = home
        self._luck = random.Random(seed)
        self._left = events
        self._acts = (
            *(
                (self._click, 40),
                (self._key, 20),
                (self._letter, 14),
                (self._drag, 6),
                (self._wheel, 6),
                (self._twice, 4),
            ),
            *((self._drop, 2), (self._resize, 1), (self._dress, 1), (self._undo, 4), (self._close_front, 2)),
        )
        self.done: Counter[str] = Counter()
        self.finds: list[str] = []
        self.watch = Stopwatch()

    def run(self) -> None:
        """Until all events are done. Each schedules the next first: a dialog that an event opens is handled inside of it."""
        QTimer.singleShot(0, self._next)
        while self._left > 0:
            QTest.qWait(50)

    def _next(self) -> None:
        self.watch.end()
        if self._left <= 0:
            self._shut_everything()
            return
        self._left -= 1
        QTimer.singleShot(5 if self._left % BREATH == 0 else 0, self._next)
        act = self._luck.choices([act for act, _ in self._acts], [weight for _, weight in self._acts])[0]
        widget = self._somewhere()
        if widget is None:
            return
        kind = act.__name__.strip("_")
        self.watch.begin(kind, f"{kind} on {_called(widget)} in {_called(widget.window())}")
        self.done[kind] += 1
        try:
            act(widget)
        except RuntimeError:
            if isValid(widget):  # otherwise it has closed itself under the hand
                raise

    def _front(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._luck.choice(self._tops())

    def _tops(self) -> list[QWidget]:
        tops = [
            top
            for top in QApplication.topLevelWidgets()
            if top.isVisible() and top.windowType() != Qt.WindowType.ToolTip
        ]
        return tops or [self._window]

    def _somewhere(self) -> QWidget | None:
        front = self._front()
        inside = [widget for widget in front.findChildren(QWidget) if widget.isVisible() and widget.window() is front]
        return self._luck.choice([front, *inside])

    def _place(self, widget: QWidget) -> QPoint:
        return QPoint(self._luck.randrange(max(1, widget.width())), self._luck.randrange(max(1, widget.height())))

    def _click(self, widget: QWidget) -> None:
        self._press_and_let_go(
            widget, self._luck.choice(BUTTONS), self._luck.choice((PLAIN, PLAIN, CTRL, SHIFT)), moves=0
        )

    def _drag(self, widget: QWidget) -> None:
        self._press_and_let_go(widget, Qt.MouseButton.LeftButton, PLAIN, moves=3)

    def _twice(self, widget: QWidget) -> None:
        place, button = self._place(widget), Qt.MouseButton.LeftButton
        where = (QPointF(place), QPointF(widget.mapToGlobal(place)), button, button, PLAIN)
        QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseButtonDblClick, *where))

    def _press_and_let_go(self, widget: QWidget, button: Qt.MouseButton, keys: Qt.KeyboardModifier, moves: int) -> None:
        """One event after another: each may take the widget away, and QTest would send the next to where it was."""
        place = self._place(widget)
        QTest.mousePress(widget, button, keys, place)
        for _ in range(moves):
            if isValid(widget):
                QTest.mouseMove(widget, self._place(widget))
        if isValid(widget):
            QTest.mouseRelease(widget, button, keys, place if not moves else self._place(widget))

    def _wheel(self, widget: QWidget) -> None:
        place = QPointF(self._place(widget))
        turn = QPoint(0, self._luck.choice((-120, 120)))
        no = (Qt.MouseButton.NoButton, PLAIN, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(
            widget, QWheelEvent(place, QPointF(widget.mapToGlobal(place.toPoint())), QPoint(), turn, *no)
        )

    def _key(self, widget: QWidget) -> None:
        QTest.keyClick(
            QApplication.focusWidget() or widget,
            self._luck.choice(KEYS),
            self._luck.choice((PLAIN, PLAIN, SHIFT, CTRL)),
        )

    def _letter(self, widget: QWidget) -> None:
        letter = self._luck.choice(LETTERS)
        QTest.keyClick(QApplication.focusWidget() or widget, letter, self._luck.choice((PLAIN, PLAIN, PLAIN, CTRL)))

    def _undo(self, widget: QWidget) -> None:
        self._luck.choice((self._window.undo_action, self._window.redo_action)).trigger()

    def _drop(self, widget: QWidget) -> None:
        data = QMimeData()
        paths = self._luck.sample(sorted(self._home.rglob("*")), k=self._luck.choice((1, 1, 2)))
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        place, hand = self._place(widget), (data, Qt.MouseButton.LeftButton, PLAIN)
        entered = QDragEnterEvent(place, Qt.DropAction.CopyAction, *hand)
        QApplication.sendEvent(widget, entered)
        if entered.isAccepted():
            QApplication.sendEvent(widget, QDropEvent(QPointF(place), Qt.DropAction.CopyAction, *hand))

    def _resize(self, widget: QWidget) -> None:
        self._window.resize(QSize(self._luck.randrange(700, 1800), self._luck.randrange(500, 1200)))

    def _dress(self, widget: QWidget) -> None:
        self._window.use_theme(self._luck.choice(("light", "dark", "contrast", "system")))

    def _close_front(self, widget: QWidget) -> None:
        front = self._front()
        if front is not self._window:
            front.close()

    def _shut_everything(self) -> None:
        """Leave no loop of a dialog standing."""
        for _ in range(50):
            front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if front is None:
                return
            front.close()


def _called(widget: QWidget) -> str:
    return (
        f"{type(widget).__name__} '{widget.objectName() or widget.accessibleName() or widget.property('text') or ''}'"
    )


def play(report: Path, seed: int, events: int) -> int:
    """One game; returns the exit code."""
    import studio.link.launch

    studio.link.launch.worker_command = lambda: [sys.executable, str(WORKER)]
    before = set(psutil.Process().children(recursive=True))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HF_HOME", "LORA_STUDIO_HOME"):
            os.environ[name] = str(home)
        furnish(home)
        fence(home, random.Random(seed + 1))
        app = QApplication(sys.argv[:1])
        window = open_window(app)
        QTest.qWait(500)
        describe(window)
        monkey = Monkey(window, home, seed, events)
        session = window.session
        session.descriptionChanged.connect(
            lambda _known: QTimer.singleShot(200, lambda: describe(window) if session.description is None else None)
        )

        def slipped(kind: type[BaseException], error: BaseException, trace: object) -> None:
            monkey.finds.append("".join(traceback.format_exception(kind, error, trace)))

        def warned(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
            if not text.startswith(NOTES):
                monkey.finds.append(f"Qt: {text}")

        sys.excepthook = slipped
        qInstallMessageHandler(warned)
        monkey.run()
        if window.control.live:
            window.stop_button.setEnabled(False)
            window.run_wires.may_close = lambda: True
            _stop(window)
        window.close()
        QTest.qWait(500)
        qInstallMessageHandler(None)
    left = [process for process in psutil.Process().children(recursive=True) if process not in before]
    told = {
        "seed": seed,
        "events": sum(monkey.done.values()),
        "kinds": dict(monkey.done),
        "finds": sorted(Counter(monkey.finds).items(), key=lambda row: -row[1]),
        "left_processes": [process.name() for process in left],
    } | monkey.watch.report()
    for process in left:
        process.kill()
    report.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return 1 if monkey.finds or left else 0


def _stop(window: MainWindow) -> None:
    """The end of a run that nobody wants: a fake worker that is paused waits for ever."""
    from studio.plan.commands import Command

    for wish in ("resume", "stop"):
        window.control.tell(Command(wish))
    end = time.monotonic() + 10
    while window.control.live and time.monotonic() < end:
        QTest.qWait(50)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["HF_HUB_OFFLINE"] = "1"
    words = sys.argv[1:]
    sys.exit(play(Path(words[0]), int(words[1]) if len(words) > 1 else 0, int(words[2]) if len(words) > 2 else 50_000))
