import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from huggingface_hub import constants

from studio.models import hub_download
from studio.models.hub import download, hub_model
from studio.models.load import load_model
from studio.models.locate import locate
from studio.plan.errors import Failure, Refusal, StudioError
from studio.plan.events import Answered, Cancelled, Event, Progressed
from tests.hub_server import REVISION, Hub

WANTED = {"config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"}


def never() -> bool:
    return False


def fetch(**options: object) -> list[Event]:
    return list(download("owner/tiny", cancelled=never, **options))


def files_below(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()]


def test_a_download_brings_a_model_that_loads_and_nothing_else(hub: Hub, cache: Path, llama: Path) -> None:
    *progress, last = fetch()
    assert isinstance(last, Answered)
    path = Path(last.value["path"])
    assert last.value["revision"] == REVISION
    assert {file.name for file in path.iterdir()} == WANTED
    assert all((path / name).read_bytes() == (llama / name).read_bytes() for name in WANTED)
    assert locate("owner/tiny") == path
    assert load_model("owner/tiny", dtype=torch.float32, device=torch.device("cpu")).config.model_type == "llama"
    assert all(isinstance(event, Progressed) and event.unit == "bytes" for event in progress)
    size = sum((llama / name).stat().st_size for name in WANTED)
    assert (progress[-1].done, progress[-1].total) == (size, size)
    assert not list(cache.rglob("*.incomplete"))


def test_the_cache_is_the_one_that_the_hubs_own_library_reads(hub: Hub, cache: Path) -> None:
    from huggingface_hub import snapshot_download

    path = fetch()[-1].value["path"]
    assert snapshot_download("owner/tiny", cache_dir=cache, local_files_only=True) == path
    assert snapshot_download("owner/tiny", cache_dir=cache, local_files_only=True, revision=REVISION) == path


def test_what_is_there_is_not_fetched_again(hub: Hub) -> None:
    fetch()
    hub.requests.clear()
    fetch()
    assert [path for path, _ in hub.requests if "/resolve/" in path] == []


def test_a_revision_can_be_pinned(hub: Hub) -> None:
    path = Path(fetch(revision=REVISION)[-1].value["path"])
    assert path.name == REVISION
    assert locate("owner/tiny") == path


def test_progress_comes_while_a_file_arrives(hub: Hub) -> None:
    hub.models["owner/tiny"]["model.safetensors"] += bytes(400_000)
    hub.slow_seconds = 0.05
    done = [event.done for event in fetch() if isinstance(event, Progressed)]
    assert done == sorted(done)
    assert len(set(done)) > 4


@pytest.mark.parametrize("stalled", [False, True])
def test_cancel_is_quick_and_leaves_nothing(hub: Hub, cache: Path, stalled: bool) -> None:
    hub.models["owner/tiny"]["model.safetensors"] += bytes(4_000_000)
    hub.slow_seconds = 0.02
    if stalled:
        hub.stall_after = 100_000
    wish = []
    events = []
    for event in download("owner/tiny", cancelled=lambda: bool(wish)):
        events.append(event)
        moving = isinstance(event, Progressed) and event.done > 50_000
        if moving and not wish:
            wish.append(True)
    assert isinstance(events[-1], Cancelled)
    # It waited neither for the end of the file nor for the connection's timeout, after which it would have asked again.
    assert events[-2].done < 4_000_000
    assert [path for path, wanted in hub.requests if "safetensors" in path and wanted] == []
    assert files_below(cache) == []
    with pytest.raises(Refusal, match="not on this machine yet"):
        locate("owner/tiny")


def test_a_reader_that_goes_away_leaves_no_partial_file(hub: Hub, cache: Path) -> None:
    hub.slow_seconds = 0.05
    hub.models["owner/tiny"]["model.safetensors"] += bytes(400_000)
    events = download("owner/tiny", cancelled=never)
    for event in events:
        if isinstance(event, Progressed) and event.done > 50_000:
            break
    events.close()
    assert not list(cache.rglob("*.incomplete"))


def test_a_broken_connection_goes_on_where_it_broke(hub: Hub, llama: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_download, "_wait", lambda *words: iter(()))
    hub.cut_after = [16_384, 16_384]
    path = Path(fetch()[-1].value["path"])
    assert (path / "model.safetensors").read_bytes() == (llama / "model.safetensors").read_bytes()
    assert [wanted for _, wanted in hub.requests if wanted]


def test_a_connection_that_stays_broken_fails_and_keeps_what_is_complete(
    hub: Hub, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_download, "_wait", lambda *words: iter(()))
    hub.cut_after = [0] * 20
    with pytest.raises(Failure) as caught:
        fetch()
    assert caught.value.code == "hub-unreachable"
    assert not list(cache.rglob("*.incomplete"))
    hub.cut_after = []
    assert isinstance(fetch()[-1], Answered)


def test_bytes_other_than_promised_are_not_kept(hub: Hub, cache: Path) -> None:
    hub.damage = True
    with pytest.raises(Failure) as caught:
        fetch()
    assert caught.value.code == "download-damaged"
    assert files_below(cache) == []


@pytest.mark.parametrize(
    ("info", "file", "code", "kind"),
    [
        ((401, {"X-Error-Code": "RepoNotFound"}), None, "hub-not-found", Refusal),
        ((404, {"X-Error-Code": "RepoNotFound"}), None, "hub-not-found", Refusal),
        ((403, {"X-Error-Code": "GatedRepo"}), None, "hub-gated", Refusal),
        ((403, {}), None, "hub-no-access", Refusal),
        ((429, {"Retry-After": "30"}), None, "hub-busy", Failure),
        ((500, {}), None, "hub-failed", Failure),
        (None, (401, {"X-Error-Code": "GatedRepo"}), "hub-gated", Refusal),
        (None, (403, {"X-Error-Code": "GatedRepo"}), "hub-gated", Refusal),
        (None, (403, {}), "hub-no-access", Refusal),
        (None, (429, {}), "hub-busy", Failure),
        (None, (404, {"X-Error-Code": "EntryNotFound"}), "hub-not-found", Refusal),
    ],
)
def test_what_the_hub_answers_becomes_one_sentence(
    hub: Hub, cache: Path, info: tuple, file: tuple, code: str, kind: type[StudioError]
) -> None:
    hub.refuse_info, hub.refuse = info, file
    with pytest.raises(kind) as caught:
        fetch()
    error = caught.value
    assert (error.code, error.field, error.where) == (code, "model", "owner/tiny")
    assert error.now is not None
    assert "\n" not in error.sentence
    assert files_below(cache) == []


def test_unknown_names_and_revisions_are_refused(hub: Hub) -> None:
    for name, revision, code in (
        ("owner/absent", None, "hub-not-found"),
        ("owner/tiny", "absent", "hub-no-revision"),
        ("../owner/tiny", None, "hub-bad-name"),
    ):
        with pytest.raises(Refusal) as caught:
            list(download(name, revision=revision, cancelled=never))
        assert caught.value.code == code


def test_without_a_server_the_sentence_names_the_network(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(Failure) as caught:
        fetch()
    assert caught.value.code == "hub-unreachable"


def test_offline_is_respected(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(Refusal) as caught:
        fetch()
    assert caught.value.code == "hub-offline"
    assert hub.requests == []


def test_a_disk_without_room_is_told_before_anything_is_written(
    hub: Hub, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_download, "free_bytes", lambda storage: 1000)
    with pytest.raises(Refusal) as caught:
        fetch()
    assert caught.value.code == "disk-full"
    assert files_below(cache) == []


def test_a_model_without_safetensors_is_refused(hub: Hub) -> None:
    del hub.models["owner/tiny"]["model.safetensors"]
    with pytest.raises(Refusal) as caught:
        fetch()
    assert caught.value.code == "hub-no-weights"


@pytest.mark.parametrize("name", ["..\\evil.json", "C:evil.json", "a/../../evil.json", ".."])
def test_names_that_lead_out_of_the_cache_are_left_alone(hub: Hub, name: str) -> None:
    hub.models["owner/tiny"][name] = b"{}"
    assert {file.name for file in Path(fetch()[-1].value["path"]).iterdir()} == WANTED


def test_shards_are_fetched_and_other_copies_of_the_weights_are_not(hub: Hub) -> None:
    files = hub.models["owner/tiny"]
    whole = files.pop("model.safetensors")
    for name in ("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", "consolidated.safetensors"):
        files[name] = whole
    files["model.safetensors.index.json"] = b"{}"
    files["pytorch_model.bin.index.json"] = b"{}"
    names = {file.name for file in hub_model("owner/tiny").files}
    assert names - WANTED == {
        "model-00001-of-00002.safetensors",
        "model-00002-of-00002.safetensors",
        "model.safetensors.index.json",
    }


def test_size_and_licence_are_known_before_the_download(hub: Hub, llama: Path) -> None:
    known = hub_model("owner/tiny")
    assert (known.revision, known.licence) == (REVISION, "mit")
    assert known.size_bytes == sum((llama / name).stat().st_size for name in WANTED)


def test_the_environment_names_server_and_cache(hub: Hub, tmp_path: Path) -> None:
    program = (
        "from studio.models.hub import download\n"
        "import json\n"
        "print(json.dumps([e for e in download('owner/tiny', cancelled=lambda: False)][-1].value))"
    )
    own = {"HF_ENDPOINT": hub.url, "HF_HOME": str(tmp_path / "home"), "HF_HUB_OFFLINE": "0"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=os.environ | own, check=False
    )
    assert done.returncode == 0, done.stderr
    assert Path(json.loads(done.stdout)["path"]).is_relative_to(tmp_path / "home" / "hub")
