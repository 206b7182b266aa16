"""A notification of the desktop: one that is seen while the window is not."""

from __future__ import annotations

import shutil

from PySide6.QtCore import QObject, QProcess
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from studio.gui.desktop.bus import session_bus

PORTAL = "org.freedesktop.portal.Desktop"
PORTAL_PATH = "/org/freedesktop/portal/desktop"
PORTAL_INTERFACE = "org.freedesktop.portal.Notification"
SHOWN_MS = 15_000


class Notification(QObject):
    """Shows one message at a time, in the first way that the desktop offers: its portal, notify-send, the tray.

    The portal is asked instead of org.freedesktop.Notifications because PySide6 cannot send the unsigned number that the latter
    wants; notify-send can.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tray: QSystemTrayIcon | None = None

    def show(self, title: str, text: str) -> bool:
        """Show it. False where the desktop has no way to."""
        return self._by_portal(title, text) or self._by_command(title, text) or self._by_tray(title, text)

    def _by_portal(self, title: str, text: str) -> bool:
        bus = session_bus()
        if bus is None or not bus.interface().isServiceRegistered(PORTAL).value():
            return False
        from PySide6.QtDBus import QDBusMessage

        message = QDBusMessage.createMethodCall(PORTAL, PORTAL_PATH, PORTAL_INTERFACE, "AddNotification")
        message.setArguments(["run", {"title": title, "body": text, "priority": "normal"}])
        return bus.send(message)

    def _by_command(self, title: str, text: str) -> bool:
        command = shutil.which("notify-send") if session_bus() is not None else None
        if command is None:
            return False
        started, _ = QProcess.startDetached(command, ["--app-name=LoRA Studio", "--", title, text])
        return bool(started)

    def _by_tray(self, title: str, text: str) -> bool:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return False
        if self._tray is None:
            self._tray = QSystemTrayIcon(QIcon.fromTheme("lora-studio"), self)
            self._tray.messageClicked.connect(self._tray.hide)
        self._tray.show()
        self._tray.showMessage(title, text, QSystemTrayIcon.MessageIcon.Information, SHOWN_MS)
        return True
