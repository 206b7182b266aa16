"""Finding models on the Hub, with what one wants to know before a download: size, licence, whether it can be trained here."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from huggingface_hub import ModelInfo, constants, get_session, hf_raise_for_status
from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]  # documented, not re-exported
from transformers.models.auto.modeling_auto import MODEL_FOR_CAUSAL_LM_MAPPING_NAMES

from studio.models.hub import licence_of
from studio.models.hub_cache import Repository
from studio.models.hub_errors import HUB_ERRORS, hub_error, offline
from studio.models.hub_fetch import Left, answer
from studio.plan.errors import Failure
from studio.plan.events import Answered, Cancelled, Event

MOST = 50
TIMEOUT_SECONDS = 15
TOLD = ["safetensors", "cardData", "config", "downloads", "gated"]
BITS = {"F64": 64, "I64": 64, "F32": 32, "I32": 32, "U32": 32, "F16": 16, "BF16": 16, "I16": 16}  # all others: 8


@dataclass(frozen=True, slots=True)
class FoundModel:
    """A model on the Hub. `weight_bytes` is None where the Hub does not say it; `reason` why it cannot be trained, empty where it can.

    `gated`: its owner has to grant access first.
    """

    model: str
    parameters: int | None
    weight_bytes: int | None
    licence: str | None
    downloads: int
    gated: bool
    reason: str


def search(words: str, *, cancelled: Callable[[], bool]) -> Iterator[Event]:
    """Models whose name has these words, most downloaded first. Yields Answered (models), or Cancelled within a second of `cancelled`.

    Raises Refusal or Failure.
    """
    about = Repository(words)
    if constants.is_offline_mode():
        raise offline(about)
    try:
        response = answer(lambda: _ask(words), cancelled)
        models = [_found(_info(row)) for row in response.json()]
    except Left:
        yield Cancelled()
        return
    except HUB_ERRORS as error:
        raise hub_error(about, error) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what, now = "the Hub's answer is no list of models", "if HF_ENDPOINT names a mirror, try without it"
        raise Failure("hub-failed", what, where=words, now=now, field=about.field) from error
    yield Answered(value={"models": [asdict(model) for model in models]})


def _ask(words: str) -> Any:
    """One page. `HfApi.list_models` would ask six times, for half a minute, where there is no network."""
    asked: Mapping[str, str | int | Sequence[str]] = {
        "search": words,
        "filter": "safetensors",
        "sort": "downloads",
        "limit": MOST,
        "expand": TOLD,
    }
    url, headers = f"{constants.ENDPOINT}/api/models", build_hf_headers()
    response = get_session().get(url, params=asked, headers=headers, timeout=TIMEOUT_SECONDS)
    hf_raise_for_status(response)
    return response


def _info(row: Any) -> ModelInfo:
    return ModelInfo(**row)  # type: ignore[no-untyped-call]


def _found(info: ModelInfo) -> FoundModel:
    stored = info.safetensors
    return FoundModel(
        model=info.id,
        parameters=None if stored is None else stored.total,
        weight_bytes=None
        if stored is None
        else sum(BITS.get(kind, 8) * n // 8 for kind, n in stored.parameters.items()),
        licence=licence_of(info),
        downloads=info.downloads or 0,
        gated=bool(info.gated),
        reason=_reason(info.config or {}),
    )


def _reason(config: dict[str, Any]) -> str:
    """Why a model cannot be trained, as far as its summary tells; its config says the rest once it is here."""
    model_type = config.get("model_type")
    if not isinstance(model_type, str):
        return "it does not say which architecture it is"
    if "auto_map" in config:
        return "it runs code of its own"
    if model_type not in MODEL_FOR_CAUSAL_LM_MAPPING_NAMES:
        return f"a model of type {model_type[:64]!r} does not write text from left to right"
    return ""
