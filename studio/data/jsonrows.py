"""Rows of JSON Lines and JSON files, read strictly: what a tokenizer cannot take is refused with its line or row."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from studio.data.rows import Numbered
from studio.data.source import no_rows, refusal
from studio.data.textlines import text_lines, zero_byte
from studio.plan.errors import Refusal
from studio.plan.words import size_text

EXCERPT_CHARACTERS = 60
DEEPEST = 100  # levels of lists and objects; Python's own limit counts the caller's calls too, and so is met by chance
LARGEST_JSON_BYTES = 1 << 30
KINDS = {
    dict: "an object", list: "a list", str: "a string", bool: "a boolean", int: "a number", float: "a number",
    type(None): "null",
}  # fmt: skip


def read_json_lines(path: Path, encoding: str = "auto") -> Iterator[Numbered]:
    """The rows of a JSON Lines file: one object a line; blank lines are skipped.

    A line that is not JSON, or not an object, has a key twice, NaN or half a surrogate pair is yielded as the Refusal of that row.
    """
    for number, line in enumerate(text_lines(path, encoding), start=1):
        if line.isspace():
            continue
        if "\0" in line:
            yield number, zero_byte()
            continue
        try:
            value = _parse(line.rstrip("\n"))  # so that an error at its end is told of this line
        except ValueError as error:
            yield number, _not_json(_reason(error))
            continue
        if not isinstance(value, dict):
            what = f"this line is {KINDS[type(value)]}, not an object: {_excerpt(line)}"
            now = 'write one object a line, such as {"prompt": "…", "completion": "…"}'
            yield number, Refusal("data-not-an-object", what, now=now, field="data.train")
            continue
        yield number, _shallow(value) if line.count("[") + line.count("{") > DEEPEST else value


def read_json(path: Path, encoding: str = "auto") -> Iterator[Numbered]:
    """The rows of a JSON file: a list of objects, an object that holds one list of them, or JSON Lines under this name.

    The file is parsed as a whole, so a large one is refused.
    """
    if is_json_lines(path, encoding):
        yield from read_json_lines(path, encoding)
        return
    size = path.stat().st_size
    if size > LARGEST_JSON_BYTES:
        what = f"a JSON file of {size_text(size)} would have to be read at once"
        raise refusal("data-large-json", what, path, "save it as JSON Lines, one object a line, ending in .jsonl")
    text = "".join(text_lines(path, encoding))
    if not text.strip():
        raise no_rows(path)
    try:
        value = _parse(text)
    except ValueError as error:
        found = _not_json(_reason(error))
        place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else None
        raise refusal(found.code, found.what, path, "mend or remove it", place=place) from None
    for number, row in enumerate(_list_in(value, path), start=1):
        if isinstance(row, dict):
            yield number, _shallow(row)
        else:
            what = f"this row is {KINDS[type(row)]}, not an object"
            now = 'write rows as objects, such as {"text": "…"}'
            yield number, Refusal("data-not-an-object", what, now=now, field="data.train")


def is_json_lines(path: Path, encoding: str = "auto") -> bool:
    """Whether a file named .json holds one object a line, so that its places are lines."""
    filled = (line for line in text_lines(path, encoding) if line.strip())
    first, second = next(filled, ""), next(filled, None)
    return second is not None and _is_whole_object(first)  # a large file may be one line: only then is it parsed twice


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


def _parse(text: str) -> Any:
    """The value of a JSON text. Raises ValueError, whose words `_reason` knows."""
    try:
        value = DECODER.decode(text)
        if "\\ud" in text or "\\uD" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("it has half of a surrogate pair (\\ud800 to \\udfff)") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    return value


def _shallow(row: dict[str, Any]) -> dict[str, Any] | Refusal:
    """The row, or its refusal where it is nested so deeply that what reads it could not follow."""
    level: list[Any] = [row]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return row
    return _not_json("it is nested too deeply")


def _reason(error: ValueError) -> str:
    if not isinstance(error, json.JSONDecodeError):
        return str(error)
    begin = error.pos - error.colno + 1
    line = error.doc[begin:].split("\n", 1)[0].rstrip()
    # The line's first error must be seen: a whole file may be one line.
    skipped = max(0, error.colno - EXCERPT_CHARACTERS // 2) if len(line) > EXCERPT_CHARACTERS else 0
    return f"{error.msg} at column {error.colno}: {'…' if skipped else ''}{_excerpt(line[skipped:])}"


def _not_json(reason: str) -> Refusal:
    what = f"this is not valid JSON: {reason}"
    return Refusal("data-bad-json", what, now="mend or remove it", field="data.train")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(name for name in names if names.count(name) > 1)!r} comes twice")
    return row


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


# Made once: json.loads makes one for each call that has hooks.
DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)


def _excerpt(text: str) -> str:
    line = text.strip()
    return line if len(line) <= EXCERPT_CHARACTERS else line[: EXCERPT_CHARACTERS - 1] + "…"
