"""Layout: which format a file's rows have, and what plays each part in a row."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from studio.data.columntext import ColumnText, column_text, columns_in, mapping_refusal
from studio.data.rows import Row
from studio.plan.errors import Refusal

# The roles that each format needs, in the order in which formats are tried, and those that may stand beside them.
NEEDS: dict[str, tuple[str, ...]] = {
    "chat": ("messages",),
    "alpaca": ("instruction", "output"),
    "prompt-completion": ("prompt", "completion"),
    "text-label": ("text", "label"),
    "text": ("text",),
}
OPTIONAL: dict[str, tuple[str, ...]] = {
    "chat": ("system", "tools"),
    "alpaca": ("input", "system"),
    "prompt-completion": ("system",),
}
ROLES = tuple(dict.fromkeys(role for table in (NEEDS, OPTIONAL) for roles in table.values() for role in roles))
# Names that columns have in data sets in use, beside the roles' own; a line is guessed only where all its columns are there.
ALSO: dict[str, tuple[dict[str, str], ...]] = {
    "chat": (
        {"messages": "conversations"},  # ShareGPT
        {"messages": "conversation"},
        {"messages": "dialogue"},
        {"messages": "dialog"},
    ),
    "alpaca": (
        {"instruction": "instruction", "output": "response", "input": "context"},  # Dolly
        {"instruction": "instruction", "output": "response"},
    ),
    "prompt-completion": (
        {"prompt": "prompt", "completion": "response"},
        {"prompt": "prompt", "completion": "answer"},
        {"prompt": "{context}\n\n{question}", "completion": "answer"},
        {"prompt": "question", "completion": "answer"},  # GSM8K
        {"prompt": "question", "completion": "response", "system": "system_prompt"},  # OpenOrca
        {"prompt": "question", "completion": "response"},
        {"prompt": "query", "completion": "response"},  # MetaMath
        {"prompt": "query", "completion": "answer"},
        {"prompt": "problem", "completion": "solution"},
        {"prompt": "input", "completion": "output"},
        {"prompt": "source", "completion": "target"},
        {"prompt": "article", "completion": "highlights"},  # CNN/DailyMail
        {"prompt": "document", "completion": "summary"},  # XSum
        {"prompt": "dialogue", "completion": "summary"},  # SAMSum
        {"prompt": "text", "completion": "summary"},
    ),
    "text-label": (
        {"text": "sentence", "label": "label"},  # SST-2
        {"text": "text", "label": "category"},
        {"text": "text", "label": "sentiment"},
    ),
    "text": ({"text": "content"}, {"text": "story"}),
}
PREFERENCE = {"chosen", "rejected"}


@dataclass(frozen=True)
class Layout:
    """How a row is read: its format, and for each role in use a column, or a text with columns in braces."""

    format: str
    columns: Mapping[str, str]
    texts: Mapping[str, ColumnText] = field(default_factory=dict)  # of the roles that such a text plays
    open: frozenset[str] = frozenset()  # roles that a row may fill by their own names, though the first rows do not

    def cell(self, row: Row, role: str) -> Any:
        """The value that plays a role in a row; None where nothing does."""
        if role in self.texts:
            return self.text(row, role)
        column = self.columns.get(role, role if role in self.open else None)
        return None if column is None else row.get(column)

    def text(self, row: Row, role: str) -> str:
        """The text that plays a role. Raises Refusal, without the row's place, where it is missing or no text."""
        if role in self.texts:
            return self.texts[role].filled(lambda column: _text(row.get(column), column))
        column = self.columns[role]
        return _text(row.get(column), column)

    def optional_text(self, row: Row, role: str) -> str:
        """As `text`; empty where nothing plays the role, or the row has nothing there."""
        value = self.cell(row, role)
        return "" if value is None else _text(value, self.columns.get(role, role))


def layout_of(columns: Sequence[str], first_rows: Sequence[Row], format: str, mapping: Mapping[str, str]) -> Layout:
    """The layout of a file with these columns. `format` may be "auto". `mapping` is role to source: a column, a text such as
    "Translate: {source}", or "" where nothing is to play the role; other roles are guessed by the columns' names.

    Raises Refusal (field data.columns or data.format) that names the columns found and what each format needs.
    """
    texts: dict[str, ColumnText] = {}
    for role, source in mapping.items():
        if role not in ROLES:
            raise mapping_refusal(f"{role!r} is not a role", f"use {', '.join(ROLES)}", role)
        if source and source not in columns:
            text = column_text(source, columns, role)
            if text is None:
                raise mapping_refusal(f"the data have no column {source!r}", f"choose of {', '.join(columns)}", role)
            texts[role] = text
    if format == "auto":
        format = _guess(columns, first_rows, mapping)
    roles = _roles(format, columns, mapping)
    if missing := [role for role in NEEDS[format] if role not in roles]:
        what = f"the format {format} needs {_words(missing)}, the data have the columns {', '.join(columns)}"
        raise Refusal("data-format", what, now="choose another format, or map it in data.columns", field="data.format")
    for role, source in roles.items():
        if source not in columns and role not in texts and (text := column_text(source, columns, role)) is not None:
            texts[role] = text
    open = frozenset(OPTIONAL.get(format, ())) - set(roles) - set(mapping)
    return Layout(format, roles, {role: text for role, text in texts.items() if role in roles}, open)


def guess_format(columns: Sequence[str], first_rows: Sequence[Row]) -> str:
    """The format by the columns' names: chat, alpaca, prompt-completion, text-label or text.

    Raises Refusal where no format fits, and for preference pairs (chosen, rejected).
    """
    return _guess(columns, first_rows, {})


def _guess(columns: Sequence[str], first_rows: Sequence[Row], mapping: Mapping[str, str]) -> str:
    named = set(columns) | set(mapping)
    if set(columns) >= PREFERENCE and not named & {"messages", "conversations", "output", "completion", "text"}:
        what = "the data are preference pairs (chosen, rejected), which this task does not learn from"
        now = 'keep the chosen answers: data.columns {"prompt": "prompt", "completion": "chosen"}'
        raise Refusal("data-preference-pairs", what, now=now, field="data.format")
    for format, needs in NEEDS.items():
        roles = _roles(format, columns, mapping)
        if all(role in roles for role in needs) and _fits(format, first_rows, roles):
            return format
    wanted = "; ".join(f"{format}: {_words(needs)}" for format, needs in NEEDS.items())
    what = f"no format fits the columns {', '.join(columns) or '(none)'}"
    now = f"name the columns in data.columns, or rename them ({wanted})"
    raise Refusal("data-columns", what, now=now, field="data.columns")


def _roles(format: str, columns: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """What plays each role of a format: what is mapped, else what the names say. A column that is mapped is not guessed as well."""
    known = (*NEEDS[format], *OPTIONAL.get(format, ()))
    guessed = {role: role for role in known if role in columns}
    if not all(role in guessed for role in NEEDS[format]):
        guessed |= next((line for line in ALSO[format] if _asked(line) <= set(columns)), {})
    taken = set(mapping.values())
    roles = {role: source for role, source in guessed.items() if source not in taken}
    roles |= {role: source for role, source in mapping.items() if role in known}
    return {role: roles[role] for role in known if roles.get(role)}


def _asked(line: Mapping[str, str]) -> set[str]:
    """The columns that a line of `ALSO` asks for."""
    return {column for source in line.values() for column in columns_in(source)}


def _fits(format: str, first_rows: Sequence[Row], roles: Mapping[str, str]) -> bool:
    """A column named messages is a chat only where it holds lists: beside it may stand a prompt and its completion."""
    cells = [row.get(roles["messages"]) for row in first_rows] if format == "chat" else []
    return format != "chat" or any(isinstance(cell, list) for cell in cells)


def _text(value: Any, column: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return str(value)
    if isinstance(value, float):
        raise Refusal(
            "row-no-text", f"{column!r} is no number ({value})", now="mend it or leave the row out", field="data.train"
        )
    what = f"{column!r} is missing" if value is None else f"{column!r} is not text but {type(value).__name__}"
    raise Refusal("row-no-text", what, now="give it a text or leave the row out", field="data.train")


def _words(roles: Sequence[str]) -> str:
    return ", ".join(f"{role} (conversations)" if role == "messages" else role for role in roles)
