"""What came of a run corrects the next estimate."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from studio.engine.calibrate import calibrated, machine_name
from studio.engine.carry import carry
from studio.engine.forecast import forecast
from studio.plan.plan import Plan
from studio.runs.experience import experience_of, outcomes_file
from studio.runs.folder import open_run

CPU = torch.device("cpu")


def test_a_finished_run_teaches_its_peak_and_its_time(plan_of: Callable[..., Plan], tmp_path: Path) -> None:
    calibrated(CPU)
    plain, _ = forecast(plan_of())
    list(carry(plan_of(), tmp_path / "run"))
    summary = open_run(tmp_path / "run").summary()
    assert summary is not None
    correction = experience_of(machine_name(CPU)).correction("float32")
    assert (correction.memory_runs, correction.time_runs) == (1, 1)
    taught, _ = forecast(plan_of())
    assert (taught.memory_runs, taught.time_runs) == (1, 1)
    assert abs(taught.peak_bytes - summary["peak_rss_bytes"]) < abs(plain.peak_bytes - summary["peak_rss_bytes"])
    assert taught.seconds_per_step == pytest.approx(plain.seconds_per_step * correction.time)
    outcomes_file().unlink()
    again, _ = forecast(plan_of())
    assert again.peak_bytes == plain.peak_bytes


def test_a_run_that_ends_early_teaches_nothing_of_a_step(plan_of: Callable[..., Plan], tmp_path: Path) -> None:
    """Its only step pays for what is made but once."""
    list(carry(plan_of(training={"max_steps": 1}), tmp_path / "run"))
    correction = experience_of(machine_name(CPU)).correction("float32")
    assert (correction.memory_runs, correction.time_runs) == (1, 0)
