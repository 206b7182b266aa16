"""Loading a model's tokenizer."""

import logging

from tokenizers import Tokenizer
from tokenizers.models import BPE, Unigram
from tokenizers.pre_tokenizers import Metaspace
from transformers import AutoTokenizer, PreTrainedTokenizerBase

from studio.models.inspect import has_tokenizer
from studio.models.jsonfile import read_json
from studio.models.locate import locate
from studio.plan.description import ModelDescription
from studio.plan.errors import Refusal

logger = logging.getLogger(__name__)


def load_tokenizer(model: str) -> PreTrainedTokenizerBase:
    """The tokenizer beside a model, with a pad token: its own, else its end token.

    Raises Refusal: no tokenizer, damaged files, code of its own, no end token.
    """
    folder = locate(model)
    where = str(folder)
    if not has_tokenizer(folder):
        raise Refusal(
            "tokenizer-missing",
            "there is no tokenizer beside the model",
            where=where,
            now="put the tokenizer.json that belongs to the model into this folder",
            field="model",
        )
    for name in ("tokenizer_config.json", "special_tokens_map.json", "tokenizer.json"):
        tree = read_json(folder / name) if (folder / name).exists() else {}
        if "auto_map" in tree:
            raise Refusal(
                "model-custom-code",
                f"{name} asks to run code that came with the model: it has auto_map",
                where=str(folder / name),
                now="choose a copy of the model without code of its own",
                field="model",
            )
    try:
        tokenizer: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(
            folder, trust_remote_code=False, local_files_only=True
        )
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise Refusal(
            "tokenizer-damaged",
            f"the tokenizer cannot be built: {reason[:300]}",
            where=where,
            now="get the tokenizer files again from their source",
            field="model",
        ) from error
    if tokenizer.eos_token_id is None:
        raise Refusal(
            "tokenizer-no-end",
            "the tokenizer has no end token, so a trained model would never stop writing",
            where=where,
            now="name an eos_token in tokenizer_config.json",
            field="model",
        )
    if tokenizer.pad_token_id is None:
        # Padding is masked and never learnt from, so any token serves; the end token is the one that is always there.
        tokenizer.pad_token = tokenizer.eos_token
        logger.info("the tokenizer of %s has no pad token; its end token %r is used", folder, tokenizer.eos_token)
    if tokenizer.is_fast:
        _keep_no_texts(tokenizer.backend_tokenizer)
    return tokenizer


def _keep_no_texts(backend: Tokenizer) -> None:
    """The library keeps the last 10,000 words that it split. Where nothing cuts a text into words, as in Llama 2's tokenizer, they are
    whole texts: 100 MB for nothing, as texts hardly come again.
    """
    words = backend.pre_tokenizer
    model = backend.model
    if (words is None or (isinstance(words, Metaspace) and not words.split)) and isinstance(model, BPE | Unigram):
        model._resize_cache(0)


def check_tokenizer_fits(tokenizer: PreTrainedTokenizerBase, description: ModelDescription) -> None:
    """Raises Refusal where the tokenizer knows tokens for which the model has no embedding row."""
    highest = max(tokenizer.get_vocab().values(), default=0)
    if highest >= description.vocab_size:
        raise Refusal(
            "tokenizer-too-large",
            f"the tokenizer has token {highest:,}, but the model only has {description.vocab_size:,} embeddings",
            where=description.path,
            now="use the tokenizer that belongs to this model",
            field="model",
        )
