"""What the window needs of the system, asked before Qt is imported: Qt itself would abort the process."""

import ctypes
import os
import sys
from collections.abc import Callable, Mapping

from studio.plan.errors import Refusal

HEADLESS = "run without a window: lora-studio train PLAN.yaml"
# Shared libraries that Qt loads or links, by the Debian package that brings each.
DRAWING = {"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1"}
X11 = {"libxcb-cursor.so.0": "libxcb-cursor0", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0"}


def check_display(
    environment: Mapping[str, str] = os.environ,
    *,
    platform: str = sys.platform,
    load: Callable[[str], object] = ctypes.CDLL,
) -> None:
    """Raise Refusal where a window cannot open: no display, or a system library of Qt's that is missing (Linux only)."""
    if not platform.startswith("linux"):
        return
    chosen = environment.get("QT_QPA_PLATFORM")
    if not chosen and not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        raise Refusal("no-display", "there is no display to open a window on", now=HEADLESS)
    on_x11 = chosen.startswith("xcb") if chosen else not environment.get("WAYLAND_DISPLAY")
    needed = DRAWING | (X11 if on_x11 else {})
    missing = {library: package for library, package in needed.items() if not _loads(library, load)}
    if missing:
        raise Refusal(
            "library-missing",
            f"the window needs {', '.join(missing)} of the system",
            now=f"sudo apt-get install {' '.join(missing.values())} - or {HEADLESS}",
        )


def _loads(library: str, load: Callable[[str], object]) -> bool:
    try:
        load(library)
    except OSError:
        return False
    return True
