"""Finds the members of an open set: one module each, below one package, in a stable order."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")


class DiscoveryError(Exception):
    """A module of an open set cannot be imported, or holds the wrong thing under the set's name."""

    def __init__(self, module: str, problem: str) -> None:
        super().__init__(f"{module}: {problem}")
        self.module = module
        self.problem = problem


class Found(msgspec.Struct, Generic[T], frozen=True):
    """One member of an open set and the module it stands in."""

    module: str
    value: T


def modules_below(package: str) -> Iterator[ModuleType]:
    """Import every module below a package at any depth, in the order of their names, `__main__` left out.

    Raises DiscoveryError, naming the module, where an import fails.
    """
    pending = [package]
    while pending:
        name = pending.pop()
        module = _import(name)
        if name != package:
            yield module
        inner = sorted(
            f"{name}.{found.name}"
            for found in pkgutil.iter_modules(getattr(module, "__path__", ()))
            if found.name != "__main__"
        )
        pending.extend(reversed(inner))


def named(package: str, name: str, kind: type[T]) -> list[Found[T]]:
    """Collect what stands under a module-level name, such as ELEMENT, in each module that has the name.

    Raises DiscoveryError where the name holds something else.
    """
    members = []
    for module in modules_below(package):
        if name not in vars(module):
            continue
        value = vars(module)[name]
        if not isinstance(value, kind):
            problem = f"{name} is to be of type {kind.__name__}, came {type(value).__name__}"
            raise DiscoveryError(module.__name__, problem)
        members.append(Found(module.__name__, value))
    return members


def of_type(package: str, kind: type[T]) -> list[Found[T]]:
    """Collect every module-level object of a type, by module and then in the order written.

    An object that several modules import counts once, where it is first seen.
    """
    seen: set[int] = set()
    members = []
    for module in modules_below(package):
        for value in vars(module).values():
            if isinstance(value, kind) and id(value) not in seen:
                seen.add(id(value))
                members.append(Found(module.__name__, value))
    return members


def _import(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise DiscoveryError(name, f"cannot be imported: {error}") from error


def functions_marked(package: str, mark: str) -> dict[str, Any]:
    """Collect the functions below a package that carry an attribute, by its value, such as an operationId.

    Raises DiscoveryError where two functions carry the same value.
    """
    found: dict[str, Any] = {}
    for module in modules_below(package):
        for value in vars(module).values():
            name = getattr(value, "__dict__", {}).get(mark) if callable(value) else None
            if name is None or value.__module__ != module.__name__:
                continue
            if name in found:
                raise DiscoveryError(module.__name__, f"{mark} {name!r} is taken twice")
            found[name] = value
    return found
