"""Ranks within a budget of parameters, shared out step by step.

Ranks grow from the least upwards. A step that no longer fits is passed over for the next best, so what is left in the end is less than
any further rank costs. The order of the steps does not depend on the budget: a larger budget never spends less.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from studio.plan.errors import Refusal

Spectra = Mapping[str, Sequence[float]]  # singular values by target, in any order; a plain score is a spectrum of one


@dataclass(frozen=True, slots=True)
class Room:
    """What a target can take: parameters of one rank, the greatest rank that adds anything, and its size √(out · in)."""

    cost: int
    limit: int
    size: float


def least_budget(rooms: Mapping[str, Room], minimum: int) -> int:
    """What the least ranks cost; where targets may be left out, one rank of the cheapest."""
    if minimum == 0:
        return min(room.cost for room in rooms.values())
    return sum(room.cost * min(minimum, room.limit) for room in rooms.values())


def same_everywhere(rooms: Mapping[str, Room], budget: int) -> dict[str, int]:
    """The greatest rank that the budget allows everywhere; smaller matrices keep to their limit."""
    ranks = range(1, max(room.limit for room in rooms.values()) + 1)
    rank = bisect_right(ranks, budget, key=lambda rank: least_budget(rooms, rank))
    return {name: min(rank, room.limit) for name, room in rooms.items()}


def by_size(rooms: Mapping[str, Room], budget: int, minimum: int) -> dict[str, int]:
    """Ranks in proportion to √(out · in), each share rounded to the nearest (the divisor method of Webster and Sainte-Laguë)."""
    return _step_by_step(rooms, budget, minimum, lambda name, rank: rooms[name].size / (rank - 0.5))


def by_spectrum(scores: Spectra, rooms: Mapping[str, Room], budget: int, minimum: int = 1) -> dict[str, int]:
    """Ranks that gather the most energy for each parameter: direction k of a target has σ_k².

    The spectrum may be that of an earlier ΔW, or of the gradient of W before training (GoRA, He et al. 2025, arXiv 2502.12171, also
    gives ranks by that gradient, but scores each matrix by one number). Beyond the n singular values that are known, energy is assumed
    to fall as σ_n² · n / k: an earlier run knows no more than its rank, and a spectrum of one, a plain score, then shares the parameters
    out in proportion to σ². Raises Refusal: a target without a score, a score that is no finite number from 0 upwards.
    """
    missing = unscored(scores, rooms)
    if missing:
        raise Refusal(
            "rank-scores-missing",
            f"nothing is known of {len(missing)} of {len(rooms)} targets, such as {missing[0]}",
            now="measure with the targets of this plan, or share the budget out in another way",
        )
    energies = {name: sorted((value * value for value in scores[name]), reverse=True) for name in rooms}

    def gain(name: str, rank: int) -> float:
        known = energies[name]
        energy = known[rank - 1] if rank <= len(known) else known[-1] * len(known) / rank
        return energy / rooms[name].cost

    return _step_by_step(rooms, budget, minimum, gain)


def unscored(scores: Spectra, targets: Iterable[str]) -> list[str]:
    """Those of the targets for which there is no score. Raises Refusal: a score that is no finite number from 0 upwards."""
    names = list(targets)
    for name in names:
        if not all(math.isfinite(value) and value >= 0 for value in scores.get(name, ())):
            what = f"a score of {name} is no finite number from 0 upwards"
            raise Refusal("rank-scores-invalid", what, now="measure again, on other data or in float32")
    return [name for name in names if not len(scores.get(name, ()))]


def _step_by_step(
    rooms: Mapping[str, Room], budget: int, minimum: int, gain: Callable[[str, int], float]
) -> dict[str, int]:
    """Ranks from the least upwards, the greatest gain first; `gain(name, rank)` of a target must not rise with its rank.

    Among equals the lowest rank goes first, then the model's order.
    """
    ranks = {name: min(minimum, room.limit) for name, room in rooms.items()}
    left = budget - sum(rooms[name].cost * rank for name, rank in ranks.items())
    if left >= sum(room.cost * (room.limit - ranks[name]) for name, room in rooms.items()):
        return {name: room.limit for name, room in rooms.items()}
    steps = [
        (-gain(name, rank + 1), rank + 1, order, name)
        for order, (name, rank) in enumerate(ranks.items())
        if rank < rooms[name].limit
    ]
    heapify(steps)
    while steps:
        _, rank, order, name = heappop(steps)
        if rooms[name].cost > left:
            continue  # nor will it ever fit again
        ranks[name] = rank
        left -= rooms[name].cost
        if rank < rooms[name].limit:
            heappush(steps, (-gain(name, rank + 1), rank + 1, order, name))
    return ranks
