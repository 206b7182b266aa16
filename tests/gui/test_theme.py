"""Themes: readable, applied whole, and equal in what they say."""

import os
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QPushButton,
    QRadioButton,
)
from pytestqt.qtbot import QtBot

from studio.gui.card import Card
from studio.gui.theme import CONTRAST, DARK, LIGHT, ROLES, STYLE_SHEET, Theme, apply_theme, palette, theme_named


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = []
    for value in (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()):
        parts.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=lambda theme: theme.name)
@pytest.mark.parametrize("word", ["text", "secondary", "error", "warning", "success"])
def test_words_can_be_read_on_cards_and_ground(theme: Theme, word: str) -> None:
    needed = 7.0 if theme is CONTRAST else 4.5
    for sheet in (theme.card, theme.ground):
        assert contrast(getattr(theme, word), sheet) >= needed, (word, sheet)


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=lambda theme: theme.name)
def test_buttons_and_selections_can_be_read(theme: Theme) -> None:
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast("#FFFFFF", theme.ticked) >= 4.5
    assert contrast(theme.ticked, theme.card) >= 3  # WCAG 2.1, 1.4.11: parts of controls
    assert contrast(theme.text, theme.selection) >= 4.5


PAIRS = (
    ("WindowText", "Window"), ("WindowText", "Base"), ("Text", "Base"), ("Text", "AlternateBase"), ("ButtonText", "Button"),
    ("HighlightedText", "Highlight"), ("Text", "Highlight"), ("ToolTipText", "ToolTipBase"), ("PlaceholderText", "Base"),
    ("Link", "Base"), ("Link", "Window"), ("BrightText", "Window"),
)  # fmt: skip


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=lambda theme: theme.name)
@pytest.mark.parametrize(("above", "below"), PAIRS)
def test_every_pair_of_the_palette_can_be_read(theme: Theme, above: str, below: str) -> None:
    made = palette(theme)
    front, back = (made.color(QPalette.ColorRole[name]).name() for name in (above, below))
    assert contrast(front, back) >= 4.5, (front, back)


def rules_of_the_style_sheet() -> list[tuple[str, dict[str, str]]]:
    """Each selector with what it declares, in order; one selector a row."""
    text = re.sub(r"/\*.*?\*/", "", STYLE_SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    rules = []
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        pairs = (part.split(":", 1) for part in body.split(";") if ":" in part)
        declared = {key.strip(): value.strip() for key, value in pairs}
        rules += [(selector.strip(), declared) for selector in selectors.split(",")]
    return rules


def backgrounds(selector: str, declared: dict[str, str], rules: list[tuple[str, dict[str, str]]]) -> set[str]:
    """The theme's colours that may lie under a rule's text: its own, its widget's, or whatever a card stands on."""
    own = declared.get("background", "")
    if own.startswith("$"):
        return {own[1:]}
    plain = re.split(r"[:\[#]", selector)[0]
    less = [back.get("background", "") for name, back in rules if name == plain and "background" in back]
    return {back[1:] for back in less if back.startswith("$")} or {"card", "ground"}


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=lambda theme: theme.name)
def test_every_pair_of_the_style_sheet_can_be_read(theme: Theme) -> None:
    rules = rules_of_the_style_sheet()
    pairs = set()
    for selector, declared in rules:
        for front, back in (("color", ""), ("selection-color", "selection-background-color")):
            word = declared.get(front, "")
            if word.startswith("$") and "disabled" not in selector:  # WCAG 1.4.3 leaves out what is off
                under = {declared[back][1:]} if back else backgrounds(selector, declared, rules)
                pairs |= {(word[1:], sheet) for sheet in under}
    assert ("secondary", "ground") in pairs
    assert ("on_accent", "accent") in pairs
    hard = [pair for pair in sorted(pairs) if contrast(getattr(theme, pair[0]), getattr(theme, pair[1])) < 4.5]
    assert hard == []


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=lambda theme: theme.name)
def test_secondary_words_can_be_read_where_a_row_is_chosen_or_pointed_at(theme: Theme) -> None:
    for sheet in (theme.selection, theme.hover):
        for word in (theme.text, theme.secondary):
            assert contrast(word, sheet) >= 4.5, (word, sheet)


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=lambda theme: theme.name)
def test_colours_are_colours(theme: Theme) -> None:
    for key, value in asdict(theme).items():
        assert key == "name" or re.fullmatch(r"#[0-9A-F]{6}", value), (key, value)


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=lambda theme: theme.name)
def test_a_theme_is_applied_whole(qapp: QApplication, qtbot: QtBot, theme: Theme) -> None:
    apply_theme(qapp, theme)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(theme.ground)
    assert "$" not in qapp.styleSheet()


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=lambda theme: theme.name)
def test_the_sheets_words_are_the_themes_colours(theme: Theme) -> None:
    made = palette(theme)
    for name, role in ROLES.items():
        spelt = "".join(part.capitalize() for part in role.split("-"))
        assert made.color(QPalette.ColorRole[spelt]) == QColor(getattr(theme, name)), name


def test_a_changed_theme_looks_as_if_it_had_always_been_so() -> None:
    """In a process of its own: a picture must not depend on windows that other tests have left."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    script = [sys.executable, str(Path(__file__).with_name("theme_change.py"))]
    done = subprocess.run(script, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["12 changes compared, 0 differ"]


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=lambda theme: theme.name)
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_boxes_can_be_seen_and_told_apart(
    qapp: QApplication, qtbot: QtBot, theme: Theme, kind: type[QCheckBox] | type[QRadioButton]
) -> None:
    apply_theme(qapp, theme)
    pictures = []
    for ticked in (False, True):
        card = Card("")
        qtbot.addWidget(card)
        box = kind()
        card.body().addWidget(box)
        box.setChecked(ticked)
        card.show()
        box.clearFocus()
        image = box.grab(QRect(0, 0, 20, box.height())).toImage()
        seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert max(contrast(colour, theme.card) for colour in seen) >= 3  # WCAG 2.1, 1.4.11: parts of controls
        pictures.append(image)
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=lambda theme: theme.name)
def test_a_disabled_button_can_be_read_and_looks_different(qapp: QApplication, qtbot: QtBot, theme: Theme) -> None:
    apply_theme(qapp, theme)
    for sheet in (theme.card, theme.ground, theme.hover):
        assert contrast(theme.disabled, sheet) >= 2.8
    pictures = []
    for enabled in (False, True):
        button = QPushButton("Start")
        qtbot.addWidget(button)
        button.setEnabled(enabled)
        button.show()
        button.clearFocus()
        pictures.append(button.grab().toImage())
    assert pictures[0] != pictures[1]


def test_every_picture_of_the_style_sheet_is_there(qapp: QApplication) -> None:
    for theme in (LIGHT, DARK, CONTRAST):
        apply_theme(qapp, theme)
        named = re.findall(r'url\("([^"]+)"\)', qapp.styleSheet())
        assert named
        assert all(Path(name).is_file() for name in named)


def test_the_style_sheet_names_only_what_the_palette_has() -> None:
    named = set(re.findall(r"\$\{?(\w+)", STYLE_SHEET.read_text(encoding="utf-8")))
    assert named <= set(ROLES) | {"icons"}


def test_names(qapp: QApplication) -> None:
    assert theme_named("dark") is DARK
    assert theme_named("contrast") is CONTRAST
    assert theme_named("system") in (LIGHT, DARK, CONTRAST)
