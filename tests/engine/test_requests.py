"""Requests as generators of events; over the wire they are tried with the worker."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from huggingface_hub import constants

from studio.engine.requests import CARRYING, REQUESTS, Control
from studio.plan.description import ModelDescription
from studio.plan.errors import Refusal
from studio.plan.events import Answered, Cancelled, Finished, Progressed
from studio.plan.plan import Plan
from studio.runs.folder import Run
from studio.runs.log import read_events
from tests.hub_server import Hub, library_at, serving


def test_the_names_of_the_wire() -> None:
    assert set(REQUESTS) == {
        *(
            "inspect",
            "cached_models",
            "hub_search",
            "hub_offer",
            "preview",
            "download",
            "download_data",
            "preflight",
            "scores",
            "scan",
            "lens",
            "clear_data_cache",
        ),
        *("experience", "measure", "cached_models"),
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


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A Hub with one data set, and an empty cache."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    rows = "".join(f'{{"prompt": "w{number} w2", "completion": "w3 w4"}}\n' for number in range(40)).encode()
    with serving({}, {"owner/rows": {"train.jsonl": rows}}) as server, library_at(server, monkeypatch):
        yield server


def test_data_of_the_hub_are_fetched_on_request_and_then_known(hub: Hub, plan_of: Callable[..., Plan]) -> None:
    plan = plan_of(data={"train": "hub:owner/rows"}).model_dump(mode="json")
    for request in ("preview", "scan"):  # neither fetches by itself what nobody asked for
        with pytest.raises(Refusal) as caught:
            list(REQUESTS[request]({"plan": plan, "rows": 3}, Control()))
        assert caught.value.code == "data-not-fetched"
    assert hub.requests == []
    *progress, answer = REQUESTS["download_data"]({"entry": "hub:owner/rows"}, Control())
    size = len(hub.datasets["owner/rows"]["train.jsonl"])
    assert answer == Answered(value={"files": 1, "bytes": size})
    assert all(isinstance(event, Progressed) and event.unit == "bytes" for event in progress)
    assert (progress[-1].done, progress[-1].total) == (size, size)
    assert list(REQUESTS["preview"]({"plan": plan, "rows": 3}, Control()))[-1].value["total_rows"] == 40
    assert list(REQUESTS["scan"]({"plan": plan}, Control()))[-1].value["statistics"]["rows"] == 40


def test_fetching_data_can_be_cancelled(hub: Hub) -> None:
    hub.stall_after = 100
    control = Control(cancelled=lambda: bool(hub.requests))
    assert list(REQUESTS["download_data"]({"entry": "hub:owner/rows"}, control))[-1] == Cancelled()


def test_training_fetches_its_data_by_itself(hub: Hub, plan_of: Callable[..., Plan], tmp_path: Path) -> None:
    plan = plan_of(data={"train": "hub:owner/rows"}, training={"max_steps": 2}).model_dump(mode="json")
    list(REQUESTS["train"]({"plan": plan, "run": str(tmp_path / "run")}, Control()))
    assert isinstance(read_events(Run(tmp_path / "run").events_file)[-1], Finished)
    hub.requests.clear()
    list(REQUESTS["train"]({"plan": plan, "run": str(tmp_path / "again")}, Control()))
    assert hub.requests == []
