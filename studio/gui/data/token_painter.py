"""How tokens are painted: chips with the marks of their state."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from studio.gui.data.token_flow import HEADING, MARGIN, PAD, SPECIAL_PAD, Flow, Token
from studio.gui.data.token_marks import looks
from studio.gui.theme import LIGHT, Theme

RADIUS = 3.0


class TokenPainter:
    """Paints tokens in a theme's colours. Learnt is underlined and heavier, cut struck out; a special token stands in a box."""

    def __init__(self) -> None:
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Paint in a theme's colours from now on."""
        self.theme = theme
        self._looks = looks(theme)

    def paint(
        self, painter: QPainter, tokens: Sequence[Token], flow: Flow, area: QRectF, font: QFont, read: int | None
    ) -> None:
        """Paint what of the flow lies in an area; `read` is the token with a frame around it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for y, words in flow.headings:
            if area.top() - HEADING < y < area.bottom():
                self._heading(painter, y, words, area.right() - MARGIN, font)
        for index in flow.between(area.top(), area.bottom()):
            token = tokens[index]
            self.token(painter, flow.places[index], flow.texts[index], token[2], bool(token[3]), font)
        if read is not None:
            painter.setPen(QPen(QColor(self.theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(flow.places[read].adjusted(-0.5, -0.5, 0.5, 0.5), RADIUS, RADIUS)

    def token(self, painter: QPainter, place: QRectF, text: str, state: str, special: bool, font: QFont) -> None:
        """Paint one token."""
        look = self._looks[state]
        if look.ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.ground)
            painter.drawRoundedRect(place, RADIUS, RADIUS)
        if special:
            painter.setPen(QPen(look.ink, 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(1.5, 1.5, -1.5, -2.5), RADIUS, RADIUS)
        written = QFont(font)
        if look.heavy:
            written.setWeight(QFont.Weight.Medium)
        pad = SPECIAL_PAD if special else PAD
        inside = place.adjusted(pad, 0, -pad, 0)
        metrics = QFontMetricsF(written)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width() + 1)
        painter.setFont(written)
        painter.setPen(look.ink)
        painter.drawText(inside.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if look.underlined:
            painter.setPen(QPen(look.line, 2.0))
            painter.drawLine(QLineF(place.left() + 1, place.bottom() - 1, place.right() - 1, place.bottom() - 1))
        if look.struck:
            middle = place.center().y() + 1
            painter.setPen(QPen(look.line, 1.0))
            painter.drawLine(QLineF(place.left() + 1, middle, place.right() - 1, middle))

    def _heading(self, painter: QPainter, y: float, words: str, right: float, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(QColor(self.theme.secondary))
        width = QFontMetricsF(font).horizontalAdvance(words)
        painter.drawText(QRectF(MARGIN, y, width + 4, HEADING), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(QPen(QColor(self.theme.line), 1.0))
        painter.drawLine(QLineF(MARGIN + width + 12, y + HEADING / 2, right, y + HEADING / 2))
