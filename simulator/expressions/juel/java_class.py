"""Java classes as expressions see them: getters, methods, and the choice among overloads."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from simulator.core.java import JavaArray, class_name
from simulator.expressions.juel.errors import JavaNotModelledError, unknown_method
from simulator.expressions.juel.parameters import JAVA_TYPES, NUMERIC_TYPES, JavaType, Match

_DECLARATION: Final = re.compile(r"(\w+)\(([^)]*)\)( boxed| bridge)?")


class Signature(msgspec.Struct, frozen=True):
    """One overload: parameter types, whether the last one repeats, and what computes the result.

    `call` takes the object and the coerced arguments, a repeated one as a list; a `bridge` is the
    overload that the compiler adds for a generic interface, and gives way to the one it stands for.
    """

    parameters: tuple[JavaType, ...]
    repeats: bool
    call: Callable[..., Any]
    bridge: bool = False


class JavaClass(msgspec.Struct, frozen=True):
    """A class: its name, overloads by method name, getters by property name.

    `not_modelled` names methods that the Java class has and the simulator lacks.
    """

    name: str
    methods: Mapping[str, tuple[Signature, ...]]
    getters: Mapping[str, Callable[[Any], Any]]
    not_modelled: frozenset[str] = frozenset()


def java_class(
    name: str,
    declared: Mapping[str, Callable[..., Any]],
    *,
    parent: JavaClass | None = None,
    not_modelled: str = "",
) -> JavaClass:
    """Declare a class from lines such as `substring(int, int)`, each with what computes it.

    A `getX()` or `isX()` is a property too, unless ` boxed` says that Java's rule for `is` misses it;
    ` bridge` marks a bridge method.
    """
    methods: dict[str, tuple[Signature, ...]] = dict(parent.methods) if parent else {}
    getters: dict[str, Callable[[Any], Any]] = dict(parent.getters) if parent else {}
    for line, call in declared.items():
        found = _DECLARATION.fullmatch(line)
        if found is None:
            raise ValueError(line)
        method, parameters = found[1], [each.strip() for each in found[2].split(",") if each.strip()]
        types = tuple(JAVA_TYPES[each.removesuffix("...")] for each in parameters)
        signature = Signature(types, found[2].endswith("..."), call, found[3] == " bridge")
        inherited = (each for each in methods.get(method, ()) if each.parameters != types)
        methods[method] = (*inherited, signature)
        accessor = re.fullmatch(r"(?:get|is)([A-Z]\w*)", method)
        if accessor and not types and found[3] != " boxed":
            getters[_property_name(accessor[1])] = call
    return JavaClass(name, methods, getters, frozenset(not_modelled.split()))


def _property_name(name: str) -> str:
    return name if len(name) > 1 and name[1].isupper() else name[0].lower() + name[1:]


def find_method(owner: JavaClass, name: str, arguments: list[Any]) -> tuple[Signature, list[Any]]:
    """Choose the overload and coerce the arguments; an ElError or JavaNotModelledError if none fits."""
    fitting = [
        (score, signature)
        for signature in owner.methods.get(name, ())
        if (score := _score(signature, arguments)) is not None
    ]
    if not fitting:
        if name in owner.not_modelled:
            raise JavaNotModelledError(owner.name, name)
        raise unknown_method(f"Method not found: {_shown_call(owner, name, arguments)}")
    best = max(score for score, _ in fitting)
    candidates = [signature for score, signature in fitting if score == best]
    chosen = candidates[0] if len(candidates) == 1 else _most_specific(candidates, best, arguments)
    if chosen is None:
        raise unknown_method(f"Unable to find unambiguous method: {_shown_call(owner, name, arguments)}")
    return chosen, _coerced(chosen, arguments)


def _shown_call(owner: JavaClass, name: str, arguments: list[Any]) -> str:
    classes = ", ".join("null" if each is None else class_name(each) for each in arguments)
    return f"class {owner.name}.{name}({classes})"


def _slots(signature: Signature, arguments: list[Any]) -> list[JavaType] | None:
    """Give each argument the type of its parameter; None if the number does not fit."""
    types = signature.parameters
    if not signature.repeats:
        return list(types) if len(types) == len(arguments) else None
    repeated = len(arguments) - len(types) + 1
    return [*types[:-1], *[types[-1]] * repeated] if repeated >= 0 else None


def _score(signature: Signature, arguments: list[Any]) -> tuple[int, int, int, int, int] | None:
    """Count exact, assignable and coercible arguments; fewer repeated ones are better."""
    slots = _slots(signature, arguments)
    if slots is None:
        return None
    counts = [0, 0, 0]
    for java_type, argument in zip(slots, arguments, strict=True):
        match = java_type.match(argument)
        if match is None:
            return None
        counts[match] += 1
    repeated = len(slots) - len(signature.parameters) + 1 if signature.repeats else 0
    return (
        counts[Match.EXACT],
        counts[Match.ASSIGNABLE],
        counts[Match.COERCIBLE],
        -repeated,
        -signature.bridge,
    )


def _most_specific(
    candidates: list[Signature], best: tuple[int, int, int, int, int], arguments: list[Any]
) -> Signature | None:
    """Decide a tie by the one argument that is not exact: its own class, then any number for a number."""
    if best[0] != len(arguments) - 1:
        return None
    at = next(i for i, each in enumerate(arguments) if candidates[0].parameters[i].match(each) != Match.EXACT)
    own = class_name(arguments[at]) if arguments[at] is not None else ""
    by_class = [each for each in candidates if each.parameters[at].boxed == own]
    if by_class:
        return by_class[0]
    if own in NUMERIC_TYPES:
        numeric = [each for each in candidates if each.parameters[at].boxed in NUMERIC_TYPES]
        return numeric[0] if numeric else None
    return None


def _coerced(signature: Signature, arguments: list[Any]) -> list[Any]:
    slots = _slots(signature, arguments) or []
    values = [java_type.coerce(each) for java_type, each in zip(slots, arguments, strict=True)]
    if not signature.repeats:
        return values
    fixed = len(signature.parameters) - 1
    repeated = values[fixed:]
    if len(repeated) == 1 and isinstance(repeated[0], JavaArray):
        repeated = list(repeated[0].items)
    return [*values[:fixed], repeated]
