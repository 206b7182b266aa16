import json
import math
import typing
from dataclasses import MISSING, fields

import pytest

from studio.plan.events import KINDS, Event, Failed, Stepped, from_line, to_line

SAMPLES = {"str": "x", "int": 3, "float": 0.5, "bool": True}


def made(kind: type[Event]) -> Event:
    """An event with a plain value in every field that must be given."""
    values = {}
    hints = typing.get_type_hints(kind)
    for field in fields(kind):
        if field.default is MISSING and field.default_factory is MISSING:
            hint = hints[field.name]
            values[field.name] = {} if typing.get_origin(hint) is dict else SAMPLES[hint.__name__]
    return kind(**values)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_a_line_brings_the_event_back(kind: type[Event]) -> None:
    event = made(kind)
    line = to_line(event)
    assert "\n" not in line
    assert from_line(line) == event
    tree = json.loads(line)
    assert list(tree)[:2] == ["event", "time"]
    assert tree["event"] == kind.name
    assert tree["time"] > 1.6e9


def test_stepped_carries_what_scripts_rely_on() -> None:
    assert {
        "step", "loss", "learning_rate", "grad_norm", "tokens", "tokens_per_second", "memory", "trainable_parameters",
        "eta_seconds",
    } <= {field.name for field in fields(Stepped)}  # fmt: skip


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_that_json_does_not_have_are_errors(number: float) -> None:
    event = Stepped(
        step=1, loss=number, learning_rate=1e-3, grad_norm=1.0, tokens=1, tokens_per_second=1.0, memory={},
        trainable_parameters=1, eta_seconds=0.0,
    )  # fmt: skip
    with pytest.raises(ValueError, match="JSON compliant"):
        to_line(event)


def test_a_newer_version_may_say_more() -> None:
    event = from_line('{"event":"saved","time":1.0,"step":4,"path":"a","colour":"red"}')
    assert (event.name, event.time) == ("saved", 1.0)


def test_step_is_left_out_where_there_is_none() -> None:
    assert "step" not in json.loads(to_line(Failed(code="a", what="b")))


@pytest.mark.parametrize("line", ["", "[]", "{}", "null", '{"event":"flown"}', '{"event":"saved","time":1}', "\t{"])
def test_anything_else_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match=r"event|Expecting"):
        from_line(line)


def test_text_keeps_its_letters_and_line_breaks() -> None:
    event = Failed(code="a", what="größer\n\u2028 than")
    assert len(to_line(event).split("\n")) == 1
    assert from_line(to_line(event)) == event
