"""The sample prompts of a run, and the answers to them."""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass

from studio.data.example import Example
from studio.engine.sample import answer, prompt_ids
from studio.engine.setup import Setup

MAX_NEW_TOKENS = 96
ROWS_AS_PROMPTS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt with its token ids, and the completion of the row that it is the prompt of, where there is one."""

    prompt: str
    ids: list[int]
    expected: str | None


def prompts_of(setup: Setup) -> list[Asked]:
    """The plan's sample prompts, shown to the model as the data's are."""
    if not setup.plan.evaluation.prompts:
        return []
    rows = _by_prompt(setup, [*setup.data.eval, *setup.data.train])
    format = setup.data.format
    rendered = [(prompt, prompt_ids(setup.tokenizer, prompt, format)) for prompt in setup.plan.evaluation.prompts]
    return [Asked(prompt, ids, rows.get(tuple(ids))) for prompt, ids in rendered]


def rows_as_prompts(setup: Setup) -> list[Asked]:
    """The prompts of a few rows, evaluation rows first, for a plan that has none of its own."""
    rows = _by_prompt(setup, [*setup.data.eval, *setup.data.train][:ROWS_AS_PROMPTS])
    asked = [Asked(_text(setup, ids).strip(), list(ids), expected) for ids, expected in rows.items()]
    return [one for one in asked if one.prompt]


def ask(setup: Setup, asked: Asked, *, base: bool) -> str:
    """The answer to a prompt, greedy; `base`: with the adapter off. The adapter must be in eval mode."""
    with setup.adapter.disabled() if base else nullcontext():
        return "".join(answer(setup.model, setup.tokenizer, asked.ids, max_new_tokens=MAX_NEW_TOKENS))


def _by_prompt(setup: Setup, examples: Iterable[Example]) -> dict[tuple[int, ...], str]:
    """The completion by the ids before it, for rows that have a prompt."""
    found: dict[tuple[int, ...], str] = {}
    for example in examples:
        ids, trained = example.ids.tolist(), example.trained.tolist()
        begin = trained.index(True)
        if begin:
            found.setdefault(tuple(ids[:begin]), _text(setup, ids[begin:]))
    return found


def _text(setup: Setup, ids: Iterable[int]) -> str:
    return str(setup.tokenizer.decode(list(ids), skip_special_tokens=True))
