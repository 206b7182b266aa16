"""The header of a safetensors file: names, types and shapes of its tensors.

Layout: 8 bytes n, little-endian; n bytes of JSON, {name: {"dtype", "shape", "data_offsets"}}; the data, without holes
(https://huggingface.co/docs/safetensors, "Format"). Nothing but the header is read.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from studio.models.jsonfile import regular_size
from studio.plan.errors import Refusal

MOST_HEADER_BYTES = 16 * 2**20
MOST_TENSORS = 100_000
BITS = {
    "BOOL": 8, "U8": 8, "I8": 8, "U16": 16, "I16": 16, "U32": 32, "I32": 32, "U64": 64, "I64": 64,
    "F16": 16, "BF16": 16, "F32": 32, "F64": 64, "C64": 64,
    "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "F6_E2M3": 6, "F6_E3M2": 6, "F4": 4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """One tensor as stored: safetensors' name of its type, its shape, its size in bytes, and the file it lies in."""

    dtype: str
    shape: tuple[int, ...]
    size_bytes: int
    file: Path


def read_header(path: Path) -> dict[str, TensorInfo]:
    """The tensors of a file by name. Raises Refusal for a file that is missing, empty, cut short or no safetensors file."""
    size = regular_size(path)
    if size == 0:
        _refuse("weights-empty", path, "is an empty file")
    if size < 8:
        _refuse("weights-damaged", path, f"is no safetensors file: it has {size} bytes")
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if length > MOST_HEADER_BYTES:
            _refuse(
                "weights-damaged",
                path,
                f"has a header of {length:,} bytes, more than the {MOST_HEADER_BYTES:,} allowed",
            )
        if 8 + length > size:
            _refuse("weights-truncated", path, f"is cut short: {size:,} bytes of at least {8 + length:,}")
        text = file.read(length)
    try:
        tree = json.loads(text.decode("utf-8"), object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        _refuse("weights-damaged", path, "has a header that is not valid JSON")
    if not isinstance(tree, dict):
        _refuse("weights-damaged", path, "has a header that is no JSON object")
    tree.pop("__metadata__", None)
    if len(tree) > MOST_TENSORS:
        _refuse("weights-damaged", path, f"names {len(tree):,} tensors, more than the {MOST_TENSORS:,} allowed")

    tensors, end = {}, 0
    for name, start, stop, info in _in_order(path, tree):
        if start != end:
            _refuse("weights-damaged", path, f"has a hole or an overlap before tensor {name!r}")
        end = stop
        tensors[name] = info
    if 8 + length + end != size:
        expected = 8 + length + end
        code, what = (
            ("weights-truncated", "is cut short") if size < expected else ("weights-damaged", "has bytes too many")
        )
        _refuse(code, path, f"{what}: {size:,} bytes where its header promises {expected:,}")
    return tensors


def _in_order(path: Path, tree: dict[str, Any]) -> Iterator[tuple[str, int, int, TensorInfo]]:
    """(name, start, stop, info) of each tensor in the order of the data."""
    rows = []
    for name, entry in tree.items():
        match entry:
            case {"dtype": str(dtype), "shape": [*shape], "data_offsets": [int(start), int(stop)]} if (
                dtype in BITS and all(type(length) is int and length >= 0 for length in shape) and 0 <= start <= stop
            ):
                if (math.prod(shape) * BITS[dtype] + 7) // 8 != stop - start:
                    _refuse("weights-damaged", path, f"gives tensor {name!r} a size that does not fit its shape")
                rows.append((name, start, stop, TensorInfo(dtype, tuple(shape), stop - start, path)))
            case _:
                _refuse("weights-damaged", path, f"describes tensor {name!r} in a way that cannot be read")
    return iter(sorted(rows, key=lambda row: (row[1], row[2])))


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Raises ValueError where a name occurs twice: readers differ on which one counts."""
    tree = dict(pairs)
    if len(tree) != len(pairs):
        raise ValueError("a name occurs twice")
    return tree


def _refuse(code: str, path: Path, what: str) -> NoReturn:
    raise Refusal(code, f"{path.name} {what}", where=str(path), now="get the file again from its source", field="model")
