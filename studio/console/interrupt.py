"""Ctrl-C: once it is a wish, twice it is an order."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupt:
    """Whether the user has asked to stop; calling it tells."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        return self.asked


@contextmanager
def obeying(on_asked: Callable[[], None] = lambda: None) -> Iterator[Interrupt]:
    """Hear SIGINT and SIGTERM for the length of a with block.

    The first sets the interrupt and calls `on_asked`; the second raises KeyboardInterrupt, as ever.
    """
    interrupt = Interrupt()

    def heard(_number: int, _frame: FrameType | None) -> None:
        if interrupt.asked:
            raise KeyboardInterrupt
        interrupt.asked = True
        on_asked()

    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, heard) for number in signals]
    try:
        yield interrupt
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)
