"""Adapter folders in PEFT's layout: adapter_config.json beside adapter_model.safetensors.

Whatever reads PEFT's adapters reads these. What is read is checked wholly before it is believed: PEFT itself loads a file of the
wrong prefix, of half the matrices or of NaN, and the adapter then does nothing, half, or harm.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors.torch import save
from torch import Tensor, nn

from studio.lora.adapter import Adapter, inject
from studio.lora.kinds import adaptable_shape
from studio.lora.peft_config import check_config, config_of, is_listed, specs_of, unknown_fields
from studio.lora.peft_tensors import read_tensors, tensor_name
from studio.lora.spec import AdapterSpec
from studio.plan.errors import Refusal
from studio.runs.atomic import replacing_folder

CONFIG = "adapter_config.json"
TENSORS = "adapter_model.safetensors"


@dataclass(frozen=True, slots=True)
class AdapterFile:
    """A checked adapter folder.

    `tensors` are (A (rank, in), B (out, rank)) by target, float32, on the CPU. `base_model` is the base's name or path as written,
    `structure` its fingerprint where the file has one. `listed` are the endings of names that the adapter claims, empty where it
    claims them in another way. `unknown_fields` of the config were passed over.
    """

    specs: dict[str, AdapterSpec]
    tensors: dict[str, tuple[Tensor, Tensor]]
    base_model: str | None
    structure: str | None
    listed: tuple[str, ...]
    unknown_fields: tuple[str, ...]


def write_adapter(
    folder: Path,
    state: Mapping[str, Tensor],
    specs: Mapping[str, AdapterSpec],
    *,
    kinds: Mapping[str, str],
    base_model: str | None,
    structure: str | None = None,
    task_type: str = "CAUSAL_LM",
) -> None:
    """Write `Adapter.state()` with its specs and kinds as a folder, complete or not at all.

    Refuses matrices that are not finite and a mix of variants. Raises ValueError where state and specs differ, OSError where the disk
    does not take it.
    """
    if set(state) != {f"{target}.{matrix}" for target in specs for matrix in "AB"}:
        raise ValueError("the state's matrices are not those of the specs' targets")
    tensors = {}
    for target in specs:
        for matrix in ("A", "B"):
            tensor = state[f"{target}.{matrix}"].detach().cpu().contiguous()
            if not tensor.isfinite().all():
                raise Refusal(
                    "adapter-not-finite",
                    f"the {matrix} matrix of {target} is not finite",
                    where=str(folder),
                    now="go back to an earlier checkpoint, and train with a smaller learning rate",
                )
            tensors[tensor_name(target, matrix)] = tensor
    config = config_of(specs, kinds, base_model, task_type)
    metadata = {"format": "pt"} | ({} if structure is None else {"base_structure": structure})
    with replacing_folder(folder) as beside:
        (beside / CONFIG).write_text(json.dumps(config, indent=2, allow_nan=False) + "\n", encoding="utf-8")
        (beside / TENSORS).write_bytes(_in_order(save(tensors, metadata)))


def save_adapter(adapter: Adapter, folder: Path, *, base_model: str | None, task_type: str = "CAUSAL_LM") -> None:
    """Write an adapter with its base's fingerprint: `write_adapter` with all that the adapter knows of itself."""
    write_adapter(
        folder,
        adapter.state(),
        adapter.specs,
        kinds=adapter.kinds,
        base_model=base_model,
        structure=adapter.structure,
        task_type=task_type,
    )


def read_adapter(folder: Path) -> AdapterFile:
    """Read and check an adapter folder, whoever wrote it. Refuses whatever PEFT would load wrongly or not at all."""
    config_path = folder / CONFIG
    where = str(config_path)
    config = _read_config(folder)
    check_config(config, where)
    tensors, metadata = read_tensors(folder / TENSORS)
    listed = config.get("target_modules")
    specs = specs_of(config, tensors, where)
    for target, (A, _) in tensors.items():
        if specs[target].rank != A.shape[0]:
            raise Refusal(
                "adapter-rank",
                f"{tensor_name(target, 'A')} has rank {A.shape[0]}, but the config says {specs[target].rank}",
                where=where,
                now="correct r or rank_pattern in the config; the scale depends on them",
            )
        if isinstance(listed, list) and not is_listed(target, listed):
            raise Refusal(
                "adapter-config",
                f"{tensor_name(target, 'A')} is in the file, but the config's target_modules do not name it",
                where=where,
                now="add it to target_modules",
            )
    # Other fields may narrow the list down; then it no longer tells which modules must have an adapter.
    narrowed = any(config.get(field) for field in ("exclude_modules", "layers_to_transform", "layers_pattern"))
    return AdapterFile(
        specs=specs,
        tensors=tensors,
        base_model=config.get("base_model_name_or_path"),
        structure=metadata.get("base_structure"),
        listed=tuple(listed) if isinstance(listed, list) and not narrowed else (),
        unknown_fields=unknown_fields(config),
    )


def load_adapter(model: nn.Module, folder: Path) -> Adapter:
    """Put the adapter of a folder on a model, enabled.

    Refuses, and leaves the model as it was, where the base is another: a target is missing or has other dimensions, modules
    that the adapter claims have no matrices in it, or the fingerprints differ.
    """
    file = read_adapter(folder)
    modules = dict(model.named_modules())
    for target, (A, B) in file.tensors.items():
        if target not in modules:
            raise _other_base(folder, f"{tensor_name(target, 'A')} has no place: the model has no module {target}")
        shape = adaptable_shape(modules[target])
        if shape is None:
            continue  # `inject` says why
        for matrix, tensor, fitting in (("A", A, (A.shape[0], shape[1])), ("B", B, (shape[0], B.shape[1]))):
            if tensor.shape != fitting:
                name = tensor_name(target, matrix)
                raise _other_base(folder, f"{name} is {tuple(tensor.shape)}, and {target} would need {fitting}")
    for name in sorted(modules.keys() - file.specs.keys()):
        if is_listed(name, file.listed) and adaptable_shape(modules[name]) is not None:
            raise _other_base(folder, f"the adapter claims {name} and has no matrices for it")
    adapter = inject(model, file.specs)
    if file.structure not in (None, adapter.structure):
        adapter.detach()
        raise _other_base(
            folder, "the adapter fits this model's modules, but was trained on a model of another structure"
        )
    adapter.load_state(
        {f"{target}.{name}": matrix for target, pair in file.tensors.items() for name, matrix in zip("AB", pair)}
    )
    return adapter


def _in_order(data: bytes) -> bytes:
    """The same safetensors file with its metadata sorted: the library writes them in a random order, and equal adapters are equal files."""
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    header["__metadata__"] = dict(sorted(header["__metadata__"].items()))
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % 8)  # tensors begin at a multiple of eight
    return len(text).to_bytes(8, "little") + text + data[8 + length :]


def _read_config(folder: Path) -> dict[str, Any]:
    """adapter_config.json as it is, once it is known to be there and to be JSON."""
    path = folder / CONFIG
    if not path.is_file():
        inside = sorted(entry.parent for entry in folder.glob(f"*/{CONFIG}"))
        now = f"choose {inside[0]}" if inside else f"choose a folder that holds {CONFIG} and {TENSORS}"
        raise Refusal("adapter-missing", f"there is no {CONFIG} in the adapter's folder", where=str(folder), now=now)
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # JSON and UTF-8 alike
        raise Refusal(
            "adapter-config", f"the adapter's config is not JSON: {error}", where=str(path), now="copy the folder again"
        ) from error
    if not isinstance(config, dict):
        raise Refusal(
            "adapter-config", "the adapter's config is not a JSON object", where=str(path), now="copy it again"
        )
    return config


def _other_base(folder: Path, what: str) -> Refusal:
    return Refusal("adapter-base", what, where=str(folder), now="choose the base model that the adapter was trained on")
