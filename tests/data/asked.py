"""What a user is told of data: the rows, or the refusal."""

import csv
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from studio.data.prepare import PreparedData, finished, gather, prepare
from studio.data.reading import open_source
from studio.data.statistics import statistics
from studio.plan.errors import Refusal
from studio.plan.events import Warned
from studio.plan.plan import DataPlan, Plan


def read_rows(path: Path, **how: Any) -> list[dict[str, Any]]:
    """All rows of a file or folder. Raises the refusal of the first that cannot be read."""
    csv.field_size_limit(131072)  # as Python starts; a file read before must not make this one readable
    rows = []
    for row in open_source(str(path), **how):
        if isinstance(row.cells, Refusal):
            raise row.cells
        rows.append(row.cells)
    return rows


def refusal_of(path: Path, **how: Any) -> Refusal:
    """Why a file or folder cannot be read."""
    with pytest.raises(Refusal) as caught:
        read_rows(path, **how)
    return caught.value


def param(id: str, *values: object) -> Any:
    """A case of the catalogue: its number and name, and what it is."""
    return pytest.param(*values, id=id)


def plan_of(path: Path, **values: Any) -> Plan:
    return Plan(model="m", data=DataPlan(train=str(path), **{"max_length": 64, "eval_fraction": 0, **values}))


def prepared(plan: Plan, tokenizer: Any) -> tuple[PreparedData, list[Warned]]:
    """The examples of a plan, and what was warned of."""
    warned: list[Warned] = []
    going = prepare(plan.data, tokenizer, seed=0, max_positions=None)
    while True:
        try:
            event = next(going)
        except StopIteration as end:
            return end.value, warned
        if isinstance(event, Warned):
            warned.append(event)


def scanned(plan: Plan, tokenizer: Any) -> dict[str, Any]:
    """The statistics of a plan's data."""
    return statistics(finished(gather(plan.data, tokenizer)), plan)


def learnt(plan: Plan, tokenizer: Any) -> list[str]:
    """The text of each training example, as its tokens spell it."""
    return [tokenizer.decode(example.ids) for example in prepared(plan, tokenizer)[0].train]


def parquet(path: Path, table: pa.Table, **how: Any) -> Path:
    pq.write_table(table, path, **how)
    return path


def arrow(path: Path, table: pa.Table, form: str) -> Path:
    """An Arrow file, of the form "file" or "stream"."""
    with pa.OSFile(str(path), "wb") as sink, getattr(pa.ipc, f"new_{form}")(sink, table.schema) as writer:
        writer.write_table(table)
    return path
