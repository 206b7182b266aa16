"""Fixtures of the window's tests."""

import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication

from studio.gui.collector import Collector
from studio.plan.events import Started, Stepped
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


@pytest.fixture
def started() -> Callable[..., Started]:
    def make(**values):
        fixed = {
            "step": 0, "steps": 400, "examples": 10, "device": "cpu", "precision": "float32", "trainable_parameters": 100,
            "total_parameters": 1000, "targets": {"model.layers.0.self_attn.q_proj": 8}, "predicted_peak_bytes": 6_200_000_000,
            "limit_bytes": 8_000_000_000,
        }  # fmt: skip
        return Started(**(fixed | values))

    return make


@pytest.fixture
def stepped() -> Callable[..., Stepped]:
    def make(step, loss=1.0, *, memory=None, **values):
        fixed = {
            "learning_rate": 2e-4, "grad_norm": 0.5, "tokens": 100, "tokens_per_second": 5210.0,
            "memory": {"rss": 6_100_000_000, "allocated": None, "reserved": None} if memory is None else memory,
            "trainable_parameters": 100, "eta_seconds": 14.0, "time": 1.0,
        }  # fmt: skip
        return Stepped(step=step, loss=loss, **(fixed | values))

    return make
