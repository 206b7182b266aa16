"""The decoder blocks of a model through torch.compile, each kind of block compiled once for all that are of it (regional compilation).

The compiler makes kernels of its own out of plain operations, and can make nothing of our autograd nodes. So while compiled blocks answer,
the fused ones are taken out, and the adapted layers within compute with torch's own operations alone.
"""

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import torch
import torch._dynamo
from torch import nn
from transformers import PreTrainedModel
from transformers.modeling_layers import GradientCheckpointingLayer

from studio.lora.blocks.find import Block
from studio.lora.layers.layer import LoraLayer
from studio.runs.places import compiled_folder

BACKEND = "inductor"
FOLDER = "TORCHINDUCTOR_CACHE_DIR"  # the environment's name for where torch keeps what it compiles
SETTLED = "eager_on_recompile"  # torch's word: what is not compiled by now is computed uncompiled


class CompiledBlocks:
    """Compiled forwards in the place of a model's decoder blocks, between `install` and `remove`.

    Sizes are symbols in them, so that batches of other lengths need no other code. Whatever does need other code is compiled when it is
    met `compiling`; what is first met later is computed by plain operations, and nothing is ever compiled in the middle of a run.
    """

    def __init__(self, model: PreTrainedModel, fused: Sequence[Block]) -> None:
        self._blocks = [module for module in model.modules() if isinstance(module, GradientCheckpointingLayer)]
        self._layers = [layer for block in self._blocks for layer in block.modules() if isinstance(layer, LoraLayer)]
        self._fused = fused
        self._installed = False
        self._compiled: dict[Callable[..., Any], Callable[..., Any]] = {}

    def __len__(self) -> int:
        return len(self._blocks)

    def install(self) -> None:
        """Let the blocks answer by what is compiled, and by what will be."""
        for block in reversed(self._fused):
            block.remove()
        for layer in self._layers:
            layer.plain = True
        for module in self._blocks:
            module.forward = self._answering(module)
        self._installed = True

    def remove(self) -> None:
        """Let the blocks answer as they did before, where they do not."""
        if not self._installed:
            return
        self._installed = False
        for module in self._blocks:
            del module.forward
        for layer in self._layers:
            layer.plain = False
        for block in self._fused:
            block.install()

    @contextmanager
    def compiling(self) -> Iterator[None]:
        """Within, torch compiles what this thread meets, and keeps on the disk what it makes: another run of the model need not wait."""
        if _is_torchs_own(os.environ.get(FOLDER)):
            os.environ[FOLDER] = str(compiled_folder())
        torch.compiler.set_stance("default")
        try:
            # Scales are numbers of the layers: as symbols they would make torch begin again each time. What it warns of while it
            # traces is of use to its makers alone.
            with torch._dynamo.config.patch(specialize_float=True), warnings.catch_warnings(action="ignore"):
                yield
        finally:
            torch.compiler.set_stance(SETTLED)

    def forget(self) -> None:
        """Free all that was compiled; the blocks must have been removed."""
        self._compiled.clear()
        torch.compiler.reset()
        torch.compiler.set_stance("default")

    def _answering(self, block: nn.Module) -> Callable[..., Any]:
        body = _body(type(block))
        compiled = self._compiled.get(body)
        if compiled is None:
            # A graph that breaks is an error here: what is left of it would hardly be faster.
            compiled = torch.compile(body, dynamic=True, fullgraph=True, backend=BACKEND)
            self._compiled[body] = compiled

        def forward(*args: Any, **kwargs: Any) -> Any:
            if block.gradient_checkpointing and block.training:  # outside of what is compiled, as transformers has it
                recomputed: Any = block._gradient_checkpointing_func
                return recomputed(partial(compiled, block, **kwargs), *args)
            return compiled(block, *args, **kwargs)

        return forward


def _is_torchs_own(folder: str | None) -> bool:
    """Whether nobody has chosen that folder: torch puts the one that it makes up into the environment too."""
    return folder is None or Path(folder).name.startswith("torchinductor_")


def _body(kind: type[nn.Module]) -> Callable[..., Any]:
    """A block's own forward; transformers wraps it into one that sees to checkpoints."""
    forward: Callable[..., Any] = kind.forward
    return getattr(forward, "__wrapped__", forward)
