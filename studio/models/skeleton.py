"""A model without weights: every module and every shape, on the meta device."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, PreTrainedModel, initialization

from studio.models.config import build_config, library_refusal


def build_skeleton(file: Path, tree: dict[str, Any], *, tied: bool = True) -> PreTrainedModel:
    """The model that a checked config (`tree`, read from `file`) describes. No memory is taken for weights.

    `tied` False leaves shared weights apart, as transformers does while it loads. Raises Refusal where the config's values do not
    go together.
    """
    config = build_config(file, tree)
    untied: AbstractContextManager[None] = nullcontext() if tied else initialization.no_tie_weights()
    try:
        with torch.device("meta"), initialization.meta_device_safe_creation_ops(), untied:
            return AutoModelForCausalLM.from_config(config, trust_remote_code=False)
    except Exception as error:
        raise library_refusal("config-invalid", "no model can be built from config.json", file, error) from error
