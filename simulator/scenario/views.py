"""Looks at an instance as far as a target can show it."""

from dataclasses import dataclass
from typing import Any

import msgspec

from simulator.targets.protocol import InstanceView, NotObservable, Target

UNSHOWN = "no-read-endpoints"
"""The reason where a target leaves a field open without giving one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The fields that a target showed, and those it could not: the reason and what it was about."""

    fields: dict[str, Any]
    hidden: list[tuple[str, str]]


def look(target: Target, instance: str, wanted: frozenset[str]) -> Shown:
    """Look at an instance; what the target cannot show as a whole is asked for field by field."""
    try:
        return _shown(target.look(instance, wanted), wanted)
    except NotObservable as hidden:
        if len(wanted) == 1:
            return Shown({}, [(hidden.reason, hidden.what)])
    parts = [look(target, instance, frozenset({name})) for name in sorted(wanted)]
    return Shown(
        {name: value for part in parts for name, value in part.fields.items()},
        [reason for part in parts for reason in part.hidden],
    )


def _shown(view: InstanceView, wanted: frozenset[str]) -> Shown:
    fields = {name: msgspec.to_builtins(getattr(view, name)) for name in sorted(wanted)}
    return Shown(
        {name: value for name, value in fields.items() if value is not None},
        [(UNSHOWN, name) for name, value in fields.items() if value is None],
    )
