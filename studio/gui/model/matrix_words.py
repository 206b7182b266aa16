"""What a cell of the layer matrix says to a tooltip or a screen reader."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from studio.gui.inputs import number_text
from studio.gui.model.matrix_colours import EFFECTIVE, GRADIENT, MOVED, value_text
from studio.plan.description import ModuleInfo
from studio.plan.targets import TargetSetting
from studio.plan.words import count_text


def cell_words(
    module: ModuleInfo | None, setting: TargetSetting | None, measured: Mapping[str, Mapping[str, float]]
) -> str:
    """Lines about a module and what it gets; None is a cell without a module, or a module that is no target.

    `measured` is what a run has measured, by kind and target.
    """
    translate = QCoreApplication.translate
    if module is None:
        return translate("MatrixGrid", "no module that can be adapted")
    if setting is None:
        return translate("MatrixGrid", "{0}\nno target").format(module.name)
    parameters = count_text(module.adapter_parameters(setting.rank))
    lines = [
        module.name,
        translate("MatrixGrid", "rank {0}, alpha {1}").format(setting.rank, number_text(setting.alpha)),
        translate("MatrixGrid", "{0} trainable parameters").format(parameters),
    ]
    for kind, words in (
        (MOVED, translate("MatrixGrid", "moved {0} of its weight's norm")),
        (GRADIENT, translate("MatrixGrid", "gradient {0}")),
        (EFFECTIVE, translate("MatrixGrid", "makes use of {0} directions")),
    ):
        value = measured.get(kind, {}).get(module.name)
        if value is not None:
            lines.append(words.format(value_text(kind, value)))
    return "\n".join(lines)
