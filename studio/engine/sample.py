"""Answers of a model to a prompt, token after token."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from studio.data.encode import encode
from studio.data.formats import prompt_segments
from studio.plan.errors import Refusal

CUT = "�"  # what an incomplete UTF-8 sequence decodes to


def prompt_ids(
    tokenizer: PreTrainedTokenizerBase, prompt: str, format: str = "prompt-completion", template: str = "auto"
) -> list[int]:
    """The token ids that a model is given for a prompt: as rows of that format and template were shown when learnt."""
    ids: list[int] = encode(prompt_segments(prompt, format, tokenizer, template), tokenizer).ids.tolist()
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
    """Pieces of text that together are the answer to a prompt's token ids; whole characters only.

    Greedy at temperature 0; above it tokens are drawn from a generator of its own, so that training's random numbers stay as they
    are. Ends at an end token, after `max_new_tokens`, where the model's positions end, or when cancelled. The model must be in eval
    mode. Raises Refusal for a prompt that fills all positions.
    """
    ids: list[int] = []
    shown = read = 0
    for token in _tokens(model, prompt, max_new_tokens, temperature, seed):
        if token in _ends(model, tokenizer) or cancelled():
            break
        ids.append(token)
        # A token's text depends on the one before (spaces, bytes of one character): decode the pair, and show the difference.
        before = tokenizer.decode(ids[shown:read], skip_special_tokens=True)
        text = tokenizer.decode(ids[shown:], skip_special_tokens=True)
        if len(text) > len(before) and not text.endswith(CUT):
            yield text[len(before) :]
            shown, read = read, len(ids)
    before = tokenizer.decode(ids[shown:read], skip_special_tokens=True)
    rest = tokenizer.decode(ids[shown:], skip_special_tokens=True)[len(before) :]
    if rest:
        yield rest


def _tokens(
    model: PreTrainedModel, prompt: list[int], max_new_tokens: int, temperature: float, seed: int
) -> Iterator[int]:
    limit = getattr(model.config, "max_position_embeddings", None)
    if limit is not None:
        if len(prompt) >= limit:
            raise Refusal(
                "prompt-too-long",
                f"the prompt has {len(prompt):,} tokens, and the model knows {limit:,} positions",
                now="shorten the prompt",
            )
        max_new_tokens = min(max_new_tokens, limit - len(prompt))
    generator = torch.Generator(model.device).manual_seed(seed)
    only_last: dict[str, Any] = {"logits_to_keep": 1} if _keeps_logits(model) else {}
    fed = torch.tensor([prompt], device=model.device)
    cache = None
    for _ in range(max_new_tokens):
        with torch.inference_mode():
            output = model(input_ids=fed, past_key_values=cache, use_cache=True, **only_last)
            token = _choose(output.logits[0, -1].float(), temperature, generator)
        cache = output.past_key_values
        yield token
        fed = torch.tensor([[token]], device=model.device)


def _choose(logits: Tensor, temperature: float, generator: torch.Generator) -> int:
    if temperature == 0:
        return int(logits.argmax())
    return int(torch.multinomial((logits / temperature).softmax(0), 1, generator=generator))


def _keeps_logits(model: PreTrainedModel) -> bool:
    return "logits_to_keep" in inspect.signature(model.forward).parameters


def _ends(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> set[int]:
    """The tokens after which an answer is over."""
    told = None if model.generation_config is None else model.generation_config.eos_token_id
    ends = set(told) if isinstance(told, list) else {told}
    return {token for token in ends | {tokenizer.eos_token_id} if token is not None}
