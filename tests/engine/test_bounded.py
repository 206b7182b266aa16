import threading
import time

import pytest

from studio.engine import bounded
from studio.engine.bounded import OutOfTime, within
from studio.plan.events import Event, Progressed
from tests.engine.conftest import done


def _endless() -> None:
    while True:
        time.sleep(0.001)


def _threads() -> int:
    return sum(thread.name == "bounded" for thread in threading.enumerate())


def test_what_the_work_returns_comes_back_from_its_thread() -> None:
    assert done(within(None, "thinking", lambda: threading.current_thread().name)) == "bounded"
    assert not _threads()


def test_what_the_work_raises_comes_back_too() -> None:
    def wrong() -> None:
        raise KeyError("it")

    with pytest.raises(KeyError, match="it"):
        done(within(60.0, "thinking", wrong))


def test_progress_is_told_and_work_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "TELL_SECONDS", 0.02)
    told: list[Event] = []
    with pytest.raises(OutOfTime):
        told.extend(within(0.1, "thinking", _endless))
    assert len(told) > 1
    for event in told:
        assert isinstance(event, Progressed)
        assert (event.phase, event.total, event.unit) == ("thinking", 0.1, "s")
    assert not _threads()


def test_work_that_nobody_waits_for_any_more_is_ended() -> None:
    work = within(None, "thinking", _endless)
    next(work)
    assert _threads() == 1
    work.close()
    assert not _threads()


def test_work_that_swallows_its_end_once_is_ended_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "TELL_SECONDS", 0.05)
    swallowed = []

    def stubborn() -> None:
        try:
            _endless()
        except BaseException as error:  # noqa: BLE001 - as libraries do
            swallowed.append(error)
        _endless()

    with pytest.raises(OutOfTime):
        done(within(0.05, "thinking", stubborn))
    assert len(swallowed) == 1
    assert not _threads()
