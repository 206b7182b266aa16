"""Brings the window's translations up to date: texts from the sources into .ts files, and those into .qm files.

    python packaging/translate.py            update resources/translations, and say what has no translation yet
    python packaging/translate.py --check    the same; the exit code is 1 where something has none, or was out of date

The tools come with PySide6. Labels and hints of settings, and the sentences of the floors below the window, are said without Qt: they are
handed to lupdate as source files that are made for it. The sentences are templates; sentences.json lists them, with what their holes
hold, for the window to match what it hears. The .qm files are kept beside the .ts files, so that a checkout needs no build.
"""

import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from pathlib import Path

from sentences import Collector

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de",)
SENTENCES = FOLDER / "sentences.json"
JOINTS = (" or ", " and ", "; ", ", ")  # of a list within a sentence


def main(check: bool) -> int:
    """Update every language; returns the exit code."""
    templates = sentences()
    listed = json.dumps(templates, ensure_ascii=False, indent=0) + "\n"
    changed = not SENTENCES.is_file() or SENTENCES.read_text(encoding="utf-8") != listed
    SENTENCES.write_text(listed, encoding="utf-8")
    missing = {}
    with tempfile.TemporaryDirectory() as place:
        made = {"settings.py": settings_source(), "sentences.py": source_of("sentences", (*templates, *JOINTS))}
        for name, text in made.items():
            (Path(place) / name).write_text(text, encoding="utf-8")
        sources = [str(path) for path in sorted((ROOT / "studio" / "gui").rglob("*.py"))]
        for language in LANGUAGES:
            texts = FOLDER / f"studio_{language}.ts"
            update = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", language]
            tool("lupdate", *update, *sources, *(str(Path(place) / name) for name in made), "-ts", str(texts))
            tool("lrelease", "-silent", str(texts), "-qm", str(texts.with_suffix(".qm")))
            missing[language] = unfinished(texts)
    for language, left in missing.items():
        sys.stdout.write(f"{language}: {len(left)} without a translation\n")
        sys.stdout.writelines(f"  {text!r}\n" for text in left)
    if changed:
        sys.stdout.write(f"{SENTENCES.relative_to(ROOT)} was out of date\n")
    return 1 if check and (changed or any(missing.values())) else 0


def sentences() -> dict[str, str]:
    """The sentences of the floors below: template to the kinds of its holes. Exits where one cannot be followed."""
    collector = Collector(ROOT / "studio")
    collector.collect()
    if collector.strange:
        sys.exit(
            "these sentences cannot be followed to their words; write them more plainly:\n"
            + "\n".join(collector.strange)
        )
    return dict(sorted(collector.templates.items()))


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
    return source_of(SETTINGS, texts)


def source_of(context: str, texts: Iterable[str]) -> str:
    """A source file that says texts in a context."""
    calls = "".join(f"QCoreApplication.translate({context!r}, {text!r})\n" for text in texts)
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
