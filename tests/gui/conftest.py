"""Fixtures of the window's tests."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication

from studio.gui.collector import Collector
from studio.plan.plan import Plan


@pytest.fixture(autouse=True)
def collector(qapp: QApplication) -> Iterator[None]:
    """As in the program: no garbage is collected in the thread that pumps a worker."""
    kept = Collector()
    yield
    kept.stop()
    gc.collect()


@pytest.fixture
def fake_worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Worker processes that need no torch. None may outlive the test."""
    script = Path(__file__).with_name("fake_worker.py")
    monkeypatch.setattr("studio.link.launch.worker_command", lambda: [sys.executable, str(script)])
    before = set(psutil.Process().children(recursive=True))
    yield
    left = [process for process in psutil.Process().children(recursive=True) if process not in before]
    for process in left:
        process.kill()
    assert not left, f"processes outlived their test: {left}"


@pytest.fixture
def run_plan(tmp_path: Path) -> Plan:
    """A plan that a fake worker carries out."""
    return Plan.model_validate(
        {"model": "/m", "data": {"train": str(tmp_path / "rows.jsonl")}, "training": {"max_steps": 5}}
    )
