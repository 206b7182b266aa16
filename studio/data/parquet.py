"""Rows of Parquet files."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from studio.data.rows import PlacedRow
from studio.data.source import PARQUET, first_bytes, refusal

BATCH_ROWS = 1024


def read_parquet(path: Path) -> Iterator[PlacedRow]:
    """The rows of a Parquet file, batch by batch. Raises Refusal: not Parquet, damaged, a column twice."""
    if not first_bytes(path).startswith(PARQUET):
        now = "give it the ending of what it is: .csv, .jsonl or .json"
        raise refusal("data-not-parquet", "this is not a Parquet file", path, now)
    try:
        # A file object, because a name with brackets or stars would be taken for a pattern.
        with path.open("rb") as handle, pq.ParquetFile(handle) as file:
            names = file.schema_arrow.names
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                what = f"the file has the column {', '.join(map(repr, twice))} twice"
                raise refusal("data-duplicate-columns", what, path, "rename one")
            number = 0
            for batch in file.iter_batches(batch_size=BATCH_ROWS):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except (pa.ArrowException, OSError) as error:
        what = f"the Parquet file is damaged or cut off: {str(error).splitlines()[0]}"
        raise refusal("data-damaged", what, path, "write or download it again") from error


def parquet_row_count(path: Path) -> int:
    """The number of rows that the file's footer states."""
    with path.open("rb") as handle, pq.ParquetFile(handle) as file:
        return int(file.metadata.num_rows)
