"""Searching the Hub, and what a download would bring."""

import threading
from pathlib import Path

import pytest

from studio.models.hub import download, offer
from studio.models.hub_search import search
from studio.plan.errors import Failure, Refusal
from studio.plan.events import Answered, Cancelled
from tests.hub_server import Hub

LLAMA = {
    "downloads": 7, "gated": "manual", "cardData": {"license": "mit"}, "config": {"model_type": "llama"},
    "safetensors": {"parameters": {"BF16": 1_000, "F32": 10}, "total": 1_010},
}  # fmt: skip


def never() -> bool:
    return False


def found(words: str) -> list[dict[str, object]]:
    (event,) = search(words, cancelled=never)
    assert isinstance(event, Answered)
    models: list[dict[str, object]] = event.value["models"]
    return models


def test_a_model_is_told_with_size_licence_and_access(hub: Hub) -> None:
    hub.summaries["owner/tiny"] = LLAMA
    assert found("tiny") == [
        {
            "model": "owner/tiny", "parameters": 1_010, "weight_bytes": 2_040, "licence": "mit", "downloads": 7,
            "gated": True, "reason": "",
        }
    ]  # fmt: skip
    assert (hub.asked["search"], hub.asked["filter"], hub.asked["sort"]) == (["tiny"], ["safetensors"], ["downloads"])


@pytest.mark.parametrize(
    ("config", "reason"),
    [
        ({"model_type": "bert-of-nobody"}, "does not write text"),
        ({"model_type": "llama", "auto_map": {"AutoModel": "code.py"}}, "code of its own"),
        (None, "which architecture"),
    ],
)
def test_what_cannot_be_trained_says_why(hub: Hub, config: dict[str, object] | None, reason: str) -> None:
    hub.summaries["owner/tiny"] = {"config": config}
    (model,) = found("tiny")
    assert reason in str(model["reason"])
    assert model["weight_bytes"] is None


def test_nothing_of_that_name(hub: Hub) -> None:
    assert found("nobody-has-this") == []


def test_what_the_hub_refuses_is_a_sentence(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.refuse_info = (500, {})
    with pytest.raises(Failure, match="status 500"):
        found("tiny")
    hub.refuse_info = (200, {})
    with pytest.raises(Failure, match="no list of models"):
        found("tiny")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(Refusal, match="switched off"):
        found("tiny")


def test_both_can_be_left(hub: Hub) -> None:
    assert [type(event) for event in search("tiny", cancelled=lambda: True)] == [Cancelled]
    assert [type(event) for event in offer("owner/tiny", cancelled=lambda: True)] == [Cancelled]
    for thread in threading.enumerate():  # they ask to the end, and the next test's server is another
        if thread.name == "hub-fetch":
            thread.join(10)


def test_an_offer_is_what_is_still_missing(hub: Hub, cache: Path, llama: Path) -> None:
    weights = (llama / "model.safetensors").stat().st_size
    (before,) = offer("owner/tiny", cancelled=never)
    assert isinstance(before, Answered)
    assert (before.value["weight_bytes"], before.value["licence"]) == (weights, "mit")
    assert before.value["size_bytes"] > weights
    list(download("owner/tiny", cancelled=never))
    (after,) = offer("owner/tiny", cancelled=never)
    assert isinstance(after, Answered)
    assert (after.value["size_bytes"], after.value["weight_bytes"]) == (0, weights)
