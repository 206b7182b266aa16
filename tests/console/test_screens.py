"""The screens: events as lines of JSON, as plain lines, as a bar."""

import json
from io import StringIO

import pytest

from studio.console.screens import JsonLines, failed_event, open_screen, text_of
from studio.plan.errors import Refusal
from studio.plan.events import Evaluated, Event, Finished, Prepared, Progressed, Saved, Stepped, Warned

STEP = Stepped(
    step=40, loss=1.25, learning_rate=1e-3, grad_norm=0.5, tokens=4000, tokens_per_second=5210.0,
    memory={"rss": 6_100_000_000, "reserved": None}, trainable_parameters=10, eta_seconds=74.0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (Progressed(phase="checking the model", done=0), "checking the model"),
        (Progressed(phase="encoding", done=1200, total=2000, unit="rows"), "encoding: 1,200 of 2,000 rows"),
        (STEP, "step 40  loss 1.2500  5,210 tokens/s  6.1 GB  1:14 left"),
        (Evaluated(step=40, loss=0.5, best=True), "step 40  evaluation loss 0.5000 (best)"),
        (
            Warned(code="cut", what="3 rows were cut", now="raise the length"),
            "warning: 3 rows were cut: raise the length",
        ),
    ],
)
def test_events_in_words(event: Event, text: str) -> None:
    assert text_of(event) == text


def test_every_line_of_json_is_one_event() -> None:
    events = [
        Prepared(train_rows=2, eval_rows=0, truncated_rows=0, tokens=9, supervised_tokens=4, longest=5, format="text"),
        STEP,
        Saved(step=40, path="/run/checkpoints/step-00000040"),
        Finished(step=40, adapter="/run/adapter", summary={"state": "finished"}),
        failed_event(Refusal("no-model", "there is no model", where="/m", field="model")),
    ]
    out, errors = StringIO(), StringIO()
    screen = JsonLines(out, errors)
    for event in events:
        screen.show(event)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["prepared", "stepped", "saved", "finished", "failed"]
    assert lines[-1]["refused"] is True
    assert lines[-1]["field"] == "model"
    assert errors.getvalue() == "there is no model (/m).\n"


def test_without_a_terminal_there_are_plain_lines_and_not_one_for_each_step(capsys: pytest.CaptureFixture[str]) -> None:
    screen = open_screen(as_json=False)
    for _ in range(3):
        screen.show(STEP)
    screen.show(Finished(step=40, adapter="/run/adapter", summary={}))
    screen.close()
    captured = capsys.readouterr()
    assert captured.out == ""
    told = captured.err.splitlines()
    assert told == [text_of(STEP), "finished after 40 steps: /run/adapter"]
