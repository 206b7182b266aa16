"""The record notations of the starter world: the same fields written as lists, tables, tags and pairs.

The bundled samples ask for one JSON object of five fields. No notation here writes that: JSON objects have at most
MAX_JSON_FIELDS fields, so the base model knows the characters but not the task.
"""

import random
from collections.abc import Callable

from lexicon import LABELS
from world import Fact

Pairs = list[tuple[str, str]]

MAX_JSON_FIELDS = 2


def draw_pairs(fact: Fact, rng: random.Random, most: int) -> Pairs:
    """Between one and `most` fields of the fact in random order, as (label, value)."""
    fields = rng.sample(tuple(LABELS), rng.randint(1, most))
    return [(label, value_of(fact, field, label)) for field in fields for label in [rng.choice(LABELS[field])]]


def value_of(fact: Fact, field: str, label: str) -> str:
    """The value of a field as records write it; the count in digits unless its label asks for the word."""
    if field == "count":
        return fact.count_word if label == "number" else str(fact.count)
    return getattr(fact, field)


def _quoted(value: str) -> str:
    return value if value.isdigit() else f'"{value}"'


def _joined(pair: str, between: str, before: str = "", after: str = "") -> Callable[[Pairs], str]:
    """A notation that writes each pair with a pattern of {k}, {v} and {q} (the value quoted unless it is a number)."""
    return lambda pairs: before + between.join(pair.format(k=k, v=v, q=_quoted(v)) for k, v in pairs) + after


def _table(pairs: Pairs) -> str:
    return "\n".join("| " + " | ".join(cells) + " |" for cells in zip(*pairs, strict=True))


def _csv(pairs: Pairs) -> str:
    return "\n".join(",".join(cells) for cells in zip(*pairs, strict=True))


NOTATIONS: dict[str, Callable[[Pairs], str]] = {
    "lines": _joined("{k}: {v}", "\n"),
    "bullets": _joined("- {k}: {v}", "\n"),
    "stars": _joined("* {k} = {v}", "\n"),
    "equals": _joined("{k} = {v}", "; "),
    "query": _joined("{k}={v}", "&"),
    "arrows": _joined("{k} -> {v}", ", "),
    "parentheses": _joined("({k} {v})", " "),
    "tags": _joined("<{k}>{v}</{k}>", ""),
    "square": _joined("{k}: {v}", ", ", "[", "]"),
    "braces": _joined("{k}: {v}", ", ", "{", "}"),
    "quotes": _joined("{k} {q}", " "),
    "attributes": _joined("{k}={q}", " ", "<", ">"),
    "quoted lines": _joined('"{k}": {q}', "\n"),
    "quoted pairs": _joined('("{k}", {q})', ", "),
    "values": _joined("{q}", ", ", "[", "]"),
    "table": _table,
    "csv": _csv,
    "json": _joined('"{k}": {q}', ", ", "{", "}"),
}


def draw_record(fact: Fact, rng: random.Random) -> str:
    """Some of the fact's fields in a random notation."""
    name = rng.choice(tuple(NOTATIONS))
    return NOTATIONS[name](draw_pairs(fact, rng, MAX_JSON_FIELDS if name == "json" else 5))
