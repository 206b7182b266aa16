"""Functions of single entries, the same to the last bit whatever the number of threads.

torch gives each thread a share of a CPU tensor's entries and computes them a vector at a time; what is left over at a share's end goes
through the C library instead, whose `exp` rounds otherwise. So a tensor is taken in pieces whose shares are whole vectors with every number
of threads that there may be, and the rest in pieces that torch does not share out.
"""

from collections.abc import Callable
from functools import lru_cache
from math import lcm

import torch
from torch import Tensor

from studio.lora.thread_counts import all_threads, candidates

GRAIN = 32_768  # entries from which torch shares an operation out, and that each thread has at least (at::internal::GRAIN_SIZE)
VECTORS = 64  # entries of two vectors of the widest kind, of 16-bit numbers: what torch's loop takes at once


def in_whole_vectors(function: Callable[..., object], *tensors: Tensor) -> Tensor:
    """`function(*pieces, out)` for all entries of tensors of one shape and dtype, in a new contiguous tensor."""
    out = torch.empty_like(tensors[0], memory_format=torch.contiguous_format)
    flat = [tensor.reshape(-1) for tensor in tensors]
    into = out.view(-1)
    for piece in _pieces(out.numel()) if out.device.type == "cpu" else (slice(None),):
        function(*(tensor[piece] for tensor in flat), into[piece])
    return out


def _pieces(entries: int) -> tuple[slice, ...]:
    return pieces(entries, tuple(candidates(all_threads())))


@lru_cache(maxsize=1024)
def pieces(entries: int, counts: tuple[int, ...]) -> tuple[slice, ...]:
    """Pieces that each of `counts` threads shares out in whole vectors, or not at all."""
    found, begin = [], 0
    while begin < entries:
        size = _first(entries - begin, counts)
        found.append(slice(begin, begin + size))
        begin += size
    return tuple(found)


def _first(entries: int, counts: tuple[int, ...]) -> int:
    """The size of the largest piece at the front; what is smaller than a grain is one."""
    for grains in range(-(-entries // GRAIN), 1, -1):
        # With so many grains each of `counts` comes to so many shares, of even length but for the last.
        unit = VECTORS * lcm(*(min(count, grains) for count in counts))
        size = min(entries, grains * GRAIN) // unit * unit
        if -(-size // GRAIN) == grains:
            return size
    return min(entries, GRAIN - 1)
