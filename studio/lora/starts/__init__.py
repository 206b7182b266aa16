"""How A and B begin, one file for each idea.

A start is given a weight's geometry and rank, the weight itself where it wants it, and a generator of its own; it returns A and B, and
says whether their product is to be taken out of the base at the start (`offset`), so that training begins from the base's function.
"""

from collections.abc import Mapping
from types import MappingProxyType

from studio.lora.starts.eva import Eva
from studio.lora.starts.principal import Olora, Pissa
from studio.lora.starts.random import Gaussian, Kaiming, Orthogonal
from studio.lora.starts.start import Start

STARTS: Mapping[str, Start] = MappingProxyType(
    {it.name: it for it in (Kaiming(), Gaussian(), Orthogonal(), Pissa(), Olora(), Eva())}
)
