"""What of the Hub's data sets is on this machine: a note for each entry, written once all its files are there."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from studio.data.hub_entry import HubEntry, is_hub_entry, parse_entry
from studio.models.hub_cache import HubFile
from studio.plan.plan import DataPlan
from studio.runs.atomic import write_text
from studio.runs.places import data_folder


def fetched_files(entry: HubEntry) -> tuple[Path, ...] | None:
    """The files of an entry, in the order in which they are read; None where it is not on this machine, or no longer whole.

    Asks no network: the entry stays at the commit at which it was fetched.
    """
    note = _note(entry)
    if not note.is_file():
        return None
    known = json.loads(note.read_text(encoding="utf-8"))
    folder = entry.repository.snapshot(known["revision"])
    files = [(folder / file["name"], file["size_bytes"]) for file in known["files"]]
    whole = all(path.is_file() and path.stat().st_size == size_bytes for path, size_bytes in files)
    return tuple(path for path, _ in files) if whole else None


def opened_files(entry: str, field: str = "data.train") -> tuple[Path, ...]:
    """The files of an entry. Raises Refusal `data-not-fetched` where they are not on this machine."""
    parsed = parse_entry(entry, field)
    files = fetched_files(parsed)
    if files is None:
        what = f"the Hub's data set {parsed.name} is not on this machine yet"
        raise parsed.refusal(
            "data-not-fetched", what, "fetch it in the data panel; lora-studio train does so by itself"
        )
    return files


def check_fetched(data: DataPlan) -> None:
    """Raises Refusal `data-not-fetched` at the first entry of a plan that would have to be fetched."""
    entries = [(data.train, "data.train"), *((more.path, "data.more") for more in data.more)]
    if data.eval is not None:
        entries.append((data.eval, "data.eval"))
    for entry, field in entries:
        if is_hub_entry(entry):
            opened_files(entry, field)


def write_note(entry: HubEntry, revision: str, files: Sequence[HubFile]) -> None:
    """Note the commit and the files of an entry. Raises OSError."""
    note = _note(entry)
    note.parent.mkdir(parents=True, exist_ok=True)
    about = [{"name": file.name, "size_bytes": file.size_bytes} for file in files]
    write_text(note, json.dumps({"entry": entry.text, "revision": revision, "files": about}, indent=1))


def _note(entry: HubEntry) -> Path:
    """Kept apart from the encoded data, which may be cleared at any time."""
    key = hashlib.sha256(json.dumps([entry.name, entry.config, entry.split]).encode()).hexdigest()[:16]
    return data_folder() / "fetched" / f"{entry.name.replace('/', '--')}-{key}.json"
