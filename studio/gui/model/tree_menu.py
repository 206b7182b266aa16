"""The menu of the layer tree: how far it is open, which kind of module it shows, and which columns."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from studio.plan.description import ModuleInfo

CLOSED, LAYERS, PARTS, WHOLE = range(4)  # how far the tree is open
WIDTH, HEIGHT = 34, 26  # pixels, as the menus of the plots


class TreeMenu(QToolButton):
    """`openAsked` carries how far the tree shall be open, `patternAsked` the end of module names, empty for all of them.

    The tree fills `columns`.
    """

    openAsked = Signal(int)
    patternAsked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("treeMenu")
        self.setText("⋯")
        self.setAccessibleName(self.tr("Layers shown"))
        self.setToolTip(self.tr("Open or close the layers, show one kind only, choose columns"))
        self.setAutoRaise(True)
        self.setFixedSize(WIDTH, HEIGHT)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for text, how_far in (
            (self.tr("Close all"), CLOSED),
            (self.tr("Open down to the layers"), LAYERS),
            (self.tr("Open down to the parts of layers"), PARTS),
            (self.tr("Open all"), WHOLE),
        ):
            menu.addAction(text).triggered.connect(lambda _checked=False, how_far=how_far: self.openAsked.emit(how_far))
        menu.addSeparator()
        self._kinds = menu.addMenu(self.tr("Show only"))
        self._kinds.setToolTipsVisible(True)
        self.columns = menu.addMenu(self.tr("Columns"))
        self.setMenu(menu)

    def show_modules(self, modules: Sequence[ModuleInfo]) -> None:
        """Offer the kinds of modules that a model has, by the last part of their names."""
        counts: dict[str, int] = {}
        for module in modules:
            if module.adaptable:
                kind = module.name.rpartition(".")[2]
                counts[kind] = counts.get(kind, 0) + 1
        self._kinds.clear()
        self._offer(self.tr("Every kind"), "")
        for kind, count in counts.items():
            self._offer(self.tr("{0} ({1})").format(kind, count), kind)

    def _offer(self, text: str, pattern: str) -> None:
        self._kinds.addAction(text).triggered.connect(lambda _checked=False: self.patternAsked.emit(pattern))
