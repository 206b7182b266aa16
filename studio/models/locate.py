"""Where a model lies on this machine."""

from pathlib import Path

from studio.models.hub_cache import storage_folder
from studio.models.jsonfile import unreadable
from studio.plan.errors import Refusal
from studio.plan.planfile import could_be_hub_id


def locate(model: str) -> Path:
    """The folder of a model: a local folder, or the newest snapshot of a Hub id in the cache.

    Raises Refusal: nothing is there, a file, a link loop, a folder without a model (naming the model one level down, where there is
    one), a Hub id that has not been downloaded.
    """
    place = Path(model).expanduser()
    try:
        place.stat()
    except FileNotFoundError:
        if place.is_symlink():
            raise unreadable(place, FileNotFoundError()) from None
        return _downloaded(model)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        cause = error if isinstance(error, OSError) else OSError(0, str(error))
        raise unreadable(place, cause) from None
    if place.is_dir():
        _check_holds_model(place)
        return place.resolve()
    raise Refusal(
        "model-is-file",
        "this is a file, not a model's folder",
        where=str(place),
        now=f"choose its folder, {place.absolute().parent}",
        field="model",
    )


def _check_holds_model(folder: Path) -> None:
    if (folder / "config.json").is_symlink() or (folder / "config.json").exists():
        return
    if (folder / "adapter_config.json").is_file():
        raise Refusal(
            "model-is-adapter",
            "this folder holds an adapter, not a model",
            where=str(folder),
            now="choose the model that the adapter was made for",
            field="model",
        )
    if any(folder.glob("*.gguf")):
        raise Refusal(
            "weights-gguf",
            "this folder holds GGUF weights, which cannot be trained",
            where=str(folder),
            now="choose the model in its safetensors form",
            field="model",
        )
    below = sorted(entry for entry in folder.iterdir() if (entry / "config.json").is_file())
    if below:
        more = f" (or one of {len(below) - 1} others beside it)" if len(below) > 1 else ""
        now = f"choose the model in it, {below[0]}{more}"
    else:
        now = "choose a folder with a config.json in it"
    raise Refusal("model-not-here", "there is no model in this folder", where=str(folder), now=now, field="model")


def _downloaded(model: str) -> Path:
    if not could_be_hub_id(model):
        raise Refusal(
            "model-missing",
            "there is nothing at this path",
            where=model,
            now="choose an existing model folder, or give a Hub id such as owner/name",
            field="model",
        )
    snapshot = newest_snapshot(storage_folder(model))
    if snapshot is None:
        raise Refusal(
            "model-not-downloaded",
            f"there is no folder {model!r} here, and the Hub's model of that name is not on this machine yet",
            where=model,
            now=f"press Download, or run `hf download {model}`; for a folder, check its path",
            field="model",
        )
    _check_holds_model(snapshot)
    return snapshot


def newest_snapshot(storage: Path) -> Path | None:
    """What the main branch was at the last download, else the snapshot that was written last."""
    main = storage / "refs" / "main"
    if main.is_file():
        named = storage / "snapshots" / main.read_text(encoding="utf-8").strip()
        if named.is_dir():
            return named
    snapshots = storage / "snapshots"
    found = [entry for entry in snapshots.iterdir() if entry.is_dir()] if snapshots.is_dir() else []
    return max(found, key=lambda entry: entry.stat().st_mtime, default=None)
