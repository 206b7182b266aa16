"""Adapter folders in PEFT's layout: adapter_config.json beside adapter_model.safetensors.

Whatever reads PEFT's adapters reads these. What is read is checked wholly before it is believed: PEFT itself loads a file of the
wrong prefix, of half the matrices or of NaN, and the adapter then does nothing, half, or harm.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors.torch import save
from torch import nn

from studio.formats.content import Content, content_of, other_base, put_on
from studio.formats.peft.config import check_config, config_of, is_listed, specs_of, unknown_fields
from studio.formats.peft.fit import fitted
from studio.formats.peft.layout import slots_of
from studio.formats.peft.tensors import Matrices, read_tensors
from studio.lora.adapter import Adapter
from studio.lora.geometry import pair_name
from studio.lora.spec import AdapterSpec
from studio.lora.structure import structure_of
from studio.plan.errors import Refusal
from studio.runs.atomic import replacing_folder

CONFIG = "adapter_config.json"
TENSORS = "adapter_model.safetensors"


@dataclass(frozen=True, slots=True)
class AdapterFile:
    """A checked adapter folder.

    `matrices` are A, B and perhaps m by path, shaped as in the file, float32, on the CPU; `config` is the file's. `specs` are those of
    the paths that are modules for certain. `base_model` is the base's name or path as written, `structure` its fingerprint where the
    file has one. `listed` are the endings of names that the adapter claims, empty where it claims them in another way.
    `unknown_fields` of the config were passed over.
    """

    where: Path
    config: dict[str, Any]
    matrices: dict[str, Matrices]
    specs: dict[str, AdapterSpec]
    base_model: str | None
    structure: str | None
    listed: tuple[str, ...]
    unknown_fields: tuple[str, ...]

    @property
    def entries(self) -> int:
        """How many numbers it holds."""
        return sum(tensor.numel() for matrices in self.matrices.values() for tensor in matrices.values())


def write_adapter(
    folder: Path,
    content: Content,
    *,
    base_model: str | None,
    structure: str | None = None,
    task_type: str | None = "CAUSAL_LM",
) -> None:
    """Write an adapter as a folder, complete or not at all.

    Refuses matrices that are not finite and a mix of variants. Raises OSError where the disk does not take it.
    """
    content.check_finite(str(folder))
    content = content.folded()
    tensors = {}
    for target, geometries in content.geometries.items():
        for slot in slots_of(target, content.kinds[target], geometries):
            pair = pair_name(target, slot.geometry.weight)
            for matrix, name in slot.names().items():
                if f"{pair}.{matrix}" in content.state:
                    tensors[name] = slot.written(matrix, content.state[f"{pair}.{matrix}"]).contiguous().clone()
    config = config_of(content, base_model, task_type)
    metadata = {"format": "pt"} | ({} if structure is None else {"base_structure": structure})
    with replacing_folder(folder) as beside:
        (beside / CONFIG).write_text(json.dumps(config, indent=2, allow_nan=False) + "\n", encoding="utf-8")
        (beside / TENSORS).write_bytes(_in_order(save(tensors, metadata)))


def save_adapter(
    adapter: Adapter, folder: Path, *, base_model: str | None, task_type: str | None = "CAUSAL_LM"
) -> None:
    """Write an adapter with its base's fingerprint: `write_adapter` with all that the adapter knows of itself."""
    content = content_of(adapter)
    write_adapter(folder, content, base_model=base_model, structure=adapter.structure, task_type=task_type)


def read_adapter(folder: Path) -> AdapterFile:
    """Read and check an adapter folder, whoever wrote it. Refuses whatever PEFT would load wrongly or not at all."""
    where = str(folder / CONFIG)
    config = _read_config(folder)
    check_config(config, where)
    matrices, metadata = read_tensors(folder / TENSORS)
    listed = config.get("target_modules")
    # Beside target_parameters, a path may mean a weight of another name: `fitted` sees to those that the list does not name.
    bare = bool(config.get("target_parameters"))
    known = [
        path
        for path in matrices
        if ".base_layer" not in path and not (bare and not (isinstance(listed, list) and is_listed(path, listed)))
    ]
    specs = specs_of(config, known, where)
    for path, spec in specs.items():
        if spec.rank != matrices[path]["A"].shape[0]:
            raise _wrong_rank(path, matrices[path]["A"].shape[0], spec.rank, where)
        # With ensure_weight_tying, PEFT adapts what shares a target's weight although the list does not name it.
        if isinstance(listed, list) and not is_listed(path, listed) and not config.get("ensure_weight_tying"):
            raise Refusal(
                "adapter-config",
                f"the matrices of {path} are in the file, but the config's target_modules do not name it",
                where=where,
                now="add it to target_modules",
            )
    # Other fields may narrow the list down; then it no longer tells which modules must have an adapter.
    narrowed = any(config.get(field) for field in ("exclude_modules", "layers_to_transform", "layers_pattern"))
    return AdapterFile(
        where=folder,
        config=config,
        matrices=matrices,
        specs=specs,
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
    content = fitted(file.matrices, file.config, file.listed, model, str(folder))
    if file.structure not in (None, structure_of(model)):
        raise other_base(
            str(folder), "the adapter fits this model's modules, but was trained on a model of another structure"
        )
    return put_on(model, content)


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


def _wrong_rank(path: str, there: int, said: int, where: str) -> Refusal:
    return Refusal(
        "adapter-rank",
        f"the A of {path} has rank {there}, but the config says {said}",
        where=where,
        now="correct r or rank_pattern in the config; the scale depends on them",
    )
