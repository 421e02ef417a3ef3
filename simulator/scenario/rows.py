"""The table of a scenario: each row fills the steps with its columns and is a case of its own."""

from collections.abc import Mapping

from simulator.scenario.nodes import Node, below
from simulator.scenario.texts import fill_text, places

PREFIX = "row:"
OWN_FIELDS = frozenset({"name", "clause", "only", "settings", "destructive", "on"})
"""What a row says of itself; every other key is a column."""


def columns_used(steps: Node) -> dict[str, Node]:
    """The columns that the steps refer to, each with one place where they do."""
    used: dict[str, Node] = {}
    for node in below(steps):
        if isinstance(node.value, str):
            for name in places(node.value):
                if name.startswith(PREFIX):
                    used.setdefault(name.removeprefix(PREFIX), node)
    return used


def check_columns(steps: Node, rows: list[Node], defaults: Mapping[str, Node]) -> None:
    """See that each column is used and each one used is there; raises ScenarioError otherwise."""
    used = columns_used(steps)
    known = set(defaults)
    for row in rows:
        for name, node in row.mapping().items():
            if name not in OWN_FIELDS and name not in used:
                raise node.wrong(f"expected a column that the steps use (${{row:{name}}}), came {name!r}")
            known.add(name)
    for name, node in used.items():
        if name not in known:
            raise node.wrong(f"expected a column of the table, came {name!r}")


def fill_row(node: Node, row: Mapping[str, Node]) -> Node | None:
    """Put a row's columns into the steps; None where the node is a column that the row leaves out.

    A value that is one column alone takes the column's value, lines and all; a key or an item whose column is
    left out is left out too.
    """
    match node.value:
        case str():
            return _fill_scalar(node, row)
        case dict():
            filled = {key: fill_row(inner, row) for key, inner in node.value.items()}
            return Node({key: inner for key, inner in filled.items() if inner}, node.file, node.line)
        case list():
            items = [fill_row(inner, row) for inner in node.value]
            return Node([item for item in items if item], node.file, node.line)
        case _:
            return node


def _fill_scalar(node: Node, row: Mapping[str, Node]) -> Node | None:
    text = node.text()
    names = [name for name in places(text) if name.startswith(PREFIX)]
    if not names:
        return node
    if text == f"${{{names[0]}}}":
        return row.get(names[0].removeprefix(PREFIX))

    def column(name: str) -> object:
        if not name.startswith(PREFIX):
            return f"${{{name}}}"
        cell = row.get(name.removeprefix(PREFIX))
        if cell is None:
            raise node.wrong(f"expected the row to have the column {name.removeprefix(PREFIX)!r}")
        if isinstance(cell.value, dict | list):
            raise cell.wrong("expected a scalar, as the column stands within a text; came a collection")
        return cell.value

    kept = text.replace("$${", "$$${")
    return Node(str(fill_text(kept, column)), node.file, node.line)
