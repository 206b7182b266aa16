import pytest
from PySide6.QtCore import QRectF, Qt

from studio.gui.runs.run_facts import read_facts
from studio.gui.runs.runs_table import RunsTable
from studio.gui.runs.sparkline import LOSSES_ROLE, polyline
from studio.plan.plan import Plan
from studio.runs.folder import create_run
from studio.runs.log import EventLog
from studio.runs.notes import Notes, write_notes

PLAN = Plan.model_validate({"model": "models/some", "data": {"train": "rows.jsonl"}})


@pytest.fixture
def finished(tmp_path):
    run = create_run(PLAN, tmp_path / "finished-run")
    run.write_summary(
        {
            "state": "finished",
            "steps": 735,
            "first_loss": 4.1,
            "last_loss": 0.741,
            "eval_loss": 0.762,
            "train_seconds": 95.0,
        }
    )
    run.adapter.mkdir()
    return run


@pytest.fixture
def interrupted(tmp_path, started, stepped):
    run = create_run(PLAN, tmp_path / "interrupted-run")
    with EventLog(run.events_file) as log:
        log.append(started(time=1000.0))
        for step in range(1, 1501):
            log.append(stepped(step, 4 - step / 1000, time=1000.0 + step))
    (run.checkpoints / "step-00001000").mkdir(parents=True)
    return run


@pytest.fixture
def table(qtbot):
    view = RunsTable()
    qtbot.addWidget(view)
    view.resize(900, 300)
    view.show()
    return view


def texts(table, row):
    model = table.table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_a_run_without_a_summary_is_read_from_both_ends_of_its_log(interrupted):
    assert interrupted.events_file.stat().st_size > 200_000
    facts = read_facts(interrupted)
    assert (facts.state, facts.steps, facts.total_steps) == ("interrupted", 1500, 400)
    assert (facts.first_loss, facts.last_loss) == (3.999, 2.5)
    assert facts.seconds == 1500
    assert facts.can_resume
    assert not facts.can_export


def test_runs_are_listed_with_what_came_of_them(table, finished, interrupted, qtmodeltester):
    table.show_runs([finished, interrupted])
    table.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    name, state, _trend, steps, loss, eval_loss, tags, _begun, duration, _note = texts(table, 0)
    assert (name, state, steps, loss, eval_loss) == ("finished-run", "✓ finished", "735", "4.100 → 0.741", "0.762")
    assert (tags, duration) == ("", "1:35")
    assert texts(table, 1)[:4] == ["interrupted-run", "… interrupted", "", "1,500 of 400"]
    qtmodeltester.check(table.model)


def test_a_damaged_run_does_not_hide_the_others(table, finished, interrupted):
    interrupted.summary_file.write_text("{")
    table.show_runs([finished, interrupted])
    assert {texts(table, row)[1] for row in (0, 1)} == {"✓ finished", "! damaged"}
    table.select(interrupted)
    assert [name for name, button in table.buttons.items() if button.isEnabled()] == ["delete"]


def test_buttons_and_keys_ask_for_what_the_run_allows(qtbot, table, finished, interrupted):
    table.show_runs([finished, interrupted])
    assert not any(button.isEnabled() for button in table.buttons.values())
    table.select(finished)
    assert [name for name, button in table.buttons.items() if button.isEnabled()] == [
        "open",
        "use_plan",
        "line_up",
        "export",
        "delete",
    ]
    with qtbot.waitSignal(table.exportRequested) as asked:
        qtbot.mouseClick(table.buttons["export"], Qt.MouseButton.LeftButton)
    assert asked.args == [finished]
    table.select(interrupted)
    with qtbot.waitSignal(table.resumeRequested) as asked:
        table.buttons["resume"].click()
    assert asked.args == [interrupted]
    for action, signal in (("delete", table.deleteRequested), ("open", table.openRequested)):
        with qtbot.waitSignal(signal) as asked:
            table.actions_by_name[action].trigger()
        assert asked.args == [interrupted]


def test_the_selection_survives_a_refresh(table, finished, interrupted):
    table.show_runs([finished, interrupted])
    table.select(finished)
    table.show_runs([finished])
    assert table.selected is not None
    assert table.selected.run == finished


def test_several_runs_are_chosen_and_deleted_together(qtbot, table, finished, interrupted):
    table.show_runs([finished, interrupted])
    with qtbot.waitSignal(table.chosen) as told:
        table.table.selectAll()
    assert {facts.run for facts in told.args[0]} == {finished, interrupted}
    assert table.selected is None
    assert [name for name, button in table.buttons.items() if button.isEnabled()] == ["line_up", "delete"]
    asked = []
    table.deleteRequested.connect(asked.append)
    table.buttons["delete"].click()
    assert set(asked) == {finished, interrupted}


def test_tags_and_notes_are_shown_and_found(table, finished, interrupted):
    write_notes(finished, Notes(("good", "rank 8"), "first\ntry"))
    table.show_runs([finished, interrupted])
    table.search.setText("RANK 8")
    assert [texts(table, 0)[column] for column in (0, 6, 9)] == ["finished-run", "good, rank 8", "first try"]
    table.search.setText("first try")
    assert table.table.model().rowCount() == 1


def test_the_trend_is_drawn_from_the_run_and_grows_with_it(table, interrupted, stepped):
    table.show_runs([interrupted])
    losses = table.table.model().index(0, 2).data(LOSSES_ROLE)
    assert 40 <= len(losses) <= 96
    assert losses[0] == 3.999
    assert list(losses) == sorted(losses, reverse=True)
    with EventLog(interrupted.events_file) as log:
        log.append(stepped(1501, 9.0))
    assert read_facts(interrupted).losses != losses
    line = polyline((4.0, 2.0, 3.0), QRectF(0, 0, 10, 8))
    assert [(point.x(), point.y()) for point in line] == [(0, 0), (5, 8), (10, 4)]
    assert {point.y() for point in polyline((1.0, 1.0), QRectF(0, 0, 10, 8))} == {4}


def test_search_filters_and_empty_lists_say_what_to_do(table, finished, interrupted):
    assert "Press Start" in table._hint.text()
    table.show_runs([finished, interrupted])
    table.search.setText("INTERR")
    assert table.table.model().rowCount() == 1
    table.search.setText("nothing like it")
    assert "No run matches" in table._hint.text()
    assert table._pages.currentWidget() is table._hint
