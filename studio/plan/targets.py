"""Targets: from a plan's words (all-linear, globs, overrides) to one setting per module, and back from a user's edits."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import lru_cache
from typing import Any

from studio.plan.description import ModuleInfo
from studio.plan.errors import Refusal
from studio.plan.plan import LoraPlan, Override

LINEAR = ("linear", "conv1d")  # what all-linear means; other kinds are chosen by name


@dataclass(frozen=True, slots=True)
class TargetSetting:
    """What one target gets."""

    rank: int
    alpha: float
    dropout: float


class _Modules:
    """The modules of a model as a key of caches: the same object is the same model, and is kept, so that no other takes its place.

    Comparing thousands of modules by value would cost more than what the caches save.
    """

    def __init__(self, modules: Sequence[ModuleInfo]) -> None:
        self.modules = (
            modules if isinstance(modules, tuple) else tuple(modules)
        )  # a list may change; its copy is new each time

    def __hash__(self) -> int:
        return id(self.modules)

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, _Modules) and other.modules is self.modules


def resolve_targets(lora: LoraPlan, modules: Sequence[ModuleInfo]) -> dict[str, TargetSetting]:
    """The targets in the model's order.

    Raises Refusal: a pattern that matches no module, or only modules that cannot be adapted; no target left at all.
    """
    return dict(_resolved(lora, _Modules(modules)))


@lru_cache(maxsize=64)  # one click asks a dozen times: tree, matrix, totals, estimate
def _resolved(lora: LoraPlan, key: _Modules) -> Mapping[str, TargetSetting]:
    modules = key.modules
    table = _applied(lora, _chosen(lora, modules), _rules(lora.overrides, modules))
    if not table:
        raise Refusal(
            "no-targets", "no module is chosen as a target", now="tick at least one module", field="lora.targets"
        )
    return {module.name: table[module.name] for module in modules if module.name in table}


def matching(glob: str, modules: Sequence[ModuleInfo], *, field: str = "lora.targets") -> list[str]:
    """The adaptable modules whose full name matches. Raises Refusal where there is none."""
    found = _found(glob, _Modules(modules))
    names = [module.name for module in found if module.adaptable]
    if not names:
        if found:
            what = f"{glob!r} matches only modules that cannot be adapted: {found[0].name}, {found[0].reason}"
        else:
            what = f"{glob!r} matches no module of this model"
        example = next((module.name for module in modules if module.adaptable), None)
        now = "choose another model" if example is None else f"names look like {example}"
        raise Refusal("pattern-matches-nothing", what, where=field, now=now, field=field)
    return names


@lru_cache(maxsize=1024)  # a plan's patterns are matched again at every edit of it
def _found(glob: str, key: _Modules) -> tuple[ModuleInfo, ...]:
    """The modules whose full name matches, adaptable or not."""
    matches = re.compile(translate(glob)).match
    return tuple(module for module in key.modules if matches(module.name))


def with_override(
    lora: LoraPlan,
    names: Iterable[str],
    modules: Sequence[ModuleInfo],
    *,
    enabled: bool | None = None,
    rank: int | None = None,
    alpha: float | None = None,
    dropout: float | None = None,
) -> LoraPlan:
    """The plan in which the adaptable modules `names` also have these values; overrides that no longer matter are dropped.

    The overrides stay few: a set of names is written as few globs that mean exactly it. Raises Refusal where a pattern that the
    plan has already matches nothing.
    """
    new = [
        Override(match=glob, enabled=enabled, rank=rank, alpha=alpha, dropout=dropout)
        for glob in globs_for(set(names), modules)
    ]
    rules = _rules((*lora.overrides, *new), modules)
    kept = _that_matter(lora, _chosen(lora, modules), rules)
    return lora.with_values(overrides=tuple(override.model_dump() for override in kept))


def globs_for(names: set[str], modules: Sequence[ModuleInfo]) -> list[str]:
    """Few globs that together match exactly `names` among the adaptable modules."""
    adaptable = [module.name for module in modules if module.adaptable]
    left = {name for name in adaptable if name in names}
    globs: list[str] = []
    groups = _groups(_Modules(modules)) if len(left) > 1 else {}
    for glob in sorted(groups, key=lambda glob: (-len(groups[glob]), len(glob), glob)):
        if groups[glob] <= names and len(groups[glob] & left) > 1:
            globs.append(glob)
            left -= groups[glob]
            if not left:
                break
    return globs + [_literal(name) for name in adaptable if name in left]


def all_linear(modules: Sequence[ModuleInfo]) -> set[str]:
    """The names that "all-linear" means: plain linear layers except the output head."""
    return {module.name for module in modules if module.adaptable and module.kind in LINEAR and not module.head}


Rule = tuple[Override, Sequence[str]]  # an override with the names it means


def _chosen(lora: LoraPlan, modules: Sequence[ModuleInfo]) -> set[str]:
    """The targets before any override."""
    if lora.targets == "all-linear":
        return all_linear(modules)
    return {name for glob in lora.targets for name in matching(glob, modules)}


def _rules(overrides: Iterable[Override], modules: Sequence[ModuleInfo]) -> list[Rule]:
    return [
        (override, matching(override.match, modules, field=f"lora.overrides.{number}.match"))
        for number, override in enumerate(overrides)
    ]


def _applied(lora: LoraPlan, chosen: Iterable[str], rules: Iterable[Rule]) -> dict[str, TargetSetting]:
    """What each target gets once every rule has had its say, in no order."""
    plain = TargetSetting(lora.rank, lora.alpha, lora.dropout)
    table: dict[str, TargetSetting | None] = dict.fromkeys(chosen, plain)
    for override, names in rules:
        for name in names:
            table[name] = _after(table.get(name), plain, override)
    return {name: setting for name, setting in table.items() if setting is not None}


def _that_matter(lora: LoraPlan, chosen: Collection[str], rules: Sequence[Rule]) -> list[Override]:
    """The rules without which some module would get something else; tried out from the first on.

    A rule that is left out concerns the modules that it names alone: of a large model with many rules, few.
    """
    plain = TargetSetting(lora.rank, lora.alpha, lora.dropout)
    left: dict[str, list[Override]] = {}
    for override, names in rules:
        for name in names:
            left.setdefault(name, []).append(override)

    def meaning(name: str, without: Override | None = None) -> TargetSetting | None:
        setting = plain if name in chosen else None
        for override in left[name]:
            if override is not without:
                setting = _after(setting, plain, override)
        return setting

    meant = {name: meaning(name) for name in left}
    kept = []
    for override, names in rules:
        if any(meaning(name, override) != meant[name] for name in names):
            kept.append(override)
            continue
        for name in names:
            left[name] = [other for other in left[name] if other is not override]
    return kept


def _after(before: TargetSetting | None, plain: TargetSetting, override: Override) -> TargetSetting | None:
    """What a module gets from a rule, given what it had; None is no target."""
    if override.enabled is False:
        return None
    if before is None:
        if not override.enabled:
            return None
        before = plain
    return TargetSetting(
        before.rank if override.rank is None else override.rank,
        before.alpha if override.alpha is None else override.alpha,
        before.dropout if override.dropout is None else override.dropout,
    )


@lru_cache(maxsize=4)
def _groups(key: _Modules) -> Mapping[str, set[str]]:
    """Globs worth trying, each with the names it means: everything, a subtree, a part or an ending of the name in all layers."""
    adaptable = [module.name for module in key.modules if module.adaptable]
    groups: dict[str, set[str]] = {"*": set(adaptable)}
    for name in adaptable:
        parts = _literal(name).split(".")
        globs = [f"*.{part}.*" for part in parts[1:-1] if not part.isdigit()]
        for cut in range(1, len(parts)):
            globs += [f"{'.'.join(parts[:cut])}.*", f"*.{'.'.join(parts[cut:])}"]
        for glob in globs:
            groups.setdefault(glob, set()).add(name)
    return groups


def _literal(text: str) -> str:
    """A glob that matches this text alone."""
    return re.sub(r"([*?[])", r"[\1]", text)
