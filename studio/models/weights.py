"""The weight files of a model folder, found as transformers finds them and kept inside the folder."""

import os
from pathlib import Path

from studio.models.headers import TensorInfo, read_header
from studio.models.jsonfile import read_json
from studio.plan.errors import Refusal

SINGLE = "model.safetensors"
INDEX = "model.safetensors.index.json"
PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.h5", "*.msgpack")


def has_weights(folder: Path) -> bool:
    """Whether the folder names safetensors weights, whole or not. `lexists`: a broken link is a damaged model, not a bare config."""
    return any(os.path.lexists(folder / name) for name in (SINGLE, INDEX))


def has_only_config(folder: Path) -> bool:
    """Whether there is nothing that could be weights: such a folder can be described, and not trained."""
    kinds = ("*.safetensors", "*.gguf", *PICKLES)
    return not has_weights(folder) and not any(next(folder.glob(kind), None) for kind in kinds)


def find_weights(folder: Path) -> dict[str, TensorInfo]:
    """Every tensor of the model by its name in the checkpoint, from the headers alone.

    Raises Refusal: no safetensors weights, an index that cannot be read or leads out of the folder, shards that are missing, damaged
    or lack a tensor that the index promises.
    """
    # transformers takes the single file where both are there.
    if os.path.lexists(folder / SINGLE):
        return read_header(folder / SINGLE)
    if os.path.lexists(folder / INDEX):
        return _sharded(folder, folder / INDEX)
    raise _no_weights(folder)


def _sharded(folder: Path, index: Path) -> dict[str, TensorInfo]:
    places = _weight_map(index)
    shards = sorted(set(places.values()))
    for name in shards:
        if "/" in name or "\\" in name or ":" in name or name in ("", ".", ".."):
            raise Refusal(
                "weights-outside",
                f"the index points to {name!r}, which is not a file of this folder",
                where=str(index),
                now="do not use this copy; get the model again from a source you trust",
                field="model",
            )
    missing = [name for name in shards if not os.path.lexists(folder / name)]
    if missing:
        raise Refusal(
            "weights-missing",
            f"{len(missing)} of {len(shards)} weight files {'is' if len(missing) == 1 else 'are'} missing: {few_names(missing)}",
            where=str(folder),
            now="download the missing files again",
            field="model",
        )
    headers = {name: read_header(folder / name) for name in shards}
    lost = [name for name, shard in places.items() if name not in headers[shard]]
    if lost:
        raise Refusal(
            "weights-incomplete",
            f"{len(lost)} tensors that the index promises are not in their files: {few_names(lost)}",
            where=str(index),
            now="get the model again from its source",
            field="model",
        )
    tensors: dict[str, TensorInfo] = {}
    for header in headers.values():
        twice = [name for name in header if name in tensors]
        if twice:
            raise Refusal(
                "weights-ambiguous",
                f"{len(twice)} tensors lie in more than one weight file: {few_names(twice)}",
                where=str(index),
                now="get the model again from its source",
                field="model",
            )
        tensors |= header
    return tensors


def _weight_map(index: Path) -> dict[str, str]:
    places = read_json(index).get("weight_map")
    if not isinstance(places, dict) or not places or not all(isinstance(shard, str) for shard in places.values()):
        raise Refusal(
            "model-file-damaged",
            f"{index.name} has no weight_map from tensors to files",
            where=str(index),
            now="get the file again from its source",
            field="model",
        )
    return places


def _no_weights(folder: Path) -> Refusal:
    pickles = sorted(path.name for kind in PICKLES for path in folder.glob(kind))
    if any(folder.glob("*.gguf")):
        what, now = (
            "this folder holds GGUF weights, which cannot be trained",
            "choose the model in its safetensors form",
        )
        return Refusal("weights-gguf", what, where=str(folder), now=now, field="model")
    if pickles:
        return Refusal(
            "weights-pickle",
            f"the weights are only there in a format that can run code when opened: {few_names(pickles)}",
            where=str(folder),
            now="choose a copy of the model with safetensors weights",
            field="model",
        )
    strays = sorted(path.name for path in folder.glob("*.safetensors"))
    if strays:
        return Refusal(
            "weights-missing",
            f"there are weight files but neither {SINGLE} nor {INDEX}: {few_names(strays)}",
            where=str(folder),
            now="download the missing index, or rename the single file",
            field="model",
        )
    return Refusal(
        "weights-missing",
        "there are no weights beside the config",
        where=str(folder),
        now=f"download {SINGLE} into this folder",
        field="model",
    )


def few_names(names: list[str]) -> str:
    """The first names of a list, for a sentence."""
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
