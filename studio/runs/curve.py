"""The loss of a run, read from its event log: the whole of a short log, evenly spread samples of a long one."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

LONGEST_LINE = 64 * 1024  # a sampled line that is longer than this is passed over
BYTES_A_STEP = 320  # about what a `stepped` line takes: logs of fewer than `most` such lines are read whole


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of a run in the order of its steps; all four have one length.

    `tokens` are real ones since the run began, `seconds` since its first step. `thinned`: only some of the steps are here.
    """

    steps: tuple[int, ...] = ()
    losses: tuple[float, ...] = ()
    tokens: tuple[float, ...] = ()
    seconds: tuple[float, ...] = ()
    thinned: bool = False


def read_curve(path: Path, most: int) -> Curve:
    """The loss in an event log, about `most` points of it. A log that is not there yet is empty.

    A run that was resumed replaces what it had reported after that step. Reads at most about `most` lines however long the log is.
    Raises OSError.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            thinned = size > most * BYTES_A_STEP
            rows = _sampled(file, size, most) if thinned else _whole(file)
    except FileNotFoundError:
        return Curve()
    kept: list[dict[str, Any]] = []
    for row in rows:
        while kept and kept[-1]["step"] >= row["step"]:
            kept.pop()
        kept.append(row)
    return Curve(
        tuple(int(row["step"]) for row in kept),
        tuple(float(row["loss"]) for row in kept),
        tuple(float(row["tokens"]) for row in kept),
        tuple(float(row["time"]) - float(kept[0]["time"]) for row in kept),
        thinned,
    )


def _whole(file: BinaryIO) -> list[dict[str, Any]]:
    file.seek(0)
    return [row for line in file if (row := _stepped(line)) is not None]


def _sampled(file: BinaryIO, size: int, most: int) -> list[dict[str, Any]]:
    """The first step's line after each of `most` evenly spread places."""
    rows: list[dict[str, Any]] = []
    for place in range(most):
        file.seek(place * size // most)
        if place:
            file.readline(LONGEST_LINE)  # the rest of the line that this place is in
        for _ in range(8):  # between two steps there are few other events
            row = _stepped(file.readline(LONGEST_LINE))
            if row is not None:
                if not rows or row != rows[-1]:
                    rows.append(row)
                break
    return rows


def _stepped(line: bytes) -> dict[str, Any] | None:
    """A line's event where it is a step. The first test is cheap: most samples of text are long, and no JSON need be read."""
    if not line.startswith(b'{"event":"stepped"') or not line.endswith(b"\n"):
        return None
    row: dict[str, Any] = json.loads(line)
    return row
