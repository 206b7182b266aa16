"""Rows of Parquet and Arrow files, batch by batch."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from studio.data.rows import Numbered
from studio.data.source import PARQUET, first_bytes, refusal
from studio.plan.errors import Refusal
from studio.plan.words import size_text

BATCH_ROWS = 1024
LARGEST_GROUP_BYTES = 4 << 30  # unpacked; a group of rows is read at once
MOST_UNPACKED = 1000  # times the file's size
FEW_BYTES = 1 << 30  # up to which nobody minds
ARROW_FILE = b"ARROW1"


def read_parquet(path: Path, encoding: str = "auto") -> Iterator[Numbered]:
    """The rows of a Parquet file, batch by batch. Raises Refusal: not Parquet, damaged, a column twice."""
    if not first_bytes(path).startswith(PARQUET):
        now = "give it the ending of what it is: .csv, .jsonl or .json"
        raise refusal("data-not-parquet", "this is not a Parquet file", path, now)
    try:
        # A file object, because a name with brackets or stars would be taken for a pattern.
        with path.open("rb") as handle, pq.ParquetFile(handle) as file:
            _check_names(path, file.schema_arrow.names)
            _check_size(path, file.metadata)
            number = 0
            for batch in file.iter_batches(batch_size=BATCH_ROWS):
                for row in _cells(batch):
                    number += 1
                    yield number, row
    except (pa.ArrowException, OSError) as error:
        what = f"the Parquet file is damaged or cut off: {str(error).splitlines()[0]}"
        raise refusal("data-damaged", what, path, "write or download it again") from error


def read_arrow(path: Path, encoding: str = "auto") -> Iterator[Numbered]:
    """The rows of an Arrow (IPC) file, of the file format (Feather too) or the stream format. Raises Refusal: damaged, a column twice."""
    number = 0
    try:
        with pa.memory_map(str(path)) as mapped:
            for batch in _arrow_batches(path, mapped):
                for begin in range(0, batch.num_rows, BATCH_ROWS):
                    for row in _cells(batch.slice(begin, BATCH_ROWS)):
                        number += 1
                        yield number, row
    except (pa.ArrowException, OSError) as error:
        what = f"the Arrow file is damaged or cut off: {str(error).splitlines()[0]}"
        raise refusal("data-damaged", what, path, "write or download it again") from error


def _arrow_batches(path: Path, mapped: pa.MemoryMappedFile) -> Iterator[pa.RecordBatch]:
    if first_bytes(path).startswith(ARROW_FILE):
        file = pa.ipc.open_file(mapped)
        _check_names(path, file.schema.names)
        for number in range(file.num_record_batches):
            yield file.get_batch(number)
    else:
        stream = pa.ipc.open_stream(mapped)
        _check_names(path, stream.schema.names)
        yield from stream


def _cells(batch: pa.RecordBatch) -> list[dict[str, Any] | Refusal]:
    """The rows of a batch, or why one of them is none in Python: text that is not UTF-8, a date beyond the year 9999."""
    try:
        rows: list[dict[str, Any] | Refusal] = batch.to_pylist()
    except (ValueError, OverflowError) as error:
        if batch.num_rows == 1:
            now = "mend or remove it"
            return [Refusal("data-bad-cell", f"a cell of the row cannot be read: {error}", now=now, field="data.train")]
        return [row for index in range(batch.num_rows) for row in _cells(batch.slice(index, 1))]
    return rows


def _check_names(path: Path, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        what = f"the file has the column {', '.join(map(repr, twice))} twice"
        raise refusal("data-duplicate-columns", what, path, "rename one")


def _check_size(path: Path, metadata: pq.FileMetaData) -> None:
    """Raises Refusal for a file that would unpack into far more than it seems to hold."""
    groups = [metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups)]
    unpacked, packed = sum(groups), path.stat().st_size
    if max(groups, default=0) > LARGEST_GROUP_BYTES or (unpacked > FEW_BYTES and unpacked > MOST_UNPACKED * packed):
        what = f"the Parquet file of {size_text(packed)} would unpack into {size_text(unpacked)}"
        raise refusal("data-bomb", what, path, "write it anew in smaller groups of rows, if you trust its source")


def parquet_row_count(path: Path) -> int:
    """The number of rows that the file's footer states."""
    with path.open("rb") as handle, pq.ParquetFile(handle) as file:
        return int(file.metadata.num_rows)
