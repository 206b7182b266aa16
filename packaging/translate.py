"""Brings the window's translations up to date: texts from the sources into .ts files, and those into .qm files.

    python packaging/translate.py            update resources/translations, and say what has no translation yet
    python packaging/translate.py --check    the same; the exit code is 1 where something has none

The tools come with PySide6. Labels and hints of settings are declared in the plan, without Qt: they are handed to lupdate as a
source file that is made for it. The .qm files are kept beside the .ts files, so that a checkout needs no build.
"""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de",)


def main(check: bool) -> int:
    """Update every language; returns the exit code."""
    missing = {}
    with tempfile.TemporaryDirectory() as place:
        made = Path(place) / "settings.py"
        made.write_text(settings_source(), encoding="utf-8")
        sources = [str(path) for path in sorted((ROOT / "studio" / "gui").rglob("*.py"))]
        for language in LANGUAGES:
            texts = FOLDER / f"studio_{language}.ts"
            update = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language]
            tool("lupdate", *update, *sources, str(made), "-ts", str(texts))
            tool("lrelease", "-silent", str(texts), "-qm", str(texts.with_suffix(".qm")))
            missing[language] = unfinished(texts)
    for language, left in missing.items():
        sys.stdout.write(f"{language}: {len(left)} without a translation\n")
        sys.stdout.writelines(f"  {text!r}\n" for text in left)
    return 1 if check and any(missing.values()) else 0


def settings_source() -> str:
    """A source file that says every text of the table of settings."""
    sys.path.insert(0, str(ROOT))
    from studio.gui.desktop.language import SETTINGS
    from studio.plan.settings import settings

    texts: dict[str, None] = {}
    for info in settings().values():
        shown = info.shown
        texts |= dict.fromkeys((shown.label, shown.unit, shown.hint, *shown.names.values()))
    texts.pop("", None)
    calls = "".join(f"QCoreApplication.translate({SETTINGS!r}, {text!r})\n" for text in texts)
    return f"from PySide6.QtCore import QCoreApplication\n\n{calls}"


def unfinished(texts: Path) -> list[str]:
    """What a .ts file holds no translation of."""
    left = []
    for message in ElementTree.parse(texts).getroot().iter("message"):
        translation = message.find("translation")
        if translation is None or translation.get("type") == "unfinished":
            left.append(message.findtext("source", ""))
    return left


def tool(name: str, *words: str) -> None:
    """Run one of PySide6's tools."""
    program = Path(sys.executable).with_name(f"pyside6-{name}")
    subprocess.run([str(program), *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
