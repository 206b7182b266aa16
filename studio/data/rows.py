"""Rows of a data file, each with its place in the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studio.plan.errors import Refusal

Row = Mapping[str, Any]
# What a reader yields: the line or row number, from 1, and the cells, or why there are none: a Refusal without a place.
Numbered = tuple[int, dict[str, Any] | Refusal]


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row, where it stands, or why it alone cannot be read. `file` is an index into the source's files, `number` the line or row number
    in it, from 1.
    """

    file: int
    number: int
    cells: dict[str, Any] | Refusal
