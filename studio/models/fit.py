"""Do the stored tensors fill the model?

`from_pretrained` fills what is missing with random numbers and goes on. Which name in a file becomes which parameter is transformers'
own affair - prefixes come and go, experts are fused, weights are tied - so the comparison does not rebuild those rules: it runs the
library's loading on tensors that have a shape and no content, and reads its report.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from transformers import PreTrainedModel
from transformers.conversion_mapping import get_model_conversion_mapping
from transformers.core_model_loading import (
    WeightConverter,
    WeightRenaming,
    convert_and_load_state_dict_in_model,
    rename_source_key,
)
from transformers.modeling_utils import LoadStateDictConfig
from transformers.utils import logging as library_logging

from studio.models.headers import TensorInfo
from studio.models.skeleton import build_skeleton
from studio.models.weights import few_names
from studio.plan.errors import Refusal

FLOATS = {"F16": torch.float16, "BF16": torch.bfloat16, "F32": torch.float32, "F64": torch.float64}


def check_fit(file: Path, tree: dict[str, Any], tensors: Mapping[str, TensorInfo]) -> list[str]:
    """Compare stored tensors with the model of a checked config (`tree`, read from `file`).

    Returns notes: tensors that the model does not use. Raises Refusal: tensors missing, of another shape, or whole numbers where the
    model has fractions.
    """
    model = build_skeleton(file, tree, tied=False)
    transforms = get_model_conversion_mapping(model)
    _check_types(file.parent, model, transforms, tensors)
    stored = {
        name: torch.empty(info.shape, dtype=FLOATS.get(info.dtype, torch.int64), device="meta")
        for name, info in tensors.items()
    }
    loading = LoadStateDictConfig(device_map={"": "meta"}, dtype=model.dtype, weight_mapping=transforms)
    with quiet_library():
        report, _ = convert_and_load_state_dict_in_model(model, stored, loading)
        model.tie_weights(missing_keys=report.missing_keys, recompute_mapping=False)
        model._adjust_missing_and_unexpected_keys(report)
    if report.conversion_errors:
        # Raised by an operation that shapes alone cannot carry out or that real tensors would fail as well; loading will tell.
        return [f"{len(report.conversion_errors)} tensors could not be compared with the config before loading"]
    if report.mismatched_keys:
        raise _wrong_shapes(file.parent, sorted(report.mismatched_keys))
    if report.missing_keys:
        raise missing_tensors(file.parent, sorted(report.missing_keys))
    if report.unexpected_keys:
        return [f"{len(report.unexpected_keys)} tensors are not used: {few_names(sorted(report.unexpected_keys))}"]
    return []


def missing_tensors(folder: Path, names: list[str]) -> Refusal:
    """The refusal for a model with parameters that no file fills."""
    return Refusal(
        "weights-incomplete",
        f"{len(names)} tensors that config.json asks for are not in the weights: {few_names(names)}",
        where=str(folder),
        now="get the model again from its source; config and weights may belong to different models",
        field="model",
    )


@contextmanager
def quiet_library() -> Iterator[None]:
    """No progress bar and no report from transformers: what matters is said by us, in one sentence."""
    level, bars = library_logging.get_verbosity(), library_logging.is_progress_bar_enabled()
    library_logging.set_verbosity_error()
    library_logging.disable_progress_bar()
    try:
        yield
    finally:
        library_logging.set_verbosity(level)
        if bars:
            library_logging.enable_progress_bar()


def _check_types(
    folder: Path, model: PreTrainedModel, transforms: list[Any], tensors: Mapping[str, TensorInfo]
) -> None:
    """Refuse whole numbers and 8-bit floats where the model has a float parameter: transformers would take them as they are."""
    expected = model.state_dict()
    renamings = [transform for transform in transforms if isinstance(transform, WeightRenaming)]
    converters = [transform for transform in transforms if isinstance(transform, WeightConverter)]
    strange = []
    for name, info in tensors.items():
        if info.dtype not in FLOATS:
            key, _ = rename_source_key(name, renamings, converters, model.base_model_prefix, expected)
            if key in expected and expected[key].is_floating_point():
                strange.append(name)
    if strange:
        kinds = ", ".join(sorted({tensors[name].dtype for name in strange}))
        raise Refusal(
            "weights-quantised",
            f"{len(strange)} tensors are stored as {kinds} without a description of how they were quantised: {few_names(strange)}",
            where=str(folder),
            now="choose the model in float32, bfloat16 or float16",
            field="model",
        )


def _wrong_shapes(folder: Path, rows: list[tuple[str, Any, Any]]) -> Refusal:
    name, found, wanted = rows[0]
    more = f", and {len(rows) - 1} more tensors" if len(rows) > 1 else ""
    return Refusal(
        "weights-wrong-shape",
        f"{name} has shape {tuple(found)} where config.json asks for {tuple(wanted)}{more}",
        where=str(folder),
        now="get the model again from its source; config and weights may belong to different models",
        field="model",
    )
