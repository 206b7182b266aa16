"""Answers against transformers' own generation."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel

from studio.engine.sample import answer, prompt_ids
from studio.engine.setup import Setup
from studio.plan.errors import Refusal


@pytest.mark.parametrize("model", ["llama", "gpt2"])
def test_greedy_is_what_transformers_generates(request: pytest.FixtureRequest, model: str) -> None:
    folder: Path = request.getfixturevalue(model)
    network, tokenizer = AutoModelForCausalLM.from_pretrained(folder).eval(), AutoTokenizer.from_pretrained(folder)
    ids = prompt_ids(tokenizer, "box 1 is red")
    expected = network.generate(
        torch.tensor([ids]),
        attention_mask=torch.ones(1, len(ids), dtype=torch.long),
        max_new_tokens=24,
        do_sample=False,
    )[0, len(ids) :]
    found = "".join(answer(network, tokenizer, ids, max_new_tokens=24))
    assert found == tokenizer.decode(expected, skip_special_tokens=True)


def test_a_prompt_is_shown_as_the_rows_are(setup_of: Callable[..., Setup]) -> None:
    setup = setup_of()
    first = min(setup.data.train, key=lambda example: example.row)
    ids = prompt_ids(setup.tokenizer, "box 0 is red")
    assert first.ids[: len(ids)].tolist() == ids
    assert first.trained.tolist().index(True) == len(ids)


class Scripted:
    """Says given tokens one after the other, whatever it is asked."""

    device = torch.device("cpu")
    generation_config = None

    def __init__(self, tokens: list[int]) -> None:
        self.config = type("Config", (), {"max_position_embeddings": 64})()
        self._tokens = tokens
        self._said = 0

    def forward(self) -> None: ...

    def __call__(self, **_: object) -> object:
        logits = torch.zeros(1, 1, 300)
        logits[0, 0, self._tokens[self._said]] = 1
        self._said += 1
        return type("Output", (), {"logits": logits, "past_key_values": None})()


def scripted(folder: Path, text: str) -> tuple[PreTrainedModel, object, list[int]]:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokens = tokenizer(text, add_special_tokens=False)["input_ids"]
    return Scripted([*tokens, tokenizer.eos_token_id]), tokenizer, tokens  # type: ignore[return-value]


@pytest.mark.parametrize("text", ["plain words", "naïve – “café” 日本語", "🙂👍🏽 end", " leading space"])
def test_characters_of_several_tokens_come_whole(llama: Path, text: str) -> None:
    model, tokenizer, tokens = scripted(llama, text)
    pieces = list(answer(model, tokenizer, [5], max_new_tokens=60))  # type: ignore[arg-type]
    assert "".join(pieces) == text
    assert not any("�" in piece for piece in pieces)
    assert len(pieces) == len(text) <= len(tokens)


def test_what_is_cut_in_the_middle_of_a_character_ends_with_the_mark(llama: Path) -> None:
    model, tokenizer, _ = scripted(llama, "ab日")
    assert "".join(answer(model, tokenizer, [5], max_new_tokens=4)) == "ab�"  # type: ignore[arg-type]


def test_cancelled_between_two_tokens(llama: Path) -> None:
    model, tokenizer, _ = scripted(llama, "abcdef")
    heard: list[str] = []
    for piece in answer(model, tokenizer, [5], max_new_tokens=60, cancelled=lambda: len(heard) == 2):  # type: ignore[arg-type]
        heard.append(piece)
    assert heard == ["a", "b"]


def test_the_positions_of_the_model_are_the_limit(llama: Path) -> None:
    model, tokenizer, _ = scripted(llama, "x" * 80)
    assert "".join(answer(model, tokenizer, [5] * 60, max_new_tokens=60)) == "xxxx"  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="64 tokens"):
        list(answer(model, tokenizer, [5] * 64, max_new_tokens=1))  # type: ignore[arg-type]


def test_drawing_depends_on_its_seed_alone(llama: Path) -> None:
    network, tokenizer = AutoModelForCausalLM.from_pretrained(llama).eval(), AutoTokenizer.from_pretrained(llama)

    def draw(seed: int) -> str:
        return "".join(answer(network, tokenizer, [1, 50], max_new_tokens=20, temperature=1.5, seed=seed))

    before = torch.get_rng_state()
    first = draw(1)
    assert torch.equal(torch.get_rng_state(), before)
    torch.rand(3)
    assert draw(1) == first != draw(2)
