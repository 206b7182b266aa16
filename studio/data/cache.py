"""The cache of encoded data: what it holds, how large it is, and its end."""

import hashlib
import json
import shutil
import time
from pathlib import Path

from studio.data.fingerprint import data_fingerprint
from studio.data.reading import open_source
from studio.plan.plan import DataPlan
from studio.runs.atomic import remove_partials, write_text
from studio.runs.places import data_cache_folder

FINGERPRINTS = "fingerprints"  # a folder: one small file for each data file that was read whole
SETTLED_SECONDS = 2  # a file changed this lately may change again within the same time stamp


def cached_fingerprint(path: Path) -> str:
    """`data_fingerprint`, remembered by path, size and time of change, so that large files are not read whole at every start."""
    before = path.stat()
    about = [str(path.absolute()), before.st_size, before.st_mtime_ns, before.st_ino]
    name = hashlib.sha256(json.dumps(about).encode()).hexdigest()[:32]
    note = data_cache_folder() / FINGERPRINTS / name
    if note.is_file():
        return note.read_text(encoding="utf-8")
    found = data_fingerprint(path)
    if time.time() - before.st_mtime > SETTLED_SECONDS:
        note.parent.mkdir(parents=True, exist_ok=True)
        write_text(note, found)
    return found


def fingerprints(data: DataPlan) -> dict[str, str]:
    """The fingerprint of every file that a plan reads, by path. Raises Refusal where one is not there."""
    entries = [(data.train, "data.train"), *((more.path, "data.more") for more in data.more)]
    if data.eval is not None:
        entries.append((data.eval, "data.eval"))
    files = [file for entry, field in entries for file in open_source(entry, encoding=data.encoding, field=field).files]
    return {str(file): cached_fingerprint(file) for file in files}


def cache_bytes() -> int:
    """What all encoded data take of the disk."""
    folder = data_cache_folder()
    return sum(entry.stat().st_size for entry in folder.rglob("*") if entry.is_file()) if folder.is_dir() else 0


def clear_cache() -> int:
    """Delete all encoded data; returns the bytes freed. Runs that read them at this moment keep them open on Linux and macOS."""
    folder = data_cache_folder()
    freed = cache_bytes()
    if folder.is_dir():
        remove_partials(folder)
        shutil.rmtree(folder)
    return freed
