"""Rows of JSON Lines and JSON files, read strictly: what a tokenizer cannot take is refused with its line or row."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from studio.data.rows import PlacedRow
from studio.data.source import no_rows, refusal
from studio.data.textlines import text_lines
from studio.plan.errors import Refusal

EXCERPT_CHARACTERS = 60
KINDS = {
    dict: "an object", list: "a list", str: "a string", bool: "a boolean", int: "a number", float: "a number",
    type(None): "null",
}  # fmt: skip


def read_json_lines(path: Path) -> Iterator[PlacedRow]:
    """The rows of a JSON Lines file: one object a line; blank lines are skipped.

    Raises Refusal with line number and excerpt: not JSON, not an object, a key twice, NaN, a lone surrogate.
    """
    for number, line in enumerate(text_lines(path), start=1):
        if not line.strip():
            continue
        place = f"line {number}"
        value = _parse(line, path, place)
        if not isinstance(value, dict):
            what = f"this line is {KINDS[type(value)]}, not an object: {_excerpt(line)}"
            now = 'write one object a line, such as {"prompt": "…", "completion": "…"}'
            raise refusal("data-not-an-object", what, path, now, place=place)
        yield number, value


def read_json(path: Path) -> Iterator[PlacedRow]:
    """The rows of a JSON file: a list of objects, an object that holds one list of them, or JSON Lines under this name."""
    if is_json_lines(path):
        yield from read_json_lines(path)
        return
    text = "".join(text_lines(path))
    if not text.strip():
        raise no_rows(path)
    for number, row in enumerate(_list_in(_parse(text, path, None), path), start=1):
        if not isinstance(row, dict):
            what = f"this row is {KINDS[type(row)]}, not an object"
            now = 'write rows as objects, such as {"text": "…"}'
            raise refusal("data-not-an-object", what, path, now, place=f"row {number}")
        yield number, row


def is_json_lines(path: Path) -> bool:
    """Whether a file named .json holds one object a line, so that its places are lines."""
    filled = (line for line in text_lines(path) if line.strip())
    return _is_whole_object(next(filled, "")) and next(filled, None) is not None


def _is_whole_object(line: str) -> bool:
    if not line.lstrip().startswith("{"):
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _list_in(value: Any, path: Path) -> list[Any]:
    if isinstance(value, list):
        return value
    shape = KINDS[type(value)]
    if isinstance(value, dict):
        lists = [key for key, inner in value.items() if isinstance(inner, list)]
        if len(lists) == 1 and (not value[lists[0]] or isinstance(value[lists[0]][0], dict)):
            return list(value[lists[0]])
        shape = f"one object with the keys {', '.join(map(str, value)) or '(none)'}"
        if len(lists) > 1:
            shape = f"an object of columns ({', '.join(lists)})"
    raise refusal("data-not-rows", f"the JSON file holds {shape}, not a list of rows", path, "write [{…}, {…}]")


def _parse(text: str, path: Path, place: str | None) -> Any:
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
        if "\\ud" in text or "\\uD" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        if place is None:
            # One sentence serves both: a file that is damaged, or one whose writer was cut off.
            where, line = f"line {error.lineno}", text.splitlines()[min(error.lineno, text.count("\n") + 1) - 1]
            raise _not_json(path, where, f"{error.msg} at column {error.colno}: {_excerpt(line)}") from None
        raise _not_json(path, place, f"{error.msg} at column {error.colno}: {_excerpt(text)}") from None
    except UnicodeEncodeError:
        raise _not_json(path, place, "it has half of a surrogate pair (\\ud800 to \\udfff)") from None
    except RecursionError:
        raise _not_json(path, place, "it is nested too deeply") from None
    except ValueError as error:
        raise _not_json(path, place, f"{error}: {_excerpt(text)}") from None
    return value


def _not_json(path: Path, place: str | None, reason: str) -> Refusal:
    return refusal("data-bad-json", f"this is not valid JSON: {reason}", path, "mend or remove it", place=place)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(name for name in names if names.count(name) > 1)!r} comes twice")
    return row


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


def _excerpt(text: str) -> str:
    line = text.strip()
    return line if len(line) <= EXCERPT_CHARACTERS else line[: EXCERPT_CHARACTERS - 1] + "…"
