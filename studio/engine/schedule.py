"""The learning rate over the steps of a run."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rise over `warmup_steps`, then cosine, linear or constant to the end of `steps`."""

    kind: str
    peak: float
    steps: int
    warmup_steps: int

    def rate(self, step: int) -> float:
        """The learning rate of an update, counted from 0.

        After the warmup these are the curves of transformers' schedules. Within it the first rate is peak / (warmup + 1) and not 0, so
        that no step is spent on nothing.
        """
        if step < self.warmup_steps:
            return self.peak * (step + 1) / (self.warmup_steps + 1)
        share = (step - self.warmup_steps) / max(1, self.steps - self.warmup_steps)
        match self.kind:
            case "cosine":
                return self.peak * (1 + math.cos(math.pi * share)) / 2
            case "linear":
                return self.peak * (1 - share)
            case _:
                return self.peak


def schedule_of(kind: str, peak: float, steps: int, warmup_ratio: float) -> Schedule:
    """The schedule of a run of `steps`; the warmup is rounded up to whole steps."""
    return Schedule(kind, peak, steps, math.ceil(warmup_ratio * steps))
