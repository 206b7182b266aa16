"""Ranks that shrink while training."""

from pathlib import Path

import pytest
import torch
from torch import nn

from studio.engine.prune import SCORE, Pruner, fit_ranks, keep
from studio.engine.train import Training
from studio.formats.peft.folder import read_adapter
from studio.lora.adapter import Adapter
from studio.lora.inject import inject
from studio.lora.spec import AdapterSpec
from studio.plan.events import Finished, Shrunk, Stepped
from studio.plan.plan import LoraPlan
from studio.runs.folder import Run
from tests.engine.test_train import SetupOf, carried, of_kind, run_of

STEPS = 120


class Branches(nn.Module):
    """Two layers beside each other, of which the first alone has anything to learn: a change of rank 2."""

    def __init__(self) -> None:
        super().__init__()
        self.wide = nn.Linear(12, 10, bias=False)
        self.idle = nn.Linear(12, 10, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.cat((self.wide(x), self.idle(x)), dim=-1)


def planted(variant: str = "lora") -> tuple[Branches, Adapter, torch.Tensor]:
    """The model, its adapter, and the (20, 12) matrix that it is to become."""
    torch.manual_seed(0)
    model = Branches()
    change = torch.cat((torch.randn(10, 2) @ torch.randn(2, 12), torch.zeros(10, 12)))
    wanted = torch.cat((model.wide.weight.detach(), model.idle.weight.detach())) + change
    spec = AdapterSpec(6, 12.0, variant=variant)
    return model, inject(model, {"wide": spec, "idle": spec}), wanted


def entries(adapter: Adapter) -> int:
    """Of all A and B."""
    return sum(pair.A.numel() + pair.B.numel() for _, pair in adapter.pairs())


@pytest.mark.parametrize("variant", ["lora", "rslora", "dora", "lora-fa"])
def test_the_budget_goes_where_there_is_something_to_learn(variant: str) -> None:
    model, adapter, wanted = planted(variant)
    first = entries(adapter)
    scales = {name: pair.scale for name, pair in adapter.pairs()}
    optimizer = torch.optim.AdamW(adapter.parameters(), lr=0.01)
    pruner = Pruner(adapter, optimizer, final_rank=2, steps=STEPS)
    totals = [first]
    for step in range(1, STEPS + 1):
        x = torch.randn(64, 12)
        loss = (model(x) - x @ wanted.mT).square().mean()
        loss.backward()
        optimizer.step()
        pruner.observe()
        optimizer.zero_grad()
        before = model(x).detach()
        changed = pruner.prune(step)
        total = entries(adapter)
        if changed:
            assert total < totals[-1]
            assert model(x).shape == before.shape
        else:
            assert torch.equal(model(x).detach(), before)
        totals.append(total)
    ranks = {name: part.spec.rank for name, part in adapter.parts.items()}
    assert 4 * (12 + 10) - 22 < totals[-1] <= 4 * (12 + 10)  # within the budget, and it is used
    assert totals[STEPS // 6 - 1] == first
    assert totals[STEPS * 2 // 3 + 5] == totals[-1]
    assert ranks["wide"] > ranks["idle"] >= 1
    for name, pair in adapter.pairs():
        assert pair.A.shape[0] == pair.B.shape[1] == pair.spec.rank
        assert pair.spec.scale == pytest.approx(scales[name])


def test_a_score_is_the_square_of_what_the_loss_feels_of_a_direction() -> None:
    model, adapter, _ = planted()
    pair = adapter.parts["wide"].pairs[0]
    with torch.no_grad():
        pair.B.normal_()
    optimizer = torch.optim.AdamW(adapter.parameters(), lr=0.0)
    x = torch.randn(5, 12)

    def loss_of(strengths: torch.Tensor) -> torch.Tensor:
        delta = pair.scale * (pair.B * strengths) @ pair.A
        return nn.functional.linear(x, model.wide.base.weight + delta).square().sum()

    model(x).square().sum().backward()
    Pruner(adapter, optimizer, final_rank=1, steps=10).observe()
    ones = torch.ones(6, requires_grad=True)
    (felt,) = torch.autograd.grad(loss_of(ones), ones)
    torch.testing.assert_close(optimizer.state[pair.B][SCORE], felt.square(), rtol=1e-3, atol=1e-3)


def test_what_is_kept_keeps_its_values_and_the_optimizers_memory() -> None:
    model, adapter, _ = planted()
    optimizer = torch.optim.AdamW(adapter.parameters(), lr=0.1)
    for _ in range(3):
        model(torch.randn(5, 12)).square().sum().backward()
        optimizer.step()
    pair = adapter.parts["wide"].pairs[0]
    values = {"A": pair.A.detach().clone(), "B": pair.B.detach().clone()}
    moments = {it: optimizer.state[parameter]["exp_avg"].clone() for it, parameter in (("A", pair.A), ("B", pair.B))}
    kept = torch.tensor([1, 4])
    keep(adapter, optimizer, "wide", kept)
    assert torch.equal(pair.A, values["A"][kept])
    assert torch.equal(pair.B, values["B"][:, kept])
    assert torch.equal(optimizer.state[pair.A]["exp_avg"], moments["A"][kept])
    assert torch.equal(optimizer.state[pair.B]["exp_avg"], moments["B"][:, kept])
    model(torch.randn(5, 12)).square().sum().backward()
    optimizer.step()
    other = planted()[1]
    fit_ranks(other, torch.optim.AdamW(other.parameters()), adapter.state())
    other.load_state(adapter.state())
    assert other.specs == adapter.specs


def test_a_run_that_shrinks_says_so_and_resumes_exactly(setup_of: SetupOf, tmp_path: Path) -> None:
    settings = {
        "lora": {"rank": 6, "final_rank": 2}, "training": {"max_steps": 24, "learning_rate": 1e-2},
        "saving": {"every_steps": 9},
    }  # fmt: skip
    whole = carried(Training(setup_of(**settings), run_of(setup_of(**settings), tmp_path / "whole")))
    steps, shrunk = of_kind(whole, Stepped), of_kind(whole, Shrunk)
    assert len(shrunk) > 3
    trained = {event.step: event.trainable_parameters for event in shrunk}
    assert list(trained.values()) == sorted(trained.values(), reverse=True)
    assert steps[-1].trainable_parameters == min(trained.values()) < steps[0].trainable_parameters
    setup = setup_of(**settings)
    run = run_of(setup, tmp_path / "halved")
    events = []
    training = Training(setup, run)
    for event in training.events():
        events.append(event)
        if isinstance(event, Stepped) and event.step == 13:
            break
    resumed = setup_of(**settings)
    again = []
    for event in Training(resumed, run).events(resume=True):
        again.append(event)
    assert isinstance(again[-1], Finished)
    later = {event.step: event.loss for event in of_kind(again, Stepped)}
    assert min(later) == 10
    assert {event.step: event.loss for event in steps if event.step >= 10} == later
    ranks = {name: spec.rank for name, spec in read_adapter(Run(run.path).adapter).specs.items()}
    assert ranks == {name: spec.rank for name, spec in resumed.adapter.specs.items()}
    assert len(set(ranks.values())) > 1


def test_parts_of_the_weight_cannot_shrink() -> None:
    with pytest.raises(ValueError, match=r"parts of the weight \(pissa\) cannot shrink"):
        LoraPlan(init="pissa", final_rank=4)
