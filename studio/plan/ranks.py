"""How a budget of parameters is spread over the targets as ranks.

A rank of a target costs in + out parameters. Four ways to spread a budget are offered; each gives every target at least one rank, never
spends more than there is, and spends what is left over where it would go next. The scale of each target stays what it was: alpha grows with
its rank, so that the learning rate means the same.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from studio.plan.description import ModuleInfo
from studio.plan.errors import Refusal
from studio.plan.plan import LoraPlan
from studio.plan.targets import TargetSetting, resolve_targets, with_override

BYTES = 4  # of a parameter in float32

Scores = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Strategy:
    """A way to spread ranks. `wants` says what it must know: None, "spectrum" or "gradient"; `measured`, what it was seen to gain."""

    key: str
    label: str
    hint: str
    wants: str | None
    measured: str


STRATEGIES = (
    Strategy("uniform", "Evenly", "The same rank everywhere.", None, "The yardstick."),
    Strategy("size", "By size", "Larger layers get more: rank in proportion to the root of in x out.", None, ""),
    Strategy(
        "spectrum",
        "By an earlier run",
        "Where an earlier run's change has most energy left per parameter.",
        "spectrum",
        "",
    ),
    Strategy(
        "gradient", "By your data", "Where the loss on your data asks for most change per parameter.", "gradient", ""
    ),
)


@dataclass(frozen=True, slots=True)
class RankChoice:
    """Ranks for all targets: the plan that has them, what they cost, and how each target's rank changes (before, after)."""

    lora: LoraPlan
    parameters: int
    budget: int
    changes: Mapping[str, tuple[int, int]]

    @property
    def text(self) -> str:
        """The change in some words."""
        up = sum(after > before for before, after in self.changes.values())
        down = sum(after < before for before, after in self.changes.values())
        return f"{up} targets up, {down} down, {len(self.changes) - up - down} as they were"


def spread(
    lora: LoraPlan,
    modules: Sequence[ModuleInfo],
    budget: int,
    strategy: str,
    *,
    scores: Scores | None = None,
    largest: int | None = None,
) -> RankChoice:
    """Spread `budget` parameters over the plan's targets.

    `scores` are singular values, largest first, by target: of an earlier run's ΔW for "spectrum", of the loss's gradient for
    "gradient". A rank is at most `largest`, and no more than the target has dimensions. Raises Refusal where the budget does not give
    every target one rank, where scores are wanted and missing, or the strategy is not known.
    """
    targets = resolve_targets(lora, modules)
    known = {module.name: module for module in modules}
    costs = {name: known[name].adapter_parameters(1) for name in targets}
    most = {name: min(*known[name].dims, largest or max(known[name].dims)) for name in targets}
    least = sum(costs.values())
    if budget < least:
        raise Refusal(
            "budget-small",
            f"a budget of {budget:,} parameters does not give each of the {len(targets)} targets one rank",
            now=f"give at least {least:,}, or choose fewer targets",
        )
    gain = _gain(strategy, targets, known, costs, scores)
    ranks = _fill(costs, most, budget, gain)
    changed = lora
    for (rank, alpha), names in _settings(ranks, targets, lora.variant).items():
        changed = with_override(changed, names, modules, rank=rank, alpha=alpha)
    changes = {name: (targets[name].rank, ranks[name]) for name in targets}
    return RankChoice(changed, sum(ranks[name] * costs[name] for name in ranks), budget, changes)


def budget_of(lora: LoraPlan, modules: Sequence[ModuleInfo]) -> int:
    """The parameters that a plan's targets have now."""
    known = {module.name: module for module in modules}
    return sum(known[name].adapter_parameters(target.rank) for name, target in resolve_targets(lora, modules).items())


def _gain(
    strategy: str,
    targets: Mapping[str, TargetSetting],
    known: Mapping[str, ModuleInfo],
    costs: Mapping[str, int],
    scores: Scores | None,
) -> Callable[[str, int], float]:
    """What the next rank of a target, which has some, is worth: the highest goes first."""
    if strategy == "uniform":
        return lambda _name, rank: -float(rank)
    if strategy == "size":
        roots = {name: (known[name].dims[0] * known[name].dims[1]) ** 0.5 for name in targets}
        return lambda name, rank: -rank / roots[name]
    if strategy not in ("spectrum", "gradient"):
        names = ", ".join(one.key for one in STRATEGIES)
        raise Refusal("strategy-unknown", f"there is no strategy {strategy!r}", now=f"choose of {names}")
    missing = next((name for name in targets if scores is None or name not in scores), None)
    if scores is None or missing is not None:
        source = "an earlier run" if strategy == "spectrum" else "a measurement on your data"
        raise Refusal("scores-missing", f"nothing is known of {missing}", now=f"choose {source} that has it")
    known_scores = scores

    def energy(name: str, rank: int) -> float:
        values = known_scores[name]
        # Beyond what was measured a direction is worth less than any that was; among those the evenest wins.
        return values[rank] ** 2 / costs[name] if rank < len(values) else -float(rank)

    return energy


def _fill(
    costs: Mapping[str, int], most: Mapping[str, int], budget: int, gain: Callable[[str, int], float]
) -> dict[str, int]:
    """One rank each, and then rank by rank to whom it is worth most, while it can be paid."""
    ranks = dict.fromkeys(costs, 1)
    left = budget - sum(costs.values())
    order = {name: number for number, name in enumerate(costs)}
    waiting = [(-gain(name, 1), order[name], name) for name in costs if most[name] > 1]
    heapq.heapify(waiting)
    while waiting:
        _, _, name = heapq.heappop(waiting)
        if costs[name] > left:
            continue  # too dear from now on; cheaper ones may still fit
        ranks[name] += 1
        left -= costs[name]
        if ranks[name] < most[name]:
            heapq.heappush(waiting, (-gain(name, ranks[name]), order[name], name))
    return ranks


def _settings(
    ranks: Mapping[str, int], targets: Mapping[str, TargetSetting], variant: str
) -> dict[tuple[int, float], list[str]]:
    """The targets of each rank and alpha, the most first."""
    power = 0.5 if variant == "rslora" else 1.0
    wanted = {name: (rank, targets[name].alpha * (rank / targets[name].rank) ** power) for name, rank in ranks.items()}
    groups: dict[tuple[int, float], list[str]] = {setting: [] for setting, _ in Counter(wanted.values()).most_common()}
    for name, setting in wanted.items():
        groups[setting].append(name)
    return groups
