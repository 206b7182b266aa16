"""Growing arrays of what a run has reported: cheap to append to, free to read."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from studio.plan.events import Evaluated, Event, Started, Stepped

Column = NDArray[np.float64]

FIRST_CAPACITY = 256
STEP_COLUMNS = (
    "step", "loss", "smoothed", "learning_rate", "grad_norm", "tokens_per_second",
    "rss", "allocated", "reserved", "device_used", "device_total",
)  # fmt: skip


class Series:
    """Named columns of float64 that grow together, ordered by the first one.

    The buffer doubles when it is full, so that appending costs O(1) and reading a column copies nothing. What is not known is NaN.
    """

    def __init__(self, *names: str) -> None:
        self._rows = {name: row for row, name in enumerate(names)}
        self._buffer = np.empty((len(names), FIRST_CAPACITY))
        self._length = 0
        self.last = -math.inf  # the place of the last point

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, name: str) -> Column:
        """A column as a view (length,): valid until the next append."""
        return self._buffer[self._rows[name], : self._length]

    @property
    def nbytes(self) -> int:
        """Bytes held, filled or not."""
        return self._buffer.nbytes

    def append(self, values: Sequence[float | None]) -> None:
        """Add one point, a value a column. A point at or before the last one takes the place of everything from there on."""
        first = values[0]
        assert first is not None, "a point needs its place"
        if first <= self.last:
            self._length = int(np.searchsorted(self._buffer[0, : self._length], first))
        if self._length == self._buffer.shape[1]:
            grown = np.empty((len(self._rows), 2 * self._length))
            grown[:, : self._length] = self._buffer
            self._buffer = grown
        self._buffer[:, self._length] = [math.nan if value is None else value for value in values]
        self._length += 1
        self.last = first

    def keep_to(self, place: float) -> None:
        """Forget the points after `place`."""
        self._length = int(np.searchsorted(self._buffer[0, : self._length], place, side="right"))
        self.last = float(self._buffer[0, self._length - 1]) if self._length else -math.inf

    def at(self, place: float) -> int | None:
        """The index of the point nearest to `place`, or None where there is no point."""
        if not self._length:
            return None
        order = self._buffer[0, : self._length]
        after = int(np.searchsorted(order, place))
        if after == self._length or (after and place - order[after - 1] <= order[after] - place):
            return after - 1
        return after


class Smoother:
    """The exponential moving average m = w m + (1 - w) y, divided by 1 - w^n so that it starts at the first value (Kingma & Ba, 2015).

    Values that are not finite are left out: the average stays where it was.
    """

    def __init__(self, span: float) -> None:
        self.weight = 1 - 1 / span
        self._average = 0.0
        self._share = 1.0  # w^n

    def add(self, value: float) -> float:
        """The average with one more value; NaN before the first finite one."""
        if math.isfinite(value):
            self._average = self.weight * self._average + (1 - self.weight) * value
            self._share *= self.weight
        return self._average / (1 - self._share) if self._share < 1 else math.nan

    def go_back(self, values: Column, smoothed: Column) -> None:
        """Go on as if only `values` had been added, of which `smoothed` were the averages."""
        self._share = self.weight ** int(np.count_nonzero(np.isfinite(values)))
        self._average = float(smoothed[-1]) * (1 - self._share) if self._share < 1 else 0.0


class RunSeries:
    """Everything that the plots draw of one run.

    `points` has a row for each step (STEP_COLUMNS), `evaluations` one for each evaluation. A run that was resumed from step k
    replaces what it had reported after k.
    """

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget the run."""
        self.points = Series(*STEP_COLUMNS)
        self.evaluations = Series("step", "loss", "best")
        self.started: Started | None = None
        self._smoother = Smoother(span_for(0))

    def take(self, events: Sequence[Event]) -> bool:
        """Add what the events say; True where a plot has something new to draw."""
        changed = False
        for event in events:
            if isinstance(event, Stepped):
                self._add_step(event)
            elif isinstance(event, Evaluated):
                self.evaluations.append((event.step, event.loss, event.best))
            elif isinstance(event, Started):
                self._start(event)
            else:
                continue
            changed = True
        return changed

    @property
    def last_step(self) -> int:
        """The newest step; 0 before the first."""
        return int(max(self.points.last, 0))

    @property
    def best(self) -> tuple[int, float] | None:
        """Step and loss of the best evaluation so far, as the run itself judged it."""
        marked = np.flatnonzero(self.evaluations["best"])
        if not len(marked):
            return None
        return int(self.evaluations["step"][marked[-1]]), float(self.evaluations["loss"][marked[-1]])

    @property
    def nbytes(self) -> int:
        """Bytes held by all columns."""
        return self.points.nbytes + self.evaluations.nbytes

    def newest(self, name: str) -> float | None:
        """The last value of a column, or None where it is not known."""
        column = self.points[name]
        return float(column[-1]) if len(column) and np.isfinite(column[-1]) else None

    def _start(self, event: Started) -> None:
        kept = event.resumed_from or 0
        self.points.keep_to(kept)
        self.evaluations.keep_to(kept)
        self._smoother = Smoother(span_for(event.steps))
        self._smoother.go_back(self.points["loss"], self.points["smoothed"])
        self.started = event

    def _add_step(self, event: Stepped) -> None:
        if event.step <= self.last_step:
            self.points.keep_to(event.step - 1)
            self._smoother.go_back(self.points["loss"], self.points["smoothed"])
        memory = event.memory.get
        self.points.append(
            (
                event.step, event.loss, self._smoother.add(event.loss), event.learning_rate, event.grad_norm,
                event.tokens_per_second, memory("rss"), memory("allocated"), memory("reserved"), memory("device_used"),
                memory("device_total"),
            )
        )  # fmt: skip


def span_for(steps: int) -> float:
    """Over how many steps the loss is smoothed: a fortieth of the run, between 4 and 400."""
    return float(np.clip(steps / 40, 4, 400))
