"""Reading the small JSON files of a model folder, with a limit on their size."""

import errno
import json
import os
import stat
from pathlib import Path
from typing import Any

from studio.plan.errors import Refusal

MOST_BYTES = 64 * 2**20  # the largest honest file is a tokenizer.json of some 30 MB


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file. Raises Refusal: not a regular file, too large, not JSON (with line and column), not an object."""
    size = regular_size(path)
    if size > MOST_BYTES:
        raise Refusal(
            "model-file-too-large",
            f"{path.name} is {size / 2**20:,.0f} MB, more than the {MOST_BYTES // 2**20} MB that are read",
            where=str(path),
            now="get the file again from its source",
            field="model",
        )
    try:
        tree = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _damaged(path, f"byte {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise _damaged(path, f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise _damaged(path, "it is nested too deeply") from None
    if not isinstance(tree, dict):
        raise _damaged(path, f"it holds a {type(tree).__name__} where an object belongs")
    return tree


def regular_size(path: Path) -> int:
    """The size in bytes of a regular file, links followed. Raises Refusal for anything else: opening a pipe would wait for ever."""
    try:
        status = path.stat()
    except OSError as error:
        raise unreadable(path, error) from None
    if not stat.S_ISREG(status.st_mode):
        kind = "folder" if stat.S_ISDIR(status.st_mode) else "pipe, socket or device"
        raise Refusal(
            "model-file-not-regular",
            f"{path.name} is a {kind}, not a file",
            where=str(path),
            now="get the file again from its source",
            field="model",
        )
    if not os.access(path, os.R_OK):
        raise unreadable(path, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    return status.st_size


def unreadable(path: Path, error: OSError) -> Refusal:
    """The refusal for a path that the file system does not give."""
    if error.errno == errno.ELOOP:
        return Refusal(
            "model-link-loop",
            f"{path.name} is a link that leads back to itself",
            where=str(path),
            now="remove the link and choose the real folder",
            field="model",
        )
    if isinstance(error, FileNotFoundError):
        return Refusal(
            "model-file-missing",
            f"{path.name} is missing",
            where=str(path),
            now="get the file again from its source",
            field="model",
        )
    return Refusal(
        "model-file-unreadable",
        f"{path.name} cannot be read: {error.strerror or error}",
        where=str(path),
        now="check the path and its permissions",
        field="model",
    )


def _damaged(path: Path, why: str) -> Refusal:
    return Refusal(
        "model-file-damaged",
        f"{path.name} is damaged: {why}",
        where=str(path),
        now="repair it, or get the file again from its source",
        field="model",
    )
