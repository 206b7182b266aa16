from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from studio.engine.recompute import mildest, recompute_blocks
from studio.engine.setup import Setup
from studio.engine.train import set_training
from studio.plan.checkpointing import STRIDES
from tests.engine.conftest import write_llama

SetupOf = Callable[..., Setup]
CHOICES = list(STRIDES)


def slope_and_census(setup: Any) -> tuple[list[torch.Tensor], int]:
    """Loss and gradients of a batch, and the bytes that are kept for backward."""
    set_training(setup, True)
    saved: dict[int, int] = {}

    def note(tensor: torch.Tensor) -> torch.Tensor:
        saved[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
        return tensor

    torch.manual_seed(0)
    with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        loss = setup.loss(setup.batch(0))
    gradients = torch.autograd.grad(loss, setup.adapter.parameters())
    own = {parameter.untyped_storage().data_ptr() for parameter in setup.model.parameters()}
    return [loss.detach(), *gradients], sum(size for place, size in saved.items() if place not in own)


@pytest.mark.parametrize("dropout", [0.0, 0.1])
def test_loss_and_gradients_stay_and_memory_falls_in_steps(setup_of: SetupOf, tmp_path: Any, dropout: float) -> None:
    model = str(write_llama(tmp_path / "deep", num_hidden_layers=8))
    kept, reference = [], None
    for choice in CHOICES:
        setup = setup_of(model=model, training={"gradient_checkpointing": choice}, lora={"dropout": dropout})
        found, size = slope_and_census(setup)
        reference = found if reference is None else reference
        for got, expected in zip(found, reference, strict=True):
            torch.testing.assert_close(got, expected, rtol=1e-6, atol=1e-6)
        kept.append(size)
        assert setup.plan.record.gradient_checkpointing == choice
    assert kept == sorted(kept, reverse=True)
    assert len(set(kept)) == len(CHOICES)


@pytest.mark.parametrize(("choice", "blocks"), [("off", 0), ("every-4", 2), ("every-3", 3), ("every-2", 4), ("on", 8)])
def test_every_so_many_blocks(setup_of: SetupOf, tmp_path: Any, choice: str, blocks: int) -> None:
    model = str(write_llama(tmp_path / "deep", num_hidden_layers=8))
    assert recompute_blocks(setup_of(model=model).model, choice) == blocks


@pytest.mark.parametrize(
    ("asked", "fitting", "chosen"),
    [
        ("auto", CHOICES, "off"), ("auto", ["every-2", "on"], "every-2"), ("auto", [], "on"), ("off", [], "off"),
        ("every-3", ["off"], "every-3"),
    ],
)  # fmt: skip
def test_auto_takes_the_least_share_of_blocks_that_fits(asked: str, fitting: list[str], chosen: str) -> None:
    cost: Any = lambda choice: SimpleNamespace(fits=choice in fitting)  # noqa: E731
    assert mildest(asked, cost) == chosen


def test_auto_does_without_where_nobody_knows() -> None:
    cost: Any = lambda choice: SimpleNamespace(fits=None)  # noqa: E731
    assert mildest("auto", cost) == "off"
