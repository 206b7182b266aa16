"""The model as it is without its adapters, whether they are on it or not."""

from collections.abc import Iterator

from torch import nn

from studio.lora.layers.layer import LoraLayer


def walk(module: nn.Module, name: str = "") -> Iterator[tuple[str, nn.Module]]:
    """Every module by full name, the root first, with adapted ones as their bases; one that stands in two places comes twice."""
    plain = module.base if isinstance(module, LoraLayer) else module
    yield name, plain
    for part, child in plain._modules.items():
        if child is not None:
            yield from walk(child, f"{name}.{part}" if name else part)


def base_parameters(model: nn.Module) -> list[nn.Parameter]:
    """The model's own parameters, each once."""
    found = {id(it): it for _, module in walk(model) for it in module.parameters(recurse=False)}
    return list(found.values())
