"""Encoding a source into a store, or finding it encoded already."""

import hashlib
import json
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from studio.data.cache import cached_fingerprint
from studio.data.encode import Encoding
from studio.data.formats import RowWriter
from studio.data.hub import fetch_absent
from studio.data.layout import Layout, layout_of
from studio.data.notes import notes_of_rows
from studio.data.reading import Source, open_source
from studio.data.rows import PlacedRow
from studio.data.segment import Segment
from studio.data.store import META, StoreWriter, TokenStore
from studio.plan.errors import Failure, Refusal
from studio.plan.events import Event, Progressed
from studio.plan.plan import DataPlan
from studio.runs.atomic import replacing_folder
from studio.runs.places import data_cache_folder

VERSION = 2  # of what is written for the same input; a new one makes every store be written anew
CHUNK_ROWS = 1024
CHUNK_CHARACTERS = 1 << 16  # rows may be long, and what a tokenizer answers takes a hundred bytes a token
WAITING = 2  # chunks that are tokenised while the next is read
LAYOUT_ROWS = 1000  # from whose columns the layout is found
NAMED_LATE = 5


def encoded(
    data: DataPlan, entry: str, tokenizer: Any, *, field: str = "data.train", max_rows: int | None = None
) -> Generator[Event, None, TokenStore]:
    """The rows of `entry` (a file, a folder, a Hub data set, fetched where it is not here yet), encoded. Yields Progressed.

    The store is found by the content of the files, the tokenizer and all settings that say what a row becomes; not `max_length`, which
    cuts later. Nothing of it stays where the work is ended before its end. Raises Refusal where the source cannot be read, Failure where
    the disk is full.
    """
    yield from fetch_absent(entry, field=field)
    source = open_source(entry, encoding=data.encoding, field=field)
    yield Progressed(phase="looking at the data", done=0)
    folder = data_cache_folder() / _key(data, source, tokenizer, max_rows)
    if not (folder / META).exists():
        try:
            with replacing_folder(folder) as beside:
                yield from _write(data, source, tokenizer, max_rows, beside)
                if _key(data, source, tokenizer, max_rows) != folder.name:
                    what, now = "the data changed while they were read", "try again when nothing writes to them"
                    raise Refusal("data-changing", what, where=entry, now=now, field=field)
        except OSError as error:
            what = f"the encoded data cannot be written: {error.strerror or error}"
            now = "free space there, or set LORA_STUDIO_HOME to another disk"
            raise Failure("data-cache", what, where=str(folder.parent), now=now) from error
    return TokenStore(folder, entry)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Rows on their way: what each was written as, or why it was not."""

    rows: list[PlacedRow]
    written: list[list[Segment] | Refusal]
    encoding: Encoding


def _write(
    data: DataPlan, source: Source, tokenizer: Any, max_rows: int | None, folder: Path
) -> Generator[Event, None, None]:
    rows = islice(source, max_rows)
    first = list(islice(rows, LAYOUT_ROWS))
    layout = layout_of_rows(first, data)
    late = _LateColumns({column for row in first for column in _columns(row)} | layout.open)
    writer = RowWriter(layout, tokenizer, data.loss_on, data.template)
    total = source.total()
    total = total if max_rows is None or total is None else min(total, max_rows)
    done = 0
    waiting: deque[tuple[_Chunk, Future[Encoding]]] = deque()
    with StoreWriter(folder) as store, ThreadPoolExecutor(1) as pool:
        for chunk in _chunks(chain(first, late.watching(rows)), writer, tokenizer):
            waiting.append((chunk, pool.submit(chunk.encoding.start)))
            if len(waiting) > WAITING:
                done += _keep(store, *waiting.popleft())
                yield Progressed(phase="encoding", done=done, total=total, unit="rows")
        while waiting:
            done += _keep(store, *waiting.popleft())
            yield Progressed(phase="encoding", done=done, total=max(total or 0, done), unit="rows")
        store.finish(
            {
                "format": layout.format,
                "columns": dict(layout.columns),
                "warnings": [*writer.warnings, *late.warnings(source)],
                "files": [file.name for file in source.files],
                "places": [source.place(number, 0).removesuffix("0") for number in range(len(source.files))],
            }
        )


class _LateColumns:
    """Columns that come only behind the rows by which the layout was found, so that nothing is learnt from them."""

    def __init__(self, known: set[str]) -> None:
        self._known = known
        self._first: dict[str, PlacedRow] = {}

    def watching(self, rows: Iterable[PlacedRow]) -> Iterator[PlacedRow]:
        """The rows, as they pass."""
        for row in rows:
            if not self._known.issuperset(cells := _columns(row)):
                for column in cells:
                    if column not in self._known:
                        self._known.add(column)
                        self._first[column] = row
            yield row

    def warnings(self, source: Source) -> list[str]:
        """Each such column with the place of its first row, in words."""
        places = {column: source.place(row.file, row.number) for column, row in islice(self._first.items(), NAMED_LATE)}
        words = f"first found behind row {LAYOUT_ROWS:,}, so it plays no part"
        return [f"the column {column!r} is {words} ({place})" for column, place in places.items()]


def _columns(row: PlacedRow) -> Iterable[str]:
    return () if isinstance(row.cells, Refusal) else row.cells


def layout_of_rows(first: Iterable[PlacedRow], data: DataPlan) -> Layout:
    """The layout by the first rows that could be read. Raises Refusal as `layout_of`, or what is wrong with the rows where none could."""
    read = [row.cells for row in first]
    cells = [row for row in read if not isinstance(row, Refusal)]
    if not cells:
        raise next(row for row in read if isinstance(row, Refusal))
    columns = tuple(dict.fromkeys(column for row in cells for column in row))
    return layout_of(columns, cells, data.format, data.columns)


def _chunks(rows: Iterator[PlacedRow], writer: RowWriter, tokenizer: Any) -> Iterator[_Chunk]:
    placed: list[PlacedRow] = []
    written: list[list[Segment] | Refusal] = []
    characters = 0
    for row in rows:
        outcome = write_row(writer, row)
        placed.append(row)
        written.append(outcome)
        if not isinstance(outcome, Refusal):
            characters += sum([len(segment.text) for segment in outcome])
        if len(placed) == CHUNK_ROWS or characters > CHUNK_CHARACTERS:
            yield _chunk(placed, written, tokenizer)
            placed, written, characters = [], [], 0
    if placed:
        yield _chunk(placed, written, tokenizer)


def _chunk(placed: list[PlacedRow], written: list[list[Segment] | Refusal], tokenizer: Any) -> _Chunk:
    return _Chunk(placed, written, Encoding([row for row in written if not isinstance(row, Refusal)], tokenizer))


def write_row(writer: RowWriter, row: PlacedRow) -> list[Segment] | Refusal:
    """What a row becomes, or why it cannot be learnt from, without its place."""
    if isinstance(row.cells, Refusal):
        return row.cells
    try:
        return writer.segments(row.cells)
    except Refusal as refusal:
        return refusal


def _keep(store: StoreWriter, chunk: _Chunk, done: "Future[Encoding]") -> int:
    encoded_rows = iter(done.result().rows())
    outcomes = [row if isinstance(row, Refusal) else next(encoded_rows) for row in chunk.written]
    texts = ["" if isinstance(row, Refusal) else "\n".join([piece.text for piece in row]) for row in chunk.written]
    store.add([(row.file, row.number) for row in chunk.rows], outcomes, notes_of_rows(texts))
    return len(outcomes)


def _key(data: DataPlan, source: Source, tokenizer: Any, max_rows: int | None) -> str:
    settings = data.model_dump(include={"format", "columns", "template", "encoding", "loss_on"})
    parts = {
        "version": VERSION,
        "files": [(file.name, cached_fingerprint(file)) for file in source.files],
        "tokenizer": tokenizer_fingerprint(tokenizer),
        "max_rows": max_rows,
        **settings,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]


def tokenizer_fingerprint(tokenizer: Any) -> str:
    """Equal for tokenizers that write all texts and turns alike."""
    if tokenizer.is_fast:
        backend = tokenizer.backend_tokenizer
        backend.no_truncation()
        backend.no_padding()
        words = backend.to_str()
    else:
        words = json.dumps(tokenizer.get_vocab(), sort_keys=True)
    about = [type(tokenizer).__name__, words, tokenizer.chat_template, tokenizer.special_tokens_map]
    return hashlib.sha256(json.dumps(about, sort_keys=True, default=str).encode()).hexdigest()
