"""Presets: choices of targets that people know by name."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from studio.gui.desktop.language import QT_TRANSLATE_NOOP
from studio.gui.run.layers import kind_of_target, layer_of_target
from studio.plan.description import ModuleInfo
from studio.plan.plan import LoraPlan
from studio.plan.targets import TargetSetting, all_linear, globs_for

QUERY_OR_VALUE = re.compile(r"(^|_)(q|v|query|value)(_proj|_lin)?$")


@dataclass(frozen=True, slots=True)
class Preset:
    """A choice of targets; `key` is stable. The first one also gives back rank and alpha of the start."""

    key: str
    name: str
    chooses: Callable[[Sequence[str]], set[str]]

    @property
    def title(self) -> str:
        """The name, in the window's language."""
        return QCoreApplication.translate("Preset", self.name)


def _all(names: Sequence[str]) -> set[str]:
    return set(names)


def _attention(names: Sequence[str]) -> set[str]:
    return {name for name in names if kind_of_target(name) == "attention"}


def _query_and_value(names: Sequence[str]) -> set[str]:
    return {name for name in _attention(names) if QUERY_OR_VALUE.search(name.rpartition(".")[2])}


def _mlp(names: Sequence[str]) -> set[str]:
    return {name for name in names if kind_of_target(name) == "mlp"}


def _last_quarter(names: Sequence[str]) -> set[str]:
    layers = {name: layer_of_target(name) for name in names}
    count = max((layer for layer in layers.values() if layer is not None), default=-1) + 1
    first = count - max(count // 4, 1)
    return {name for name, layer in layers.items() if layer is not None and layer >= first}


ALL_LINEAR = Preset("all-linear", QT_TRANSLATE_NOOP("Preset", "All linear, rank 16"), _all)
PRESETS = (
    ALL_LINEAR,
    Preset("attention", QT_TRANSLATE_NOOP("Preset", "Attention only"), _attention),
    Preset("query-value", QT_TRANSLATE_NOOP("Preset", "q and v, as in the paper"), _query_and_value),
    Preset("mlp", QT_TRANSLATE_NOOP("Preset", "MLP only"), _mlp),
    Preset("last-quarter", QT_TRANSLATE_NOOP("Preset", "Last quarter of the layers"), _last_quarter),
)


def offered(modules: Sequence[ModuleInfo]) -> tuple[Preset, ...]:
    """The presets that choose something in this model."""
    names = _names(modules)
    return tuple(preset for preset in PRESETS if preset.chooses(names))


def with_preset(lora: LoraPlan, preset: Preset, modules: Sequence[ModuleInfo]) -> LoraPlan:
    """The plan's adapter with the targets of a preset and no overrides."""
    if preset is ALL_LINEAR:
        start = LoraPlan()
        return lora.with_values(targets="all-linear", overrides=(), rank=start.rank, alpha=start.alpha)
    chosen = preset.chooses(_names(modules))
    return lora.with_values(targets=tuple(globs_for(chosen, modules)), overrides=())


def preset_of(lora: LoraPlan, targets: Mapping[str, TargetSetting], modules: Sequence[ModuleInfo]) -> Preset | None:
    """The preset that means the same as the plan, whose targets are `targets`; None is a choice of the user's own."""
    plain = TargetSetting(lora.rank, lora.alpha, lora.dropout)
    if not targets or any(setting != plain for setting in targets.values()):
        return None
    names = _names(modules)
    found = next((preset for preset in PRESETS if preset.chooses(names) == targets.keys()), None)
    start = LoraPlan()
    if found is ALL_LINEAR and (lora.rank, lora.alpha) != (start.rank, start.alpha):
        return None
    return found


def _names(modules: Sequence[ModuleInfo]) -> list[str]:
    linear = all_linear(modules)
    return [module.name for module in modules if module.name in linear]
