"""A model from the Hub, in the real window with real workers, from a server of our own."""

from collections.abc import Callable
from typing import Any

import pytest

from studio.runs.places import resources_folder
from tests.hub_server import serving

Drive = Callable[..., dict[str, Any]]
SUMMARY = {
    "downloads": 12_345, "cardData": {"license": "apache-2.0"}, "config": {"model_type": "llama"},
    "safetensors": {"parameters": {"F32": 1_400_000}, "total": 1_400_000},
}  # fmt: skip


@pytest.mark.slow
def test_found_told_downloaded_and_read(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {file.name: file.read_bytes() for file in (resources_folder() / "starter").iterdir()}
    with serving({"owner/starter": files, "owner/starter-encoder": files}) as hub:
        hub.summaries = {"owner/starter": SUMMARY, "owner/starter-encoder": {"config": {"model_type": "no-writer"}}}
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        monkeypatch.setenv("HF_HUB_OFFLINE", "0")
        report = drive("from_the_hub")
    assert report["found"] == [
        ["owner/starter", "5.6 MB", "fits", "apache-2.0", "12,345"],
        ["owner/starter-encoder", "", "no", "not named", "0"],
    ]
    assert report["usable"] == [True, False]
    assert "does not write text from left to right" in report["said"]
    assert report["offer"].endswith(" to download · mit · fits")
    assert (report["model"], report["targets"]) == ("owner/starter", "28 of 30 targets")
    assert not report["button_left"]
