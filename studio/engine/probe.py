r"""Scores for the choice of ranks: where the loss on the user's data asks for change, and where an earlier run has put it.

The gradient of a weight, G = dL/dW (out, in), is as large as the weight. Its leading singular values come from a sketch: with A (k, in) of
orthonormal rows, drawn at random,

    dL/dB of W + BA at B = 0 is G Aᵀ (out, k),

whose singular values, times sqrt(in/k), are those of G on average as far as k directions show them (Halko, Martinsson & Tropp 2011). So the
probe is a LoRA adapter with an orthogonal start, and backward on some batches: no more memory than a step of training.
"""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import torch

from studio.engine.setup import Setup, set_up
from studio.formats.peft.folder import read_adapter
from studio.lora.algebra import LowRank, singular_values
from studio.plan.errors import Refusal
from studio.plan.events import Answered, Cancelled, Event, Progressed
from studio.plan.plan import Plan
from studio.runs.folder import Run

PROBE_RANK = 32
MOST_BATCHES = 16


def gradient_scores(plan: Plan, *, cancelled: Callable[[], bool]) -> Iterator[Event]:
    """Singular values of the loss's gradient at the base, by target; ends with Answered {"scores"} or Cancelled.

    Raises Refusal where the plan cannot be carried out, Failure where memory runs out. Nothing is written.
    """
    yield Progressed(phase="loading the model", done=0)
    setup = yield from _prepared(set_up(_probing(plan)))
    pairs = dict(setup.adapter.pairs())
    count = min(MOST_BATCHES, setup.batches.per_epoch)
    for number in range(count):
        if cancelled():
            yield Cancelled()
            return
        yield Progressed(phase="measuring gradients", done=number, total=count, unit="batches")
        batch = setup.batch(number)
        torch.autograd.backward(setup.loss(batch) / batch.supervised)
    scores = {}
    for name, pair in pairs.items():
        if pair.B.grad is None:
            raise Refusal("probe-no-gradient", f"the loss does not reach {name}", now="leave it out of the targets")
        # A's rows have the length 1/sqrt 3 and the scale is 1.
        sketch = pair.B.grad.double() * (3.0 * pair.geometry.columns / pair.A.shape[-2]) ** 0.5
        scores[name] = torch.linalg.svdvals(sketch).flatten().sort(descending=True).values.tolist()
    yield Answered(value={"scores": scores})


def run_scores(source: str) -> Iterator[Event]:
    """Singular values of what an earlier run (or an adapter folder) has changed, by target; Answered {"scores"}. Raises Refusal."""
    path = Path(source).expanduser()
    file = read_adapter(Run(path).adapter if Run(path).plan_file.is_file() else path)
    scores = {}
    for name, spec in file.specs.items():
        A, B = (file.matrices[name][matrix].flatten(1).unsqueeze(0) for matrix in "AB")
        scores[name] = singular_values(LowRank(A, B, spec.scale))[0].tolist()
    yield Answered(value={"scores": scores})


def _probing(plan: Plan) -> Plan:
    """The plan with a sketching adapter on the same targets."""
    sketch = {"rank": PROBE_RANK, "alpha": PROBE_RANK, "dropout": 0.0}
    overrides = tuple(
        {**override.model_dump(), "rank": None, "alpha": None, "dropout": None, "enabled": override.enabled}
        for override in plan.lora.overrides
        if override.enabled is not None
    )
    lora = plan.lora.with_values(**sketch, variant="lora", init="orthogonal", final_rank=None, overrides=overrides)
    return plan.with_values(lora=lora.model_dump())


def _prepared(events: Generator[Event, None, Setup]) -> Generator[Event, None, Setup]:
    """A setup with what it says on the way, but for warnings about ranks that are the probe's own."""
    while True:
        try:
            event = next(events)
        except StopIteration as done:
            setup: Setup = done.value
            return setup
        if isinstance(event, Progressed):
            yield event
