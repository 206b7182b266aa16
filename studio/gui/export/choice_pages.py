"""The first pages of the export wizard: what, where, review."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWizard,
    QWizardPage,
)

from studio.plan.words import size_text
from studio.runs.folder import Run

if TYPE_CHECKING:
    from studio.gui.export.wizard import ExportWizard


def wizard_of(page: QWizardPage) -> "ExportWizard":
    """The wizard that a page stands in."""
    return cast("ExportWizard", page.wizard())


def plain_label(text: str = "") -> QLabel:
    """A label of plain text that wraps: it may show what users' files say."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


class WhatPage(QWizardPage):
    """Adapter, for the studio and PEFT or for any reader, or merged model, and in which dtype."""

    def __init__(self) -> None:
        super().__init__()
        self.setTitle(self.tr("What"))
        self.setSubTitle(self.tr("Choose what to hand over."))
        self._adapter = QRadioButton(self.tr("Adapter"))
        self._adapter.setObjectName("exportAdapter")
        self._universal = QRadioButton(self.tr("Adapter for any reader"))
        self._universal.setObjectName("exportUniversal")
        self._merged = QRadioButton(self.tr("Merged model"))
        self._merged.setObjectName("exportMerged")
        self._adapter.setChecked(True)
        group = QButtonGroup(self)
        for button in (self._adapter, self._universal, self._merged):
            group.addButton(button)
        self._dtype = QComboBox()
        self._dtype.setObjectName("exportDtype")
        self._dtype.setAccessibleName(self.tr("Weights"))
        self._dtype.addItem(self.tr("as the base has them"), None)
        for name in ("float32", "bfloat16", "float16"):
            self._dtype.addItem(name, name)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        for button, text in (
            (self._adapter, self.tr("A few megabytes. Works with PEFT and the studio, on the same base model.")),
            (
                self._universal,
                self.tr("One rank and one scale for all targets, as vLLM and llama.cpp want it. Somewhat larger."),
            ),
            (self._merged, self.tr("One whole model. Works with whatever reads the base model, and needs its space.")),
        ):
            note = plain_label(text)
            note.setProperty("secondary", True)
            note.setContentsMargins(24, 0, 0, 8)
            layout.addWidget(button)
            layout.addWidget(note)
        row = QFormLayout()
        row.addRow(self.tr("Weights"), self._dtype)
        layout.addLayout(row)
        layout.addStretch(1)
        self._merged.toggled.connect(self._dtype.setEnabled)
        self._dtype.setEnabled(False)

    def format(self) -> str:
        """adapter, universal or merged."""
        if self._merged.isChecked():
            return "merged"
        return "universal" if self._universal.isChecked() else "adapter"

    def dtype(self) -> str | None:
        """The chosen dtype of a merged model."""
        return cast("str | None", self._dtype.currentData()) if self._merged.isChecked() else None


class WherePage(QWizardPage):
    """The folder, checked while it is typed."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self._run = run
        self.setTitle(self.tr("Where"))
        self.setSubTitle(self.tr("A new folder is made here; nothing is overwritten."))
        self._folder = QLineEdit()
        self._folder.setObjectName("exportFolder")
        self._folder.setAccessibleName(self.tr("Folder"))
        self._folder.textChanged.connect(self._check)
        browse = QPushButton(self.tr("Browse…"))
        browse.clicked.connect(self._browse)
        self._problem = plain_label()
        self._problem.setProperty("error", True)
        row = QHBoxLayout()
        row.addWidget(self._folder, 1)
        row.addWidget(browse)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(self._problem)
        layout.addStretch(1)

    def folder(self) -> Path:
        """The folder as typed."""
        return Path(self._folder.text().strip()).expanduser()

    def initializePage(self) -> None:
        """Offer a folder that is free."""
        place = Path.home() / f"{self._run.name}-{wizard_of(self).format}"
        number = 2
        while place.exists():
            place = Path.home() / f"{self._run.name}-{wizard_of(self).format}-{number}"
            number += 1
        self._folder.setText(str(place))

    def isComplete(self) -> bool:
        """Whether one can go on."""
        return bool(self._folder.text().strip()) and not self._why_not()

    def _browse(self) -> None:
        parent = QFileDialog.getExistingDirectory(self, self.tr("Folder to export into"), str(self.folder().parent))
        if parent:
            self._folder.setText(str(Path(parent) / self.folder().name))

    def _check(self) -> None:
        self._problem.setText(self._why_not())
        self.completeChanged.emit()

    def _why_not(self) -> str:
        place = self.folder()
        if not place.is_absolute():
            return self.tr("Give a full path.")
        if place.is_file():
            return self.tr("This is a file: name a folder.")
        if place.is_dir() and any(place.iterdir()):
            return self.tr("This folder is not empty: name a new one.")
        if not os.access(existing_parent(place), os.W_OK):
            return self.tr("{0} cannot be written: choose another folder.").format(existing_parent(place))
        return ""


class ReviewPage(QWizardPage):
    """Size, free disk, and what is lost, before anything is written."""

    def __init__(self) -> None:
        super().__init__()
        self.setTitle(self.tr("Review"))
        self.setSubTitle(self.tr("Nothing has been written yet. Press Export to begin."))
        self.setCommitPage(True)
        self.setButtonText(QWizard.WizardButton.CommitButton, self.tr("Export"))
        self._rows = {key: plain_label() for key in ("what", "where", "size", "free", "lost")}
        layout = QFormLayout(self)
        layout.setVerticalSpacing(8)
        for key, title in (
            ("what", self.tr("What")),
            ("where", self.tr("Where")),
            ("size", self.tr("Size")),
            ("free", self.tr("Free on this disk")),
            ("lost", self.tr("What is lost")),
        ):
            layout.addRow(title, self._rows[key])

    def initializePage(self) -> None:
        """Fill in the facts."""
        self.show_facts()

    def show_facts(self) -> None:
        """The facts as far as they are known."""
        wizard = wizard_of(self)
        if wizard is None or not wizard.where.isComplete():
            return
        merged = wizard.format == "merged"
        base = wizard.description.dtype if wizard.description is not None else "…"
        dtype = wizard.dtype or base
        adapter = {
            "adapter": self.tr("adapter in PEFT's layout"),
            "universal": self.tr("adapter in PEFT's layout, with one rank and scale"),
        }
        what = self.tr("merged model, {0}").format(dtype) if merged else adapter[wizard.format]
        self._rows["what"].setText(what)
        self._rows["where"].setText(str(wizard.folder))
        size, free = wizard.size_bytes(), shutil.disk_usage(existing_parent(wizard.folder)).free
        self._rows["size"].setText(self.tr("being looked up…") if size is None else size_text(size))
        tight = size is not None and size > free
        text = size_text(free)
        self._rows["free"].setText(self.tr("{0}: too little").format(text) if tight else text)
        if not merged:
            lost = self.tr("Nothing: the adapter is written as it was trained.")
        elif dtype == "float32":
            lost = self.tr("Nothing that can be measured: float32 holds the sum.")
        else:
            lost = self.tr("Small changes are rounded to {0}. The receipt says how much; float32 keeps all.").format(
                dtype
            )
        self._rows["lost"].setText(lost)


def existing_parent(path: Path) -> Path:
    """The nearest folder above a path that exists."""
    while not path.exists():
        path = path.parent
    return path
