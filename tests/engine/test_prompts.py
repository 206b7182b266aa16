"""Sample prompts, and what is expected of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.engine.prompts import ask, prompts_of, rows_as_prompts
from studio.engine.setup import Setup

SetupOf = Callable[..., Setup]


def test_a_prompt_of_a_row_expects_its_completion(setup_of: SetupOf) -> None:
    setup = setup_of(
        data={"eval_fraction": 0.3}, evaluation={"prompts": ["box 2 is very very green", "box 99 is pink"]}
    )
    one, other = prompts_of(setup)
    assert (one.prompt, one.expected) == ("box 2 is very very green", "green 2")
    assert other.expected is None


def test_without_prompts_a_few_rows_serve(setup_of: SetupOf) -> None:
    setup = setup_of(data={"eval_fraction": 0.3})
    assert prompts_of(setup) == []
    asked = rows_as_prompts(setup)
    assert len(asked) == 3
    assert all(one.prompt.startswith("box ") and one.expected for one in asked)


def test_plain_text_has_no_prompts_of_its_own(setup_of: SetupOf, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("one line\nanother line\nthird line\n")
    setup = setup_of(data={"train": str(path)}, evaluation={"prompts": ["one"]})
    (asked,) = prompts_of(setup)
    assert setup.tokenizer.decode(asked.ids, skip_special_tokens=True) == "one"
    assert rows_as_prompts(setup) == []


@pytest.mark.parametrize("base", [True, False])
def test_the_base_answers_without_the_adapter(setup_of: SetupOf, base: bool) -> None:
    setup = setup_of(evaluation={"prompts": ["box 1"]})
    (asked,) = prompts_of(setup)
    before = ask(setup, asked, base=True)
    for _, pair in setup.adapter.pairs():
        pair.B.data.normal_()
    assert (ask(setup, asked, base=base) == before) is base
