"""Answers of a model to a prompt, token after token."""

import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from studio.data.encode import encode
from studio.data.formats import prompt_segments
from studio.engine.sampling import Sampling
from studio.plan.errors import Refusal

CUT = "�"  # what an incomplete UTF-8 sequence decodes to


def prompt_ids(
    tokenizer: PreTrainedTokenizerBase,
    prompt: str,
    format: str = "prompt-completion",
    template: str = "auto",
    earlier: Sequence[tuple[str, str]] = (),
) -> list[int]:
    """The token ids that a model is given for a prompt: as rows of that format and template were shown when learnt.

    `earlier` are the questions and answers before it. Raises Refusal where there are such, and the format knows no turns.
    """
    ids: list[int] = encode(prompt_segments(prompt, format, tokenizer, template, earlier), tokenizer).ids.tolist()
    return ids


def answer(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    prompt: list[int],
    *,
    max_new_tokens: int,
    temperature: float = 0.0,
    seed: int = 0,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[str]:
    """Pieces of text that together are the answer to a prompt's token ids, as `answers` gives them for one row."""
    sampling = Sampling(max_new_tokens=max_new_tokens, temperature=temperature, seed=seed)
    for _, piece in answers(model, tokenizer, prompt, 1, sampling, cancelled=cancelled):
        yield piece


def answers(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    prompt: list[int],
    rows: int,
    sampling: Sampling,
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[int, str]]:
    """Pieces of the answers to one prompt, each with its row: the rows of one batch, which adapters may tell apart. Whole characters only.

    Tokens are drawn from generators of their own, the same for each row, so that training's random numbers stay as they are. A row ends
    at an end token, a stop text or after `max_new_tokens`; all end where the model's positions do, or when cancelled. The model must be
    in eval mode. Raises Refusal for a prompt that fills all positions.
    """
    ends = _ends(model, tokenizer)
    tellers = [Teller(tokenizer, sampling.stop) for _ in range(rows)]
    for row, token in _tokens(model, prompt, rows, sampling, lambda: {i for i, it in enumerate(tellers) if it.ended}):
        if cancelled():
            break
        if token in ends:
            tellers[row].ended = True
            continue
        piece = tellers[row].tell(token)
        if piece:
            yield row, piece
    for row, teller in enumerate(tellers):
        rest = teller.rest()
        if rest:
            yield row, rest


class Teller:
    """Turns one row's tokens into text as they come. `ended`: a stop text was met, or there are no more tokens."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase, stop: Sequence[str]) -> None:
        self._tokenizer = tokenizer
        self._stop = stop
        self._ids: list[int] = []
        self._shown = self._read = 0
        self._held = ""  # text that may be the beginning of a stop text
        self._stopped = False
        self.ended = False

    def tell(self, token: int) -> str:
        """The text that can be shown now."""
        self._ids.append(token)
        before, text = self._texts()
        if len(text) <= len(before) or text.endswith(CUT):
            return ""
        self._shown, self._read = self._read, len(self._ids)
        return self._before_stop(text[len(before) :])

    def rest(self) -> str:
        """What was held back, now that nothing follows."""
        if self._stopped:
            return ""
        before, text = self._texts()
        piece = self._before_stop(text[len(before) :])
        return piece if self._stopped else piece + self._held

    def _texts(self) -> tuple[str, str]:
        # A token's text depends on the one before (spaces, bytes of one character): decode the pair, and show the difference.
        before = self._tokenizer.decode(self._ids[self._shown : self._read], skip_special_tokens=True)
        return before, self._tokenizer.decode(self._ids[self._shown :], skip_special_tokens=True)

    def _before_stop(self, new: str) -> str:
        text = self._held + new
        places = [place for place in (text.find(stop) for stop in self._stop) if place >= 0]
        if places:
            self._stopped = self.ended = True
            return text[: min(places)]
        held = max((size for stop in self._stop for size in range(len(stop)) if text.endswith(stop[:size])), default=0)
        self._held = text[len(text) - held :]
        return text[: len(text) - held]


def _tokens(
    model: PreTrainedModel, prompt: list[int], rows: int, sampling: Sampling, ended: Callable[[], set[int]]
) -> Iterator[tuple[int, int]]:
    """(row, token) of each row that has not ended, one token of every row after the other."""
    limit, most = getattr(model.config, "max_position_embeddings", None), sampling.max_new_tokens
    if limit is not None:
        if len(prompt) >= limit:
            raise Refusal(
                "prompt-too-long",
                f"the prompt has {len(prompt):,} tokens, and the model knows {limit:,} positions",
                now="shorten the prompt",
            )
        most = min(most, limit - len(prompt))
    generators = [torch.Generator(model.device).manual_seed(sampling.seed) for _ in range(rows)]
    only_last: dict[str, Any] = {"logits_to_keep": 1} if _keeps_logits(model) else {}
    fed = torch.tensor([prompt] * rows, device=model.device)
    seen = fed
    cache = None
    for _ in range(most):
        with torch.inference_mode():
            output = model(input_ids=fed, past_key_values=cache, use_cache=True, **only_last)
            logits = output.logits[:, -1].float()
            chosen = [sampling.choose(logits[row], seen[row], generators[row]) for row in range(rows)]
        cache = output.past_key_values
        done = ended()
        for row in range(rows):  # a row that has ended goes on unheard, so that the batch keeps its shape
            if row not in done:
                yield row, chosen[row]
        if len(ended()) == rows:
            return
        fed = torch.tensor(chosen, device=model.device).unsqueeze(1)
        seen = torch.cat((seen, fed), dim=1)


def _keeps_logits(model: PreTrainedModel) -> bool:
    return "logits_to_keep" in inspect.signature(model.forward).parameters


def _ends(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> set[int]:
    """The tokens after which an answer is over."""
    told = None if model.generation_config is None else model.generation_config.eos_token_id
    ends = set(told) if isinstance(told, list) else {told}
    return {token for token in ends | {tokenizer.eos_token_id} if token is not None}
