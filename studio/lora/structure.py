"""The fingerprint of a model's structure, which tells whether an adapter meets the base it was trained on.

An adapter's tensors show the shapes of its targets alone: a base with more layers or a larger vocabulary would pass them.
"""

import hashlib

from torch import nn

from studio.lora.walk import walk


def structure_of(model: nn.Module) -> str:
    """A hex digest of the names of all modules with the sizes of the embeddings.

    Other shapes and dtypes stay out: a quantised base stores its matrices otherwise, and is the same base.
    """
    digest = hashlib.sha256()
    seen = set()
    for name, module in walk(model):
        if id(module) in seen:  # a module in two places counts once, as named_modules has it
            continue
        seen.add(id(module))
        size = (module.num_embeddings, module.embedding_dim) if isinstance(module, nn.Embedding) else ()
        digest.update(f"{name} {size}\n".encode())
    return digest.hexdigest()[:16]
