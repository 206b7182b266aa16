"""What a training holds throughout, in bytes: the weights, and the adapter with its gradients and the optimizer's state.

NF4 with its blocks' scales quantised once more takes 0.516 bytes a weight (Dettmers et al. 2023, arXiv 2305.14314), 8 bits one and a
float32 scale a row; only linear weights are quantised, and the output head is not.
"""

from studio.plan.description import ModelDescription, ModuleInfo
from studio.plan.plan import Plan

FLOAT32 = 4
MOMENTS = 2  # of AdamW: a running mean of the gradient, and one of its square
NF4_BYTES = 0.5 + 1 / 64 + 4 / (64 * 256)


def state_bytes(plan: Plan, description: ModelDescription, trained: int, element: int) -> dict[str, int]:
    """By part, for `trained` parameters and a compute dtype of `element` bytes. Masters and gradients are float32."""
    return {
        "weights": weight_bytes(plan.training.quantization, description, element),
        "adapters": FLOAT32 * trained,
        "gradients": FLOAT32 * trained,
        "optimizer": _moment_bytes(plan) * trained,
    }


def trained_bytes(plan: Plan) -> int:
    """What a trained parameter takes while training: itself, its gradient, and the optimizer's state."""
    return FLOAT32 + FLOAT32 + _moment_bytes(plan)


def weight_bytes(quantization: str, description: ModelDescription, element: int) -> int:
    """Bytes of the frozen weights, tied ones once."""
    if quantization == "none":
        return element * description.total_parameters
    modules = [module for module in description.modules if module.kind == "linear" and not module.head]
    shapes = [module.dims for module in modules]
    weights = sum(out * in_ for out, in_ in shapes)
    packed = NF4_BYTES * weights if quantization == "nf4" else weights + FLOAT32 * sum(out for out, _ in shapes)
    return round(packed) + element * (description.total_parameters - weights)


def dense_bytes(quantization: str, description: ModelDescription, element: int) -> int:
    """Bytes of the largest quantised weight while a product has it in the compute dtype: 0 where none is quantised."""
    if quantization == "none":
        return 0
    return element * max((_size(module) for module in description.modules if module.kind == "linear"), default=0)


def _moment_bytes(plan: Plan) -> int:
    return MOMENTS * (FLOAT32 if plan.training.optimizer == "adamw" else 1)


def _size(module: ModuleInfo) -> int:
    out, in_ = module.dims
    return 0 if module.head else out * in_
