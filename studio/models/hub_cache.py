"""The Hub's cache on this machine: `models--owner--name/` (of data sets: `datasets--owner--name/`) with blobs by hash, snapshots that
link to them, and refs by name.

The layout is huggingface_hub's (docs, "Understand caching"), so that every program on the machine shares one copy.
"""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from huggingface_hub import constants

from studio.runs.atomic import write_text


@dataclass(frozen=True, slots=True)
class Repository:
    """A model or a data set on the Hub. `field` is the setting of a plan that names it."""

    id: str
    kind: Literal["model", "dataset"] = "model"
    field: str = "model"

    @property
    def noun(self) -> str:
        """What it is, in a sentence."""
        return "data set" if self.kind == "dataset" else "model"

    @property
    def storage(self) -> Path:
        """Where the cache keeps it, whether it is there or not."""
        return Path(constants.HF_HUB_CACHE) / f"{self.kind}s--{self.id.replace('/', '--')}"

    def snapshot(self, revision: str) -> Path:
        """The folder of its files at one commit, whether it is there or not."""
        return self.storage / "snapshots" / revision


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository on the Hub. `digest` is the hash of its content: SHA-256 (`large`), else git's SHA-1 of a blob."""

    name: str
    size_bytes: int
    digest: str
    large: bool


def storage_folder(model: str) -> Path:
    """Where the cache keeps a model, whether it is there or not."""
    return Repository(model).storage


def blob_path(storage: Path, file: HubFile) -> Path:
    """Where a file's content lies once it is complete."""
    return storage / "blobs" / file.digest


def is_cached(repository: Repository, revision: str, file: HubFile) -> bool:
    """Whether a file is complete on this machine, as a blob or (where links are not allowed) in the snapshot itself."""
    places = (blob_path(repository.storage, file), repository.snapshot(revision) / file.name)
    return any(place.is_file() and place.stat().st_size == file.size_bytes for place in places)


def write_snapshot(repository: Repository, revision: str, branch: str, files: Iterable[HubFile]) -> Path:
    """Make complete blobs appear as a folder with the repository's own names. Raises OSError."""
    storage, snapshot = repository.storage, repository.snapshot(revision)
    # A folder counts as a model by its config.json, so that comes last.
    for file in sorted(files, key=lambda file: file.name == "config.json"):
        pointer = snapshot / file.name
        pointer.parent.mkdir(parents=True, exist_ok=True)
        _link(blob_path(storage, file), pointer)
    if branch != revision:
        ref = storage / "refs" / branch
        ref.parent.mkdir(parents=True, exist_ok=True)
        write_text(ref, revision)
    return snapshot


def free_bytes(storage: Path) -> int:
    """Free space on the disk that the cache is on, or will be."""
    place = storage
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free


def _link(blob: Path, pointer: Path) -> None:
    if pointer.exists():
        return
    pointer.unlink(missing_ok=True)  # a link whose blob was deleted
    try:
        pointer.symlink_to(os.path.relpath(blob, pointer.parent))
    except OSError:
        # Windows lets only some accounts make links; the cache then holds the file itself.
        blob.replace(pointer)
