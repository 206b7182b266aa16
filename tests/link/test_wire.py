"""Lines on the wire: there and back, and everything else refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.link.wire import Request, answer_line, read_answer, read_request, request_line
from studio.plan.events import Answered, Worded

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.integers(min_value=0), st.text(min_size=1), st.dictionaries(st.text(), VALUES))
def test_a_request_comes_back_as_it_was_on_one_line(number: int, name: str, arguments: dict[str, object]) -> None:
    request = Request(number, name, arguments)
    line = request_line(request)
    assert "\n" not in line
    assert read_request(line) == request


@given(st.integers(min_value=0), st.text(), st.dictionaries(st.text(), VALUES))
def test_an_answer_comes_back_as_it_was_on_one_line(number: int, text: str, value: dict[str, object]) -> None:
    for event in (Worded(lane="base", text=text), Answered(value=value)):
        line = answer_line(number, event)
        assert "\n" not in line
        assert read_answer(line) == (number, event)


def test_a_number_that_json_has_not_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        request_line(Request(1, "x", {"a": float("inf")}))


@pytest.mark.parametrize(
    "line", ["", "nonsense", "[]", '"x"', '{"id": "1", "name": "x"}', '{"id": 1}', '{"id": 1, "name": 2}']
)
def test_what_is_no_request_is_refused(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of json's own or of ours, each with its own words
        read_request(line)


@pytest.mark.parametrize(
    "line", ["", "Loading weights: 100%", "1 {}", "x\t{}", "1\tnonsense", '1\t{"event":"unheard-of"}']
)
def test_what_is_no_answer_is_refused(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of json's own or of ours, each with its own words
        read_answer(line)
