"""The sentences that the floors below the window may say, as templates: constants, and f-strings with numbered holes.

Those floors know no Qt, so lupdate finds nothing there. Their syntax is followed instead: from every place where a sentence is handed
over (`SPEAKERS`, `WORDS`, `SHOWN`) back through names, parameters, properties and functions to the texts it can be. A sentence that
cannot be followed is named in `strange`: the code there has to say it more plainly.
"""

import ast
import itertools
import sys
from collections.abc import Iterable
from pathlib import Path

from sentence_pattern import HOLE, KINDS, LIST, TEXT, Hole, Pattern, joined, told, written
from sentence_sources import Function, Scope, Sources, argument, assigned, parameters, results

FLOORS = ("plan", "runs", "link", "lora", "formats", "models", "data", "engine", "gui")
WINDOW = "studio.gui"  # says what it says through Qt, but for what it refuses
REFUSING = ("Refusal", "Failure", "Failed")
FIGURES = "studio.plan.words"  # numbers with their units are values
# Who says something: which arguments are sentences (place and name), and which of those may also be a plain value.
SPEAKERS = {
    "Refusal": ((1, "what"), (None, "now"), (None, "where")),
    "Failure": ((1, "what"), (None, "now"), (None, "where")),
    "Failed": ((None, "what"), (None, "now")),
    "Warned": ((None, "what"), (None, "now")),
    "Progressed": ((None, "phase"), (None, "unit")),
    "ValueError": ((0, "message"),),  # becomes part of a refusal
    "Saving": ((0, "name"), (1, "price")),
    "Strategy": ((0, "label"), (1, "phrase"), (2, "hint"), (3, "measured")),
    "Note": ((1, "what"), (2, "now")),
    "Choice": ((1, "reason"),),
}
VALUES = ("where", "unit", "message", "name", "price")
# Arguments and keys that are sentences wherever they stand.
WORDS = ("what", "now", "problem", "problems", "reason", "precision_reason")
# Names, attributes and keys that hold a sentence said elsewhere.
PASSED_ON = {*WORDS, "where", "sentence", "warnings", "phase", "unit", "words", "msg", "message", "strerror"}
# Functions whose results the window shows; of those that give tuples, the parts that are texts.
SHOWN: dict[str, tuple[int, ...]] = {
    "studio.plan.estimate_words.time_words": (),
    "studio.plan.estimate_words.memory_words": (),
    "studio.plan.words.about_text": (),
    "studio.plan.ranks.summary": (),
    "studio.plan.ranks.text": (),
    "studio.plan.fitting._changes": (1, 2),
    "studio.plan.fitting._quantised": (1, 2),
    "studio.runs.differences._fingerprint_of": (),
    "studio.runs.differences._carried_out": (),
    "studio.models.inspect._stored": (1,),
    "studio.data.reading.place": (),
    "studio.data.template.template_warnings": (),
    "studio.data.build.warnings": (),
    "studio.gui.training_worker._last_words": (),
    "studio.gui.training_worker._not_started": (),
}
# What the system and json say inside of our sentences.
SYSTEM = (
    "No space left on device", "Permission denied", "Operation not permitted", "No such file or directory", "Read-only file system",
    "Input/output error", "Is a directory", "Not a directory", "File name too long", "Device or resource busy",
    "Expecting value", "Expecting property name enclosed in double quotes", "Expecting ',' delimiter", "Expecting ':' delimiter",
    "Extra data", "Unterminated string starting at", "Invalid control character at", "Invalid \\escape", "Invalid \\uXXXX escape",
    "Illegal trailing comma before end of object", "Illegal trailing comma before end of array",
)  # fmt: skip
MOST = 3  # texts of a hole that are written out; more are sentences of their own


class Collector:
    """The sentences of a package. `templates` maps each to the kinds of its holes; `strange` names what could not be followed."""

    def __init__(self, package: Path) -> None:
        self.templates: dict[str, str] = {}
        self.strange: list[str] = []
        self._sources = Sources(package, FLOORS)
        self._known: dict[tuple[int, int], list[Pattern]] = {}

    def collect(self) -> None:
        """Fill `templates` and `strange`."""
        for speaker, said in SPEAKERS.items():
            for call, scope in self._sources.calls[speaker]:
                if speaker in REFUSING or not _in_window(scope):
                    for position, name in said:
                        value = argument(call, position, name)
                        if value is not None:
                            self._say(value, scope, value_too=name in VALUES, name_too=name == "where")
        for word in WORDS:
            for value, scope in self._sources.named[word]:
                if not _in_window(scope):
                    self._say(value, scope, value_too=True)
        for place, parts in SHOWN.items():
            self._collect_shown(place, parts)
        self.templates |= dict.fromkeys(SYSTEM, "")

    def _collect_shown(self, place: str, parts: tuple[int, ...]) -> None:
        module, _, name = place.rpartition(".")
        found = [(function, scope) for function, scope in self._sources.functions[name] if scope.module.name == module]
        if not found:
            self.strange.append(f"there is no {place}")
        for function, scope in found:
            for value in results(function):
                chosen = [value.elts[part] for part in parts] if parts and isinstance(value, ast.Tuple) else [value]
                for one in chosen:
                    self._say(one, scope, value_too=not parts)

    def _say(self, value: ast.expr, scope: Scope, *, value_too: bool, name_too: bool = False) -> None:
        """Keep what is said. `value_too`: it may be a value; `name_too`: a name, which is no sentence."""
        patterns = self.texts(value, scope)
        for pattern in patterns:
            if not name_too or any(" " in part for part in pattern if isinstance(part, str)):
                self._keep(pattern)
        known = not patterns or any(told(pattern) or Hole(TEXT) in pattern for pattern in patterns)
        if not known and not value_too and not _passed_on(value):
            self.strange.append(f"{scope.module.path}:{value.lineno}: {ast.unparse(value)}")

    def _keep(self, pattern: Pattern) -> None:
        if not told(pattern) or any("\n" in part for part in pattern if isinstance(part, str)):
            return
        template, kinds = written(pattern)
        other = self.templates.get(template, kinds)  # said elsewhere, too: a text there is a text here
        self.templates[template] = "".join(max(pair, key=KINDS.index) for pair in zip(kinds, other, strict=True))

    def texts(self, value: ast.expr, scope: Scope) -> list[Pattern]:
        """What an expression can be, as patterns; a lone hole where nobody can tell."""
        mark = (id(value), id(scope.function))
        if mark not in self._known:
            self._known[mark] = []  # a name that is made of itself adds nothing
            self._known[mark] = list(dict.fromkeys(joined(pattern) for pattern in self._texts(value, scope)))
        return self._known[mark]

    def _texts(self, value: ast.expr, scope: Scope) -> Iterable[Pattern]:
        match value:
            case ast.Constant(value=None):
                return []
            case ast.Constant(value=str(text)):
                return [(text,)]
            case ast.JoinedStr(values=parts):
                said = told(tuple(part.value for part in parts if isinstance(part, ast.Constant)))
                return self._product([self._part(part, scope, MOST if said else sys.maxsize) for part in parts])
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
            case ast.ListComp(
                elt=ast.Name(id=name),
                generators=[
                    ast.comprehension(
                        target=ast.Tuple(elts=[_, ast.Name(id=target)]),
                        iter=ast.Call(func=ast.Attribute(value=held, attr="items")),
                    )
                ],
            ):
                return self.texts(held, scope) if name == target else [(Hole(),)]
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
            found = [*lone, *(pattern for pattern in found if len(pattern) > 1 or told(pattern, words=2))]
            found = [pattern for pattern in dict.fromkeys(found) if pattern in lone or told(pattern)]
        if len(found) > most or (isinstance(part.value, ast.Call) and any(map(told, found))):
            for pattern in found:
                self._keep(pattern)
            return [(Hole(TEXT),)]
        return found

    def _product(self, parts: list[list[Pattern]]) -> list[Pattern]:
        return [tuple(itertools.chain.from_iterable(chosen)) for chosen in itertools.product(*parts)]

    def _named(self, name: str, scope: Scope) -> list[Pattern]:
        function = scope.function
        if isinstance(function, ast.FunctionDef):
            found = [pattern for value in assigned(function, name) for pattern in self.texts(value, scope)]
            if any(map(told, found)) or (found and name not in PASSED_ON):
                return found
            if any(isinstance(node, ast.ExceptHandler) and node.name == name for node in ast.walk(function)):
                return [(Hole(TEXT),)]
            if any(one.arg == name for one in parameters(function)):
                return self._given(function, name, scope)
            if name in PASSED_ON:
                return [(Hole(TEXT),)]
        held = self._sources.value_of(name, scope.module)
        return [(Hole(),)] if held is None else self.texts(*held)

    def _given(self, function: ast.FunctionDef, name: str, scope: Scope) -> list[Pattern]:
        """What a parameter can be. What the window gives is in its own words already."""
        found = [
            pattern
            for value, place in self._sources.given(function, name, scope)
            if _in_window(scope) or not _in_window(place)
            for pattern in self.texts(value, place)
        ]
        return found or [(Hole(TEXT if name in PASSED_ON else HOLE),)]

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
                for one, place in self._sources.attribute(name, scope.module)
                for pattern in self.texts(one, place)
                if pattern  # empty: nothing to say yet
            ]
            if found:
                return found
        properties = [it for it in self._sources.properties(name) if _in_window(it[1]) == _in_window(scope)]
        return self._returned(properties) if len(properties) == 1 else [(Hole(),)]

    def _called(self, call: ast.Call, scope: Scope) -> list[Pattern]:
        match call.func:
            case ast.Attribute(value=ast.Constant(value=str()), attr="join"):
                return self._list(call.args[0], scope)
            case ast.Attribute(attr="get") if call.args and _passed_on(call.args[0]):
                return [(Hole(TEXT),)]
            case ast.Attribute(value=ast.Dict() | ast.Name() as held, attr="get"):
                return [*self._held(held, scope), *(one for value in call.args[1:] for one in self.texts(value, scope))]
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                return self._returned(self._sources.methods(name, scope.module))
            case ast.Name(id="str" | "tuple" | "list") | ast.Attribute(value=ast.Name(id="dict"), attr="fromkeys"):
                return [pattern for value in call.args for pattern in self.texts(value, scope)]
            case ast.Name(id="map"):
                match call.args[0]:
                    case ast.Attribute(attr=name) | ast.Name(id=name):
                        return self._returned(self._sources.methods(name, scope.module))
            case ast.Name(id=name):
                return self._returned(self._sources.function(name, scope.module))
        return [(Hole(),)]

    def _list(self, parts: ast.expr, scope: Scope) -> list[Pattern]:
        """Texts that are joined: a hole of its own where they are ours."""
        found = self.texts(parts, scope)
        ours = [pattern for pattern in found if told(pattern, words=2)]
        for pattern in ours:
            self._keep(pattern)
        return [(Hole(LIST if ours or (Hole(TEXT),) in found else HOLE),)]

    def _returned(self, functions: list[Function]) -> list[Pattern]:
        found = [
            pattern
            for function, scope in functions
            if (scope.module.name != FIGURES or f"{FIGURES}.{function.name}" in SHOWN)
            and function.returns is not None
            and "str" in ast.unparse(function.returns)
            for value in results(function)
            for pattern in self.texts(value, scope)
        ]
        return found or [(Hole(),)]


def _passed_on(value: ast.expr) -> bool:
    """Whether an expression hands on what was said elsewhere, or says nothing."""
    inner = value.value if isinstance(value, ast.Subscript) else value
    if isinstance(inner, ast.Constant):
        return inner.value is None or inner.value in PASSED_ON
    return isinstance(inner, ast.Attribute) and inner.attr in PASSED_ON


def _in_window(scope: Scope) -> bool:
    return scope.module.name.startswith(WINDOW)
