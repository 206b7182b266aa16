"""The start of an adapter that looks at the data first."""

from collections.abc import Generator, Mapping, Sequence

import torch
from torch import Tensor
from transformers import PreTrainedModel

from studio.data.example import Example
from studio.lora.geometry import kind_of
from studio.lora.starts import STARTS
from studio.lora.starts.eva import InputDirections
from studio.plan.events import Event, Progressed

MOST_ROWS = 64  # some thousand tokens settle the first directions


def input_directions(
    model: PreTrainedModel, ranks: Mapping[str, int], examples: Sequence[Example], init: str
) -> Generator[Event, None, dict[str, Tensor]]:
    """The principal directions (directions, in) of each linear target's inputs on some rows; none where the start wants none."""
    if not STARTS[init].wants_inputs:
        return {}
    modules = {name: model.get_submodule(name) for name in ranks}
    linear = {name: module for name, module in modules.items() if kind_of(module) in ("linear", "conv1d")}
    watched = InputDirections(linear, ranks)
    every = max(1, len(examples) // MOST_ROWS)
    rows = [examples[number] for number in range(0, len(examples), every)][:MOST_ROWS]
    with watched.watching(), torch.no_grad():
        for done, row in enumerate(rows):  # one by one: padding is no input
            yield Progressed(phase="looking at the targets' inputs", done=done, total=len(rows), unit="rows")
            model(input_ids=torch.tensor([list(row.ids)], device=model.device))
    return watched.directions()
