"""The header of the rows' table: the name of each column, and under it the part that the column plays."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from studio.gui.data.mapping import parts_with, role_of
from studio.gui.inputs import Choice

NARROWEST = 132  # pixels of a column, so that a part's name can be read
MARGIN = 4


class RoleHeader(QHeaderView):
    """A header with a drop-down in every column. `roleChosen` carries a column's name and a part, or "" for none."""

    roleChosen = Signal(str, str)

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._choices: list[Choice] = []
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setMinimumSectionSize(NARROWEST)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.sectionResized.connect(self.place)
        self.geometriesChanged.connect(self.place)
        table.horizontalScrollBar().valueChanged.connect(self.place)

    def show_roles(self, columns: Sequence[str], names: Sequence[str], roles: Mapping[str, str]) -> None:
        """Show which of the parts `names` each column plays."""
        for choice in self._choices[len(columns) :]:
            choice.deleteLater()
        del self._choices[len(columns) :]
        while len(self._choices) < len(columns):
            choice = Choice(self.viewport())
            choice.setMinimumContentsLength(4)
            choice.activated.connect(lambda _index, choice=choice: self._chosen(choice))
            self._choices.append(choice)
        for choice, column in zip(self._choices, columns):
            choice.setObjectName(f"role:{column}")
            choice.setAccessibleName(self.tr("Part of column {0}").format(column))
            choice.setProperty("column", column)
            self._fill(choice, column, names, roles)
            choice.show()
        self.place()
        self.geometriesChanged.emit()

    def sizeHint(self) -> QSize:
        """Room for a name and a drop-down."""
        size = super().sizeHint()
        height = self.fontMetrics().height() + 12
        return QSize(size.width(), height + (self._choices[0].sizeHint().height() + MARGIN if self._choices else 0))

    def place(self) -> None:
        """Put each drop-down under its column's name."""
        for section, choice in enumerate(self._choices):
            left, width = self.sectionViewportPosition(section), self.sectionSize(section)
            height = choice.sizeHint().height()
            choice.setGeometry(left + MARGIN, self.height() - height - MARGIN - 1, width - 2 * MARGIN, height)

    def _fill(self, choice: Choice, column: str, names: Sequence[str], roles: Mapping[str, str]) -> None:
        choice.clear()
        choice.addItem(self.tr("(not used)"), "")
        for name in names:
            choice.addItem(name, name)
        role, parts = role_of(column, roles), parts_with(column, roles)
        if parts and not role:
            choice.addItem(self.tr("in {0}").format(", ".join(parts)), None)
            choice.setCurrentIndex(choice.count() - 1)
        else:
            choice.setCurrentIndex(max(choice.findData(role), 0))
        choice.setToolTip(self.tr("What {0} is in a row: {1}").format(column, choice.currentText()))

    def _chosen(self, choice: Choice) -> None:
        if choice.currentData() is not None:
            self.roleChosen.emit(choice.property("column"), choice.currentData())
