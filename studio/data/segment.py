"""Segments: the text of a row, cut where learning begins and ends."""

from dataclasses import dataclass
from typing import Any

from studio.plan.errors import Refusal


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text that the model gets. `trained`: its tokens count in the loss.

    `token` is set where the piece is one special token, given by its id. `joined`: tokenised as one text with the joined segments
    beside it, as a rendered chat template must be; other segments are tokenised each on its own.
    """

    text: str
    trained: bool
    token: int | None = None
    joined: bool = False


@dataclass(frozen=True, slots=True)
class SpecialTokens:
    """What a tokenizer puts before every text (`start`, mostly BOS or nothing), and the token that ends an answer."""

    start: tuple[Segment, ...]
    end: Segment


def special_ids(tokenizer: Any) -> frozenset[int]:
    """The tokens that are no text: those with a role of their own, and all that were added as special."""
    added = (number for number, token in tokenizer.added_tokens_decoder.items() if token.special)
    return frozenset([*tokenizer.all_special_ids, *added])


def special_tokens(tokenizer: Any) -> SpecialTokens:
    """The start and end of a text for a tokenizer. Raises Refusal where it has no end-of-text token."""
    end = tokenizer.eos_token_id
    if end is None:
        raise Refusal(
            "tokenizer-no-eos",
            "the tokenizer has no end-of-text token, so the model could not learn to stop",
            now="choose a model whose tokenizer_config.json names an eos_token",
            field="model",
        )
    with_specials = tokenizer("a").input_ids
    plain = tokenizer("a", add_special_tokens=False).input_ids
    # A tokenizer may also put a token behind each text; what counts here is only what stands before it.
    begin = next(i for i in range(len(with_specials)) if with_specials[i : i + len(plain)] == plain)
    start = tuple(
        Segment(tokenizer.convert_ids_to_tokens(token), trained=False, token=token) for token in with_specials[:begin]
    )
    return SpecialTokens(start, Segment(tokenizer.convert_ids_to_tokens(end), trained=True, token=end))
