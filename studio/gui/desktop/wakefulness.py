"""Keeping the machine awake while it trains."""

from __future__ import annotations

import os
import sys
from subprocess import DEVNULL, Popen
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QObject

from studio.gui.desktop.bus import session_bus, system_bus

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher, QDBusUnixFileDescriptor

WHO = "LoRA Studio"
SCREEN_SAVER = "org.freedesktop.ScreenSaver"
PRIVATE = "lora-studio-wakefulness"
ES_CONTINUOUS = 0x80000000
ES_SYSTEM_REQUIRED = 0x00000001


class Block(Protocol):
    """One system's way of staying awake. The screen may go dark; only the machine must not sleep."""

    def hold(self) -> None:
        """From now on the machine does not go to sleep by itself."""

    def release(self) -> None:
        """It may again."""


class Wakefulness:
    """Holds the machine awake between `keep(True)` and `keep(False)`; saying the same twice changes nothing."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self.kept = False

    def keep(self, awake: bool) -> None:
        """Stay awake, or let the machine sleep again."""
        if awake != self.kept:
            self.kept = awake
            if awake:
                self._block.hold()
            else:
                self._block.release()


def system_block(parent: QObject) -> Block:
    """The block of the system that this is."""
    if sys.platform == "win32":
        return WindowsBlock()
    return CaffeinateBlock() if sys.platform == "darwin" else BusBlock(parent)


class BusBlock(QObject):
    """Linux: a lock of logind, which keeps the machine, and one of the session, which keeps a desktop that sleeps by its own rules.

    logind's lock is a file descriptor: it ends with this process, however that ends. The session's ends with the connection, so it
    is asked on a connection of its own.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock: QDBusUnixFileDescriptor | None = None
        self._wanted = False
        self._waiting: QDBusPendingCallWatcher | None = None

    def hold(self) -> None:
        """Ask both. Neither answer is waited for."""
        self._wanted = True
        self._ask_logind()
        self._ask_session()

    def release(self) -> None:
        """Give both back."""
        self._wanted = False
        self._lock = None
        if session_bus() is not None:
            from PySide6.QtDBus import QDBusConnection

            QDBusConnection.disconnectFromBus(PRIVATE)

    @property
    def locked(self) -> bool:
        """Whether logind has granted its lock."""
        return self._lock is not None

    def _ask_logind(self) -> None:
        bus = system_bus()
        if bus is None:
            return
        from PySide6.QtDBus import QDBusPendingCallWatcher

        name = "org.freedesktop.login1"
        message = _call(name, "/org/freedesktop/login1", f"{name}.Manager", ["sleep:idle", WHO, _why(), "block"])
        self._waiting = QDBusPendingCallWatcher(bus.asyncCall(message), self)
        self._waiting.finished.connect(self._granted)

    def _granted(self, watcher: QDBusPendingCallWatcher) -> None:
        if self._wanted and not watcher.isError():
            self._lock = watcher.reply().arguments()[0]
        watcher.deleteLater()

    def _ask_session(self) -> None:
        if session_bus() is None:
            return
        from PySide6.QtDBus import QDBusConnection

        own = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, PRIVATE)
        if own.interface().isServiceRegistered(SCREEN_SAVER).value():
            own.send(_call(SCREEN_SAVER, "/org/freedesktop/ScreenSaver", SCREEN_SAVER, [WHO, _why()]))


def _call(service: str, path: str, interface: str, arguments: list[str]) -> QDBusMessage:
    from PySide6.QtDBus import QDBusMessage

    message = QDBusMessage.createMethodCall(service, path, interface, "Inhibit")
    message.setArguments(arguments)
    return message


class CaffeinateBlock:
    """macOS: `caffeinate`, which ends with this process (-w) and lets the screen sleep (-i)."""

    def __init__(self) -> None:
        self._process: Popen[bytes] | None = None

    def hold(self) -> None:
        """Start it."""
        words = ["caffeinate", "-i", "-w", str(os.getpid())]
        self._process = Popen(words, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)

    def release(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None


class WindowsBlock:
    """Windows: a state of this thread, which is the window's and lives as long as the window."""

    def hold(self) -> None:
        """Ask for the system to stay on."""
        _set_execution_state(ES_CONTINUOUS | ES_SYSTEM_REQUIRED)

    def release(self) -> None:
        """Back to normal."""
        _set_execution_state(ES_CONTINUOUS)


def _set_execution_state(flags: int) -> None:
    import ctypes

    ctypes.windll.kernel32.SetThreadExecutionState(flags)  # type: ignore[attr-defined]


def _why() -> str:
    """What the system says of whoever keeps it awake."""
    return QCoreApplication.translate("Wakefulness", "A model is being trained")
