"""Packing: documents laid behind each other into rows of one length, so that hardly any padding is left."""

from bisect import bisect_left, insort
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

PACKED_AT_ONCE = 4096  # documents that may meet in a row; more would fill it no better


def pack(lengths: Sequence[int] | npt.NDArray[np.int64], capacity: int) -> list[list[int]]:
    """Rows of at most `capacity` tokens, each a list of documents by their index in `lengths`, every document once.

    Best fit decreasing within windows of documents (Johnson, "Near-optimal bin packing algorithms", 1973): each goes where it leaves the
    least room. No document is cut, so none may be longer than `capacity`.
    """
    rows: list[list[int]] = []
    sizes = np.asarray(lengths, np.int64)
    for begin in range(0, len(sizes), PACKED_AT_ONCE):
        window = begin + np.argsort(-sizes[begin : begin + PACKED_AT_ONCE], kind="stable")
        room: list[tuple[int, int]] = []  # (tokens free, row), ascending
        for document in window.tolist():
            size = int(sizes[document])
            place = bisect_left(room, (size, 0))
            if place == len(room):
                free, row = capacity, len(rows)
                rows.append([])
            else:
                free, row = room.pop(place)
            rows[row].append(document)
            insort(room, (free - size, row))
    return rows
