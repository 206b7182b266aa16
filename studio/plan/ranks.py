"""The rank budget: a rank for each target, so that all of them together cost no more parameters than allowed."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pydantic import ValidationError

from studio.plan.description import ModuleInfo
from studio.plan.errors import Refusal
from studio.plan.plan import LoraPlan, Override
from studio.plan.planfile import refusal_of
from studio.plan.rank_steps import Room, Spectra, by_size, by_spectrum, least_budget, same_everywhere
from studio.plan.targets import TargetSetting, globs_for, resolve_targets, with_override
from studio.plan.words import count_text, size_text, whole_text

BYTES_PER_PARAMETER = 4  # adapters are kept in float32
Size = tuple[int, float]  # rank and alpha


@dataclass(frozen=True, slots=True)
class Strategy:
    """A way to share a budget out. `phrase` names it in "ranks …", `needs` what it must be told beyond the plan, empty for nothing;
    `measured` says how it did against uniform at the same budget (tests/bench/ranks.py, figures in RESULTS.md).
    """

    label: str
    phrase: str
    hint: str
    measured: str = ""
    needs: str = ""


STRATEGIES: Mapping[str, Strategy] = {
    "uniform": Strategy("Uniform", "uniform", "The same rank everywhere: the usual choice, and the one to beat."),
    "size": Strategy(
        "By size",
        "by size",
        "Rank grows with √(out × in), so wide modules get more: a convention that knows nothing of your data.",
        "Measured on a small model: no better than uniform.",
    ),
    "spectrum": Strategy(
        "By an earlier run",
        "by an earlier run",
        "More rank where an earlier run used all it had, less where it did not; what lies beyond its rank is a guess.",
        "Measured on a small model: ahead of uniform in three of three trials, by about 1 % of the evaluation loss.",
        needs="an earlier run",
    ),
    "gradient": Strategy(
        "By gradient",
        "by gradient",
        "More rank where your data pull hardest on the weights before training; later steps may pull elsewhere.",
        "Measured on a small model: behind uniform in three of three trials, by about 2 % of the evaluation loss.",
        needs="a measurement on your data",
    ),
}


@dataclass(frozen=True, slots=True)
class RankChoice:
    """Ranks for the targets of a plan, to be looked at before they are taken over.

    `before` and `ranks` are by target in the model's order, where 0 is a target left out. `lora` is the plan's adapter with these
    ranks, `parameters` what they cost, never more than `budget`.
    """

    strategy: str
    budget: int
    parameters: int
    before: Mapping[str, int]
    ranks: Mapping[str, int]
    lora: LoraPlan

    @property
    def summary(self) -> str:
        """ "24 targets up, 30 down, 2 unchanged"."""
        up = sum(rank > self.before[name] for name, rank in self.ranks.items())
        down = sum(rank < self.before[name] for name, rank in self.ranks.items())
        return f"{up} {'target' if up == 1 else 'targets'} up, {down} down, {len(self.ranks) - up - down} unchanged"

    @property
    def text(self) -> str:
        """What undo says: "ranks by gradient, 200 K parameters"."""
        return f"ranks {STRATEGIES[self.strategy].phrase}, {count_text(self.parameters)} parameters"


@dataclass(frozen=True, slots=True)
class BudgetRange:
    """Budgets in parameters: the least that works, what the plan costs now, the most that can be spent."""

    least: int
    now: int
    most: int


def budget_range(lora: LoraPlan, modules: Sequence[ModuleInfo], *, minimum: int = 1) -> BudgetRange:
    """The budgets that make sense for a plan. Raises Refusal as `resolve_targets` does."""
    targets = resolve_targets(lora, modules)
    rooms = _rooms(targets, modules, None)
    now = sum(room.cost * targets[name].rank for name, room in rooms.items())
    return BudgetRange(least_budget(rooms, minimum), now, sum(room.cost * room.limit for room in rooms.values()))


def parameters_in(megabytes: float) -> int:
    """How many float32 parameters fit into 10⁶ · `megabytes` bytes."""
    return int(Fraction(repr(megabytes)) * 1_000_000 / BYTES_PER_PARAMETER)


def distribute(
    lora: LoraPlan,
    modules: Sequence[ModuleInfo],
    budget: int,
    strategy: str,
    scores: Spectra | None = None,
    *,
    minimum: int = 1,
    maximum: int | None = None,
) -> RankChoice:
    """Ranks for the plan's targets by one of STRATEGIES, within `budget` parameters.

    Every rank lies between `minimum` and the smaller side of its matrix, or `maximum`; with a minimum of 0, targets may be left out
    (never by "uniform"). "uniform" leaves of the budget what does not reach for one more rank everywhere.

    Each target keeps its scale, the strength that the user chose: alpha / rank stays what it was. With rsLoRA alpha itself stays,
    since its scale alpha / √rank is made for ranks that change (Kalajdzievski 2023, arXiv 2312.03732).

    Raises Refusal: the budget is below what the least ranks cost; scores that are missing for a target or no finite numbers from 0
    upwards; an alpha that would leave its limits; whatever `resolve_targets` refuses.
    """
    targets = resolve_targets(lora, modules)
    rooms = _rooms(targets, modules, maximum)
    minimum = max(minimum, 1) if strategy == "uniform" else minimum
    least = least_budget(rooms, minimum)
    if budget < least:
        who = f"rank {minimum} on all {len(targets)} targets" if minimum else "any target"
        raise Refusal(
            "rank-budget-too-small",
            f"{whole_text(budget)} parameters do not reach for {who}",
            now=f"give at least {whole_text(least)} ({size_text(least * BYTES_PER_PARAMETER)}), or choose fewer targets",
            field="lora.rank",
        )
    if strategy == "uniform":
        ranks = same_everywhere(rooms, budget)
    elif strategy == "size":
        ranks = by_size(rooms, budget, minimum)
    else:
        ranks = by_spectrum(scores or {}, rooms, budget, minimum)
    return RankChoice(
        strategy,
        budget,
        sum(rooms[name].cost * rank for name, rank in ranks.items()),
        {name: setting.rank for name, setting in targets.items()},
        ranks,
        _with_ranks(lora, modules, targets, ranks),
    )


def projection_of(name: str) -> str:
    """What a module is in every layer: "model.layers.3.mlp.up_proj" -> "model.layers.*.mlp.up_proj"."""
    return ".".join("*" if part.isdigit() else part for part in name.split("."))


def _rooms(targets: Iterable[str], modules: Sequence[ModuleInfo], maximum: int | None) -> dict[str, Room]:
    known = {module.name: module for module in modules}
    rooms = {}
    for name in targets:
        module = known[name]
        limit = min(module.dims) if maximum is None else min(*module.dims, maximum)
        rooms[name] = Room(module.adapter_parameters(1), limit, math.sqrt(math.prod(module.dims)))
    return rooms


def _with_ranks(
    lora: LoraPlan, modules: Sequence[ModuleInfo], before: Mapping[str, TargetSetting], ranks: Mapping[str, int]
) -> LoraPlan:
    """The plan's adapter with other ranks: the commonest is the default, overrides say first what is usual for a projection, then
    what differs from it. Where a module is no target, its rank means nothing.
    """
    wanted = {name: (rank, _alpha(lora, before[name], rank)) for name, rank in ranks.items() if rank}
    default = _commonest(wanted.values())
    projections: dict[str, list[str]] = defaultdict(list)
    for module in modules:
        if module.adaptable:
            projections[projection_of(module.name)].append(module.name)
    common: dict[Size, set[str]] = defaultdict(set)
    differing: dict[Size, set[str]] = defaultdict(set)
    for names in projections.values():
        usual = _commonest([wanted[name] for name in names if name in wanted] or [default])
        common[usual].update(names)
        for name in names:
            if wanted.get(name, usual) != usual:
                differing[wanted[name]].add(name)
    common.pop(default, None)
    left_out = [name for name, rank in ranks.items() if not rank]
    try:
        rules = [
            Override(match=glob, rank=rank, alpha=alpha)
            for (rank, alpha), group in (*common.items(), *differing.items())
            for glob in globs_for(group, modules)
        ]
        bare = with_override(_without_ranks(lora), left_out, modules, enabled=False)
        every = [rule.model_dump() for rule in (*bare.overrides, *rules)]
        return bare.with_values(rank=default[0], alpha=default[1], overrides=every)
    except ValidationError as error:  # an alpha that keeps its scale can leave its limits
        raise refusal_of(error) from error


def _without_ranks(lora: LoraPlan) -> LoraPlan:
    """The plan's adapter with overrides that say only which modules are targets, with which dropout."""
    kept = [rule for rule in lora.overrides if rule.enabled is not None or rule.dropout is not None]
    return lora.with_values(overrides=[rule.model_dump() | {"rank": None, "alpha": None} for rule in kept])


def _alpha(lora: LoraPlan, before: TargetSetting, rank: int) -> float:
    return before.alpha if lora.variant == "rslora" else float(Fraction(before.alpha) * rank / before.rank)


def _commonest(sizes: Iterable[Size]) -> Size:
    """The first of the commonest."""
    return Counter(sizes).most_common(1)[0][0]
