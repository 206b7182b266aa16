"""Where a plan is carried out, in which precision, with which attention."""

import time
from collections.abc import Callable
from functools import cache

import torch

from studio.plan.errors import Refusal
from studio.plan.precision import auto_precision

DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}
PROBE_SHAPE = (
    384,
    576,
    1536,
)  # rows, inner width and columns of the products that are timed: a small model's MLP on a small batch
PROBE_SECONDS = 0.1  # for each of the two
WORTHWHILE = 1.3  # how much faster bfloat16 must be on a CPU before its rounding is worth it
SHORT_ROW = 96  # tokens up to which plain matrix products beat SDPA on a CPU: 2.5 times at 50 tokens, slower at 150


def find_device(wanted: str) -> torch.device:
    """The device that a plan means by auto, cpu, mps, cuda or cuda:1. Raises Refusal where this machine has none such."""
    if wanted == "auto":
        if torch.cuda.is_available():
            return torch.device("cuda", 0)
        return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
    device = torch.device(wanted)
    if device.type == "cuda" and (device.index or 0) >= torch.cuda.device_count():
        number = torch.cuda.device_count()
        found = "no CUDA device" if number == 0 else f"{number} CUDA device{'s' if number > 1 else ''}"
        raise Refusal(
            "device-missing",
            f"{wanted} was asked for, but this machine has {found} that torch can use",
            where="training.device",
            now="choose auto or cpu",
            field="training.device",
        )
    if device.type == "mps" and not torch.backends.mps.is_available():
        raise Refusal(
            "device-missing",
            "mps was asked for, but this machine has no Apple GPU that torch can use",
            where="training.device",
            now="choose auto or cpu",
            field="training.device",
        )
    return torch.device("cuda", device.index or 0) if device.type == "cuda" else device


def choose_precision(wanted: str, device: torch.device, hidden_size: int = 0) -> str:
    """The precision that a plan means, float32, bfloat16 or float16, for a model of this width; 0: for models in general.

    On a CPU `auto` times both, because no flag tells reliably whether bfloat16 is fast there.
    """
    return wanted if wanted != "auto" else auto_precision(_machine_precision(device), hidden_size)


def _machine_precision(device: torch.device) -> str:
    if device.type == "cuda":
        return "bfloat16" if torch.cuda.is_bf16_supported(including_emulation=False) else "float16"
    if device.type != "cpu":
        return "float32"
    return "bfloat16" if bfloat16_gain() >= WORTHWHILE else "float32"


def precision_reason(wanted: str, device: torch.device, hidden_size: int = 0) -> str:
    """Why `choose_precision` answers as it does, in words that follow the precision's name."""
    if wanted != "auto":
        return "as the plan says"
    if choose_precision(wanted, device, hidden_size) != choose_precision(wanted, device):
        return "a model as narrow as this one is no faster in bfloat16"
    if device.type == "cpu":
        return f"products in bfloat16 are {bfloat16_gain():.2g} times as fast as in float32 on this processor"
    if device.type == "cuda" and choose_precision(wanted, device) == "bfloat16":
        return "this GPU computes in bfloat16"
    return (
        "this GPU does not compute in bfloat16; the loss is scaled"
        if device.type == "cuda"
        else f"what {device.type} computes well in"
    )


@cache
def bfloat16_gain() -> float:
    """How many times as fast as in float32 products are in bfloat16 on this CPU; measured once in a process."""
    return _seconds_a_product(torch.float32) / _seconds_a_product(torch.bfloat16)


def attention_for(device: torch.device, longest: int) -> str:
    """transformers' name of the attention to use for rows of up to `longest` tokens.

    SDPA on a CPU takes rows in blocks, and its backward is slow on short ones. The rule measures nothing, so that a resumed run computes
    what the interrupted one did.
    """
    return "eager" if device.type == "cpu" and longest <= SHORT_ROW else "sdpa"


def _seconds_a_product(dtype: torch.dtype, clock: Callable[[], float] = time.perf_counter) -> float:
    """The fastest of a few pairs of matrix products, as they are made forwards and backwards; the first pair warms up."""
    rows, inner, columns = PROBE_SHAPE
    x, W = torch.ones(rows, inner, dtype=dtype), torch.ones(columns, inner, dtype=dtype)
    torch.mm(torch.mm(x, W.t()), W)
    fastest = float("inf")
    end = clock() + PROBE_SECONDS
    while clock() < end or fastest == float("inf"):
        begin = clock()
        torch.mm(torch.mm(x, W.t()), W)
        fastest = min(fastest, clock() - begin)
    return fastest
