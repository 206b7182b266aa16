"""The cost of a cut-off length: what is lost of rows whose lengths are known, exactly and at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
WHOLE_BINS = 2000  # with fewer, each bin of a scan is one length; as many may stand for several


@dataclass(frozen=True, slots=True)
class CutCost:
    """What a cut-off takes away. `emptied` counts the rows that could be learnt from, and of which nothing to learn is left."""

    rows: int
    tokens: int
    cut_rows: int
    cut_tokens: int
    emptied: int

    @property
    def row_share(self) -> float:
        """Cut rows of all rows."""
        return self.cut_rows / self.rows if self.rows else 0.0

    @property
    def token_share(self) -> float:
        """Lost tokens of all tokens."""
        return self.cut_tokens / self.tokens if self.tokens else 0.0


class LengthCounts:
    """The lengths of all rows, and where in each the first learnt token stands, as a scan counted them."""

    def __init__(self, lengths: Sequence[Sequence[int]] = (), first_learnt: Sequence[Sequence[int]] = ()) -> None:
        """Both as (value, rows) with ascending values."""
        self.lengths, self.rows = _columns(lengths)
        self._first, self._first_rows = _columns(first_learnt)
        self.exact = len(self.lengths) < WHOLE_BINS and len(self._first) < WHOLE_BINS
        self.total_rows = int(self.rows.sum())
        self.total_tokens = int((self.lengths * self.rows).sum())

    @classmethod
    def of(cls, statistics: dict[str, Any] | None) -> "LengthCounts":
        """The counts of a scan; none where there was none."""
        known = statistics or {}
        return cls(known.get("lengths", ()), known.get("first_learnt", ()))

    def __bool__(self) -> bool:
        return self.total_rows > 0

    @property
    def longest(self) -> int:
        """Tokens of the longest row."""
        return int(self.lengths[-1]) if len(self.lengths) else 0

    def cost(self, cut_off: int) -> CutCost:
        """What a cut after so many tokens takes away."""
        begin = int(np.searchsorted(self.lengths, cut_off, side="right"))
        rows = self.rows[begin:]
        lost = int(((self.lengths[begin:] - cut_off) * rows).sum())
        emptied = int(self._first_rows[np.searchsorted(self._first, cut_off, side="left") :].sum())
        return CutCost(self.total_rows, self.total_tokens, int(rows.sum()), lost, emptied)

    def bars(self, first: float, last: float, most: int) -> tuple[Counts, Counts, int]:
        """At most `most` bars between two lengths: the least length of each (n,), its rows (n,), and how many lengths a bar spans."""
        begin, end = max(int(first), 0), max(int(last) + 1, 1)
        width = max(1, -(-(end - begin) // most))
        edges = np.arange(begin // width * width, end + width, width, dtype=np.int64)
        running = np.concatenate([[0], np.cumsum(self.rows)])
        below = running[np.searchsorted(self.lengths, edges, side="left")]
        return edges[:-1], np.diff(below), width


def _columns(pairs: Sequence[Sequence[int]]) -> tuple[Counts, Counts]:
    table = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
