"""The event log of a run: appended by the worker, followed by whoever watches."""

from pathlib import Path
from types import TracebackType
from typing import Self

from studio.plan.events import Event, Started, from_line, to_line


class EventLog:
    """Appends events to a file, one line each, visible to readers at once.

    Opening repairs the end: a line that a kill cut short is dropped, so that every line stays readable.
    """

    def __init__(self, path: Path) -> None:
        _drop_cut_line(path)
        self._file = path.open("ab", buffering=0)

    def append(self, event: Event) -> None:
        """Write one line. Raises OSError where the disk is full."""
        self._file.write(to_line(event).encode("utf-8") + b"\n")

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Follower:
    """Reads complete new lines of a growing file each time it is asked."""

    def __init__(self, path: Path, offset: int = 0) -> None:
        self._path = path
        self._offset = offset

    @property
    def offset(self) -> int:
        """Bytes read so far; a follower made with it goes on from here."""
        return self._offset

    def lines(self) -> list[str]:
        """The lines that were completed since the last call; empty where the file is not there yet."""
        try:
            with self._path.open("rb") as file:
                file.seek(self._offset)
                data = file.read()
        except FileNotFoundError:
            return []
        end = data.rfind(b"\n") + 1
        self._offset += end
        return data[:end].decode("utf-8").splitlines()

    def events(self) -> list[Event]:
        """The new lines as events. Raises ValueError for a line that is none."""
        return [from_line(line) for line in self.lines() if line]


def read_events(path: Path) -> list[Event]:
    """All complete events of a log."""
    return Follower(path).events()


def targets_of(path: Path) -> tuple[str, ...]:
    """The targets that a run trained, as its log tells near its begin; none where it never began, or the log is gone or damaged."""
    try:
        with path.open(encoding="utf-8") as file:
            started = next((event for line in file if isinstance(event := from_line(line), Started)), None)
    except (OSError, ValueError):
        return ()
    return () if started is None else tuple(started.targets)


def _drop_cut_line(path: Path) -> None:
    if not path.exists():
        return
    with path.open("rb+") as file:
        data = file.read()
        file.truncate(data.rfind(b"\n") + 1)
