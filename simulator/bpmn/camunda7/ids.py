"""Keys as the ids that callers and expressions see: texts of UUID shape, in the order of their making."""

import re

from simulator.model.process import Node

SHAPE = re.compile(r"([0-9a-f]{8})-([0-9a-f]{4})-11f0-8c3a-5e1ab0b5c7d1")


def show_id(key: int) -> str:
    """A key as an id."""
    return f"{key & 0xFFFFFFFF:08x}-{key >> 32 & 0xFFFF:04x}-11f0-8c3a-5e1ab0b5c7d1"


def read_id(text: str) -> int:
    """An id as its key; 0, which nothing has, for a text that is none of ours."""
    found = SHAPE.fullmatch(text)
    return int(found[1], 16) | int(found[2], 16) << 32 if found else 0


def show_activity(node: Node, activity: int) -> str:
    """The id of an activity instance: the activity's id and a generated one, if that is not too long."""
    identity = show_id(activity)
    named = f"{node.id}:{identity}"
    return named if node.kind != "process" and len(named) <= 64 else identity
