import pytest

from studio.gui.run.run_bar import RunBar
from studio.plan.events import Failed, Finished, Paused, Prepared, Progressed, Resumed, Stopped


@pytest.fixture
def bar(qtbot):
    view = RunBar()
    qtbot.addWidget(view)
    return view


def test_the_phases_of_a_run_are_told_in_words(bar, started, stepped):
    bar.take([Progressed(phase="reading data", done=1200, total=2000, unit="rows")])
    assert bar.phrase_label.text() == "reading data: 1,200 of 2,000 rows"
    assert bar.bar.value() == 600
    bar.take([started(steps=735)])
    assert bar.steps_label.text() == "0 of 735 steps"
    bar.take([stepped(640)])
    assert bar.steps_label.text() == "640 of 735 steps"
    assert bar.phrase_label.text() == "0:14 left · 5,210 tokens/s"
    assert bar.bar.value() == round(640 / 735 * 1000)
    bar.take([Paused(step=640)])
    assert bar.phrase_label.text() == "paused"
    bar.take([Resumed(step=640)])
    assert bar.phrase_label.text() == "0:14 left · 5,210 tokens/s"
    bar.take([Finished(step=735, adapter="adapter", summary={})])
    assert bar.phrase_label.text() == "finished"
    assert bar.bar.value() == 1000


def test_work_without_a_known_end_keeps_the_bar_moving(bar):
    bar.take([Progressed(phase="loading the model", done=3, unit="files")])
    assert bar.bar.maximum() == 0
    bar.take(
        [
            Prepared(
                train_rows=1960, eval_rows=40, truncated_rows=0, tokens=1, supervised_tokens=1, longest=1, format="text"
            )
        ]
    )
    assert bar.phrase_label.text() == "1,960 rows are ready"


def test_how_it_ended(bar, started, stepped):
    bar.take([started(), stepped(7), Stopped(step=7, saved=True, summary={})])
    assert bar.phrase_label.text() == "stopped, can be resumed"
    bar.take([Failed(code="out-of-memory", what="the device is out of memory")])
    assert bar.phrase_label.text() == "failed: the device is out of memory"
    bar.clear()
    assert bar.phrase_label.text() == "Ready to start"


def test_how_a_run_is_carried_out_is_in_the_hint(bar, started, stepped):
    bar.take([started(precision_reason="as the plan says", reused_blocks=20, reused_bytes=34_000_000), stepped(1)])
    assert bar.phrase_label.toolTip().splitlines() == [
        "0:14 left · 5,210 tokens/s",
        "in float32 on cpu (as the plan says)",
        "20 frozen blocks are computed once, 34.0 MB kept",
    ]
    reason = "1.31 times as fast, 41 s to compile"
    bar.take([started(compiled=True, compile_reason=reason)])
    assert bar.phrase_label.toolTip().splitlines()[-1] == f"blocks compiled: {reason}"
    bar.take([started(compile_reason="a run of about 3 min is too short to pay for it")])
    told = "blocks not compiled: a run of about 3 min is too short to pay for it"
    assert bar.phrase_label.toolTip().splitlines()[-1] == told
    bar.clear()
    assert bar.phrase_label.toolTip() == "Ready to start"
