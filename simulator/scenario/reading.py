"""Reads scenario files into cases, checked to the last step."""

from collections.abc import Mapping
from pathlib import Path

from simulator.core.errors import UserError
from simulator.scenario.case import Case, Document, Patch, RowFields
from simulator.scenario.nodes import Node, kind_of
from simulator.scenario.rows import OWN_FIELDS, check_columns, fill_row
from simulator.scenario.selectors import Selector, read_selector
from simulator.scenario.typed import convert
from simulator.scenario.yaml_reading import read_yaml

NOTHING: Mapping[str, Node] = {}


def read_cases(file: Path, name: str | None = None) -> list[Case]:
    """Read a scenario file: one case, or one per row; `name` is its id in the run, the path unless given.

    Raises ScenarioError, naming file and line, where it is not written as the format wants it.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UserError(f"expected a scenario, came: {error.strerror}", file=file) from error
    root = read_yaml(file, content)
    document = convert(_checked(root), Document)
    entries = root.mapping()
    _check_files(entries)
    identity = name or file.as_posix()
    rows = entries["rows"].items() if "rows" in entries else []
    defaults = entries["defaults"].mapping() if "defaults" in entries else {}
    users = [entries[key] for key in ("steps", "on") if key in entries]
    check_columns(Node(users, file, root.line), rows, defaults)
    if not rows:
        return [_case(file, identity, document, entries, None, NOTHING)]
    cases: list[Case] = []
    for number, row in enumerate(rows, 1):
        cells = {**defaults, **row.mapping()}
        case = _case(file, identity, document, entries, row, {**cells, "name": _name(row, number)})
        if any(case.row == other.row for other in cases):
            raise row.wrong(f"expected a row name of its own, came {case.row!r} again")
        cases.append(case)
    return cases


def _checked(root: Node) -> Node:
    if not isinstance(root.value, dict):
        raise root.wrong(
            f"expected a scenario (a mapping with `scenario` and `steps`), came {kind_of(root.value)}"
        )
    return root


def _name(row: Node, number: int) -> Node:
    return row.mapping().get("name", Node(f"row {number}", row.file, row.line))


def _case(
    file: Path,
    identity: str,
    document: Document,
    entries: Mapping[str, Node],
    row: Node | None,
    cells: Mapping[str, Node],
) -> Case:
    own = {key: node for key, node in cells.items() if key in OWN_FIELDS}
    fields = convert(Node(own, file, row.line if row else 1), RowFields)
    clause = fields.clause or document.clause
    name = fields.name if row else None
    case = Case(
        id=identity if name is None else f"{identity}::{name}",
        title=document.scenario,
        row=name,
        clause=", ".join(clause) if isinstance(clause, list) else clause,
        file=file,
        line=row.line if row else entries["scenario"].line,
        models=tuple(document.models),
        tenant=document.tenant,
        only=_selectors(own if "only" in own else entries),
        settings={key: value == "on" for key, value in (document.settings | fields.settings).items()},
        destructive=document.destructive or fields.destructive,
        steps=_steps(entries["steps"], cells),
        patches=(*_patches(entries, cells), *_patches(own, cells)),
    )
    case.plan([])
    for patch in case.patches:
        case.plan([patch])
    return case


def _steps(steps: Node, cells: Mapping[str, Node]) -> tuple[Node, ...]:
    filled = fill_row(steps, cells)
    if filled is None or not filled.items():
        raise steps.wrong("expected at least one step, came none")
    return tuple(filled.items())


def _patches(entries: Mapping[str, Node], cells: Mapping[str, Node]) -> tuple[Patch, ...]:
    if "on" not in entries:
        return ()
    patches = []
    for text, departure in entries["on"].mapping().items():
        steps = fill_row(departure.mapping()["differs"], cells)
        if steps is not None:
            patches.append(Patch(read_selector(text, departure), steps))
    return tuple(patches)


def _selectors(entries: Mapping[str, Node]) -> tuple[Selector, ...]:
    if "only" not in entries:
        return ()
    return tuple(read_selector(item.text(), item) for item in entries["only"].items())


def _check_files(entries: Mapping[str, Node]) -> None:
    """See that the models are there."""
    for model in entries["models"].items() if "models" in entries else []:
        if not (model.file.parent / model.text()).is_file():
            raise model.wrong(f"expected a file beside the scenario, came {model.text()!r}")
