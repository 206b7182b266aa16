"""The estimate: what a plan will cost in memory and steps, by arithmetic alone.

Peak = weights + adapters + gradients + optimizer + activations + logits + runtime, after Korthikanti et al. 2022 (section 4) with
what our own layers save. With N = batch x longest row in tokens, e = bytes of the compute dtype, P = trained parameters:

- weights: every parameter at e bytes, tied ones once. Adapters 4P, gradients 4P, AdamW's two moments 8P (all float32).
- activations, per token of each layer from the lowest adapted one up (below it no graph is kept):
  8H + 2e·H  both norms' float32 inputs, and their outputs where an adapted product keeps them
  e·(2q + 2k)  query, key, value and the attention's output (q = heads·head_dim, k = kv_heads·head_dim)
  e·3I, and e·I more where the down projection is adapted: gate, its activation, up, and their product
  e·rank for every target: the narrow x Aᵀ
  With checkpointing: e·H a layer, and one whole layer while it is computed again.
  All of it times the allocator's slack: the C library's heap, which torch uses on a CPU, is left full of holes.
  Beside them the transient of one layer's backward: e·(3I + 4H) a token.
- logits: only of supervised rows, a chunk of rows at a time, in float32: twice the chunk.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from studio.plan.description import ModelDescription
from studio.plan.plan import Plan
from studio.plan.targets import TargetSetting, all_linear, resolve_targets

FLOAT32 = 4
BYTES = {"float32": 4, "bfloat16": 2, "float16": 2}
MOMENTS = 2  # of AdamW: a running mean of the gradient, and one of its square
CHUNK_ROWS = 256  # rows of logits that exist at a time
LOGIT_COPIES = 2  # the chunk itself, and what its normaliser or its gradient needs
# What the allocator takes for each byte asked. CPU: fitted to peak RSS of float32 runs of two Llamas (32 M and 135 M parameters, 256 to
# 1,024 tokens a batch, Linux with glibc), where it meets each within 6 %. CUDA: torch's caching allocator, not measured by us.
CPU_SLACK, CUDA_SLACK = 1.8, 1.05
RUNTIME_BYTES = 430 << 20  # Python with torch, transformers and datasets imported, before a model is there


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a plan will cost. Counts in parameters, sizes in bytes; None where it cannot be known.

    `memory` is by part, and `peak_bytes` its sum; `full_finetuning_peak_bytes` is the same plan with every parameter trained.
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

    def to_json(self) -> dict[str, Any]:
        """The object that `estimate --json` prints."""
        return asdict(self)


def estimate(
    plan: Plan,
    description: ModelDescription,
    *,
    rows: int | None,
    longest: int | None = None,
    available_bytes: int | None = None,
    precision: str | None = None,
) -> Estimate:
    """The cost of a plan on a model.

    `rows` counts the training file's rows and `longest` the tokens of its longest (None: as long as the plan allows); `precision` is
    what "auto" comes to on this machine (None: the model's own). Raises Refusal where the plan's targets do not meet the model.
    """
    targets = resolve_targets(plan.lora, description.modules)
    modules = description.by_name
    trained = sum(modules[name].adapter_parameters(setting.rank) for name, setting in targets.items())
    element = BYTES.get(_precision(plan, description, precision), FLOAT32)
    tokens = plan.training.batch_size * _longest_row(plan, description, longest)
    logits = LOGIT_COPIES * FLOAT32 * min(CHUNK_ROWS, tokens) * description.vocab_size
    memory = {
        "weights": element * description.total_parameters,
        "adapters": FLOAT32 * trained,
        "gradients": FLOAT32 * trained,
        "optimizer": MOMENTS * FLOAT32 * trained,
        "activations": round(_slack(plan) * tokens * _activation_bytes(plan, description, targets, element)),
        "logits": logits,
        "runtime": RUNTIME_BYTES,
    }
    peak = sum(memory.values())
    return Estimate(
        total_parameters=description.total_parameters,
        trainable_parameters=trained,
        trainable_share=trained / (description.total_parameters + trained),
        adapter_bytes=FLOAT32 * trained,
        memory=memory,
        peak_bytes=peak,
        full_finetuning_peak_bytes=_full_finetuning(plan, description, tokens, element) + logits + RUNTIME_BYTES,
        available_bytes=available_bytes,
        fits=None if available_bytes is None else peak <= available_bytes,
        steps=steps_of(plan, rows),
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


def _precision(plan: Plan, description: ModelDescription, measured: str | None) -> str:
    if plan.training.precision != "auto":
        return plan.training.precision
    return measured or description.dtype


def _slack(plan: Plan) -> float:
    device = plan.training.device if plan.record is None or plan.record.device is None else plan.record.device
    return CUDA_SLACK if device.startswith("cuda") else CPU_SLACK


def _longest_row(plan: Plan, description: ModelDescription, longest: int | None) -> int:
    limits = (plan.data.max_length, longest, description.max_positions)
    return min(limit for limit in limits if limit is not None)


def _activation_bytes(
    plan: Plan, description: ModelDescription, targets: Mapping[str, TargetSetting], element: int
) -> int:
    """Bytes that one token keeps from the forward for the backward, with the largest transient of the backward."""
    layers: dict[int, dict[str, int]] = {}
    for name, setting in targets.items():
        layers.setdefault(layer_of(name), {})[name] = setting.rank
    numbered = [number for number in layers if number >= 0]
    if not numbered:
        return element * 4 * description.hidden_size
    kept = [
        _layer_bytes(description, layers.get(number, {}), element)
        for number in range(min(numbered), description.layers)
    ]
    transient = element * (3 * description.intermediate_size + 4 * description.hidden_size)
    if plan.training.gradient_checkpointing == "on":
        return element * description.hidden_size * len(kept) + max(kept) + transient
    return sum(kept) + transient


def _layer_bytes(description: ModelDescription, ranks: Mapping[str, int], element: int) -> int:
    """Bytes that one layer keeps of one token; `ranks` are those of its targets."""
    hidden, inner = description.hidden_size, description.intermediate_size
    query = description.heads * description.head_dim or hidden
    key = description.kv_heads * description.head_dim or query
    inputs = {name: description.by_name[name].dims[1] for name in ranks}
    norms = 2 * FLOAT32 * hidden
    normed = element * hidden * len({_block(name) for name, width in inputs.items() if width == hidden})
    attention = element * (2 * query + 2 * key)
    inner_kept = element * 3 * inner
    down = element * sum(width for width in inputs.values() if width == inner and inner != hidden)
    return norms + normed + attention + inner_kept + down + element * sum(ranks.values())


def _full_finetuning(plan: Plan, description: ModelDescription, tokens: int, element: int) -> int:
    """Bytes of the same plan with every parameter trained: masters, gradients and moments in float32 as the adapter's are.

    A 16-bit compute dtype needs its working copy of the weights beside the masters.
    """
    state = (2 + MOMENTS) * FLOAT32 + (element if element < FLOAT32 else 0)
    every = dict.fromkeys(all_linear(description.modules), TargetSetting(0, 1.0, 0.0))
    return state * description.total_parameters + round(
        _slack(plan) * tokens * _activation_bytes(plan, description, every, element)
    )


def layer_of(name: str) -> int:
    """The number of the layer that a module belongs to (the first number in its name), or -1."""
    return next((int(part) for part in name.split(".") if part.isdigit()), -1)


def _block(name: str) -> str:
    """The name of the block that a module sits in: the targets of one block that take the layer's width share one input."""
    return name.rpartition(".")[0]
