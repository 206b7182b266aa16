"""Where an adapter can sit: the weights of a module, each seen as a matrix whatever its shape in memory.

Every dense layer of torch multiplies by matrices, but stores them in its own way: a convolution folds its kernel into the inputs, a
grouped one is several matrices, an embedding is stored transposed, the experts of a mixture are stacked. Here each weight gets one
view (stack, out, in), and the rest of the core - norms, merge, DoRA, combination - knows that view alone.
"""

import math
from dataclasses import dataclass
from inspect import signature

from torch import Tensor, nn
from torch.nn.modules.linear import NonDynamicallyQuantizableLinear

from studio.lora.frozen import FrozenLinear, weight_of
from studio.plan.errors import Refusal

CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d)
TRANSPOSED_CONVOLUTIONS = (nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)
RECURRENT = (nn.RNN, nn.LSTM, nn.GRU)
EXPERT_WEIGHTS = ("gate_up_proj", "down_proj")


@dataclass(frozen=True, slots=True)
class Geometry:
    """One weight of a module as `stack` matrices (rows, columns): rows are its outputs, columns its inputs.

    `weight` is the parameter's name in the module. `stacked` says that every matrix has a pair of its own, (stack, rank, columns) and
    (stack, rows, rank). `transposed`: columns come first in memory. `kernel` is what a convolution folds into the columns.
    `looked_up`: its columns are chosen by ids, not multiplied.
    """

    weight: str
    rows: int
    columns: int
    stack: int = 1
    stacked: bool = False
    transposed: bool = False
    kernel: tuple[int, ...] = ()
    groups: int = 1
    looked_up: bool = False

    def view(self, weight: Tensor) -> Tensor:
        """The stored weight as (stack, rows, columns), sharing its memory."""
        if self.transposed:
            return weight.reshape(self.stack, self.columns, self.rows).transpose(1, 2)
        return weight.reshape(self.stack, self.rows, self.columns)

    def stored(self, matrices: Tensor, shape: tuple[int, ...]) -> Tensor:
        """(stack, rows, columns) in the shape in which the weight is stored."""
        return (matrices.transpose(1, 2) if self.transposed else matrices).reshape(shape)

    @property
    def copies(self) -> int:
        """How many pairs of the whole rank it has: groups share one among them."""
        return self.stack // self.groups

    def pair_rank(self, rank: int) -> int:
        """The rank of each matrix's pair: a grouped convolution shares the rank out among its groups."""
        return rank // self.groups

    def shapes(self, rank: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The shapes of A and B."""
        stack = (self.stack,) if self.stacked else ()
        each = self.pair_rank(rank)
        return (*stack, each, self.columns), (*stack, self.rows, each)

    def parameters(self, rank: int) -> int:
        """Entries of A and B."""
        return self.stack * self.pair_rank(rank) * (self.rows + self.columns)


def pair_name(target: str, weight: str) -> str:
    """What the pair of a target's weight is called: as the target, where the weight is simply its weight."""
    return target if weight == "weight" else f"{target}.{weight}"


def kind_of(module: nn.Module) -> str | None:
    """ "linear", "conv1d" (the transposed linear of GPT-2), "convolution", "transposed-convolution", "embedding", "recurrent", "attention",
    "experts", "linear-like" (a subclass of Linear, which may compute something of its own from its weight), or None.

    Kinds are told by the exact class: a subclass may compute something else, or be read for its weight alone (the out_proj inside
    nn.MultiheadAttention), and an adapter in its place would be wrong or do nothing.
    """
    kind = type(module)
    if kind in (nn.Linear, FrozenLinear):
        return "linear"
    # Told by its look: its class lives in transformers, which this package does not import.
    if kind.__name__ == "Conv1D" and hasattr(module, "nf") and hasattr(module, "nx"):
        return "conv1d"
    if kind in CONVOLUTIONS:
        return "convolution"
    if kind in TRANSPOSED_CONVOLUTIONS:
        return "transposed-convolution"
    if isinstance(module, nn.Embedding) and (kind is nn.Embedding or hasattr(module, "embed_scale")):
        return "embedding"
    if kind in RECURRENT:
        return "recurrent"
    if kind is nn.MultiheadAttention:
        return "attention"
    if all(_is_stack(getattr(module, name, None)) for name in EXPERT_WEIGHTS) and _is_routed(module):
        return "experts"
    if isinstance(module, nn.Linear) and kind is not NonDynamicallyQuantizableLinear and _is_matrix(module.weight):
        return "linear-like"
    return None


def why_not(module: nn.Module) -> str | None:
    """Why no adapter can sit on a module, in words that follow its name; None where one can."""
    kind = kind_of(module)
    if kind is None:
        own = any(True for _ in module.parameters(recurse=False))
        name = type(module).__name__
        return f"{name} is no kind of layer that an adapter fits" if own else f"{name} has no weight of its own"
    if kind == "embedding" and isinstance(module, nn.Embedding) and module.max_norm is not None:
        return "max_norm rewrites its weight on every call"
    if any(not parameter.is_floating_point() for parameter in module.parameters()):
        return "its weight is packed, not floating point"
    return None


def geometries_of(module: nn.Module) -> tuple[Geometry, ...]:
    """The weights of a module that an adapter changes; empty where it is of no known kind."""
    match kind_of(module):
        case "linear" | "linear-like":
            return (_matrix(module, "weight"),)
        case "conv1d":
            return (_matrix(module, "weight", transposed=True),)
        case "embedding":
            count, size = module.get_parameter("weight").shape
            return (Geometry("weight", size, count, transposed=True, looked_up=True),)
        case "convolution":
            return (_convolution(module),)
        case "transposed-convolution":
            first, *rest = module.get_parameter("weight").shape
            return (Geometry("weight", first, math.prod(rest)),)
        case "recurrent":
            names = [name for name, _ in module.named_parameters() if name.startswith("weight_")]
            return tuple(_matrix(module, name) for name in names)
        case "attention":
            names = ["in_proj_weight"]
            if getattr(module, "in_proj_weight", None) is None:
                names = ["q_proj_weight", "k_proj_weight", "v_proj_weight"]
            return tuple(_matrix(module, name) for name in (*names, "out_proj.weight"))
        case "experts":
            return tuple(_experts(module, name) for name in EXPERT_WEIGHTS)
        case _:
            return ()


def check_rank(target: str, geometry: Geometry, rank: int) -> None:
    """Refuse a rank that a grouped convolution cannot share out among its groups."""
    if rank % geometry.groups:
        raise Refusal(
            "rank-groups",
            f"the rank of {target} is {rank}, and it has {geometry.groups} groups",
            where=target,
            now=f"choose a multiple of {geometry.groups}",
        )


def _matrix(module: nn.Module, name: str, *, transposed: bool = False) -> Geometry:
    first, second = weight_of(module, name).shape
    return Geometry(name, second, first, transposed=True) if transposed else Geometry(name, first, second)


def _convolution(module: nn.Module) -> Geometry:
    weight = module.get_parameter("weight")
    groups = int(getattr(module, "groups"))  # noqa: B009 - nn.Module types unknown attributes as tensors
    rows, columns = weight.shape[0] // groups, math.prod(weight.shape[1:])
    return Geometry("weight", rows, columns, groups, stacked=groups > 1, kernel=tuple(weight.shape[2:]), groups=groups)


def _experts(module: nn.Module, name: str) -> Geometry:
    stack, first, second = module.get_parameter(name).shape
    if getattr(module, "is_transposed", False):  # gpt-oss stores (experts, in, out)
        return Geometry(name, second, first, stack, stacked=True, transposed=True)
    return Geometry(name, first, second, stack, stacked=True)


def _is_stack(value: object) -> bool:
    return isinstance(value, nn.Parameter) and value.ndim == 3


def _is_routed(module: nn.Module) -> bool:
    """Whether it is told which expert each token goes to, and takes their weights one by one; Llama 4's runs all on all tokens at once."""
    return len(signature(type(module).forward).parameters) > 2  # self and the tokens


def _is_matrix(value: object) -> bool:
    return isinstance(value, nn.Parameter) and value.ndim == 2 and value.is_floating_point()
