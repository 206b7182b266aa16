"""The small lens: a row's text as the model reads it, with what is learnt, read and cut told apart."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from studio.gui.data.token_marks import BREAK, looks
from studio.gui.desktop.sentences import told
from studio.gui.theme import LIGHT, Theme


class RowView(QTextEdit):
    """Shows a row of a preview. Line breaks are drawn, and special tokens stand on a ground of their own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._row: Mapping[str, Any] | None = None
        self.setAccessibleName(self.tr("A row as the model reads it"))
        self.setReadOnly(True)
        self.setTabChangesFocus(True)

    def set_theme(self, theme: Theme) -> None:
        """Draw in a theme's colours."""
        self._theme = theme
        self.show_row(self._row)

    def show_row(self, row: Mapping[str, Any] | None) -> None:
        """Show a row of a preview: its segments, and what is wrong with it. None: nothing."""
        self._row = row
        self.clear()
        if row is None:
            return
        cursor = self.textCursor()
        plain = QTextCharFormat()
        plain.setForeground(QColor(self._theme.disabled))
        for segment in row["segments"]:
            marked = self._format(segment)
            pieces = segment["text"].split("\n")
            for number, piece in enumerate(pieces):
                cursor.insertText(piece, marked)
                if number + 1 < len(pieces):
                    cursor.insertText(BREAK, marked)
                    cursor.insertText("\n", plain)
        if row.get("problem"):
            wrong = QTextCharFormat()
            wrong.setForeground(QColor(self._theme.error))
            cursor.insertText(("\n" if row["segments"] else "") + told(row["problem"]), wrong)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _format(self, segment: Mapping[str, Any]) -> QTextCharFormat:
        state = "cut" if segment.get("cut") else "trained" if segment["trained"] else "masked"
        look, made = looks(self._theme)[state], QTextCharFormat()
        made.setForeground(look.ink)
        made.setFontUnderline(look.underlined)
        made.setUnderlineColor(look.line)
        made.setFontStrikeOut(look.struck)
        if look.heavy:
            made.setFontWeight(QFont.Weight.Medium)
        if segment.get("special"):
            made.setBackground(QColor(self._theme.selection if look.heavy else self._theme.line))
            made.setToolTip(self.tr("special token"))
        return made
