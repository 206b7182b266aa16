"""Choosing tokens, against transformers' own logits processors."""

import pytest
import torch
from transformers import (
    LogitsProcessorList,
    RepetitionPenaltyLogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)

from studio.engine.sampling import Sampling
from studio.plan.errors import Refusal


def theirs(sampling: Sampling, logits: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
    """The chances that transformers gives."""
    steps = LogitsProcessorList()
    if sampling.repetition_penalty != 1.0:
        steps.append(RepetitionPenaltyLogitsProcessor(sampling.repetition_penalty))
    steps.append(TemperatureLogitsWarper(sampling.temperature))
    if sampling.top_k:
        steps.append(TopKLogitsWarper(sampling.top_k))
    if sampling.top_p < 1.0:
        steps.append(TopPLogitsWarper(sampling.top_p))
    return steps(seen.unsqueeze(0), logits.unsqueeze(0).clone())[0].softmax(0)


@pytest.mark.parametrize(
    "sampling",
    [
        Sampling(temperature=0.7),
        Sampling(temperature=1.3, top_k=5),
        Sampling(temperature=1.0, top_p=0.6),
        Sampling(temperature=0.9, top_k=8, top_p=0.8, repetition_penalty=1.4),
    ],
)
def test_draws_follow_the_chances_of_transformers(sampling: Sampling) -> None:
    torch.manual_seed(0)
    logits, seen = 2 * torch.randn(20), torch.tensor([3, 4, 4, 11])
    chances = theirs(sampling, logits, seen)
    generator = torch.Generator().manual_seed(1)
    drawn = (
        torch.bincount(torch.tensor([sampling.choose(logits, seen, generator) for _ in range(4000)]), minlength=20)
        / 4000
    )
    assert not drawn[chances == 0].any()
    torch.testing.assert_close(drawn, chances, atol=0.03, rtol=0)


def test_greedy_takes_the_likeliest_and_a_penalty_makes_it_another() -> None:
    logits, seen, generator = torch.tensor([1.0, 3.0, 2.9]), torch.tensor([1]), torch.Generator()
    assert Sampling().choose(logits, seen, generator) == 1
    assert Sampling(repetition_penalty=1.2).choose(logits, seen, generator) == 2
    assert Sampling(temperature=1.0, top_p=0.0).choose(logits, seen, generator) == 1
    assert logits.tolist() == pytest.approx([1.0, 3.0, 2.9])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("temperature", -1),
        ("top_p", 1.1),
        ("top_k", -2),
        ("repetition_penalty", 0),
        ("max_new_tokens", 0),
        ("seed", -1),
    ],
)
def test_a_value_out_of_range_is_refused(name: str, value: float) -> None:
    with pytest.raises(Refusal, match=name) as caught:
        Sampling.of({name: value})
    assert "choose from" in (caught.value.now or "")


def test_what_is_left_out_is_the_default() -> None:
    assert Sampling.of({"prompt": "x", "top_p": None}) == Sampling()
    assert Sampling.of({"stop": ["", "end"], "seed": 4}) == Sampling(stop=("end",), seed=4)
