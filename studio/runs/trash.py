"""The trash: deleted runs, until they are put back or deleted for good."""

import json
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from studio.plan.errors import Refusal
from studio.runs.atomic import write_text
from studio.runs.folder import Run
from studio.runs.places import data_folder

ORIGIN = "origin.json"


@dataclass(frozen=True, slots=True)
class TrashedRun:
    """A run in the trash: where it lies now, where it came from, when it was deleted (seconds since 1970)."""

    run: Run
    origin: Path
    deleted: float

    @property
    def size_bytes(self) -> int:
        """What its files take on the disk."""
        return sum(entry.stat().st_size for entry in self.run.path.rglob("*") if entry.is_file())


def trash_folder() -> Path:
    """Where deleted runs lie, each in a folder of its own."""
    return data_folder() / "trash"


def move_to_trash(run: Run) -> TrashedRun:
    """Take a run out of the list. Raises Refusal where it is running, OSError where it cannot be moved."""
    if run.owner() is not None:
        raise Refusal("run-busy", "the run is running", where=str(run.path), now="stop it first")
    place = trash_folder() / secrets.token_hex(4)
    place.mkdir(parents=True)
    trashed = TrashedRun(Run(place / run.name), run.path.absolute(), time.time())
    # First the way back: a crash between the two leaves the run where it was.
    write_text(place / ORIGIN, json.dumps({"path": str(trashed.origin), "deleted": trashed.deleted}))
    try:
        shutil.move(run.path, trashed.run.path)
    except OSError:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return trashed


def list_trash() -> list[TrashedRun]:
    """The runs in the trash, last deleted first."""
    found = []
    for origin in trash_folder().glob(f"*/{ORIGIN}"):
        tree = json.loads(origin.read_text(encoding="utf-8"))
        path = Path(tree["path"])
        if (origin.parent / path.name).is_dir():
            found.append(TrashedRun(Run(origin.parent / path.name), path, float(tree["deleted"])))
    return sorted(found, key=lambda trashed: trashed.deleted, reverse=True)


def put_back(trashed: TrashedRun) -> Run:
    """Return a run to where it was. Raises Refusal where something else is there now, OSError where it cannot be moved."""
    if trashed.origin.exists():
        raise Refusal(
            "run-exists",
            "there is something else now where the run was",
            where=str(trashed.origin),
            now="rename that first",
        )
    trashed.origin.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(trashed.run.path, trashed.origin)
    shutil.rmtree(trashed.run.path.parent)
    return Run(trashed.origin)


def delete_for_good(trashed: TrashedRun) -> None:
    """Delete a run in the trash; it cannot be brought back. Raises OSError."""
    shutil.rmtree(trashed.run.path.parent)
