"""The adapted module, which stands in its base's place and computes W + s·BA.

              x (..., in)
             /           \\
    W (out, in)       A (rank, in)      A, B: trained, float32
      frozen               |
             \\        B (out, rank)
              \\          /
               y = Wx + s·BAx
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import torch
from torch import Tensor, nn

from studio.lora.pair import Pair
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal


class Part(nn.Module):
    """One adapter's share in a target: a pair for each of its weights, live at `strength` (0: silent, 1: as trained)."""

    def __init__(self, spec: AdapterSpec, pairs: Sequence[Pair]) -> None:
        super().__init__()
        self.spec = spec
        self._pairs = nn.ModuleList(pairs)
        self.strength = 1.0

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs, in the order of the target's geometries."""
        return cast(tuple[Pair, ...], tuple(self._pairs))


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows of a batch go through which part: the same for all targets, so parts are told by their adapter's number."""

    count: int
    chosen: Mapping[int, Tensor]
    rest: Tensor

    def places(self, rows: Tensor, length: int) -> Tensor:
        """Where rows lie along an axis that holds `length / count` entries for each, such as a batch's tokens in one line."""
        if length % self.count:
            raise Refusal(
                "rows-count",
                f"the batch has {length} rows, and adapters were chosen for {self.count}",
                now="choose an adapter, or none, for every row",
            )
        each = length // self.count
        if each == 1:
            return rows
        return (rows.unsqueeze(1) * each + torch.arange(each, device=rows.device)).flatten()


class LoraLayer(nn.Module):
    """A frozen base module with the parts of the adapters on it, whose changes of the weight add up.

    What it does not have itself (`weight`, `in_features`, ...) it answers as its base does, for models that look inside.
    `plain` computes with torch's own operations alone: the reference that the fused form is tested against.
    """

    base: Any  # a module of known kind

    def __init__(self, base: nn.Module, *, plain: bool = False) -> None:
        super().__init__()
        self.base = base
        self.plain = plain
        self.parts: dict[int, Part] = {}  # by the number of their adapter
        self.rows: Rows | None = None
        self.train(base.training)

    def __getattr__(self, name: str) -> Any:
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(super().__getattr__("base"), name)

    def add(self, number: int, part: Part) -> None:
        """Let an adapter's part speak."""
        self.parts[number] = part
        self.add_module(f"part{number}", part)
        part.train(self.training)

    def remove(self, number: int) -> None:
        """Let it be silent."""
        del self.parts[number]
        del self._modules[f"part{number}"]

    def live(self) -> list[Part]:
        """The parts that are not silent."""
        return [part for part in self.parts.values() if part.strength]

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """What the base computes, with the adapted weights: rows of a mixed batch each with their own."""
        if self.rows is None:
            return self.compute(self.live(), *args, **kwargs)
        return self.mixed(self.rows, *args, **kwargs)

    def compute(self, parts: list[Part], *args: Any, **kwargs: Any) -> Any:
        """The adapted output for all rows alike."""
        raise NotImplementedError

    def mixed(self, rows: Rows, *args: Any, **kwargs: Any) -> Any:
        """The adapted output, each adapter's rows through it: here group by group, for kinds that need the weight itself."""
        groups: list[tuple[list[Part], Tensor]] = [([], rows.rest)] if len(rows.rest) else []
        for number, chosen in rows.chosen.items():
            groups.append(([self.parts[number]] if number in self.parts else [], chosen))
        outputs = []
        for parts, chosen in groups:
            some_args, some_kwargs = self.select(rows, chosen, args, kwargs)
            outputs.append(self.compute([part for part in parts if part.strength], *some_args, **some_kwargs))
        order = torch.cat([chosen for _, chosen in groups])
        return self.join(rows, outputs, torch.argsort(order))

    def select(self, rows: Rows, chosen: Tensor, args: Any, kwargs: Any) -> tuple[Any, Any]:
        """The arguments for some rows."""
        raise NotImplementedError

    def join(self, rows: Rows, outputs: list[Any], order: Tensor) -> Any:
        """The outputs of the groups one behind the other, and then in the order that the batch had."""
        raise NotImplementedError


def joined(rows: Rows, outputs: list[Tensor], order: Tensor, axis: int) -> Tensor:
    """Tensors of groups of rows as one, `order` being the place of each row in their concatenation."""
    whole = torch.cat(outputs, dim=axis)
    return whole.index_select(axis, rows.places(order, whole.shape[axis]))
