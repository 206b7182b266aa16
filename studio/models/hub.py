"""Downloading a model from the Hub into its cache."""

import hashlib
import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

import httpx2
from huggingface_hub import HfApi, constants, hf_hub_url
from huggingface_hub.errors import HFValidationError
from huggingface_hub.hf_api import RepoSibling
from huggingface_hub.utils import validate_repo_id  # type: ignore[attr-defined]  # documented, not re-exported

from studio.models.hub_cache import HubFile, blob_path, free_bytes, is_cached, storage_folder, write_snapshot
from studio.models.hub_errors import HUB_ERRORS, disk_full, hub_error, offline
from studio.models.hub_fetch import TICK_SECONDS, Left, answer, pieces
from studio.plan.errors import Failure, Refusal
from studio.plan.events import Answered, Cancelled, Event, Progressed

WANTED = (".json", ".safetensors", ".model", ".txt", ".jinja")
SHARD = re.compile(r"model-\d+-of-\d+\.safetensors")
RETRIES = 3
REPORT_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class HubModel:
    """A model on the Hub at one commit: the files that training needs, and its licence where it names one."""

    model: str
    revision: str
    files: tuple[HubFile, ...]
    licence: str | None

    @property
    def size_bytes(self) -> int:
        """All files together."""
        return sum(file.size_bytes for file in self.files)


def hub_model(model: str, *, revision: str | None = None) -> HubModel:
    """What the Hub has of a model; one request, no file is read. Raises Refusal or Failure."""
    _check_name(model)
    if constants.is_offline_mode():
        raise offline(model)
    try:
        info = HfApi(endpoint=constants.ENDPOINT).model_info(model, revision=revision, files_metadata=True, timeout=10)
    except HUB_ERRORS as error:
        raise hub_error(model, error) from error
    licence = info.card_data.get("license") if info.card_data is not None else None
    files = _wanted(model, info.siblings or [])
    return HubModel(model, str(info.sha), files, licence if isinstance(licence, str) else None)


def download(model: str, *, revision: str | None = None, cancelled: Callable[[], bool]) -> Iterator[Event]:
    """Fetch a model's safetensors, JSON and tokenizer files; nothing that holds code.

    Yields Progressed, then Answered (path, revision) - or Cancelled, within a second of `cancelled` turning true, with nothing of
    this download left. The model appears in the cache once it is whole. After a failure complete files stay for the next attempt.
    Raises Refusal or Failure.
    """
    _check_name(model)
    storage = storage_folder(model)
    fetched: list[Path] = []
    try:
        yield Progressed(phase="downloading", done=0, unit="bytes")
        source: HubModel = answer(lambda: hub_model(model, revision=revision), cancelled)
        missing = [file for file in source.files if not is_cached(storage, source.revision, file)]
        _check_disk(model, storage, sum(file.size_bytes for file in missing))
        done = float(source.size_bytes - sum(file.size_bytes for file in missing))
        for file in missing:
            blob = blob_path(storage, file)
            blob.parent.mkdir(parents=True, exist_ok=True)
            for here in _fetch(source, file, blob, cancelled):
                yield Progressed(phase="downloading", done=done + here, total=source.size_bytes, unit="bytes")
            fetched.append(blob)
            done += file.size_bytes
        path = write_snapshot(storage, source.revision, revision or constants.DEFAULT_REVISION, list(source.files))
    except Left:
        for blob in fetched:
            blob.unlink()
        yield Cancelled()
        return
    except HUB_ERRORS as error:
        raise hub_error(model, error) from error
    yield Progressed(phase="downloading", done=source.size_bytes, total=source.size_bytes, unit="bytes")
    yield Answered(value={"path": str(path), "revision": source.revision})


def _fetch(source: HubModel, file: HubFile, blob: Path, cancelled: Callable[[], bool]) -> Iterator[int]:
    """Bring one file to `blob`, or leave nothing. Yields the bytes so far several times a second."""
    url = hf_hub_url(source.model, file.name, revision=source.revision)
    partial = blob.with_name(f"{file.digest}.{secrets.token_hex(4)}.incomplete")
    try:
        with partial.open("xb") as stream:
            losses, before = 0, 0
            while True:
                try:
                    yield from _receive(url, stream, cancelled)
                    break
                except httpx2.TransportError:
                    # Connections of an hour break; what has arrived is good, and the Hub goes on from there.
                    here = stream.tell()
                    losses = 1 if here > before else losses + 1
                    before = here
                    if losses > RETRIES:
                        raise
                    yield from _wait(1.0, here, cancelled)
        _check_content(file, partial)
        partial.replace(blob)
    finally:
        partial.unlink(missing_ok=True)


def _receive(url: str, stream: BinaryIO, cancelled: Callable[[], bool]) -> Iterator[int]:
    """Append what is still missing of a file to `stream`."""
    reported = time.monotonic()
    for piece in pieces(url, start=stream.tell(), cancelled=cancelled):
        if isinstance(piece, int):
            if piece != httpx2.codes.PARTIAL_CONTENT:
                stream.seek(0)
                stream.truncate()
            continue
        stream.write(piece)
        if time.monotonic() - reported >= REPORT_SECONDS:
            reported = time.monotonic()
            yield stream.tell()


def _wait(seconds: float, here: int, cancelled: Callable[[], bool]) -> Iterator[int]:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if cancelled():
            raise Left
        time.sleep(TICK_SECONDS)
        yield here


def _check_content(file: HubFile, partial: Path) -> None:
    """Raises Failure where the bytes are not those that the Hub promised."""
    size = partial.stat().st_size
    # Git's name for a file is the hash of this line and the content (git book, "Git Objects").
    start = hashlib.sha256() if file.large else hashlib.sha1(f"blob {size}\0".encode(), usedforsecurity=False)
    with partial.open("rb") as stream:
        found = hashlib.file_digest(stream, lambda: start).hexdigest()
    if size != file.size_bytes or found != file.digest:
        raise Failure(
            "download-damaged",
            f"{file.name} did not arrive as the Hub has it ({size:,} of {file.size_bytes:,} bytes)",
            where=file.name,
            now="try again",
            field="model",
        )


def _check_name(model: str) -> None:
    try:
        validate_repo_id(model)
    except HFValidationError:
        now = "write it as owner/name"
        raise Refusal("hub-bad-name", "this is not a Hub id", where=model, now=now, field="model") from None


def _check_disk(model: str, storage: Path, needed: int) -> None:
    spare = free_bytes(storage) - needed
    if spare < 0:
        raise disk_full(model, -spare)


def _wanted(model: str, siblings: list[RepoSibling]) -> tuple[HubFile, ...]:
    """The files to fetch: those at the top, of a harmless kind, and one set of weights where there are several."""
    names = [sibling.rfilename for sibling in siblings]
    weights = _weights(names)
    if "config.json" not in names or not weights:
        lacks = "no config.json" if "config.json" not in names else "no safetensors weights"
        raise Refusal(
            "hub-no-weights",
            f"the Hub's model has {lacks}",
            where=model,
            now="choose a model in transformers' layout with safetensors weights",
            field="model",
        )
    return tuple(
        _hub_file(model, sibling)
        for sibling in siblings
        if _is_plain(sibling.rfilename)
        and sibling.rfilename.endswith(WANTED)
        and (sibling.rfilename in weights or not _is_weight(sibling.rfilename))
    )


def _weights(names: list[str]) -> set[str]:
    if "model.safetensors" in names:
        return {"model.safetensors"}
    return {name for name in names if SHARD.fullmatch(name)} | ({"model.safetensors.index.json"} & set(names))


def _is_weight(name: str) -> bool:
    return name.endswith((".safetensors", ".index.json"))


def _is_plain(name: str) -> bool:
    """A file name without folders, for every system: a backslash leads out of the cache on Windows."""
    return name not in ("", ".", "..") and name == PurePosixPath(name).name == PureWindowsPath(name).name


def _hub_file(model: str, sibling: RepoSibling) -> HubFile:
    digest = sibling.lfs.sha256 if sibling.lfs is not None else sibling.blob_id
    if sibling.size is None or digest is None or not re.fullmatch(r"[0-9a-f]{40,64}", digest):
        raise Failure(
            "hub-failed",
            f"the Hub does not say how large {sibling.rfilename} is, or what its hash is",
            where=model,
            now="if HF_ENDPOINT names a mirror, try without it",
            field="model",
        )
    return HubFile(sibling.rfilename, sibling.size, digest, large=sibling.lfs is not None)
