"""Answers of a base and of adapters on it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM

from studio.engine.carry import carry
from studio.engine.chat import generate
from studio.engine.kept import Kept
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


def test_lanes_of_two_adapters_and_the_base_are_rows_of_one_batch(llama: Path, runs: tuple[Path, Path]) -> None:
    """Each row says what it says alone, and the model is read once."""
    kept = Kept()
    adapters = [
        {"path": str(runs[0]), "scale": 1.7, "lane": "one"},
        {"path": str(runs[1]), "scale": 40.0, "lane": "two"},
    ]
    arguments = {"model": str(llama), "prompt": "box 1 is very blue", "max_new_tokens": 12, "adapters": adapters}
    *_, told = generate(arguments | {"lanes": ["two", "base", "one"]}, cancelled=lambda: False, kept=kept)
    assert isinstance(told, Answered)
    model, _ = kept.load(str(llama))
    for lane in ("base", "one", "two"):
        *_, alone = generate(arguments | {"lanes": [lane]}, cancelled=lambda: False, kept=kept)
        assert isinstance(alone, Answered)
        assert alone.value["texts"][lane] == told.value["texts"][lane]
    assert len(set(told.value["texts"].values())) == 3
    assert kept.load(str(llama))[0] is model
    (one,), (two,) = told.value["spoke"]["one"], told.value["spoke"]["two"]
    assert told.value["spoke"]["base"] == []
    assert (one["strength"], two["strength"]) == (1.7, 40.0)
    assert one["targets"] == one["of_targets"] > two["targets"] == two["of_targets"]
    assert one["fingerprint"] != two["fingerprint"]


def test_a_base_and_four_adapters_are_rows_of_one_batch(llama: Path, runs: tuple[Path, Path]) -> None:
    """As many lanes as the playground shows; two of them hold one adapter at other strengths."""
    scales = {"right": (0, 1.0), "third": (1, 30.0), "fourth": (0, 1.7), "fifth": (1, -40.0)}
    adapters = [{"path": str(runs[which]), "scale": scale, "lane": lane} for lane, (which, scale) in scales.items()]
    lanes = ["base", *scales]
    events = ask(llama, adapters=adapters, lanes=lanes, max_new_tokens=10, mute=["*.layers.0.*"])
    found = texts(events)
    spoken = [event.lane for event in events if isinstance(event, Worded)]
    assert len(set(spoken)) == 5
    assert spoken != sorted(spoken, key=spoken.index)  # word by word, none after the other
    for lane in lanes:
        assert (
            texts(ask(llama, adapters=adapters, lanes=[lane], max_new_tokens=10, mute=["*.layers.0.*"]))[lane]
            == found[lane]
        )
    assert events[-1].value["spoke"]["fourth"][0]["strength"] == 1.7


def test_muted_targets_are_silent_and_it_is_told(llama: Path, runs: tuple[Path, Path]) -> None:
    adapters = [{"path": str(runs[0])}]
    lanes = {"lanes": ["base", "adapter"], "max_new_tokens": 12, "adapters": adapters}
    everything = ask(llama, **lanes, mute=["*"])[-1]
    attention = ask(llama, **lanes, mute=["*.mlp.*"])[-1]
    assert isinstance(everything, Answered)
    assert isinstance(attention, Answered)
    assert everything.value["texts"]["base"] == everything.value["texts"]["adapter"]
    (none,), (some,) = everything.value["spoke"]["adapter"], attention.value["spoke"]["adapter"]
    assert (none["targets"], none["strength"]) == (0, 0.0)
    assert 0 < some["targets"] < some["of_targets"]


def test_a_stop_text_ends_an_answer_and_is_not_shown(llama: Path) -> None:
    whole = texts(ask(llama, max_new_tokens=20))["base"]
    stop = whole[len(whole) // 2 : len(whole) // 2 + 3]
    events = ask(llama, max_new_tokens=20, stop=[stop])
    assert texts(events)["base"] == whole[: whole.index(stop)]
    assert "".join(event.text for event in events if isinstance(event, Worded)) == texts(events)["base"]


def test_a_seed_gives_the_same_draw_again(llama: Path) -> None:
    drawn = [texts(ask(llama, max_new_tokens=16, temperature=1.5, seed=seed))["base"] for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_each_lane_goes_on_from_its_own_conversation(plan_of: Callable[..., Plan], llama: Path, tmp_path: Path) -> None:
    talks = [[{"role": "user", "content": f"box {n}"}, {"role": "assistant", "content": "blue"}] for n in range(12)]
    rows = tmp_path / "talks.jsonl"
    rows.write_text("".join(json.dumps({"messages": talk}) + "\n" for talk in talks))
    list(carry(plan_of(data={"train": str(rows)}), tmp_path / "talk"))
    adapters = [{"path": str(tmp_path / "talk" / "adapter"), "scale": 1.0}]

    def said(earlier: dict[str, list[tuple[str, str]]], *lanes: str) -> dict[str, str]:
        return texts(ask(llama, adapters=adapters, lanes=list(lanes), max_new_tokens=8, earlier=earlier))

    own = {"base": [("box 1", "red")], "adapter": [("box 1", "blue"), ("box 2", "blue")]}
    together = said(own, "base", "adapter")
    assert ask(llama, adapters=adapters)[-1].value["turns"] is True
    assert ask(llama, lanes=["base"])[-1].value["turns"] is False
    assert together == said(own, "base") | said(own, "adapter")
    assert together != said({}, "base", "adapter")
    with pytest.raises(Refusal, match="knows no conversation"):
        ask(llama, lanes=["base"], earlier={"base": [("box 1", "red")]})
