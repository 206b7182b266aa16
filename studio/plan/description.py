"""What is known of a model before its weights are read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class ModuleInfo:
    """One module. `shape` is its weight's shape as stored; `parameters` counts its own and those below it.

    `adaptable` says whether an adapter can sit here, `reason` why not. `head` marks the output head, which all-linear leaves out.
    `matrices` are what an adapter pairs with, as (copies, out, in); empty where the one matrix is the shape itself.
    """

    name: str
    kind: str
    shape: tuple[int, ...] | None
    parameters: int
    adaptable: bool
    reason: str | None = None
    head: bool = False
    matrices: tuple[tuple[int, int, int], ...] = ()

    @property
    def dims(self) -> tuple[int, int]:
        """(out, in) of an adaptable module's largest matrix; conv1d stores (in, out)."""
        if self.matrices:
            return max((out, in_) for _, out, in_ in self.matrices)
        if self.shape is None or len(self.shape) != 2:
            raise ValueError(f"{self.name} has no matrix")
        first, second = self.shape
        return (second, first) if self.kind == "conv1d" else (first, second)

    def adapter_parameters(self, rank: int) -> int:
        """r (in + out) for each matrix: entries of A (r, in) and B (out, r)."""
        if self.matrices:
            return sum(copies * rank * (out + in_) for copies, out, in_ in self.matrices)
        return rank * sum(self.dims)


@dataclass(frozen=True)
class ModelDescription:
    """A model's modules and the sizes that an estimate needs. Counts are in parameters, sizes in bytes.

    `model` is what was asked for, `path` the folder where it lies (None: only on the Hub so far); `weight_bytes` is the size of the
    weights as stored, 0 where only a config is known; `problems` says why it cannot be trained, empty where it can.
    """

    model: str
    path: str | None
    model_type: str
    total_parameters: int
    modules: tuple[ModuleInfo, ...]
    dtype: str = "float32"
    tied: bool = False
    layers: int = 0
    hidden_size: int = 0
    intermediate_size: int = 0
    vocab_size: int = 0
    heads: int = 0
    kv_heads: int = 0
    head_dim: int = 0
    max_positions: int | None = None
    weight_bytes: int = 0
    has_tokenizer: bool = False
    has_chat_template: bool = False
    problems: tuple[str, ...] = ()

    @cached_property
    def width_blocks(self) -> Mapping[str, str]:
        """The block of every adaptable module that takes the layer's width: the targets of one block share that input."""
        return {
            module.name: module.name.rpartition(".")[0]
            for module in self.modules
            if module.adaptable and module.dims[1] == self.hidden_size
        }

    @cached_property
    def by_name(self) -> Mapping[str, ModuleInfo]:
        """The modules by full name."""
        return {module.name: module for module in self.modules}

    @cached_property
    def adaptable(self) -> tuple[ModuleInfo, ...]:
        """The modules that can be targets."""
        return tuple(module for module in self.modules if module.adaptable)

    def to_json(self) -> dict[str, Any]:
        """The object that `inspect --json` prints."""
        return asdict(self)

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "ModelDescription":
        """The description that `to_json` wrote."""
        modules = tuple(
            ModuleInfo(
                **{
                    **row,
                    "shape": None if row["shape"] is None else tuple(row["shape"]),
                    "matrices": tuple(tuple(matrix) for matrix in row.get("matrices", ())),
                }
            )
            for row in fields["modules"]
        )
        return cls(**{**fields, "modules": modules, "problems": tuple(fields["problems"])})
