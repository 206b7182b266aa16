"""Encoded rows on the disk: written once, then mapped into memory, so that a data set may be larger than it.

A folder with one array a file. Token ids of all rows lie behind each other, uncut: another `max_length` needs no new encoding. What is
learnt of a row is kept as spans of tokens, mostly one or two, which is smaller than a mask and lets counts after a cut be computed
without reading tokens.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from studio.data.encode import Encoded
from studio.plan.errors import Refusal

META = "meta.json"  # the last file to be written
Ints = npt.NDArray[np.int64]

# name -> dtype and how many numbers of it a row has; None: as many as it has tokens or spans.
ARRAYS: dict[str, tuple[str, int | None]] = {
    "ids": ("<i4", None),
    "spans": ("<i4", None),  # begin, end, begin, end, …: tokens that are learnt, counted within the row
    "ends": ("<i8", 1),  # where the row's ids end
    "span_ends": ("<i8", 1),
    "file": ("<i4", 1),
    "number": ("<i8", 1),
    "notes": ("<u1", 1),  # bits, see studio.data.notes
    "keys": ("<u8", 1),  # equal for rows that teach the same; two others share one in 10^7 data sets of a million rows
}


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be learnt from, by its index in the store."""

    index: int
    refusal: Refusal


class TokenStore:
    """The rows of one source, which the plan names `entry`, in their order. A row that could not be encoded has no tokens, and a `BadRow`.

    `lengths` (n,) are uncut. All arrays are mapped: reading a row touches its own pages alone.
    """

    def __init__(self, folder: Path, entry: str) -> None:
        self.folder = folder
        self.entry = entry
        self.meta: dict[str, Any] = json.loads((folder / META).read_text(encoding="utf-8"))
        self._arrays = {name: _mapped(folder / name, dtype) for name, (dtype, _) in ARRAYS.items()}

    def __len__(self) -> int:
        return len(self._arrays["ends"])

    def ids(self, index: int, limit: int | None = None) -> npt.NDArray[np.int32]:
        """The first `limit` token ids of a row (None: all)."""
        begin, end = self._bounds("ends", index)
        return np.array(self._arrays["ids"][begin : end if limit is None else min(end, begin + limit)], np.int32)

    def spans(self, index: int) -> npt.NDArray[np.int32]:
        """(k, 2) spans of the tokens that are learnt."""
        begin, end = self._bounds("span_ends", index)
        return np.array(self._arrays["spans"][2 * begin : 2 * end], np.int32).reshape(-1, 2)

    def place(self, index: int) -> tuple[int, int]:
        """The row's file, as an index into the source's, and its line or row number there."""
        return int(self._arrays["file"][index]), int(self._arrays["number"][index])

    @cached_property
    def lengths(self) -> Ints:
        """Tokens of each row, uncut, (n,)."""
        return np.diff(self._arrays["ends"], prepend=0)

    @cached_property
    def keys(self) -> npt.NDArray[np.uint64]:
        """A digest of each row's tokens and spans, (n,)."""
        return self._arrays["keys"]

    @cached_property
    def notes(self) -> npt.NDArray[np.uint8]:
        """The bits of `studio.data.notes` for each row, (n,)."""
        return self._arrays["notes"]

    @cached_property
    def files(self) -> npt.NDArray[np.int32]:
        """The file of each row, (n,)."""
        return self._arrays["file"]

    @cached_property
    def first_learnt(self) -> Ints:
        """The place of each row's first token that counts in the loss, (n,); the row's length where none does.

        A row's first token never counts: nothing stands before it to predict it from.
        """
        spans = self._arrays["spans"].reshape(-1, 2)
        counted = np.flatnonzero(spans[:, 1] > 1)  # not those of the first token alone
        rows = self._span_rows[counted]
        found = self.lengths.copy()
        fresh, first = np.unique(rows, return_index=True)
        found[fresh] = np.maximum(spans[counted[first], 0], 1)
        return found

    def supervised(self, max_length: int) -> Ints:
        """How many tokens of each row count in the loss after a cut, (n,)."""
        spans = self._arrays["spans"].reshape(-1, 2)
        counts = np.minimum(spans[:, 1], max_length) - np.maximum(spans[:, 0], 1)
        return np.bincount(self._span_rows, weights=counts.clip(min=0), minlength=len(self)).astype(np.int64)

    @cached_property
    def bad(self) -> tuple[BadRow, ...]:
        """The rows that could not be encoded."""
        with (self.folder / "bad.jsonl").open(encoding="utf-8") as file:
            return tuple(BadRow(row.pop("index"), Refusal(**row)) for row in map(json.loads, file))

    @property
    def size_bytes(self) -> int:
        """What it takes of the disk."""
        return sum(entry.stat().st_size for entry in self.folder.iterdir())

    @property
    def _span_rows(self) -> Ints:
        """Which row each span belongs to."""
        return np.repeat(np.arange(len(self)), np.diff(self._arrays["span_ends"], prepend=0))

    def _bounds(self, name: str, index: int) -> tuple[int, int]:
        ends = self._arrays[name]
        return (int(ends[index - 1]) if index else 0), int(ends[index])


class StoreWriter:
    """Appends rows to a new store in an empty folder; `finish` makes it one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, BinaryIO] = {name: (folder / name).open("wb") for name in ARRAYS}
        self._bad = (folder / "bad.jsonl").open("w", encoding="utf-8")
        self._rows = self._ids = self._spans = 0

    def __enter__(self) -> "StoreWriter":
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.close()
        self._bad.close()

    def add(
        self, places: Sequence[tuple[int, int]], outcomes: Sequence[Encoded | Refusal], notes: Sequence[int]
    ) -> None:
        """Append rows: where each stands, and its tokens or why it has none."""
        ids: list[npt.NDArray[np.int32]] = []
        spans: list[npt.NDArray[np.int32]] = []
        keys: list[bytes] = []
        lengths: list[int] = []
        counts: list[int] = []
        for outcome in outcomes:
            if isinstance(outcome, Refusal):
                bad = {"code": outcome.code, "what": outcome.what, "now": outcome.now, "field": outcome.field}
                self._bad.write(json.dumps({"index": self._rows + len(keys)} | bad) + "\n")
                keys.append(bytes(8))
                lengths.append(0)
                counts.append(0)
                continue
            learnt = outcome.spans
            ids.append(outcome.ids)
            spans.append(learnt.reshape(-1))
            keys.append(hashlib.blake2b(outcome.ids.tobytes() + learnt.tobytes(), digest_size=8).digest())
            lengths.append(len(outcome.ids))
            counts.append(len(learnt))
        ends = self._ids + np.cumsum(lengths, dtype=np.int64)
        span_ends = self._spans + np.cumsum(counts, dtype=np.int64)
        where = np.array(places, np.int64).reshape(-1, 2)
        columns = {
            "ids": np.concatenate(ids) if ids else [],
            "spans": np.concatenate(spans) if spans else [],
            "ends": ends,
            "span_ends": span_ends,
            "file": where[:, 0],
            "number": where[:, 1],
            "notes": notes,
        }
        for name, values in columns.items():
            self._files[name].write(np.asarray(values, ARRAYS[name][0]).tobytes())
        self._files["keys"].write(b"".join(keys))
        self._rows += len(keys)
        if keys:
            self._ids, self._spans = int(ends[-1]), int(span_ends[-1])

    def finish(self, meta: dict[str, Any]) -> None:
        """State what the rows are; nothing can be added then."""
        self.__exit__()
        (self._folder / META).write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")


def _mapped(path: Path, dtype: str) -> npt.NDArray[Any]:
    if path.stat().st_size == 0:  # which cannot be mapped
        return np.empty(0, dtype)
    return np.memmap(path, dtype, mode="r")
