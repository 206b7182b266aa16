"""Several adapters on one base: switched, weighed and muted live, or each for its own rows of a batch."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase

import torch
from torch import nn

from studio.lora.adapter import Adapter
from studio.lora.layers.layer import LoraLayer, Rows
from studio.plan.errors import Refusal


class Bank:
    """Adapters by name, all on one model, silent until `use` or `rows` lets them speak. No call touches a weight of the base."""

    def __init__(self, model: nn.Module) -> None:
        self._model = model
        self._adapters: dict[str, Adapter] = {}
        self._loudness: dict[str, float] = {}
        self._muted: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The adapters, in the order in which they came."""
        return tuple(self._adapters)

    @property
    def loudness(self) -> dict[str, float]:
        """How loud each speaks."""
        return dict(self._loudness)

    def add(self, name: str, adapter: Adapter) -> None:
        """Take an adapter of the model in, silent. Refuses a name that is taken."""
        if name in self._adapters:
            raise Refusal("adapter-name", f"there is an adapter {name!r} already", now="give it another name")
        self._adapters[name] = adapter
        self._loudness[name] = 0.0
        adapter.enable()
        self._apply()

    def remove(self, name: str) -> None:
        """Take an adapter off the model."""
        self._known([name])
        del self._loudness[name]
        self._adapters.pop(name).detach()

    def use(self, strengths: Mapping[str, float]) -> None:
        """Let these adapters speak, each at its strength (1 as trained), and no other; their changes add up."""
        self._known(strengths)
        self._loudness = {name: float(strengths.get(name, 0.0)) for name in self._adapters}
        self._apply()

    def mute(self, globs: Iterable[str]) -> None:
        """Let no adapter speak in the targets that match; an empty list ends it."""
        self._muted = tuple(globs)
        self._apply()

    @contextmanager
    def rows(self, names: Sequence[str | None], strengths: Mapping[str, float] | None = None) -> Iterator[None]:
        """Inside, row i of every batch goes through the adapter names[i] alone, or through none where it is None.

        An adapter speaks at its strength, as trained where none is given.

        Batches then have len(names) rows, or a whole multiple of it in modules that see a row's tokens as rows.
        """
        self._known(name for name in names if name is not None)
        before = self._loudness
        device = next(self._model.parameters()).device
        self.use({name: (strengths or {}).get(name, 1.0) for name in names if name is not None})
        rows = Rows(
            len(names),
            {
                self._adapters[name].number: torch.tensor(
                    [row for row, it in enumerate(names) if it == name], device=device
                )
                for name in dict.fromkeys(names)
                if name is not None
            },
            torch.tensor([row for row, name in enumerate(names) if name is None], dtype=torch.long, device=device),
        )
        layers = {module: module.rows for module in self._model.modules() if isinstance(module, LoraLayer)}
        try:
            for layer in layers:
                layer.rows = rows
            yield
        finally:
            for layer, around in layers.items():
                layer.rows = around
            self.use({name: before.get(name, 0.0) for name in self._adapters})

    def _apply(self) -> None:
        for name, adapter in self._adapters.items():
            silent = {target: 0.0 for target in adapter.parts if any(fnmatchcase(target, glob) for glob in self._muted)}
            adapter.set_strength(self._loudness[name], silent)

    def _known(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self._adapters:
                raise Refusal(
                    "adapter-unknown",
                    f"there is no adapter {name!r}",
                    now=f"choose of {', '.join(self._adapters) or 'none'}",
                )
