"""PEFT's adapter_model.safetensors: the pairs of matrices by target."""

import json
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor

from studio.plan.errors import Refusal

PREFIX = "base_model.model."
ENDINGS = {"A": ".lora_A.weight", "B": ".lora_B.weight"}
MAX_HEADER_BYTES = 16 << 20


def tensor_name(target: str, matrix: str) -> str:
    """The name of a target's A or B in the file."""
    return f"{PREFIX}{target}{ENDINGS[matrix]}"


def read_tensors(path: Path) -> tuple[dict[str, tuple[Tensor, Tensor]], dict[str, str]]:
    """(A (rank, in), B (out, rank)) by target in float32, with the file's metadata. Refuses a file that holds anything else.

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


def _pairs(tensors: dict[str, Tensor], path: Path) -> dict[str, tuple[Tensor, Tensor]]:
    """The file's tensors, checked and paired, in the order of their names."""
    halves: dict[str, dict[str, Tensor]] = {}
    for name in sorted(tensors):
        target, matrix = _placed(name, path)
        _check_matrix(name, tensors[name], path)
        halves.setdefault(target, {})[matrix] = tensors[name].to(torch.float32)
    if not halves:
        raise Refusal(
            "adapter-empty",
            "the adapter holds no tensors, so it would do nothing",
            where=str(path),
            now="copy it again",
        )
    for target, pair in halves.items():
        for missing in ENDINGS.keys() - pair.keys():
            raise Refusal(
                "adapter-broken",
                f"the adapter lacks {tensor_name(target, missing)}",
                where=str(path),
                now="have it saved again: half a pair would do nothing",
            )
        A, B = pair["A"], pair["B"]
        if A.shape[0] != B.shape[1]:
            raise Refusal(
                "adapter-broken",
                f"{tensor_name(target, 'A')} has rank {A.shape[0]} and {tensor_name(target, 'B')} rank {B.shape[1]}",
                where=str(path),
                now="have it saved again",
            )
    return {target: (pair["A"], pair["B"]) for target, pair in halves.items()}


def _placed(name: str, path: Path) -> tuple[str, str]:
    """The target and the matrix, A or B, that a tensor's name means."""
    if not name.startswith(PREFIX):
        raise Refusal(
            "adapter-tensor",
            f"the adapter's tensor {name!r} does not begin with {PREFIX!r}, so PEFT would pass it over",
            where=str(path),
            now="have it saved in PEFT's layout",
        )
    for matrix, ending in ENDINGS.items():
        if name.endswith(ending) and name != PREFIX + ending.lstrip("."):
            return name.removeprefix(PREFIX).removesuffix(ending), matrix
    raise Refusal(
        "adapter-tensor",
        f"the adapter's tensor {name!r} is neither an A nor a B matrix of a linear module",
        where=str(path),
        now="use an adapter that trains linear modules alone",
    )


def _check_matrix(name: str, tensor: Tensor, path: Path) -> None:
    if tensor.ndim != 2 or 0 in tensor.shape or not tensor.is_floating_point():
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
