"""The export wizard: from a run's adapter to a folder that provably works elsewhere."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget, QWizard

from studio.gui.export.choice_pages import ReviewPage, WhatPage, WherePage
from studio.gui.export.result_pages import NextPage, ProgressPage, ReceiptPage
from studio.gui.service import Service
from studio.plan.description import ModelDescription
from studio.plan.events import Answered, Event
from studio.runs.folder import Run


class ExportWizard(QWizard):
    """Asks a worker to export and shows the receipt. `exported` carries the receipt when it is there."""

    exported = Signal(dict)

    def __init__(
        self, service: Service, run: Run, description: ModelDescription | None = None, parent: QWidget | None = None
    ) -> None:
        """`description` of the run's model, where the window has it already; otherwise it is asked for."""
        super().__init__(parent)
        self.setObjectName("exportWizard")
        self.setAccessibleName(self.tr("Export"))
        self.setWindowTitle(self.tr("Export {0}").format(run.name))
        self.setWizardStyle(QWizard.WizardStyle.ClassicStyle)
        self.setOption(QWizard.WizardOption.NoBackButtonOnLastPage)
        self.setOption(QWizard.WizardOption.NoCancelButtonOnLastPage)
        self.resize(640, 480)
        self.service = service
        self.run = run
        self.model = run.plan().model
        self.description = description if description is not None and description.model == self.model else None
        self.receipt: dict[str, object] | None = None
        self.what = WhatPage()
        self.where = WherePage(run)
        self.review = ReviewPage()
        self.progress = ProgressPage()
        for page in (self.what, self.where, self.review, self.progress, ReceiptPage(), NextPage()):
            self.addPage(page)
        if self.description is None:
            service.ask("inspect", {"model": self.model}, self._hear_model)

    @property
    def format(self) -> str:
        """adapter or merged."""
        return self.what.format()

    @property
    def dtype(self) -> str | None:
        """The dtype of the weights; None: as the base has it."""
        return self.what.dtype()

    @property
    def folder(self) -> Path:
        """Where it goes."""
        return self.where.folder()

    def size_bytes(self) -> int | None:
        """What it will take on the disk; None while the model is not known."""
        if self.format == "adapter":
            return sum(entry.stat().st_size for entry in self.run.adapter.iterdir() if entry.is_file())
        if self.description is None:
            return None
        width = {"float32": 4, "bfloat16": 2, "float16": 2}[self.dtype or self.description.dtype]
        return self.description.total_parameters * width

    def reject(self) -> None:
        """Cancel; an export that is under way is ended first, and leaves nothing."""
        self.progress.cancel()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """As cancel."""
        self.progress.cancel()
        super().closeEvent(event)

    def _hear_model(self, event: Event) -> None:
        if isinstance(event, Answered):
            self.description = ModelDescription.from_json(event.value["description"])
            self.review.show_facts()
