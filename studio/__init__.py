"""LoRA Studio: fine-tune models with LoRA on one workstation, and prove the result."""

__version__ = "0.1.0"
