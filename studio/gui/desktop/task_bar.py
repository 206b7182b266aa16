"""The run's progress at the program's entry in the task bar or dock."""

from __future__ import annotations

from studio.gui.desktop.bus import session_bus

ENTRY = "application://lora-studio.desktop"
PATH = "/studio/lora/launcher"
INTERFACE = "com.canonical.Unity.LauncherEntry"  # KDE's task bar, Ubuntu's dock and others listen to it


class TaskBar:
    """Says how far the run is. A desktop that does not listen costs nothing."""

    def __init__(self) -> None:
        self._bus = session_bus()
        self._percent: int | None = None

    def show_share(self, share: float | None) -> None:
        """Show a share between 0 and 1; None removes the bar. Only a change of a whole percent is sent."""
        percent = None if share is None else round(share * 100)
        if percent == self._percent or self._bus is None:
            return
        self._percent = percent
        from PySide6.QtDBus import QDBusMessage

        message = QDBusMessage.createSignal(PATH, INTERFACE, "Update")
        message.setArguments([ENTRY, {"progress": float(share or 0.0), "progress-visible": percent is not None}])
        self._bus.send(message)
