"""What an element type is: its tag, how it is read, and how it behaves, in each family of engines."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree

from simulator.kernel.effects import Effect
from simulator.kernel.state import Execution
from simulator.model.process import Declaration, Evaluate, Node
from simulator.model.xml import line_of

Enter = Callable[[Node, Execution], Effect]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong (or, as a warning, doubtful) in a model, in the words of the engine that would say it.

    `refused` marks what a live engine runs and this simulator does not; `path` names the place inside the element.
    `elements` are all that it is about where that is more than the one; `at` is the XML element it was found at, or
    the id of that (followed by `/` and a child's name), where it has a place.
    """

    message: str
    element: str | None
    line: int = 0
    column: int = 0
    warning: bool = False
    refused: bool = False
    path: str = ""
    elements: tuple[str, ...] = ()
    at: etree._Element | str | None = None


class Language(Protocol):
    """How a family of engines writes expressions and extensions."""

    def expression(self, text: str) -> Evaluate:
        """Compile the text of an attribute; plain text is its own value."""

    def condition(self, text: str) -> Evaluate:
        """Compile a condition; its value is a real boolean, or evaluating fails."""

    def attribute(self, element: etree._Element, name: str) -> str | None:
        """An extension attribute."""

    def extension(self, element: etree._Element, name: str) -> etree._Element | None:
        """The first extension element of that name."""

    def extensions(self, element: etree._Element, name: str) -> list[etree._Element]:
        """All extension elements of that name."""


@dataclass(slots=True)
class Reading:
    """One file being read: its language, what it declares, and the problems found so far.

    `attributes` are those of the flow node being read.
    """

    language: Language
    attributes: dict[str, str] = field(default_factory=dict)
    declarations: dict[str, Declaration] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def error(
        self,
        message: str,
        element: etree._Element,
        *,
        owner: str | None = None,
        elements: tuple[str, ...] = (),
        path: str = "",
    ) -> None:
        """Note an error at an element; `owner` is the id of the one it belongs to, `elements` are all it is about."""
        self.problems.append(
            Problem(
                message=message,
                element=owner or element.get("id"),
                line=line_of(element),
                path=path,
                elements=elements,
                at=element,
            )
        )

    def warn(self, message: str, element: etree._Element) -> None:
        """Note a warning at an element."""
        self.problems.append(
            Problem(
                message=message, element=element.get("id"), line=line_of(element), warning=True, at=element
            )
        )

    def refuse(self, what: str, element: etree._Element) -> None:
        """Note that a live engine would run this and the simulator does not."""
        message = f"the simulator does not run {what}"
        self.problems.append(
            Problem(
                message=message, element=element.get("id"), line=line_of(element), refused=True, at=element
            )
        )

    def declaration(self, reference: str | None) -> Declaration | None:
        """What an event refers to by id; a prefix is dropped."""
        if reference is None:
            return None
        return self.declarations.get(reference) or self.declarations.get(reference.rpartition(":")[2])


Read = Callable[[etree._Element, Node, Reading], None]


def read_nothing(element: etree._Element, node: Node, reading: Reading) -> None:
    """The element has nothing of its own to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How one family of engines reads an element and runs it.

    `enter` is what it does when reached (None: it is left at once), or `bind` chooses that when the model has been
    read whole; `scope` says whether it always has a scope of its own.
    """

    read: Read = read_nothing
    enter: Enter | None = None
    bind: Callable[[Node], Enter | None] | None = None
    scope: Callable[[Node], bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementType:
    """A flow element by its tag; a family without a way refuses it."""

    tag: str
    camunda7: Way | None = None
    camunda8: Way | None = None
