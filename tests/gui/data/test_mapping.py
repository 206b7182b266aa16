"""Columns and parts: the plan after each choice."""

import pytest

from studio.data import layout
from studio.gui.data import mapping
from studio.plan.plan import Plan

ROLES = {"prompt": "question", "completion": "answer"}


@pytest.fixture
def plan() -> Plan:
    return Plan.model_validate({"model": "/m", "data": {"train": "/rows.jsonl"}})


def test_a_column_leaves_the_part_it_had(plan: Plan) -> None:
    moved = mapping.with_source(plan, "prompt-completion", ROLES, "prompt", "answer")
    assert moved.data.columns == {"prompt": "answer"}


def test_a_text_takes_columns_in(plan: Plan) -> None:
    made = mapping.with_source(plan, "prompt-completion", ROLES, "prompt", "Translate: {question}")
    assert made.data.columns == {"prompt": "Translate: {question}", "completion": "answer"}
    assert mapping.parts_with("question", made.data.columns) == ["prompt"]
    assert mapping.role_of("question", made.data.columns) == ""
    assert mapping.role_of("answer", made.data.columns) == "completion"


def test_an_empty_source_gives_the_part_back_to_the_guess(plan: Plan) -> None:
    assert mapping.with_source(plan, "prompt-completion", ROLES, "prompt", "").data.columns == {"completion": "answer"}


def test_a_column_can_go_unused(plan: Plan) -> None:
    unused = mapping.without_column(plan, "prompt-completion", ROLES, "answer")
    assert unused.data.columns == {"prompt": "question", "completion": ""}
    again = mapping.with_source(unused, "prompt-completion", {"prompt": "question"}, "completion", "answer")
    assert again.data.columns == ROLES


def test_parts_of_another_format_are_not_written(plan: Plan) -> None:
    roles = ROLES | {"text": "notes"}
    assert "text" not in mapping.confirmed(plan, "prompt-completion", roles).data.columns


def test_another_format_keeps_what_plays_a_part_in_it(plan: Plan) -> None:
    named = plan.with_values(data=plan.data.with_values(format="text-label", columns={"text": "a", "label": "b"}))
    assert mapping.with_format(named, "text").data.columns == {"text": "a"}
    assert mapping.with_format(named, "auto").data.columns == {"text": "a", "label": "b"}


def test_before_a_format_is_known_every_part_can_be_named(plan: Plan) -> None:
    assert mapping.with_source(plan, "", {}, "prompt", "x").data.columns == {"prompt": "x"}


def test_the_parts_are_those_that_the_data_are_read_by() -> None:
    assert mapping.NEEDED == layout.NEEDS
    assert mapping.OPTIONAL == layout.OPTIONAL
