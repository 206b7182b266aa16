"""Groups of an adapter's targets that can be heard alone: by the kind of projection, and by their place in the depth."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

THIRDS = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Targets that are muted together. `label` names a kind; of a third it is the layers' numbers. `globs` mean all of them."""

    label: str
    globs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Every target is of one kind; those in numbered layers lie in one third: `thirds` are the first layers, the middle, the last."""

    kinds: tuple[Group, ...] = ()
    thirds: tuple[Group, ...] = ()


def groups_of(names: Collection[str]) -> Groups:
    """The groups of these targets; thirds only where there are three layers at least."""
    return Groups(_kinds(names), _thirds(names))


def _kinds(names: Iterable[str]) -> tuple[Group, ...]:
    """By the last word of a name, with the one before where that alone means several: "attn.c_proj" and "mlp.c_proj"."""
    above: dict[str, set[str]] = {}
    for name in names:
        *before, last = (part for part in name.split(".") if not part.isdigit())
        above.setdefault(last, set()).add(before[-1] if before else "")
    kinds: dict[str, tuple[str, ...]] = {}
    for last, owners in above.items():
        for owner in sorted(owners):
            if len(owners) == 1:
                kinds[last] = (f"*.{last}", last)
            elif not owner:
                kinds[last] = (last,)
            else:  # an expert's number may stand between
                ends = (f"{owner}.{last}", f"{owner}.[0-9]*.{last}")
                kinds[f"{owner}.{last}"] = (*(f"*.{end}" for end in ends), *ends)
    return tuple(Group(label.removesuffix("_proj"), globs) for label, globs in kinds.items())


def _thirds(names: Iterable[str]) -> tuple[Group, ...]:
    """The layers of each stack in three parts; of several stacks, the first parts make the first third together."""
    stacks: dict[str, set[int]] = {}
    for name in names:
        parts = name.split(".")
        place = next((place for place, part in enumerate(parts) if part.isdigit()), None)
        if place is not None:
            stacks.setdefault(".".join(parts[:place]), set()).add(int(parts[place]))
    globs: list[list[str]] = [[] for _ in range(THIRDS)]
    layers: list[set[int]] = [set() for _ in range(THIRDS)]
    for stack, numbers in stacks.items():
        for place, number in enumerate(sorted(numbers)):
            third = place * THIRDS // len(numbers)
            globs[third].append(f"{stack}.{number}.*".removeprefix("."))
            layers[third].add(number)
    if not all(globs):
        return ()
    return tuple(Group(_span(numbers), tuple(found)) for numbers, found in zip(layers, globs, strict=True))


def _span(numbers: set[int]) -> str:
    low, high = min(numbers), max(numbers)
    return str(low) if low == high else f"{low}–{high}"
