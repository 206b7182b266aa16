"""Run folders: made, found, owned, and what state they are in."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from studio.plan.errors import Refusal
from studio.plan.plan import DataPlan, Plan
from studio.runs.atomic import PARTIAL
from studio.runs.folder import Run, create_run, list_runs, open_run
from studio.runs.places import runs_folder

PLAN = Plan(model="/models/tiny", data=DataPlan(train="/data/My rows.jsonl"))


def test_a_new_run_holds_its_plan(tmp_path: Path) -> None:
    run = create_run(PLAN, tmp_path / "a" / "b")
    assert run.plan() == PLAN
    assert run.name == "b"
    assert open_run(tmp_path / "a" / "b") == run
    assert run.summary() is None


def test_a_run_without_a_path_is_named_after_its_data(own_home: Path) -> None:
    one, other = create_run(PLAN), create_run(PLAN)
    assert one.path.parent == own_home / "studio" / "runs" == runs_folder()
    assert "My-rows" in one.name
    assert one.path != other.path
    assert open_run(Path(one.name)) == one
    assert set(list_runs()) == {one, other}


def test_the_newest_run_comes_first(tmp_path: Path) -> None:
    runs = [create_run(PLAN, tmp_path / name) for name in ("b", "a", "c")]
    for age, run in enumerate(runs):
        os.utime(run.plan_file, (1e9 + age, 1e9 + age))
    (tmp_path / "no run").mkdir()
    assert list_runs(tmp_path) == runs[::-1]
    assert list_runs(tmp_path / "nowhere") == []


@pytest.mark.parametrize("name", ["file", "full"])
def test_a_place_that_is_taken_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    with pytest.raises(Refusal) as caught:
        create_run(PLAN, tmp_path / name)
    assert caught.value.code == "run-exists"


def test_an_empty_folder_may_be_taken(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert create_run(PLAN, tmp_path / "empty").plan() == PLAN


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refusal) as caught:
        create_run(PLAN, tmp_path / "file" / "run")
    assert caught.value.code == "run-not-writable"


def test_states(tmp_path: Path) -> None:
    run = create_run(PLAN, tmp_path / "run")
    assert run.state() == "interrupted"
    with run.owned():
        assert run.state() == "running"
        assert run.owner() == os.getpid()
    assert run.state() == "interrupted"
    run.write_summary({"state": "finished", "steps": 3})
    assert run.state() == "finished"
    assert run.summary() == {"state": "finished", "steps": 3}


def test_a_summary_with_nan_is_never_written(tmp_path: Path) -> None:
    run = create_run(PLAN, tmp_path / "run")
    run.write_summary({"state": "finished"})
    with pytest.raises(ValueError, match="JSON"):
        run.write_summary({"loss": float("nan")})
    assert run.summary() == {"state": "finished"}


def test_two_processes_cannot_carry_one_run_and_a_killed_one_lets_go(tmp_path: Path) -> None:
    run = create_run(PLAN, tmp_path / "run")
    script = (
        "import sys, time; from pathlib import Path; from studio.runs.folder import Run\n"
        "with Run(Path(sys.argv[1])).owned():\n    print('mine', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(run.path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"mine\n"
        assert run.owner() == process.pid
        with pytest.raises(Refusal, match="another process"), run.owned():
            pass
        assert run.owner() == process.pid, "the refused one must not take the owner away"
        process.send_signal(signal.SIGKILL)
    assert run.state() == "interrupted"
    with run.owned():
        assert run.owner() == os.getpid()


def test_a_process_id_that_is_used_again_is_not_the_owner(tmp_path: Path) -> None:
    run = create_run(PLAN, tmp_path / "run")
    created = psutil.Process().create_time()
    run.owner_file.write_text(json.dumps({"pid": os.getpid(), "created": created - 3600}))
    assert run.owner() is None


def test_owning_a_run_clears_what_a_crash_left(tmp_path: Path) -> None:
    run = create_run(PLAN, tmp_path / "run")
    for folder in (run.path, run.checkpoints):
        (folder / f"{PARTIAL}12-step").mkdir(parents=True)
    with run.owned():
        assert not list(run.path.rglob(f"{PARTIAL}*"))


def test_a_path_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        open_run(tmp_path)
    assert caught.value.code == "run-missing"


def test_a_damaged_plan_is_refused(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.plan_file.write_text("model: [")
    with pytest.raises(Refusal):
        run.plan()
