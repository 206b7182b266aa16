"""Which files of a repository make up a split of a data set, by the rules of the `datasets` library."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from glob import has_magic
from pathlib import PurePosixPath
from typing import Any

from studio.data.hub_entry import HubEntry
from studio.data.hub_names import ROOT, search_options
from studio.plan.errors import Refusal

# What the library calls a kind of files, and how those of them end that are read.
READ = {
    "parquet": (".parquet",),
    "csv": (".csv", ".tsv"),
    "json": (".json", ".jsonl", ".ndjson"),
    "text": (".txt",),
    "arrow": (".arrow",),
}
OTHER_KINDS = {
    "imagefolder": "images",
    "audiofolder": "sound",
    "videofolder": "videos",
    "pdffolder": "PDF documents",
    "webdataset": "WebDataset archives",
}
NOT_READ = (".zip",)  # the library would open an archive to see what is in it
CHOOSE = "choose a data set of Parquet, CSV, JSON, Arrow or text files"
# Options of a config that change no row, or that reading finds out by itself. The others would change what is read.
HARMLESS = {"data_files", "data_dir", "default", "name", "version", "description", "features", "encoding", "columns",
            "batch_size", "chunksize", "sep", "delimiter", "field", "keep_linebreaks"}  # fmt: skip
SHOWN = 12  # names in a sentence


def files_of_split(names: Sequence[str], metadata: Mapping[str, Any], entry: HubEntry) -> list[str]:
    """The names of an entry's files, in the order in which they are read.

    `metadata` is the head of the repository's README: its `configs` name configs, splits and patterns of files; without them names such
    as train.csv and test/ do. Nothing of the repository is run. Raises Refusal: a script, no such config or split, several configs and
    none named, files of another kind.
    """
    if f"{entry.name.rpartition('/')[2]}.py" in names:
        raise entry.refusal(
            "data-hub-script", "the data set is made by a script of its own, which is never run", CHOOSE
        )
    configs = _configs(metadata, entry)
    options = configs.get(_config_name(configs, entry), {})
    search = _Search([name for name in names if not name.endswith(NOT_READ)], str(options.get("data_dir") or ""), entry)
    splits = search.splits(options.get("data_files"))
    found = search.files(splits[_split_name(list(splits), entry)])
    return _read_files(found, options, entry)


class _Search:
    """Patterns looked for among names. `datasets` takes more than a second to import: so here, where it is needed, and nowhere else."""

    def __init__(self, names: Sequence[str], folder: str, entry: HubEntry) -> None:
        from datasets import DownloadConfig

        self._entry = entry
        self._names = names
        self._check(folder)
        self._root = f"{ROOT}/{folder}".rstrip("/")
        self._options = DownloadConfig(storage_options=search_options(names))

    def splits(self, data_files: Any) -> dict[str, list[str]]:
        """The patterns of every split: as a config says them, else the library's own. Raises Refusal where nothing fits."""
        from datasets.data_files import EmptyDatasetError, get_data_patterns, sanitize_patterns

        try:
            if data_files is not None:
                said = sanitize_patterns(data_files)
            else:
                said = get_data_patterns(self._root, download_config=self._options)
        except EmptyDatasetError:
            raise self._nothing() from None
        except ValueError:  # a split twice, or with a name that none may have
            raise _misunderstood(self._entry) from None
        patterns = {str(name): list(map(str, patterns)) for name, patterns in said.items()}
        for pattern in [pattern for several in patterns.values() for pattern in several]:
            self._check(pattern)
        return patterns

    def files(self, patterns: Sequence[str]) -> list[str]:
        """The files that patterns find, and that the library knows. Raises Refusal where there are none."""
        from datasets.data_files import resolve_pattern
        from datasets.packaged_modules import _ALL_ALLOWED_EXTENSIONS

        found: dict[str, None] = {}
        for pattern in patterns:
            try:
                paths = resolve_pattern(pattern, self._root, _ALL_ALLOWED_EXTENSIONS, self._options)
            except FileNotFoundError:
                if not has_magic(pattern):
                    what = f"the data set's README names {pattern}, which is not there or no file of rows"
                    raise self._entry.refusal("data-hub-readme", what, CHOOSE) from None
                continue  # another pattern of the same split may find some
            found |= dict.fromkeys(path.removeprefix(f"{ROOT}/") for path in paths)
        if not found:
            raise self._nothing()
        return list(found)

    def _check(self, pattern: str) -> None:
        """A pattern may lead to other servers, or into this machine's own files."""
        if ":" in pattern or "\\" in pattern or pattern.startswith(("/", "~")) or ".." in PurePosixPath(pattern).parts:
            what = f"the data set's README names files outside of it, {pattern}"
            raise self._entry.refusal("data-hub-outside", what, "choose a data set that holds its own files")

    def _nothing(self) -> Refusal:
        endings = Counter(PurePosixPath(name).suffix for name in self._names if PurePosixPath(name).suffix)
        has = ", ".join(ending for ending, _ in endings.most_common(4))
        what = "the data set has no data files that are read" + (f", only {has}" if has else "")
        return self._entry.refusal("data-hub-kind", what, CHOOSE)


def _configs(metadata: Mapping[str, Any], entry: HubEntry) -> dict[str, dict[str, Any]]:
    from datasets.utils.metadata import MetadataConfigs

    try:
        configs = MetadataConfigs.from_dataset_card_data(_without_features(metadata))
        chosen = configs.get_default_config_name()
    except (ValueError, TypeError, AttributeError):
        raise _misunderstood(entry) from None
    return {str(name): {**options, "default": name == chosen} for name, options in configs.items()}


def _misunderstood(entry: HubEntry) -> Refusal:
    what = "the data set describes its files in a way that is not understood"
    return entry.refusal("data-hub-readme", what, CHOOSE)


def _without_features(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Types of columns choose no file, and there are ones that only other versions of the library know."""
    configs = metadata.get("configs")
    if isinstance(configs, list):
        configs = [{key: value for key, value in config.items() if key != "features"} for config in configs]
    return {"configs": configs}


def _config_name(configs: Mapping[str, Mapping[str, Any]], entry: HubEntry) -> str:
    names = list(configs) or ["default"]
    if entry.config is not None:
        if entry.config in names:
            return entry.config
        what = f"the data set has no config {entry.config}"
        has = f"it has {_list(configs)}" if configs else f"it has none: write hub:{entry.name}"
        raise entry.refusal("data-hub-config", what, has)
    chosen = [name for name, options in configs.items() if options["default"]] or names
    if len(chosen) > 1:
        now = f"name one of them, as in hub:{entry.name}/{chosen[0]}" + (f":{entry.split}" if entry.split else "")
        raise entry.refusal("data-hub-config", f"the data set has several configs, {_list(chosen)}", now)
    return chosen[0]


def _split_name(splits: Sequence[str], entry: HubEntry) -> str:
    asked = entry.split or ("train" if len(splits) > 1 or not splits else splits[0])
    if asked in splits:
        return asked
    place = entry.name if entry.config is None else f"{entry.name}/{entry.config}"
    what = f"the data set has no split {asked}, but {_list(splits)}"
    raise entry.refusal("data-hub-split", what, f"name one it has, as in hub:{place}:{splits[0]}")


def _read_files(found: Sequence[str], options: Mapping[str, Any], entry: HubEntry) -> list[str]:
    """The files that hold rows. Raises Refusal where they are of another kind, or would have to be read in a way of their own."""
    from datasets.load import import_main_class, infer_module_for_data_files_list
    from datasets.packaged_modules import _PACKAGED_DATASETS_MODULES

    kind, _ = infer_module_for_data_files_list(list(found))
    endings = READ.get(str(kind))
    if endings is None:
        what = f"the data set holds {OTHER_KINDS.get(str(kind), f'files of the kind {kind}')}, not rows of text"
        raise entry.refusal("data-hub-kind", what, CHOOSE)
    files = [name for name in found if set(PurePosixPath(name.lower()).suffixes) & set(endings)]
    packed = [name for name in files if not name.lower().endswith(endings)]
    if packed:
        raise entry.refusal("data-hub-kind", f"the data set's files are compressed, such as {packed[0]}", CHOOSE)
    builder = import_main_class(_PACKAGED_DATASETS_MODULES[str(kind)][0])  # one of the library's own
    own = [option.name for option in fields(builder.BUILDER_CONFIG_CLASS) if option.name in options.keys() - HARMLESS]
    if own:
        what = f"the data set asks to be read with {_list(own)}, which is not done here"
        raise entry.refusal("data-hub-options", what, "choose another data set, or another config of it")
    return files


def _list(names: Mapping[str, Any] | Sequence[str]) -> str:
    shown = ", ".join(list(names)[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown} and {len(names) - SHOWN} more"
