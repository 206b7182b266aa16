import pytest

from studio.plan.errors import Refusal
from studio.plan.plan import Plan
from studio.runs.folder import create_run, list_runs
from studio.runs.trash import delete_for_good, list_trash, move_to_trash, put_back, trash_folder

PLAN = Plan.model_validate({"model": "m", "data": {"train": "rows.jsonl"}})


def test_a_run_goes_into_the_trash_and_comes_back_whole():
    run = create_run(PLAN)
    run.write_summary({"state": "finished"})
    before = run.plan_file.read_bytes()
    trashed = move_to_trash(run)
    assert list_runs() == []
    assert list_trash() == [trashed]
    assert trashed.size_bytes > len(before)
    assert put_back(trashed) == run
    assert list_runs() == [run]
    assert run.plan_file.read_bytes() == before
    assert list_trash() == []
    assert list(trash_folder().iterdir()) == []


def test_runs_of_one_name_do_not_meet_in_the_trash(tmp_path):
    runs = [create_run(PLAN, tmp_path / folder / "run") for folder in "ab"]
    for run in runs:
        move_to_trash(run)
    assert {trashed.origin for trashed in list_trash()} == {run.path for run in runs}


def test_nothing_is_overwritten_by_what_comes_back(tmp_path):
    run = create_run(PLAN, tmp_path / "run")
    trashed = move_to_trash(run)
    create_run(PLAN, tmp_path / "run")
    with pytest.raises(Refusal, match="something else now"):
        put_back(trashed)
    assert list_trash() == [trashed]


def test_a_running_run_stays(tmp_path):
    run = create_run(PLAN, tmp_path / "run")
    with run.owned(), pytest.raises(Refusal, match="running"):
        move_to_trash(run)
    assert run.plan_file.is_file()


def test_deleted_for_good(tmp_path):
    delete_for_good(move_to_trash(create_run(PLAN, tmp_path / "run")))
    assert list_trash() == []
    assert list(trash_folder().iterdir()) == []
