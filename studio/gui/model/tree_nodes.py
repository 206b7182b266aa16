"""The nodes of the layer tree: modules grouped by their dotted names, each group with what its targets have in common."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import Qt

from studio.plan.description import ModuleInfo
from studio.plan.targets import TargetSetting

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Node:
    """A row of the tree. `label` is the part of the name that the rows above do not say.

    `leaves` counts the modules here or below that can be adapted, `ticked` those that are targets, `parameters` what their adapters
    hold. `setting` is what they have in common: None where there is no target, each of its parts None where targets differ.
    """

    number: int
    name: str
    label: str
    parent: "Node | None"
    row: int = 0
    module: ModuleInfo | None = None
    children: "list[Node]" = field(default_factory=list)
    leaves: int = 0
    ticked: int = 0
    parameters: int = 0
    rank: int | None = None
    alpha: float | None = None
    dropout: float | None = None

    @property
    def check_state(self) -> Qt.CheckState:
        """Ticked where all that can be are, partially where some are."""
        if self.ticked == 0:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if self.ticked == self.leaves else Qt.CheckState.PartiallyChecked

    @property
    def own(self) -> bool:
        """Whether the module of this row can itself be a target."""
        return self.module is not None and self.module.adaptable

    def below(self) -> "Iterable[Node]":
        """This node and all below it."""
        yield self
        for child in self.children:
            yield from child.below()

    def adaptable_names(self) -> list[str]:
        """The modules here or below that can be targets."""
        return [node.name for node in self.below() if node.own]


class Nodes:
    """All nodes of a model. `listed[number]` is the node of that number; `roots` stand at the top."""

    def __init__(self, modules: Sequence[ModuleInfo]) -> None:
        self.listed: list[Node] = []
        self.roots: list[Node] = []
        self._by_name: dict[str, Node] = {}
        self._targets: dict[str, TargetSetting] = {}
        known = {module.name: module for module in modules}
        self._bare = _bare_lists(known)
        for module in modules:
            if module.name not in self._bare:
                self._node(module.name).module = module
        for node in reversed(self.listed):
            node.leaves = node.own + sum(child.leaves for child in node.children)

    def __getitem__(self, name: str) -> Node:
        return self._by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def show_targets(self, targets: Mapping[str, TargetSetting]) -> list[Node]:
        """Take these targets; only the nodes that came to differ are worked on, and returned."""
        changed = {name for name, _ in self._targets.items() ^ targets.items() if name in self._by_name}
        self._targets = dict(targets)
        touched: dict[int, Node] = {}
        for name in changed:
            node: Node | None = self._by_name[name]
            while node is not None and node.number not in touched:
                touched[node.number] = node
                node = node.parent
        for number in sorted(touched, reverse=True):  # children have higher numbers than their parents
            self._sum_up(touched[number])
        return [touched[number] for number in sorted(touched)]

    def _node(self, name: str) -> Node:
        """The node of a name, made with those above it where it is new."""
        if name in self._by_name:
            return self._by_name[name]
        above, _, label = name.rpartition(".")
        while above in self._bare:
            above, _, part = above.rpartition(".")
            label = f"{part}.{label}"
        parent = self._node(above) if above else None
        siblings = self.roots if parent is None else parent.children
        node = Node(len(self.listed), name, label, parent, len(siblings))
        siblings.append(node)
        self.listed.append(node)
        self._by_name[name] = node
        return node

    def _sum_up(self, node: Node) -> None:
        setting = self._targets.get(node.name)
        node.ticked = (setting is not None) + sum(child.ticked for child in node.children)
        node.parameters = sum(child.parameters for child in node.children)
        common = [(child.rank, child.alpha, child.dropout) for child in node.children if child.ticked]
        if setting is not None and node.module is not None:
            node.parameters += node.module.adapter_parameters(setting.rank)
            common.append((setting.rank, setting.alpha, setting.dropout))
        ranks, alphas, dropouts = zip(*common, strict=True) if common else ((), (), ())
        node.rank, node.alpha, node.dropout = _only(ranks), _only(alphas), _only(dropouts)


def _only(values: Sequence[T]) -> T | None:
    """The one value that all have; None where they differ."""
    return values[0] if len(set(values)) == 1 else None


def _bare_lists(known: Mapping[str, ModuleInfo]) -> set[str]:
    """Lists of numbered modules: their entries are shown as "layers.0" in the row above, without a row of the list's own."""
    numbered: dict[str, bool] = {}
    every_name = {full[:end] for full in known for end in (*_dots(full), len(full))}
    for name in every_name:
        above, _, label = name.rpartition(".")
        if above:
            numbered[above] = numbered.get(above, True) and label.isdigit()
    return {name for name, only_numbers in numbered.items() if only_numbers and not _adaptable(known.get(name))}


def _dots(name: str) -> list[int]:
    return [place for place, letter in enumerate(name) if letter == "."]


def _adaptable(module: ModuleInfo | None) -> bool:
    return module is not None and module.adaptable
