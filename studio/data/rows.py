"""Rows of a data file, each with its place in the file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.plan.errors import Refusal

Row = Mapping[str, Any]
Numbered = tuple[int, dict[str, Any] | Refusal]  # what a reader yields: the line or row number, from 1, and the cells


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row, where it stands, or why it alone cannot be read: a `Refusal` without a place. `file` is an index into the source's files,
    `number` the line or row number in it, from 1.
    """

    file: int
    number: int
    cells: dict[str, Any] | Refusal


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
