"""Which format a file has, found by its columns or refused by them."""

import pytest

from studio.data.layout import guess_format, layout_of
from studio.plan.errors import Refusal

TURNS = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]


@pytest.mark.parametrize(
    ("row", "format"),
    [
        ({"prompt": "a", "completion": "b", "id": "1"}, "prompt-completion"),
        ({"instruction": "a", "input": "", "output": "b"}, "alpaca"),
        ({"instruction": "a", "output": "b"}, "alpaca"),
        ({"messages": TURNS, "prompt": "a"}, "chat"),
        ({"conversations": [{"from": "human", "value": "a"}]}, "chat"),
        ({"messages": "3", "prompt": "a", "completion": "b"}, "prompt-completion"),
        ({"text": "a"}, "text"),
        ({"text": "a", "label": 1}, "text-label"),
    ],
)
def test_a_format_is_guessed_by_the_columns(row: dict, format: str) -> None:
    assert guess_format(tuple(row), [row]) == format


def test_a_mapping_names_the_columns() -> None:
    layout = layout_of(("question", "answer"), [], "auto", {"prompt": "question", "completion": "answer"})
    assert layout.format == "prompt-completion"
    assert layout.text({"question": "why", "answer": "so"}, "completion") == "so"


@pytest.mark.parametrize(
    ("columns", "format", "mapping", "field", "words"),
    [
        (("question", "answer"), "auto", {}, "data.columns", ("question, answer", "prompt-completion: prompt and completion")),
        (("text",), "alpaca", {}, "data.format", ("instruction and output", "columns text")),
        (("a",), "chat", {}, "data.format", ("messages (or conversations)",)),
        (("a",), "auto", {"prompt": "b"}, "data.columns", ("no column 'b'", "choose of a")),
        (("a",), "auto", {"question": "a"}, "data.columns", ("'question' is not a role", "prompt")),
        (("prompt", "chosen", "rejected"), "auto", {}, "data.format", ("preference pairs",)),
    ],
)  # fmt: skip
def test_columns_that_do_not_serve_are_named(columns, format, mapping, field, words) -> None:
    with pytest.raises(Refusal) as caught:
        layout_of(columns, [], format, mapping)
    assert caught.value.field == field
    assert all(word in caught.value.sentence for word in words), caught.value.sentence


def test_the_chosen_answers_of_preference_pairs_can_be_learnt() -> None:
    columns = ("prompt", "chosen", "rejected")
    assert layout_of(columns, [], "auto", {"completion": "chosen"}).format == "prompt-completion"
