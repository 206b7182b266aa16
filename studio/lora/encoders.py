"""Torch's own encoder layers, which in evaluation read the weights of their modules and never call them."""

from torch import nn

from studio.lora.layers.layer import LoraLayer

NESTED_BEFORE = "nested_before_adapters"


def keep_encoders_honest(model: nn.Module) -> None:
    """Let an encoder call its modules while adapters are in it, and do as it likes again when none is.

    The fast way is left aside where a module has a hook; nested tensors, which the encoder would make of padded rows for that way, are
    switched off.
    """
    for module in model.modules():
        if isinstance(module, nn.TransformerEncoderLayer):
            for layer in module.modules():
                if isinstance(layer, LoraLayer) and not layer._forward_pre_hooks:
                    layer.register_forward_pre_hook(_no_change)
        if isinstance(module, nn.TransformerEncoder):
            adapted = any(isinstance(layer, LoraLayer) for layer in module.modules())
            if adapted and NESTED_BEFORE not in module.__dict__:
                module.__dict__[NESTED_BEFORE] = module.use_nested_tensor
                module.use_nested_tensor = False
            elif not adapted and NESTED_BEFORE in module.__dict__:
                module.use_nested_tensor = module.__dict__.pop(NESTED_BEFORE)


def _no_change(module: nn.Module, args: object) -> None:
    """A hook that only has to be there."""
