"""The flow of tokens: where each is drawn in lines of a width, with headings between documents and at the cut."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF

from studio.gui.data.token_marks import breaks_line, visible

Token = Sequence[Any]  # id, text, state, special, document, position
LINE = 26.0  # pixels from line to line
HIGH = 21.0  # of a token
HEADING = 24.0
GAP = 2.0
MARGIN = 8.0
PAD = 3.0  # inside a token, left and right
SPECIAL_PAD = 6.0


@dataclass(frozen=True, slots=True)
class Flow:
    """`places` (n,): the rectangle of each token; `headings`: y and words; `height`: of everything."""

    texts: list[str]
    places: list[QRectF]
    headings: list[tuple[float, str]]
    height: float

    def between(self, top: float, bottom: float) -> range:
        """The tokens that stand between two heights, in pixels."""
        begin = bisect_right(self.places, top, key=lambda place: place.bottom())
        return range(begin, bisect_left(self.places, bottom, key=lambda place: place.top()))

    def at(self, x: float, y: float) -> int | None:
        """The token under a point."""
        return next((index for index in self.between(y, y + 1) if self.places[index].contains(x, y)), None)

    def beside(self, index: int, lines: int) -> int:
        """The token so many lines below (above, where negative) another, as near in x as there is one."""
        here = self.places[index].center()
        tops = sorted({place.top() for place in self.places})
        line = bisect_left(tops, self.places[index].top()) + lines
        if not 0 <= line < len(tops):
            return index
        row = [at for at in self.between(tops[line], tops[line] + 1) if self.places[at].top() == tops[line]]
        return min(row, key=lambda at: abs(self.places[at].center().x() - here.x()))


def flow(tokens: Sequence[Token], width: float, measure: Callable[[str, bool], float], packed: bool) -> Flow:
    """Set tokens into lines. `measure` gives the width of a text, in pixels, heavy or not; tokens wider than a line fill one."""
    texts = [visible(token[1]) for token in tokens]
    places: list[QRectF] = []
    headings: list[tuple[float, str]] = []
    room = max(width - 2 * MARGIN, 40.0)
    x, y = MARGIN, MARGIN
    before: Token | None = None
    for token, text in zip(tokens, texts):
        words = _heading(token, before, packed)
        if words is not None:
            if before is not None:
                y += LINE if x > MARGIN else 0.0
                y += GAP * 2
            headings.append((y, words))
            x, y = MARGIN, y + HEADING
        pad = SPECIAL_PAD if token[3] else PAD
        wide = min(measure(text, token[2] == "trained") + 2 * pad, room)
        if x > MARGIN and x + wide > MARGIN + room:
            x, y = MARGIN, y + LINE
        places.append(QRectF(x, y + (LINE - HIGH) / 2, wide, HIGH))
        x += wide + GAP
        if breaks_line(token[1]):
            x, y = MARGIN, y + LINE
        before = token
    return Flow(texts, places, headings, y + (LINE if x > MARGIN else 0.0) + MARGIN)


def _heading(token: Token, before: Token | None, packed: bool) -> str | None:
    """The words above a token that begins something: a document, or what is cut away."""
    if packed and (before is None or before[4] != token[4]):
        return QCoreApplication.translate("TokenFlow", "Document {0}").format(token[4] + 1)
    if token[2] == "cut" and (before is None or before[2] != "cut"):
        words = QCoreApplication.translate("TokenFlow", "Cut here, after {0:,} tokens: what follows is not learnt")
        return words.format(token[5])
    return None
