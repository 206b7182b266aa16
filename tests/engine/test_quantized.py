from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from studio.engine.carry import carry, carry_on
from studio.engine.export import export
from studio.lora.frozen import FrozenLinear
from studio.plan.errors import Refusal
from studio.plan.events import Answered, Finished, Saved, Warned
from studio.plan.plan import Plan
from studio.plan.planfile import dump_plan
from studio.runs.folder import Run, open_run

PlanOf = Callable[..., Plan]


def train(plan: Plan, folder: Path) -> Run:
    *_, last = carry(plan, folder)
    assert isinstance(last, Finished), last
    return open_run(folder)


@pytest.mark.parametrize("quantization", ["nf4", "int8"])
@pytest.mark.parametrize("optimizer", ["adamw", "adamw-8bit"])
def test_a_run_stopped_and_resumed_is_the_undisturbed_one(
    plan_of: PlanOf, tmp_path: Path, quantization: str, optimizer: str
) -> None:
    training = {"quantization": quantization, "optimizer": optimizer, "max_steps": 4}
    plan = plan_of(training=training, saving={"every_steps": 2}, lora={"dropout": 0.1})
    whole = train(plan, tmp_path / "whole")
    events = carry(plan, tmp_path / "cut")
    for event in events:
        if isinstance(event, Saved):
            break
    events.close()
    *_, last = carry_on(tmp_path / "cut")
    assert isinstance(last, Finished)
    weights = "adapter_model.safetensors"
    assert (whole.adapter / weights).read_bytes() == (tmp_path / "cut" / "adapter" / weights).read_bytes()


def test_another_quantisation_is_refused_on_resume(plan_of: PlanOf, tmp_path: Path) -> None:
    plan = plan_of(training={"quantization": "nf4", "max_steps": 4}, saving={"every_steps": 1})
    events = carry(plan, tmp_path / "run")
    for event in events:
        if isinstance(event, Saved):
            break
    events.close()
    run = open_run(tmp_path / "run")
    begun = run.plan()
    changed = begun.model_copy(update={"training": begun.training.with_values(quantization="int8")})
    run.plan_file.write_text(dump_plan(changed), encoding="utf-8")
    with pytest.raises(Refusal) as caught:
        list(carry_on(run.path))
    assert (caught.value.code, caught.value.field) == ("quantization-changed", "training.quantization")


def test_the_merge_into_the_stored_base_says_what_the_adapter_was_trained_over(plan_of: PlanOf, tmp_path: Path) -> None:
    run = train(plan_of(training={"quantization": "nf4", "max_steps": 2}), tmp_path / "run")
    events = list(export(str(run.path), str(tmp_path / "merged"), "merged", "float32", cancelled=lambda: False))
    (warned,) = [event for event in events if isinstance(event, Warned)]
    assert warned.code == "merge-over-quantised"
    assert isinstance(events[-1], Answered)
    assert events[-1].value["agrees"]
    assert events[-1].value["trained_over"] == "nf4"


@pytest.mark.parametrize("lora", [{"variant": "dora"}, {"init": "pissa"}, {"init": "eva"}, {"final_rank": 2}])
def test_variants_and_starts_train_over_it(plan_of: PlanOf, tmp_path: Path, lora: dict[str, object]) -> None:
    train(plan_of(training={"quantization": "nf4", "max_steps": 2}, lora=lora), tmp_path / "run")


def test_a_model_without_linear_layers_is_refused(plan_of: PlanOf, gpt2: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        list(carry(plan_of(model=str(gpt2), training={"quantization": "nf4"}), tmp_path / "run"))
    assert (caught.value.code, caught.value.field) == ("quantization-impossible", "training.quantization")


def test_only_the_linear_layers_are_packed(setup_of: Callable[..., object], plan_of: PlanOf) -> None:
    setup = setup_of(training={"quantization": "int8"})
    model = setup.adapter.detach()  # type: ignore[attr-defined]
    kinds = {type(module) for name, module in model.named_modules() if name.endswith("_proj")}
    assert kinds == {FrozenLinear}
    assert type(model.lm_head) is torch.nn.Linear
