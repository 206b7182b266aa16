import math

import pytest
from pydantic import ValidationError

from studio.plan.plan import DataPlan, LoraPlan, Override, Plan
from studio.plan.training import TrainingPlan


def test_the_defaults_are_those_of_the_design() -> None:
    plan = Plan(model="m", data=DataPlan(train="d.jsonl"))
    assert plan.model_dump(exclude={"model", "record"}) == {
        "task": "causal-lm",
        "data": {
            "train": "d.jsonl", "more": (), "eval": None, "eval_fraction": 0.02, "format": "auto", "columns": {}, "template": "auto",
            "encoding": "auto", "bad_rows": "refuse", "max_length": 2048,
            "loss_on": "completion", "packing": "auto", "max_examples": None,
        },
        "lora": {
            "rank": 16, "alpha": 32, "dropout": 0.0, "variant": "lora", "init": "default", "final_rank": None, "targets": "all-linear",
            "overrides": (),
        },
        "training": {
            "epochs": 3, "max_steps": None, "batch_size": 2, "gradient_accumulation": 8, "learning_rate": 2e-4,
            "learning_rate_ratio": 1.0, "scheduler": "cosine", "warmup_ratio": 0.03, "optimizer": "adamw", "weight_decay": 0.0,
            "max_grad_norm": 1.0,
            "seed": 0, "precision": "auto", "quantization": "none", "gradient_checkpointing": "auto", "compile": "auto", "device": "auto",
            "follow_load": True,
        },
        "evaluation": {"every_steps": "auto", "prompts": (), "early_stopping_patience": None},
        "saving": {"every_steps": "auto", "keep_last": 2, "keep_best": True},
    }  # fmt: skip


def test_a_plan_is_a_frozen_value() -> None:
    plan = Plan(model="m", data=DataPlan(train="d"))
    with pytest.raises(ValidationError):
        plan.model = "n"  # type: ignore[misc]
    other = plan.with_values(lora=plan.lora.with_values(rank=8))
    assert (plan.lora.rank, other.lora.rank) == (16, 8)
    assert plan.with_values() == plan


@pytest.mark.parametrize(("written", "meant"), [(True, "on"), (False, "off"), ("on", "on"), ("auto", "auto")])
def test_yaml_reads_on_and_off_as_booleans(written: object, meant: str) -> None:
    assert TrainingPlan.model_validate({"gradient_checkpointing": written}).gradient_checkpointing == meant


@pytest.mark.parametrize("device", ["auto", "cpu", "cuda", "cuda:1", "mps"])
def test_devices(device: str) -> None:
    assert TrainingPlan(device=device).device == device


@pytest.mark.parametrize(
    ("part", "values"),
    [
        (LoraPlan, {"rank": 0}),
        (LoraPlan, {"rank": 1.5}),
        (LoraPlan, {"alpha": 0}),
        (LoraPlan, {"alpha": math.nan}),
        (LoraPlan, {"dropout": 1}),
        (LoraPlan, {"rang": 4}),
        (TrainingPlan, {"learning_rate": math.nan}),
        (TrainingPlan, {"learning_rate": math.inf}),
        (TrainingPlan, {"learning_rate": 0}),
        (TrainingPlan, {"batch_size": 0}),
        (TrainingPlan, {"epochs": 0}),
        (TrainingPlan, {"device": "cuda:x"}),
        (DataPlan, {"train": ""}),
        (DataPlan, {"train": "d", "eval_fraction": 1}),
        (Override, {"match": "*"}),
    ],
)
def test_what_has_no_meaning_is_refused(part: type[LoraPlan], values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        part.model_validate(values)
