"""Which files an entry for a data set of the Hub means, and what is refused."""

from pathlib import Path

import pytest

from studio.data.hub import fetch
from studio.data.reading import open_source
from tests.data.hub_sets import DATASETS, fetched, refusal_of
from tests.hub_server import REVISION, Hub


@pytest.mark.parametrize(
    ("entry", "prompts"),
    [
        ("hub:owner/sharded", ["a", "b", "c"]),
        ("hub:owner/sharded/default:test", ["z"]),
        ("hub:owner/several/plain", ["p1", "p2"]),
        ("hub:owner/several/plain:test", ["t"]),
        ("hub:owner/several/more", ["m"]),
        ("hub:owner/lines", ["one", "two"]),
        ("hub:owner/lines:test", ["three"]),
        ("hub:owner/single", ["only"]),
        ("hub:owner/default", ["in two"]),
        ("hub:owner/default:test", ["to test"]),
        ("hub:owner/default/a", ["in one"]),
        ("hub:owner/alone", ["second"]),
    ],
)
def test_an_entry_means_the_files_that_the_readme_or_their_names_say(hub: Hub, entry: str, prompts: list[str]) -> None:
    assert fetched(entry) == prompts


def test_the_datasets_library_finds_the_same_files(hub: Hub, tmp_path: Path) -> None:
    from datasets import load_dataset_builder

    for name, config in (
        ("owner/sharded", None),
        ("owner/default", None),
        ("owner/several", "plain"),
        ("owner/several", "more"),
        ("owner/lines", None),
    ):
        folder = tmp_path / name / str(config)
        for file, content in DATASETS[name].items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(content.replace(b"dtype: a type of tomorrow", b"dtype: string"))
        builder = load_dataset_builder(str(folder), config, cache_dir=str(tmp_path / "library"))
        for split, files in builder.config.data_files.items():
            entry = "hub:" + "/".join(filter(None, [name, config])) + f":{split}"
            list(fetch(entry))
            ours = [str(file).partition(f"{REVISION}/")[2] for file in open_source(entry).files]
            assert ours == [str(Path(file).relative_to(folder)) for file in files]


@pytest.mark.parametrize(
    ("entry", "code", "words"),
    [
        ("hub:owner/several", "data-hub-config", ["plain, more, odd", "hub:owner/several/plain"]),
        ("hub:owner/several:test", "data-hub-config", ["hub:owner/several/plain:test"]),
        ("hub:owner/several/absent", "data-hub-config", ["absent", "plain, more, odd"]),
        ("hub:owner/lines/absent", "data-hub-config", ["it has none", "hub:owner/lines"]),
        ("hub:owner/lines:absent", "data-hub-split", ["absent", "train, test", "hub:owner/lines:train"]),
        ("hub:owner/letters", "data-hub-split", ["no split train", "validation, test"]),
        ("hub:owner/several/odd", "data-hub-options", ["names"]),
        ("hub:owner/script", "data-hub-script", ["never run"]),
        ("hub:owner/archives", "data-hub-kind", ["WebDataset archives"]),
        ("hub:owner/pictures", "data-hub-kind", ["images"]),
        ("hub:owner/pickles", "data-hub-kind", [".pkl"]),
        ("hub:owner/zipped", "data-hub-kind", ["no data files"]),
        ("hub:owner/packed", "data-hub-kind", ["compressed", "train.json.gz"]),
        ("hub:owner/elsewhere", "data-hub-outside", ["https://example.org/a.csv"]),
        ("hub:owner/local", "data-hub-outside", ["/etc/*.csv"]),
        ("hub:owner/upwards", "data-hub-outside", ["outside of it, ../"]),
        ("hub:owner/gone", "data-hub-readme", ["gone.csv"]),
        ("hub:owner/broken", "data-hub-readme", ["YAML"]),
        ("hub:owner/confused", "data-hub-readme", ["not understood"]),
        ("hub:owner/absent", "hub-not-found", ["no such data set"]),
        ("hub:owner", "hub-bad-name", ["hub:owner/name"]),
        ("hub:owner/lines:", "hub-bad-name", ["hub:owner/name"]),
        ("hub:../..", "hub-bad-name", ["owner/name"]),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    hub: Hub, cache: Path, entry: str, code: str, words: list[str]
) -> None:
    refusal = refusal_of(entry)
    assert refusal.code == code
    assert all(word in refusal.sentence for word in words), refusal.sentence
    assert not [path for path, _ in hub.requests if "/resolve/" in path and not path.endswith("README.md")]
