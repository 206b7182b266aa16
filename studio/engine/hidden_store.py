"""A store of hidden states by row, in main memory up to a budget, in a file beyond it."""

import tempfile
from pathlib import Path
from typing import BinaryIO

import torch
from torch import Tensor

Key = tuple[int, ...]


class HiddenStore:
    """Hidden states (tokens, H) of rows. The file lies in `folder`, has no name where the system allows it, and is gone with the store."""

    def __init__(self, memory_bytes: int, folder: Path) -> None:
        self.memory_bytes = 0
        self.disk_bytes = 0
        self._room = memory_bytes
        self._folder = folder
        self._file: BinaryIO | None = None
        self._kept: dict[Key, Tensor] = {}
        self._places: dict[Key, tuple[int, torch.Size, torch.dtype]] = {}  # where in the file

    def __contains__(self, key: Key) -> bool:
        return key in self._kept or key in self._places

    def put(self, key: Key, hidden: Tensor) -> None:
        """Keep a copy of a row's states. Raises OSError where the disk is full."""
        size = hidden.numel() * hidden.element_size()
        if self.memory_bytes + size <= self._room:
            self._kept[key] = hidden.detach().to("cpu", copy=True)
            self.memory_bytes += size
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - open as long as the store
        written = hidden.detach().cpu().contiguous()
        self._file.seek(self.disk_bytes)
        self._file.write(written.view(torch.uint8).numpy().data)
        self._places[key] = self.disk_bytes, written.shape, written.dtype
        self.disk_bytes += size

    def get(self, key: Key) -> Tensor:
        """A row's states, on the CPU. Raises KeyError for a row that was never put."""
        if key in self._kept:
            return self._kept[key]
        begin, shape, dtype = self._places[key]
        assert self._file is not None
        self._file.seek(begin)
        size = shape.numel() * dtype.itemsize
        return torch.frombuffer(bytearray(self._file.read(size)), dtype=torch.uint8).view(dtype).view(shape)

    def close(self) -> None:
        """Forget all."""
        self._kept.clear()
        self._places.clear()
        if self._file is not None:
            self._file.close()
