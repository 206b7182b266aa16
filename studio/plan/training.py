"""How a plan is trained: the steps, the optimizer, the precision and what saves memory."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from studio.plan.part import Device, PlanPart, Setting, switch


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
        BeforeValidator(switch),
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
        BeforeValidator(switch),
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
