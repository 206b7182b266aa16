"""Pretraining of the starter: a small Llama on the documents of the starter world."""

import logging
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from documents import Document, draw_documents, question_document
from muon import Muon
from torch import Tensor
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

log = logging.getLogger(__name__)

MAX_POSITIONS = 256
IGNORED = -100


@dataclass(frozen=True)
class Pretraining:
    """The settings of one pretraining."""

    steps: int = 1600
    tokens_per_batch: int = 3072
    matrix_learning_rate: float = 0.02
    vector_learning_rate: float = 3e-3
    warmup_steps: int = 50
    weight_decay: float = 0.01
    given_weight: float = 0.2
    seed: int = 0
    report_every: int = 50


def build_model(tokenizer: PreTrainedTokenizerFast) -> LlamaForCausalLM:
    """A fresh model of about 1.4 million parameters, input and output embeddings tied."""
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=160,
            intermediate_size=448,
            num_hidden_layers=4,
            num_attention_heads=5,
            num_key_value_heads=5,
            max_position_embeddings=MAX_POSITIONS,
            tie_word_embeddings=True,
            bos_token_id=None,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


@dataclass(frozen=True)
class Batch:
    """Documents of nearly equal length, padded on the right; all tensors (documents, length)."""

    ids: Tensor
    labels: Tensor
    weights: Tensor


def make_batch(documents: list[Document], tokenizer: PreTrainedTokenizerFast, given_weight: float) -> Batch:
    """Tokens, labels and loss weights; what was drawn at random (`given`) weighs less than what follows from it."""
    given = tokenizer([document.given for document in documents]).input_ids
    derived = tokenizer([document.derived for document in documents]).input_ids
    rows = [
        (head + tail + [tokenizer.eos_token_id], [given_weight] * len(head) + [1.0] * (len(tail) + 1))
        for head, tail in zip(given, derived, strict=True)
    ]
    length = max(len(ids) for ids, _ in rows)
    return Batch(
        ids=torch.tensor([ids + [tokenizer.pad_token_id] * (length - len(ids)) for ids, _ in rows]),
        labels=torch.tensor([ids + [IGNORED] * (length - len(ids)) for ids, _ in rows]),
        weights=torch.tensor([weights + [0.0] * (length - len(weights)) for _, weights in rows]),
    )


def draw_batches(settings: Pretraining, tokenizer: PreTrainedTokenizerFast) -> Iterator[Batch]:
    """Batches for every step, each of documents of similar length so that little of it is padding."""
    rng = random.Random(settings.seed)
    step = 0
    while step < settings.steps:
        documents = sorted(draw_documents(rng, step / settings.steps, 4096), key=lambda d: len(d.given + d.derived))
        sizes = [len(tokens) for tokens in tokenizer([d.given + d.derived for d in documents]).input_ids]
        groups: list[list[Document]] = [[]]
        filled = 0
        for document, size in zip(documents, sizes, strict=True):
            if filled + size > settings.tokens_per_batch:
                groups.append([])
                filled = 0
            groups[-1].append(document)
            filled += size
        rng.shuffle(groups)
        for group in groups[: settings.steps - step]:
            yield make_batch(group, tokenizer, settings.given_weight)
            step += 1


def weighted_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Next-token cross-entropy, (documents, length, vocabulary) -> (), averaged by weight."""
    losses = torch.nn.functional.cross_entropy(
        logits[:, :-1].flatten(0, 1), batch.labels[:, 1:].flatten(), ignore_index=IGNORED, reduction="none"
    )
    weights = batch.weights[:, 1:].flatten()
    return (losses * weights).sum() / weights.sum()


@torch.no_grad()
def answer_accuracy(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, documents: list[Document]) -> float:
    """Share of documents whose derived part, end included, is what greedy decoding would write."""
    batch = make_batch(documents, tokenizer, given_weight=0.0)
    guesses = model(batch.ids, use_cache=False).logits[:, :-1].argmax(-1)
    right = (guesses == batch.labels[:, 1:]) | (batch.weights[:, 1:] == 0.0)
    return right.all(dim=1).float().mean().item()


def held_out_questions(count: int, sentences: int) -> list[Document]:
    """Questions about facts whose names and things never met in pretraining."""
    rng = random.Random("held-out questions")
    return [question_document(rng, held_out=True, sentences=sentences) for _ in range(count)]


def pretrain(tokenizer: PreTrainedTokenizerFast, settings: Pretraining) -> LlamaForCausalLM:
    """A model trained for all steps of the settings."""
    torch.manual_seed(settings.seed)
    model = build_model(tokenizer)
    matrices = [p for p in model.model.layers.parameters() if p.ndim == 2]
    others = [p for p in model.parameters() if not any(p is matrix for matrix in matrices)]
    optimizers = [
        Muon(matrices, lr=settings.matrix_learning_rate, weight_decay=settings.weight_decay),
        torch.optim.AdamW(others, lr=settings.vector_learning_rate, betas=(0.9, 0.98), weight_decay=0.0),
    ]
    schedules = [
        torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: learning_rate_factor(step, settings))
        for optimizer in optimizers
    ]
    questions = {sentences: held_out_questions(200, sentences) for sentences in (1, 2)}
    started = time.monotonic()
    tokens = 0
    for step, batch in enumerate(draw_batches(settings, tokenizer), start=1):
        loss = weighted_loss(model(batch.ids, use_cache=False).logits, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer, schedule in zip(optimizers, schedules, strict=True):
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
        tokens += int((batch.labels != IGNORED).sum())
        if step % settings.report_every == 0 or step == settings.steps:
            model.eval()
            one, two = (100 * answer_accuracy(model, tokenizer, asked) for asked in questions.values())
            model.train()
            log.info(
                "step %d of %d, loss %.3f, held-out answers right after one sentence %.1f %%, after two %.1f %%, "
                "%.2f million tokens, %.0f s",
                *(step, settings.steps, loss.item(), one, two, tokens / 1e6, time.monotonic() - started),
            )
    return model.eval()


def learning_rate_factor(step: int, settings: Pretraining) -> float:
    """Linear warmup, then a cosine to one percent."""
    if step < settings.warmup_steps:
        return (step + 1) / settings.warmup_steps
    progress = (step - settings.warmup_steps) / max(1, settings.steps - settings.warmup_steps)
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * progress))
