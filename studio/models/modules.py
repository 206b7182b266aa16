"""The modules of a model as a person reads them: name, kind, shape, parameters, and why one cannot be adapted."""

from torch import nn
from transformers import PreTrainedModel
from transformers.pytorch_utils import Conv1D

from studio.plan.description import ModuleInfo


def describe_modules(model: PreTrainedModel) -> tuple[ModuleInfo, ...]:
    """Every module below the model itself, in the order of `named_modules`."""
    head = model.get_output_embeddings()
    embedded = {id(parameter) for module in _embeddings(model) for parameter in module.parameters(recurse=False)}
    return tuple(
        _describe(name, module, is_head=module is head, embedded=embedded)
        for name, module in model.named_modules()
        if name
    )


def is_tied(model: PreTrainedModel) -> bool:
    """Whether the output head uses the embedding's weight."""
    head = model.get_output_embeddings()
    weight = getattr(head, "weight", None)
    return any(weight is module.weight for module in _embeddings(model))


def _embeddings(model: PreTrainedModel) -> list[nn.Embedding]:
    return [module for module in model.modules() if isinstance(module, nn.Embedding)]


def _describe(name: str, module: nn.Module, *, is_head: bool, embedded: set[int]) -> ModuleInfo:
    kind = kind_of(module)
    weight = getattr(module, "weight", None)
    if type(module) in (nn.Linear, Conv1D):
        shared = id(weight) in embedded
        reason = "it shares its weights with the embedding" if shared else None
    else:
        reason = _why_not(kind, module)
    return ModuleInfo(
        name=name,
        kind=kind,
        shape=tuple(weight.shape) if isinstance(weight, nn.Parameter) else None,
        parameters=sum(parameter.numel() for parameter in module.parameters()),
        adaptable=reason is None,
        reason=reason,
        head=is_head,
    )


def kind_of(module: nn.Module) -> str:
    """The kind of a module in one word."""
    name = type(module).__name__.lower()
    if isinstance(module, nn.Linear):
        return "linear"
    if isinstance(module, Conv1D):
        return "conv1d"
    if isinstance(module, nn.Embedding):
        return "embedding"
    if "norm" in name:
        return "norm"
    if "rotary" in name:
        return "positions"
    if "expert" in name and any(parameter.dim() == 3 for parameter in module.parameters(recurse=False)):
        return "experts"
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


def _why_not(kind: str, module: nn.Module) -> str:
    match kind:
        case "linear" | "conv1d":
            return f"it is a linear of the model's own making ({type(module).__name__})"
        case "embedding":
            return "it looks rows up and multiplies by no matrix"
        case "norm":
            return "it scales by a vector, not by a matrix"
        case "experts":
            return "its experts are stored as one block"
        case "container":
            return "it only holds other modules"
        case "other" if next(module.parameters(), None) is not None:
            return "it is neither a linear nor a conv1d"
        case _:
            return "it has no weights"
