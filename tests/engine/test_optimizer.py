from pathlib import Path
from typing import Any

import pytest
import torch

from studio.engine.checkpoint import Position, read_checkpoint, restore, save_checkpoint
from studio.engine.optimizer import build_optimizer, check_optimizer
from studio.lora.adapter import Adapter
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal
from studio.plan.plan import DataPlan, LoraPlan, Plan
from studio.plan.training import TrainingPlan

CPU = torch.device("cpu")
WIDE = 1024  # times rank 8 is more than the 4,096 entries from which a state is in 8 bits


class Model(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.wide, self.narrow = torch.nn.Linear(WIDE, WIDE), torch.nn.Linear(8, 8)


def adapter_of() -> Adapter:
    torch.manual_seed(0)
    return inject(Model(), {"wide": AdapterSpec(8, 8.0), "narrow": AdapterSpec(2, 2.0)})


def step(adapter: Adapter, optimizer: torch.optim.Optimizer, number: int) -> None:
    generator = torch.Generator().manual_seed(number)
    for parameter in adapter.parameters():
        parameter.grad = torch.randn(parameter.shape, generator=generator)
    optimizer.step()


def plan(optimizer: str, **lora: Any) -> Plan:
    return Plan(
        model="model",
        data=DataPlan(train="rows.jsonl"),
        lora=LoraPlan(**lora),
        training=TrainingPlan(optimizer=optimizer),
    )


def optimizer_of(adapter: Adapter, name: str) -> torch.optim.Optimizer:
    return build_optimizer(adapter, TrainingPlan(optimizer=name, learning_rate=1e-3, learning_rate_ratio=4), CPU)


def test_eight_bits_move_as_32_nearly_do_with_a_quarter_of_the_state() -> None:
    moved, sizes = [], []
    for name in ("adamw", "adamw-8bit"):
        adapter = adapter_of()
        before = {key: parameter.detach().clone() for key, parameter in adapter.named_parameters()}
        optimizer = optimizer_of(adapter, name)
        for number in range(4):
            step(adapter, optimizer, number)
        moved.append({key: parameter.detach() - before[key] for key, parameter in adapter.named_parameters()})
        state = optimizer.state[adapter.parameters()[0]]
        sizes.append(sum(value.nbytes for value in state.values() if isinstance(value, torch.Tensor)))
    for key, expected in moved[0].items():
        assert (moved[1][key] - expected).norm() < 0.05 * expected.norm(), key
    assert sizes[1] < 0.3 * sizes[0] + 2 * 256 * 4  # the code books are there once for all


@pytest.mark.parametrize("name", ["adamw", "adamw-8bit"])
def test_a_restored_optimizer_goes_on_bit_for_bit(tmp_path: Path, name: str) -> None:
    adapter = adapter_of()
    optimizer = optimizer_of(adapter, name)
    for number in range(3):
        step(adapter, optimizer, number)
    path = save_checkpoint(tmp_path, Position(step=3), adapter, optimizer, CPU)
    other = adapter_of()
    restored = optimizer_of(other, name)
    restore(read_checkpoint(path), other, restored, CPU)
    for number in range(3, 6):
        step(adapter, optimizer, number)
        step(other, restored, number)
    assert all(torch.equal(*both) for both in zip(adapter.parameters(), other.parameters(), strict=True))


@pytest.mark.parametrize(("wrote", "reads"), [("adamw", "adamw-8bit"), ("adamw-8bit", "adamw")])
def test_the_state_of_another_optimizer_is_refused(tmp_path: Path, wrote: str, reads: str) -> None:
    adapter = adapter_of()
    optimizer = optimizer_of(adapter, wrote)
    step(adapter, optimizer, 0)
    path = save_checkpoint(tmp_path, Position(step=1), adapter, optimizer, CPU)
    with pytest.raises(Refusal) as caught:
        restore(read_checkpoint(path), adapter, optimizer_of(adapter, reads), CPU)
    assert caught.value.code == "optimizer-changed"


@pytest.mark.parametrize(
    ("name", "lora", "code"),
    [("paged-adamw-8bit", {}, "optimizer-paged"), ("adamw-8bit", {"final_rank": 2}, "optimizer-shrink")],
)
def test_what_cannot_be_had_is_refused(name: str, lora: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as caught:
        check_optimizer(plan(name, **lora), CPU)
    assert (caught.value.code, caught.value.field) == (code, "training.optimizer")
