"""The model picker: known models, a folder, or a Hub id, with what is wrong with the choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from studio.gui.desktop.sentences import told_error
from studio.gui.inputs import Choice
from studio.plan.errors import StudioError

BROWSE, SEARCH, HUB = "browse", "search", "hub"  # what the last entries do, in a role of their own
ACTION_ROLE = Qt.ItemDataRole.UserRole + 1
NOT_DOWNLOADED = "model-not-downloaded"


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model on offer. `model` is a folder or a Hub id, `detail` one line about it."""

    model: str
    title: str
    detail: str


class ModelPicker(QWidget):
    """`modelChosen` carries the folder or Hub id that the user chose, `downloadRequested` a Hub id; asked again, it cancels.

    `searchRequested`: the user wants to look for a model on the Hub.
    """

    modelChosen = Signal(str)
    downloadRequested = Signal(str)
    searchRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ""
        self._choices: tuple[ModelChoice, ...] = ()
        self._missing = False
        self._busy = False
        self._working = self._offer = ""

        self._picker = Choice()
        self._picker.setObjectName("modelPicker")
        self._picker.setAccessibleName(self.tr("Model"))
        self._picker.activated.connect(self._picked)
        self._hub = QLineEdit()
        self._hub.setObjectName("hubEdit")
        self._hub.setAccessibleName(self.tr("Hub id"))
        self._hub.setPlaceholderText(self.tr("Hub id, such as owner/name, then Enter"))
        self._hub.setToolTip(self.tr("The model's name at huggingface.co; nothing is downloaded yet"))
        self._hub.returnPressed.connect(self._hub_typed)
        self._hub.hide()
        self._problem = QLabel()
        self._problem.setObjectName("modelProblem")
        self._problem.setProperty("error", True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._download = QPushButton(self.tr("Download"))
        self._download.setObjectName("downloadButton")
        self._download.clicked.connect(self._ask_download)
        self._said = QLabel()
        self._said.setObjectName("modelSaid")
        self._said.setWordWrap(True)
        self._said.setProperty("secondary", True)
        self._bar = QProgressBar()
        self._bar.setObjectName("modelProgress")
        self._bar.setAccessibleName(self.tr("Progress of the model"))
        self._bar.setTextVisible(False)

        work = QHBoxLayout()
        work.addWidget(self._said, 1)
        work.addWidget(self._download)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._picker, self._hub, self._problem):
            layout.addWidget(widget)
        layout.addLayout(work)
        layout.addWidget(self._bar)
        self.show_problem(None)
        self.show_progress(None, "")

    def show_choices(self, choices: Sequence[ModelChoice]) -> None:
        """Offer these models, most useful first."""
        self._choices = tuple(choices)
        self._fill()

    def show_model(self, model: str) -> None:
        """Show the chosen model."""
        if model != self._model:
            self._model = model
            self._hub.hide()
            self._fill()

    def show_problem(self, problem: StudioError | None) -> None:
        """Say under the picker what is wrong; what only has to be downloaded can be, here."""
        self._problem.setText("" if problem is None else told_error(problem))
        self._problem.setVisible(problem is not None)
        self._missing = problem is not None and problem.code == NOT_DOWNLOADED
        self._show_button()

    def show_progress(self, fraction: float | None, text: str) -> None:
        """Show how far the work on the model is; an unknown `fraction` shows words alone, an empty `text` nothing."""
        self._busy = bool(text)
        self._working = text
        self._show_words()
        self._bar.setVisible(bool(text) and fraction is not None)
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(1000 * (fraction or 0.0)))
        self._show_button()

    def show_offer(self, text: str) -> None:
        """Say beside the button what a download would bring; empty where nothing is known."""
        self._offer = text
        self._show_words()

    def _show_words(self) -> None:
        """The work while there is any, else the offer."""
        text = self._working or self._offer
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _show_button(self) -> None:
        """The button stays while its download is under way: pressed again, it cancels."""
        self._download.setVisible(self._missing)
        self._download.setText(self.tr("Cancel") if self._busy else self.tr("Download"))
        self._download.setAccessibleName(
            self.tr("Cancel the download") if self._busy else self.tr("Download {0}").format(self._model)
        )

    def _fill(self) -> None:
        choices = self._choices
        if self._model and all(choice.model != self._model for choice in choices):
            choices = (ModelChoice(self._model, _title(self._model), self._model), *choices)
        self._picker.clear()
        for choice in choices:
            self._picker.addItem(choice.title, choice.model)
            tip = choice.model if choice.detail in ("", choice.model) else f"{choice.detail}\n{choice.model}"
            self._picker.setItemData(self._picker.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        if choices:
            self._picker.insertSeparator(self._picker.count())
        for title, action in (
            (self.tr("Choose a folder…"), BROWSE),
            (self.tr("Search the Hub…"), SEARCH),
            (self.tr("Type a Hub id…"), HUB),
        ):
            self._picker.addItem(title)
            self._picker.setItemData(self._picker.count() - 1, action, ACTION_ROLE)
        self._show_current()

    def _show_current(self) -> None:
        place = self._picker.findData(self._model) if self._model else -1
        self._picker.setCurrentIndex(place)
        self._picker.setToolTip(self._picker.itemData(place, Qt.ItemDataRole.ToolTipRole) or "")

    def _picked(self, place: int) -> None:
        model, action = self._picker.itemData(place), self._picker.itemData(place, ACTION_ROLE)
        self._show_current()
        if action == BROWSE:
            model = QFileDialog.getExistingDirectory(self, self.tr("Folder of the model"), str(Path.home()))
        elif action == SEARCH:
            self.searchRequested.emit()
        elif action == HUB:
            self._hub.show()
            self._hub.setFocus()
        if model:
            self._choose(model)

    def _hub_typed(self) -> None:
        if self._hub.text().strip():
            self._choose(self._hub.text().strip())

    def _choose(self, model: str) -> None:
        if model != self._model:
            self.modelChosen.emit(model)

    def _ask_download(self) -> None:
        self.downloadRequested.emit(self._model)


def _title(model: str) -> str:
    """A folder by its last part, a Hub id as it is."""
    return Path(model).name if Path(model).is_absolute() else model
