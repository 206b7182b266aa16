"""PEFT's adapter_config.json, whose spellings appear here alone."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import UnionType
from typing import Any, TypeVar

from studio.formats.content import Content
from studio.formats.peft.layout import PARAMETER_KINDS
from studio.lora.geometry import pair_name
from studio.lora.spec import AdapterSpec, check_spec
from studio.plan.errors import Refusal

# Fields that turn an adapter into something other than W + s·BA wherever they are set, and what they stand for.
OTHER_MATHEMATICS = {
    "lora_bias": "a bias on B",
    "modules_to_save": "fully trained modules",
    "trainable_token_indices": "trained token embeddings",
    "layer_replication": "replicated layers",
    "alora_invocation_tokens": "activated LoRA",
    "use_qalora": "QALoRA",
    "use_bdlora": "block-diagonal LoRA",
    "arrow_config": "Arrow routing",
    "kasa_config": "KaSA",
    "monteclora_config": "Monte Carlo LoRA",
}
# Starts that leave the base's weights alone; the others (pissa, olora, corda, loftq, ...) subtract something from them.
PLAIN_STARTS = (True, False, "gaussian", "orthogonal", "eva", "mica")
# Fields that say where an adapter came from, how it was trained or how PEFT finds its targets, but not what it computes.
NEUTRAL = {
    *(
        "auto_mapping",
        "base_model_name_or_path",
        "inference_mode",
        "peft_version",
        "revision",
        "runtime_config",
        "task_type",
    ),
    *("exclude_modules", "layers_pattern", "layers_to_transform", "ensure_weight_tying", "fan_in_fan_out"),
    *("corda_config", "eva_config", "loftq_config", "lora_ga_config", "qalora_group_size", "velora_config"),
    *("megatron_config", "megatron_core"),
}
READ = {
    *("peft_type", "bias", "init_lora_weights", "r", "lora_alpha", "lora_dropout", "use_rslora"),
    *("rank_pattern", "alpha_pattern", "target_modules", "target_parameters", "use_dora"),
}
MAX_PATTERN_QUANTIFIERS = 2  # with PEFT's own leading (.*\.)? at most cubic in a target's length
MAX_TARGET_LENGTH = 256

T = TypeVar("T", int, float)


def config_of(content: Content, base_model: str | None, task_type: str | None) -> dict[str, Any]:
    """The config whose readers give every target its own rank and alpha; `content` is folded.

    The commonest rank and alpha are the default, the others are patterns: PEFT takes a pattern as a regular expression on the end of
    a name, the first that fits, so each is a whole name, escaped and anchored. One dropout has room, the commonest; it matters in
    training alone. Refuses to mix variants.
    """
    variants = {spec.variant for spec in content.specs.values()}
    if len(variants) != 1:
        raise Refusal(
            "variants-mixed",
            f"the adapter mixes the variants {', '.join(sorted(variants))}, and PEFT's layout holds one",
            now="use one variant for all targets",
        )
    specs = content.specs
    bare = {name for name, kind in content.kinds.items() if kind in PARAMETER_KINDS}
    named = {
        name: specs[target]
        for target in specs
        for name in (
            [pair_name(target, geometry.weight) for geometry in content.geometries[target]]
            if target in bare
            else [target]
        )
    }
    rank = _commonest([spec.rank for spec in specs.values()])
    alpha = _commonest([spec.alpha for spec in specs.values()])
    config = {
        "peft_type": "LORA",
        "task_type": task_type,
        "base_model_name_or_path": base_model,
        "inference_mode": True,
        "r": rank,
        "lora_alpha": _whole(alpha),
        # PEFT knows no dropout on bare parameters, and refuses a config that has both.
        "lora_dropout": 0.0 if bare else _commonest([spec.dropout for spec in specs.values()]),
        "use_rslora": variants == {"rslora"},
        "use_dora": variants == {"dora"},
        "bias": "none",
        "fan_in_fan_out": "conv1d" in content.kinds.values() and not bare,
        "init_lora_weights": True,
        "modules_to_save": None,
        "target_modules": sorted(specs.keys() - bare),
        "rank_pattern": {_pattern(name): spec.rank for name, spec in named.items() if spec.rank != rank},
        "alpha_pattern": {_pattern(name): _whole(spec.alpha) for name, spec in named.items() if spec.alpha != alpha},
    }
    if bare:
        config["target_parameters"] = sorted(named.keys() - specs.keys())
    return config


def check_config(config: Mapping[str, Any], where: str) -> None:
    """Refuse a config that is not of a LoRA, rsLoRA or DoRA adapter, or whose fields have the wrong types or an unknown use."""
    if "peft_type" not in config:
        raise Refusal(
            "adapter-config", "the adapter's config has no peft_type", where=where, now="choose a PEFT adapter"
        )
    if config["peft_type"] != "LORA":
        raise Refusal(
            "adapter-kind", f"the adapter is a {config['peft_type']!r}", where=where, now="choose a LoRA adapter"
        )
    used = [meaning for field, meaning in OTHER_MATHEMATICS.items() if config.get(field)]
    # One of a later version: whatever PEFT has called use_... so far changes what is computed.
    used += [f"{field!r}" for field in unknown_fields(config) if field.startswith("use_")]
    if config.get("bias", "none") != "none":
        used.append("trained biases")
    if config.get("init_lora_weights", True) not in PLAIN_STARTS:
        used.append(f"a base changed by the start {config['init_lora_weights']!r}")
    if used:
        raise Refusal(
            "adapter-kind",
            f"the adapter uses {', '.join(used)}, and without that it would compute something else",
            where=where,
            now="convert it to plain LoRA with the program that made it, or merge it there",
        )
    types: dict[str, type | UnionType] = {
        **{"use_rslora": bool, "use_dora": bool, "rank_pattern": dict, "alpha_pattern": dict},
        **{"target_modules": list | str, "target_parameters": list},
    }
    for field, expected in types.items():
        value = config.get(field)
        if value is not None and not isinstance(value, expected):
            raise Refusal("adapter-config", f"the adapter's {field} is {value!r}", where=where, now="correct the file")


def unknown_fields(config: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that are set and that this reader knows nothing of: they are passed over, and a caller may say so."""
    known = NEUTRAL | READ | OTHER_MATHEMATICS.keys()
    return tuple(sorted(field for field, value in config.items() if field not in known and value))


def specs_of(config: Mapping[str, Any], targets: Iterable[str], where: str) -> dict[str, AdapterSpec]:
    """What PEFT would make of each target: its rank, alpha, dropout and variant. Refuses values without meaning."""
    ranks = _compiled(config.get("rank_pattern") or {}, where)
    alphas = _compiled(config.get("alpha_pattern") or {}, where)
    specs = {}
    for target in targets:
        if len(target) > MAX_TARGET_LENGTH:
            raise Refusal("adapter-tensor", f"the adapter's target {target[:40]}... has too long a name", where=where)
        spec = AdapterSpec(
            rank=_first_fit(ranks, target, config.get("r", 8)),
            alpha=_first_fit(alphas, target, config.get("lora_alpha", 8)),
            dropout=config.get("lora_dropout", 0.0),
            variant="rslora" if config.get("use_rslora") else "lora",
        )
        check_spec(target, spec, where=where)
        if config.get("use_dora"):  # of rsLoRA's scale with DoRA's magnitude, DoRA with another alpha
            spec = replace(spec, alpha=spec.scale * spec.rank, variant="dora")
        specs[target] = spec
    return specs


def is_listed(target: str, entries: Iterable[str]) -> bool:
    """Whether a list of target_modules means this module: its whole name, or its last parts."""
    return any(target == entry or target.endswith(f".{entry}") for entry in entries)


def _compiled(patterns: Mapping[str, T], where: str) -> list[tuple[re.Pattern[str], T]]:
    """Patterns as PEFT reads them (get_pattern_key), once they are known to be quick to match: a file may come from anywhere, and
    a regular expression can take for ever."""
    compiled = []
    for pattern, value in patterns.items():
        if re.search(r"\)[*+{]", pattern) or sum(pattern.count(sign) for sign in "*+{") > MAX_PATTERN_QUANTIFIERS:
            raise Refusal(
                "adapter-config",
                f"the adapter's pattern {pattern!r} is too involved to match safely",
                where=where,
                now="write the targets' full names as patterns",
            )
        try:
            compiled.append((re.compile(rf"(.*\.)?({pattern})$"), value))
        except re.error as error:
            what = f"the adapter's pattern {pattern!r} is broken: {error}"
            raise Refusal("adapter-config", what, where=where, now="correct the file") from error
    return compiled


def _first_fit(patterns: list[tuple[re.Pattern[str], T]], target: str, default: T) -> T:
    return next((value for pattern, value in patterns if pattern.match(target)), default)


def _pattern(name: str) -> str:
    return f"^{re.escape(name)}"


def _commonest(values: list[T]) -> T:
    """The value that occurs most often, the largest of several."""
    counts = Counter(values)
    return max(counts, key=lambda value: (counts[value], value))


def _whole(number: float) -> float | int:
    """A whole number as an int, which is how every reader expects lora_alpha."""
    return int(number) if float(number).is_integer() else number
