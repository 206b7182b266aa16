"""The filter of the layer tree: hides the rows that lead to no module of a list."""

from collections.abc import Collection, Iterator, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QTreeView

from studio.gui.model.tree_model import ROOT, TARGET, TreeModel


class TreeFilter:
    """What a view shows of its rows; without a list, all of them."""

    def __init__(self, view: QTreeView, model: TreeModel) -> None:
        self._view = view
        self._model = model
        self._only: frozenset[str] = frozenset()
        self._hidden: list[QPersistentModelIndex] = []
        self._opened: list[QPersistentModelIndex] = []
        model.modelReset.connect(self._forget)

    def show_only(self, names: Collection[str]) -> None:
        """Show the rows of these modules and the way to them, opened; an empty list shows everything as it was before."""
        only = frozenset(names)
        if only == self._only:
            return
        for row in self._hidden:
            self._view.setRowHidden(row.row(), row.parent(), False)
        for row in self._opened:
            self._view.collapse(self._model.index(row.row(), TARGET, row.parent()))
        self._forget()
        self._only = only
        if only:
            self._hide_others(self._ways_to(only), ROOT)

    def kept(self, names: Sequence[str]) -> list[str]:
        """Those of `names` that are shown: what is out of sight is not edited."""
        return [name for name in names if not self._only or name in self._only]

    def __bool__(self) -> bool:
        """Whether anything may be hidden."""
        return bool(self._only)

    def _forget(self) -> None:
        self._only = frozenset()
        self._hidden, self._opened = [], []

    def _ways_to(self, names: Collection[str]) -> set[int]:
        """The numbers of the nodes of these modules and of all above them."""
        ways: set[int] = set()
        for name in names:
            index = self._model.index_of(name)
            while index.isValid() and index.internalId() not in ways:
                ways.add(index.internalId())
                index = index.parent()
        return ways

    def _hide_others(self, ways: Collection[int], parent: QModelIndex) -> None:
        for row in self._rows(parent):
            if row.internalId() not in ways:
                self._view.setRowHidden(row.row(), parent, True)
                self._hidden.append(QPersistentModelIndex(row))
            elif self._model.rowCount(row):
                if not self._view.isExpanded(row):
                    self._view.expand(row)
                    self._opened.append(QPersistentModelIndex(row))
                self._hide_others(ways, row)

    def _rows(self, parent: QModelIndex) -> Iterator[QModelIndex]:
        return (self._model.index(row, TARGET, parent) for row in range(self._model.rowCount(parent)))
