"""Scoring; that the mean is transformers' own is shown with the training loop."""

from collections.abc import Callable
from itertools import pairwise

import pytest
import torch

from studio.engine.evaluate import score
from studio.engine.setup import Setup


def test_the_sum_grows_batch_by_batch_whatever_their_size(setup_of: Callable[..., Setup]) -> None:
    found = []
    for size in (1, 3, 64):
        setup = setup_of(data={"eval_fraction": 0.4}, training={"batch_size": size})
        states = list(score(setup))
        assert [state.rows for state in states][-1] == len(setup.data.eval) == 9
        assert len(states) == -(-9 // size)
        assert all(earlier.total < later.total for earlier, later in pairwise(states))
        assert states[-1].tokens == sum(example.supervised for example in setup.data.eval)
        found.append(states[-1].mean)
    assert found == pytest.approx([found[0]] * 3, rel=1e-6)


def test_it_draws_no_random_number_and_keeps_no_graph(setup_of: Callable[..., Setup]) -> None:
    setup = setup_of(data={"eval_fraction": 0.4}, lora={"dropout": 0.5})
    before = torch.get_rng_state()
    list(score(setup))
    assert torch.equal(torch.get_rng_state(), before)
    assert all(parameter.grad is None for parameter in setup.adapter.parameters())
