"""What a cell of the layer matrix says: in it, to a tooltip, to a screen reader."""

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from studio.gui.desktop.sentences import told
from studio.gui.inputs import number_text
from studio.gui.model.matrix_colours import EFFECTIVE, GRADIENT, MOVED, value_text
from studio.gui.model.matrix_layout import EACH
from studio.plan.description import ModuleInfo
from studio.plan.targets import TargetSetting
from studio.plan.words import count_text


def span_text(values: Sequence[float]) -> str:
    """Values of several targets, from the least to the most: "16", or "4–16"."""
    low, high = min(values), max(values)
    return number_text(low) if low == high else f"{number_text(low)}–{number_text(high)}"


def mean(values: Sequence[float]) -> float | None:
    """What several targets come to; None where nothing is known of any."""
    known = [value for value in values if math.isfinite(value)]
    return sum(known) / len(known) if known else None


def cell_words(
    modules: Sequence[ModuleInfo],
    targets: Mapping[str, TargetSetting],
    measured: Mapping[str, Mapping[str, float]],
) -> str:
    """Lines about the modules of a cell and what they get; without modules, that there are none.

    `measured` is what a run has measured, by kind and target.
    """
    translate = QCoreApplication.translate
    if not modules:
        return translate("MatrixGrid", "no module that can be adapted")
    first, several = modules[0], len(modules) > 1
    lines = [_common_name(modules) if several else first.name]
    if first.reason is not None:
        return "\n".join((*lines, told(first.reason)))
    if first.kind == "experts":
        shapes = ", ".join(f"{out} × {in_}" for _, out, in_ in first.matrices)
        lines.append(
            translate("MatrixGrid", "one target for all {0} experts, each with {1}").format(
                first.matrices[0][0], shapes
            )
        )
    chosen = [(module, targets[module.name]) for module in modules if module.name in targets]
    if several:
        lines.append(translate("MatrixGrid", "{0} of {1} experts are targets").format(len(chosen), len(modules)))
    if not chosen:
        return "\n".join(lines if several else (*lines, translate("MatrixGrid", "no target")))
    parameters = count_text(sum(module.adapter_parameters(setting.rank) for module, setting in chosen))
    ranks, alphas = ([getattr(setting, key) for _, setting in chosen] for key in ("rank", "alpha"))
    lines += [
        translate("MatrixGrid", "rank {0}, alpha {1}").format(span_text(ranks), span_text(alphas)),
        translate("MatrixGrid", "{0} trainable parameters").format(parameters),
    ]
    for kind, words in (
        (MOVED, translate("MatrixGrid", "moved {0} of its weight's norm")),
        (GRADIENT, translate("MatrixGrid", "gradient {0}")),
        (EFFECTIVE, translate("MatrixGrid", "makes use of {0} directions")),
    ):
        known = measured.get(kind, {})
        value = mean([known[module.name] for module in modules if module.name in known])
        if value is not None:
            lines.append(words.format(value_text(kind, value)))
    return "\n".join(lines)


def _common_name(modules: Sequence[ModuleInfo]) -> str:
    """The name of all, with a star where their numbers stand."""
    parts = zip(*(module.name.split(".") for module in modules), strict=True)
    return ".".join(here[0] if len(set(here)) == 1 else EACH for here in parts)
