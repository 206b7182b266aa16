"""The tour: four hints on a first start, each beside what it speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

WIDTH = 360
GAP = 12
LOW = 80  # as a button or an input is


@dataclass(frozen=True, slots=True)
class Hint:
    """A few sentences about one control."""

    control: QWidget
    title: str
    text: str


class Tour(QFrame):
    """A card that stands on the window and leaves it usable. `ended` comes when it is closed, at whichever step."""

    ended = Signal()

    def __init__(self, window: QWidget, hints: Sequence[Hint]) -> None:
        super().__init__(window)
        self.setObjectName("tour")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Tour"))
        self.setFixedWidth(WIDTH)
        self._window = window
        self._hints = tuple(hints)
        self._at = 0
        self._frame = QFrame(window)
        self._frame.setObjectName("tourFrame")
        self._frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._title = QLabel()
        self._title.setProperty("large", True)
        self._title.setWordWrap(True)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._count = QLabel()
        self._count.setProperty("secondary", True)
        self.back_button = QPushButton(self.tr("Back"))
        self.back_button.clicked.connect(self._back)
        self.next_button = QPushButton()
        self.next_button.setProperty("primary", True)
        self.next_button.clicked.connect(self._next)
        self.skip_button = QPushButton(self.tr("Skip"))
        self.skip_button.setProperty("flat", True)
        self.skip_button.clicked.connect(self.end)
        buttons = QHBoxLayout()
        buttons.addWidget(self.skip_button)
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.next_button)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for widget in (self._count, self._title, self._text):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    def begin(self) -> None:
        """Show the first hint. The focus stays where it is: whoever knows the program just goes on."""
        self._window.installEventFilter(self)  # only while it is seen: a filter in Python hears of every event
        self._show(0)

    def title(self) -> str:
        """What the hint on screen is about."""
        return self._title.text()

    def end(self) -> None:
        """Close it."""
        self._window.removeEventFilter(self)
        self.hide()
        self._frame.hide()
        self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay beside the control when the window changes its size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _next(self) -> None:
        if self._at + 1 < len(self._hints):
            self._show(self._at + 1)
        else:
            self.end()

    def _back(self) -> None:
        self._show(max(0, self._at - 1))

    def _show(self, number: int) -> None:
        self._at = number
        hint = self._hints[number]
        last = number + 1 == len(self._hints)
        self._count.setText(self.tr("Step {0} of {1}").format(number + 1, len(self._hints)))
        self._title.setText(hint.title)
        self._text.setText(hint.text)
        self.setAccessibleDescription(f"{hint.title}. {hint.text}")
        self.back_button.setEnabled(number > 0)
        self.next_button.setText(self.tr("Done") if last else self.tr("Next"))
        _scroll_to(hint.control)
        self.show()
        self._place()

    def _place(self) -> None:
        window = self._window
        control = self._hints[self._at].control
        shown = control.isVisibleTo(window)
        seen = control.visibleRegion().boundingRect()  # a part of it, where it is in a scroll area
        area = QRect(control.mapTo(window, seen.topLeft()), seen.size())
        self._frame.setGeometry(area.adjusted(-4, -4, 4, 4))
        self._frame.setVisible(shown)
        self.setFixedHeight(self._column.totalHeightForWidth(WIDTH))
        room = window.rect().adjusted(GAP, GAP, -GAP - self.width(), -GAP - self.height())
        place = _beside(area, self.width(), window.width()) if shown else room.center()
        self.move(min(max(place.x(), room.left()), room.right()), min(max(place.y(), room.top()), room.bottom()))
        self._frame.raise_()
        self.raise_()


def _beside(area: QRect, width: int, whole: int) -> QPoint:
    """Below a low control; right of a panel in the left half, left of one in the right half."""
    if area.height() < LOW:
        return QPoint(area.left(), area.bottom() + GAP)
    right = area.center().x() < whole // 2
    return QPoint(area.right() + GAP if right else area.left() - GAP - width, area.top())


def _scroll_to(control: QWidget) -> None:
    parent = control.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(control)
        parent = parent.parentWidget()
