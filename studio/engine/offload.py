"""Offload of hidden states: what checkpointed blocks keep of their inputs waits in main memory until the backward comes by.

On a GPU the way there runs beside the computation, on a stream of its own and into pinned memory.
"""

from typing import Any, NamedTuple

import torch
from torch import Tensor


class _Away(NamedTuple):
    """States in main memory, of a tensor of some device."""

    states: Tensor
    device: torch.device


class Offload(torch.autograd.graph.saved_tensors_hooks):
    """While entered, hidden states (B, T, width) that autograd saves go to main memory; all else stays where it is.

    Weights have two dimensions, and what is inside a checkpointed block is not saved at all.
    """

    def __init__(self, width: int) -> None:
        super().__init__(self._pack, self._unpack)
        self._width = width
        self._stream: torch.cuda.Stream | None = None

    def _pack(self, tensor: Tensor) -> Tensor | _Away:
        if tensor.ndim != 3 or tensor.shape[-1] != self._width:
            return tensor
        if tensor.device.type != "cuda":
            return _Away(tensor.detach().to("cpu", copy=True), tensor.device)
        self._stream = self._stream or torch.cuda.Stream(tensor.device)  # type: ignore[no-untyped-call]
        self._stream.wait_stream(torch.cuda.current_stream(tensor.device))
        with torch.cuda.stream(self._stream):
            states = torch.empty(tensor.shape, dtype=tensor.dtype, pin_memory=True)
            states.copy_(tensor, non_blocking=True)
        tensor.record_stream(self._stream)  # its memory must not be used anew before it has been read
        return _Away(states, tensor.device)

    def _unpack(self, kept: Any) -> Tensor:
        if not isinstance(kept, _Away):
            assert isinstance(kept, Tensor)
            return kept
        if self._stream is not None:
            torch.cuda.current_stream(kept.device).wait_stream(self._stream)
        return kept.states.to(kept.device, non_blocking=True)
