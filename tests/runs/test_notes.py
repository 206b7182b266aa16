import pytest

from studio.plan.plan import Plan
from studio.runs.folder import create_run
from studio.runs.notes import Notes, notes_file, read_notes, tags_of, write_notes

PLAN = Plan.model_validate({"model": "m", "data": {"train": "rows.jsonl"}})


def test_notes_are_read_as_they_were_written(tmp_path):
    run = create_run(PLAN, tmp_path / "run")
    assert read_notes(run) == Notes()
    write_notes(run, Notes(("gut", "größer"), "erster\nVersuch"))
    assert read_notes(run) == Notes(("gut", "größer"), "erster\nVersuch")


def test_damaged_notes_are_an_error(tmp_path):
    run = create_run(PLAN, tmp_path / "run")
    notes_file(run).write_text("[]")
    with pytest.raises(ValueError, match="not a mapping"):
        read_notes(run)


def test_a_line_of_tags():
    assert tags_of(" rank  8, Good,good ,, Good") == ("Good", "rank 8")
    assert tags_of("  ") == ()
