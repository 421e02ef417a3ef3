"""What the parts of the grammar ask of the parser that they are parts of."""

from typing import Protocol

from simulator.expressions.feel.release import FeelRelease
from simulator.expressions.feel.syntax import Node

Parsed = tuple[Node, int] | None
"""A node with the position behind it, or None where the text is not of that kind."""


class Reader(Protocol):
    """The text that is read, and the rules by which its parts contain each other."""

    text: str
    release: FeelRelease

    def skip(self, position: int) -> int:
        """The position behind blanks and comments."""

    def follows(self, word: str, position: int) -> int:
        """The position behind the word and the blanks around it, or -1; -1 also for the position -1."""

    def item(self, position: int) -> Parsed:
        """An expression, or a test of the input value."""

    def expression(self, position: int) -> Parsed:
        """Anything that stands alone."""

    def chain(self, position: int, floor: int) -> Parsed:
        """Operands with the operators from `floor` up between them."""

    def property(self, position: int) -> tuple[str, int] | None:
        """A name behind a dot."""

    def name(self, position: int) -> tuple[str, int] | None:
        """A plain name that is no reserved word, or one in back quotes."""
