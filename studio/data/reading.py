"""Reading data: a file or a folder of files as a stream of rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from studio.data.hub_entry import is_hub_entry
from studio.data.hub_fetched import opened_files
from studio.data.jsonrows import is_json_lines, read_json, read_json_lines
from studio.data.parquet import parquet_row_count, read_arrow, read_parquet
from studio.data.rows import Numbered, PlacedRow
from studio.data.source import check_file, first_bytes, is_folder, no_rows, refusal
from studio.data.tables import read_table
from studio.data.textlines import read_text_rows
from studio.plan.errors import Refusal

Reader = Callable[[Path, str], Iterator[Numbered]]
READERS: dict[str, Reader] = {
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": read_json,
    ".csv": read_table,
    ".tsv": read_table,
    ".parquet": read_parquet,
    ".arrow": read_arrow,
    ".feather": read_arrow,
    ".txt": read_text_rows,
}
LINE_A_ROW = (".jsonl", ".ndjson", ".txt")
COUNTED_BYTES = 1 << 30  # counting the lines of a larger file would keep a preview waiting
MOST_FILES = 10_000


@dataclass(frozen=True)
class Source:
    """One entry of a plan's data. Iterating streams its rows: no more than a few are in memory.

    A row that cannot be read is given as its Refusal, and the next ones follow; where nothing more can be read a Refusal with the place
    is raised, and where there are none at all.
    """

    files: tuple[Path, ...]
    encoding: str
    field: str

    def __iter__(self) -> Iterator[PlacedRow]:
        found = False
        for index, path in enumerate(self.files):
            try:
                for number, cells in READERS[path.suffix.lower()](path, self.encoding):
                    found = True
                    if isinstance(cells, Refusal):
                        where = f"{path}, {self._units[index]} {number}"
                        cells = Refusal(cells.code, cells.what, where=where, now=cells.now, field=cells.field)
                    yield PlacedRow(index, number, cells)
            except Refusal as error:
                raise at_field(error, self.field) from error
        if not found:
            raise at_field(no_rows(self.files[0]), self.field)

    def place(self, file: int, number: int) -> str:
        """Where a row lies, as words: "line 7" or "row 7", with the file's name where there are several."""
        words = f"{self._units[file]} {number}"
        return words if len(self.files) == 1 else f"{self.files[file].name}, {words}"

    def total(self) -> int | None:
        """The number of rows where it is cheap to know without parsing them; else None."""
        counts = [_count(path) for path in self.files]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None

    @property
    def size_bytes(self) -> int:
        """What the files take of the disk."""
        return sum(path.stat().st_size for path in self.files)

    @cached_property
    def _units(self) -> tuple[str, ...]:
        """What the rows of each file are counted in."""
        return tuple(map(self._unit, self.files))

    def _unit(self, path: Path) -> str:
        ending = path.suffix.lower()
        if ending in (".parquet", ".arrow", ".feather"):
            return "row"
        return "row" if ending == ".json" and not is_json_lines(path, self.encoding) else "line"


def open_source(entry: str, *, encoding: str = "auto", field: str = "data.train") -> Source:
    """The source that a plan names: a file, a folder of files (those below it too, in the order of their names), a fetched Hub data set.

    JSONL: an object a line. JSON: a list of objects, or an object that holds one. CSV, TSV: a header, then text cells. Parquet, Arrow. TXT:
    a line a row, column `text`. Raises Refusal where it is missing, no regular file, empty, of no known kind, or an archive.
    """
    try:
        if is_hub_entry(entry):
            return Source(opened_files(entry, field), encoding, field)
        path = Path(entry)
        files = _files_in(path) if is_folder(path) else (path,)
        for file in files:
            check_file(file)
            _check_kind(file)
        return Source(files, encoding, field)
    except Refusal as found:
        raise at_field(found, field) from found


def at_field(found: Refusal, field: str) -> Refusal:
    """The refusal of a file, at the setting that names that file."""
    if found.field != "data.train":
        return found
    return Refusal(found.code, found.what, where=found.where, now=found.now, field=field)


def _files_in(folder: Path) -> tuple[Path, ...]:
    found = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in READERS
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    if not found:
        raise refusal("data-folder", "there is no data file in this folder", folder, f"put {', '.join(READERS)} there")
    if len(found) > MOST_FILES:
        what = f"this folder holds {len(found):,} data files"
        raise refusal("data-folder", what, folder, f"join them: at most {MOST_FILES:,} are read")
    return tuple(found)


def _check_kind(path: Path) -> None:
    ending = path.suffix.lower()
    if ending in READERS:
        return
    first_bytes(path)  # an archive is named as such
    known = ", ".join(READERS)
    what = f"data files of the kind {ending or 'without ending'} are not known"
    raise refusal("data-kind", what, path, f"use {known}")


def _count(path: Path) -> int | None:
    ending = path.suffix.lower()
    if ending == ".parquet":
        return parquet_row_count(path)
    if ending in LINE_A_ROW and path.stat().st_size <= COUNTED_BYTES and _ends_lines_plainly(first_bytes(path)):
        with path.open("rb") as file:
            return sum(1 for line in file if not line.isspace())
    return None


def _ends_lines_plainly(head: bytes) -> bool:
    """Whether lines end in a byte of their own: not in UTF-16, nor where they end in carriage returns alone."""
    return b"\0" not in head and (b"\n" in head or b"\r" not in head)
