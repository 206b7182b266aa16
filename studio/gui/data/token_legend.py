"""The legend of the token lens: one token of each kind with its words, in lines that wrap."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.gui.data.token_flow import HIGH, LINE, PAD, SPECIAL_PAD
from studio.gui.data.token_marks import BREAK, SPACE
from studio.gui.data.token_painter import TokenPainter
from studio.gui.theme import Theme

GAP, BETWEEN = 6.0, 16.0


class TokenLegend(QWidget):
    """Says what the looks of tokens mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = TokenPainter()
        # Text of the sample, state, special; words beside it.
        self._entries = (
            ("token", "trained", False, self.tr("learnt")),
            ("token", "masked", False, self.tr("read, not learnt")),
            ("token", "cut", False, self.tr("cut away")),
            ("</s>", "masked", True, self.tr("special token")),
            (SPACE, "", False, self.tr("space")),
            (BREAK, "", False, self.tr("line break")),
        )
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Legend"))
        self.setAccessibleDescription(
            self.tr(
                "Underlined and heavy: learnt. Plain: read, not learnt. Struck out: cut away. In a box: special token."
            )
        )

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self._painter.set_theme(theme)
        self.update()

    def heightForWidth(self, width: int) -> int:
        """Pixels for all lines."""
        return int(max(place.bottom() for place, _ in self._places(width)) + 3)

    def sizeHint(self) -> QSize:
        """As high as the present width asks for."""
        return QSize(160, self.heightForWidth(max(self.width(), 160)))

    def minimumSizeHint(self) -> QSize:
        """One line."""
        return QSize(0, int(LINE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width may need other lines."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw samples and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for (text, state, special, words), (sample, name) in zip(self._entries, self._places(self.width())):
            if state:
                self._painter.token(painter, sample, text, state, special, self.font())
            painter.setFont(self.font())
            painter.setPen(QColor(self._painter.theme.secondary))
            if not state:
                painter.drawText(sample, Qt.AlignmentFlag.AlignCenter, text)
            painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()

    def _places(self, width: float) -> list[tuple[QRectF, QRectF]]:
        """The rectangles of each sample and of its words."""
        metrics = QFontMetricsF(self.font())
        found: list[tuple[QRectF, QRectF]] = []
        x, y = 0.0, 2.0
        for text, _, special, words in self._entries:
            sample = metrics.horizontalAdvance(text) + 2 * (SPECIAL_PAD if special else PAD) + 2
            name = metrics.horizontalAdvance(words) + 2
            if x and x + sample + GAP + name > width:
                x, y = 0.0, y + LINE
            found.append((QRectF(x, y, sample, HIGH), QRectF(x + sample + GAP, y, name, HIGH)))
            x += sample + GAP + name + BETWEEN
        return found
