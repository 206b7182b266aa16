"""The totals under the layer tree: what will be trained, and how much that is of the model."""

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from studio.gui.model.tree_model import BYTES_PER_PARAMETER
from studio.plan.description import ModelDescription
from studio.plan.targets import TargetSetting
from studio.plan.words import count_text, share_text, size_text


class Totals(QWidget):
    """Trainable parameters large, their share and the adapter's size beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trainable = QLabel()
        self._trainable.setObjectName("trainableTotal")
        self._trainable.setProperty("large", True)
        self._share = QLabel()
        self._share.setObjectName("trainableShare")
        self._share.setProperty("secondary", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._trainable)
        row.addStretch(1)
        row.addWidget(self._share)

    def show_targets(self, targets: Mapping[str, TargetSetting], description: ModelDescription | None) -> None:
        """Add up the adapters of these targets; nothing where the model is not known."""
        if description is None:
            self._trainable.clear()
            self._share.clear()
            return
        modules = description.by_name
        trained = sum(modules[name].adapter_parameters(target.rank) for name, target in targets.items())
        self._trainable.setText(self.tr("{0} trainable").format(count_text(trained)))
        self._trainable.setToolTip(self.tr("{0:,} parameters").format(trained))
        share = share_text(trained / (description.total_parameters + trained)) if trained else share_text(0)
        self._share.setText(f"{share} · {size_text(trained * BYTES_PER_PARAMETER)}")
        self._share.setToolTip(self.tr("share of all parameters, and the size of the adapter's file in float32"))
