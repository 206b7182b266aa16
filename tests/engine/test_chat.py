"""Answers of a base and of adapters on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM

from studio.engine.carry import carry
from studio.engine.chat import generate
from studio.formats.peft.folder import load_adapter
from studio.plan.errors import Refusal
from studio.plan.events import Answered, Cancelled, Event, Worded
from studio.plan.plan import Plan

IDS = torch.arange(3, 43).reshape(2, 20)


@pytest.fixture
def runs(plan_of: Callable[..., Plan], tmp_path: Path) -> tuple[Path, Path]:
    """Two finished runs with different targets and ranks."""
    list(carry(plan_of(training={"epochs": 4}), tmp_path / "one"))
    list(carry(plan_of(lora={"rank": 2, "targets": ["*.q_proj", "*.up_proj"]}), tmp_path / "two"))
    return tmp_path / "one", tmp_path / "two"


def texts(events: list[Event]) -> dict[str, str]:
    assert isinstance(events[-1], Answered)
    found: dict[str, str] = events[-1].value["texts"]
    return found


def ask(llama: Path, **arguments: object) -> list[Event]:
    return list(generate({"model": str(llama), "prompt": "box 1 is very blue"} | arguments, cancelled=lambda: False))


def test_both_lanes_and_their_pieces(llama: Path, runs: tuple[Path, Path]) -> None:
    adapters = [{"path": str(runs[0] / "adapter"), "scale": 1.0}]
    events = ask(llama, adapters=adapters, lanes=["adapter", "base"], max_new_tokens=12)
    found = texts(events)
    assert found["base"] != found["adapter"]
    for lane in ("base", "adapter"):
        assert (
            "".join(event.text for event in events if isinstance(event, Worded) and event.lane == lane) == found[lane]
        )
    assert texts(ask(llama, lanes=["base"], max_new_tokens=12))["base"] == found["base"]


def test_an_adapter_of_no_strength_is_the_base(llama: Path, runs: tuple[Path, Path]) -> None:
    found = texts(
        ask(llama, adapters=[{"path": str(runs[0]), "scale": 0.0}], lanes=["base", "adapter"], max_new_tokens=12)
    )
    assert found["base"] == found["adapter"]


def test_two_adapters_are_the_sum_of_what_each_adds(llama: Path, runs: tuple[Path, Path]) -> None:
    """Against the dense sum W + 0.5 dW_1 - 1.5 dW_2."""
    dense = AutoModelForCausalLM.from_pretrained(llama)
    for run, strength in zip(runs, (0.5, -1.5)):
        adapter = load_adapter(dense, run / "adapter")
        deltas = {name: pair.scale * (pair.B @ pair.A).detach() for name, pair in adapter.pairs()}
        adapter.detach()
        for name, delta in deltas.items():
            dense.get_submodule(name).weight.data += strength * delta
    blended = AutoModelForCausalLM.from_pretrained(llama)
    for run, strength in zip(runs, (0.5, -1.5)):
        load_adapter(blended, run / "adapter").set_strength(strength)
    with torch.no_grad():
        torch.testing.assert_close(blended(IDS).logits, dense(IDS).logits, rtol=1e-4, atol=1e-4)


def test_cancel(llama: Path) -> None:
    heard: list[Event] = []
    for event in generate({"model": str(llama), "prompt": "box"}, cancelled=lambda: len(heard) > 3):
        heard.append(event)
    assert isinstance(heard[-1], Cancelled)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [({"prompt": " \n"}, "prompt-empty"), ({"lanes": ["adapter"]}, "adapter-missing")],
)
def test_what_is_refused(llama: Path, arguments: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as caught:
        ask(llama, **arguments)
    assert caught.value.code == code
