"""The starter's tokenizer: GPT-2's byte-level BPE, with merges that make every word of the world one token.

No merge joins a space to a word, so a name is the same token after a space, a quote or a bracket, and copying it
is one and the same step everywhere. Bytes remain as the fallback, so any text survives the round trip.
"""

from collections import Counter
from collections.abc import Iterable

from tokenizers import Tokenizer, decoders, pre_tokenizers
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer
from transformers import PreTrainedTokenizerFast

END_OF_TEXT = "<|end|>"
PADDING = "<|pad|>"
SPACE = "Ġ"  # how byte-level BPE writes a space
MIN_COUNT = 20  # rarer clusters, invented names above all, are left to smaller tokens


def train_tokenizer(texts: Iterable[str], max_length: int) -> PreTrainedTokenizerFast:
    """A tokenizer whose merges cover every word and punctuation cluster of the texts."""
    bpe = Tokenizer(BPE())
    splitter = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    pieces = Counter(_without_space(piece) for text in texts for piece, _ in splitter.pre_tokenize_str(text))
    clusters = sorted(piece for piece, count in pieces.items() if count >= MIN_COUNT and not piece.isdigit())
    # The trainer must see the clusters as they are; merging goes on until each is one token.
    bpe.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = BpeTrainer(
        vocab_size=8192,
        min_frequency=1,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        special_tokens=[END_OF_TEXT, PADDING],
        show_progress=False,
    )
    bpe.train_from_iterator(clusters, trainer)
    bpe.pre_tokenizer = splitter
    bpe.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(
        tokenizer_object=bpe,
        eos_token=END_OF_TEXT,
        pad_token=PADDING,
        model_max_length=max_length,
        clean_up_tokenization_spaces=False,
    )


def _without_space(cluster: str) -> str:
    """The cluster without its leading space where a word or a number follows it."""
    return cluster[1:] if cluster.startswith(SPACE) and cluster[1:].isalnum() else cluster
