"""Collects the sentences that the floors below the window may say, as templates: constants, and f-strings with numbered holes.

Those floors know no Qt, so lupdate finds nothing there. This walks their syntax instead: from every place where a sentence is handed over
(`SPEAKERS`, `WORDS`, `SHOWN`) back through names, parameters, properties and functions to the texts it can be. What cannot be followed is an
error: the code there has to be made simpler.
"""

import ast
import errno
import itertools
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

FLOORS = ("plan", "runs", "link", "lora", "formats", "models", "data", "engine", "gui")
WINDOW = "studio.gui"  # says what it says through Qt, but for what it refuses
FIGURES = "studio.plan.words"  # numbers with their units are values
# Who says something: by name, which arguments are sentences (position and name).
SPEAKERS = {
    "Refusal": ((1, "what"), (None, "now"), (None, "where")),
    "Failure": ((1, "what"), (None, "now"), (None, "where")),
    "Failed": ((None, "what"), (None, "now")),
    "Warned": ((None, "what"), (None, "now")),
    "Progressed": ((None, "phase"), (None, "unit")),
    "ValueError": ((0, ""),),
    "Saving": ((0, "name"), (1, "price")),
    "Strategy": ((0, "label"), (1, "phrase"), (2, "hint"), (3, "measured")),
    "Note": ((1, "what"), (2, "now")),
}
WORDS = ("what", "now", "problem", "problems", "reason", "precision_reason")  # arguments and keys that are sentences wherever they stand
# Functions whose results the window shows; of a generator of tuples, the parts that are texts.
SHOWN: dict[str, tuple[int, ...]] = {
    "studio.plan.estimate_words.time_words": (), "studio.plan.estimate_words.memory_words": (), "studio.plan.words.about_text": (),
    "studio.data.template.template_warnings": (), "studio.data.build.warnings": (), "studio.models.inspect._stored": (1,),
    "studio.gui.training_worker._last_words": (), "studio.gui.training_worker._not_started": (), "studio.data.reading.place": (), "studio.runs.differences._fingerprint_of": (), "studio.runs.differences._carried_out": (), "studio.plan.ranks.summary": (), "studio.plan.ranks.text": (), "studio.plan.fitting._changes": (1, 2), "studio.plan.fitting._quantised": (1, 2),
}  # fmt: skip
PASSED_ON = {"what", "now", "where", "sentence", "reason", "problem", "problems", "warnings", "phase", "unit", "words"}  # names, attributes and keys that hold a sentence said elsewhere
# What libraries say inside of our sentences.
OUTSIDE = (
    *(os.strerror(code) for code in (errno.ENOSPC, errno.EACCES, errno.EPERM, errno.ENOENT, errno.EROFS, errno.EIO, errno.EISDIR,
                                     errno.ENOTDIR, errno.ENAMETOOLONG, errno.EBUSY)),
)  # fmt: skip
MOST = 3  # alternatives of a hole that are written out; more are phrases of their own
HOLE, TEXT, LIST = "v", "t", "l"  # a value; a text of ours or unknown; several, joined


@dataclass(frozen=True)
class Hole:
    """A part of a sentence that is known when it is said."""

    kind: str = HOLE


Pattern = tuple[str | Hole, ...]


@dataclass
class Scope:
    """Where an expression stands: its module, the function around it (None: the module itself), and the class."""

    module: "Module"
    function: ast.FunctionDef | ast.Lambda | None = None
    owner: str | None = None


@dataclass
class Module:
    """A file: what its names stand for, and what is called in it."""

    name: str
    path: Path
    tree: ast.Module
    values: dict[str, ast.expr] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)


class Collector:
    """The sentences of a package's floors. `templates` maps each to the kinds of its holes; `strange` names what could not be followed."""

    def __init__(self, package: Path) -> None:
        self.templates: dict[str, str] = {}
        self.strange: list[str] = []
        self._package = package
        self._modules: dict[str, Module] = {}
        self._functions: dict[str, list[tuple[ast.FunctionDef, Scope]]] = defaultdict(list)
        self._calls: dict[str, list[tuple[ast.Call, Scope]]] = defaultdict(list)
        self._attributes: dict[tuple[str, str], list[tuple[ast.expr, Scope]]] = defaultdict(list)
        self._keys: list[tuple[ast.expr, Scope]] = []
        self._known: dict[tuple[int, int], list[Pattern]] = {}
        for floor in FLOORS:
            for path in sorted((package / floor).rglob("*.py")):
                self._read(path)

    # -- reading
    def _read(self, path: Path) -> None:
        name = ".".join((self._package.name, *path.relative_to(self._package).with_suffix("").parts))
        module = Module(name, path, ast.parse(path.read_text(encoding="utf-8")))
        self._modules[name] = module
        for statement in module.tree.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=target)], value=value):
                    module.values[target] = value
                case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value):
                    module.values[target] = value
                case ast.ImportFrom(module=str(source), names=names):
                    module.imports |= {one.asname or one.name: (source, one.name) for one in names}
        self._walk(module.tree, Scope(module))

    def _walk(self, node: ast.AST, scope: Scope) -> None:
        for child in ast.iter_child_nodes(node):
            inner = scope
            match child:
                case ast.ClassDef(name=name):
                    inner = Scope(scope.module, scope.function, name)
                case ast.FunctionDef(name=name):
                    inner = Scope(scope.module, child, scope.owner)
                    self._functions[name].append((child, inner))
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                    self._calls[name].append((child, scope))
                    if not scope.module.name.startswith(WINDOW):
                        self._keys += [(word.value, scope) for word in child.keywords if word.arg in WORDS]
                case ast.Dict(keys=keys, values=values) if not scope.module.name.startswith(WINDOW):
                    named = zip(keys, values, strict=True)
                    self._keys += [
                        (value, scope) for key, value in named if isinstance(key, ast.Constant) and key.value in WORDS
                    ]
                case ast.Assign(targets=[ast.Attribute(attr=name)], value=value):
                    self._attributes[scope.module.name, name].append((value, scope))
            self._walk(child, inner)

    # -- collecting
    def collect(self) -> None:
        """Fill `templates` and `strange`."""
        for speaker, said in SPEAKERS.items():
            for call, scope in self._calls[speaker]:
                if scope.module.name.startswith(WINDOW) and speaker not in ("Refusal", "Failure", "Failed"):
                    continue
                for position, name in said:
                    value = _argument(call, position, name)
                    if value is not None:
                        lenient = name in ("where", "unit", "") or speaker == "Saving"
                        self._say(value, scope, lenient=lenient, names=name == "where")
        for value, scope in self._keys:
            self._say(value, scope, lenient=True)
        for place, parts in SHOWN.items():
            module, _, name = place.rpartition(".")
            found = [(function, scope) for function, scope in self._functions[name] if scope.module.name == module]
            if not found:
                self.strange.append(f"there is no {place}")
            for function, scope in found:
                for value in _results(function):
                    chosen = [value.elts[part] for part in parts] if parts and isinstance(value, ast.Tuple) else [value]
                    for one in chosen:
                        self._say(one, scope, lenient=not parts)
        for text in OUTSIDE:
            self.templates.setdefault(text, HOLE * text.count("{"))

    def _say(self, value: ast.expr, scope: Scope, *, lenient: bool, names: bool = False) -> None:
        """Keep what is said. `lenient`: a value will do as well; `names`: it may be a name, which is no sentence."""
        patterns = list(self.texts(value, scope))
        for pattern in patterns:
            if not names or any(" " in part for part in pattern if isinstance(part, str)):
                self._keep(pattern)
        told = not patterns or any(_told(pattern) or Hole(TEXT) in pattern for pattern in patterns)
        if not told and not lenient and not _passed_on(value):
            self.strange.append(f"{scope.module.path}:{value.lineno}: {ast.unparse(value)}")

    def _keep(self, pattern: Pattern) -> None:
        if not _told(pattern) or any("\n" in part for part in pattern if isinstance(part, str)):
            return
        template, kinds = "", ""
        for part in pattern:
            if isinstance(part, Hole):
                kinds += part.kind
                template += f"{{{len(kinds)}}}"
            else:
                template += part
        self.templates[template.removesuffix(".")] = kinds

    # -- following
    def texts(self, value: ast.expr, scope: Scope) -> list[Pattern]:
        """What an expression can be, as patterns; a lone hole where nobody can tell."""
        mark = (id(value), id(scope.function))
        if mark not in self._known:
            self._known[mark] = []  # a name that is made of itself adds nothing
            self._known[mark] = list(dict.fromkeys(_joined(pattern) for pattern in self._texts(value, scope)))
        return self._known[mark]

    def _texts(self, value: ast.expr, scope: Scope) -> Iterable[Pattern]:
        match value:
            case ast.Constant(value=None):
                return []
            case ast.Constant(value=str(text)):
                return [(text,)]
            case ast.JoinedStr(values=parts):
                said = _told(tuple(part.value for part in parts if isinstance(part, ast.Constant)))
                return self._product([self._part(part, scope, MOST if said else len(self._calls)) for part in parts])
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._product([self.texts(left, scope), self.texts(right, scope)])
            case ast.IfExp(body=body, orelse=other):
                return [*self.texts(body, scope), *self.texts(other, scope)]
            case ast.BoolOp(op=ast.Or(), values=values):
                return [pattern for one in values for pattern in self.texts(one, scope)]
            case ast.List(elts=values) | ast.Tuple(elts=values) | ast.Set(elts=values):
                return [pattern for one in values for pattern in self.texts(one, scope)]
            case ast.Dict(values=values):
                return [pattern for one in values for pattern in self.texts(one, scope)]
            case ast.ListComp(elt=ast.Name(id=name), generators=[ast.comprehension(target=ast.Tuple(elts=[_, ast.Name(id=target)]), iter=held)]):
                items = isinstance(held, ast.Call) and isinstance(held.func, ast.Attribute) and held.func.attr == "items"
                return self.texts(held.func.value, scope) if items and name == target else [(Hole(),)]
            case ast.ListComp(elt=one) | ast.GeneratorExp(elt=one) | ast.Starred(value=one) | ast.NamedExpr(value=one):
                return self.texts(one, scope)
            case ast.Name(id=name):
                return self._named(name, scope)
            case ast.Subscript(slice=ast.Constant(value=str(key))) if key in PASSED_ON:
                return [(Hole(TEXT),)]
            case ast.Subscript(value=ast.Attribute() | ast.Name() | ast.Dict() as held, slice=place):
                return [(Hole(),)] if isinstance(place, ast.Slice) else self._held(held, scope)
            case ast.Attribute(attr=name):
                return self._attribute(value, name, scope)
            case ast.Call():
                return self._called(value, scope)
        return [(Hole(),)]

    def _part(self, part: ast.expr, scope: Scope, most: int) -> list[Pattern]:
        """A piece of an f-string. What a function of ours says in it, or one of more than `most` texts, is a sentence of its own."""
        if not isinstance(part, ast.FormattedValue):
            return self.texts(part, scope)
        if part.conversion != -1 or part.format_spec is not None:
            return [(Hole(),)]
        found = self.texts(part.value, scope) or [(Hole(),)]
        lone = [pattern for pattern in found if len(pattern) == 1 and isinstance(pattern[0], Hole)]
        if lone:  # names and marks among them are values, too
            found = [*lone, *(pattern for pattern in found if len(pattern) > 1 or _told(pattern, words=2))]
            found = [pattern for pattern in dict.fromkeys(found) if pattern in lone or _told(pattern)]
        if len(found) > most or (isinstance(part.value, ast.Call) and any(map(_told, found))):
            for pattern in found:
                self._keep(pattern)
            return [(Hole(TEXT),)]
        return found

    def _product(self, parts: list[list[Pattern]]) -> list[Pattern]:
        return [tuple(itertools.chain.from_iterable(chosen)) for chosen in itertools.product(*parts)]

    def _named(self, name: str, scope: Scope) -> list[Pattern]:
        function = scope.function
        if isinstance(function, ast.FunctionDef):
            found = [pattern for value in _assigned(function, name) for pattern in self.texts(value, scope)]
            if found:
                return found
            if any(isinstance(node, ast.ExceptHandler) and node.name == name for node in ast.walk(function)):
                return [(Hole(TEXT),)]
            if any(one.arg == name for one in _parameters(function)):
                return self._given(function, name, scope)
            if name in PASSED_ON:
                return [(Hole(TEXT),)]
        held = self._value_of(name, scope.module)
        return [(Hole(),)] if held is None else self.texts(*held)

    def _value_of(self, name: str, module: Module) -> tuple[ast.expr, Scope] | None:
        """What a name of a module stands for."""
        if name in module.values:
            return module.values[name], Scope(module)
        source, original = module.imports.get(name, ("", ""))
        return self._value_of(original, self._modules[source]) if source in self._modules else None

    def _given(self, function: ast.FunctionDef, name: str, scope: Scope) -> list[Pattern]:
        """What a function's parameter is given, wherever it is called."""
        arguments = function.args
        names = [one.arg for one in (*arguments.posonlyargs, *arguments.args)]
        position = names.index(name) if name in names else None
        if scope.owner is not None and position is not None:
            position -= 1
        found: list[Pattern] = []
        for call, place in self._calls[function.name]:
            if self._calls_it(call, place, function, scope):
                value = _argument(call, position, name)
                if value is not None:
                    found += self.texts(value, place)
        return found or [(Hole(TEXT if name in PASSED_ON else HOLE),)]

    def _calls_it(self, call: ast.Call, place: Scope, function: ast.FunctionDef, scope: Scope) -> bool:
        method = scope.owner is not None
        if place.module.name.startswith(WINDOW) and not scope.module.name.startswith(WINDOW):
            return False  # what the window says is in its own words
        if isinstance(call.func, ast.Attribute):
            return method
        known = place.module.imports.get(function.name, (place.module.name, ""))[0]
        return not method and known == scope.module.name

    def _held(self, held: ast.expr, scope: Scope) -> list[Pattern]:
        """What an element of a mapping or a sequence can be, where it is written out somewhere."""
        found = self.texts(held, scope)
        return found or [(Hole(),)]

    def _attribute(self, value: ast.Attribute, name: str, scope: Scope) -> list[Pattern]:
        if name in PASSED_ON:
            return [(Hole(TEXT),)]
        if isinstance(value.value, ast.Name) and value.value.id == "self":
            found = [
                pattern
                for one, place in self._attributes[scope.module.name, name]
                for pattern in self.texts(one, place)
                if pattern  # empty: nothing to say yet
            ]
            if found:
                return found
        properties = [
            (function, place)
            for function, place in self._functions[name]
            if place.module.name.startswith(WINDOW) == scope.module.name.startswith(WINDOW)
            and place.owner is not None
            and any("property" in ast.unparse(one) for one in function.decorator_list)
        ]
        return self._returned(properties) if len(properties) == 1 else [(Hole(),)]

    def _called(self, call: ast.Call, scope: Scope) -> list[Pattern]:
        match call.func:
            case ast.Attribute(value=ast.Constant(value=str()), attr="join"):
                return self._list(call.args[0], scope)
            case ast.Attribute(value=ast.Dict() | ast.Name() as held, attr="get"):
                return [*self._held(held, scope), *(one for value in call.args[1:] for one in self.texts(value, scope))]
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                return self._returned([it for it in self._functions[name] if it[1].module is scope.module])
            case ast.Name(id="str" | "tuple" | "list") | ast.Attribute(value=ast.Name(id="dict"), attr="fromkeys"):
                return [pattern for value in call.args for pattern in self.texts(value, scope)]
            case ast.Name(id="map"):
                match call.args[0]:
                    case ast.Attribute(attr=name) | ast.Name(id=name):
                        return self._returned([it for it in self._functions[name] if it[1].module is scope.module])
            case ast.Name(id=name):
                source = scope.module.imports.get(name, (scope.module.name, name))
                return self._returned([it for it in self._functions[source[1]] if it[1].module.name == source[0]])
        return [(Hole(),)]

    def _list(self, parts: ast.expr, scope: Scope) -> list[Pattern]:
        """Texts that are joined: a hole of its own where they are ours."""
        found = [pattern for pattern in self.texts(parts, scope) if _told(pattern, words=2)]
        for pattern in found:
            self._keep(pattern)
        return [(Hole(LIST if found else HOLE),)]

    def _returned(self, functions: list[tuple[ast.FunctionDef, Scope]]) -> list[Pattern]:
        found = [
            pattern
            for function, scope in functions
            if (scope.module.name != FIGURES or f"{FIGURES}.{function.name}" in SHOWN) and function.returns is not None and "str" in ast.unparse(function.returns)
            for value in _results(function)
            for pattern in self.texts(value, scope)
        ]
        return found or [(Hole(),)]


def _argument(call: ast.Call, position: int | None, name: str) -> ast.expr | None:
    for word in call.keywords:
        if word.arg == name:
            return word.value
    return call.args[position] if position is not None and position < len(call.args) else None


def _parameters(function: ast.FunctionDef) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _assigned(function: ast.FunctionDef, name: str) -> Iterator[ast.expr]:
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
            case ast.For(target=ast.Tuple(elts=[_, ast.Name(id=target)]), iter=ast.Call(func=ast.Attribute(value=held, attr="items"))):
                if target == name:
                    yield held
            case ast.For(target=ast.Tuple() as target, iter=ast.Tuple(elts=values)):
                for value in values:
                    yield from _matching(target, value, name)
            case ast.For(target=ast.Name(id=target), iter=ast.Subscript() as held) if target == name:
                yield held
            case ast.Call(func=ast.Attribute(value=ast.Name(id=target), attr="append" | "extend"), args=[value]) if target == name:
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


def _results(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """What a function returns or yields."""
    for node in ast.walk(function):
        if isinstance(node, ast.Return | ast.Yield) and node.value is not None:
            yield node.value


def _joined(pattern: Pattern) -> Pattern:
    """The pattern with neighbouring texts made one."""
    parts: list[str | Hole] = []
    for part in pattern:
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        elif part != "":
            parts.append(part)
    return tuple(parts)


def _told(pattern: Pattern, words: int = 1) -> bool:
    """Whether there is a word in it, or as many as are asked for."""
    return sum(len(re.findall(r"\S*[^\W\d_]{2}\S*", part)) for part in pattern if isinstance(part, str)) >= words


def _passed_on(value: ast.expr) -> bool:
    """Whether an expression hands on what was said elsewhere, or says nothing."""
    inner = value.value if isinstance(value, ast.Subscript) else value
    return (isinstance(inner, ast.Attribute) and inner.attr in PASSED_ON) or (
        isinstance(inner, ast.Constant) and inner.value is None
    )


if __name__ == "__main__":
    collector = Collector(Path(__file__).resolve().parent.parent / "studio")
    collector.collect()
    for template, kinds in sorted(collector.templates.items()):
        print(kinds.ljust(5), template)
    print("\n".join(collector.strange))
