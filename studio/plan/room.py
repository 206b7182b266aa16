"""The room that a model leaves: whether its weights, with what training adds to them, can be held at all."""

from typing import Literal

Room = Literal["fits", "tight", "too large"]
OVERHEAD = 1.2  # times the weights: adapters, their optimizer's state and the activations of short rows
BASE_BYTES = 1_000_000_000  # what a runtime holds before any model
QUANTISED = 0.3  # of weights of 16 bits, once held in 4: a quarter, and the scales


def room_for(weight_bytes: int, available_bytes: int) -> Room:
    """A first guess, before the model is inspected and the estimate says it exactly.

    "tight" is what is held only with its base in 4 bits, or with nothing to spare.
    """
    if OVERHEAD * weight_bytes + BASE_BYTES <= available_bytes:
        return "fits"
    return "tight" if OVERHEAD * QUANTISED * weight_bytes + BASE_BYTES <= available_bytes else "too large"
