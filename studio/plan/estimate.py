"""The estimate: what a plan will cost in memory, steps and time, by arithmetic alone.

Peak = weights + adapters + gradients + optimizer (`studio.plan.state`) + activations + logits + runtime. With N = batch x longest row in
tokens: activations N times those of `studio.plan.activations`, times what the allocator takes for them; logits only of supervised rows,
a chunk of rows at a time. What a machine has shown (`studio.plan.experience`) corrects the last three, and gives the time.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from studio.plan.activations import activations, is_known
from studio.plan.checkpointing import OFFLOAD, STRIDES
from studio.plan.description import ModelDescription
from studio.plan.duration import Load, step_seconds
from studio.plan.experience import Experience
from studio.plan.plan import Plan
from studio.plan.precision import auto_precision
from studio.plan.prefix import frozen_blocks, memory_for_prefix, repeated_share
from studio.plan.state import FLOAT32, MOMENTS, dense_bytes, state_bytes
from studio.plan.targets import TargetSetting, all_linear, resolve_targets

BYTES = {"float32": 4, "bfloat16": 2, "float16": 2}
CHUNK_ROWS = 256  # rows of logits that exist at a time
LOGIT_COPIES = 3  # the chunk, its gradient, and what a product or the proof before the first step needs beside them
# What the allocator takes for each byte asked. CPU: fitted to peak RSS of real runs, within 10 %. CUDA: torch's caching allocator, not
# measured by us.
CPU_SLACK, CUDA_SLACK = 1.5, 1.05
RUNTIME_BYTES = 415 << 20  # Python with torch, transformers and datasets imported, before a model is there
MODELLED = ("activations", "logits", "runtime")  # the parts that a correction changes; the others are counted


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a plan will cost. Counts in parameters, sizes in bytes, times in seconds; None where it cannot be known.

    `memory` is by part, and `peak_bytes` its sum; `full_finetuning_peak_bytes` is the same plan with every parameter trained.
    `memory_from` is "formula", "measurement" (of a model that the formula was not made for) or "formula of other models".
    `memory_runs` and `time_runs` say how many earlier runs corrected the figures, `time_error` how far off the time may be, as a share.
    `reused_bytes` is what the frozen prefix takes in main memory and on the disk, where it is computed once (`studio.plan.prefix`); a run
    on the CPU counts what lies in its memory among the activations.
    """

    total_parameters: int
    trainable_parameters: int
    trainable_share: float
    adapter_bytes: int
    memory: dict[str, int]
    peak_bytes: int
    full_finetuning_peak_bytes: int
    available_bytes: int | None
    fits: bool | None
    steps: int | None
    seconds_per_step: float | None = None
    seconds_total: float | None = None
    time_error: float | None = None
    time_runs: int = 0
    memory_from: str = "formula"
    memory_runs: int = 0
    reused_bytes: int = 0

    def to_json(self) -> dict[str, Any]:
        """The object that `estimate --json` prints."""
        return asdict(self)

    @property
    def exact_bytes(self) -> int:
        """The part of the peak that is counted, not modelled."""
        return sum(size for part, size in self.memory.items() if part not in MODELLED)


def estimate(
    plan: Plan,
    description: ModelDescription,
    *,
    rows: int | None,
    longest: int | None = None,
    mean: float | None = None,
    supervised: float | None = None,
    available_bytes: int | None = None,
    precision: str | None = None,
    experience: Experience | None = None,
) -> Estimate:
    """The cost of a plan on a model; checkpointing "auto" comes to the mildest choice with which it fits.

    `rows` counts the training file's rows, `longest` the tokens of its longest (None: as long as the plan allows), `mean` those of a
    typical row and `supervised` the learnt ones among them (None: all, of the longest); `precision` is what "auto" comes to on this machine
    (None: the model's own). Raises Refusal where the plan's targets do not meet the model.
    """
    experience = Experience() if experience is None else experience
    if plan.training.gradient_checkpointing == "auto":
        for choice in STRIDES:
            training = plan.training.with_values(gradient_checkpointing=choice)
            result = estimate(
                plan.model_copy(update={"training": training}),
                description,
                rows=rows,
                longest=longest,
                mean=mean,
                supervised=supervised,
                available_bytes=available_bytes,
                precision=precision,
                experience=experience,
            )
            if result.fits is not False:
                break
        return result
    targets = resolve_targets(plan.lora, description.modules)
    modules = description.by_name
    trained = sum(modules[name].adapter_parameters(setting.rank) for name, setting in targets.items())
    dtype = _precision(plan, description, precision)
    element = BYTES.get(dtype, FLOAT32)
    correction = experience.correction(dtype)
    length = _longest_row(plan, description, longest)
    tokens = plan.training.batch_size * length
    logits = LOGIT_COPIES * FLOAT32 * min(CHUNK_ROWS, tokens) * description.vocab_size
    kept = experience.activation_scales.get(description.model, 1.0) * _activation_bytes(
        plan, description, targets, element, length
    )
    dense = dense_bytes(plan.training.quantization, description, element)
    memory = {
        **state_bytes(plan, description, trained, element),
        "activations": round(correction.memory * (_slack(plan) * tokens * kept + dense)),
        "logits": round(correction.memory * logits),
        "runtime": round(correction.memory * RUNTIME_BYTES),
    }
    steps = steps_of(plan, rows)
    typical = min(length, mean or length)
    repeated = _repeated(plan, rows, steps) if frozen_blocks(targets) else 0.0
    reused = round(element * description.hidden_size * typical * train_rows(plan, rows)) if repeated and rows else 0
    if plan_device(plan) == "cpu":
        free = reused if available_bytes is None else memory_for_prefix(available_bytes - sum(memory.values()))
        memory["activations"] += min(reused, free)
    peak = sum(memory.values())
    load = Load(
        plan.training.batch_size * typical,
        plan.training.batch_size * min(typical, typical if supervised is None else supervised),
        typical,
    )
    seconds = _seconds(plan, description, targets, load, element, dtype, experience, repeated)
    return Estimate(
        total_parameters=description.total_parameters,
        trainable_parameters=trained,
        trainable_share=trained / (description.total_parameters + trained),
        adapter_bytes=FLOAT32 * trained,
        memory=memory,
        peak_bytes=peak,
        full_finetuning_peak_bytes=_full_finetuning(plan, description, tokens, length, element)
        + logits
        + RUNTIME_BYTES,
        available_bytes=available_bytes,
        fits=None if available_bytes is None else peak <= available_bytes,
        steps=steps,
        seconds_per_step=seconds,
        seconds_total=None if seconds is None or steps is None else seconds * steps,
        time_error=None if seconds is None else correction.time_error,
        time_runs=correction.time_runs,
        memory_from=_memory_from(description, experience),
        memory_runs=correction.memory_runs,
        reused_bytes=reused,
    )


def steps_of(plan: Plan, rows: int | None) -> int | None:
    """Optimizer steps of a plan whose training file has so many rows: ceil(epochs x ceil(rows / batch) / accumulation).

    `max_steps` wins. None where neither is known.
    """
    if plan.training.max_steps is not None:
        return plan.training.max_steps
    if rows is None:
        return None
    return steps_for(plan, math.ceil(train_rows(plan, rows) / plan.training.batch_size))


def steps_for(plan: Plan, batches_per_epoch: int) -> int:
    """Optimizer steps: ceil(epochs x batches an epoch / accumulation); `max_steps` wins.

    An epoch's left-over batches join the next epoch's in one step.
    """
    if plan.training.max_steps is not None:
        return plan.training.max_steps
    # Rounded first: 0.1 x 30 is 3.0000000000000004, and would be four.
    return math.ceil(round(plan.training.epochs * batches_per_epoch / plan.training.gradient_accumulation, 9))


def train_rows(plan: Plan, rows: int) -> int:
    """The rows that are learnt from: at most `max_examples`, less the share kept back for evaluation."""
    used = rows if plan.data.max_examples is None else min(rows, plan.data.max_examples)
    if plan.data.eval is not None or plan.data.eval_fraction == 0:
        return used
    if used < 2:
        return used
    return used - max(1, round(used * plan.data.eval_fraction))


def _memory_from(description: ModelDescription, experience: Experience) -> str:
    if description.model in experience.activation_scales:
        return "measurement"
    return "formula" if is_known(description) else "formula of other models"


def _precision(plan: Plan, description: ModelDescription, measured: str | None) -> str:
    if plan.training.precision != "auto":
        return plan.training.precision
    return auto_precision(measured or description.dtype, description.hidden_size)


def _repeated(plan: Plan, rows: int | None, steps: int | None) -> float:
    """The share of passes over rows that were seen before; none where nobody knows."""
    if rows is None or steps is None:
        return 0.0
    per_epoch = math.ceil(train_rows(plan, rows) / plan.training.batch_size)
    return repeated_share(steps * plan.training.gradient_accumulation, per_epoch)


def plan_device(plan: Plan) -> str:
    """The device that a plan is, or was, carried out on; "auto" where nobody has decided yet."""
    return plan.training.device if plan.record is None or plan.record.device is None else plan.record.device


def _slack(plan: Plan) -> float:
    return CUDA_SLACK if plan_device(plan).startswith("cuda") else CPU_SLACK


def _longest_row(plan: Plan, description: ModelDescription, longest: int | None) -> int:
    limits = (plan.data.max_length, longest, description.max_positions)
    return min(limit for limit in limits if limit is not None)


def _activation_bytes(
    plan: Plan, description: ModelDescription, targets: Mapping[str, TargetSetting], element: int, length: int
) -> int:
    """Bytes that one token keeps from the forward for the backward, with the largest transient of the backward."""
    choice = plan.training.gradient_checkpointing
    offloaded = choice == OFFLOAD and plan_device(plan).startswith("cuda")
    found = activations(
        description, targets, element=element, checkpointing=choice, row_tokens=length, offloaded=offloaded
    )
    return found.saved + found.transient


def _seconds(
    plan: Plan,
    description: ModelDescription,
    targets: Mapping[str, TargetSetting],
    load: Load,
    element: int,
    precision: str,
    experience: Experience,
    repeated: float,
) -> float | None:
    """Seconds of one step, corrected; None where nothing is known of this machine's speed in that precision."""
    rates = experience.rates
    if rates is None or precision not in rates.products:
        return None
    seconds = step_seconds(
        plan, description, targets, load=load, element=element, precision=precision, rates=rates, repeated=repeated
    )
    return experience.correction(precision).time * seconds


def _full_finetuning(plan: Plan, description: ModelDescription, tokens: int, length: int, element: int) -> int:
    """Bytes of the same plan with every parameter trained: masters, gradients and moments in float32 as the adapter's are.

    A 16-bit compute dtype needs its working copy of the weights beside the masters.
    """
    state = (2 + MOMENTS) * FLOAT32 + (element if element < FLOAT32 else 0)
    every = dict.fromkeys(all_linear(description.modules), TargetSetting(0, 1.0, 0.0))
    return state * description.total_parameters + round(
        _slack(plan) * tokens * _activation_bytes(plan, description, every, element, length)
    )
