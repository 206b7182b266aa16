"""The adapted embedding, which looks A's columns up instead of multiplying by them."""

from torch import Tensor
from torch.nn import functional as F

from studio.lora.layers.layer import LoraLayer, Part, Rows
from studio.lora.layers.product import scaled


class LoraEmbedding(LoraLayer):
    """ids (...) -> (..., dim): W[ids] + s·A[:, ids]ᵀ Bᵀ, both times `embed_scale` where the base has one (Gemma).

    There is no dropout, as in PEFT: an id has no entries to drop. The padding id's column of A gets no gradient, as its row of W gets none.
    """

    def compute(self, parts: list[Part], ids: Tensor) -> Tensor:
        y0: Tensor = self.base(ids)
        y = y0
        for part in parts:
            y = y + self._change(part, ids, y0)
        return y

    def mixed(self, rows: Rows, ids: Tensor) -> Tensor:
        y: Tensor = self.base(ids)
        for number, chosen in rows.chosen.items():
            part = self.parts.get(number)
            if part is not None and part.strength:
                places = rows.places(chosen, ids.shape[0])
                y = y.index_add(0, places, self._change(part, ids[places], y[places]))
        return y

    def _change(self, part: Part, ids: Tensor, y0: Tensor) -> Tensor:
        pair = part.pairs[0]
        A, B = pair.matrices()
        found = F.embedding(ids, A.t(), self.base.padding_idx).to(y0.dtype)  # (..., rank)
        update = pair.scale * part.strength * F.linear(found, B.to(y0.dtype))
        scale = getattr(self.base, "embed_scale", None)
        if scale is not None:
            update = update * (scale.to(update.dtype) if isinstance(scale, Tensor) else scale)
        c = pair.factor(self.base.weight)
        return scaled(update, y0, None, None if c is None else c[0], part.strength)
