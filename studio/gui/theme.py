"""Themes: every colour of the window, as values."""

from dataclasses import dataclass
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import getCppPointer

from studio.runs.places import resources_folder

FAMILY = "Inter"
STYLE_SHEET = Path(__file__).with_name("style.qss")
HANDFUL = 80  # hidden widgets that are given new colours between two turns of the event loop
# The colours that the style sheet may name, and the role of the palette that brings each. So one sheet serves all themes: a new
# sheet would cost a quarter of a second, a new palette costs a frame. Shadow, Light and LinkVisited mean nothing to our widgets.
ROLES = {
    "ground": "window", "card": "base", "line": "mid", "text": "text", "secondary": "placeholder-text", "accent": "accent",
    "selection": "highlight", "hover": "midlight", "error": "bright-text", "disabled": "link-visited", "on_accent": "shadow",
    "ticked": "light",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as "#RRGGBB". The plots' colours have fixed meanings (Okabe-Ito); each is also told apart by dash or marker."""

    name: str
    ground: str
    card: str
    line: str
    text: str
    secondary: str
    disabled: str
    accent: str
    on_accent: str
    ticked: str  # the ground of a tick, which is white in every theme
    selection: str
    hover: str
    error: str
    warning: str
    success: str
    loss: str
    evaluation: str
    memory: str
    limit: str
    learning_rate: str
    gradient: str
    speed: str
    attention: str
    mlp: str


LIGHT = Theme(
    name="light", ground="#F6F6F4", card="#FFFFFF", line="#E2E2DE", text="#1E2226", secondary="#62686F", disabled="#868D94",
    accent="#0072B2", on_accent="#FFFFFF", ticked="#0072B2", selection="#DCEBF5", hover="#EFEFEC", error="#B3400A",
    warning="#8A5A00", success="#00714F", loss="#0072B2", evaluation="#E69F00", memory="#009E73", limit="#D55E00", learning_rate="#CC79A7",
    gradient="#56B4E9", speed="#009E73", attention="#0072B2", mlp="#56B4E9",
)  # fmt: skip
DARK = Theme(
    name="dark", ground="#17191C", card="#1E2125", line="#2D3137", text="#E6E8EA", secondary="#9CA3AB", disabled="#7A828A",
    accent="#4BA3DB", on_accent="#0C1116", ticked="#2479B5", selection="#1F3A4D", hover="#262A2F", error="#F08A5D",
    warning="#E6B450", success="#3CC79B", loss="#4BA3DB", evaluation="#F0B030", memory="#2CB88E", limit="#EE7733", learning_rate="#DD94BC",
    gradient="#7CC8F0", speed="#2CB88E", attention="#4BA3DB", mlp="#7CC8F0",
)  # fmt: skip
CONTRAST = Theme(
    name="contrast", ground="#000000", card="#000000", line="#FFFFFF", text="#FFFFFF", secondary="#E0E0E0", disabled="#9A9A9A",
    accent="#FFD400", on_accent="#000000", ticked="#0060C0", selection="#00408A", hover="#303030", error="#FF9B70",
    warning="#FFD400", success="#55FFB8", loss="#66C6FF", evaluation="#FFC83D", memory="#55FFB8", limit="#FF8A3D", learning_rate="#FFA6D6",
    gradient="#A8DFFF", speed="#55FFB8", attention="#66C6FF", mlp="#FFC83D",
)  # fmt: skip


def theme_named(name: str) -> Theme:
    """light, dark or contrast; anything else follows the system."""
    return {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}.get(name) or system_theme()


def system_theme() -> Theme:
    """What the desktop says, where it says anything; light otherwise."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the program a theme: Fusion style, palette, style sheet, font with figures of one width.

    What can be seen has the new colours when this returns; hidden widgets get them in the breaks of the event loop.
    """
    if app.property("theme") == theme.name:
        return
    app.setProperty("theme", theme.name)
    app.setPalette(palette(theme))
    if not app.styleSheet():
        app.setStyle("Fusion")
        app.setFont(_font())
        app.setStyleSheet(style_sheet())
        return
    seen = [widget for widget in app.allWidgets() if widget.isVisible()]
    for widget in seen:
        _recolour(app, widget)
    _recolour_hidden(app, {_address(widget) for widget in seen}, app.palette().cacheKey())


def style_sheet() -> str:
    """The one style sheet, with every colour as a role of the palette."""
    roles = {name: f"palette({role})" for name, role in ROLES.items()}
    folder = (resources_folder() / "icons").as_posix()
    return Template(STYLE_SHEET.read_text(encoding="utf-8")).substitute(roles, icons=folder)


def _recolour(app: QApplication, widget: QWidget) -> None:
    """Qt keeps what it made of the sheet for a widget, colours and all, until the widget is polished anew."""
    app.style().polish(widget)
    widget.update()


def _recolour_hidden(app: QApplication, done: set[int], palette_key: int) -> None:
    """A handful now and then, until all are done or the theme has changed again."""
    if app.palette().cacheKey() != palette_key:
        return
    # Asked anew each time: what is Qt's own, such as the list of a combo box, may be deleted between two turns, unknown to Python.
    left = [widget for widget in app.allWidgets() if _address(widget) not in done]
    for widget in left[:HANDFUL]:
        _recolour(app, widget)
        done.add(_address(widget))
    if len(left) > HANDFUL:
        QTimer.singleShot(0, app, lambda: _recolour_hidden(app, done, palette_key))


def _address(widget: QWidget) -> int:
    return int(getCppPointer(widget)[0])


def palette(theme: Theme) -> QPalette:
    """The theme as Qt's roles."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, theme.ground), (role.WindowText, theme.text), (role.Base, theme.card), (role.Text, theme.text),
        (role.AlternateBase, theme.ground), (role.Button, theme.card), (role.ButtonText, theme.text),
        (role.BrightText, theme.error), (role.Highlight, theme.selection), (role.HighlightedText, theme.text),
        (role.ToolTipBase, theme.card), (role.ToolTipText, theme.text), (role.PlaceholderText, theme.secondary),
        (role.Link, theme.accent), (role.LinkVisited, theme.disabled), (role.Accent, theme.accent), (role.Mid, theme.line),
        (role.Midlight, theme.hover), (role.Dark, theme.line), (role.Light, theme.ticked), (role.Shadow, theme.on_accent),
    ):  # fmt: skip
        made.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.disabled))
    return made


def _font() -> QFont:
    if FAMILY not in QFontDatabase.families():
        for path in sorted((resources_folder() / "fonts").glob("*.[ot]tf")):
            QFontDatabase.addApplicationFont(str(path))
    font = QFont(FAMILY)
    font.setPixelSize(13)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
