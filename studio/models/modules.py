"""The modules of a model as a person reads them: name, kind, shape, parameters, and why one cannot be adapted."""

from torch import nn
from transformers import PreTrainedModel

from studio.lora.geometry import geometries_of, why_not
from studio.lora.geometry import kind_of as adaptable_kind
from studio.plan.description import ModuleInfo


def describe_modules(model: PreTrainedModel) -> tuple[ModuleInfo, ...]:
    """Every module below the model itself, in the order of `named_modules`."""
    head = model.get_output_embeddings()
    return tuple(_describe(name, module, is_head=module is head) for name, module in model.named_modules() if name)


def is_tied(model: PreTrainedModel) -> bool:
    """Whether the output head uses the embedding's weight."""
    head = model.get_output_embeddings()
    weight = getattr(head, "weight", None)
    return any(weight is module.weight for module in _embeddings(model))


def _embeddings(model: PreTrainedModel) -> list[nn.Embedding]:
    return [module for module in model.modules() if isinstance(module, nn.Embedding)]


def _describe(name: str, module: nn.Module, *, is_head: bool) -> ModuleInfo:
    kind = kind_of(module)
    refused = why_not(module)
    weight = getattr(module, "weight", None)
    geometries = () if refused is not None else geometries_of(module)
    plain = kind in ("linear", "conv1d")
    return ModuleInfo(
        name=name,
        kind=kind,
        shape=tuple(weight.shape) if isinstance(weight, nn.Parameter) else None,
        parameters=sum(parameter.numel() for parameter in module.parameters()),
        adaptable=refused is None,
        reason=None if refused is None else _in_words(kind, module, refused),
        head=is_head,
        matrices=() if plain else tuple((it.copies, it.rows, it.columns) for it in geometries),
    )


def kind_of(module: nn.Module) -> str:
    """The kind of a module in one word."""
    name = type(module).__name__.lower()
    adaptable = adaptable_kind(module)
    if adaptable is not None:
        return "linear" if adaptable == "linear-like" else adaptable
    if isinstance(module, nn.Linear):
        return "linear"
    if isinstance(module, nn.Embedding):
        return "embedding"
    if "norm" in name:
        return "norm"
    if "rotary" in name:
        return "positions"
    if isinstance(module, nn.Dropout):
        return "dropout"
    if next(module.children(), None) is not None:
        return "container"
    if next(module.parameters(), None) is None:
        return "activation" if _is_activation(module) else "other"
    return "other"


def _is_activation(module: nn.Module) -> bool:
    home = type(module).__module__
    return home in ("torch.nn.modules.activation", "transformers.activations") or "act" in type(module).__name__.lower()


def _in_words(kind: str, module: nn.Module, refused: str) -> str:
    """Why a module cannot be adapted, for a person who looks at the tree."""
    match kind:
        case "norm":
            return "it scales by a vector, not by a matrix"
        case "container":
            return "it only holds other modules"
        case "activation" | "dropout" | "positions":
            return "it has no weights"
        case "other" if next(module.parameters(), None) is None:
            return "it has no weights"
        case _:
            return refused
