"""The whole job in the real window, with a real worker process, judged from outside."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM

from studio.runs.places import resources_folder, runs_folder

Drive = Callable[..., dict[str, Any]]


@pytest.mark.slow
def test_from_nothing_to_a_verified_export(drive: Drive, tmp_path: Path) -> None:
    report = drive("first_run")
    assert report["torch_in_window"] is False
    assert report["tree_rows"] > 0
    assert report["halved"]
    assert report["undone"]
    assert report["start_off_at_once"]
    assert report["held_while_paused"]
    assert report["state_on_disk"] == "stopped"
    assert report["samples"] > 0
    assert report["left_processes"] == 0
    summary = report["summary"]
    assert summary["state"] == "finished"
    assert summary["last_loss"] < summary["first_loss"] / 2

    # What was handed over, read by the programs that read such files.
    (run,) = runs_folder().iterdir()
    steps = [json.loads(line) for line in (run / "events.jsonl").read_text().splitlines()]
    numbers = [event["step"] for event in steps if event["event"] == "stepped"]
    assert numbers[-1] == summary["steps"]
    starter = resources_folder() / "starter"
    base = AutoModelForCausalLM.from_pretrained(starter, dtype=torch.float32)
    ids = torch.randint(0, base.config.vocab_size, (2, 16), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        adapted = PeftModel.from_pretrained(base, run / "adapter").eval()(ids).logits
        merged = AutoModelForCausalLM.from_pretrained(report["merged"], dtype=torch.float32).eval()(ids).logits
    assert (adapted - merged).abs().max() < 1e-2 * adapted.abs().max()
    assert report["receipt"]["agrees"] is True
