"""Edits of targets: from what the user did to a new plan, with the words that undo shows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from studio.gui.inputs import number_text
from studio.plan.description import ModuleInfo
from studio.plan.errors import Refusal
from studio.plan.plan import LoraPlan, Plan
from studio.plan.targets import TargetSetting, resolve_targets, with_override

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Edit:
    """A new plan, and what was done to come to it."""

    plan: Plan
    text: str


def targets_of(lora: LoraPlan, modules: Sequence[ModuleInfo]) -> dict[str, TargetSetting]:
    """The targets to show; none where the plan's patterns do not fit the model, which is said at the model picker."""
    try:
        return resolve_targets(lora, modules)
    except Refusal:
        return {}


def ticked(plan: Plan, modules: Sequence[ModuleInfo], names: Collection[str], on: bool, what: str = "") -> Edit:
    """Make `names` targets, or no longer; `what` names them, where they have a name.

    Raises Refusal where a pattern that the plan has already matches nothing.
    """
    shown = what or _on(list(names))
    lora = with_override(plan.lora, names, modules, enabled=on)
    text = translate("Edits", "tick {0}") if on else translate("Edits", "untick {0}")
    return Edit(plan.with_values(lora=lora), text.format(shown))


def with_rank(plan: Plan, modules: Sequence[ModuleInfo], names: Collection[str], rank: int) -> Edit:
    """Give those of `names` that are targets a rank; where none is, make all of them targets of that rank.

    Raises Refusal as `ticked` does.
    """
    before, chosen = _chosen(plan, modules, names)
    if not chosen:
        lora = with_override(plan.lora, names, modules, enabled=True, rank=rank)
        return Edit(
            plan.with_values(lora=lora), translate("Edits", "tick {0} with rank {1}").format(_on(list(names)), rank)
        )
    lora = with_override(plan.lora, chosen, modules, rank=rank)
    old = {str(before[name].rank) for name in chosen}
    text = translate("Edits", "rank {0} on {1}").format(_change(old, str(rank)), _on(chosen))
    return Edit(plan.with_values(lora=lora), text)


def with_alpha(plan: Plan, modules: Sequence[ModuleInfo], names: Collection[str], alpha: float) -> Edit:
    """Give those of `names` that are targets an alpha. Raises Refusal as `ticked` does."""
    before, chosen = _chosen(plan, modules, names)
    lora = with_override(plan.lora, chosen, modules, alpha=alpha)
    old = {number_text(before[name].alpha) for name in chosen}
    text = translate("Edits", "alpha {0} on {1}").format(_change(old, number_text(alpha)), _on(chosen))
    return Edit(plan.with_values(lora=lora), text)


def with_dropout(plan: Plan, modules: Sequence[ModuleInfo], names: Collection[str], dropout: float) -> Edit:
    """Give those of `names` that are targets a dropout. Raises Refusal as `ticked` does."""
    before, chosen = _chosen(plan, modules, names)
    lora = with_override(plan.lora, chosen, modules, dropout=dropout)
    old = {number_text(before[name].dropout) for name in chosen}
    text = translate("Edits", "dropout {0} on {1}").format(_change(old, number_text(dropout)), _on(chosen))
    return Edit(plan.with_values(lora=lora), text)


def with_settings(
    plan: Plan, modules: Sequence[ModuleInfo], settings: Mapping[str, TargetSetting | None], what: str
) -> Edit:
    """Give modules these settings, None being no target; `what` says in words what was done. Raises Refusal as `ticked` does."""
    before = targets_of(plan.lora, modules)
    changed = {name for name, setting in settings.items() if before.get(name) != setting}
    groups: dict[TargetSetting | None, list[str]] = {}
    for name, setting in settings.items():  # those that stay too: whole columns are fewer patterns than most of one
        groups.setdefault(setting, []).append(name)
    lora = plan.lora
    for new, names in groups.items():
        if changed.isdisjoint(names):
            continue
        if new is None:
            lora = with_override(lora, names, modules, enabled=False)
        else:
            lora = with_override(
                lora, names, modules, enabled=True, rank=new.rank, alpha=new.alpha, dropout=new.dropout
            )
    return Edit(plan.with_values(lora=lora), translate("Edits", "{0} ({1} targets)").format(what, len(changed)))


def _chosen(
    plan: Plan, modules: Sequence[ModuleInfo], names: Collection[str]
) -> tuple[dict[str, TargetSetting], list[str]]:
    """The plan's targets, and which of `names` are among them."""
    before = targets_of(plan.lora, modules)
    return before, [name for name in names if name in before]


def _change(old: set[str], new: str) -> str:
    return translate("Edits", "{0} to {1}").format(old.pop() if len(old) == 1 else translate("Edits", "mixed"), new)


def _on(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else translate("Edits", "{0} targets").format(len(names))
