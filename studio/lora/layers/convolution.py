"""The adapted convolution, in one, two or three dimensions, with stride, dilation, padding mode and groups as its base has them."""

from torch import Tensor
from torch.nn import functional as F

from studio.lora.dropout import seeded_dropout
from studio.lora.layers.layer import LoraLayer, Part, Rows
from studio.lora.layers.product import scaled

CONVOLVE = {1: F.conv1d, 2: F.conv2d, 3: F.conv3d}


class LoraConvolution(LoraLayer):
    """x (N, in, *size) -> (N, out, *size'): A is a convolution like the base's onto `rank` channels, B one of kernel 1 onto all.

    Convolving by A and then pointwise by B is convolving by BA, whatever the stride, dilation and padding, since B mixes channels
    alone. With g groups each has A (rank/g, in/g·k) and B (out/g, rank/g) of its own.
    """

    def compute(self, parts: list[Part], x: Tensor) -> Tensor:
        y0: Tensor = self.base(x)
        y = y0
        for part in parts:
            y = y + self._change(part, x, y0)
        return y

    def mixed(self, rows: Rows, x: Tensor) -> Tensor:
        y: Tensor = self.base(x)
        for number, chosen in rows.chosen.items():
            part = self.parts.get(number)
            if part is not None and part.strength:
                places = rows.places(chosen, x.shape[0])
                y.index_add_(0, places, self._change(part, x[places], y[places]))
        return y

    def _change(self, part: Part, x: Tensor, y0: Tensor) -> Tensor:
        pair = part.pairs[0]
        A, B = pair.matrices()
        weight, ones = self.base.weight, (1,) * len(pair.geometry.kernel)
        rank = A.shape[-2]
        down = A.to(x.dtype).reshape(-1, *weight.shape[1:])
        up = B.to(x.dtype).reshape(-1, rank, *ones)
        dropped = seeded_dropout(x, part.spec.dropout if self.training else 0.0)
        narrow = self.base._conv_forward(dropped, down, None)  # pads as the base does
        update = CONVOLVE[len(ones)](narrow, up, groups=self.base.groups)
        c = pair.factor(weight)
        bias = self.base.bias
        return scaled(
            pair.scale * part.strength * update,
            y0,
            None if bias is None else bias.reshape(-1, *ones),
            None if c is None else c.reshape(-1, *ones),
            part.strength,
        )
