"""Results in words: nothing that a reader needs is lost, and nothing reads like a data structure."""

from dataclasses import replace

import pytest

from studio.console.reports import (
    description_text,
    estimate_text,
    facts_text,
    machine_text,
    one_line,
    receipt_text,
    runs_text,
    table,
)  # fmt: skip
from studio.plan.description import ModelDescription, ModuleInfo
from studio.plan.estimate import Estimate
from studio.plan.fitting import Saving
from studio.plan.plan import DataPlan, Plan

MACHINE = {
    "platform": "Linux-6.1-x86_64",
    "versions": {"lora-studio": "0.1.0", "python": "3.11.7", "torch": "2.13.0+cpu"},
    "cpu": {"name": "A processor", "cores": 8, "threads": 4, "bfloat16_products": False},
    "memory_total_bytes": 25_300_000_000,
    "memory_available_bytes": 24_000_000_000,
    "devices": [
        {"kind": "cpu", "name": "A processor", "memory_bytes": 25_300_000_000},
        {"kind": "cuda:0", "name": "A graphics card", "memory_bytes": 150_000_000_000},
    ],
    "precision": "float32",
    "precision_reason": "as measured",
    "display": None,
    "disk_free_bytes": 81_300_000_000,
    "folders": {"data": "/home/me/studio", "runs": "/home/me/studio/runs", "resources": "/opt/studio/resources"},
}


def words_of(text: str) -> list[str]:
    """The lines of a text, without the spaces that align them."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_columns_are_aligned_and_nothing_trails() -> None:
    assert table([("a", "bb"), ("ccc", "d"), ("e", "")]) == "a    bb\nccc  d\ne"


def test_a_long_text_is_one_line_of_a_terminal() -> None:
    assert one_line(" two\n\nlines\t") == "two lines"
    assert one_line("x" * 100) == "x" * 100
    assert one_line("x" * 101) == "x" * 99 + "…"


def test_a_model_is_told_module_by_module() -> None:
    modules = (
        ModuleInfo("model.q_proj", "linear", (64, 32), 2048, True),
        ModuleInfo("model.norm", "norm", (64,), 64, False, "it has no matrix"),
    )
    description = ModelDescription("m", "/m", "llama", 1_180_000, modules)
    lines = words_of(description_text(description))
    assert lines[0] == "llama: 1,180,000 parameters, float32"
    assert "model.q_proj linear 64 x 32 2,048 yes" in lines
    assert "model.norm norm 64 64 no: it has no matrix" in lines


def make_estimate(available_bytes: int | None) -> Estimate:
    return Estimate(
        total_parameters=1_180_000, trainable_parameters=11_800, trainable_share=0.01, adapter_bytes=47_200,
        memory={"weights": 4_720_000, "runtime": 280_000_000}, peak_bytes=284_720_000, full_finetuning_peak_bytes=303_600_000,
        available_bytes=available_bytes, fits=None if available_bytes is None else available_bytes > 284_720_000, steps=None,
    )  # fmt: skip


def test_an_estimate_says_what_it_costs() -> None:
    lines = words_of(estimate_text(make_estimate(8_000_000_000)))
    assert "trainable 11,800 (1.00%)" in lines
    assert "memory: peak 285 MB" in lines
    assert "steps not known" in lines
    assert "time not known" in lines
    assert lines[-2:] == ["free 8.0 GB", "fits yes"]
    assert words_of(estimate_text(make_estimate(100_000_000)))[-1] == "fits no"
    assert "fits" not in estimate_text(make_estimate(None))


def test_an_estimate_says_what_would_make_it_fit() -> None:
    plan = Plan(model="m", data=DataPlan(train="d"))
    change = Saving(
        "Rank 4",
        "the adapter can learn less",
        40_000_000,
        244_720_000,
        False,
        {"lora.rank": 4, "lora.alpha": 8.0},
        plan,
    )
    lines = words_of(estimate_text(make_estimate(100_000_000), [change]))
    assert lines[-2:] == [
        "To make it fit:",
        "Rank 4 -40.0 MB still too large the adapter can learn less --set lora.rank=4 --set lora.alpha=8.0",
    ]
    timed = replace(make_estimate(None), seconds_total=200.0, time_error=0.2, time_runs=3)
    assert "time about 3 min, within 20 %, corrected by 3 earlier runs" in words_of(estimate_text(timed))


def test_a_receipt_says_what_rounding_lost_where_it_did() -> None:
    receipt = {
        "path": "/merged", "size_bytes": 4_700_000, "moved": 0.2, "largest_difference_relative": 1e-6, "top1_agreement": 1.0,
        "delta_lost": None, "dtype": "float32",
    }  # fmt: skip
    assert receipt_text(receipt).splitlines() == [
        "/merged: 4.7 MB",
        "reloaded, the logits differ by 1.00e-06, top-1 agreement 100.0%; the adapter moves the base by 2.00e-01 of its largest logit",
    ]
    rounded = receipt_text(receipt | {"delta_lost": 0.031, "dtype": "bfloat16"})
    assert rounded.endswith("rounding to bfloat16 loses 3.10% of the adapter's change")


def test_runs_are_a_table_also_where_one_has_no_summary() -> None:
    runs = [
        {"state": "finished", "path": "/runs/a", "summary": {"steps": 12, "last_loss": 0.5}, "tags": []},
        {"state": "running", "path": "/runs/b", "summary": None, "tags": []},
    ]
    assert words_of(runs_text(runs)) == ["state steps loss path", "finished 12 0.5000 /runs/a", "running /runs/b"]
    runs[1]["tags"] = ["good", "rank 8"]
    assert words_of(runs_text(runs))[2] == "running good, rank 8 /runs/b"
    assert "lora-studio train PLAN.yaml" in runs_text([])


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("peak_rss_bytes", 6_100_000_000, "peak rss 6.1 GB"),
        ("disk_bytes_free", 81_300_000_000, "disk free 81.3 GB"),
        ("peak_cuda_bytes", None, "peak cuda none"),
        ("seconds_per_step", 0.12345, "seconds per step 0.123 s"),
        ("adapter_reloads_equal", True, "adapter reloads equal yes"),
        ("tokens", 28_800, "tokens 28,800"),
        ("targets_without_gradient", [], "targets without gradient none"),
        ("targets_without_gradient", ["a.q_proj", "a.v_proj"], "targets without gradient a.q_proj, a.v_proj"),
    ],
)
def test_a_fact_is_read_by_its_name(name: str, value: object, line: str) -> None:
    assert words_of(facts_text({name: value})) == [line]


def test_a_machine_is_told_under_four_headings() -> None:
    text = machine_text(MACHINE)
    headings = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert headings == ["Machine", "Python", "Devices", "Folders"]
    lines = words_of(text)
    for line in (
        "Processor A processor, 8 cores",
        "Memory 25.3 GB, of which 24.0 GB are free",
        "Free disk 81.3 GB",
        "Display none: the window cannot open here, the commands work",
        "Python 3.11.7",
        "PyTorch 2.13.0+cpu",
        "cpu A processor, 25.3 GB",
        "cuda:0 A graphics card, 150 GB",
        "Precision float32 where a plan says auto: as measured",
        "Runs /home/me/studio/runs",
    ):
        assert line in lines


def test_a_machine_with_a_display_names_it() -> None:
    assert "Display :0" in words_of(machine_text(MACHINE | {"display": ":0"}))
    fast = MACHINE | {"cpu": MACHINE["cpu"] | {"bfloat16_products": True}}
    assert "bfloat16 on cpu accelerated" in words_of(machine_text(fast))
