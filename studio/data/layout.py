"""Layout: which format a file's rows have, and which column plays which role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.data.rows import Row
from studio.plan.errors import Refusal

# The roles that each format needs, in the order in which it is looked for; `optional` ones beside them.
NEEDS: dict[str, tuple[str, ...]] = {
    "chat": ("messages",),
    "alpaca": ("instruction", "output"),
    "prompt-completion": ("prompt", "completion"),
    "text-label": ("text", "label"),
    "text": ("text",),
}
OPTIONAL = ("input", "system")
ROLES = tuple(dict.fromkeys([role for needs in NEEDS.values() for role in needs] + list(OPTIONAL)))
ALSO = {"messages": "conversations"}  # sharegpt's name of the column
PREFERENCE = ("chosen", "rejected")


@dataclass(frozen=True)
class Layout:
    """How a row is read: its format, and the column of each role."""

    format: str
    columns: Mapping[str, str]

    def cell(self, row: Row, role: str) -> Any:
        """The value that plays a role in a row; None where the row has none."""
        return row.get(self.columns.get(role, role))

    def text(self, row: Row, role: str) -> str:
        """The text that plays a role. Raises Refusal, without the row's place, where it is missing or no text."""
        value = self.cell(row, role)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str):
            name = self.columns.get(role, role)
            what = f"{name!r} is missing" if value is None else f"{name!r} is not text but {type(value).__name__}"
            raise Refusal("row-no-text", what, now="give it a text or leave the row out", field="data.train")
        return value


def layout_of(columns: Sequence[str], first_rows: Sequence[Row], format: str, mapping: Mapping[str, str]) -> Layout:
    """The layout of a file with these columns. `format` may be "auto"; `mapping` is role to column.

    Raises Refusal (field data.columns or data.format) that names the columns found and what each format needs.
    """
    for role, column in mapping.items():
        if role not in ROLES:
            raise _mapping(f"{role!r} is not a role", f"use {', '.join(ROLES)}", role)
        if column not in columns:
            raise _mapping(f"the data have no column {column!r}", f"choose of {', '.join(columns)}", role)
    roles = {**_roles_by_name(columns), **mapping}
    if format == "auto":
        format = _guess(columns, first_rows, roles)
    elif missing := [role for role in NEEDS[format] if role not in roles]:
        what = f"the format {format} needs {_words(missing)}, the data have the columns {', '.join(columns)}"
        raise Refusal("data-format", what, now="choose another format, or map it in data.columns", field="data.format")
    return Layout(format, roles)


def guess_format(columns: Sequence[str], first_rows: Sequence[Row]) -> str:
    """The format by the columns' names: chat, alpaca, prompt-completion, text-label or text.

    Raises Refusal where no format fits, and for preference pairs (chosen, rejected).
    """
    return _guess(columns, first_rows, _roles_by_name(columns))


def _guess(columns: Sequence[str], first_rows: Sequence[Row], roles: Mapping[str, str]) -> str:
    if set(PREFERENCE) <= set(columns) and not set(roles) - {"prompt", "input", "system"}:
        what = "the data are preference pairs (chosen, rejected), which this task does not learn from"
        now = 'keep the chosen answers: data.columns {"prompt": "prompt", "completion": "chosen"}'
        raise Refusal("data-preference-pairs", what, now=now, field="data.format")
    for format, needs in NEEDS.items():
        if all(role in roles for role in needs) and _fits(format, first_rows, roles):
            return format
    wanted = "; ".join(f"{format}: {_words(needs)}" for format, needs in NEEDS.items())
    what = f"no format fits the columns {', '.join(columns) or '(none)'}"
    now = f"name the columns in data.columns, or rename them ({wanted})"
    raise Refusal("data-columns", what, now=now, field="data.columns")


def _fits(format: str, first_rows: Sequence[Row], roles: Mapping[str, str]) -> bool:
    """A column named messages is a chat only where it holds lists: beside it may stand a prompt and its completion."""
    cells = [row.get(roles["messages"]) for row in first_rows] if format == "chat" else []
    return format != "chat" or any(isinstance(cell, list) for cell in cells)


def _roles_by_name(columns: Sequence[str]) -> dict[str, str]:
    found = {role: role for role in ROLES if role in columns}
    return {role: name for role, name in ALSO.items() if name in columns} | found


def _words(roles: Sequence[str]) -> str:
    return " and ".join(f"{role} (or {ALSO[role]})" if role in ALSO else role for role in roles)


def _mapping(what: str, now: str, role: str) -> Refusal:
    return Refusal("data-columns", what, where=f"data.columns.{role}", now=now, field="data.columns")
