"""The setup of a run."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from studio.engine.setup import Setup, set_up
from studio.plan.events import Event, Prepared, Warned
from studio.plan.plan import Plan
from studio.plan.targets import resolve_targets

SetupOf = Callable[..., Setup]


def collected(work: Iterator[Event]) -> tuple[list[Event], Any]:
    events: list[Event] = []
    while True:
        try:
            events.append(next(work))
        except StopIteration as end:
            return events, end.value


def test_it_tells_of_the_data_and_of_wasteful_ranks(plan_of: Callable[..., Plan]) -> None:
    plan = plan_of(lora={"rank": 4, "overrides": [{"match": "*.k_proj", "rank": 17}]})
    events, setup = collected(set_up(plan))
    (prepared,) = [event for event in events if isinstance(event, Prepared)]
    assert prepared.train_rows == len(setup.data.train) == 23
    (warning,) = [event for event in events if isinstance(event, Warned)]
    assert warning.code == "rank-wasteful"
    assert "layers.0.self_attn.k_proj itself and 1 more" in warning.what


def test_targets_ranks_and_dropout_are_the_plans(setup_of: SetupOf) -> None:
    setup = setup_of(
        lora={"rank": 4, "variant": "rslora", "overrides": [{"match": "*.mlp.*", "rank": 2, "dropout": 0.1}]}
    )
    expected = resolve_targets(setup.plan.lora, setup.description.modules)
    assert {name: (spec.rank, spec.alpha, spec.dropout) for name, spec in setup.adapter.specs.items()} == {
        name: (target.rank, target.alpha, target.dropout) for name, target in expected.items()
    }
    assert {spec.variant for spec in setup.adapter.specs.values()} == {"rslora"}
    assert setup.trainable_parameters == sum(
        setup.description.by_name[name].adapter_parameters(target.rank) for name, target in expected.items()
    )


def test_the_masters_are_float32_over_a_bfloat16_base(setup_of: SetupOf) -> None:
    setup = setup_of(training={"precision": "bfloat16"})
    assert setup.model.dtype == torch.bfloat16
    assert {parameter.dtype for parameter in setup.adapter.parameters()} == {torch.float32}
    assert setup.precision == setup.plan.record.precision == "bfloat16"


def test_the_base_is_frozen_and_in_eval_mode(setup_of: SetupOf, gpt2: Path) -> None:
    setup = setup_of(model=str(gpt2))
    assert not any(module.training for module in setup.model.modules())
    trained = {id(parameter) for parameter in setup.adapter.parameters()}
    assert {id(parameter) for parameter in setup.model.parameters() if parameter.requires_grad} == trained


def test_checkpointing_keeps_the_gradient_from_the_embeddings(setup_of: SetupOf) -> None:
    setup = setup_of(training={"gradient_checkpointing": "on"})
    embedded = setup.model.get_input_embeddings()(setup.batch(0).input_ids)
    assert not embedded.requires_grad


@pytest.mark.parametrize("packing", ["auto", "none"])
def test_an_epoch_has_every_row_once(setup_of: SetupOf, packing: str) -> None:
    setup = setup_of(data={"packing": packing})
    rows = [example.row for index in range(setup.batches.per_epoch) for (example,) in setup.batches.batch(index)]
    assert sorted(rows) == list(range(23))
