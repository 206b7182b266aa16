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
        ({"question": "a", "answer": "b"}, "prompt-completion"),
        ({"article": "a", "highlights": "b", "id": "1"}, "prompt-completion"),
        ({"instruction": "a", "context": "", "response": "b", "category": "c"}, "alpaca"),
        ({"sentence": "a", "label": 1}, "text-label"),
        ({"content": "a"}, "text"),
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
        (("title", "body"), "auto", {}, "data.columns", ("title, body", "prompt-completion: prompt, completion")),
        (("question", "answer"), "auto", {"completion": ""}, "data.columns", ("question, answer",)),
        (("question", "answer"), "prompt-completion", {"completion": ""}, "data.format", ("needs completion",)),
        (("a", "b"), "auto", {"text": "{a} and {c}"}, "data.columns", ("no column 'c'", "choose of a, b")),
        (("a", "b"), "auto", {"text": "{a} and {b"}, "data.columns", ("brace is not closed",)),
        (("a", "b"), "auto", {"text": "{a.__class__}"}, "data.columns", ("no column 'a.__class__'",)),
        (("a", "b"), "auto", {"text": "only words"}, "data.columns", ("no column 'only words'",)),
        (("text",), "alpaca", {}, "data.format", ("instruction, output", "columns text")),
        (("a",), "chat", {}, "data.format", ("messages (conversations)",)),
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


ROW = {"source": "Hallo", "target": "Hello", "to": "English", "n": 3, "a b": "x", "empty": None}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("source", "Hallo"),
        ("Translate: {source}", "Translate: Hallo"),
        ("To {to}: {source} ({n})", "To English: Hallo (3)"),
        ("{a b}", "x"),
        ('{{"text": "{source}"}}', '{"text": "Hallo"}'),
    ],
)
def test_a_column_or_a_text_with_columns_plays_a_part(source: str, text: str) -> None:
    layout = layout_of(tuple(ROW), [ROW], "auto", {"prompt": source, "completion": "target"})
    assert layout.format == "prompt-completion"
    assert layout.text(ROW, "prompt") == text


def test_a_text_that_takes_in_an_empty_cell_is_refused() -> None:
    layout = layout_of(tuple(ROW), [ROW], "auto", {"prompt": "Translate: {empty}"})
    with pytest.raises(Refusal, match="'empty' is missing"):
        layout.text(ROW, "prompt")


def test_a_column_that_is_mapped_is_not_guessed_as_well() -> None:
    with pytest.raises(Refusal, match="needs completion"):
        layout_of(("question", "answer"), [], "prompt-completion", {"prompt": "answer"})


def test_a_guess_takes_in_what_the_question_is_about() -> None:
    row = {"context": "Rome is in Italy.", "question": "Where is Rome?", "answer": "Italy"}
    layout = layout_of(tuple(row), [row], "auto", {})
    assert layout.text(row, "prompt") == "Rome is in Italy.\n\nWhere is Rome?"


def test_what_is_mapped_to_nothing_goes_unused() -> None:
    row = {"messages": TURNS, "system": "Be brief.", "tools": "[]"}
    assert set(layout_of(tuple(row), [row], "auto", {}).columns) == {"messages", "system", "tools"}
    assert set(layout_of(tuple(row), [row], "auto", {"system": ""}).columns) == {"messages", "tools"}


def test_the_chosen_answers_of_preference_pairs_can_be_learnt() -> None:
    columns = ("prompt", "chosen", "rejected")
    assert layout_of(columns, [], "auto", {"completion": "chosen"}).format == "prompt-completion"
