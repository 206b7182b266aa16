"""Runs the real window in a process of its own: under Xvfb where there is one, offscreen elsewhere."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def display() -> Iterator[dict[str, str]]:
    """The environment of a virtual screen; a free display number is chosen by Xvfb itself."""
    if shutil.which("Xvfb") is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
    server.terminate()
    server.wait()


@pytest.fixture
def drive(display: dict[str, str], tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Run one of the scripts beside this file in a new process; what it reports as JSON comes back."""

    def run(script: str, *words: str, seconds: int = 240) -> dict[str, Any]:
        environment = {key: value for key, value in os.environ.items() if key != "WAYLAND_DISPLAY"} | display
        report = tmp_path / f"{script}.json"
        done = subprocess.run(
            [sys.executable, str(Path(__file__).parent / f"{script}.py"), str(report), *words],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert done.returncode == 0, (
            f"{script} ended with {done.returncode}:\n{done.stdout[-3000:]}\n{done.stderr[-6000:]}"
        )
        told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return told

    return run
