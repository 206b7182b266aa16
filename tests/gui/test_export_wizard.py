"""The export wizard: from the choice to the receipt, page by page."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QRadioButton, QWizard
from pytestqt.qtbot import QtBot

from studio.gui.export.wizard import ExportWizard
from studio.gui.service import Service
from studio.plan.description import ModelDescription
from studio.plan.events import Answered, Cancelled, Event, Failed, Progressed
from studio.plan.plan import Plan
from studio.runs.folder import Run, create_run

RECEIPT = {
    "agrees": True, "path": "/out", "size_bytes": 4_000_000, "largest_difference_relative": 2e-6, "top1_agreement": 1.0,
    "positions": 256, "moved": 0.4, "delta_lost": 0.001,
}  # fmt: skip


class Asked(Service):
    """Answers inspect, and keeps the export to answer by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.export: dict[str, object] = {}
        self.cancelled: list[int] = []
        self.hear: Callable[[Event], None] = lambda event: None

    def ask(self, name: str, arguments: dict[str, object], hearer: Callable[[Event], None]) -> int:
        if name == "inspect":
            description = ModelDescription("/m", "/m", "llama", 1_000_000, (), dtype="bfloat16")
            hearer(Answered(value={"description": json.loads(json.dumps(description.to_json()))}))
            return 1
        self.export, self.hear = arguments, hearer
        return 2

    def cancel(self, number: int) -> None:
        self.cancelled.append(number)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    made = create_run(Plan.model_validate({"model": "/m", "data": {"train": "/d.jsonl"}}), tmp_path / "my-run")
    made.adapter.mkdir()
    (made.adapter / "adapter_model.safetensors").write_bytes(bytes(5000))
    return made


@pytest.fixture
def service() -> Asked:
    return Asked()


@pytest.fixture
def wizard(qtbot: QtBot, service: Asked, run: Run) -> ExportWizard:
    made = ExportWizard(service, run)
    qtbot.addWidget(made)
    made.show()
    return made


def words(wizard: QWizard) -> str:
    return "\n".join(label.text() for label in wizard.currentPage().findChildren(QLabel))


def to_review(wizard: ExportWizard, folder: Path, merged: bool) -> None:
    wizard.findChild(QRadioButton, "exportMerged" if merged else "exportAdapter").setChecked(True)
    wizard.next()
    wizard.findChild(QLineEdit, "exportFolder").setText(str(folder))
    wizard.next()


def test_a_merged_model_is_reviewed_exported_and_proved(wizard: ExportWizard, service: Asked, tmp_path: Path) -> None:
    to_review(wizard, tmp_path / "out", merged=True)
    assert "merged model, bfloat16" in words(wizard)
    assert "2.0 MB" in words(wizard)
    assert "rounded to bfloat16" in words(wizard)
    wizard.next()
    assert service.export["format"] == "merged"
    assert service.export["to"] == str(tmp_path / "out")
    service.hear(Progressed(phase="merging", done=1, total=2, unit="targets"))
    assert "merging" in words(wizard)
    assert not wizard.currentPage().isComplete()
    service.hear(Answered(value=RECEIPT))
    assert "✓ Agrees" in words(wizard)
    assert "100.0% of 256 positions" in words(wizard)
    wizard.next()
    assert str(tmp_path / "out") in wizard.findChild(QPlainTextEdit, "exportCode").toPlainText()


def test_an_adapter_loses_nothing(wizard: ExportWizard, tmp_path: Path) -> None:
    to_review(wizard, tmp_path / "out", merged=False)
    assert "5.0 kB" in words(wizard)
    assert "Nothing: the adapter is written as it was trained." in words(wizard)


@pytest.mark.parametrize("kind", ["full", "file", "relative"])
def test_a_folder_that_will_not_do_is_said_at_once(wizard: ExportWizard, tmp_path: Path, kind: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "something").touch()
    (tmp_path / "file").touch()
    wizard.next()
    place = "relative" if kind == "relative" else str(tmp_path / kind)
    wizard.findChild(QLineEdit, "exportFolder").setText(place)
    assert not wizard.currentPage().isComplete()
    assert {"full": "not empty", "file": "a file", "relative": "full path"}[kind] in words(wizard)


def test_a_failure_stays_on_its_page_in_one_sentence(wizard: ExportWizard, service: Asked, tmp_path: Path) -> None:
    to_review(wizard, tmp_path / "out", merged=True)
    wizard.next()
    service.hear(Failed(code="disk", what="too little space", where="/out", now="free 2 MB"))
    assert "too little space (/out): free 2 MB." in words(wizard)
    assert not wizard.currentPage().isComplete()


def test_cancel_ends_the_export(wizard: ExportWizard, service: Asked, tmp_path: Path) -> None:
    to_review(wizard, tmp_path / "out", merged=True)
    wizard.next()
    wizard.reject()
    assert service.cancelled == [2]
    service.hear(Cancelled())
    assert wizard.receipt is None
