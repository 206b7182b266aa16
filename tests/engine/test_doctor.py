import json
from pathlib import Path

import psutil
import pytest
import torch

from studio.engine.doctor import machine


def test_the_facts_are_those_of_the_machine(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":7")
    facts = machine()
    assert facts["versions"]["torch"] == torch.__version__
    assert facts["memory_total_bytes"] == psutil.virtual_memory().total
    assert facts["devices"][0]["kind"] == "cpu"
    assert len(facts["devices"]) == 1 + torch.cuda.device_count() + torch.backends.mps.is_available()
    assert facts["precision"] in ("float32", "bfloat16")
    assert facts["display"] == ":7"
    assert facts["disk_free_bytes"] > 0
    assert facts["folders"]["data"] == str(own_home / "studio")
    assert not (own_home / "studio").exists()  # looking changes nothing


def test_no_display_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    assert machine()["display"] is None


def test_the_facts_travel_as_json() -> None:
    assert json.loads(json.dumps(machine(), allow_nan=False))["cpu"]["cores"] >= 1
