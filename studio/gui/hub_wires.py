"""The wires of the Hub: search, what a download would bring, and the download itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from studio.gui.desktop.sentences import told_error
from studio.gui.model.hub_dialog import HubDialog
from studio.gui.model.on_offer import available_of, room_words
from studio.gui.model.picker import NOT_DOWNLOADED
from studio.plan.errors import StudioError, error_from_json
from studio.plan.events import Answered, Event, Failed, Progressed
from studio.plan.words import size_text

if TYPE_CHECKING:
    from studio.gui.window import MainWindow


class HubWires(QObject):
    """`modelArrived`: the download of the plan's model is done."""

    modelArrived = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._w = window
        self._available_bytes: int | None = None
        self._downloading: int | None = None
        self._searching: int | None = None
        self._asked_offer = ""  # the model whose download has been asked about
        panel = window.model_panel
        panel.downloadRequested.connect(self._download)
        panel.searchRequested.connect(self._open_search)
        window.service.machineKnown.connect(self._learn_room)
        window.session.problemsChanged.connect(self._ask_offer)

    def _learn_room(self, machine: dict[str, Any]) -> None:
        self._available_bytes = available_of(machine)

    def _open_search(self) -> None:
        dialog = HubDialog(self._available_bytes, self._w)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.searchRequested.connect(lambda words: self._search(dialog, words))
        dialog.modelChosen.connect(self._w.model_panel.choose_model)
        dialog.finished.connect(lambda _result: self._w.service.forget(self._searching))
        dialog.open()

    def _search(self, dialog: HubDialog, words: str) -> None:
        def hear(event: Event) -> None:
            if isinstance(event, Answered):
                dialog.show_models(event.value["models"])
            elif isinstance(event, Failed):
                dialog.show_problem(told_error(error_from_json(vars(event), refused=event.refused)))

        self._w.service.forget(self._searching)  # typed on: the former words no longer matter
        self._searching = self._w.service.ask("hub_search", {"words": words}, hear)

    def _ask_offer(self, problems: dict[str, StudioError]) -> None:
        """Say what a download of the plan's model would bring, where it has to be downloaded; nothing where the Hub cannot be asked."""
        problem, model = problems.get("model"), self._w.session.plan.model
        if problem is None or problem.code != NOT_DOWNLOADED:
            self._asked_offer = ""
            self._w.model_panel.show_offer("")
            return
        if model == self._asked_offer:
            return
        self._asked_offer = model

        def hear(event: Event) -> None:
            if isinstance(event, Answered) and model == self._w.session.plan.model:
                self._w.model_panel.show_offer(self._offer_text(event.value))

        self._w.service.ask("hub_offer", {"model": model}, hear)

    def _offer_text(self, offer: dict[str, Any]) -> str:
        licence = offer["licence"] or self.tr("licence not named")
        parts = [self.tr("{0} to download").format(size_text(offer["size_bytes"])), licence]
        if self._available_bytes is not None:
            parts.append(room_words(offer["weight_bytes"], self._available_bytes))
        return " · ".join(parts)

    def _download(self, model: str) -> None:
        if self._downloading is not None:
            self._w.service.cancel(self._downloading)
            return
        self._downloading = self._w.service.ask("download", {"model": model}, self._hear_download)

    def _hear_download(self, event: Event) -> None:
        panel = self._w.model_panel
        if isinstance(event, Progressed):
            panel.show_progress(event.done / event.total if event.total else None, self.tr("Downloading"))
            return
        if event.name not in ("answered", "failed", "cancelled"):
            return
        self._downloading = None
        panel.show_progress(None, "")
        if isinstance(event, Answered):
            self.modelArrived.emit()
        elif isinstance(event, Failed):
            self._w.session.set_problem("model", error_from_json(vars(event), refused=event.refused))
