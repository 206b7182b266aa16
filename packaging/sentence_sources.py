"""The sources of a package as syntax: what its names stand for, who calls whom with what, what is given and returned.

Nothing is imported or run. What a name stands for is found by name, not by type: where several things share one, all of them count.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Module:
    """A file: what its names stand for, and where imported ones come from."""

    name: str
    path: Path
    values: dict[str, ast.expr] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Scope:
    """Where an expression stands: its module, the function around it (None: the module itself), and the class."""

    module: Module
    function: ast.FunctionDef | None = None
    owner: str | None = None


Placed = tuple[ast.expr, Scope]
Function = tuple[ast.FunctionDef, Scope]


class Sources:
    """The parts of a package, read. `functions` and `calls` are by the last part of their name."""

    def __init__(self, package: Path, parts: Sequence[str]) -> None:
        self.functions: dict[str, list[Function]] = defaultdict(list)
        self.calls: dict[str, list[tuple[ast.Call, Scope]]] = defaultdict(list)
        self.named: dict[str, list[Placed]] = defaultdict(list)  # values of keyword arguments and of keys of mappings
        self._modules: dict[str, Module] = {}
        self._attributes: dict[tuple[str, str], list[Placed]] = defaultdict(list)
        for part in parts:
            for path in sorted((package / part).rglob("*.py")):
                self._read(package, path)

    def value_of(self, name: str, module: Module) -> Placed | None:
        """What a name of a module stands for, wherever it was imported from."""
        if name in module.values:
            return module.values[name], Scope(module)
        source, original = module.imports.get(name, ("", ""))
        return self.value_of(original, self._modules[source]) if source in self._modules else None

    def attribute(self, name: str, module: Module) -> list[Placed]:
        """What a module's objects give an attribute of theirs."""
        return self._attributes[module.name, name]

    def properties(self, name: str) -> list[Function]:
        """The properties of that name."""
        return [
            (function, scope)
            for function, scope in self.functions[name]
            if scope.owner is not None and any("property" in ast.unparse(one) for one in function.decorator_list)
        ]

    def function(self, name: str, module: Module) -> list[Function]:
        """The function that a name means in a module."""
        source, original = module.imports.get(name, (module.name, name))
        return [found for found in self.functions[original] if found[1].module.name == source]

    def methods(self, name: str, module: Module) -> list[Function]:
        """The functions of that name that a module has."""
        return [found for found in self.functions[name] if found[1].module is module]

    def given(self, function: ast.FunctionDef, name: str, scope: Scope) -> list[Placed]:
        """What a function's parameter is given, wherever it is called."""
        names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
        position = names.index(name) if name in names else None
        if scope.owner is not None and position is not None:
            position -= 1
        found = []
        for call, place in self.calls[function.name]:
            if isinstance(call.func, ast.Attribute):
                called = scope.owner is not None
            else:
                known = place.module.imports.get(function.name, (place.module.name, ""))[0]
                called = scope.owner is None and known == scope.module.name
            value = argument(call, position, name) if called else None
            if value is not None:
                found.append((value, place))
        return found

    def _read(self, package: Path, path: Path) -> None:
        name = ".".join((package.name, *path.relative_to(package).with_suffix("").parts))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = self._modules[name] = Module(name, path)
        for statement in tree.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=target)], value=value):
                    module.values[target] = value
                case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value):
                    module.values[target] = value
                case ast.ImportFrom(module=str(source), names=names):
                    module.imports |= {one.asname or one.name: (source, one.name) for one in names}
        self._walk(tree, Scope(module))

    def _walk(self, node: ast.AST, scope: Scope) -> None:
        for child in ast.iter_child_nodes(node):
            inner = scope
            match child:
                case ast.ClassDef(name=name):
                    inner = Scope(scope.module, scope.function, name)
                case ast.FunctionDef(name=name):
                    inner = Scope(scope.module, child, scope.owner)
                    self.functions[name].append((child, inner))
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                    self.calls[name].append((child, scope))
                    for word in child.keywords:
                        self.named[word.arg or ""].append((word.value, scope))
                case ast.Dict(keys=keys, values=values):
                    for key, value in zip(keys, values, strict=True):
                        if isinstance(key, ast.Constant):
                            self.named[str(key.value)].append((value, scope))
                case ast.Assign(targets=[ast.Attribute(attr=name)], value=value):
                    self._attributes[scope.module.name, name].append((value, scope))
            self._walk(child, inner)


def argument(call: ast.Call, position: int | None, name: str) -> ast.expr | None:
    """What a call gives a parameter, by its name or its place; None where nothing."""
    for word in call.keywords:
        if word.arg == name:
            return word.value
    return call.args[position] if position is not None and position < len(call.args) else None


def parameters(function: ast.FunctionDef) -> list[ast.arg]:
    """All parameters of a function."""
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def assigned(function: ast.FunctionDef, name: str) -> Iterator[ast.expr]:
    """Whatever a function gives one of its names, and what it adds to it."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _matching(target, value, name)
            case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name:
                yield value
            case ast.AugAssign(target=ast.Name(id=target), value=value) if target == name:
                yield value
            case ast.NamedExpr(target=ast.Name(id=target), value=value) if target == name:
                yield value
            case ast.For(
                target=ast.Tuple(elts=[_, ast.Name(id=target)]),
                iter=ast.Call(func=ast.Attribute(value=held, attr="items")),
            ):
                if target == name:
                    yield held
            case ast.For(target=ast.Tuple() as target, iter=ast.Tuple(elts=values)):
                for value in values:
                    yield from _matching(target, value, name)
            case ast.For(target=ast.Name(id=target), iter=ast.Subscript() as held) if target == name:
                yield held
            case ast.Call(func=ast.Attribute(value=ast.Name(id=target), attr="append" | "extend"), args=[value]) if (
                target == name
            ):
                yield value


def _matching(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple):
        values = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
        for one in values:
            if isinstance(one, ast.Tuple) and len(one.elts) == len(target.elts):
                for inner, part in zip(target.elts, one.elts, strict=True):
                    yield from _matching(inner, part, name)


def results(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """What a function returns or yields."""
    for node in ast.walk(function):
        if isinstance(node, ast.Return | ast.Yield) and node.value is not None:
            yield node.value
