"""Translations: whole, with every placeholder kept, and shown by the window."""

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from studio.gui.desktop.language import LANGUAGES, SOURCE, language_named, setting_text
from studio.plan.settings import settings

FOLDER = Path(__file__).parents[2] / "resources" / "translations"
TRANSLATED = [code for code in LANGUAGES if code != SOURCE]
PLACEHOLDER = re.compile(r"%n|%\d|\{\w*(?::[^}]*)?\}")


def messages(code: str) -> list[tuple[str, ElementTree.Element]]:
    root = ElementTree.parse(FOLDER / f"studio_{code}.ts").getroot()
    return [(message.findtext("source", ""), message) for message in root.iter("message")]


@pytest.mark.parametrize("code", TRANSLATED)
def test_nothing_is_unfinished(code: str) -> None:
    found = messages(code)
    assert len(found) > 500
    left = [
        source
        for source, message in found
        if message.find("translation").get("type") is not None or not message.findtext("translation", "")
    ]
    assert left == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_placeholder_survives(code: str) -> None:
    lost = []
    for source, message in messages(code):
        translated = message.findtext("translation", "")
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(translated)):
            lost.append((source, translated))
    assert lost == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_spaces_at_the_ends_survive(code: str) -> None:
    """Prefixes and suffixes of numbers carry their own space."""
    for source, message in messages(code):
        translated = message.findtext("translation", "")
        assert source.startswith(" ") == translated.startswith(" "), source
        assert source.endswith(" ") == translated.endswith(" "), source


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_of_the_settings_is_there(code: str) -> None:
    there = {source for source, _ in messages(code)}
    for info in settings().values():
        for text in (info.shown.label, info.shown.unit, info.shown.hint, *info.shown.names.values()):
            assert not text or text in there, text


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_sentence_from_below_is_there(code: str) -> None:
    there = {source for source, _ in messages(code)}
    listed = json.loads((FOLDER / "sentences.json").read_text(encoding="utf-8"))
    assert [text for text in listed if text not in there] == []


def test_the_compiled_file_is_what_the_window_reads(qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load("studio_de", str(FOLDER))
    qapp.installTranslator(translator)
    try:
        assert QCoreApplication.translate("MainWindow", "Undo") == "Rückgängig"
        assert setting_text("Learning rate") == "Lernrate"
    finally:
        qapp.removeTranslator(translator)
    assert setting_text("Learning rate") == "Learning rate"


def test_a_language_that_there_is_not_falls_back() -> None:
    assert language_named("de") == "de"
    assert language_named("xx") in LANGUAGES
