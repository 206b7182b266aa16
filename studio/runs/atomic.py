"""Whole or not at all: files and folders that appear complete, or do not appear.

Written beside the goal, flushed to the disk, then renamed over it (`os.replace` is atomic on one file system), then the folder
itself is flushed so that the rename survives a power cut.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PARTIAL = ".partial-"  # the mark of things that are still being written; leftovers of a crash are found by it


def write_bytes(path: Path, data: bytes) -> None:
    """Put `data` at `path`, or leave what was there. Raises OSError (disk full, no permission)."""
    beside = path.with_name(f"{PARTIAL}{secrets.token_hex(4)}-{path.name}")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def write_text(path: Path, text: str) -> None:
    """Put UTF-8 text at `path`, or leave what was there."""
    write_bytes(path, text.encode("utf-8"))


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """A new folder beside `path` to fill; on success it takes the place of `path`, on any error it is gone and `path` is as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{PARTIAL}{secrets.token_hex(4)}-{path.name}")
    beside.mkdir()
    try:
        yield beside
        for entry in beside.rglob("*"):
            if entry.is_file():
                _flush_file(entry)
            else:
                _flush_folder(entry)
        _flush_folder(beside)
        if path.is_dir():
            # A full folder cannot be replaced in one call: move the old one aside first, and drop it last.
            old = path.with_name(f"{PARTIAL}{secrets.token_hex(4)}-old-{path.name}")
            path.replace(old)
            beside.replace(path)
            shutil.rmtree(old)
        else:
            beside.replace(path)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    _flush_folder(path.parent)


def remove_partials(folder: Path) -> None:
    """Delete what a crash left half-written in a folder."""
    for entry in folder.glob(f"{PARTIAL}*"):
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _flush_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _flush_folder(path: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; NTFS journals the rename itself
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
