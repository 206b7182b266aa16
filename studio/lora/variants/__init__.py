"""The variants of LoRA, one file each with its mathematics."""

from collections.abc import Mapping
from types import MappingProxyType

from studio.lora.variants.dora import Dora
from studio.lora.variants.lora import Lora
from studio.lora.variants.lora_fa import LoraFa
from studio.lora.variants.rslora import RsLora
from studio.lora.variants.variant import Variant

VARIANTS: Mapping[str, Variant] = MappingProxyType({it.name: it for it in (Lora(), RsLora(), Dora(), LoraFa())})
