"""The drawing clock: at most ten times a second, each view in a turn of its own."""

from itertools import pairwise

from PySide6.QtCore import QElapsedTimer
from pytestqt.qtbot import QtBot

from studio.gui.run.redraw_clock import PERIOD_MILLISECONDS, RedrawClock


class View:
    """Notes when it is drawn, and in which turn of the event loop."""

    def __init__(self, clock: QElapsedTimer, seen: bool = True) -> None:
        self.seen = seen
        self.moments: list[int] = []
        self._clock = clock

    def isVisible(self) -> bool:
        return self.seen

    def redraw(self) -> None:
        self.moments.append(self._clock.elapsed())


def test_views_share_a_period_and_none_is_drawn_more_often_than_the_clock_allows(qtbot: QtBot) -> None:
    time = QElapsedTimer()
    time.start()
    clock, views = RedrawClock(), [View(time) for _ in range(5)]
    while time.elapsed() < 8 * PERIOD_MILLISECONDS:
        for view in views:
            clock.mark(view)
        qtbot.wait(1)
    qtbot.wait(3 * PERIOD_MILLISECONDS)
    for view in views:
        assert view.moments, "everybody has a turn"
        # A timer may fire a twentieth early.
        assert all(later - sooner >= 0.9 * PERIOD_MILLISECONDS for sooner, later in pairwise(view.moments[1:]))
    counts = [len(view.moments) for view in views]
    assert max(counts) - min(counts) <= 1


def test_one_turn_draws_one_view(qtbot: QtBot) -> None:
    time = QElapsedTimer()
    time.start()
    clock, views = RedrawClock(), [View(time) for _ in range(3)]
    for view in views:
        clock.mark(view)
    drawn = []
    for _ in range(3):
        clock._tick()
        drawn.append(sum(len(view.moments) for view in views))
    assert drawn == [1, 2, 3]


def test_hidden_views_are_left_out_and_the_clock_rests(qtbot: QtBot) -> None:
    time = QElapsedTimer()
    time.start()
    clock, hidden, leaving = RedrawClock(), View(time, seen=False), View(time)
    clock.mark(hidden)
    assert not clock._timer.isActive()
    clock.mark(leaving)
    leaving.seen = False
    qtbot.waitUntil(lambda: not clock._timer.isActive(), timeout=2000)
    assert not hidden.moments
    assert not leaving.moments
