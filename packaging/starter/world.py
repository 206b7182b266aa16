"""The starter world: facts of the kind "who did what, how many, where, on which day", as sentences and questions."""

import random
from dataclasses import dataclass

from lexicon import ADJECTIVES, COUNTS, DAYS, NAMES, NOUNS, PLACES, VERBS

# One (name, noun) pair in ten is kept out of the pretraining text and of the training rows: what is measured on such
# pairs was read from the prompt, not remembered.
HELD_OUT_ONE_IN = 10

INVENTED_NAME_SHARE = 0.06
_ONSETS = ("b", "br", "d", "dr", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w", "z")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "oo")


@dataclass(frozen=True)
class Fact:
    """One event of the world."""

    who: str
    did: str
    count: int
    adjective: str
    noun: str
    where: str
    day: str

    @property
    def what(self) -> str:
        return f"{self.adjective} {self.noun}"

    @property
    def did_base(self) -> str:
        return VERBS[self.did]

    @property
    def count_word(self) -> str:
        return COUNTS[self.count]


def is_held_out(who: str, noun: str) -> bool:
    """Whether facts that join this listed name and noun are reserved for evaluation."""
    return (7 * NAMES.index(who) + 3 * NOUNS.index(noun)) % HELD_OUT_ONE_IN == 0


def invented_name(rng: random.Random) -> str:
    """A pronounceable name outside the lexicon, so that copying is also practised on names of several tokens."""
    syllables = (rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(2))
    return "".join(syllables).capitalize()


def draw_fact(rng: random.Random, *, held_out: bool, invented_name_share: float = 0.0) -> Fact:
    """A random fact whose (name, noun) pair is, or is not, one of the held-out pairs."""
    noun = rng.choice(NOUNS)
    if rng.random() < invented_name_share:
        who = invented_name(rng)
    else:
        who = rng.choice([name for name in NAMES if is_held_out(name, noun) == held_out])
    return Fact(
        who=who,
        did=rng.choice(tuple(VERBS)),
        count=rng.choice(tuple(COUNTS)),
        adjective=rng.choice(ADJECTIVES),
        noun=noun,
        where=rng.choice(PLACES),
        day=rng.choice(DAYS),
    )


def sentence(fact: Fact, rng: random.Random) -> str:
    """The fact in one English sentence, its parts in one of several orders."""
    things = f"{fact.count_word} {fact.what}"
    place = f"at the {fact.where}"
    day = f"on {fact.day}"
    text = rng.choice(
        (
            f"{day} {fact.who} {fact.did} {things} {place}",
            f"{fact.who} {fact.did} {things} {place} {day}",
            f"{fact.who} {fact.did} {things} {day} {place}",
            f"{place} {fact.who} {fact.did} {things} {day}",
            f"{day} {place} {fact.who} {fact.did} {things}",
            f"{day}, {place}, {fact.who} {fact.did} {things}",
        )
    )
    return f"{text[0].upper()}{text[1:]}."


def question(fact: Fact, field: str, rng: random.Random) -> tuple[str, str]:
    """A question about one field of the fact: (question, answer)."""
    things = rng.choice((f"the {fact.what}", f"the {fact.noun}"))
    if field == "who":
        return f"Who {fact.did} {things}?", fact.who
    if field == "what":
        return f"What did {fact.who} {fact.did_base}?", fact.what
    if field == "count":
        return f"How many {fact.noun} did {fact.who} {fact.did_base}?", fact.count_word
    if field == "where":
        return f"Where did {fact.who} {fact.did_base} {things}?", f"at the {fact.where}"
    if field == "day":
        return f"When did {fact.who} {fact.did_base} {things}?", f"on {fact.day}"
    raise ValueError(f"no question is known about the field {field!r}")


QUESTION_FIELDS = ("who", "what", "count", "where", "day")
