"""Packing: documents laid behind each other into rows of one length, so that hardly any padding is left."""

from bisect import bisect_left, insort

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.int64]
PACKED_AT_ONCE = 4096  # documents that may meet in a row; more would fill it no better


def pack(lengths: npt.NDArray[np.int64], capacity: int) -> tuple[Indices, Indices]:
    """Rows of at most `capacity` tokens: the documents (n,) by their index in `lengths`, row behind row, and where each row ends (rows,).

    Best fit decreasing within windows of documents (Johnson, "Near-optimal bin packing algorithms", 1973): each goes where it leaves the
    least room. No document is cut, so none may be longer than `capacity`.
    """
    documents, counts = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for begin in range(0, len(lengths), PACKED_AT_ONCE):
        rows = _packed(lengths[begin : begin + PACKED_AT_ONCE], capacity)
        documents.append(begin + np.array([document for row in rows for document in row], np.int64))
        counts.append(np.array([len(row) for row in rows], np.int64))
    return np.concatenate(documents), np.cumsum(np.concatenate(counts))


def _packed(lengths: npt.NDArray[np.int64], capacity: int) -> list[list[int]]:
    """The rows of one window."""
    rows: list[list[int]] = []
    room: list[tuple[int, int]] = []  # (tokens free, row), ascending
    for document in np.argsort(-lengths, kind="stable").tolist():
        size = int(lengths[document])
        place = bisect_left(room, (size, 0))
        if place == len(room):
            free, row = capacity, len(rows)
            rows.append([])
        else:
            free, row = room.pop(place)
        rows[row].append(document)
        insort(room, (free - size, row))
    return rows
