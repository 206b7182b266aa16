"""The preview of data: the first rows as the model will get them, read straight from the file."""

from dataclasses import replace
from itertools import islice
from statistics import fmean
from typing import Any

from studio.data.build import layout_of_rows, write_row
from studio.data.encode import Encoded, encode_batch, kept_characters
from studio.data.formats import RowWriter
from studio.data.reading import Source, open_source
from studio.data.rows import PlacedRow
from studio.data.segment import Segment
from studio.data.template import template_names
from studio.plan.errors import Refusal
from studio.plan.plan import DataPlan

CELL_CHARACTERS = 200
SHOWN_CHARACTERS = 20_000  # of a row's text


def preview(data: DataPlan, tokenizer: Any, *, rows: int = 50) -> dict[str, Any]:
    """The first rows of the training data, ready for JSON; no more of the file is parsed than they need.

    Keys: format, problem (why no format fits, as an error's JSON; then format is None, and rows have cells alone), roles (role to column or
    template string), template, templates (names to choose from), warnings, columns, total_rows (None: dear to count), rows,
    mean_tokens, longest_tokens, truncated_rows (of the rows shown). Each row: place, cells, segments ({text, trained, special, cut: the
    model never gets it}), tokens (before a cut) and trained_tokens (after it), both None without a tokenizer, truncated, problem (why it
    cannot be learnt from; None where it can). Raises Refusal where the data cannot be read.
    """
    source = open_source(data.train, encoding=data.encoding)
    first = list(islice(source, rows))
    columns = list(dict.fromkeys(name for row in first if not isinstance(row.cells, Refusal) for name in row.cells))
    try:
        layout = layout_of_rows(first, data)
    except Refusal as refusal:
        if not columns:
            raise
        return _unread(source, first, columns, refusal, data)
    writer = RowWriter(layout, tokenizer, data.loss_on, data.template)
    written = [write_row(writer, row) for row in first]
    encoded: list[Encoded | None] = [None] * len(first)
    if tokenizer is not None:
        done = iter(encode_batch([one for one in written if not isinstance(one, Refusal)], tokenizer))
        encoded = [None if isinstance(one, Refusal) else next(done) for one in written]
    described = [
        _describe(source, row, columns, _cut(outcome, tokens, tokenizer, data.max_length), tokens, data.max_length)
        for row, outcome, tokens in zip(first, written, encoded, strict=True)
    ]
    lengths = [row["tokens"] for row in described if row["tokens"] is not None]
    return {
        "format": layout.format,
        "problem": None,
        "roles": dict(layout.columns),
        "template": data.template,
        "templates": list(template_names()),
        "warnings": list(writer.warnings),
        "columns": columns,
        "total_rows": len(first) if len(first) < rows else source.total(),
        "rows": described,
        "mean_tokens": round(fmean(lengths), 1) if lengths else None,
        "longest_tokens": max(lengths, default=None),
        "truncated_rows": sum(row["truncated"] for row in described),
    }


def _unread(
    source: Source, first: list[PlacedRow], columns: list[str], refusal: Refusal, data: DataPlan
) -> dict[str, Any]:
    """The preview of rows that no format fits yet: their cells, so that someone can say which column is what."""
    return {
        "format": None,
        "problem": refusal.to_json(),
        "roles": {},
        "template": data.template,
        "templates": list(template_names()),
        "warnings": [],
        "columns": columns,
        "total_rows": source.total(),
        "rows": [_describe(source, row, columns, [], None, data.max_length) for row in first],
        "mean_tokens": None,
        "longest_tokens": None,
        "truncated_rows": 0,
    }


def _describe(
    source: Source,
    row: PlacedRow,
    columns: list[str],
    written: list[tuple[Segment, bool]] | Refusal,
    encoded: Encoded | None,
    max_length: int,
) -> dict[str, Any]:
    cells = {} if isinstance(row.cells, Refusal) else row.cells
    problem = written.what if isinstance(written, Refusal) else None
    if encoded is not None and not encoded.supervised(max_length):
        cut = len(encoded) > max_length and encoded.supervised() > 0
        problem = (
            f"nothing to learn is left after the cut at {max_length} tokens" if cut else "the row has nothing to learn"
        )
    return {
        "place": source.place(row.file, row.number),
        "cells": {column: _short(cells.get(column), CELL_CHARACTERS) for column in columns},
        "segments": [
            {
                "text": _short(segment.text, SHOWN_CHARACTERS),
                "trained": segment.trained,
                "special": segment.token is not None,
                "cut": cut,
            }
            for segment, cut in ([] if isinstance(written, Refusal) else written)
        ],
        "tokens": None if encoded is None else len(encoded),
        "trained_tokens": None if encoded is None else encoded.supervised(max_length),
        "truncated": encoded is not None and len(encoded) > max_length,
        "problem": problem,
    }


def _cut(
    written: list[Segment] | Refusal, encoded: Encoded | None, tokenizer: Any, max_length: int
) -> list[tuple[Segment, bool]] | Refusal:
    """The segments with whether the model never gets them; one that is cut within becomes two."""
    if isinstance(written, Refusal):
        return written
    if encoded is None or len(encoded) <= max_length:
        return [(segment, False) for segment in written]
    pieces = [
        (replace(segment, text=text), cut)
        for segment, kept in zip(written, kept_characters(written, tokenizer, max_length), strict=True)
        for text, cut in ((segment.text[:kept], False), (segment.text[kept:], True))
    ]
    return [(piece, cut) for piece, cut in pieces if piece.text]


def _short(value: Any, limit: int) -> str:
    text = "" if value is None else value if isinstance(value, str) else str(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
