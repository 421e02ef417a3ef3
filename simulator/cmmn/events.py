"""What can happen to plan items beyond what the kernel knows: lifecycle, sentries."""

import msgspec


class ItemChanged(msgspec.Struct, frozen=True, gc=False):
    """A plan item instance, or the case instance, is in another state of its lifecycle."""

    key: int
    state: str


class ItemRequired(msgspec.Struct, frozen=True, gc=False):
    """A plan item instance has to be through before its stage completes."""

    key: int


class EntryNoted(msgspec.Struct, frozen=True, gc=False):
    """An entry criterion was satisfied before the plan item instance was available."""

    key: int


class PartMarked(msgspec.Struct, frozen=True, gc=False):
    """An on-part of a sentry in a stage is satisfied, or not any more; parts count from 0."""

    key: int
    sentry: str
    part: int
    satisfied: bool
