"""The merge from disk to disk: tensor by tensor, so that neither base nor result is ever in memory whole."""

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import torch
from torch import Tensor

from studio.formats.content import Content
from studio.lora.merge import CHUNK_ENTRIES, Rounding, merged_weight
from studio.lora.pair import Pair
from studio.models.headers import TensorInfo
from studio.models.weights import INDEX, SINGLE
from studio.plan.errors import Failure, Refusal

# safetensors' names of types (https://huggingface.co/docs/safetensors, "Format").
TYPES = {
    "F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64, "I32": torch.int32,
    "I16": torch.int16, "I8": torch.int8, "U8": torch.uint8, "BOOL": torch.bool,
}  # fmt: skip
BLOCK_BYTES = 16 << 20
NAMES = {dtype: name for name, dtype in TYPES.items()}


@dataclass(slots=True)
class Merge:
    """What is to be merged: pairs by the base's tensor names. `copies` are tensors that the result has of its own: name to source.

    `rounding` and `digests` (of what was written, by name) fill while it runs.
    """

    tensors: Mapping[str, TensorInfo]
    pairs: Mapping[str, Pair]
    copies: Mapping[str, str]
    dtype: torch.dtype
    rounding: Rounding = field(default_factory=Rounding)
    digests: dict[str, str] = field(default_factory=dict)


def merge_of(
    content: Content, tensors: Mapping[str, TensorInfo], dtype: torch.dtype, *, prefix: str, tied: Mapping[str, str]
) -> Merge | None:
    """The merge of an adapter into a base's files; None where some target has no tensor of its own there.

    Models whose tensors are joined while loading (the experts of most mixtures) are such: they are merged in memory. `prefix` is what
    checkpoints may leave out of a name ("model"), `tied` which parameter shares another's tensor: a target among the two gets its own.
    """
    pairs: dict[str, Pair] = {}
    copies: dict[str, str] = {}
    for name, pair in content.pairs().items():
        source = _stored_name(tied.get(name, name), tensors, prefix)
        if source is None:
            return None
        place = source
        if name in tied:
            place = name
            copies[place] = source
        pairs[place] = pair
    for shared, source in tied.items():
        stored = _stored_name(source, tensors, prefix)
        if stored in pairs and shared not in pairs:
            copies[shared] = str(stored)  # the other end of the tie stays what it was
    return Merge(tensors, pairs, copies, dtype)


def write(merge: Merge, folder: Path) -> Iterator[tuple[int, int]]:
    """Write the merged weights into a folder, shard by shard as the base has them; yields how many tensors are done, of how many.

    At most one tensor of the base, its result and one block of its delta are in memory. Raises Refusal where a result is not finite in the
    dtype, OSError where the disk does not take it, Failure where what was written reads back otherwise.
    """
    shards: dict[str, list[str]] = {}
    for name, info in merge.tensors.items():
        shards.setdefault(info.file.name, []).append(name)
    first = next(iter(shards))
    shards[first] += [name for name in merge.copies if name not in merge.tensors]
    total, done = sum(map(len, shards.values())), 0
    for shard, names in shards.items():
        for _ in _write_shard(merge, folder / shard, names):
            done += 1
            yield done, total
    if list(shards) != [SINGLE]:
        sizes = (_size(merge, name) for names in shards.values() for name in names)
        places = {name: shard for shard, names in shards.items() for name in names}
        index = {"metadata": {"total_size": sum(sizes)}, "weight_map": dict(sorted(places.items()))}
        (folder / INDEX).write_text(json.dumps(index, indent=2) + "\n", encoding="utf-8")


def _write_shard(merge: Merge, path: Path, names: list[str]) -> Iterator[str]:
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name in names:
        begin, end = end, end + _size(merge, name)
        info = _info(merge, name)
        header[name] = {"dtype": NAMES[_dtype(merge, name)], "shape": list(info.shape), "data_offsets": [begin, end]}
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % 8)  # tensors begin at a multiple of eight
    with path.open("w+b") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for name in names:
            data = _bytes(_result(merge, name))
            merge.digests[name] = hashlib.blake2b(data).hexdigest()
            file.write(data)
            file.flush()
            del data
            yield name
        file.seek(8 + len(text))
        for name in names:
            if _digest_of_next(file, _size(merge, name)) != merge.digests[name]:
                raise Failure(
                    "export-disagrees",
                    f"{name} reads back otherwise than it was written",
                    where=str(path),
                    now="nothing was kept; check the disk and export again",
                )


def _result(merge: Merge, name: str) -> Tensor:
    """The tensor as it is to be written."""
    weight = read_tensor(_info(merge, name), merge.copies.get(name, name))
    pair = merge.pairs.get(name)
    if pair is not None:
        return merged_weight(name, weight, pair, merge.dtype, rounding=merge.rounding)
    result = weight.to(_dtype(merge, name))
    # Of all at once, the answers would take more memory than the tensor.
    blocks = torch.split(result.reshape(-1), CHUNK_ENTRIES)
    if result.is_floating_point() and not all(block.isfinite().all() for block in blocks):
        raise Refusal(
            "merge-not-finite",
            f"{name} of the base is not finite in {str(merge.dtype).removeprefix('torch.')}",
            where=name,
            now="merge to float32 or bfloat16",
        )
    return result


def _digest_of_next(file: BinaryIO, size: int) -> str:
    digest = hashlib.blake2b()
    while size and (data := file.read(min(size, BLOCK_BYTES))):
        digest.update(data)
        size -= len(data)
    return digest.hexdigest()


def read_tensor(info: TensorInfo, name: str) -> Tensor:
    """One tensor of a file, read and not mapped: a mapped file that shrinks kills the process."""
    with info.file.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        begin, end = json.loads(file.read(length))[name]["data_offsets"]
        file.seek(8 + length + begin)
        data = bytearray(end - begin)
        file.readinto(data)
    dtype = TYPES[info.dtype]
    return torch.frombuffer(data, dtype=dtype).reshape(info.shape) if data else torch.empty(info.shape, dtype=dtype)


def _info(merge: Merge, name: str) -> TensorInfo:
    return merge.tensors[merge.copies.get(name, name)]


def _dtype(merge: Merge, name: str) -> torch.dtype:
    own = TYPES[_info(merge, name).dtype]
    return merge.dtype if own.is_floating_point else own


def _size(merge: Merge, name: str) -> int:
    return math.prod(_info(merge, name).shape) * _dtype(merge, name).itemsize


def _bytes(tensor: Tensor) -> memoryview:
    return tensor.contiguous().reshape(-1).view(torch.uint8).numpy().data


def _stored_name(name: str, tensors: Mapping[str, TensorInfo], prefix: str) -> str | None:
    candidates = (name, name.removeprefix(f"{prefix}."), f"{prefix}.{name}")
    return next((candidate for candidate in candidates if candidate in tensors), None)
