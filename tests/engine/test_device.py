"""Devices and precision: what this machine has, and what it has not."""

from collections.abc import Iterator

import pytest
import torch

from studio.engine import device as device_module
from studio.engine.device import (
    SHORT_ROW,
    attention_for,
    bfloat16_gain,
    choose_precision,
    find_device,
    precision_reason,
)
from studio.plan.errors import Refusal
from studio.plan.precision import NARROW

CPU = torch.device("cpu")


@pytest.fixture(autouse=True)
def measured_anew() -> Iterator[None]:
    """No test sees what another one measured, or said it did."""
    bfloat16_gain.cache_clear()
    yield
    bfloat16_gain.cache_clear()


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any GPU."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)


@pytest.mark.usefixtures("bare")
def test_auto_takes_the_cpu_where_there_is_nothing_else() -> None:
    assert find_device("auto") == find_device("cpu") == CPU


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("wanted", ["cuda", "cuda:1", "mps"])
def test_a_missing_device_is_refused_at_its_field(wanted: str) -> None:
    with pytest.raises(Refusal, match=wanted) as caught:
        find_device(wanted)
    assert caught.value.field == "training.device"
    assert caught.value.now == "choose auto or cpu"


def test_a_number_past_the_last_gpu_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    assert find_device("auto") == find_device("cuda") == torch.device("cuda", 0)
    with pytest.raises(Refusal, match="has 1 CUDA device "):
        find_device("cuda:1")


@pytest.mark.parametrize(
    ("float32", "bfloat16", "chosen"),
    [(1.0, 0.5, "bfloat16"), (1.0, 0.9, "float32"), (1.0, 50.0, "float32")],
)
def test_auto_takes_bfloat16_only_where_it_is_clearly_faster(
    monkeypatch: pytest.MonkeyPatch, float32: float, bfloat16: float, chosen: str
) -> None:
    seconds = {torch.float32: float32, torch.bfloat16: bfloat16}
    monkeypatch.setattr(device_module, "_seconds_a_product", seconds.__getitem__)
    assert choose_precision("auto", CPU) == chosen
    assert precision_reason("auto", CPU).startswith(f"products in bfloat16 are {float32 / bfloat16:.2g} times as fast")


def test_a_narrow_model_computes_in_float32(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_module, "_seconds_a_product", {torch.float32: 4.0, torch.bfloat16: 1.0}.__getitem__)
    assert choose_precision("auto", CPU, NARROW - 1) == "float32"
    assert precision_reason("auto", CPU, NARROW - 1) == "a model as narrow as this one is no faster in bfloat16"
    assert choose_precision("auto", CPU, NARROW) == choose_precision("auto", CPU, 0) == "bfloat16"
    assert choose_precision("bfloat16", CPU, NARROW - 1) == "bfloat16"


def test_what_the_plan_says_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_module, "_seconds_a_product", lambda dtype: pytest.fail("measured"))
    assert choose_precision("bfloat16", CPU) == "bfloat16"
    assert precision_reason("bfloat16", CPU) == "as the plan says"


@pytest.mark.parametrize(
    ("has_it", "chosen", "reason"),
    [
        (True, "bfloat16", "this GPU computes in bfloat16"),
        (False, "float16", "this GPU does not compute in bfloat16; the loss is scaled"),
    ],
)
def test_a_gpu_is_asked(monkeypatch: pytest.MonkeyPatch, has_it: bool, chosen: str, reason: str) -> None:
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: has_it)
    gpu = torch.device("cuda", 0)
    assert choose_precision("auto", gpu) == chosen
    assert precision_reason("auto", gpu) == reason


def test_the_measurement_gives_a_time() -> None:
    assert 0 < device_module._seconds_a_product(torch.float32) < 60


def test_attention_goes_by_the_longest_row() -> None:
    assert attention_for(CPU, SHORT_ROW) == "eager"
    assert attention_for(CPU, SHORT_ROW + 1) == "sdpa"
    assert attention_for(torch.device("cuda", 0), 8) == "sdpa"
