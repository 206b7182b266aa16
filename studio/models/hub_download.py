"""Bringing files of a repository on the Hub into its cache."""

import hashlib
import re
import secrets
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

import httpx2
from huggingface_hub import DatasetInfo, HfApi, ModelInfo, constants, hf_hub_url
from huggingface_hub.errors import HFValidationError
from huggingface_hub.hf_api import RepoSibling
from huggingface_hub.utils import validate_repo_id  # type: ignore[attr-defined]  # documented, not re-exported

from studio.models.hub_cache import HubFile, Repository, blob_path, free_bytes, is_cached, write_snapshot
from studio.models.hub_errors import HUB_ERRORS, disk_full, hub_error, offline
from studio.models.hub_fetch import TICK_SECONDS, Left, pieces
from studio.plan.errors import Failure, Refusal
from studio.plan.events import Progressed

RETRIES = 3
REPORT_SECONDS = 0.2
LISTING_SECONDS = 30  # data sets of tens of thousands of files are not listed at once


def repository_info(repository: Repository, *, revision: str | None = None) -> ModelInfo | DatasetInfo:
    """What the Hub has of a repository: its commit, and all files with sizes and hashes; one request. Raises Refusal or Failure."""
    try:
        validate_repo_id(repository.id)
    except HFValidationError:
        now = "write it as owner/name"
        what = "this is not a Hub id"
        raise Refusal("hub-bad-name", what, where=repository.id, now=now, field=repository.field) from None
    if constants.is_offline_mode():
        raise offline(repository)
    ask = HfApi(endpoint=constants.ENDPOINT)
    info = ask.dataset_info if repository.kind == "dataset" else ask.model_info
    try:
        return info(repository.id, revision=revision, files_metadata=True, timeout=LISTING_SECONDS)
    except HUB_ERRORS as error:
        raise hub_error(repository, error) from error


def hub_file(repository: Repository, sibling: RepoSibling) -> HubFile:
    """A file to fetch. Raises Failure where the Hub does not say its size and hash."""
    digest = sibling.lfs.sha256 if sibling.lfs is not None else sibling.blob_id
    if sibling.size is None or digest is None or not re.fullmatch(r"[0-9a-f]{40,64}", digest):
        raise Failure(
            "hub-failed",
            f"the Hub does not say how large {sibling.rfilename} is, or what its hash is",
            where=repository.id,
            now="if HF_ENDPOINT names a mirror, try without it",
            field=repository.field,
        )
    return HubFile(sibling.rfilename, sibling.size, digest, large=sibling.lfs is not None)


def is_plain(name: str) -> bool:
    """A file name without folders, for every system: a backslash leads out of the cache on Windows."""
    return name not in ("", ".", "..") and name == PurePosixPath(name).name == PureWindowsPath(name).name


def missing_files(repository: Repository, revision: str, files: Sequence[HubFile]) -> list[HubFile]:
    """The files that are not on this machine."""
    return [file for file in files if not is_cached(repository, revision, file)]


def bring(
    repository: Repository,
    revision: str,
    files: Sequence[HubFile],
    *,
    branch: str = constants.DEFAULT_REVISION,
    cancelled: Callable[[], bool],
) -> Generator[Progressed, None, Path]:
    """Fetch what is missing of a repository's files at one commit; returns their folder, which appears once all are there.

    Complete files stay whatever happens, so that the next attempt begins with the first that is missing. Raises Left within a second of
    `cancelled` turning true, Refusal or Failure.
    """
    total = sum(file.size_bytes for file in files)
    try:
        missing = missing_files(repository, revision, files)
        _check_disk(repository, sum(file.size_bytes for file in missing))
        done = total - sum(file.size_bytes for file in missing)
        for file in missing:
            blob = blob_path(repository.storage, file)
            blob.parent.mkdir(parents=True, exist_ok=True)
            for here in _fetch(repository, revision, file, blob, cancelled):
                yield Progressed(phase="downloading", done=done + here, total=total, unit="bytes")
            done += file.size_bytes
        snapshot = write_snapshot(repository, revision, branch, files)
    except HUB_ERRORS as error:
        raise hub_error(repository, error, files=True) from error
    yield Progressed(phase="downloading", done=total, total=total, unit="bytes")
    return snapshot


def _fetch(
    repository: Repository, revision: str, file: HubFile, blob: Path, cancelled: Callable[[], bool]
) -> Iterator[int]:
    """Bring one file to `blob`, or leave nothing. Yields the bytes so far several times a second."""
    url = hf_hub_url(repository.id, file.name, repo_type=repository.kind, revision=revision)
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
        _check_content(repository, file, partial)
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


def _check_content(repository: Repository, file: HubFile, partial: Path) -> None:
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
            field=repository.field,
        )


def _check_disk(repository: Repository, needed: int) -> None:
    spare = free_bytes(repository.storage) - needed
    if spare < 0:
        raise disk_full(repository, -spare)
