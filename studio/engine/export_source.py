"""What an export starts from: an adapter folder, with the base model it belongs to."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from studio.formats.peft.folder import CONFIG, AdapterFile, read_adapter
from studio.models.locate import locate
from studio.plan.errors import Refusal
from studio.runs.folder import Run, open_run


@dataclass(frozen=True, slots=True)
class Source:
    """An adapter folder with its checked content, the base model as it is named, and the folder where that lies.

    `prompts` are the sample prompts of the run that made it, empty where none is known; `trained_over` is how that run held its base.
    """

    folder: Path
    file: AdapterFile
    base_name: str
    base: Path
    prompts: tuple[str, ...]
    trained_over: str = "none"


def find_source(text: str) -> Source:
    """The source that a path means: a run (its adapter), or an adapter folder, `RUN/best` for example.

    Raises Refusal: nothing there, a run without an adapter yet, an adapter that cannot be read, a base model that is missing.
    """
    path = Path(text).expanduser()
    if (path / CONFIG).is_file():
        folder, run = path.absolute(), _run_of(path.absolute())
    else:
        run = _open(path)
        folder = run.adapter
        if not (folder / CONFIG).is_file():
            raise Refusal(
                "adapter-missing",
                "the run has no adapter yet",
                where=str(run.path),
                now=f"export after it ends, or choose {run.best_adapter} where that exists",
            )
    file = read_adapter(folder)
    plan = None if run is None else run.plan()
    name = plan.model if plan is not None else file.base_model
    if not name:
        raise Refusal(
            "base-unknown",
            "the adapter does not say which base model it belongs to",
            where=str(folder / CONFIG),
            now="write the model's path into base_model_name_or_path there",
        )
    if plan is None:
        return Source(folder, file, name, locate(name), ())
    return Source(folder, file, name, locate(name), plan.evaluation.prompts, plan.training.quantization)


def check_target(to: Path, needed_bytes: int) -> None:
    """Raise Refusal where an export of so many bytes cannot be put at `to`: taken, not writable, too little free disk."""
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise Refusal(
            "export-exists", "there is already something at the target", where=str(to), now="name a new folder"
        )
    parent = to.parent
    while not parent.exists():
        parent = parent.parent
    try:
        with tempfile.TemporaryFile(dir=parent):
            pass
    except OSError as error:
        raise Refusal(
            "export-not-writable",
            f"the target cannot be written: {error.strerror or error}",
            where=str(parent),
            now="choose another folder",
        ) from error
    free_bytes = shutil.disk_usage(parent).free
    if free_bytes < needed_bytes:
        raise Refusal(
            "disk-full",
            f"the export needs {needed_bytes:,} bytes and {free_bytes:,} are free",
            where=str(parent),
            now="free some space or choose another disk",
        )


def _open(path: Path) -> Run:
    try:
        return open_run(path)
    except Refusal as refusal:
        raise Refusal(
            "source-missing",
            "there is neither a run nor an adapter at this path",
            where=str(path),
            now="name a run, or a folder with adapter_config.json in it",
        ) from refusal


def _run_of(folder: Path) -> Run | None:
    """The run that an adapter folder lies in, if it does."""
    return next((Run(parent) for parent in list(folder.parents)[:3] if Run(parent).plan_file.is_file()), None)
