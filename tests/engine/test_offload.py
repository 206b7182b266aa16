from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from studio.engine.offload import Offload
from studio.engine.setup import Setup
from studio.engine.stepper import Stepper, offload_of
from studio.engine.train import set_training
from tests.engine.conftest import write_llama

SetupOf = Callable[..., Setup]


@pytest.mark.parametrize("packing", ["auto", "pack"])
@pytest.mark.parametrize("dropout", [0.0, 0.1])
def test_steps_are_those_of_plain_checkpoints(setup_of: SetupOf, packing: str, dropout: float) -> None:
    found = []
    for choice in ("on", "offload"):
        setup = setup_of(
            data={"packing": packing}, lora={"dropout": dropout}, training={"gradient_checkpointing": choice}
        )
        torch.manual_seed(0)
        set_training(setup, True)
        stepper = Stepper(setup)
        steps = [stepper.step(number, number) for number in range(2)]
        found.append([(step.loss, step.grad_norm) for step in steps])
        assert isinstance(stepper._offload, Offload) == (choice == "offload")
    assert found[0] == found[1]


def test_every_blocks_input_is_away_between_forward_and_backward(
    setup_of: SetupOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = str(write_llama(tmp_path / "deep", num_hidden_layers=4))
    setup = setup_of(model=model, training={"gradient_checkpointing": "offload"})
    set_training(setup, True)
    away: list[Any] = []
    plain = Offload._pack

    def noting(self: Offload, tensor: torch.Tensor) -> Any:
        kept = plain(self, tensor)
        away.append((tensor, kept))
        return kept

    monkeypatch.setattr(Offload, "_pack", noting)
    with offload_of(setup):
        loss = setup.loss(setup.batch(0))
    gone = [(tensor, kept) for tensor, kept in away if kept is not tensor]
    assert len(gone) >= 4
    assert all(tensor.shape[-1] == 32 and tensor.ndim == 3 for tensor, _ in gone)
    parameters = {parameter.data_ptr() for parameter in setup.model.parameters()}
    assert not any(tensor.data_ptr() in parameters for tensor, _ in gone)
    for tensor, kept in gone:
        assert kept.states.data_ptr() != tensor.data_ptr()
        assert torch.equal(kept.states, tensor)
    torch.autograd.backward(loss)
    assert all(parameter.grad is not None for parameter in setup.adapter.parameters())
