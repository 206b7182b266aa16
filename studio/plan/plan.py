"""The plan: the whole intention of a run, as a frozen value.

Each setting is declared here once: type, limits, default, label, unit, hint. The form, the checks, the file and the command line
all read this declaration (`studio.plan.settings`).
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from studio.plan.part import PlanPart, Setting, Steps
from studio.plan.record import Record
from studio.plan.training import TrainingPlan


class MixedData(PlanPart):
    """A further file or folder of training rows. `weight`: how often each of its rows comes while one of `data.train` comes once."""

    path: Annotated[str, Field(min_length=1)]
    weight: Annotated[float, Field(gt=0, le=1000)] = 1.0


class DataPlan(PlanPart):
    """Which rows are learnt from, and which of their tokens."""

    train: Annotated[
        str,
        Field(min_length=1),
        Setting("Training data", "JSONL, JSON, CSV, Parquet, Arrow or TXT; or a folder of them."),
    ]
    more: Annotated[
        tuple[MixedData, ...],
        Setting("Mixed in", "Further data, each with a weight.", advanced=True, also=("dataset mix", "interleave")),
    ] = ()
    eval: Annotated[
        str | None,
        Setting("Evaluation data", "A file of its own; empty: a share of the training rows.", also=("validation",)),
    ] = None
    eval_fraction: Annotated[
        float,
        Field(ge=0, lt=1),
        Setting("Evaluation share", "Share of the training rows kept back for evaluation.", also=("val size",)),
    ] = 0.02
    format: Annotated[
        Literal["auto", "prompt-completion", "alpaca", "chat", "text", "text-label"],
        Setting("Format", "How a row is read; auto guesses from its columns.", also=("prompt template",)),
    ] = "auto"
    columns: Annotated[
        dict[str, str],
        Setting("Columns", 'Which column plays which part, or a text such as "Translate: {source}".', advanced=True),
    ] = {}  # noqa: RUF012 - pydantic copies it
    template: Annotated[
        str,
        Field(min_length=1, max_length=65536),
        Setting(
            "Template",
            "How turns are written: auto takes the tokenizer's own, where it has one; a name; or a Jinja text.",
            also=("chat template", "prompt format"),
        ),
    ] = "auto"
    encoding: Annotated[
        Literal["auto", "utf-8", "utf-16", "windows-1252", "latin-1", "gb18030", "shift_jis"],
        Setting("Encoding", "Of text files; auto reads UTF-8, and what begins with a byte order mark.", advanced=True),
    ] = "auto"
    bad_rows: Annotated[
        Literal["refuse", "skip"],
        Setting("Rows that cannot be learnt", "Refuse the data, or leave such rows out and say so.", advanced=True),
    ] = "refuse"
    max_length: Annotated[
        int,
        Field(ge=8, le=1_048_576),
        Setting(
            "Length", "Longer rows are cut here.", "tokens", also=("cutoff length", "context length", "max_seq_length")
        ),
    ] = 2048
    loss_on: Annotated[
        Literal["completion", "assistant", "all"],
        Setting("Learn from", "The tokens that count in the loss.", also=("train on input", "completions only")),
    ] = "completion"
    packing: Annotated[
        Literal["auto", "none", "pack"],
        Setting(
            "Packing",
            "auto: rows of like length share a batch. pack: short rows share one row, unseen by each other.",
            advanced=True,
            also=("group by length", "sample packing", "padding free"),
        ),
    ] = "auto"
    max_examples: Annotated[
        Annotated[int, Field(ge=1)] | None,
        Setting("At most", "Use only the first rows; empty: all.", "rows", advanced=True, also=("max samples",)),
    ] = None


class Override(PlanPart):
    """What differs on the targets whose full name matches a glob; later overrides win."""

    match: Annotated[str, Field(min_length=1)]
    enabled: bool | None = None
    rank: Annotated[int, Field(ge=1, le=65536)] | None = None
    alpha: Annotated[float, Field(gt=0, le=1e6)] | None = None
    dropout: Annotated[float, Field(ge=0, lt=1)] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.enabled is None and self.rank is None and self.alpha is None and self.dropout is None:
            raise ValueError(f"the override of {self.match!r} changes nothing")
        return self


class LoraPlan(PlanPart):
    """Which modules get an adapter, and how large it is."""

    rank: Annotated[
        int,
        Field(ge=1, le=65536),
        Setting("Rank", "Size of the adapter; larger can learn more.", also=("r", "network dim", "network rank")),
    ] = 16
    alpha: Annotated[
        float,
        Field(gt=0, le=1e6),
        Setting("Alpha", "Scale is alpha / rank; usually twice the rank.", also=("lora_alpha", "network alpha")),
    ] = 32.0
    dropout: Annotated[
        float, Field(ge=0, lt=1), Setting("Dropout", "Share of inputs dropped while training.", also=("lora_dropout",))
    ] = 0.0
    variant: Annotated[
        Literal["lora", "rslora", "dora", "lora-fa"],
        Setting(
            "Method",
            "rsLoRA: alpha / √rank, for large ranks. DoRA: also trains each row's length; slower. LoRA-FA: A stays frozen; saves memory.",
            also=("use_rslora", "use_dora", "weight decomposed", "network module"),
            names={"lora": "LoRA", "rslora": "rsLoRA", "dora": "DoRA", "lora-fa": "LoRA-FA"},
        ),
    ] = "lora"
    init: Annotated[
        Literal["default", "gaussian", "orthogonal", "pissa", "olora", "eva"],
        Setting(
            "Start values",
            "Gaussian, orthogonal: A random otherwise. PiSSA, OLoRA: the weight's main part; PiSSA was ahead where measured. "
            "EVA: from your data; no gain was seen.",
            advanced=True,
            also=("init_lora_weights", "pissa", "olora", "eva"),
            names={"default": "default", "pissa": "PiSSA", "olora": "OLoRA", "eva": "EVA"},
        ),
    ] = "default"
    final_rank: Annotated[
        Annotated[int, Field(ge=1, le=65536)] | None,
        Setting(
            "Shrink to",
            "Ranks shrink while training, where they matter least, to this on average; empty: they stay. "
            "From twice the rank it was ahead of that rank throughout where measured.",
            advanced=True,
            also=("adalora", "target_r", "init_r", "rank pruning"),
        ),
    ] = None
    targets: Annotated[
        Literal["all-linear"] | tuple[str, ...],
        Setting("Targets", "Which modules get an adapter.", also=("target_modules", "lora modules")),
    ] = "all-linear"
    overrides: Annotated[tuple[Override, ...], Setting("Overrides", "What differs on some targets.")] = ()

    @model_validator(mode="after")
    def _can_shrink(self) -> Self:
        if self.final_rank is not None and self.init in ("pissa", "olora"):
            raise ValueError(
                f"ranks that begin as parts of the weight ({self.init}) cannot shrink: leave final_rank empty"
            )
        return self


class EvaluationPlan(PlanPart):
    """How the run is judged while it goes on."""

    every_steps: Annotated[
        Steps, Setting("Evaluate every", "auto: about ten times a run.", "steps", also=("eval_steps",))
    ] = "auto"
    prompts: Annotated[
        tuple[str, ...], Setting("Sample prompts", "Answered by base and adapter during the run.", also=("samples",))
    ] = ()
    early_stopping_patience: Annotated[
        Annotated[int, Field(ge=1)] | None,
        Setting("Patience", "Stop after so many evaluations without gain; empty: never.", advanced=True),
    ] = None


class SavingPlan(PlanPart):
    """When checkpoints are written, and how many stay."""

    every_steps: Annotated[
        Steps, Setting("Save every", "auto: about five times a run.", "steps", also=("save_steps",))
    ] = "auto"
    keep_last: Annotated[
        int, Field(ge=1, le=1000), Setting("Keep", "Newest checkpoints that stay.", "checkpoints", advanced=True)
    ] = 2
    keep_best: Annotated[bool, Setting("Keep the best", "Also keep the best by evaluation loss.", advanced=True)] = True


class Plan(PlanPart):
    """The whole intention. `model` is a local folder or a Hub id."""

    model: Annotated[str, Field(min_length=1), Setting("Model", "A local folder or a Hub id.", also=("base model",))]
    task: Literal["causal-lm"] = "causal-lm"
    data: DataPlan
    lora: LoraPlan = LoraPlan()
    training: TrainingPlan = TrainingPlan()
    evaluation: EvaluationPlan = EvaluationPlan()
    saving: SavingPlan = SavingPlan()
    record: Record | None = None
