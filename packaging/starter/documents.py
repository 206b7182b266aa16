"""The pretraining documents: short texts in which a later part can be worked out from an earlier one."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from lexicon import ADJECTIVES, DAYS, NAMES, NOUNS, PLACES
from notations import NOTATIONS, draw_pairs, draw_record
from world import INVENTED_NAME_SHARE, QUESTION_FIELDS, Fact, draw_fact, invented_name, question, sentence


@dataclass(frozen=True)
class Document:
    """A text in two parts: `given` is drawn at random, `derived` follows from it."""

    given: str
    derived: str


def copy_document(rng: random.Random) -> Document:
    """A short random list written twice: the easiest text in which looking back pays."""
    pools = (NAMES, NOUNS, PLACES, ADJECTIVES, DAYS)
    words = [
        invented_name(rng) if rng.random() < INVENTED_NAME_SHARE else rng.choice(rng.choice(pools))
        for _ in range(rng.randint(1, 6))
    ]
    between = rng.choice((" ", ", ", "; ", " | ", "\n", '", "', " - "))
    middle = rng.choice((" : ", "\n", " = ", " -> ", ".\n"))
    listed = between.join(words)
    return Document(given=f"{listed}{middle}", derived=listed)


def copied_record_document(rng: random.Random) -> Document:
    """A record, then the same fields in another notation."""
    pairs = draw_pairs(_fact(rng), rng, 2)
    first, second = rng.sample(tuple(NOTATIONS), 2)
    return Document(given=NOTATIONS[first](pairs) + "\n", derived=NOTATIONS[second](pairs))


def record_document(rng: random.Random) -> Document:
    """A sentence, then a record of some of its fields."""
    fact = _fact(rng)
    return Document(given=sentence(fact, rng) + "\n", derived=draw_record(fact, rng))


def told_record_document(rng: random.Random) -> Document:
    """A full record, then the sentence it stands for."""
    fact = _fact(rng)
    labels = [("who", fact.who), ("did", fact.did), ("count", str(fact.count)), ("what", fact.what)]
    labels += [("where", fact.where), ("day", fact.day)]
    rng.shuffle(labels)
    notation = rng.choice([name for name in NOTATIONS if name not in ("json", "values")])
    return Document(given=NOTATIONS[notation](labels) + "\n", derived=sentence(fact, rng))


def question_document(rng: random.Random, *, held_out: bool = False, sentences: int | None = None) -> Document:
    """One or two sentences (at random unless told), then a question about one of them with its answer."""
    facts = [_fact(rng, held_out=held_out)]
    if sentences == 2 or (sentences is None and rng.random() < TWO_SENTENCES_SHARE):
        facts.append(_fact(rng, held_out=held_out))
        while facts[1].who == facts[0].who or facts[1].noun == facts[0].noun:  # or the question fits both
            facts[1] = _fact(rng, held_out=held_out)
    told = " ".join(sentence(fact, rng) for fact in facts)
    asked, answer = question(rng.choice(facts), rng.choice(QUESTION_FIELDS), rng)
    return Document(given=f"{told}\n{asked}\n", derived=answer)


def _fact(rng: random.Random, *, held_out: bool = False) -> Fact:
    return draw_fact(rng, held_out=held_out, invented_name_share=0.0 if held_out else INVENTED_NAME_SHARE)


TWO_SENTENCES_SHARE = 0.3

# (maker, share at the start, share at the end): copying first, reading later.
CURRICULUM = (
    (copy_document, 0.60, 0.05),
    (copied_record_document, 0.25, 0.10),
    (record_document, 0.10, 0.45),
    (told_record_document, 0.00, 0.10),
    (question_document, 0.05, 0.30),
)
# Part of the training over which the shares move from start to end.
CURRICULUM_RAMP = 0.15


def draw_documents(rng: random.Random, progress: float, count: int) -> Iterator[Document]:
    """`count` documents as they are mixed at this point of the training (progress from 0 to 1)."""
    blend = min(1.0, progress / CURRICULUM_RAMP)
    makers = [maker for maker, _, _ in CURRICULUM]
    shares = [start + (end - start) * blend for _, start, end in CURRICULUM]
    for maker in rng.choices(makers, shares, k=count):
        yield maker(rng)
