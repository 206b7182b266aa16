"""Adapted layers that need the adapted weight itself: recurrent ones, attention, transposed convolutions, unknown kinds of linear."""

from typing import Any

from torch import Tensor
from torch.func import functional_call
from torch.nn.utils.rnn import PackedSequence

from studio.lora.layers.layer import LoraLayer, Part, Rows, joined
from studio.plan.errors import Refusal


class LoraWeights(LoraLayer):
    """Computes W' = W + s·BA once in each call, and lets the base's own forward run with it.

    The input meets W' alone, so it cannot be dropped out on A's way: dropout is refused at injection. The mixed batch goes group by group.
    """

    def compute(self, parts: list[Part], *args: Any, **kwargs: Any) -> Any:
        if not parts:
            return self.base(*args, **kwargs)
        adapted: dict[str, Tensor] = {}
        for part in parts:
            for pair in part.pairs:
                name = pair.geometry.weight
                weight = self.base.get_parameter(name)
                change = part.strength * pair.change(weight)
                adapted[name] = adapted.get(name, weight) + change.to(weight.dtype)
        return functional_call(self.base, adapted, args, kwargs)

    def select(self, rows: Rows, chosen: Tensor, args: Any, kwargs: Any) -> tuple[Any, Any]:
        return tuple(_some(rows, chosen, value, 0) for value in args), kwargs

    def join(self, rows: Rows, outputs: list[Any], order: Tensor) -> Any:
        return joined(rows, outputs, order, 0)


class LoraRecurrent(LoraWeights):
    """An adapted RNN, LSTM or GRU: weight_ih and weight_hh of every layer and direction."""

    def select(self, rows: Rows, chosen: Tensor, args: Any, kwargs: Any) -> tuple[Any, Any]:
        named = dict(zip(("input", "hx"), args)) | kwargs
        x, state = named["input"], named.get("hx")
        if isinstance(x, PackedSequence) or x.ndim != 3:
            raise Refusal(
                "rows-packed",
                f"a mixed batch cannot go through {type(self.base).__name__} packed or unbatched",
                now="pass a padded batch, or one adapter's rows at a time",
            )
        if state is not None:
            state = (
                tuple(_some(rows, chosen, each, 1) for each in state)
                if isinstance(state, tuple)
                else _some(rows, chosen, state, 1)
            )
        return (_some(rows, chosen, x, self._axis()), state), {}

    def join(self, rows: Rows, outputs: list[Any], order: Tensor) -> Any:
        y = joined(rows, [output for output, _ in outputs], order, self._axis())
        states = [state for _, state in outputs]
        if isinstance(states[0], tuple):
            return y, tuple(joined(rows, list(each), order, 1) for each in zip(*states, strict=True))
        return y, joined(rows, states, order, 1)

    def _axis(self) -> int:
        return 0 if self.base.batch_first else 1


class LoraAttention(LoraWeights):
    """An adapted nn.MultiheadAttention: the projections into queries, keys and values, and the one out."""

    def select(self, rows: Rows, chosen: Tensor, args: Any, kwargs: Any) -> tuple[Any, Any]:
        names = ("query", "key", "value", "key_padding_mask", "need_weights", "attn_mask", "average_attn_weights")
        named = dict(zip(names, args)) | kwargs
        for name in ("query", "key", "value"):
            named[name] = _some(rows, chosen, named[name], self._axis())
        if named.get("key_padding_mask") is not None:
            named["key_padding_mask"] = _some(rows, chosen, named["key_padding_mask"], 0)
        mask = named.get("attn_mask")
        if mask is not None and mask.ndim == 3:  # (rows x heads, target, source)
            named["attn_mask"] = _some(rows, chosen, mask, 0)
        return (), named

    def join(self, rows: Rows, outputs: list[Any], order: Tensor) -> Any:
        y = joined(rows, [output for output, _ in outputs], order, self._axis())
        weights = [weight for _, weight in outputs]
        return y, None if weights[0] is None else joined(rows, weights, order, 0)

    def _axis(self) -> int:
        return 0 if self.base.batch_first else 1


def _some(rows: Rows, chosen: Tensor, value: Tensor, axis: int) -> Tensor:
    return value.index_select(axis, rows.places(chosen, value.shape[axis]))
