"""A label that gives way: it takes the room there is, and shortens its text to it."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

NEXT_TO_NOTHING = 24


class ElidedLabel(QLabel):
    """One line of plain text; where it does not fit it ends in "…" (or has it in the middle), and the tooltip has all of it."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    ) -> None:
        super().__init__(text, parent)
        self._elide = elide
        self._shorter: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)

    def set_texts(self, text: str, *shorter: str) -> None:
        """Show a text; where it does not fit, the first of the shorter ones that does."""
        if (text, shorter) != (self.text(), self._shorter):
            self._shorter = shorter
            self.setText(text)
            self.update()

    def minimumSizeHint(self) -> QSize:
        """Next to nothing: the layout gives it what the others leave."""
        return QSize(min(NEXT_TO_NOTHING, self.sizeHint().width()), super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """The tooltip is asked for while the width is known."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip("" if self._fitted() == self.text() else self.text())
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as there is room for."""
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            self._fitted(),
            self.foregroundRole(),
        )

    def _fitted(self) -> str:
        width, metrics = self.contentsRect().width(), self.fontMetrics()
        texts = (self.text(), *self._shorter)
        fits = next((text for text in texts if metrics.horizontalAdvance(text) <= width), None)
        return metrics.elidedText(texts[-1], self._elide, width) if fits is None else fits
