"""The collector of sentences: what it follows, what it refuses to guess, and that its list is up to date."""

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
HEAD = "from studio.plan.errors import Refusal\n"


@pytest.fixture(scope="module")
def collecting() -> Iterator[ModuleType]:
    """The script's module, as it is imported beside its own."""
    sys.path.insert(0, str(ROOT / "packaging"))
    yield importlib.import_module("sentences")
    sys.path.remove(str(ROOT / "packaging"))


def collected(collecting: ModuleType, tmp_path: Path, *sources: str) -> tuple[dict[str, str], list[str]]:
    """What files that hold these sources say; what the package's tables name besides is left out."""
    folder = tmp_path / "studio" / "data"
    folder.mkdir(parents=True)
    for number, source in enumerate(sources):
        (folder / f"part{number}.py").write_text(HEAD + source)
    found = collecting.Collector(tmp_path / "studio")
    found.collect()
    templates = {text: kinds for text, kinds in found.templates.items() if text not in collecting.SYSTEM}
    return templates, [strange for strange in found.strange if not strange.startswith("there is no studio.")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('Refusal("a", "the file is empty.")', {"the file is empty": ""}),
        ('Refusal("a", f"{n:,} rows of {name!r} are bad")', {"{1} rows of {2} are bad": "vv"}),
        ('Refusal("a", f"the file{\' is\' if one else \'s are\'} gone")', {"the file is gone": "", "the files are gone": ""}),
        ('Refusal("a", "the file " + ("is bad" if bad else "is gone"))', {"the file is bad": "", "the file is gone": ""}),
        ('Refusal("a", "no", now="mend it", where=f"{path}, line {n}")', {"no": "", "mend it": "", "{1}, line {2}": "vv"}),
        ('Refusal("a", "no", where="lora.rank")', {"no": ""}),
        ('def f(kind):\n    what = "it is bad"\n    if kind:\n        what += f", {kind} times"\n    raise Refusal("a", what)',
         {"it is bad": "", ", {1} times": "v"}),
        ('def f(x):\n    what, now = "it is bad", f"mend {x}"\n    return Refusal("a", what, now=now)',
         {"it is bad": "", "mend {1}": "v"}),
        ('def g(what):\n    return Refusal("a", f"this {what}")\ng("is long")\ng(f"has {n} rows")',
         {"this is long": "", "this has {1} rows": "v"}),
        ('KINDS = {int: "a number", str: "a text"}\ndef f(x):\n    return Refusal("a", f"this is {KINDS[type(x)]}")',
         {"this is a number": "", "this is a text": ""}),
        ('class A:\n    @property\n    def noun(self) -> str:\n        return "data set" if self.x else "model"\n'
         'def f(it):\n    return Refusal("a", f"no such {it.noun}")', {"no such data set": "", "no such model": ""}),
        ('def few(names) -> str:\n    return f"{names[0]} and {len(names)} more"\nRefusal("a", f"there are no {few(x)}")',
         {"there are no {1}": "t", "{1} and {2} more": "vv"}),
        ('def f():\n    try:\n        g()\n    except OSError as error:\n        raise Refusal("a", f"it failed: {error}")',
         {"it failed: {1}": "t"}),
        ('def f():\n    used = ["a bias on B"]\n    used.append("trained biases")\n    raise Refusal("a", f"it has {\', \'.join(used)}")',
         {"it has {1}": "l", "a bias on B": "", "trained biases": ""}),
        ('Refusal("a", f"choose {\', \'.join(names)}")', {"choose {1}": "v"}),
        ('Row(problem="the row is empty", other="not a sentence")', {"the row is empty": ""}),
        ('{"reason": f"rank {n} is odd", "name": "not a sentence"}', {"rank {1} is odd": "v"}),
    ],
)  # fmt: skip
def test_what_it_follows(collecting: ModuleType, tmp_path: Path, source: str, expected: dict[str, str]) -> None:
    templates, strange = collected(collecting, tmp_path, source)
    assert expected.items() <= templates.items()
    assert "not a sentence" not in templates
    assert strange == []


def test_it_follows_names_into_other_files(collecting: ModuleType, tmp_path: Path) -> None:
    first = 'NOW = "choose another"\ndef refusal(what, now):\n    return Refusal("a", what, now=now)'
    second = 'from studio.data.part0 import NOW, refusal\ndef f(n):\n    raise refusal(f"{n} is too many", NOW)'
    templates, strange = collected(collecting, tmp_path, first, second)
    assert templates == {"{1} is too many": "v", "choose another": ""}
    assert strange == []


@pytest.mark.parametrize(
    "source",
    [
        'def f(text):\n    raise Refusal("a", text.strip())',
        'def f(parts):\n    raise Refusal("a", "%s %s" % parts)',
        'def f(error):\n    raise Refusal("a", "it failed: {}".format(error))',
        'def f(found):\n    raise Refusal("a", "it failed", now=lookup(found))',
    ],
)
def test_what_it_cannot_follow_is_an_error(collecting: ModuleType, tmp_path: Path, source: str) -> None:
    _, strange = collected(collecting, tmp_path, source)
    assert len(strange) == 1
    assert "part0.py" in strange[0]


def test_the_list_is_up_to_date_and_all_is_followed(collecting: ModuleType) -> None:
    """A sentence that was added has to be listed and translated: run packaging/translate.py."""
    found = collecting.Collector(ROOT / "studio")
    found.collect()
    assert found.strange == []
    listed = json.loads((ROOT / "resources" / "translations" / "sentences.json").read_text(encoding="utf-8"))
    assert found.templates == listed
    assert len(listed) > 500
