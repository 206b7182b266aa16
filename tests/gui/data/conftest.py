"""Fixtures of the data panel's tests."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from studio.gui import data_wires
from studio.plan.description import ModelDescription, ModuleInfo
from studio.plan.plan import Plan
from tests.gui.data.desk import Desk


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The panel and its wires with a known model; nothing is answered yet."""
    monkeypatch.setattr(data_wires, "PREVIEW_DELAY_MS", 1)
    monkeypatch.setattr(data_wires, "SCAN_DELAY_MS", 1)
    plan = Plan.model_validate({"model": "/m", "data": {"train": str(tmp_path / "rows.jsonl"), "max_length": 64}})
    made = Desk(plan)
    qtbot.addWidget(made)
    modules = (ModuleInfo("layers.0.q_proj", "linear", (16, 16), 256, True),)
    made.session.set_description(
        ModelDescription(
            "/m", "/m", "llama", 4096, modules, layers=1, hidden_size=16, intermediate_size=32, vocab_size=64, heads=2,
            kv_heads=2, head_dim=8, max_positions=256,
        )
    )  # fmt: skip
    made.data_wires.begin()
    return made
