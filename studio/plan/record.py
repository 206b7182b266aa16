"""The record of a plan that was carried out: versions, fingerprints and what was found out for it."""

from studio.plan.part import PlanPart


class Record(PlanPart):
    """What was found when the plan was carried out. Written by the studio into a run's plan.yaml; ignored when the plan is used again."""

    versions: dict[str, str] = {}  # noqa: RUF012 - pydantic copies it
    model_fingerprint: str | None = None
    data_fingerprints: dict[str, str] = {}  # noqa: RUF012 - likewise
    device: str | None = None
    precision: str | None = None
    quantization: str | None = None
    gradient_checkpointing: str | None = None
    data_format: str | None = None  # that the rows were found to have
    compiled: bool | None = None  # the blocks, see studio.engine.compile_trial
    reused_blocks: int | None = None  # of the frozen prefix, see studio.plan.prefix
