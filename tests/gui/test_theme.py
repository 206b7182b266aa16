"""Themes: readable, applied whole, and equal in what they say."""

import re
from dataclasses import asdict

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.gui.theme import CONTRAST, DARK, LIGHT, STYLE_SHEET, Theme, apply_theme, theme_named


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
    assert contrast(theme.text, theme.selection) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=lambda theme: theme.name)
def test_colours_are_colours(theme: Theme) -> None:
    for key, value in asdict(theme).items():
        assert key == "name" or re.fullmatch(r"#[0-9A-F]{6}", value), (key, value)


@pytest.mark.parametrize("theme", [LIGHT, DARK, CONTRAST], ids=lambda theme: theme.name)
def test_a_theme_is_applied_whole(qapp: QApplication, qtbot: QtBot, theme: Theme) -> None:
    apply_theme(qapp, theme)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(theme.ground)
    assert theme.card in qapp.styleSheet()
    assert "$" not in qapp.styleSheet()


def test_the_style_sheet_names_only_what_a_theme_has() -> None:
    named = set(re.findall(r"\$\{?(\w+)", STYLE_SHEET.read_text(encoding="utf-8")))
    assert named <= set(asdict(LIGHT)) | {"icons"}


def test_names(qapp: QApplication) -> None:
    assert theme_named("dark") is DARK
    assert theme_named("contrast") is CONTRAST
    assert theme_named("system") in (LIGHT, DARK, CONTRAST)
