"""Downloading a model from the Hub into its cache."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from huggingface_hub import DatasetInfo, ModelInfo, constants
from huggingface_hub.hf_api import RepoSibling

from studio.models.hub_cache import HubFile, Repository, blob_path
from studio.models.hub_download import bring, hub_file, is_plain, missing_files, repository_info
from studio.models.hub_fetch import Left, answer
from studio.plan.errors import Refusal
from studio.plan.events import Answered, Cancelled, Event, Progressed

WANTED = (".json", ".safetensors", ".model", ".txt", ".jinja")
SHARD = re.compile(r"model-\d+-of-\d+\.safetensors")


@dataclass(frozen=True, slots=True)
class HubModel:
    """A model on the Hub at one commit: the files that training needs, and its licence where it names one."""

    model: str
    revision: str
    files: tuple[HubFile, ...]
    licence: str | None

    @property
    def size_bytes(self) -> int:
        """All files together."""
        return sum(file.size_bytes for file in self.files)


def hub_model(model: str, *, revision: str | None = None) -> HubModel:
    """What the Hub has of a model; one request, no file is read. Raises Refusal or Failure."""
    repository = Repository(model)
    info = repository_info(repository, revision=revision)
    files = _wanted(repository, info.siblings or [])
    return HubModel(model, str(info.sha), files, licence_of(info))


def licence_of(info: ModelInfo | DatasetInfo) -> str | None:
    """The licence that a card names; None where it names none, or several."""
    licence = info.card_data.get("license") if info.card_data is not None else None
    return licence if isinstance(licence, str) else None


def offer(model: str, *, cancelled: Callable[[], bool]) -> Iterator[Event]:
    """What a download would bring: Answered (size_bytes, weight_bytes, licence), or Cancelled. Raises Refusal or Failure."""
    try:
        source: HubModel = answer(lambda: hub_model(model), cancelled)
    except Left:
        yield Cancelled()
        return
    missing = missing_files(Repository(model), source.revision, source.files)
    yield Answered(
        value={
            "size_bytes": sum(file.size_bytes for file in missing),
            "weight_bytes": sum(file.size_bytes for file in source.files if file.name.endswith(".safetensors")),
            "licence": source.licence,
        }
    )


def download(model: str, *, revision: str | None = None, cancelled: Callable[[], bool]) -> Iterator[Event]:
    """Fetch a model's safetensors, JSON and tokenizer files; nothing that holds code.

    Yields Progressed, then Answered (path, revision) - or Cancelled, within a second of `cancelled` turning true, with nothing of
    this download left. The model appears in the cache once it is whole. After a failure complete files stay for the next attempt.
    Raises Refusal or Failure.
    """
    repository = Repository(model)
    missing: list[HubFile] = []
    try:
        yield Progressed(phase="downloading", done=0, unit="bytes")
        source: HubModel = answer(lambda: hub_model(model, revision=revision), cancelled)
        missing = missing_files(repository, source.revision, source.files)
        branch = revision or constants.DEFAULT_REVISION
        path = yield from bring(repository, source.revision, source.files, branch=branch, cancelled=cancelled)
    except Left:
        for file in missing:
            blob_path(repository.storage, file).unlink(missing_ok=True)
        yield Cancelled()
        return
    yield Answered(value={"path": str(path), "revision": source.revision})


def _wanted(repository: Repository, siblings: list[RepoSibling]) -> tuple[HubFile, ...]:
    """The files to fetch: those at the top, of a harmless kind, and one set of weights where there are several."""
    names = [sibling.rfilename for sibling in siblings]
    weights = _weights(names)
    if "config.json" not in names or not weights:
        lacks = "no config.json" if "config.json" not in names else "no safetensors weights"
        raise Refusal(
            "hub-no-weights",
            f"the Hub's model has {lacks}",
            where=repository.id,
            now="choose a model in transformers' layout with safetensors weights",
            field="model",
        )
    return tuple(
        hub_file(repository, sibling)
        for sibling in siblings
        if is_plain(sibling.rfilename)
        and sibling.rfilename.endswith(WANTED)
        and (sibling.rfilename in weights or not _is_weight(sibling.rfilename))
    )


def _weights(names: list[str]) -> set[str]:
    if "model.safetensors" in names:
        return {"model.safetensors"}
    return {name for name in names if SHARD.fullmatch(name)} | ({"model.safetensors.index.json"} & set(names))


def _is_weight(name: str) -> bool:
    return name.endswith((".safetensors", ".index.json"))
