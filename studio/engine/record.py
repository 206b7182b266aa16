"""The record of a plan: what it is carried out with, and whether that is still what the run was begun with."""

import torch

from studio.data.cache import fingerprints
from studio.engine.versions import versions
from studio.models.fingerprint import model_fingerprint
from studio.models.locate import locate
from studio.plan.errors import Refusal
from studio.plan.plan import Plan
from studio.plan.record import Record


def recorded_precision(plan: Plan) -> str | None:
    """The precision that the run was begun in; None for a plan that begins."""
    return None if plan.record is None else plan.record.precision


def record_of(plan: Plan, device: torch.device, precision: str, checkpointing: str) -> Record:
    """What a plan is carried out with. Raises Refusal where an older record shows another model, quantisation or other data."""
    record = Record(
        versions=versions(),
        model_fingerprint=model_fingerprint(locate(plan.model)),
        data_fingerprints=fingerprints(plan.data),
        device=str(device),
        precision=precision,
        quantization=plan.training.quantization,
        gradient_checkpointing=checkpointing,
    )
    if plan.record is not None and plan.record.quantization not in (None, record.quantization):
        raise Refusal(
            "quantization-changed",
            f"the run was begun over a base with quantization {plan.record.quantization}, and the plan now says {record.quantization}",
            now=f"set it back to {plan.record.quantization}, or start a new run",
            field="training.quantization",
        )
    if plan.record is not None and plan.record.model_fingerprint not in (None, record.model_fingerprint):
        raise _changed("model", plan.model, "model")
    for file, known in ({} if plan.record is None else plan.record.data_fingerprints).items():
        if record.data_fingerprints.get(file) != known:
            raise _changed("data", file, "data.train")
    return record


def _changed(what: str, where: str, field: str) -> Refusal:
    return Refusal(
        f"{what}-changed",
        "the data are not those that the run was begun with"
        if what == "data"
        else "the model has changed since the run began",
        where=where,
        now="restore it, or start a new run",
        field=field,
    )
