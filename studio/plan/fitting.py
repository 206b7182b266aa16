"""Make it fit: changes of a plan that lower its peak, each with its gain and its price."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from studio.plan.activations import layer_of
from studio.plan.checkpointing import OFFLOAD
from studio.plan.description import ModelDescription
from studio.plan.estimate import Estimate, plan_device
from studio.plan.plan import Plan
from studio.plan.targets import resolve_targets, with_override

SHORTEST = 64  # tokens below which cutting rows is no longer offered
LOWEST_RANK = 2
LEAST_GAIN = 0.02  # of the peak; a change that gains less is not worth its price


@dataclass(frozen=True, slots=True)
class Saving:
    """One change: what to do, what it gains and costs, the plan with it, and whether that plan fits (None where nobody knows)."""

    name: str
    price: str
    gain_bytes: int
    peak_bytes: int
    fits: bool | None
    settings: dict[str, Any]
    plan: Plan

    def to_json(self) -> dict[str, Any]:
        """The saving without its plan; `settings` are by plan key, as `--set` takes them."""
        tree = asdict(self)
        del tree["plan"]
        return tree


def savings(
    plan: Plan, description: ModelDescription, cost: Callable[[Plan], Estimate], *, longest: int | None = None
) -> list[Saving]:
    """The changes that gain something, the mildest first; where it takes several to fit, all that are needed come as the first.

    `cost` estimates a plan as the one in question was; `longest` is the tokens of the longest row, where known. Raises Refusal where the
    plan's targets do not meet the model.
    """
    now = cost(plan)
    found = [_saving(now, cost, *change) for change in _changes(plan, description, now, longest)]
    worth = [saving for saving in found if saving.gain_bytes > LEAST_GAIN * now.peak_bytes]
    if now.fits is not False or any(saving.fits for saving in worth):
        return worth
    together = _together(plan, description, cost, longest)
    return worth if together is None else [together, *worth]


def _together(
    plan: Plan, description: ModelDescription, cost: Callable[[Plan], Estimate], longest: int | None
) -> Saving | None:
    """The mildest changes one upon the other, each as often as it gains, until the plan fits; None where none do."""
    before = now = cost(plan)
    words: list[str] = []
    settings: dict[str, Any] = {}
    reached = plan
    while now.fits is False:
        for changed, name, _, keys in _changes(reached, description, now, longest):
            after = cost(changed)
            if now.peak_bytes - after.peak_bytes > LEAST_GAIN * now.peak_bytes:
                reached, now = changed, after
                words = [old for old in words if old.split(" ")[0] != name.split(" ")[0]] + [name]
                settings |= keys
                break
        else:
            return None
    return Saving(
        "All of: " + "; ".join(words),
        "the prices of all of them",
        before.peak_bytes - now.peak_bytes,
        now.peak_bytes,
        now.fits,
        settings,
        reached,
    )


def _saving(
    now: Estimate, cost: Callable[[Plan], Estimate], changed: Plan, name: str, price: str, settings: dict[str, Any]
) -> Saving:
    after = cost(changed)
    return Saving(name, price, now.peak_bytes - after.peak_bytes, after.peak_bytes, after.fits, settings, changed)


Change = tuple[Plan, str, str, dict[str, Any]]  # the plan, what was done, its price, and the settings by plan key


def _changes(plan: Plan, description: ModelDescription, now: Estimate, longest: int | None) -> Iterator[Change]:
    """What could be changed, the mildest first."""
    training = plan.training
    if training.gradient_checkpointing not in ("on", OFFLOAD) and not (
        training.gradient_checkpointing == "auto" and now.fits is False
    ):
        keys: dict[str, Any] = {"training.gradient_checkpointing": "on"}
        yield _with(plan, keys), "Checkpointing on", "a third more time; the same result", keys
    if training.gradient_checkpointing != OFFLOAD and plan_device(plan).startswith("cuda"):
        keys = {"training.gradient_checkpointing": OFFLOAD}
        price = "a third more time, and some for the way to main memory and back; the same result"
        yield _with(plan, keys), "Checkpointing offloaded", price, keys
    if training.batch_size > 1:
        half = training.batch_size // 2
        accumulation = round(training.gradient_accumulation * training.batch_size / half)
        keys = {"training.batch_size": half, "training.gradient_accumulation": accumulation}
        yield (
            _with(plan, keys),
            f"Batch {half}, accumulation {accumulation}",
            "a little more time; nearly the same result",
            keys,
        )
    if training.quantization == "none" and now.memory["weights"] > 3 * description.total_parameters:  # of four bytes
        keys = {"training.precision": "bfloat16"}
        yield (
            _with(plan, keys),
            "Precision bfloat16",
            "coarser rounding; slower where the processor has no bfloat16",
            keys,
        )
    upper = _upper_half(plan, description)
    if upper is not None:
        keys = {"lora.overrides": [override.model_dump(exclude_none=True) for override in upper.lora.overrides]}
        yield upper, "Upper half of the layers only", "faster; learns less: the lower layers stay as they are", keys
    yield from _quantised(plan)
    reach = min(length for length in (plan.data.max_length, longest, description.max_positions) if length is not None)
    if reach // 2 >= SHORTEST:
        keys = {"data.max_length": reach // 2}
        yield _with(plan, keys), f"Length {reach // 2:,} tokens", "longer rows lose their ends", keys
    if plan.lora.rank // 2 >= LOWEST_RANK:
        keys = {"lora.rank": plan.lora.rank // 2, "lora.alpha": plan.lora.alpha / 2}
        yield _with(plan, keys), f"Rank {plan.lora.rank // 2}", "the adapter can learn less", keys


def _quantised(plan: Plan) -> Iterator[Change]:
    """The base in fewer bits than it has."""
    if plan.training.quantization == "none":
        keys: dict[str, Any] = {"training.quantization": "int8"}
        yield _with(plan, keys), "Base in 8 bits", "slower; nearly exact; needs bitsandbytes", keys
    if plan.training.quantization != "nf4":
        keys = {"training.quantization": "nf4"}
        yield _with(plan, keys), "Base in 4 bits", "slower; the base is less exact; needs bitsandbytes", keys


def _upper_half(plan: Plan, description: ModelDescription) -> Plan | None:
    """The plan without the targets in the lower half of the layers that have any; None where there is but one."""
    numbers = {name: layer_of(name) for name in resolve_targets(plan.lora, description.modules)}
    layers = sorted({number for number in numbers.values() if number >= 0})
    if len(layers) < 2:
        return None
    middle = layers[len(layers) // 2]
    lower = [name for name, number in numbers.items() if 0 <= number < middle]
    lora = with_override(plan.lora, lower, description.modules, enabled=False)
    return plan.model_copy(update={"lora": lora})


def _with(plan: Plan, settings: dict[str, Any]) -> Plan:
    """The plan with some settings changed, by plan key. Only the sections touched are validated anew."""
    sections: dict[str, dict[str, Any]] = {}
    for key, value in settings.items():
        section, _, name = key.partition(".")
        sections.setdefault(section, {})[name] = value
    return plan.model_copy(
        update={section: getattr(plan, section).with_values(**values) for section, values in sections.items()}
    )
