"""How PEFT shapes and names the matrices of each kind of layer; these spellings appear here and in `config` alone.

    Linear, Conv1D      X.lora_A.weight (r, in)            X.lora_B.weight (out, r)
    convolution         X.lora_A.weight (r, in, *kernel)   X.lora_B.weight (out, r/groups, 1...)
    embedding           X.lora_embedding_A (r, V)          X.lora_embedding_B (dim, r)
    attention           in_proj as X, out_proj as X.base_layer.out_proj
    bare parameters     the first of a module as X.base_layer.base_layer..., the last as X; experts (E·r, in) and (out, r·E)
    DoRA                X.lora_magnitude_vector (out,), of a convolution (1, out, 1...)

PEFT convolves by a grouped layer's A without groups, so that each group's channels would meet: ours goes in with zeros for the channels of
other groups, which is the same function. A file that has other numbers there belongs to no weight, and is refused.
Of attention, PEFT 0.21 adds out_proj's change twice (its pull request 3774): a file means s·BA here all the same, once.
What PEFT has no place for (transposed convolutions, attention of unequal widths) is named in the same manner; PEFT refuses such targets.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from studio.lora.geometry import Geometry
from studio.plan.errors import Refusal

PREFIX = "base_model.model."
PARAMETER_KINDS = ("recurrent", "experts")


@dataclass(frozen=True, slots=True)
class Slot:
    """One pair's place in a file: its `path` without prefix and ending, and how its matrices are shaped there."""

    path: str
    geometry: Geometry
    kind: str

    def names(self) -> dict[str, str]:
        """The tensors' names by matrix."""
        between, after = ("_embedding", "") if self.kind == "embedding" else ("", ".weight")
        return {
            "A": f"{PREFIX}{self.path}.lora{between}_A{after}",
            "B": f"{PREFIX}{self.path}.lora{between}_B{after}",
            "m": f"{PREFIX}{self.path}.lora_magnitude_vector",
        }

    def written(self, matrix: str, tensor: Tensor) -> Tensor:
        """A (.., rank, in), B (.., out, rank) or m (stack, rows) in the file's shape."""
        ones = (1,) * len(self.geometry.kernel)
        if matrix == "m":
            return tensor.reshape(1, -1, *ones) if self.kind == "convolution" else tensor.flatten()
        if self.kind == "convolution":
            if matrix == "B":
                return tensor.reshape(-1, tensor.shape[-1], *ones)
            return self._spread(tensor).reshape(-1, self._channels(), *self.geometry.kernel)
        if self.kind == "experts":
            return tensor.flatten(0, 1) if matrix == "A" else tensor.permute(1, 2, 0).flatten(1)
        return tensor

    def shape(self, matrix: str, rank: int) -> tuple[int, ...]:
        """The shape of a matrix of the pair in the file."""
        A, B = self.geometry.shapes(rank)
        own = {"A": A, "B": B, "m": (self.geometry.stack, self.geometry.rows)}[matrix]
        return tuple(self.written(matrix, torch.empty(own, device="meta")).shape)

    def read(self, matrix: str, tensor: Tensor, rank: int) -> Tensor:
        """A tensor of the file, which has `shape`, as the pair has it. Refuses a grouped A that mixes its groups."""
        if matrix == "m":
            return tensor.reshape(self.geometry.stack, self.geometry.rows)
        A_shape, B_shape = self.geometry.shapes(rank)
        if self.kind == "experts" and matrix == "B":
            return tensor.reshape(-1, rank, self.geometry.stack).permute(2, 0, 1).contiguous()
        if self.kind == "convolution" and matrix == "A" and self.geometry.stacked:
            return self._gathered(tensor.flatten(1))
        return tensor.reshape(A_shape if matrix == "A" else B_shape)

    def _channels(self) -> int:
        """All input channels of a convolution."""
        return self.geometry.groups * self.geometry.columns // math.prod(self.geometry.kernel)

    def _spread(self, A: Tensor) -> Tensor:
        """(rank, in·kernel) of all channels, zero outside each group's."""
        if not self.geometry.stacked:
            return A
        groups, rank, columns = A.shape
        wide = A.new_zeros(groups, rank, groups, columns)
        for group in range(groups):
            wide[group, :, group] = A[group]
        return wide.reshape(groups * rank, groups * columns)

    def _gathered(self, A: Tensor) -> Tensor:
        """What `_spread` made, back."""
        groups, columns = self.geometry.groups, self.geometry.columns
        blocks = A.reshape(groups, -1, groups, columns)
        own = torch.stack([blocks[group, :, group] for group in range(groups)])
        if not torch.equal(self._spread(own), A):
            raise Refusal(
                "adapter-grouped",
                f"the adapter of {self.path} mixes the groups of a grouped convolution, and no weight computes that",
                where=self.path,
                now="leave the grouped convolutions out and train again",
            )
        return own


def slots_of(target: str, kind: str, geometries: Sequence[Geometry]) -> list[Slot]:
    """The places of a target's pairs."""
    if kind in PARAMETER_KINDS:
        last = len(geometries) - 1
        return [
            Slot(target + ".base_layer" * (last - index), geometry, kind) for index, geometry in enumerate(geometries)
        ]
    if kind == "attention":
        packed = geometries[0].weight == "in_proj_weight"
        below = ["", ".base_layer.out_proj"] if packed else [f".base_layer.{it.weight}" for it in geometries]
        return [Slot(target + path, geometry, kind) for path, geometry in zip(below, geometries, strict=True)]
    return [Slot(target, geometry, kind) for geometry in geometries]
