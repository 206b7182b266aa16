"""Worker processes: their environment and their command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio.link import launch
from studio.link.launch import SPIN_COUNT, start_worker, worker_command, worker_environment


def test_the_environment_adds_and_takes_nothing_away() -> None:
    environment = worker_environment({"PATH": "/bin", "MINE": "1"})
    assert environment["PATH"] == "/bin"
    assert environment["MINE"] == "1"
    assert environment["GOMP_SPINCOUNT"] == SPIN_COUNT
    assert environment["HF_HUB_DISABLE_TELEMETRY"] == "1"


def test_what_the_user_set_stays() -> None:
    assert worker_environment({"GOMP_SPINCOUNT": "7"})["GOMP_SPINCOUNT"] == "7"


def test_products_of_ever_new_shapes_do_not_pile_up() -> None:
    """Each shape's program takes half a megabyte: 600 of them would be some 300 MB."""
    code = """
import psutil, torch
process, W = psutil.Process(), torch.ones(64, 64, dtype=torch.bfloat16)
for rows in range(100, 900):
    torch.ones(rows, 64, dtype=torch.bfloat16) @ W
    if rows == 300:
        before = process.memory_info().rss
print(process.memory_info().rss - before)
"""
    grown = subprocess.run(
        [sys.executable, "-c", code], env=worker_environment(), capture_output=True, check=True, text=True
    )
    assert int(grown.stdout) < 50e6


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worker_command() == [sys.executable, "-m", "studio", "--worker"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command() == [sys.executable, "--worker"]


def test_a_process_has_its_own_session_and_its_errors_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import os, sys; print(os.getsid(0) == os.getpid(), os.environ['GOMP_SPINCOUNT']); print('oh', file=sys.stderr)"
    )
    monkeypatch.setattr(launch, "worker_command", lambda: [sys.executable, "-c", code])
    monkeypatch.delenv("GOMP_SPINCOUNT")
    log = tmp_path / "logs" / "worker.log"
    with start_worker(log) as process:
        out, _ = process.communicate()
    assert out.decode().split() == ["True", SPIN_COUNT]
    assert log.read_bytes() == b"oh\n"
    assert os.getsid(0) != process.pid


def test_a_process_that_cannot_be_started_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "worker_command", lambda: ["/nowhere/worker"])
    with pytest.raises(FileNotFoundError):
        start_worker(tmp_path / "worker.log")
