"""The measurement of a model that the estimate's formula was not made for: two small passes, of which what they keep is counted."""

from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from studio.data.batches import Batch
from studio.engine.setup import Setup, set_up
from studio.engine.train import set_training
from studio.plan.activations import activations
from studio.plan.estimate import BYTES
from studio.plan.events import Answered, Cancelled, Event, Progressed
from studio.plan.plan import Plan
from studio.plan.targets import resolve_targets
from studio.runs.experience import keep_scale

LONGEST = 192  # tokens of the longer row


def measure(plan: Plan, *, cancelled: Callable[[], bool]) -> Iterator[Event]:
    """Load what a plan needs and count; ends with Answered {"scale"} or Cancelled. Raises Refusal or Failure as `set_up` does."""
    setup: Setup | None = None
    # What blocks keep is asked for; where they compute again, only their inputs would be counted.
    training = plan.training.with_values(gradient_checkpointing="off")
    work = set_up(plan.model_copy(update={"training": training}))
    while setup is None:
        if cancelled():
            work.close()
            yield Cancelled()
            return
        try:
            yield next(work)
        except StopIteration as done:
            setup = done.value
    yield Progressed(phase="measuring what the model keeps", done=0)
    scale = activation_scale(setup)
    keep_scale(setup.description.model, scale)
    yield Answered(value={"scale": scale})


def activation_scale(setup: Setup) -> float:
    """Bytes a token that the model keeps, from one length to the next, over those of the formula; no block computes again."""
    set_training(setup, True)
    longest = min(LONGEST, setup.description.max_positions or LONGEST)
    lengths = (longest * 4 // 5, longest)
    kept = [_kept_bytes(setup, length) for length in lengths]
    set_training(setup, False)
    targets = resolve_targets(setup.plan.lora, setup.description.modules)
    said = [
        activations(setup.description, targets, element=BYTES[setup.precision], checkpointing="off", row_tokens=length)
        for length in lengths
    ]
    wanted = [one.saved * length for one, length in zip(said, lengths, strict=True)]
    transient = said[0].transient
    more = lengths[1] - lengths[0]
    return ((kept[1] - kept[0]) / more + transient) / ((wanted[1] - wanted[0]) / more + transient)


def _kept_bytes(setup: Setup, length: int) -> int:
    """Bytes that the graph of one row holds, each storage once, parameters and buffers left out."""
    ids = torch.arange(length, device=setup.device).remainder_(setup.description.vocab_size).unsqueeze(0)
    batch = Batch(ids, ids, torch.tensor([length], device=setup.device))
    own = {tensor.untyped_storage().data_ptr() for tensor in (*setup.model.parameters(), *setup.model.buffers())}
    held: dict[int, Tensor] = {}

    def hold(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage().data_ptr()
        if storage not in own:
            held[storage] = tensor  # alive, so that no other takes its place
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(hold, lambda tensor: tensor):
        loss = setup.loss(batch)
    found = sum(tensor.untyped_storage().nbytes() for tensor in held.values())
    del loss
    return found
