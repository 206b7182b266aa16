"""What the adapter of one target is: rank, alpha, dropout, variant."""

import math
from dataclasses import dataclass

from studio.lora.variants import VARIANTS
from studio.plan.errors import Refusal


@dataclass(frozen=True, slots=True)
class AdapterSpec:
    """The adapter of one target: A is (rank, in), B is (out, rank), and the target computes with W + scale·BA.

    `dropout` is the probability with which an entry of A's input is zeroed while training; `variant` is a key of VARIANTS.
    """

    rank: int
    alpha: float
    dropout: float = 0.0
    variant: str = "lora"

    @property
    def scale(self) -> float:
        """alpha / rank; of rslora alpha / sqrt(rank)."""
        return VARIANTS[self.variant].scale(self.alpha, self.rank)


def check_spec(target: str, spec: AdapterSpec, *, where: str | None = None) -> None:
    """Refuse a spec that has no meaning or no effect, naming the target; `where` is the file it comes from, if it does.

    A rank above min(in, out) is wasteful but right, so it passes: the caller may warn.
    """
    if not _is_number(spec.rank) or not isinstance(spec.rank, int) or spec.rank < 1:
        code, key, now = "rank-invalid", "rank", "give a whole number from 1 up"
    elif not _is_number(spec.alpha) or spec.alpha <= 0:
        code, key, now = "alpha-invalid", "alpha", "give a number above 0; at 0 the adapter would do nothing"
    elif not _is_number(spec.dropout) or not 0 <= spec.dropout < 1:
        code, key, now = "dropout-invalid", "dropout", "give a number from 0 to below 1"
    elif spec.variant not in VARIANTS:
        code, key, now = "variant-unknown", "variant", f"choose one of {', '.join(VARIANTS)}"
    else:
        return
    raise Refusal(code, f"the {key} of {target} is {getattr(spec, key)!r}", where=where or target, now=now)


def _is_number(value: object) -> bool:
    """Whether a value, which may come straight out of a JSON file, is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
