"""What a machine has shown: how fast it computes, and how far earlier estimates were off."""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any, Self

NEWEST = 20  # runs of a kind that a correction looks back on
LEAST_FACTOR, MOST_FACTOR = 0.5, 2.0  # no number of odd runs may move an estimate further
ROUGH, SURE = 0.5, 0.1  # how far off a time may be, as a share: by the formula alone, and at best


@dataclass(frozen=True, slots=True)
class Rates:
    """How fast a device computes.

    `products` holds, by precision, (floating point operations of one matrix product, those a second at that size), ascending;
    `bytes_per_second` is its memory's rate for reading and writing, `seconds_per_operation` what the smallest operation takes.
    """

    products: Mapping[str, tuple[tuple[float, float], ...]]
    bytes_per_second: float
    seconds_per_operation: float

    def seconds_of(self, operations: float, precision: str) -> float:
        """How long one product of so many floating point operations takes; the rate between two sizes goes evenly, in logarithms."""
        table = self.products[precision]
        sizes = [size for size, _ in table]
        right = bisect_left(sizes, operations)
        if right == 0 or right == len(table):
            return operations / table[min(right, len(table) - 1)][1]
        (low, slow), (high, fast) = table[right - 1], table[right]
        share = math.log(operations / low) / math.log(high / low)
        rate: float = slow ** (1 - share) * fast**share
        return operations / rate

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> Self:
        """The rates that `asdict` wrote."""
        products = {name: tuple((float(a), float(b)) for a, b in table) for name, table in tree["products"].items()}
        return cls(products, float(tree["bytes_per_second"]), float(tree["seconds_per_operation"]))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run's figures beside what was predicted without any correction.

    `exact_bytes` is the part of the predicted peak that is counted, not modelled: weights and the adapter's state. Seconds are of one
    step; None where no step was timed or no rate was known.
    """

    machine: str
    precision: str
    model: str
    exact_bytes: int
    predicted_bytes: int
    measured_bytes: int
    predicted_seconds: float | None = None
    measured_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """By what the modelled part of a peak, and the time of a step, are multiplied; each learnt from so many runs.

    `time_error` is how far off a corrected time may be, as a share.
    """

    memory: float = 1.0
    memory_runs: int = 0
    time: float = 1.0
    time_runs: int = 0
    time_error: float = ROUGH

    @classmethod
    def learnt(cls, outcomes: Sequence[Outcome]) -> Self:
        """The correction that outcomes of one machine and precision ask for.

        The median of the newest, so that an odd run changes little, drawn towards 1 while there are few, and bounded.
        """
        newest = outcomes[-NEWEST:]
        memory = [
            math.log(max(1, run.measured_bytes - run.exact_bytes) / (run.predicted_bytes - run.exact_bytes))
            for run in newest
            if run.predicted_bytes > run.exact_bytes
        ]
        time = [
            math.log(run.measured_seconds / run.predicted_seconds)
            for run in newest
            if run.measured_seconds and run.predicted_seconds
        ]
        return cls(_factor(memory), len(memory), _factor(time), len(time), _error(time))


@dataclass(frozen=True)
class Experience:
    """All that the estimate knows of the machine that will carry a plan out.

    `corrections` are by precision. `activation_scales`, by model, are what models that the formula was not made for were measured to
    keep, over what the formula says.
    """

    rates: Rates | None = None
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    activation_scales: Mapping[str, float] = field(default_factory=dict)

    def correction(self, precision: str) -> Correction:
        """The correction for a precision; one that changes nothing where no run was made in it."""
        return self.corrections.get(precision, Correction())

    def to_json(self) -> dict[str, Any]:
        """The object that a worker answers with."""
        return asdict(self)

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> Self:
        """The experience that `to_json` wrote."""
        rates = None if tree["rates"] is None else Rates.from_json(tree["rates"])
        corrections = {name: Correction(**values) for name, values in tree["corrections"].items()}
        return cls(rates, corrections, dict(tree["activation_scales"]))


def _factor(logarithms: Sequence[float]) -> float:
    """The median, of which n runs are believed n / (n + 1)."""
    if not logarithms:
        return 1.0
    believed = median(logarithms) * len(logarithms) / (len(logarithms) + 1)
    return min(MOST_FACTOR, max(LEAST_FACTOR, math.exp(believed)))


def _error(logarithms: Sequence[float]) -> float:
    """How far off the next may be: the largest distance of the nearest three quarters from the median, rough until three are known."""
    if len(logarithms) < 3:
        return ROUGH
    middle = median(logarithms)
    distances = sorted(abs(value - middle) for value in logarithms)
    return min(ROUGH, max(SURE, math.expm1(distances[math.ceil(0.75 * len(distances)) - 1])))
