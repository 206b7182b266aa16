"""The trash, as a dialog: deleted runs are put back from here, or deleted for good."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.gui.desktop.sentences import told_error
from studio.plan.errors import Refusal
from studio.plan.words import size_text
from studio.runs.trash import TrashedRun, delete_for_good, list_trash, put_back


class TrashDialog(QDialog):
    """Lists the trash, last deleted first. What could not be done is said in the dialog."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trashDialog")
        self.setWindowTitle(self.tr("Trash"))
        self.resize(560, 320)
        self._trashed: list[TrashedRun] = []
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self._hint.setProperty("secondary", True)
        self.table = QTableWidget(0, 3)
        self.table.setAccessibleName(self.tr("Deleted runs"))
        self.table.setHorizontalHeaderLabels([self.tr("Run"), self.tr("Deleted"), self.tr("Size")])
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(header.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)
        self.table.itemSelectionChanged.connect(self._show_what_can_be_done)
        self.back_button = QPushButton(self.tr("Put back"))
        self.back_button.clicked.connect(self._put_back)
        self.delete_button = QPushButton(self.tr("Delete for good…"))
        self.delete_button.clicked.connect(self._delete)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back_button)
        row.addWidget(self.delete_button)
        row.addStretch(1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self._hint)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        self._fill()

    def hint(self) -> str:
        """What the dialog says above the list."""
        return self._hint.text()

    def _fill(self) -> None:
        self._trashed = list_trash()
        self.table.setRowCount(len(self._trashed))
        for row, trashed in enumerate(self._trashed):
            when = datetime.fromtimestamp(trashed.deleted).strftime("%Y-%m-%d %H:%M")
            for column, text in enumerate((trashed.run.name, when, size_text(trashed.size_bytes))):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self._hint.setText(
            self.tr("Deleted runs stay here, and take disk space, until they are deleted for good.")
            if self._trashed
            else self.tr("The trash is empty. Runs that you delete come here first.")
        )
        self._show_what_can_be_done()

    def _chosen(self) -> list[TrashedRun]:
        return [self._trashed[index.row()] for index in self.table.selectionModel().selectedRows()]

    def _put_back(self) -> None:
        self._each(put_back)

    def _delete(self) -> None:
        chosen = self._chosen()
        names = ", ".join(trashed.run.name for trashed in chosen)
        question = self.tr("Delete {0} for good? This cannot be undone.").format(names)
        buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Delete for good"), question, buttons, self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(self._answered)
        box.open()  # no loop of its own: this dialog, and the box with it, may be closed before there is an answer

    def _answered(self, button: int) -> None:
        if button == QMessageBox.StandardButton.Yes:
            self._each(delete_for_good)

    def _each(self, work: Callable[[TrashedRun], object]) -> None:
        problem = ""
        for trashed in self._chosen():
            try:
                work(trashed)
            except Refusal as refusal:
                problem = told_error(refusal)
            except OSError as error:
                problem = self.tr("{0} could not be moved: {1}").format(trashed.run.name, error.strerror)
        self._fill()
        if problem:
            self._hint.setText(problem)

    def _show_what_can_be_done(self) -> None:
        some = bool(self._chosen())
        self.back_button.setEnabled(some)
        self.delete_button.setEnabled(some)
