"""The place of a new run: whether its folder can be made and has room, asked before anything is made."""

import shutil
import tempfile
from pathlib import Path

from studio.plan.errors import Refusal
from studio.runs.places import runs_folder

CHECKPOINT_MATRICES = 3  # the adapter and AdamW's two moments, all float32
SMALL_FILES_BYTES = 4 << 20  # plan, events, summary


def check_place(path: Path | None) -> None:
    """Refuse a run's folder (None: one among the studio's own) that holds something, or that cannot be made; leaves no trace."""
    place = runs_folder() if path is None else path.expanduser().absolute()
    if path is not None and place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise Refusal(
            "run-exists", "there is already something at the run's folder", where=str(place), now="name a new folder"
        )
    above = nearest_folder(place)
    try:
        # Permission bits do not tell: a read-only file system, or root, shows only when written to.
        with tempfile.TemporaryFile(dir=above) as file:
            file.write(b"\0")
    except OSError as error:
        raise Refusal(
            "run-not-writable",
            f"the run's folder cannot be written: {error.strerror or error}",
            where=str(place),
            now="choose another folder or free some space",
        ) from error


def room_needed(trainable_parameters: int, checkpoints_kept: int) -> int:
    """Bytes that a run takes: the checkpoints that stay, the best, the one being written, and the adapters."""
    adapter = 4 * trainable_parameters
    return (checkpoints_kept + 2) * CHECKPOINT_MATRICES * adapter + 3 * adapter + SMALL_FILES_BYTES


def check_room(path: Path | None, trainable_parameters: int, checkpoints_kept: int) -> None:
    """Refuse a disk without room for the checkpoints that stay, the one being written, and both adapters."""
    place = runs_folder() if path is None else path.expanduser().absolute()
    needed = room_needed(trainable_parameters, checkpoints_kept)
    free = shutil.disk_usage(nearest_folder(place)).free
    if free < needed:
        raise Refusal(
            "disk-full",
            f"the run needs {needed / 1e6:,.0f} MB on the disk, and {free / 1e6:,.0f} MB are free",
            where=str(place),
            now="free some space, choose another folder, or keep fewer checkpoints",
            field="saving.keep_last",
        )


def nearest_folder(place: Path) -> Path:
    """The folder itself, or the nearest above it that exists."""
    return next(folder for folder in (place, *place.parents) if folder.is_dir())
