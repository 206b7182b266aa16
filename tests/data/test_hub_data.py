"""Data sets of the Hub, from a Hub of our own: how they come, and that they are then here."""

from pathlib import Path

import pytest
from huggingface_hub import constants
from transformers import PreTrainedTokenizerFast

from studio.data.build import encoded
from studio.data.hub import fetch
from studio.data.hub_fetched import check_fetched
from studio.data.prepare import finished
from studio.data.reading import open_source
from studio.models import hub_download
from studio.plan.errors import Failure, Refusal, StudioError
from studio.plan.events import Answered, Cancelled, Event, Progressed
from studio.plan.plan import DataPlan
from tests.data.hub_sets import DATASETS, fetched, json_lines, refusal_of
from tests.hub_server import REVISION, Hub


def test_only_the_files_of_the_split_are_fetched_and_the_answer_counts_them(hub: Hub, cache: Path) -> None:
    answer = list(fetch("hub:owner/sharded"))[-1]
    size = sum(len(content) for name, content in DATASETS["owner/sharded"].items() if "train-" in name)
    assert answer == Answered(value={"files": 2, "bytes": size})
    files = [path for path, _ in hub.requests if "/resolve/" in path]
    assert [Path(path).name for path in files] == [
        "README.md", "train-00000-of-00002.parquet", "train-00001-of-00002.parquet"
    ]  # fmt: skip
    folder = cache / "datasets--owner--sharded" / "snapshots" / REVISION
    assert {path.name for path in (folder / "data").iterdir()} == {Path(path).name for path in files[1:]}


@pytest.mark.parametrize(
    ("info", "file", "code"),
    [
        ((401, {"X-Error-Code": "GatedRepo"}), None, "hub-gated"),
        (None, (401, {"X-Error-Code": "GatedRepo"}), "hub-gated"),
        (None, (403, {}), "hub-no-access"),
        ((429, {"Retry-After": "30"}), None, "hub-busy"),
    ],
)
def test_what_the_hub_answers_speaks_of_a_data_set(hub: Hub, info: tuple, file: tuple, code: str) -> None:
    hub.refuse_info, hub.refuse = info, file
    with pytest.raises(StudioError) as caught:
        list(fetch("hub:owner/lines"))
    assert (caught.value.code, caught.value.field, caught.value.where) == (code, "data.train", "owner/lines")
    assert "model" not in caught.value.sentence


def test_a_cancelled_fetch_keeps_complete_files_and_the_next_goes_on_from_there(hub: Hub, cache: Path) -> None:
    hub.datasets["owner/lines"] = {"train-1.jsonl": json_lines("one"), "train-2.jsonl": json_lines(*["two"] * 40_000)}
    hub.slow_seconds = 0.02
    wish: list[bool] = []
    events: list[Event] = []
    for event in fetch("hub:owner/lines", cancelled=lambda: bool(wish)):
        events.append(event)
        if isinstance(event, Progressed) and event.done > 50_000:
            wish.append(True)
    assert isinstance(events[-1], Cancelled)
    assert events[-2].done < events[-2].total
    assert not list(cache.rglob("*.incomplete"))
    with pytest.raises(Refusal, match="not on this machine yet"):
        open_source("hub:owner/lines")
    hub.slow_seconds = 0
    hub.requests.clear()
    done = [event.done for event in fetch("hub:owner/lines") if isinstance(event, Progressed) and event.total]
    assert done == sorted(done)
    assert [Path(path).name for path, _ in hub.requests if "/resolve/" in path] == ["train-2.jsonl"]
    assert len(list(open_source("hub:owner/lines"))) == 40_001


def test_a_broken_connection_goes_on_where_it_broke(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_download, "_wait", lambda *words: iter(()))
    hub.datasets["owner/lines"]["train.jsonl"] = json_lines(*["two"] * 4_000)
    hub.cut_after = [16_384]
    assert len(fetched("hub:owner/lines")) == 4_000
    assert [wanted for _, wanted in hub.requests if wanted]


def test_bytes_other_than_promised_are_not_kept(hub: Hub, cache: Path) -> None:
    hub.damage = True
    with pytest.raises(Failure) as caught:
        list(fetch("hub:owner/lines"))
    assert (caught.value.code, caught.value.field) == ("download-damaged", "data.train")
    assert [path for path in cache.rglob("*") if path.is_file()] == []


def test_a_disk_without_room_is_told_before_anything_is_fetched(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_download, "free_bytes", lambda storage: 10)
    assert refusal_of("hub:owner/lines").code == "disk-full"


def test_what_is_here_is_read_without_a_request(hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fetched("hub:owner/sharded")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    hub.requests.clear()
    assert [row.cells["prompt"] for row in open_source("hub:owner/sharded")] == before
    check_fetched(DataPlan(train="hub:owner/sharded"))
    assert hub.requests == []
    # Nothing was written into the home folder but the studio's own note.
    assert [path.relative_to(own_home).parts[:2] for path in own_home.rglob("*") if path.is_file()] == [
        ("studio", "fetched")
    ]


def test_files_that_were_deleted_or_cut_have_to_be_fetched_again(hub: Hub, cache: Path) -> None:
    list(fetch("hub:owner/lines"))
    (file,) = open_source("hub:owner/lines").files
    file.resolve().write_bytes(b"{}")
    with pytest.raises(Refusal) as caught:
        open_source("hub:owner/lines", field="data.eval")
    assert (caught.value.code, caught.value.field) == ("data-not-fetched", "data.eval")
    assert fetched("hub:owner/lines") == ["one", "two"]


def test_encoding_fetches_first_and_then_never_again(hub: Hub, plain_tokenizer: PreTrainedTokenizerFast) -> None:
    data = DataPlan(train="hub:owner/lines")
    events = list(encoded(data, data.train, plain_tokenizer))
    assert all(isinstance(event, Progressed) for event in events)
    assert "downloading" in {event.phase for event in events}
    hub.requests.clear()
    assert len(finished(encoded(data, data.train, plain_tokenizer))) == 2
    assert hub.requests == []


def test_encoding_offline_gives_the_one_sentence(
    hub: Hub, plain_tokenizer: PreTrainedTokenizerFast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    data = DataPlan(train="hub:owner/lines", eval="hub:owner/lines:test")
    with pytest.raises(Refusal) as caught:
        finished(encoded(data, data.train, plain_tokenizer))
    assert caught.value.sentence == (
        "downloads are switched off by HF_HUB_OFFLINE (owner/lines): unset that variable and start again, or choose a data set "
        "that is on this machine."
    )
    assert hub.requests == []


def test_what_of_a_plan_is_not_here_is_named(hub: Hub) -> None:
    list(fetch("hub:owner/lines"))
    data = DataPlan(train="hub:owner/lines", more=[{"path": "/some/file.jsonl"}], eval="hub:owner/lines:test")
    with pytest.raises(Refusal) as caught:
        check_fetched(data)
    assert (caught.value.code, caught.value.field, caught.value.where) == (
        "data-not-fetched", "data.eval", "hub:owner/lines:test"
    )  # fmt: skip
