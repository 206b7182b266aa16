import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.plan.commands import Command, from_line, to_line


@given(st.sampled_from(["pause", "resume", "save", "sample", "stop"]), st.booleans())
def test_a_line_brings_the_command_back(wish: str, save: bool) -> None:
    command = Command(wish, save)
    line = to_line(command)
    assert "\n" not in line
    assert from_line(line) == command


def test_stop_saves_unless_told_otherwise() -> None:
    assert from_line('{"command": "stop"}') == Command("stop", save=True)


@pytest.mark.parametrize("line", ["", "{", "[]", "{}", '{"command": "fly"}', '{"command": null}', '"stop"'])
def test_anything_else_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match=r"not a command|Expecting|property name"):
        from_line(line)


def test_a_line_is_json() -> None:
    assert json.loads(to_line(Command("stop", save=False))) == {"command": "stop", "save": False}
