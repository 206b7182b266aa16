"""Fetching a data set of the Hub into the Hub's cache on this machine."""

from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import Any

import yaml
from huggingface_hub import metadata_load

from studio.data.hub_entry import HubEntry, is_hub_entry, parse_entry
from studio.data.hub_fetched import fetched_files, write_note
from studio.data.hub_split import files_of_split
from studio.models.hub_download import bring, hub_file, is_plain, repository_info
from studio.models.hub_errors import hub_error
from studio.models.hub_fetch import Left, answer
from studio.plan.events import Answered, Cancelled, Event, Progressed

README, STANDALONE = "README.md", ".huggingface.yaml"  # what says which files belong to which config


def fetch(
    entry: str, *, field: str = "data.train", cancelled: Callable[[], bool] = lambda: False
) -> Generator[Event, None, None]:
    """Fetch the files of an entry at the newest commit; only files of rows, nothing that holds code.

    Yields Progressed, then Answered (files, bytes) - or Cancelled, within a second of `cancelled` turning true. The entry counts as
    fetched once it is whole; complete files stay for the next attempt whatever happens. Raises Refusal or Failure.
    """
    parsed = parse_entry(entry, field)
    repository = parsed.repository
    try:
        yield Progressed(phase="asking the Hub", done=0, unit="bytes")
        info = answer(lambda: repository_info(repository), cancelled)
        siblings = {sibling.rfilename: sibling for sibling in info.siblings or [] if _is_inside(sibling.rfilename)}
        revision = str(info.sha)

        described = [hub_file(repository, siblings[name]) for name in (README, STANDALONE) if name in siblings]
        if described:
            for _ in bring(repository, revision, described, cancelled=cancelled):
                yield Progressed(phase="asking the Hub", done=0, unit="bytes")
        metadata = _metadata(parsed, repository.snapshot(revision))
        names = answer(lambda: files_of_split(list(siblings), metadata, parsed), cancelled)
        files = [hub_file(repository, siblings[name]) for name in names]
        yield from bring(repository, revision, files, cancelled=cancelled)
    except Left:
        yield Cancelled()
        return
    try:
        write_note(parsed, revision, files)
    except OSError as error:
        raise hub_error(repository, error) from error
    yield Answered(value={"files": len(files), "bytes": sum(file.size_bytes for file in files)})


def fetch_absent(entry: str, *, field: str = "data.train") -> Generator[Event, None, None]:
    """Fetch an entry of the Hub that is not on this machine yet; of one that is, and of a path, nothing is asked. Yields Progressed.

    Raises Refusal or Failure.
    """
    if not is_hub_entry(entry) or fetched_files(parse_entry(entry, field)) is not None:
        return
    for event in fetch(entry, field=field):
        if isinstance(event, Progressed):
            yield event


def _metadata(entry: HubEntry, folder: Path) -> Mapping[str, Any]:
    """What a data set says of itself. Raises Refusal where it is no YAML."""
    try:
        said = (metadata_load(folder / README) if (folder / README).exists() else None) or {}
        alone = folder / STANDALONE
        more = yaml.safe_load(alone.read_text(encoding="utf-8")) if alone.exists() else None
    except (yaml.YAMLError, ValueError):
        what = "the head of the data set's README is not YAML"
        raise entry.refusal("data-hub-readme", what, "choose another data set") from None
    return {**said, **(more if isinstance(more, dict) else {})}


def _is_inside(name: str) -> bool:
    """A name that stays inside its folder, on every system."""
    return all(map(is_plain, name.split("/")))
