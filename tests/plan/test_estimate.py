import math
from dataclasses import replace
from pathlib import Path

import pytest

from studio.plan.description import ModelDescription
from studio.plan.errors import Refusal
from studio.plan.estimate import Estimate, estimate, steps_of, train_rows
from studio.plan.experience import Correction, Experience, Rates
from studio.plan.plan import DataPlan, LoraPlan, Override, Plan
from studio.plan.precision import NARROW
from studio.plan.training import TrainingPlan


def plan(**parts: object) -> Plan:
    return Plan(model="m", data=DataPlan(train="d", max_length=512)).with_values(**parts)


def test_scripts_find_these_keys(small: ModelDescription) -> None:
    tree = estimate(plan(), small, rows=100, available_bytes=10**12).to_json()
    assert list(tree) == [
        "total_parameters", "trainable_parameters", "trainable_share", "adapter_bytes", "memory", "peak_bytes",
        "full_finetuning_peak_bytes", "available_bytes", "fits", "steps", "seconds_per_step", "seconds_total", "time_error",
        "time_runs", "memory_from", "memory_runs", "reused_bytes",
    ]  # fmt: skip
    assert list(tree["memory"]) == [
        "weights", "adapters", "gradients", "optimizer", "activations", "logits", "runtime",
    ]  # fmt: skip
    assert tree["peak_bytes"] == sum(tree["memory"].values())
    assert all(isinstance(value, int) for value in tree["memory"].values())


def test_trainable_parameters_of_llama_3_8b(large: ModelDescription) -> None:
    """41,943,040 at rank 16 on all linear modules: the figure that PEFT prints for this model."""
    result = estimate(plan(), large, rows=None)
    assert result.trainable_parameters == 41_943_040
    assert result.total_parameters == 8_030_261_248
    assert result.adapter_bytes == 4 * 41_943_040
    assert result.memory["weights"] == 2 * result.total_parameters
    assert result.trainable_share == pytest.approx(0.0051959, rel=1e-4)  # PEFT prints 0.5196 %


def test_overrides_count(small: ModelDescription) -> None:
    lora = LoraPlan(rank=4, targets=("*.q_proj",), overrides=(Override(match="model.layers.0.*", rank=2),))
    assert estimate(plan(lora=lora), small, rows=None).trainable_parameters == (4 + 2) * (64 + 64)


def test_adapter_state_by_hand(small: ModelDescription) -> None:
    result = estimate(plan(), small, rows=None)
    assert result.memory["adapters"] == result.memory["gradients"] == 4 * result.trainable_parameters
    assert result.memory["optimizer"] == 8 * result.trainable_parameters


@pytest.mark.parametrize(
    ("precision", "measured", "width", "bytes_each"),
    [
        ("float32", "bfloat16", NARROW, 4),
        ("bfloat16", None, NARROW - 1, 2),
        ("auto", "bfloat16", NARROW, 2),
        ("auto", "bfloat16", NARROW - 1, 4),
        ("auto", None, NARROW, 4),
    ],
)
def test_precision(small: ModelDescription, precision: str, measured: str | None, width: int, bytes_each: int) -> None:
    wanted = plan(training=TrainingPlan(precision=precision))
    result = estimate(wanted, replace(small, hidden_size=width), rows=None, precision=measured)
    assert result.memory["weights"] == bytes_each * small.total_parameters


def test_activations_grow_with_the_tokens_of_a_batch(small: ModelDescription) -> None:
    one = estimate(plan(training=TrainingPlan(batch_size=1)), small, rows=None, longest=100).memory["activations"]
    four = estimate(plan(training=TrainingPlan(batch_size=4)), small, rows=None, longest=100).memory["activations"]
    assert four == pytest.approx(4 * one, abs=2)


@pytest.mark.parametrize(("longest", "max_length", "tokens"), [(100, 512, 100), (900, 512, 512), (None, 4096, 2048)])
def test_a_row_is_no_longer_than_the_plan_and_the_model_allow(
    small: ModelDescription, longest: int | None, max_length: int, tokens: int
) -> None:
    def activations(length: int | None, limit: int) -> int:
        wanted = Plan(model="m", data=DataPlan(train="d", max_length=limit))
        return estimate(wanted, small, rows=None, longest=length).memory["activations"]

    assert activations(longest, max_length) == activations(tokens, 4096)


def test_what_lies_below_the_lowest_target_keeps_nothing(small: ModelDescription) -> None:
    def activations(*targets: str) -> int:
        return estimate(plan(lora=LoraPlan(targets=targets)), small, rows=None).memory["activations"]

    assert activations("model.layers.1.*") < activations("model.layers.0.*")
    assert activations("model.layers.0.*") < activations("model.layers.*")


def test_checkpointing_saves_activations(large: ModelDescription) -> None:
    on, off = (
        estimate(plan(training=TrainingPlan(gradient_checkpointing=choice)), large, rows=None)
        for choice in ("on", "off")
    )
    assert on.memory["activations"] < off.memory["activations"] / 5


def test_full_finetuning_costs_at_least_its_state(large: ModelDescription) -> None:
    result = estimate(plan(), large, rows=None)
    assert result.full_finetuning_peak_bytes > 16 * large.total_parameters > 2 * result.peak_bytes


def test_fits(small: ModelDescription) -> None:
    peak = estimate(plan(), small, rows=None).peak_bytes
    assert estimate(plan(), small, rows=None).fits is None
    assert estimate(plan(), small, rows=None, available_bytes=peak).fits is True
    kept = plan(training=TrainingPlan(gradient_checkpointing="off"))
    assert estimate(kept, small, rows=None, available_bytes=peak - 1).fits is False


@pytest.mark.parametrize(
    ("data", "rows", "left"),
    [
        ({}, 1000, 980),
        ({"eval_fraction": 0.0}, 1000, 1000),
        ({"eval": "e.jsonl"}, 1000, 1000),
        ({"max_examples": 100}, 1000, 98),
        ({"max_examples": 5000}, 1000, 980),
    ],
)
def test_rows_that_are_learnt_from(data: dict[str, object], rows: int, left: int) -> None:
    assert train_rows(plan(data=DataPlan(train="d", **data)), rows) == left


@pytest.mark.parametrize(
    ("training", "rows", "steps"),
    [
        ({}, 1000, math.ceil(3 * 490 / 8)),
        ({"epochs": 2, "batch_size": 16, "gradient_accumulation": 1}, 2000, 2 * math.ceil(1960 / 16)),
        ({"epochs": 0.5, "batch_size": 3, "gradient_accumulation": 2}, 100, math.ceil(0.5 * 33 / 2)),
        ({"max_steps": 7}, 1000, 7),
        ({"max_steps": 7}, None, 7),
        ({}, None, None),
    ],
)
def test_steps(training: dict[str, object], rows: int | None, steps: int | None) -> None:
    assert steps_of(plan(training=TrainingPlan(**training)), rows) == steps


def test_what_runs_taught_corrects_the_modelled_parts_alone(small: ModelDescription) -> None:
    plain = estimate(plan(), small, rows=10)
    taught = Experience(corrections={"float32": Correction(memory=1.5, memory_runs=3)})
    result = estimate(plan(), small, rows=10, experience=taught)
    assert result.exact_bytes == plain.exact_bytes
    assert result.peak_bytes - result.exact_bytes == pytest.approx(1.5 * (plain.peak_bytes - plain.exact_bytes), abs=3)
    assert result.peak_bytes == sum(result.memory.values())
    assert result.memory_runs == 3


def test_a_measured_model_keeps_what_was_measured(small: ModelDescription) -> None:
    plain = estimate(plan(), small, rows=10)
    result = estimate(plan(), small, rows=10, experience=Experience(activation_scales={small.model: 2.0}))
    assert result.memory["activations"] == pytest.approx(2 * plain.memory["activations"], abs=1)
    assert (plain.memory_from, result.memory_from) == ("formula", "measurement")


def test_time_needs_rates_in_the_precision_used(small: ModelDescription) -> None:
    rates = Rates({"float32": ((1.0, 1e9),)}, 1e9, 1e-6)
    slow = Experience(rates, {"float32": Correction(time=2.0, time_runs=4, time_error=0.2)})
    plain, corrected = (estimate(plan(), small, rows=100, experience=known) for known in (Experience(rates), slow))
    assert plain.seconds_per_step is not None
    assert plain.steps is not None
    assert plain.seconds_total == plain.seconds_per_step * plain.steps
    assert corrected.seconds_per_step == pytest.approx(2 * plain.seconds_per_step)
    assert (corrected.time_runs, corrected.time_error) == (4, 0.2)
    other = plan(training=TrainingPlan(precision="bfloat16"))
    assert estimate(other, small, rows=100, experience=Experience(rates)).seconds_per_step is None


def test_checkpointing_auto_is_the_mildest_that_fits(large: ModelDescription) -> None:
    def peak(choice: str, free: int | None = None) -> int:
        return estimate(
            plan(training=TrainingPlan(gradient_checkpointing=choice)), large, rows=None, available_bytes=free
        ).peak_bytes

    assert peak("auto") == peak("off")
    assert peak("auto", peak("every-2")) == peak("every-2")
    assert peak("auto", 1) == peak("on")


def test_targets_that_do_not_meet_the_model_are_refused(small: ModelDescription) -> None:
    with pytest.raises(Refusal):
        estimate(plan(lora=LoraPlan(targets=("nothing",))), small, rows=None)


@pytest.mark.filterwarnings("ignore:.*is_gradient_checkpointing:FutureWarning")  # PEFT's own
def test_counts_are_those_of_the_real_model(shared: Path) -> None:
    """Against the tensors themselves: PEFT's count of a Llama with an adapter on all linear modules."""
    import peft
    import transformers

    from studio.models.inspect import describe

    folder = shared / "models" / "stories260k"
    result = estimate(plan(), describe(str(folder)), rows=None)
    model = transformers.AutoModelForCausalLM.from_pretrained(folder)
    assert result.total_parameters == sum(parameter.numel() for parameter in model.parameters())
    adapted = peft.get_peft_model(model, peft.LoraConfig(r=16, target_modules="all-linear", task_type="CAUSAL_LM"))
    trained = sum(parameter.numel() for parameter in adapted.parameters() if parameter.requires_grad)
    assert result.trainable_parameters == trained


def test_the_states_of_a_frozen_prefix_are_kept_once_a_row(small: ModelDescription) -> None:
    top = LoraPlan(targets=("model.layers.1.*",))
    size = 4 * small.hidden_size * 20 * 100
    data = DataPlan(train="d", max_length=512, eval_fraction=0)

    def result(epochs: float, device: str, free: int | None = None) -> Estimate:
        training = TrainingPlan(epochs=epochs, device=device, gradient_checkpointing="off")
        wanted = Plan(model="m", data=data, lora=top, training=training)
        return estimate(wanted, small, rows=100, mean=20, available_bytes=free)

    once, thrice = result(1, "cpu"), result(3, "cpu")
    assert (once.reused_bytes, thrice.reused_bytes) == (0, size)
    assert thrice.peak_bytes - once.peak_bytes == size
    assert result(3, "cuda:0").peak_bytes == result(1, "cuda:0").peak_bytes
    scarce = result(3, "cpu", once.peak_bytes + 4000)
    assert scarce.memory["activations"] - once.memory["activations"] == 1000
    assert scarce.fits
    assert estimate(plan(), small, rows=100).reused_bytes == 0
