"""How a token is chosen from logits: greedily, or drawn after what the user has set."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import torch
from torch import Tensor

from studio.plan.errors import Refusal

RANGES: dict[str, tuple[float, float]] = {
    "max_new_tokens": (1, 1 << 20),
    "temperature": (0.0, 10.0),
    "top_p": (0.0, 1.0),
    "top_k": (0, 1 << 20),
    "repetition_penalty": (0.1, 10.0),
    "seed": (0, 2**63 - 1),
}


@dataclass(frozen=True, slots=True)
class Sampling:
    """Greedy at temperature 0. `top_p` 1, `top_k` 0 and `repetition_penalty` 1 change nothing; `stop` are texts that end an answer."""

    max_new_tokens: int = 128
    temperature: float = 0.0
    top_p: float = 1.0
    top_k: int = 0
    repetition_penalty: float = 1.0
    stop: tuple[str, ...] = ()
    seed: int = 0

    @classmethod
    def of(cls, arguments: Mapping[str, Any]) -> "Sampling":
        """What a request asks for; what it leaves out is as above. Raises Refusal for values out of range."""
        given = {field.name: arguments[field.name] for field in fields(cls) if arguments.get(field.name) is not None}
        for name, (least, most) in RANGES.items():
            if name in given and not least <= float(given[name]) <= most:
                raise Refusal(
                    "sampling-range",
                    f"{name} cannot be {given[name]}",
                    where=name,
                    now=f"choose from {least:g} to {most:g}",
                )
        if "stop" in given:
            given["stop"] = tuple(text for text in given["stop"] if text)
        return cls(**given)

    def choose(self, logits: Tensor, seen: Tensor, generator: torch.Generator) -> int:
        """The next token from float32 logits (V,), after the tokens `seen` (n,).

        Repeated tokens are made less likely as in CTRL (Keskar et al. 2019, arXiv 1909.05858, section 4.1); `top_p` keeps the fewest
        tokens whose chances reach it (Holtzman et al. 2020, arXiv 1904.09751).
        """
        if self.repetition_penalty != 1.0:
            logits = logits.clone()
            told = logits[seen]
            logits[seen] = torch.where(told > 0, told / self.repetition_penalty, told * self.repetition_penalty)
        if self.temperature == 0:
            return int(logits.argmax())
        logits = logits / self.temperature
        if self.top_k:
            least = logits.topk(min(self.top_k, len(logits))).values[-1]
            logits = logits.masked_fill(logits < least, -torch.inf)
        if self.top_p < 1.0:
            chances, order = logits.softmax(0).sort(descending=True)
            beyond = chances.cumsum(0) - chances >= self.top_p
            beyond[0] = False  # the likeliest stays, whatever top_p is
            logits = logits.index_fill(0, order[beyond], -torch.inf)
        return int(torch.multinomial(logits.softmax(0), 1, generator=generator))
