"""The desktop is asked over a real bus, a private one, with a desktop on it that writes down what it hears."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.gui.desktop.bus import session_bus, system_bus

HERE = Path(__file__).parent
ROOT = HERE.parents[2]

pytestmark = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None or shutil.which("dbus-monitor") is None,
    reason="needs dbus-daemon and dbus-monitor",
)


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """A bus of the test's own, as session and as system bus."""
    words = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    daemon = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    names = ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS")
    yield os.environ | dict.fromkeys(names, address) | {"PYTHONPATH": str(ROOT)}
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


def test_a_desktop_hears_of_the_lock_the_progress_and_the_end(environment: dict[str, str]) -> None:
    watch = ["dbus-monitor", "--session", "interface='com.canonical.Unity.LauncherEntry'"]
    monitor = subprocess.Popen(watch, env=environment, stdout=subprocess.PIPE, text=True)
    desktop = subprocess.Popen(
        [sys.executable, str(HERE / "fake_desktop.py")], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert desktop.stdout is not None
    assert json.loads(desktop.stdout.readline()) == {"up": True}
    done = subprocess.run(
        [sys.executable, str(HERE / "polite_program.py")], env=environment, capture_output=True, text=True, timeout=60
    )
    for process in (monitor, desktop):
        process.terminate()
    heard = [json.loads(line) for line in desktop.communicate()[0].splitlines()]
    signals = monitor.communicate()[0]
    assert done.returncode == 0, done.stderr

    calls = [(fact["interface"], fact["member"], fact["types"]) for fact in heard if "member" in fact]
    assert sorted(calls) == [
        ("org.freedesktop.ScreenSaver", "Inhibit", "ss"),
        ("org.freedesktop.login1.Manager", "Inhibit", "ssss"),
        ("org.freedesktop.portal.Notification", "AddNotification", "sa{sv}"),
    ]
    logind = next(fact for fact in heard if fact.get("interface") == "org.freedesktop.login1.Manager")
    assert logind["words"] == ["sleep:idle", "LoRA Studio", "A model is being trained", "block"]
    assert {fact["released"] for fact in heard if "released" in fact} == {"logind", "session"}

    assert signals.count("member=Update") == 2, "a quarter, and its end; a part of a percent is not worth a signal"
    assert "application://lora-studio.desktop" in signals
    assert "double 0.25" in signals


def test_without_buses_nothing_is_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert session_bus() is None
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    assert system_bus() is None
