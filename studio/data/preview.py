"""The preview of a data file: its first rows as the model will get them."""

from pathlib import Path
from statistics import fmean
from typing import Any

from studio.data.encode import Encoded
from studio.data.formats import RowWriter
from studio.data.layout import layout_of
from studio.data.prepare import encode_rows
from studio.data.reading import count_rows, read_rows
from studio.data.rows import Rows
from studio.data.segment import Segment
from studio.plan.errors import Refusal
from studio.plan.plan import DataPlan

CELL_CHARACTERS = 200


def preview(data: DataPlan, tokenizer: Any, *, rows: int = 50) -> dict[str, Any]:
    """The first rows of the training file, ready for JSON; no more of the file is parsed than they need.

    Keys: format, columns, total_rows (None: dear to count), rows, mean_tokens, longest_tokens, truncated_rows (of the rows shown).
    Each row: place, cells, segments ({text, trained, special}), tokens (before a cut) and trained_tokens (after it), both None
    without a tokenizer, truncated, problem (why it cannot be learnt from; None where it can).
    Raises Refusal where the file or its columns do not serve.
    """
    path = Path(data.train)
    shown = read_rows(path, max_rows=rows)
    layout = layout_of(shown.columns, shown.cells, data.format, data.columns)
    writer = RowWriter(layout, tokenizer, data.loss_on)
    encoded: list[Encoded | Refusal | None] = [None] * len(shown)
    if tokenizer is not None:
        encoded = [*encode_rows(shown.cells, writer, tokenizer, data.max_length)]
    described = [_describe(shown, index, writer, outcome) for index, outcome in enumerate(encoded)]
    lengths = [row["tokens"] for row in described if row["tokens"] is not None]
    return {
        "format": layout.format,
        "columns": list(shown.columns),
        "total_rows": len(shown) if len(shown) < rows else count_rows(path),
        "rows": described,
        "mean_tokens": round(fmean(lengths), 1) if lengths else None,
        "longest_tokens": max(lengths, default=None),
        "truncated_rows": sum(row["truncated"] for row in described),
    }


def _describe(rows: Rows, index: int, writer: RowWriter, outcome: Encoded | Refusal | None) -> dict[str, Any]:
    problem = outcome.what if isinstance(outcome, Refusal) else None
    written: list[Segment] = []
    try:
        written = writer.segments(rows[index])
    except Refusal as refusal:
        problem = refusal.what
    encoded = outcome if isinstance(outcome, Encoded) else None
    return {
        "place": rows.place(index),
        "cells": {column: _short(rows[index].get(column)) for column in rows.columns},
        "segments": [
            {"text": segment.text, "trained": segment.trained, "special": segment.token is not None}
            for segment in written
        ],
        "tokens": encoded.full_length if encoded else None,
        "trained_tokens": encoded.supervised if encoded else None,
        "truncated": encoded.truncated if encoded else False,
        "problem": problem,
    }


def _short(value: Any) -> str:
    text = "" if value is None else value if isinstance(value, str) else str(value)
    return text if len(text) <= CELL_CHARACTERS else text[: CELL_CHARACTERS - 1] + "…"
