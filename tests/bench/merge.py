"""What a merge from disk to disk costs: peak resident memory and time, for an 8B Llama shape in bfloat16.

    python tests/bench/merge.py [--folder DIR] [--layers 32]

The base is a sparse file of zeros, so it takes no room; the result takes 16 GB. Both are deleted at the end.
"""

import argparse
import json
import math
import resource
import shutil
import tempfile
import time
from pathlib import Path

import torch

from studio.engine.stream import Merge, write
from studio.lora.geometry import Geometry
from studio.lora.pair import Pair
from studio.lora.spec import AdapterSpec
from studio.models.weights import find_weights

HIDDEN, INNER, KEYS, VOCABULARY = 4096, 14336, 1024, 128256
SHAPES = {
    "self_attn.q_proj": (HIDDEN, HIDDEN), "self_attn.k_proj": (KEYS, HIDDEN), "self_attn.v_proj": (KEYS, HIDDEN),
    "self_attn.o_proj": (HIDDEN, HIDDEN), "mlp.gate_proj": (INNER, HIDDEN), "mlp.up_proj": (INNER, HIDDEN),
    "mlp.down_proj": (HIDDEN, INNER),
}  # fmt: skip
RANK = 16


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--folder", default=None)
    words.add_argument("--layers", type=int, default=32)
    asked = words.parse_args()
    home = Path(tempfile.mkdtemp(dir=asked.folder))
    try:
        base, to = home / "base", home / "out"
        base.mkdir()
        to.mkdir()
        _sparse_base(base / "model.safetensors", asked.layers)
        tensors = find_weights(base)
        merge = Merge(tensors, _pairs(asked.layers), {}, torch.bfloat16)
        before = _peak_bytes()
        begin = time.perf_counter()
        for _ in write(merge, to):
            pass
        seconds = time.perf_counter() - begin
        largest = max(info.size_bytes for info in tensors.values())
        grown = _peak_bytes() - before
        print(
            f"base {sum(info.size_bytes for info in tensors.values()) / 1e9:.1f} GB, largest tensor {largest / 1e9:.2f} GB"
        )
        print(f"peak RSS {_peak_bytes() / 1e9:.2f} GB, of which the merge {grown / 1e9:.2f} GB")
        print(f"peak RSS above the largest tensor {(_peak_bytes() - largest) / 1e9:.2f} GB")
        print(f"{seconds:.0f} s")
    finally:
        shutil.rmtree(home)


def _sparse_base(path: Path, layers: int) -> None:
    shapes = {"model.embed_tokens.weight": (VOCABULARY, HIDDEN), "lm_head.weight": (VOCABULARY, HIDDEN)}
    shapes |= {
        f"model.layers.{layer}.{name}.weight": shape for layer in range(layers) for name, shape in SHAPES.items()
    }
    header, end = {}, 0
    for name, shape in shapes.items():
        begin, end = end, end + 2 * math.prod(shape)
        header[name] = {"dtype": "BF16", "shape": list(shape), "data_offsets": [begin, end]}
    text = json.dumps(header).encode()
    with path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        file.truncate(8 + len(text) + end)


def _pairs(layers: int) -> dict[str, Pair]:
    spec = AdapterSpec(RANK, 32.0)
    return {
        f"model.layers.{layer}.{name}.weight": Pair(
            Geometry("weight", *shape), spec, torch.randn(RANK, shape[1]), torch.randn(shape[0], RANK)
        )
        for layer in range(layers)
        for name, shape in SHAPES.items()
    }


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
