"""The kinds of module that an adapter can sit on.

Kinds are told by the exact class: a subclass may compute something else, or be read for its weight alone (the out_proj inside
nn.MultiheadAttention), and an adapter on it would be wrong or do nothing.
"""

from torch import nn


def kind_of(module: nn.Module) -> str | None:
    """ "linear", "conv1d" (the transposed linear of GPT-2), or None for a module of no known kind."""
    if type(module) is nn.Linear:
        return "linear"
    # Told by its look: its class lives in transformers, which this package does not import.
    if type(module).__name__ == "Conv1D" and hasattr(module, "nf") and hasattr(module, "nx"):
        return "conv1d"
    return None


def adaptable_shape(module: nn.Module) -> tuple[int, int] | None:
    """(out, in) of a module of known kind, whichever way round its weight is stored; None for any other."""
    match kind_of(module):
        case "linear":
            out_features, in_features = module.get_parameter("weight").shape
        case "conv1d":
            in_features, out_features = module.get_parameter("weight").shape
        case _:
            return None
    return out_features, in_features
