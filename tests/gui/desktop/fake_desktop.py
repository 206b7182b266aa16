"""A desktop on a private bus: it writes down, as lines of JSON, what programs ask of it."""

import json
import os
import sys

from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusServiceWatcher,
    QDBusUnixFileDescriptor,
    QDBusVirtualObject,
)

SERVICES = ("org.freedesktop.login1", "org.freedesktop.ScreenSaver", "org.freedesktop.portal.Desktop")


def say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


class Desktop(QDBusVirtualObject):
    """Answers every path. A lock is the writing end of a pipe: its reading end tells when nobody holds it any more."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        self._bus = bus
        self._locks: list[QSocketNotifier] = []
        self._watcher = QDBusServiceWatcher(self)
        self._watcher.setConnection(bus)
        self._watcher.serviceUnregistered.connect(lambda _name: say(released="session"))

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        words = [argument for argument in message.arguments() if isinstance(argument, str)]
        say(interface=message.interface(), member=message.member(), words=words, types=message.signature())
        if message.interface().startswith("org.freedesktop.login1"):
            read, write = os.pipe()
            connection.send(message.createReply([QDBusUnixFileDescriptor(write)]))
            os.close(write)
            lock = QSocketNotifier(read, QSocketNotifier.Type.Read, self)
            lock.activated.connect(lambda: (lock.setEnabled(False), say(released="logind")))
            self._locks.append(lock)
        else:
            if message.interface() == "org.freedesktop.ScreenSaver":
                self._watcher.addWatchedService(message.service())
            connection.send(message.createReply([]))
        return True


app = QCoreApplication(sys.argv)
bus = QDBusConnection.sessionBus()
desktop = Desktop(bus)
assert bus.registerVirtualObject("/", desktop, QDBusConnection.VirtualObjectRegisterOption.SubPath)
assert all(bus.registerService(name) for name in SERVICES)
say(up=True)
app.exec()
