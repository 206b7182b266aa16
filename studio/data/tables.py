"""Rows of CSV and TSV files. Cells stay text as they are written: NA, null and 007 included."""

import csv
from collections.abc import Iterator
from pathlib import Path

from studio.data.rows import Numbered
from studio.data.source import refusal
from studio.data.textlines import text_lines, zero_byte
from studio.plan.errors import Refusal

SEPARATORS = (",", "\t", ";", "|")
SNIFFED_LINES = 50
SNIFFED_CHARACTERS = 1 << 20
LONGEST_CELL_CHARACTERS = 64 << 20  # a cell beyond this is a quote that was never closed


def read_table(path: Path, encoding: str = "auto") -> Iterator[Numbered]:
    """The rows of a CSV or TSV file with a header, numbered by the line on which they begin.

    The separator is the one that cuts the first lines into equally many cells. A row with too few or too many cells is yielded as its
    Refusal. Raises Refusal with the line: a column twice, a quote that is not closed.
    """
    csv.field_size_limit(LONGEST_CELL_CHARACTERS)  # of the whole process; Python's own is 128 KB
    separator = "\t" if path.suffix.lower() == ".tsv" else _separator(path, encoding)
    records = _records(path, text_lines(path, encoding, newline=""), separator)
    header = next(records, None)
    if header is None:
        return
    columns = [name.strip() for name in header[1]]
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        names = ", ".join(map(repr, twice))
        raise refusal("data-duplicate-columns", f"the header names {names} twice", path, "rename one", place="line 1")
    for line, cells in records:
        if len(cells) != len(columns):
            what = f"this row has {len(cells)} cells, the header {len(columns)}"
            now = "put quotes around a cell that holds the separator or a line break"
            yield line, Refusal("data-ragged", what, now=now, field="data.train")
        elif any("\0" in cell for cell in cells):
            yield line, zero_byte()
        else:
            yield line, dict(zip(columns, cells, strict=True))


def _records(path: Path, lines: Iterator[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank, with the line on which it begins."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        begin = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            unclosed = "unexpected end" in str(error) or "field limit" in str(error)
            reason = "a quote is opened and never closed" if unclosed else f"its quotes are wrong: {error}"
            now = "close the quote, or write a quote inside a cell twice"
            raise refusal(
                "data-bad-quotes", f"this row cannot be read, {reason}", path, now, place=f"line {begin}"
            ) from None
        if cells is None:
            return
        if cells:
            yield begin, cells


def _separator(path: Path, encoding: str) -> str:
    lines, cut = _first_lines(path, encoding)
    best, best_width = SEPARATORS[0], 1
    for separator in SEPARATORS:
        # Not strict: the sample may end within a quoted cell, and its last record may so be short.
        widths = _widths(lines, separator)
        steady = len(set(widths[:-1] if cut else widths)) <= 1
        if widths and steady and widths[0] > best_width:
            best, best_width = separator, widths[0]
    return best


def _first_lines(path: Path, encoding: str) -> tuple[list[str], bool]:
    """The first lines of a file, and whether it may have more."""
    lines: list[str] = []
    characters = 0
    for line in text_lines(path, encoding, newline=""):
        lines.append(line)
        characters += len(line)
        if len(lines) == SNIFFED_LINES or characters > SNIFFED_CHARACTERS:
            return lines, True
    return lines, False


def _widths(lines: list[str], separator: str) -> list[int]:
    """How many cells each record has; none where a cell is longer than any may be, so that this cannot be the separator."""
    try:
        return [len(cells) for cells in csv.reader(lines, delimiter=separator) if cells]
    except csv.Error:
        return []
