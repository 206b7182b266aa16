"""The marks of tokens: how white space and unprintable characters are made visible, and how each state looks."""

from dataclasses import dataclass

from PySide6.QtGui import QColor

from studio.gui.theme import Theme

SPACE, BREAK, TAB = "␣", "⏎", "⇥"
LONGEST_RUN = 4  # spaces that are drawn one by one
LONGEST_TEXT = 80


def visible(text: str) -> str:
    """The text of a token with its white space drawn: " a" -> "␣a", eight spaces -> "␣×8"."""
    made = []
    spaces = 0
    for letter in [*text, ""]:
        if letter == " ":
            spaces += 1
            continue
        made.append(SPACE * spaces if spaces <= LONGEST_RUN else f"{SPACE}×{spaces}")
        spaces = 0
        if letter == "\n":
            made.append(BREAK)
        elif letter == "\t":
            made.append(TAB)
        elif letter and not letter.isprintable():
            made.append(f"⟨{ord(letter):02X}⟩")
        else:
            made.append(letter)
    shown = "".join(made)
    return shown if len(shown) <= LONGEST_TEXT else shown[: LONGEST_TEXT - 1] + "…"


def breaks_line(text: str) -> bool:
    """Whether what follows a token begins a line."""
    return text.endswith("\n")


@dataclass(frozen=True, slots=True)
class Look:
    """How a state is drawn. What is learnt is also underlined and heavier, what is cut also struck out."""

    ink: QColor
    ground: QColor | None
    line: QColor
    underlined: bool = False
    heavy: bool = False
    struck: bool = False


def looks(theme: Theme) -> dict[str, Look]:
    """The look of each state in a theme's colours."""
    accent = QColor(theme.accent)
    return {
        "trained": Look(QColor(theme.text), QColor(theme.selection), accent, underlined=True, heavy=True),
        "masked": Look(QColor(theme.secondary), QColor(theme.hover), accent),
        "cut": Look(QColor(theme.disabled), None, QColor(theme.disabled), struck=True),
    }
