"""The models of the Hub's cache that could be trained: what is on this machine already."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from huggingface_hub import constants

from studio.models.locate import newest_snapshot

PREFIX = "models--"


@dataclass(frozen=True, slots=True)
class CachedModel:
    """A model of the cache. `weight_bytes` is the size of its safetensors files."""

    model: str
    weight_bytes: int


def cached_models() -> list[CachedModel]:
    """The models with a config and safetensors weights, by name; no file is read. Raises OSError."""
    cache = Path(constants.HF_HUB_CACHE)
    return sorted(_found(cache), key=lambda found: found.model.lower()) if cache.is_dir() else []


def _found(cache: Path) -> Iterator[CachedModel]:
    for storage in cache.glob(f"{PREFIX}*"):
        snapshot = newest_snapshot(storage)
        if snapshot is None or not (snapshot / "config.json").is_file():
            continue
        # A link whose blob was deleted is no file.
        weight_bytes = sum(file.stat().st_size for file in snapshot.glob("*.safetensors") if file.is_file())
        if weight_bytes:
            yield CachedModel(storage.name.removeprefix(PREFIX).replace("--", "/"), weight_bytes)
