"""The plan: the whole intention of a run, as a frozen value.

Each setting is declared here once: type, limits, default, label, unit, hint. The form, the checks, the file and the command line
all read this declaration (`studio.plan.settings`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


@dataclass(frozen=True, slots=True)
class Setting:
    """How a setting is shown. `also` holds the names that other programs use, for the search field; `names`, those of its choices
    that are not shown as the plan writes them.
    """

    label: str
    hint: str
    unit: str = ""
    advanced: bool = False
    also: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


class PlanPart(BaseModel):
    """A frozen section of a plan; unknown keys and non-finite numbers are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, validate_default=True)

    def with_values(self, **values: Any) -> Self:
        """This section with some values changed, validated anew. Raises pydantic's ValidationError."""
        return self.__class__.model_validate(self.model_dump() | values)


def _switch(value: object) -> object:
    """YAML reads a bare `on` or `off` as a boolean."""
    return {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value


Steps = Literal["auto"] | Annotated[int, Field(ge=1)]
Device = Annotated[str, Field(pattern=r"^(auto|cpu|mps|cuda(:\d+)?)$")]


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
    ] = {}
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


class TrainingPlan(PlanPart):
    """How the adapter learns."""

    epochs: Annotated[
        float, Field(gt=0, le=10000), Setting("Epochs", "How often every row is seen.", also=("num_train_epochs",))
    ] = 3.0
    max_steps: Annotated[
        Annotated[int, Field(ge=1)] | None,
        Setting("Steps", "Optimizer steps; if given, epochs are ignored.", "steps", advanced=True),
    ] = None
    batch_size: Annotated[
        int,
        Field(ge=1, le=65536),
        Setting("Batch", "Rows in one pass.", "rows", also=("micro batch", "per_device_train_batch_size")),
    ] = 2
    gradient_accumulation: Annotated[
        int, Field(ge=1, le=65536), Setting("Accumulation", "Passes before one step.", "×", also=("grad accum", "GA"))
    ] = 8
    learning_rate: Annotated[
        float, Field(gt=0, le=1), Setting("Learning rate", "Step size; 1e-4 to 5e-4 is usual.", also=("lr",))
    ] = 2.0e-4
    learning_rate_ratio: Annotated[
        float,
        Field(ge=1, le=1000),
        Setting(
            "LoRA+ ratio", "B learns so many times faster than A; 1: as fast.", "×", True, also=("loraplus_lr_ratio",)
        ),
    ] = 1.0
    scheduler: Annotated[
        Literal["cosine", "linear", "constant"],
        Setting("Schedule", "How the learning rate falls.", also=("lr scheduler",)),
    ] = "cosine"
    warmup_ratio: Annotated[
        float, Field(ge=0, lt=1), Setting("Warmup", "Share of the steps in which the learning rate rises.")
    ] = 0.03
    optimizer: Annotated[
        Literal["adamw", "adamw-8bit", "paged-adamw-8bit"],
        Setting(
            "Optimizer",
            "8-bit: a quarter of the optimizer's memory, which is small beside the base's; paged: moves to main memory when a GPU is full.",
            advanced=True,
            also=("adamw_bnb_8bit", "paged_adamw_8bit", "bitsandbytes"),
            names={"adamw": "AdamW", "adamw-8bit": "AdamW 8-bit", "paged-adamw-8bit": "AdamW 8-bit, paged"},
        ),
    ] = "adamw"
    weight_decay: Annotated[
        float, Field(ge=0, le=1), Setting("Weight decay", "Pulls the adapter towards zero.", advanced=True)
    ] = 0.0
    max_grad_norm: Annotated[
        float,
        Field(ge=0, le=1e6),
        Setting("Gradient clip", "Longest gradient; 0: no limit.", advanced=True, also=("clipping",)),
    ] = 1.0
    seed: Annotated[int, Field(ge=0, lt=2**31), Setting("Seed", "Same seed, same run.", advanced=True)] = 0
    precision: Annotated[
        Literal["auto", "float32", "bfloat16", "float16"],
        Setting(
            "Precision",
            "auto measures what this machine is fast at; float16 is for GPUs without bfloat16.",
            also=("compute type", "bf16", "dtype"),
        ),
    ] = "auto"
    quantization: Annotated[
        Literal["none", "nf4", "int8"],
        Setting(
            "Quantization",
            "Holds the frozen weights in fewer bits. 4-bit: a quarter of 16-bit's memory, slower, less exact; 8-bit: half, nearly exact.",
            also=("load in 4bit", "load in 8bit", "qlora", "bitsandbytes", "base precision"),
            names={"none": "none", "nf4": "4-bit (NF4)", "int8": "8-bit"},
        ),
    ] = "none"
    gradient_checkpointing: Annotated[
        Literal["auto", "off", "every-4", "every-3", "every-2", "on", "offload"],
        BeforeValidator(_switch),
        Setting(
            "Checkpointing",
            "Computes blocks again instead of keeping what they computed: up to a third more time, by the share of blocks. auto: only "
            "where memory needs it. Offloaded: what blocks still keep waits in main memory; for long rows on a GPU.",
            also=("gradient checkpointing", "activation checkpointing", "activation offloading"),
            names={
                "every-4": "every 4th block",
                "every-3": "every 3rd block",
                "every-2": "every 2nd block",
                "on": "every block",
                "offload": "every block, offloaded",
            },
        ),
    ] = "auto"
    compile: Annotated[
        Literal["auto", "on", "off"],
        BeforeValidator(_switch),
        Setting(
            "Compile",
            "Has torch make code of its own for the model's blocks before the first step. auto: only on a GPU, in at most two minutes "
            "and a tenth of the run, and kept where it is faster.",
            advanced=True,
            also=("torch_compile", "torch compile", "inductor"),
        ),
    ] = "auto"
    device: Annotated[Device, Setting("Device", "auto, cpu, cuda, cuda:1 or mps.", advanced=True)] = "auto"
    follow_load: Annotated[
        bool,
        Setting(
            "Follow the load",
            "On a CPU, compute with fewer threads while other programs do, where that is proven to change nothing.",
            advanced=True,
            also=("threads",),
        ),
    ] = True


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


class Record(PlanPart):
    """What was found when the plan was carried out. Written by the studio into a run's plan.yaml; ignored when the plan is used again."""

    versions: dict[str, str] = {}
    model_fingerprint: str | None = None
    data_fingerprints: dict[str, str] = {}
    device: str | None = None
    precision: str | None = None
    quantization: str | None = None
    gradient_checkpointing: str | None = None
    data_format: str | None = None  # that the rows were found to have
    compiled: bool | None = None  # the blocks, see studio.engine.compile_trial
    reused_blocks: int | None = None  # of the frozen prefix, see studio.plan.prefix


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
