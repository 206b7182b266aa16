"""How long a step takes: floating point operations at a measured rate, elementwise passes at the memory's, and an overhead an operation.

Products as in Hu et al. 2021 with W frozen: forward 2Nio, backward 2Nio where a gradient has to pass, 6Nr(i + o) for the adapter; each at
the rate measured for products of its size. What those leave out, the passes and the operations of one layer, was counted in profiles.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from studio.plan.activations import SHORT_ROW, layer_of
from studio.plan.checkpointing import recomputed
from studio.plan.description import ModelDescription
from studio.plan.experience import Rates
from studio.plan.plan import Plan
from studio.plan.targets import LINEAR, TargetSetting

PASSES = 4.0  # how often a layer's activations are read or written one by one, forward; backward twice as often
SCORE_PASSES = 4.0  # of the attention's weights likewise
LAYER_OPERATIONS = 100  # of the forward of one layer; backward twice as many
ADAPTER_OPERATIONS = 6  # of one target
OPTIMIZER_BYTES = 7 * 4  # a parameter: AdamW reads it, its gradient and two moments, and writes three of them


@dataclass(frozen=True, slots=True)
class Load:
    """One pass of a batch: its tokens without padding, those that are learnt, and those of a typical row."""

    tokens: float
    supervised: float
    row_tokens: float


def step_seconds(
    plan: Plan,
    description: ModelDescription,
    targets: Mapping[str, TargetSetting],
    *,
    load: Load,
    element: int,
    precision: str,
    rates: Rates,
    repeated: float = 0.0,
) -> float:
    """Seconds of one optimizer step, of a plan whose checkpointing is decided. `element` is the compute dtype's bytes; `rates` must know
    the precision. In a `repeated` share of the steps the layers below the lowest target are not computed.
    """
    lowest = min(layer_of(name) for name in targets)
    forward, backward = _products(description, lowest, load, precision, rates)
    above = description.layers - max(lowest, 0)
    inner, query = description.intermediate_size, description.heads * description.head_dim
    numbers = PASSES * (6 * description.hidden_size + 4 * inner + 4 * query)
    numbers += SCORE_PASSES * description.heads * load.row_tokens
    pass_seconds = element * numbers * load.tokens / rates.bytes_per_second
    layer_seconds = pass_seconds + LAYER_OPERATIONS * rates.seconds_per_operation
    forward += description.layers * layer_seconds
    backward += above * 2 * layer_seconds + _adapters(description, targets, load, precision, rates)
    again = [
        number for number in recomputed(plan.training.gradient_checkpointing, description.layers) if number >= lowest
    ]
    backward += forward * len(again) / max(1, description.layers)
    forward *= 1 - repeated * max(lowest, 0) / max(1, description.layers)
    head = 2 * load.supervised * description.hidden_size * description.vocab_size
    backward += 2 * rates.seconds_of(head, precision) if head else 0.0
    trained = sum(description.by_name[name].adapter_parameters(setting.rank) for name, setting in targets.items())
    update = OPTIMIZER_BYTES * trained / rates.bytes_per_second + len(targets) * rates.seconds_per_operation
    return plan.training.gradient_accumulation * (forward + backward) + update


def _products(
    description: ModelDescription, lowest: int, load: Load, precision: str, rates: Rates
) -> tuple[float, float]:
    """Seconds of the frozen weights' products, and of the attention's, forward and backward."""
    shapes: Counter[tuple[tuple[int, int], bool]] = Counter()
    for module in description.modules:
        if module.kind in LINEAR and not module.head and module.shape is not None and len(module.shape) == 2:
            shapes[module.dims, layer_of(module.name) >= lowest] += 1
    forward = backward = 0.0
    for ((out, in_), passed), count in shapes.items():
        seconds = count * rates.seconds_of(2 * load.tokens * out * in_, precision)
        forward += seconds
        backward += seconds if passed else 0.0
    # Two batched products of every head, forward, and four backward; SDPA's backward computes the first of them again.
    rows = load.tokens / load.row_tokens
    one = rates.seconds_of(2 * load.row_tokens**2 * description.head_dim, precision) if description.head_dim else 0.0
    attention = 2 * rows * description.heads * one
    again = 2.0 if load.row_tokens <= SHORT_ROW else 2.5
    above = description.layers - max(lowest, 0)
    return forward + description.layers * attention, backward + above * again * attention


def _adapters(
    description: ModelDescription,
    targets: Mapping[str, TargetSetting],
    load: Load,
    precision: str,
    rates: Rates,
) -> float:
    """Seconds of the narrow products of all targets, forward and backward."""
    shapes = Counter((description.by_name[name].dims, setting.rank) for name, setting in targets.items())
    seconds = 0.0
    for ((out, in_), rank), count in shapes.items():
        seconds += count * 3 * rates.seconds_of(2 * load.tokens * rank * in_, precision)
        seconds += count * 3 * rates.seconds_of(2 * load.tokens * rank * out, precision)
    return seconds + len(targets) * ADAPTER_OPERATIONS * rates.seconds_per_operation
