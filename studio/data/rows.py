"""Rows of a data file, each with its place in the file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

Row = Mapping[str, Any]
PlacedRow = tuple[int, dict[str, Any]]  # the line or row number, from 1, and the cells


@dataclass(frozen=True)
class Rows(Sequence[dict[str, Any]]):
    """The rows that were read. `columns` holds every key of any row, in the order of first appearance.

    `unit` is "line" where a row has a line number in a text file, else "row"; both count from 1.
    """

    columns: tuple[str, ...]
    cells: tuple[dict[str, Any], ...]
    numbers: tuple[int, ...]
    unit: str

    def __len__(self) -> int:
        return len(self.cells)

    def __getitem__(self, index: Any) -> Any:
        return self.cells[index]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.cells)

    def place(self, index: int) -> str:
        """Where a row lies, as words: "line 7" or "row 7"."""
        return f"{self.unit} {self.numbers[index]}"


def collect(placed: Iterable[PlacedRow], unit: str, max_rows: int | None) -> Rows:
    """The first `max_rows` rows of a stream (None: all)."""
    cells, numbers, columns = [], [], dict[str, None]()
    for number, row in islice(placed, max_rows):
        cells.append(row)
        numbers.append(number)
        columns.update(dict.fromkeys(row))
    return Rows(tuple(columns), tuple(cells), tuple(numbers), unit)
