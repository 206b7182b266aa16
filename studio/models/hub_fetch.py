"""A request to the Hub that can be left at any moment.

A blocking read notices nothing until data arrive or its timeout passes. So the request runs in a thread of its own, and whoever waits for
it wakes several times a second; one that is left behind ends by itself at its next piece or timeout.
"""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from huggingface_hub import constants, get_session, hf_raise_for_status
from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]  # documented, not re-exported

TICK_SECONDS = 0.1


class Left(Exception):
    """The wait was ended because it was told to."""


def pieces(url: str, *, start: int, cancelled: Callable[[], bool]) -> Iterator[bytes | int]:
    """A file's content from byte `start` on: first the status (206: from `start`, 200: from the beginning), then its bytes piece by
    piece, with b"" whenever a tick passes without any. Raises Left, and what the request raises (`hub_errors.HUB_ERRORS`).
    """

    def read(give: Callable[[bytes | int], None]) -> None:
        headers = build_hf_headers() | {"Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        timeout = constants.HF_HUB_DOWNLOAD_TIMEOUT
        with get_session().stream("GET", url, headers=headers, timeout=timeout) as response:
            if response.is_error:
                response.read()
            hf_raise_for_status(response)
            give(response.status_code)
            # Without a size: as they arrive. A size would hold pieces back until it is reached.
            for piece in response.iter_bytes():
                give(piece)

    yield from _carried(read, b"", cancelled)


def answer(call: Callable[[], Any], cancelled: Callable[[], bool]) -> Any:
    """The value of a blocking call. Raises Left, and what the call raises."""
    idle = object()
    return next(value for value in _carried(lambda give: give(call()), idle, cancelled) if value is not idle)


def _carried(work: Callable[[Callable[[Any], None]], None], idle: Any, cancelled: Callable[[], bool]) -> Iterator[Any]:
    """What `work` gives in a thread, and `idle` at every tick without anything."""
    given: queue.Queue[Any] = queue.Queue(maxsize=16)
    left = threading.Event()
    done = object()

    def give(value: Any) -> None:
        while not left.is_set():
            with suppress(queue.Full):
                given.put(value, timeout=TICK_SECONDS)
                return
        raise Left

    def carry() -> None:
        end: Any = done
        try:
            work(give)
        except Left:
            return
        except Exception as error:  # noqa: BLE001 - raised again where the result is waited for
            end = _Raised(error)
        with suppress(Left):
            give(end)

    threading.Thread(target=carry, name="hub-fetch", daemon=True).start()
    try:
        while True:
            if cancelled():
                raise Left
            try:
                value = given.get(timeout=TICK_SECONDS)
            except queue.Empty:
                value = idle
            if value is done:
                return
            if isinstance(value, _Raised):
                raise value.error
            yield value
    finally:
        left.set()


class _Raised:
    """An exception on its way to the thread that waits."""

    def __init__(self, error: Exception) -> None:
        self.error = error
