"""The last pages of the export wizard: progress, receipt, next steps."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWizard,
    QWizardPage,
)

from studio.gui.desktop.sentences import told, told_error
from studio.gui.export.choice_pages import plain_label, wizard_of
from studio.plan.errors import error_from_json
from studio.plan.events import Answered, Cancelled, Event, Failed, Progressed
from studio.plan.words import size_text


class ProgressPage(QWizardPage):
    """Writes, and can be cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self.setTitle(self.tr("Exporting"))
        self.setSubTitle(self.tr("Written beside its place, reloaded, compared; it appears only when it is right."))
        self.setFinalPage(False)
        self._number: int | None = None
        self._bar = QProgressBar()
        self._bar.setAccessibleName(self.tr("Export progress"))
        self._phase = plain_label()
        self._problem = plain_label()
        self._problem.setProperty("error", True)
        layout = QVBoxLayout(self)
        layout.addWidget(self._phase)
        layout.addWidget(self._bar)
        layout.addWidget(self._problem)
        layout.addStretch(1)

    def initializePage(self) -> None:
        """Begin."""
        wizard = wizard_of(self)
        wizard.receipt = None
        self._problem.clear()
        self._bar.setRange(0, 0)
        arguments: dict[str, object] = {
            "source": str(wizard.run.path),
            "to": str(wizard.folder),
            "format": wizard.format,
            "dtype": wizard.dtype,
        }
        self._number = wizard.service.ask("export", arguments, self._hear)

    def isComplete(self) -> bool:
        """Only a receipt lets one go on."""
        return wizard_of(self) is not None and wizard_of(self).receipt is not None

    def cancel(self) -> None:
        """End the export, if one is under way."""
        if self._number is not None:
            wizard_of(self).service.cancel(self._number)

    def _hear(self, event: Event) -> None:
        if isinstance(event, Progressed):
            self._phase.setText(told(event.phase))
            self._bar.setRange(0, int(event.total or 0))
            self._bar.setValue(int(event.done))
            return
        if not isinstance(event, Answered | Failed | Cancelled):
            return
        self._number = None
        self._bar.setRange(0, 1)
        if isinstance(event, Answered):
            self._bar.setValue(1)
            wizard_of(self).receipt = event.value
            self.completeChanged.emit()
            wizard_of(self).exported.emit(event.value)
            wizard_of(self).next()
        elif isinstance(event, Failed):
            self._phase.setText(self.tr("Nothing was written."))
            self._problem.setText(told_error(error_from_json(vars(event), refused=event.refused)))


class ReceiptPage(QWizardPage):
    """What was measured on the reloaded export."""

    def __init__(self) -> None:
        super().__init__()
        self.setTitle(self.tr("Receipt"))
        self.setSubTitle(self.tr("The export was read back from the disk and compared with what was trained."))
        self.setCommitPage(True)  # there is no way back behind what is written
        self.setButtonText(QWizard.WizardButton.CommitButton, self.tr("Next"))
        self._verdict = QLabel()
        self._verdict.setObjectName("exportVerdict")
        self._verdict.setProperty("figure", True)
        self._form = QFormLayout()
        self._form.setVerticalSpacing(8)
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addWidget(self._verdict)
        layout.addLayout(self._form)
        layout.addStretch(1)

    def initializePage(self) -> None:
        """Show the receipt."""
        receipt = wizard_of(self).receipt or {}
        self._verdict.setText(self.tr("✓ Agrees") if receipt.get("agrees") else self.tr("✗ Does not agree"))
        while self._form.rowCount():
            self._form.removeRow(0)
        rows = [
            (self.tr("Where"), str(receipt["path"])),
            (self.tr("Size"), size_text(int(str(receipt["size_bytes"])))),
            (
                self.tr("Largest difference"),
                self.tr("{0:.1e} of the largest logit").format(receipt["largest_difference_relative"]),
            ),
            (
                self.tr("Same next token"),
                self.tr("{0:.1%} of {1:,} positions").format(receipt["top1_agreement"], receipt["positions"]),
            ),
            (self.tr("Adapter moves the base by"), self.tr("{0:.1%} of the largest logit").format(receipt["moved"])),
        ]
        if receipt.get("delta_lost") is not None:
            rows.append((self.tr("Lost to rounding"), self.tr("{0:.2%} of the change").format(receipt["delta_lost"])))
        for title, text in rows:
            self._form.addRow(title, plain_label(text))


class NextPage(QWizardPage):
    """Code to paste, and the folder to open."""

    def __init__(self) -> None:
        super().__init__()
        self.setTitle(self.tr("Next steps"))
        self.setSubTitle(self.tr("Paste this to use what you exported."))
        self._code = QPlainTextEdit()
        self._code.setObjectName("exportCode")
        self._code.setAccessibleName(self.tr("Code to paste"))
        self._code.setReadOnly(True)
        self._code.setTabChangesFocus(True)
        self._code.setProperty("code", True)
        self._code.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        copy = QPushButton(self.tr("Copy"))
        copy.clicked.connect(self._copy)
        show = QPushButton(self.tr("Show in folder"))
        show.clicked.connect(self._show)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(show)
        row.addWidget(copy)
        layout = QVBoxLayout(self)
        layout.addWidget(self._code, 1)
        layout.addLayout(row)

    def initializePage(self) -> None:
        """The snippet for what was exported."""
        wizard = wizard_of(self)
        folder, model = str(wizard.folder), wizard.model
        lines = ["from transformers import AutoModelForCausalLM, AutoTokenizer", ""]
        if wizard.format == "merged":
            lines += [f"model = AutoModelForCausalLM.from_pretrained({folder!r})"]
            lines += [
                f"tokenizer = AutoTokenizer.from_pretrained({folder!r})",
                "",
                "# or serve it",
                f"# vllm serve {folder}",
            ]
        else:
            lines[0:0] = ["from peft import PeftModel"]
            lines += [f"base = AutoModelForCausalLM.from_pretrained({model!r})"]
            lines += [f"model = PeftModel.from_pretrained(base, {folder!r})"]
            lines += [f"tokenizer = AutoTokenizer.from_pretrained({model!r})", "", "# or serve it"]
            lines += [f"# vllm serve {model} --enable-lora --lora-modules mine={folder}"]
        self._code.setPlainText("\n".join(lines))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code.toPlainText())

    def _show(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(wizard_of(self).folder)))
