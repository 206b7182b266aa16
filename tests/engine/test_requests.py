"""Requests as generators of events; over the wire they are tried with the worker."""

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.engine.requests import CARRYING, REQUESTS, Control
from studio.plan.description import ModelDescription
from studio.plan.errors import Refusal
from studio.plan.events import Answered, Finished
from studio.plan.plan import Plan
from studio.runs.folder import Run
from studio.runs.log import read_events


def test_the_names_of_the_wire() -> None:
    assert set(REQUESTS) == {
        *("inspect", "preview", "download", "preflight", "scores", "scan", "lens", "clear_data_cache"),
        *("train", "resume", "export", "generate"),
    }
    assert set(REQUESTS) > CARRYING


def test_inspect_answers_with_a_description(llama: Path) -> None:
    (answer,) = REQUESTS["inspect"]({"model": str(llama)}, Control())
    assert isinstance(answer, Answered)
    description = ModelDescription.from_json(answer.value["description"])
    assert description.model == str(llama)
    assert description.problems == ()


def test_preview_needs_no_model(plan_of: Callable[..., Plan]) -> None:
    for model, counted in (("/nowhere", False), (None, True)):
        plan = plan_of(**({"model": model} if model else {}))
        (answer,) = REQUESTS["preview"]({"plan": plan.model_dump(mode="json"), "rows": 3}, Control())
        assert isinstance(answer, Answered)
        assert [row["tokens"] is not None for row in answer.value["rows"]] == [counted] * 3


def test_train_yields_no_event_of_the_run_itself(plan_of: Callable[..., Plan], tmp_path: Path) -> None:
    plan = plan_of(training={"max_steps": 2}).model_dump(mode="json")
    events = list(REQUESTS["train"]({"plan": plan, "run": str(tmp_path / "run")}, Control()))
    assert isinstance(events[-1], Answered)
    assert {event.name for event in events[:-1]} <= {"progressed", "prepared", "warned"}
    assert isinstance(read_events(Run(tmp_path / "run").events_file)[-1], Finished)
    (again,) = REQUESTS["resume"]({"run": str(tmp_path / "run")}, Control())
    assert isinstance(again, Answered)


def test_a_plan_with_an_unknown_key_is_refused(plan_of: Callable[..., Plan]) -> None:
    plan = plan_of().model_dump(mode="json")
    plan["training"]["epoch"] = 3
    with pytest.raises(Refusal, match=r"training\.epochs"):
        list(REQUESTS["train"]({"plan": plan, "run": None}, Control()))
