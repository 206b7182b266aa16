"""Ctrl-C: the first asks, the second insists."""

import os
import signal

import pytest

from studio.console.interrupt import obeying


def test_the_first_asks_and_the_second_insists() -> None:
    asked = []
    with obeying(lambda: asked.append(True)) as interrupt:
        assert not interrupt.asked
        os.kill(os.getpid(), signal.SIGINT)
        assert interrupt.asked
        assert asked == [True]
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
