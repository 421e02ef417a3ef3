"""What the tree holds of the plan items of cases, and how their events change it."""

from simulator.kernel.apply import applies
from simulator.kernel.events import EntryNoted, ItemChanged, ItemRequired, PartMarked
from simulator.kernel.state import Execution, Root

NEW = "new"
"""The state an item begins in."""


class Item:
    """What a case knows of a plan item instance: `marks` are the satisfied on-parts of a stage's sentries."""

    __slots__ = ("entry_noted", "marks", "required", "state")

    def __init__(self) -> None:
        self.state = NEW
        self.required = False
        self.entry_noted = False
        self.marks: set[tuple[str, int]] = set()


def item_of(execution: Execution) -> Item:
    """The plan item instance at an execution of a case."""
    item: Item | None = execution.item
    if item is None:
        item = execution.item = Item()
    return item


@applies(ItemChanged)
def change(root: Root, event: ItemChanged) -> None:
    """Set the state."""
    item_of(root.state.executions[event.key]).state = event.state


@applies(ItemRequired)
def require(root: Root, event: ItemRequired) -> None:
    """Note that it is required."""
    item_of(root.state.executions[event.key]).required = True


@applies(EntryNoted)
def note_entry(root: Root, event: EntryNoted) -> None:
    """Note that it may enter at once."""
    item_of(root.state.executions[event.key]).entry_noted = True


@applies(PartMarked)
def mark(root: Root, event: PartMarked) -> None:
    """Mark an on-part, or take its mark away."""
    marks = item_of(root.state.executions[event.key]).marks
    if event.satisfied:
        marks.add((event.sentry, event.part))
    else:
        marks.discard((event.sentry, event.part))
