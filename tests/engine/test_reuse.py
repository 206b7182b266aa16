from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from studio.engine.reuse import Reuse, reuse_of
from studio.engine.setup import Setup
from studio.engine.train import Training
from studio.plan.commands import Command
from studio.plan.events import Event, Started, Stepped
from studio.runs.folder import create_run, open_run
from tests.engine.conftest import write_llama

SetupOf = Callable[..., Setup]
TOP = {"targets": ["model.layers.3.*"]}


@pytest.fixture
def deep(tmp_path: Path) -> str:
    return str(write_llama(tmp_path / "deep", num_hidden_layers=4))


def carried(training: Training, resume: bool = False, stop_after: int | None = None) -> list[Event]:
    events, heard, wish = training.events(resume=resume), [], None
    while True:
        try:
            event = events.send(wish)
        except StopIteration:
            return heard
        heard.append(event)
        wish = Command("stop", save=True) if isinstance(event, Stepped) and event.step == stop_after else None


def losses(events: list[Event]) -> list[tuple[float, float]]:
    return [(event.loss, event.grad_norm) for event in events if isinstance(event, Stepped)]


@pytest.mark.parametrize("packing", ["auto", "none", "pack"])
@pytest.mark.parametrize("checkpointing", ["off", "on"])
def test_losses_are_those_of_a_run_that_computes_all(
    setup_of: SetupOf, deep: str, tmp_path: Path, packing: str, checkpointing: str
) -> None:
    settings: dict[str, Any] = {
        "model": deep, "lora": TOP | {"dropout": 0.1}, "data": {"packing": packing},
        "training": {"epochs": 3, "gradient_accumulation": 2, "gradient_checkpointing": checkpointing},
    }  # fmt: skip
    plain = setup_of(**settings)
    assert plain.reused_blocks == 3
    expected = losses(carried(Training(replace(plain, reused_blocks=0), create_run(plain.plan, tmp_path / "plain"))))
    setup = setup_of(**settings)
    events = carried(Training(setup, create_run(setup.plan, tmp_path / "reused")))
    torch.testing.assert_close(torch.tensor(losses(events)), torch.tensor(expected), rtol=1e-4, atol=1e-5)
    start = events[0]
    assert isinstance(start, Started)
    assert (start.reused_blocks, start.reused_bytes) == (3, setup.data.tokens * 32 * 4)
    assert setup.plan.record is not None
    assert setup.plan.record.reused_blocks == 3


def counting(forward: Callable[..., object], calls: dict[str, int], name: str) -> Callable[..., object]:
    def counted(*given: object, **more: object) -> object:
        calls[name] += 1
        return forward(*given, **more)

    return counted


def test_the_blocks_compute_each_row_once(setup_of: SetupOf, deep: str, tmp_path: Path) -> None:
    setup = setup_of(model=deep, lora=TOP, training={"epochs": 3})
    calls = {"below": 0, "above": 0}
    for block, name in ((1, "below"), (3, "above")):
        layer = setup.model.model.layers[block]
        layer.forward = counting(layer.forward, calls, name)
    carried(Training(setup, create_run(setup.plan, tmp_path / "run")))
    assert calls["above"] == setup.steps == 18
    assert calls["below"] == 6


def test_a_resumed_run_goes_on_bit_by_bit(setup_of: SetupOf, deep: str, tmp_path: Path) -> None:
    settings: dict[str, Any] = {"model": deep, "lora": TOP | {"dropout": 0.1}, "training": {"epochs": 3}}
    whole = setup_of(**settings)
    expected = losses(carried(Training(whole, create_run(whole.plan, tmp_path / "whole"))))
    begun = setup_of(**settings)
    run = create_run(begun.plan, tmp_path / "run")
    carried(Training(begun, run), stop_after=14)
    again = setup_of(**run.plan().model_dump())
    assert again.reused_blocks == 3
    assert losses(carried(Training(again, open_run(run.path)), resume=True)) == expected[14:]


def test_states_on_the_disk_are_those_in_memory(setup_of: SetupOf, deep: str, tmp_path: Path) -> None:
    setup = setup_of(model=deep, lora=TOP, training={"epochs": 3})
    found = []
    for room in (1 << 30, 0):
        reuse = Reuse(setup, 3, room, tmp_path)
        found.append([reuse.loss(index, setup.batch(index)).item() for index in range(12)])
        assert (reuse.store.disk_bytes > 0) == (room == 0)
        assert reuse.store.memory_bytes + reuse.store.disk_bytes == reuse.size_bytes
        reuse.close()
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "settings",
    [
        {"lora": TOP, "training": {"epochs": 1}},
        {"lora": TOP, "training": {"epochs": 3, "max_steps": 6}},
        {"lora": {"targets": "all-linear"}, "training": {"epochs": 3}},
        {"lora": {"targets": ["model.layers.3.*", "lm_head"]}, "training": {"epochs": 3}},
    ],
)
def test_nothing_is_kept_where_nothing_is_seen_twice_or_adapted_below(
    setup_of: SetupOf, tmp_path: Path, settings: dict[str, Any]
) -> None:
    setup = setup_of(
        model=str(write_llama(tmp_path / "deep", num_hidden_layers=4, tie_word_embeddings=False)), **settings
    )
    assert setup.reused_blocks == 0
    assert reuse_of(setup, tmp_path) is None


def test_nothing_is_kept_without_room(setup_of: SetupOf, deep: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.engine.setup.has_room", lambda *_: False)
    assert setup_of(model=deep, lora=TOP, training={"epochs": 3}).reused_blocks == 0
