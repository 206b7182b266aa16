"""What newcomers' mistakes are refused with, as a German window says it: the real refusals, from a process with the real engine."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from studio.gui.desktop.sentences import told_error
from studio.plan.errors import error_from_json
from studio.runs.places import resources_folder

ENGLISH = re.compile(
    r"\b(the|is|are|not|no|of|with|where|choose|cannot|give|set|this|there|put|here|its|from|again|row|line|and|or)\b"
)


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    translator = QTranslator()
    assert translator.load("studio_de", str(resources_folder() / "translations"))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def test_every_mistake_is_told_in_german(german: None) -> None:
    script = Path(__file__).with_name("refusals.py")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    refusals = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(refusals) > 20
    for refusal in refusals:
        error = error_from_json(refusal["event"], refused=True)
        said = told_error(error)
        assert refusal["code"] == 2, refusal
        assert said != error.sentence, said
        # Names of files, keys and columns are what they are.
        bare = re.sub(r"\([^()]*\)|['\"{/][^ ]*|columns? [\w, ]+", "", said)
        assert ENGLISH.search(bare) is None, said
        for number in re.findall(r"\d[\d,]*\d", error.what):
            assert number in said, (number, said)
        place = (error.where or "").rpartition(", line ")[0] or error.where or ""
        assert place in said, (place, said)
