"""The screens: events as lines of JSON, as plain lines, as a bar."""

import json
import re
from dataclasses import replace
from io import StringIO

import pytest

from studio.console.screens import (
    SECONDS_BETWEEN_LINES,
    Bar,
    JsonLines,
    Lines,
    failed_event,
    open_screen,
    text_of,
    without_chatter,
)
from studio.plan.errors import Failure, Refusal
from studio.plan.events import (
    Cancelled,
    Evaluated,
    Event,
    Failed,
    Finished,
    Measured,
    Paused,
    Prepared,
    Progressed,
    Sampled,
    Saved,
    Started,
    Stepped,
    Stopped,
    Warned,
    Worded,
)  # fmt: skip

STEP = Stepped(
    step=40, loss=1.25, learning_rate=1e-3, grad_norm=0.5, tokens=4000, tokens_per_second=5210.0,
    memory={"rss": 6_100_000_000, "reserved": None}, trainable_parameters=10, eta_seconds=74.0,
)  # fmt: skip

STARTED = Started(
    step=0, steps=200, examples=2, device="cpu", precision="float32", trainable_parameters=11_800, total_parameters=1_180_000,
    targets={"q_proj": 4},
)  # fmt: skip


class Terminal(StringIO):
    """What a terminal was sent; `lines` without the codes that move its cursor, and without the bar itself."""

    def isatty(self) -> bool:
        return True

    @property
    def lines(self) -> list[str]:
        plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|[━╸╺]", "", self.getvalue())
        return [" ".join(line.split()) for line in re.split(r"[\r\n]+", plain) if line.strip()]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "120")
    return Terminal()


def show(screen: Bar | Lines, *events: Event) -> None:
    for event in events:
        screen.show(event)
    screen.close()


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
        (STARTED, "training 11,800 of 1,180,000 parameters on cpu in float32, step 0 of 200"),
        (
            replace(STARTED, precision_reason="as the plan says"),
            "training 11,800 of 1,180,000 parameters on cpu in float32 (as the plan says), step 0 of 200",
        ),
        (Evaluated(step=1000, loss=0.5, best=False), "step 1,000  evaluation loss 0.5000"),
        (Sampled(step=40, prompt="Once\nupon", text="a  time"), "adapter: Once upon -> a time"),
        (Sampled(step=0, prompt="Once", text="a time", base=True), "base: Once -> a time"),
        (Paused(step=40), "paused at step 40"),
        (Stopped(step=40, saved=True, summary={}), "stopped at step 40, saved"),
        (Stopped(step=40, saved=False, summary={}), "stopped at step 40"),
        (
            Failed(code="x", what="the loss is not a number", where="step 3", now="lower it"),
            "the loss is not a number (step 3): lower it.",
        ),
        (Measured(step=40, moved={"q_proj": 0.1}), ""),
        (Worded(lane="base", text="a"), ""),
        (Cancelled(), ""),
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


def test_only_events_reach_stdout_where_json_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    screen = open_screen(as_json=True)
    with without_chatter():
        print("a library talks")
        screen.show(STEP)
    screen.close()
    captured = capsys.readouterr()
    assert [json.loads(line)["event"] for line in captured.out.splitlines()] == ["stepped"]
    assert captured.err == "a library talks\n"


def test_plain_lines_skip_progress_for_some_seconds_and_nothing_else() -> None:
    def encoded(done: int, time: float) -> Progressed:
        return Progressed(phase="encoding", done=done, total=99, unit="rows", time=time)

    out = StringIO()
    evaluated = Evaluated(step=2, loss=0.5, best=True, time=101.0)
    show(Lines(out), encoded(1, 100.0), evaluated, encoded(2, 102.0), encoded(3, 100.0 + SECONDS_BETWEEN_LINES))
    told = ["encoding: 1 of 99 rows", "step 2  evaluation loss 0.5000 (best)", "encoding: 3 of 99 rows"]
    assert out.getvalue().splitlines() == told


def test_a_bar_shows_the_newest_figures(terminal: Terminal) -> None:
    show(Bar(terminal), STARTED, STEP)
    assert terminal.lines[-1] == "training 40/200 loss 1.2500 5,210 tokens/s 6.1 GB 1:14 left"


def test_a_bar_goes_on_with_training_after_an_evaluation(terminal: Terminal) -> None:
    evaluating = Progressed(phase="evaluating", done=128, total=128, unit="rows")
    show(Bar(terminal), STARTED, STEP, evaluating, Evaluated(step=40, loss=0.5, best=True), STEP)
    assert "step 40 evaluation loss 0.5000 (best)" in terminal.lines
    assert terminal.lines[-1] == "training 40/200 loss 1.2500 5,210 tokens/s 6.1 GB 1:14 left"


def test_a_bar_may_not_know_its_length(terminal: Terminal) -> None:
    show(Bar(terminal), Progressed(phase="checking the model", done=0))
    assert terminal.lines[-1] == "checking the model 0/?"


def test_what_a_model_wrote_is_shown_as_it_is(terminal: Terminal) -> None:
    show(Bar(terminal), STARTED, Sampled(step=40, prompt="[b]x[/b]", text=":smile: [red]"))
    assert "adapter: [b]x[/b] -> :smile: [red]" in terminal.lines


@pytest.mark.parametrize("screen", [Bar, Lines])
def test_an_error_is_its_sentence(screen: type[Bar] | type[Lines], terminal: Terminal) -> None:
    show(screen(terminal), failed_event(Failure("no-memory", "memory ran out", now="lower the batch size")))
    assert terminal.lines == ["memory ran out: lower the batch size."]


@pytest.mark.parametrize("screen", [Bar, Lines])
def test_the_start_says_how_it_is_carried_out(screen: type[Bar] | type[Lines], terminal: Terminal) -> None:
    show(
        screen(terminal),
        replace(STARTED, precision_reason="as the plan says", reused_blocks=20, reused_bytes=34_000_000),
    )
    told = " ".join(terminal.lines)
    assert (
        "on cpu in float32 (as the plan says), step 0 of 200; 20 frozen blocks are computed once, 34.0 MB kept" in told
    )


@pytest.mark.parametrize("compiled", [True, False])
def test_the_start_says_whether_blocks_are_compiled_and_why(compiled: bool) -> None:
    said = text_of(replace(STARTED, compiled=compiled, compile_reason="0.97 times as fast, 41 s to compile"))
    assert said.endswith(
        f"step 0 of 200; blocks {'' if compiled else 'not '}compiled: 0.97 times as fast, 41 s to compile"
    )
