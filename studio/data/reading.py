"""Reading a data file: which reader serves which ending."""

from collections.abc import Callable, Iterator
from pathlib import Path

from studio.data.jsonrows import is_json_lines, read_json, read_json_lines
from studio.data.parquet import parquet_row_count, read_parquet
from studio.data.rows import PlacedRow, Rows, collect
from studio.data.source import check_file, first_bytes, no_rows, refusal
from studio.data.tables import read_table
from studio.data.textlines import read_text_rows

Reader = Callable[[Path], Iterator[PlacedRow]]
READERS: dict[str, Reader] = {
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": read_json,
    ".csv": read_table,
    ".tsv": read_table,
    ".parquet": read_parquet,
    ".txt": read_text_rows,
}
LINE_A_ROW = (".jsonl", ".ndjson", ".txt")
COUNTED_BYTES = 1 << 30  # counting the lines of a larger file would keep a preview waiting


def read_rows(path: Path, *, max_rows: int | None = None) -> Rows:
    """The first `max_rows` rows of a file (None: all).

    JSONL: an object a line. JSON: a list of objects, or an object that holds one. CSV, TSV: a header, then text cells. Parquet. TXT: a
    line a row, column `text`. Raises Refusal where the file is missing, no regular file, of no known kind, damaged, or has 0 rows.
    """
    check_file(path)
    ending = path.suffix.lower()
    reader = READERS.get(ending)
    if reader is None:
        first_bytes(path)  # an archive is named as such
        known = ", ".join(READERS)
        raise refusal(
            "data-kind", f"data files of the kind {ending or 'without ending'} are not known", path, f"use {known}"
        )
    rows = collect(reader(path), _unit(path), max_rows)
    if not rows:
        raise no_rows(path)
    return rows


def count_rows(path: Path) -> int | None:
    """The number of rows where it is cheap to know without parsing them; else None."""
    ending = path.suffix.lower()
    if ending == ".parquet":
        return parquet_row_count(path)
    if ending in LINE_A_ROW and path.stat().st_size <= COUNTED_BYTES:
        with path.open("rb") as file:
            return sum(1 for line in file if not line.isspace())
    return None


def _unit(path: Path) -> str:
    ending = path.suffix.lower()
    if ending == ".parquet" or (ending == ".json" and not is_json_lines(path)):
        return "row"
    return "line"
