"""The message buses of a Linux desktop, where there are any."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection


def session_bus() -> QDBusConnection | None:
    """The user's bus; None without one. A bus that is not running is not started."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    offered = "DBUS_SESSION_BUS_ADDRESS" in os.environ or (runtime and Path(runtime, "bus").exists())
    if sys.platform != "linux" or not offered:
        return None
    from PySide6.QtDBus import QDBusConnection

    bus = QDBusConnection.sessionBus()
    return bus if bus.isConnected() else None


def system_bus() -> QDBusConnection | None:
    """The machine's bus; None without one."""
    if sys.platform != "linux":
        return None
    from PySide6.QtDBus import QDBusConnection

    bus = QDBusConnection.systemBus()
    return bus if bus.isConnected() else None
