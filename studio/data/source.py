"""Data files before they are parsed: what is there, and what kind of content it has."""

import os
import stat
from pathlib import Path

from studio.plan.errors import Refusal

SNIFFED_BYTES = 65536
ARCHIVES = {
    b"PK\x03\x04": "a zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a rar archive",
}
PARQUET = b"PAR1"
TAR_MARK = slice(257, 262)


def is_folder(path: Path) -> bool:
    """Whether a path leads to a folder. Raises Refusal where it leads nowhere, or may not be looked at."""
    return stat.S_ISDIR(_status(path).st_mode)


def check_file(path: Path) -> None:
    """Pass only a regular file with something in it. Raises Refusal: missing, folder, pipe or device, empty, unreadable.

    Looks before it opens: opening a pipe would wait for its writer for ever.
    """
    status = _status(path)
    if stat.S_ISDIR(status.st_mode):
        raise refusal("data-folder", "this is a folder, not a data file", path, "choose a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise refusal("data-no-file", "this is a pipe or a device, not a data file", path, "save the rows to a file")
    if status.st_size == 0:
        raise no_rows(path)


def first_bytes(path: Path) -> bytes:
    """The first bytes of a file. Raises Refusal where it may not be read, or is an archive."""
    try:
        with path.open("rb") as file:
            head = file.read(SNIFFED_BYTES)
    except OSError as error:
        raise refusal("data-unreadable", f"the data file cannot be read: {error.strerror}", path, "check it") from error
    for mark, kind in ARCHIVES.items():
        if head.startswith(mark):
            raise refusal("data-archive", f"the data file is {kind}", path, "unpack it and choose the file in it")
    if head[TAR_MARK] == b"ustar":
        raise refusal("data-archive", "the data file is a tar archive", path, "unpack it and choose the file in it")
    return head


def _status(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a zero byte in the path
        raise refusal("data-missing", "there is no data file at this path", path, "check the path") from None
    except OSError as error:
        raise refusal("data-unreadable", f"the data file cannot be read: {error.strerror}", path, "check it") from error


def no_rows(path: Path) -> Refusal:
    """The refusal of a file that holds 0 rows."""
    return refusal("data-empty", "the data file holds 0 rows", path, "choose a file with at least one row")


def refusal(code: str, what: str, path: Path, now: str, *, place: str | None = None) -> Refusal:
    """A refusal that names the file, with the line or row in it where there is one."""
    return Refusal(code, what, where=f"{path}, {place}" if place else str(path), now=now, field="data.train")
