"""The token lens: a row as the model gets it, each token drawn by itself."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from studio.gui.data.facts import token_line
from studio.gui.data.token_flow import HEADING, LINE, Flow, Token, flow
from studio.gui.data.token_painter import TokenPainter
from studio.gui.theme import Theme


class TokenLens(QAbstractScrollArea):
    """Draws only what is seen, so that a row of thousands of tokens scrolls as one of ten.

    The pointer, or the arrow keys, read a token: `tokenRead` carries its facts in words, empty where none is read.
    """

    tokenRead = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tokenLens")
        self.setAccessibleName(self.tr("Tokens of the row"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(self.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tokens: list[Token] = []
        self._packed = False
        self._flow = Flow([], [], [], 0.0)
        self._hint = ""
        self._read: int | None = None
        self._painter = TokenPainter()
        self._widths: dict[tuple[str, bool], float] = {}

    @property
    def tokens(self) -> list[Token]:
        """What is shown: id, text, state, special, document, position of each token."""
        return self._tokens

    @property
    def read(self) -> int | None:
        """The token that is read, by its place among those shown."""
        return self._read

    def show_row(self, answer: Mapping[str, Any], packed: bool) -> None:
        """Show a row as the lens of a worker describes it."""
        self._tokens, self._packed, self._hint = list(answer["tokens"]), packed, ""
        self._point(None)
        self._set(top=True)

    def show_hint(self, text: str) -> None:
        """Say what will be here, in place of a row."""
        self._tokens, self._hint = [], text
        self._point(None)
        self._set(top=True)

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self._painter.set_theme(theme)
        self.viewport().update()

    def line_of(self, index: int) -> str:
        """The facts of a token in words."""
        return token_line(index, self._tokens[index], self._packed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self._set(top=False)

    def changeEvent(self, event: QEvent) -> None:
        """Another font has other widths."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_widths"):
            self._widths.clear()
            self._set(top=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines that are seen."""
        painter = QPainter(self.viewport())
        if self._tokens:
            area = QRectF(0, self._offset, self.viewport().width(), self.viewport().height())
            painter.translate(0, -self._offset)
            self._painter.paint(painter, self._tokens, self._flow, area, self.font(), self._read)
        else:
            painter.setPen(QColor(self._painter.theme.secondary))
            room = self.viewport().rect().adjusted(24, 0, -24, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._hint)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read what is under the pointer."""
        self._point(self._at(event.position().toPoint()))

    def viewportEvent(self, event: QEvent) -> bool:
        """The tooltip says what is known of a token; leaving reads none."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._at(event.pos())
            QToolTip.showText(event.globalPos(), "" if index is None else self.line_of(index), self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self._point(None)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read token by token, line by line, from end to end."""
        key, last = event.key(), len(self._tokens) - 1
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        here = self._read
        if last < 0 or not plain:
            super().keyPressEvent(event)
            return
        page = max(1, int(self.viewport().height() / LINE) - 1)
        lines = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            self._go(0 if here is None else min(max(here + step, 0), last))
        elif key in lines:
            self._go(0 if here is None else self._flow.beside(here, lines[Qt.Key(key)]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys have somewhere to begin."""
        super().focusInEvent(event)
        if self._read is None and self._tokens and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._go(0)

    @property
    def _offset(self) -> int:
        return self.verticalScrollBar().value()

    def _at(self, point: QPoint) -> int | None:
        return self._flow.at(point.x(), point.y() + self._offset)

    def _go(self, index: int) -> None:
        self._point(index)
        place = self._flow.places[index]
        bar, air = self.verticalScrollBar(), HEADING
        if place.top() - air < self._offset:
            bar.setValue(int(place.top() - air))
        elif place.bottom() + air > self._offset + self.viewport().height():
            bar.setValue(int(place.bottom() + air) - self.viewport().height())

    def _point(self, index: int | None) -> None:
        if index != self._read:
            self._read = index
            words = "" if index is None else self.line_of(index)
            self.setAccessibleDescription(words)
            self.tokenRead.emit(words)
            self.viewport().update()

    def _set(self, *, top: bool) -> None:
        """Set the tokens into lines of the present width."""
        bar = self.verticalScrollBar()
        # Without the bar's room, also where it is hidden: its coming would change the width, and with it the height.
        self._flow = flow(self._tokens, self.width() - bar.sizeHint().width(), self._measure, self._packed)
        bar.setRange(0, max(0, int(self._flow.height) - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(int(LINE))
        if top:
            bar.setValue(0)
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Drawn anew: what is seen is little."""
        self.viewport().update()

    def _measure(self, text: str, heavy: bool) -> float:
        width = self._widths.get((text, heavy))
        if width is None:
            width = QFontMetricsF(heavy_font(self.font()) if heavy else self.font()).horizontalAdvance(text)
            self._widths[text, heavy] = width
        return width


def heavy_font(font: QFont) -> QFont:
    """The font of what is learnt."""
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.Medium)
    return heavy
