"""PEFT's adapter_model.safetensors: its matrices by the path that they are named with."""

import json
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor

from studio.formats.peft.layout import PREFIX
from studio.plan.errors import Refusal

# Endings of names, and the matrix that each means. The vector of DoRA had ".weight" once.
ENDINGS = {
    ".lora_A.weight": "A", ".lora_B.weight": "B", ".lora_embedding_A": "A", ".lora_embedding_B": "B",
    ".lora_magnitude_vector": "m", ".lora_magnitude_vector.weight": "m",
}  # fmt: skip
# PEFT adds the base's own embeddings where they are targets, and VeLoRA what its backward compresses with.
IDLE_ENDINGS = (".base_layer.weight", ".base_layer.bias", ".lora_velora_embed")
MAX_HEADER_BYTES = 16 << 20

Matrices = dict[str, Tensor]  # "A", "B" and perhaps "m"


def read_tensors(path: Path) -> tuple[dict[str, Matrices], dict[str, str]]:
    """A, B and perhaps m by path, shaped as in the file, in float32, with the file's metadata. Refuses a file that holds anything else.

    The file is read, not mapped: a mapped file that shrinks kills the process.
    """
    data = _read_bytes(path)
    if len(data) < 8 or int.from_bytes(data[:8], "little") > min(MAX_HEADER_BYTES, len(data) - 8):
        what = "is empty" if not data else "has no valid header"
        raise Refusal("adapter-broken", f"the adapter's file {what}", where=str(path), now="copy it again")
    try:
        tensors = load(data)
    except SafetensorError as error:
        raise Refusal(
            "adapter-broken", f"the adapter's file is damaged: {error}", where=str(path), now="copy it again"
        ) from error
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    return _pairs(tensors, path), header.get("__metadata__", {})


def _read_bytes(path: Path) -> bytes:
    if path.is_file():
        return path.read_bytes()
    if path.with_suffix(".bin").is_file():
        raise Refusal(
            "adapter-pickle",
            "the adapter is a pickle, which can run any code when it is opened",
            where=str(path.with_suffix(".bin")),
            now=f"have it saved as {path.name} by the program that made it",
        )
    raise Refusal("adapter-missing", f"there is no {path.name}", where=str(path.parent), now="copy the folder again")


def _pairs(tensors: dict[str, Tensor], path: Path) -> dict[str, Matrices]:
    """The file's tensors, checked and put together, in the order of their names."""
    found: dict[str, Matrices] = {}
    for name in sorted(tensors):
        if name.startswith(PREFIX) and name.endswith(IDLE_ENDINGS):
            continue
        place, matrix = _placed(name, path)
        _check_matrix(name, matrix, tensors[name], path)
        found.setdefault(place, {})[matrix] = tensors[name].to(torch.float32)
    if not found:
        raise Refusal(
            "adapter-empty",
            "the adapter holds no tensors, so it would do nothing",
            where=str(path),
            now="copy it again",
        )
    for place, matrices in found.items():
        for missing in {"A", "B"} - matrices.keys():
            raise Refusal(
                "adapter-broken",
                f"the adapter lacks the {missing} matrix of {place}",
                where=str(path),
                now="have it saved again: half a pair would do nothing",
            )
    if not any((matrices["A"].any() and matrices["B"].any()) or "m" in matrices for matrices in found.values()):
        raise Refusal(
            "adapter-nothing",
            "every pair of the adapter has a matrix of zeros, so it would do nothing",
            where=str(path),
            now="use a later checkpoint of its training",
        )
    return found


def _placed(name: str, path: Path) -> tuple[str, str]:
    """The path and the matrix that a tensor's name means."""
    if not name.startswith(PREFIX):
        raise Refusal(
            "adapter-tensor",
            f"the adapter's tensor {name!r} does not begin with {PREFIX!r}, so PEFT would pass it over",
            where=str(path),
            now="have it saved in PEFT's layout",
        )
    for ending, matrix in ENDINGS.items():
        if name.endswith(ending) and name != PREFIX + ending.lstrip("."):
            return name.removeprefix(PREFIX).removesuffix(ending), matrix
    raise Refusal(
        "adapter-tensor",
        f"the adapter's tensor {name!r} is no matrix of an adapter",
        where=str(path),
        now="use an adapter that trains nothing but low-rank matrices",
    )


def _check_matrix(name: str, matrix: str, tensor: Tensor, path: Path) -> None:
    if not (1 if matrix == "m" else 2) <= tensor.ndim <= 5 or 0 in tensor.shape or not tensor.is_floating_point():
        dtype = str(tensor.dtype).removeprefix("torch.")
        raise Refusal(
            "adapter-tensor",
            f"the adapter's tensor {name!r} is no matrix of real numbers: {dtype}, shape {tuple(tensor.shape)}",
            where=str(path),
            now="have it saved again",
        )
    if not tensor.to(torch.float32).isfinite().all():
        raise Refusal(
            "adapter-not-finite",
            f"the adapter's tensor {name!r} holds NaN or infinity",
            where=str(path),
            now="use an earlier checkpoint of its training",
        )
