"""Sentences of the floors below, in the window's language.

What comes from below - refusals, warnings, phases, reasons - is English on every wire and in every file. The build collects those
sentences as templates with numbered holes (`packaging/sentences.py`) and hands them to Qt's translation. Here a sentence is matched with
the templates, and said with the translated one; what a hole holds stays as it is, or is translated itself where it is a text of ours.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication

from studio.plan.errors import StudioError
from studio.runs.places import resources_folder

CONTEXT = "sentences"
PROBE = "the disk is full"  # known in every language
HOLE = re.compile(r"\{(\d+)\}")
EDGE = "\ue000"  # stands for a hole's text where words are looked for
WORD = re.compile(rf"(?<![\w{EDGE}])[^\W\d_]{{2,}}(?![\w{EDGE}])")
JOINTS = (" or ", " and ", "; ", ", ")
TEXT, LIST = "t", "l"  # kinds of holes: a text, several of them; else a value


@dataclass(frozen=True)
class Template:
    """A sentence with numbered holes; `kinds` has a letter for each."""

    text: str
    kinds: str

    @property
    def order(self) -> tuple[int, int, str]:
        """The most literal text first, then the fewest holes; the text itself settles what is left."""
        return (-len(HOLE.sub("", self.text)), len(self.kinds), self.text)

    @property
    def words(self) -> set[str]:
        """The words that must be in a sentence of it."""
        return set(WORD.findall(HOLE.sub(EDGE, self.text)))

    def holes(self, sentence: str) -> tuple[str, ...] | None:
        """What the holes hold in a sentence; None where it is another one."""
        found = _pattern(self.text).fullmatch(sentence)
        return None if found is None else found.groups()


@dataclass
class Book:
    """All templates: those without holes by their text, the others by their rarest word, so that few are tried for a sentence."""

    whole: set[str] = field(default_factory=set)
    by_word: dict[str, list[Template]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, templates: Iterable[Template]) -> "Book":
        """The book of templates. Raises ValueError for one without a word that could tell it."""
        book, held = cls(), [template for template in templates if template.kinds]
        book.whole = {template.text for template in templates if not template.kinds}
        counts = Counter(word for template in held for word in template.words)
        for template in sorted(held, key=lambda it: it.order):
            if not template.words:
                raise ValueError(f"no word tells the sentence {template.text!r}")
            book.by_word[min(template.words, key=lambda word: (counts[word], word))].append(template)
        return book

    def candidates(self, sentence: str) -> list[Template]:
        """The templates with holes that a sentence may be of, the likeliest first."""
        found = [template for word in set(WORD.findall(sentence)) for template in self.by_word.get(word, ())]
        return sorted(found, key=lambda it: it.order)


def told(text: str) -> str:
    """A sentence from below in the window's language; what is not known stays as it is."""
    if not text or QCoreApplication.translate(CONTEXT, PROBE) == PROBE:
        return text
    whole = text.removesuffix(".")
    return _told(whole) + text[len(whole) :]


def told_error(error: StudioError) -> str:
    """An error's sentence - what, where, what now - in the window's language."""
    where, now = (None if part is None else told(part) for part in (error.where, error.now))
    return type(error)(error.code, told(error.what), where=where, now=now).sentence


def _told(text: str) -> str:
    """A clause; or several that `StudioError.sentence` put together, as they lie in files: what (where): now."""
    if text in _book().whole:
        return _clause(text)
    parts = [(head, _clause(head), tail, _told(tail)) for head, tail in _splits(text, ": ")]
    for head, said, tail, now in parts:
        if said != head and now != tail:
            return f"{said}: {now}"
    said = _clause(text)
    return (
        next((f"{one}: {now}" for head, one, tail, now in parts if (one, now) != (head, tail)), text)
        if said == text
        else said
    )


def _clause(text: str) -> str:
    found = _match(text)
    if text.endswith(")") and (found is None or not found[0].text.endswith(")")):
        for head, tail in _splits(text, " ("):
            if (what := _match(head)) is not None:  # what (where): a hole at the end would take the place for its own
                return f"{_filled(*what)} ({_clause(tail[:-1])})"
    return text if found is None else _filled(*found)


def _filled(template: Template, holes: tuple[str, ...]) -> str:
    said = [_hole(kind, text) for kind, text in zip(template.kinds, holes, strict=True)]
    return HOLE.sub(lambda hole: said[int(hole[1]) - 1], QCoreApplication.translate(CONTEXT, template.text))


def _hole(kind: str, text: str) -> str:
    if kind == TEXT:
        return _told(text)
    return _list(text, JOINTS) if kind == LIST else text


def _list(text: str, joints: tuple[str, ...]) -> str:
    """Texts that are joined, each translated, and the joints as well."""
    if not joints or _match(text) is not None:
        return _clause(text)
    joint, *others = joints
    return QCoreApplication.translate(CONTEXT, joint).join(_list(part, tuple(others)) for part in text.split(joint))


def _splits(text: str, mark: str) -> Iterator[tuple[str, str]]:
    at = text.find(mark)
    while at >= 0:
        yield text[:at], text[at + len(mark) :]
        at = text.find(mark, at + 1)


@lru_cache(maxsize=4096)
def _match(sentence: str) -> tuple[Template, tuple[str, ...]] | None:
    """The template of a sentence, and what its holes hold; the same in every language."""
    book = _book()
    if sentence in book.whole:
        return Template(sentence, ""), ()
    for template in book.candidates(sentence):
        holes = template.holes(sentence)
        if holes is not None:
            return template, holes
    return None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    texts = HOLE.split(template)[::2]
    return re.compile("(.+?)".join(map(re.escape, texts)), re.DOTALL)


@cache
def _book() -> Book:
    kinds = json.loads((resources_folder() / "translations" / "sentences.json").read_text(encoding="utf-8"))
    return Book.of([Template(text, letters) for text, letters in kinds.items()])
