"""Ctrl-C: the first asks, the second insists."""

import os
import signal

import pytest

from studio.console.interrupt import obeying


def test_the_first_asks_and_the_second_insists() -> None:
    asked = []
    before = signal.getsignal(signal.SIGINT)  # a job in the background starts out ignoring it
    with obeying(lambda: asked.append(True)) as interrupt:
        assert not interrupt.asked
        os.kill(os.getpid(), signal.SIGINT)
        assert interrupt.asked
        assert asked == [True]
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_the_end_of_a_session_asks_as_ctrl_c_does() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with obeying() as interrupt:
        os.kill(os.getpid(), signal.SIGTERM)
        assert interrupt()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGTERM) == before


def test_the_signals_are_given_back_where_the_work_fails() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(ValueError, match="broken"), obeying():
        raise ValueError("broken")
    assert signal.getsignal(signal.SIGINT) == before
