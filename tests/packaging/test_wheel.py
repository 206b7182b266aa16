"""What the wheel carries."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_package_of_the_tree_is_listed() -> None:
    """The list is written by hand, because resources becomes a package inside studio; a forgotten one would be missing."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "studio").rglob("__init__.py")}
    assert set(listed) == found | {"studio.resources"}


def test_every_language_is_carried_compiled() -> None:
    """The wheel takes from resources what its patterns say, and the window can only read compiled translations."""
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]
    carried = {path for pattern in patterns["studio.resources"] for path in (ROOT / "resources").glob(pattern)}
    folder = ROOT / "resources" / "translations"
    texts = sorted(folder.glob("*.ts"))
    assert texts
    assert {path.with_suffix(".qm") for path in texts} <= carried
