"""The tab of the token lens: any row, token by token, with its facts and the ways to other rows."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.gui.card import Card
from studio.gui.data.facts import row_line
from studio.gui.data.token_legend import TokenLegend
from studio.gui.data.token_lens import TokenLens
from studio.gui.desktop.sentences import told
from studio.gui.elided_label import ElidedLabel
from studio.gui.inputs import WholeBox
from studio.gui.theme import Theme
from studio.plan.plan import Plan

LONGEST, SHORTEST, NEXT_PROBLEM = "longest", "shortest", "next-problem"


class LensTab(QWidget):
    """`lensWanted` carries a row (from 0) or a jump, the row it begins from, and whether rows are packed."""

    lensWanted = Signal(object, int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = False  # whether all rows are read
        self._row = 0
        self._rows = 0
        self._stale = True
        self._data: object = None
        self._packed_row = 0
        self._lens = TokenLens()
        self._back = self._button("previousRow", self.tr("‹ Previous"), self.tr("Previous row"), "Alt+Left")
        self._back.clicked.connect(lambda: self.go_to(self._row - 1))
        self._on = self._button("nextRow", self.tr("Next ›"), self.tr("Next row"), "Alt+Right")
        self._on.clicked.connect(lambda: self.go_to(self._row + 1))
        self._box = WholeBox()
        self._box.setObjectName("rowNumber")
        self._box.setAccessibleName(self.tr("Row"))
        self._box.setMinimum(1)
        self._box.setMinimumWidth(88)
        self._box.valueChanged.connect(self._typed)
        self._of = QLabel()
        self._of.setProperty("secondary", True)
        self._jumps = [
            self._button("longestRow", self.tr("Longest"), self.tr("Go to the longest row"), "Alt+Up", LONGEST),
            self._button("shortestRow", self.tr("Shortest"), self.tr("Go to the shortest row"), "Alt+Down", SHORTEST),
            self._button(
                "nextProblem",
                self.tr("Next problem"),
                self.tr("Go to the next row that cannot be learnt"),
                "Alt+P",
                NEXT_PROBLEM,
            ),
        ]
        self._packed = QCheckBox(self.tr("Packed"))
        self._packed.setObjectName("packedView")
        self._packed.setToolTip(
            self.tr("Rows as they are packed: several documents behind each other, unseen by each other")
        )
        self._packed.toggled.connect(self._toggle_packed)
        self._facts = ElidedLabel()
        self._facts.setObjectName("rowFacts")
        self._problem = QLabel()
        self._problem.setObjectName("rowProblem")
        self._problem.setProperty("error", True)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._read = ElidedLabel()
        self._read.setObjectName("tokenFacts")
        self._read.setProperty("secondary", True)
        self._lens.tokenRead.connect(self._show_token)
        self._legend = TokenLegend()
        # Rows that fly by while a key is held are not asked for; where the user rests is.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(30)
        self._soon.timeout.connect(self._ask)
        self._arrange()
        self.show_known(False)

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self._lens.set_theme(theme)
        self._legend.set_theme(theme)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan's rows; packed rows only where the plan packs."""
        if (plan.model, plan.data) != self._data:
            self._data = (plan.model, plan.data)
            self._stale = True
        self._packed.setVisible(plan.data.packing == "pack")
        if plan.data.packing != "pack":
            self._packed.setChecked(False)

    def show_known(self, known: bool) -> None:
        """All rows are read, so that any can be looked at; or not, or no longer."""
        self._known = known
        if not known:
            self._stale = True
            self._rows = 0
            self._facts.setText("")
            self._say("")
            self._lens.show_hint(
                self.tr("Every token of a row appears here once all rows are read. Choose data and a model first.")
            )
        self._show_ways()
        if known and self._stale and self.isVisible():
            self._ask()

    def show_row(self, answer: dict[str, Any]) -> None:
        """Show a row as a worker describes it."""
        self._stale = False
        self._row, self._rows = int(answer["row"]), int(answer["rows"])
        self._lens.show_row(answer, self._packed.isChecked())
        self._facts.setText(row_line(answer))
        self._say(told(str(answer.get("problem") or "")))
        if not answer["tokens"]:
            self._lens.show_hint(self.tr("This row has no tokens. What is wrong with it stands above."))
        self._show_ways()

    def show_problem(self, sentence: str) -> None:
        """Say why a row cannot be shown; the row in sight stays."""
        self._say(sentence)

    def go_to(self, row: int | str) -> None:
        """Show a row, by its number from 0, or by a jump."""
        if isinstance(row, int):
            self._row = min(max(row, 0), max(self._rows - 1, 0)) if self._rows else max(row, 0)
            self._stale = True
            self._show_ways()
            self._soon.start()
        elif self._known:
            self.lensWanted.emit(row, self._row, False)

    def go_to_unpacked(self, row: int) -> None:
        """Show a row of the data, packed view or not."""
        if self._packed.isChecked():
            self._packed.setChecked(False)
        self._rows = 0  # of the packed view
        self.go_to(row)

    def showEvent(self, event: Any) -> None:
        """What has changed meanwhile is asked for now."""
        super().showEvent(event)
        if self._stale:
            self._soon.start()

    def _ask(self) -> None:
        if self._known and self.isVisible():
            self.lensWanted.emit(self._row, self._row, self._packed.isChecked())

    def _typed(self, number: int) -> None:
        if number - 1 != self._row:
            self.go_to(number - 1)

    def _toggle_packed(self) -> None:
        self._row, self._packed_row = self._packed_row, self._row
        self._rows = 0
        self.go_to(self._row)

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _show_token(self, words: str) -> None:
        self._read.setText(words or self.tr("Point at a token, or walk with the arrow keys, to read it."))

    def _show_ways(self) -> None:
        packed, known = self._packed.isChecked(), self._known and self._rows > 0
        self._back.setEnabled(known and self._row > 0)
        self._on.setEnabled(known and self._row + 1 < self._rows)
        self._box.setEnabled(known)
        self._box.setMaximum(max(self._rows, self._row + 1))
        self._box.setValue(self._row + 1)
        self._of.setText(self.tr("of {0:,}").format(self._rows) if known else "")
        for button in self._jumps:
            button.setEnabled(known and not packed)

    def _button(self, name: str, text: str, hint: str, keys: str, jump: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(hint)
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{hint} ({shown})")
        QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(
            button.click
        )
        if jump:
            button.setProperty("flat", True)
            button.clicked.connect(lambda: self.go_to(jump))
        return button

    def _arrange(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(8)
        row = QLabel(self.tr("Row"))
        row.setBuddy(self._box)
        for widget in (self._back, row, self._box, self._of, self._on):
            ways.addWidget(widget)
        ways.addSpacing(8)
        for button in self._jumps:
            ways.addWidget(button)
        ways.addStretch(1)
        ways.addWidget(self._packed)
        card = Card(self.tr("Tokens"))
        card.header.addWidget(self._legend, 1000)
        card.body().addWidget(self._facts)
        card.body().addWidget(self._problem)
        card.body().addWidget(self._lens, 1)
        card.body().addWidget(self._read)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(ways)
        layout.addWidget(card, 1)
        self._show_token("")
