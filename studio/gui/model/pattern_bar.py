"""The pattern bar: a glob over module names with a live count, to tick or untick all that match."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from studio.gui.desktop.sentences import told_error
from studio.plan.description import ModuleInfo
from studio.plan.errors import Refusal
from studio.plan.targets import matching


class PatternBar(QWidget):
    """`tickAsked` carries the names that match, whether they shall be ticked, and the pattern in words.

    `matchesChanged` carries the names that match what is typed, none where nothing does.
    """

    tickAsked = Signal(list, bool, str)
    matchesChanged = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modules: Sequence[ModuleInfo] = ()
        self._names: list[str] = []
        self._line = QLineEdit()
        self._line.setObjectName("patternEdit")
        self._line.setPlaceholderText(self.tr("Pattern, such as layers.[2-7].*_proj"))
        self._line.setAccessibleName(self.tr("Pattern of module names"))
        self._line.setToolTip(self.tr("* any text, ? one character, [2-7] one of these; Enter ticks what matches"))
        self._line.setClearButtonEnabled(True)
        self._line.textChanged.connect(self._count)
        self._line.returnPressed.connect(self._tick)
        self._matches = QLabel()
        self._matches.setObjectName("patternCount")
        self._matches.setProperty("secondary", True)
        self._on = QPushButton(self.tr("Tick"))
        self._off = QPushButton(self.tr("Untick"))
        for button, name in ((self._on, self.tr("Tick all that match")), (self._off, self.tr("Untick all that match"))):
            button.setAccessibleName(name)
            button.setToolTip(name)
        self._on.clicked.connect(self._tick)
        self._off.clicked.connect(self._untick)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._line, 0, 0, 1, 2)
        grid.addWidget(self._matches, 0, 2)
        grid.addWidget(self._on, 1, 1)
        grid.addWidget(self._off, 1, 2)
        self._count()

    def show_modules(self, modules: Sequence[ModuleInfo]) -> None:
        """Match against the modules of a model."""
        self._modules = modules
        self._count()

    def set_pattern(self, pattern: str) -> None:
        """As if it had been typed; an empty one shows everything."""
        self._line.setText(pattern)

    def _count(self) -> None:
        text = self._line.text().strip()
        self._names, why_none = matching_names(text, self._modules) if text else ([], "")
        shown = self.tr("{0} match").format(len(self._names)) if self._names else self.tr("no match")
        self._matches.setText(shown)
        self._matches.setToolTip(why_none)
        for widget in (self._matches, self._on, self._off):
            widget.setVisible(bool(text))
        for button in (self._on, self._off):
            button.setEnabled(bool(self._names))
        self.matchesChanged.emit(self._names)

    def _tick(self) -> None:
        self._ask(True)

    def _untick(self) -> None:
        self._ask(False)

    def _ask(self, on: bool) -> None:
        if self._names:
            what = self.tr("{0} targets matching {1}").format(len(self._names), self._line.text().strip())
            self.tickAsked.emit(self._names, on, what)


def matching_names(text: str, modules: Sequence[ModuleInfo]) -> tuple[list[str], str]:
    """The adaptable modules that a typed pattern means, and why there are none, where there are none.

    A person types the part of the name that matters: where the text as it stands matches nothing, it may also begin or end
    within the name, at a dot.
    """
    why_none = ""
    for glob in (text, f"*.{text}", f"{text}.*", f"*.{text}.*"):
        try:
            return matching(glob, modules), ""
        except Refusal as refusal:
            why_none = why_none or told_error(refusal)
    return [], why_none
