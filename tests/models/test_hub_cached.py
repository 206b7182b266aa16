"""The models of the Hub's cache."""

from pathlib import Path

import pytest
from huggingface_hub import constants, scan_cache_dir

from studio.models.hub_cached import CachedModel, cached_models


def keep(cache: Path, model: str, files: dict[str, int]) -> None:
    """Put a model into the cache as huggingface_hub lays it out: blobs, and links to them."""
    storage = cache / f"models--{model.replace('/', '--')}"
    snapshot = storage / "snapshots" / ("a" * 40)
    for folder in (snapshot, storage / "blobs", storage / "refs"):
        folder.mkdir(parents=True)
    (storage / "refs" / "main").write_text("a" * 40)
    for number, (name, size) in enumerate(files.items()):
        blob = storage / "blobs" / f"{number:040x}"
        blob.write_bytes(bytes(size))
        (snapshot / name).symlink_to(Path("../../blobs") / blob.name)


def test_models_with_weights_are_listed_with_their_size(cache: Path) -> None:
    keep(
        cache,
        "owner/Large",
        {"config.json": 5, "model-00001-of-00002.safetensors": 700, "model-00002-of-00002.safetensors": 44},
    )
    keep(cache, "gpt2", {"config.json": 5, "model.safetensors": 30})
    keep(cache, "owner/tokenizer", {"config.json": 5, "tokenizer.json": 9})
    keep(cache, "owner/weights-alone", {"model.safetensors": 9})
    assert cached_models() == [CachedModel("gpt2", 30), CachedModel("owner/Large", 744)]
    # The Hub's own library finds the same models, and those that cannot be trained too.
    assert {repo.repo_id for repo in scan_cache_dir(cache).repos} >= {"gpt2", "owner/Large"}


def test_a_link_to_nothing_counts_for_nothing(cache: Path) -> None:
    keep(cache, "owner/name", {"config.json": 5, "model.safetensors": 30})
    for blob in (cache / "models--owner--name" / "blobs").iterdir():
        if blob.stat().st_size == 30:
            blob.unlink()
    assert cached_models() == []


def test_no_cache_no_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "absent"))
    assert cached_models() == []
