"""The sample prompts of a run, and the answers to them."""

from collections.abc import Container, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain, islice

from studio.data.example import Example
from studio.engine.sample import answer, prompt_ids
from studio.engine.setup import Setup
from studio.plan.errors import Refusal

MAX_NEW_TOKENS = 96
ROWS_AS_PROMPTS = 3
ROWS_SEARCHED = 50_000  # for the answer that a sample prompt should get


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt with its token ids, and the completion of the row that it is the prompt of, where there is one."""

    prompt: str
    ids: list[int]
    expected: str | None


def check_prompts(setup: Setup) -> None:
    """Raises Refusal where a sample prompt of the plan leaves the model no room for an answer."""
    limit = setup.description.max_positions
    for number, prompt in enumerate(setup.plan.evaluation.prompts):
        length = len(_ids(setup, prompt))
        if limit is not None and length >= limit:
            raise Refusal(
                "prompt-too-long",
                f"sample prompt {number + 1} has {length:,} tokens, and the model knows {limit:,} positions",
                where=f"evaluation.prompts.{number}",
                now="shorten it",
                field="evaluation.prompts",
            )


def prompts_of(setup: Setup) -> list[Asked]:
    """The plan's sample prompts, shown to the model as the data's are."""
    rendered = {prompt: _ids(setup, prompt) for prompt in setup.plan.evaluation.prompts}
    wanted = {tuple(ids) for ids in rendered.values()}
    rows = _by_prompt(setup, islice(chain(setup.data.eval, setup.data.train), ROWS_SEARCHED), wanted) if wanted else {}
    return [Asked(prompt, ids, rows.get(tuple(ids))) for prompt, ids in rendered.items()]


def rows_as_prompts(setup: Setup) -> list[Asked]:
    """The prompts of a few rows, evaluation rows first, for a plan that has none of its own."""
    rows = _by_prompt(setup, islice(chain(setup.data.eval, setup.data.train), ROWS_AS_PROMPTS))
    asked = [Asked(_text(setup, ids).strip(), list(ids), expected) for ids, expected in rows.items()]
    return [one for one in asked if one.prompt]


def ask(setup: Setup, asked: Asked, *, base: bool) -> str:
    """The answer to a prompt, greedy; `base`: with the adapter off. The adapter must be in eval mode."""
    with setup.adapter.disabled() if base else nullcontext():
        return "".join(answer(setup.model, setup.tokenizer, asked.ids, max_new_tokens=MAX_NEW_TOKENS))


def _ids(setup: Setup, prompt: str) -> list[int]:
    return prompt_ids(setup.tokenizer, prompt, setup.data.format, setup.plan.data.template)


def _by_prompt(
    setup: Setup, examples: Iterable[Example], wanted: Container[tuple[int, ...]] | None = None
) -> dict[tuple[int, ...], str]:
    """The completion by the ids before it, for rows that have a prompt; only of wanted prompts where those are given."""
    found: dict[tuple[int, ...], str] = {}
    for example in examples:
        begin = int(example.trained.argmax())
        prompt = tuple(example.ids[:begin].tolist())
        if begin and prompt not in found and (wanted is None or prompt in wanted):
            found[prompt] = _text(setup, example.ids[begin:].tolist())
    return found


def _text(setup: Setup, ids: Iterable[int]) -> str:
    return str(setup.tokenizer.decode(list(ids), skip_special_tokens=True))
